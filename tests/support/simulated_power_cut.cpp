#include "tests/support/simulated_power_cut.h"

#include "core/file/path.h"

#include <algorithm>
#include <array>
#include <random>
#include <set>

namespace octavo::test {

using namespace octavo::core;

namespace {

/// What is decided about.
enum class Subject { Names, Places, Attributes, Content };

/// Who decides.
class Choices {
public:
    virtual ~Choices() = default;
    /// One of `count` outcomes, the oldest first; there are at least two.
    virtual int pick(Subject subject, int count) = 0;
    /// Whether a change of names or places with this number can have been kept at all.
    virtual bool isInReach(std::uint64_t) const { return true; }
    /// For each sector of a torn block.
    virtual std::mt19937_64& random() = 0;
};

/// All combinations, one after the other.
class EachChoice final : public Choices {
public:
    explicit EachChoice(std::uint64_t seed) : random_(seed) {}

    int pick(Subject, int count) override {
        if (at_ == path_.size())
            path_.push_back({0, count});
        return path_[at_++].value;
    }
    std::mt19937_64& random() override { return random_; }

    /// Goes to the next combination; false after the last one.
    bool next() {
        at_ = 0;
        while (!path_.empty() && ++path_.back().value == path_.back().count)
            path_.pop_back();
        return !path_.empty();
    }
    std::string how() const {
        std::string text = "combination";
        for (const Step& step : path_)
            text += " " + std::to_string(step.value) + "/" + std::to_string(step.count);
        return text;
    }

private:
    struct Step {
        int value;
        int count;
    };

    std::mt19937_64 random_;
    std::vector<Step> path_;
    std::size_t at_ = 0;
};

/// One combination by chance. How likely a subject is to be old or new is drawn too, for with even
/// chances nothing is ever kept whole.
class DrawnChoice final : public Choices {
public:
    /// `numbers` are those of the changes that are not lasting.
    DrawnChoice(std::uint64_t seed, const std::vector<std::uint64_t>& numbers) : random_(seed) {
        for (Leaning& leaning : leanings_)
            leaning = Leaning(random_() % 5);
        if (numbers.empty() || random_() % 2 == 0)
            return;
        // A journal: all up to a moment, and the last one perhaps in part.
        reach_ = numbers[random_() % numbers.size()];
        leaning(Subject::Names) = Leaning::New;
        leaning(Subject::Places) = random_() % 2 == 0 ? Leaning::New : Leaning::MostlyNew;
    }
    /// Everything, or nothing.
    explicit DrawnChoice(bool keeps) { leanings_.fill(keeps ? Leaning::New : Leaning::Old); }

    int pick(Subject subject, int count) override {
        const auto any = static_cast<int>(random_() % static_cast<std::uint64_t>(count));
        const bool isException = random_() % 8 == 0;
        switch (leaning(subject)) {
        case Leaning::Old:
            return 0;
        case Leaning::New:
            return count - 1;
        case Leaning::MostlyOld:
            return isException ? any : 0;
        case Leaning::MostlyNew:
            return isException ? any : count - 1;
        case Leaning::Even:
            break;
        }
        return any;
    }
    bool isInReach(std::uint64_t number) const override { return number <= reach_; }
    std::mt19937_64& random() override { return random_; }

private:
    enum class Leaning { Old, New, MostlyOld, MostlyNew, Even };

    Leaning& leaning(Subject subject) { return leanings_[static_cast<std::size_t>(subject)]; }

    std::mt19937_64 random_;
    std::array<Leaning, 4> leanings_{};
    std::uint64_t reach_ = ~std::uint64_t{0};
};

}  // namespace

/// Makes one disk of another by choices.
class PowerCutter {
public:
    PowerCutter(const SimulatedDisk& disk, Choices& choices, bool namesInOrder)
        : before_(disk), left_(disk), choices_(choices), namesInOrder_(namesInOrder) {}

    SimulatedDisk cut() {
        chooseNames();
        std::map<InodeNumber, std::shared_ptr<SimulatedInode>> found;
        for (const auto& [path, number] : left_.names_)
            found.emplace(number, nullptr);
        for (auto& [number, inode] : found)
            inode = std::make_shared<SimulatedInode>(chosenInode(before_.inode(number)));
        left_.inodes_ = std::move(found);
        chooseContents();
        left_.confirmAll();
        return std::move(left_);
    }

    /// Of all changes of names and places that are not lasting.
    static std::vector<std::uint64_t> numbers(const SimulatedDisk& disk) {
        std::vector<std::uint64_t> found;
        for (const auto& change : disk.nameChanges_)
            found.push_back(change.number);
        for (const auto& [number, inode] : disk.inodes_) {
            for (const SimulatedInode::Change& change : inode->changes)
                found.push_back(change.number);
        }
        return found;
    }

private:
    bool isKept(Subject subject, std::uint64_t number) {
        return choices_.isInReach(number) && choices_.pick(subject, 2) == 1;
    }

    void chooseNames() {
        left_.names_ = before_.confirmedNames_;
        left_.nameChanges_.clear();
        std::set<std::string> stopped;
        for (const auto& change : before_.nameChanges_) {
            std::set<std::string> folders;
            for (const auto& [path, number] : change.names)
                folders.insert(folderOf(path));
            const bool isStopped =
                namesInOrder_ && std::ranges::any_of(folders, [&](const std::string& folder) {
                    return stopped.contains(folder);
                });
            if (isStopped || !isKept(Subject::Names, change.number)) {
                stopped.merge(folders);
                continue;
            }
            for (const auto& [path, number] : change.names) {
                if (number)
                    left_.names_[path] = *number;
                else
                    left_.names_.erase(path);
            }
        }
        dropNamesWithoutFolder();
    }

    void dropNamesWithoutFolder() {
        const auto hasFolder = [this](const std::string& path) {
            return path == "/" || left_.names_.contains(folderOf(path));
        };
        while (std::erase_if(left_.names_,
                             [&](const auto& name) { return !hasFolder(name.first); }) > 0) {
        }
    }

    SimulatedInode chosenInode(const SimulatedInode& before) {
        SimulatedInode inode = before;
        inode.opened = 0;
        inode.placement = inode.confirmedPlacement;
        for (const SimulatedInode::Change& change : before.changes) {
            if (!choosePart(inode.placement, change))
                break;
        }
        inode.attributes = inode.confirmedAttributes;
        for (const SimulatedInode::AttributeChange& change : before.attributeChanges) {
            if (!isKept(Subject::Attributes, change.number))
                break;
            inode.attributes = change.after;
        }
        hideWhatIsBehindTheEnd(inode.placement);
        return inode;
    }

    /// False where no later change can have been made.
    bool choosePart(Placement& placement, const SimulatedInode::Change& entry) {
        const PlacementChange& change = entry.change;
        const int steps = change.steps(placement);
        int done = 0;
        if (choices_.isInReach(entry.number) && steps > 0)
            done = choices_.pick(Subject::Places, steps + 1);
        change.apply(placement, done);
        if (done > 0) {
            for (const auto& [block, write] : change.least())
                least_[block] = std::max(least_[block], write);
        }
        return !change.isOrdered() || done == steps;
    }

    /// A file that has grown on the disk but not in its size shows zeros when it grows again.
    void hideWhatIsBehindTheEnd(Placement& placement) const {
        for (auto place = placement.places.lower_bound(left_.blocksFor(placement.size));
             place != placement.places.end(); ++place)
            place->second.unwritten = true;
    }

    void chooseContents() {
        std::map<BlockNumber, bool> isSeen;
        for (const auto& [number, inode] : left_.inodes_) {
            for (const auto& [index, place] : inode->placement.places)
                isSeen[place.block] |= !place.unwritten;
        }
        std::map<BlockNumber, std::shared_ptr<const SimulatedBlock>> blocks;
        for (const auto& [block, seen] : isSeen) {
            const SimulatedBlock& before = *before_.blocks_.at(block);
            blocks[block] = std::make_shared<const SimulatedBlock>(
                seen ? chosenContent(before, least_[block]) : before.possible().back());
        }
        left_.blocks_ = std::move(blocks);
    }

    SimulatedBlock::Content chosenContent(const SimulatedBlock& block, std::uint64_t least) {
        const std::vector<SimulatedBlock::Content> possible = block.possible(least);
        const auto count = static_cast<int>(possible.size());
        if (count == 1)
            return possible.front();
        // The oldest, torn, and each later one.
        const int choice = choices_.pick(Subject::Content, count + 1);
        if (choice == 1)
            return torn(possible);
        return possible[static_cast<std::size_t>(choice == 0 ? 0 : choice - 1)];
    }

    SimulatedBlock::Content torn(const std::vector<SimulatedBlock::Content>& possible) {
        auto content = std::make_shared<Bytes>(possible.front()->size());
        const Offset sector = left_.options_.sectorSize;
        for (Offset at = 0; at < left_.options_.blockSize; at += sector) {
            const Bytes& version = *possible[choices_.random()() % possible.size()];
            std::copy_n(version.begin() + at, sector, content->begin() + at);
        }
        return content;
    }

    const SimulatedDisk& before_;
    SimulatedDisk left_;
    Choices& choices_;
    bool namesInOrder_;
    std::map<BlockNumber, std::uint64_t> least_;
};

std::vector<PowerCut> powerCuts(const SimulatedDisk& disk, const PowerCutOptions& options) {
    std::vector<PowerCut> cuts;
    const auto cut = [&](Choices& choices, const std::string& how) {
        cuts.push_back({PowerCutter(disk, choices, options.namesInOrder).cut(), how});
    };
    EachChoice each(options.seed);
    do {
        cut(each, {});
        cuts.back().how = each.how();
    } while (each.next() && static_cast<int>(cuts.size()) <= options.most);
    if (static_cast<int>(cuts.size()) <= options.most)
        return cuts;

    cuts.clear();
    DrawnChoice nothing(false);
    cut(nothing, "nothing kept");
    DrawnChoice everything(true);
    cut(everything, "everything kept");
    const std::vector<std::uint64_t> numbers = PowerCutter::numbers(disk);
    for (std::uint64_t seed = options.seed; static_cast<int>(cuts.size()) < options.most; ++seed) {
        DrawnChoice drawn(seed, numbers);
        cut(drawn, "drawn with seed " + std::to_string(seed));
    }
    return cuts;
}

}  // namespace octavo::test
