#include "core/content/passage.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

Passage::Passage() : runs_{{{{0}, kMaxLength}, {0}, nullptr}} {}

std::optional<Passage> Passage::then(const Step& step, std::size_t mostRuns) const {
    std::vector<Run> out;
    const auto add = [&out](const Run& run) {
        if (!out.empty()) {
            Run& last = out.back();
            if (last.kept == run.kept && last.from.end() == run.from.offset &&
                last.at + last.from.length == run.at) {
                last.from.length += run.from.length;
                return;
            }
        }
        out.push_back(run);
    };
    for (const Run& run : runs_) {
        if (run.kept != nullptr) {
            add(run);
            continue;
        }
        for (Offset done = 0; done < run.from.length;) {
            const Fate fate = step(run.at + done, run.from.length - done);
            if (!fate.isLost())
                add({{run.from.offset + done, fate.length}, *fate.at, fate.kept});
            done += fate.length;
            if (out.size() > mostRuns)
                return std::nullopt;
        }
    }
    return Passage(std::move(out));
}

Fate Passage::fate(FileOffset at, Offset length) const {
    assert(length > 0);
    const auto run =
        std::ranges::upper_bound(runs_, at, {}, [](const Run& each) { return each.from.end(); });
    if (run == runs_.end())
        return {length, std::nullopt, nullptr};
    if (run->from.offset > at)
        return {std::min(length, run->from.offset - at), std::nullopt, nullptr};
    return {std::min(length, run->from.end() - at), run->at + (at - run->from.offset), run->kept};
}

}  // namespace octavo::core
