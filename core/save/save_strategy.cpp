#include "core/save/save_strategy.h"

#include <array>
#include <utility>

namespace octavo::core {

namespace {

constexpr std::array<std::pair<SaveStrategy, std::string_view>, 4> kNames{{
    {SaveStrategy::Patch, "patch"},
    {SaveStrategy::Replace, "replace"},
    {SaveStrategy::Shift, "shift"},
    {SaveStrategy::Copy, "copy"},
}};

}  // namespace

std::string_view nameOf(SaveStrategy strategy) {
    for (const auto& [each, name] : kNames) {
        if (each == strategy)
            return name;
    }
    return {};
}

std::optional<SaveStrategy> saveStrategy(std::string_view name) {
    for (const auto& [strategy, each] : kNames) {
        if (each == name)
            return strategy;
    }
    return std::nullopt;
}

}  // namespace octavo::core
