// What a program may tell the system about its use of mapped memory: the MADV_* constants.
//
// Thread rule: plain values.
#pragma once

#include <optional>

namespace octavo::core {

/// One for each MADV_ constant of the system, under its name in our spelling. What each does is
/// told by madvise(2).
enum class MemoryAdvice {
    Normal,
    Random,
    Sequential,
    WillNeed,
    DontNeed,  ///< private changes are lost
    Free,
    Remove,  ///< makes a hole of the file's bytes
    DontFork,
    DoFork,
    HardwarePoison,  ///< MADV_HWPOISON: takes memory out of use for good; needs privilege
    SoftOffline,
    Mergeable,
    Unmergeable,
    HugePage,
    NoHugePage,
    DontDump,
    DoDump,
    WipeOnFork,
    KeepOnFork,
    Cold,
    PageOut,
    PopulateRead,
    PopulateWrite,
    DontNeedLocked,
    Collapse,
};

/// The system's number for it; nothing where the system has no such advice.
std::optional<int> systemAdvice(MemoryAdvice advice);

/// What an advice does to the bytes themselves.
enum class AdviceEffect {
    None,    ///< a hint: every byte stays
    Memory,  ///< changes that live in this map's memory alone are lost
    File,    ///< bytes of the file, or the memory under them, are lost
};

AdviceEffect adviceEffect(MemoryAdvice advice);

}  // namespace octavo::core
