#include "core/file/memory_advice.h"

#include <array>
#include <cstddef>

#include <linux/mman.h>
#include <sys/mman.h>

namespace octavo::core {

namespace {

struct Known {
    MemoryAdvice advice;
    int value;
};

constexpr auto kKnown = std::to_array<Known>({
    {MemoryAdvice::Normal, MADV_NORMAL},
    {MemoryAdvice::Random, MADV_RANDOM},
    {MemoryAdvice::Sequential, MADV_SEQUENTIAL},
    {MemoryAdvice::WillNeed, MADV_WILLNEED},
    {MemoryAdvice::DontNeed, MADV_DONTNEED},
#ifdef MADV_FREE
    {MemoryAdvice::Free, MADV_FREE},
#endif
#ifdef MADV_REMOVE
    {MemoryAdvice::Remove, MADV_REMOVE},
#endif
#ifdef MADV_DONTFORK
    {MemoryAdvice::DontFork, MADV_DONTFORK},
#endif
#ifdef MADV_DOFORK
    {MemoryAdvice::DoFork, MADV_DOFORK},
#endif
#ifdef MADV_HWPOISON
    {MemoryAdvice::HardwarePoison, MADV_HWPOISON},
#endif
#ifdef MADV_SOFT_OFFLINE
    {MemoryAdvice::SoftOffline, MADV_SOFT_OFFLINE},
#endif
#ifdef MADV_MERGEABLE
    {MemoryAdvice::Mergeable, MADV_MERGEABLE},
#endif
#ifdef MADV_UNMERGEABLE
    {MemoryAdvice::Unmergeable, MADV_UNMERGEABLE},
#endif
#ifdef MADV_HUGEPAGE
    {MemoryAdvice::HugePage, MADV_HUGEPAGE},
#endif
#ifdef MADV_NOHUGEPAGE
    {MemoryAdvice::NoHugePage, MADV_NOHUGEPAGE},
#endif
#ifdef MADV_DONTDUMP
    {MemoryAdvice::DontDump, MADV_DONTDUMP},
#endif
#ifdef MADV_DODUMP
    {MemoryAdvice::DoDump, MADV_DODUMP},
#endif
#ifdef MADV_WIPEONFORK
    {MemoryAdvice::WipeOnFork, MADV_WIPEONFORK},
#endif
#ifdef MADV_KEEPONFORK
    {MemoryAdvice::KeepOnFork, MADV_KEEPONFORK},
#endif
#ifdef MADV_COLD
    {MemoryAdvice::Cold, MADV_COLD},
#endif
#ifdef MADV_PAGEOUT
    {MemoryAdvice::PageOut, MADV_PAGEOUT},
#endif
#ifdef MADV_POPULATE_READ
    {MemoryAdvice::PopulateRead, MADV_POPULATE_READ},
#endif
#ifdef MADV_POPULATE_WRITE
    {MemoryAdvice::PopulateWrite, MADV_POPULATE_WRITE},
#endif
#ifdef MADV_DONTNEED_LOCKED
    {MemoryAdvice::DontNeedLocked, MADV_DONTNEED_LOCKED},
#endif
#ifdef MADV_COLLAPSE
    {MemoryAdvice::Collapse, MADV_COLLAPSE},
#endif
});

}  // namespace

std::optional<int> systemAdvice(MemoryAdvice advice) {
    for (const Known& known : kKnown) {
        if (known.advice == advice)
            return known.value;
    }
    return std::nullopt;
}

AdviceEffect adviceEffect(MemoryAdvice advice) {
    switch (advice) {
    case MemoryAdvice::DontNeed:
    case MemoryAdvice::DontNeedLocked:
    case MemoryAdvice::Free:
        return AdviceEffect::Memory;
    case MemoryAdvice::Remove:
    case MemoryAdvice::HardwarePoison:
        return AdviceEffect::File;
    default:
        return AdviceEffect::None;
    }
}

}  // namespace octavo::core
