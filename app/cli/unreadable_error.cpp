#include "app/cli/unreadable_error.h"

namespace octavo::cli {

core::Error unreadableError(std::string_view operation, const std::string& path,
                            const core::Unreadable& unreadable) {
    const std::vector<core::Extent>& extents = unreadable.extents();
    const core::Extent& first = extents.front();
    std::string reason = std::to_string(first.length) + " bytes at offset " +
                         std::to_string(first.offset) + " could not be read";
    if (extents.size() > 1) {
        core::Offset rest = 0;
        for (const core::Extent& extent : extents) {
            rest += extent.length;
        }
        reason += ", nor " + std::to_string(rest - first.length) + " bytes in " +
                  std::to_string(extents.size() - 1) + " places behind them";
    }
    return {core::ErrorCode::Unreadable, std::string(operation), path, 0, std::move(reason)};
}

}  // namespace octavo::cli
