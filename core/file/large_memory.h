// Memory in regions of 2 MiB, aligned to their size, for what is reached at random: with one entry
// of the processor's address cache for each region, where the system has such large pages.
// Thread rule: plain functions. Implemented in posix.
#pragma once

#include <cstddef>

namespace octavo::core {

inline constexpr std::size_t kLargePage = std::size_t{2} << 20;

/// A region that reads as zeros; nothing where there is no memory. It takes memory where it is
/// touched, and all at once where `isLarge`.
void* mapLargePage(bool isLarge);
void unmapLargePage(void* region);

}  // namespace octavo::core
