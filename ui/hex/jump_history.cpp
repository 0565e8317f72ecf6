#include "ui/hex/jump_history.h"

namespace octavo::ui {

using core::Offset;
using Bias = core::TrackedPositions::Bias;

void JumpHistory::setDocument(EditorDocument* document) {
    if (document == document_)
        return;
    if (document_ != nullptr) {
        clear(back_);
        clear(forward_);
    }
    document_ = document;
    emit changed();
}

void JumpHistory::clear(Places& places) {
    for (const core::PositionId id : places)
        positions().remove(id);
    places.clear();
}

void JumpHistory::push(Places& places, Offset offset) {
    if (!places.empty() && positions().position(places.back()) == offset)
        return;
    if (places.size() == kMost) {
        positions().remove(places.front());
        places.erase(places.begin());
    }
    places.push_back(positions().add(offset, Bias::After));
}

void JumpHistory::note(Offset from) {
    if (document_ == nullptr)
        return;
    push(back_, from);
    clear(forward_);
    emit changed();
}

std::optional<Offset> JumpHistory::goBack(Offset now) {
    return go(back_, forward_, now);
}

std::optional<Offset> JumpHistory::goForward(Offset now) {
    return go(forward_, back_, now);
}

std::optional<Offset> JumpHistory::go(Places& from, Places& to, Offset now) {
    while (!from.empty()) {
        const Offset place = positions().position(from.back());
        positions().remove(from.back());
        from.pop_back();
        if (place == now)
            continue;  // where one is already
        push(to, now);
        emit changed();
        return place;
    }
    emit changed();
    return std::nullopt;
}

}  // namespace octavo::ui
