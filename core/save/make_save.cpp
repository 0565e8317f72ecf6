#include "core/save/make_save.h"

#include "core/save/patch_save.h"
#include "core/save/replace_save.h"
#include "core/save/shift_save.h"

#include <utility>

namespace octavo::core {

namespace {

Error refused(const SaveRequest& request, ErrorCode code, const char* reason) {
    return {code, "flush", request.path, 0, reason};
}

}  // namespace

SaveStrategy defaultStrategy(const SaveRequest& request) {
    return request.keepsPlaces() ? SaveStrategy::Patch : SaveStrategy::Replace;
}

Result<std::shared_ptr<Save>> makeSave(SaveRequest request) {
    switch (request.options.strategy.value_or(defaultStrategy(request))) {
    case SaveStrategy::Patch:
        if (!request.keepsPlaces())
            return refused(request, ErrorCode::LengthChanged,
                           "bytes were inserted or deleted, and a patch keeps every other byte in "
                           "its place");
        return std::shared_ptr<Save>(std::make_shared<PatchSave>(std::move(request)));
    case SaveStrategy::Replace:
        return std::shared_ptr<Save>(std::make_shared<ReplaceSave>(std::move(request)));
    case SaveStrategy::Shift:
        return std::shared_ptr<Save>(std::make_shared<ShiftSave>(std::move(request)));
    case SaveStrategy::Copy:
        break;
    }
    return refused(request, ErrorCode::InvalidArgument,
                   "a copy does not save into the file itself");
}

}  // namespace octavo::core
