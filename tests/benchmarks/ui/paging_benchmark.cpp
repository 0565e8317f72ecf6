// What a page costs while Page Down is held: a real grid of full HD, from the key to the painted
// rows, with the thread that fetches them. The processor time of the whole process is what counts,
// as for the editors that were measured.
//
// OCTAVO_BENCHMARK_FILE names a file to page through. Without it one of pseudo-random bytes is
// written to the folder for temporary files, and removed at the end: OCTAVO_BENCHMARK_MIB is its
// size, 512 where that is not set. It is not sparse, since holes are neither read nor drawn as
// digits of all kinds; but just written, it lies in memory.
#include "ui/hex/hex_view.h"

#include <QApplication>
#include <QFile>
#include <QKeyEvent>
#include <QTemporaryDir>

#include <algorithm>
#include <ctime>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace octavo;
using namespace octavo::ui;

void startApplication() {
    static int count = 1;
    static char name[] = "paging_benchmark";
    static char* arguments[] = {name, nullptr};
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // Never destroyed: at exit, what it refers to is gone before it.
    static const auto* const application = new QApplication(count, arguments);
    Q_UNUSED(application)
}

int wantedMib() {
    const int given = qEnvironmentVariableIntValue("OCTAVO_BENCHMARK_MIB");
    return given > 0 ? given : 512;
}

/// Nothing where it cannot be written.
std::string writeNoise(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    std::mt19937_64 random(1);
    std::vector<std::uint64_t> block((1 << 20) / sizeof(std::uint64_t));
    const auto size = static_cast<qint64>(block.size() * sizeof(std::uint64_t));
    for (int mib = 0; mib < wantedMib(); ++mib) {
        std::ranges::generate(block, std::ref(random));
        if (file.write(reinterpret_cast<const char*>(block.data()), size) != size) {
            return {};
        }
    }
    return path.toStdString();
}

/// The same for all runs.
const std::string& fileToPage() {
    static const QTemporaryDir folder;
    static const QByteArray given = qgetenv("OCTAVO_BENCHMARK_FILE");
    static const std::string path =
        given.isEmpty() ? writeNoise(folder.filePath("noise")) : given.toStdString();
    return path;
}

double processorMs() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

void heldPageDown(benchmark::State& state) {
    startApplication();
    auto opened = core::Document::open(core::systemFileSystem(), fileToPage());
    if (!opened) {
        return state.SkipWithError("cannot open the file");
    }
    EditorDocument editor(std::move(*opened));
    HexView view;
    HexFormat format;
    format.bytesPerRow = state.range(0) == 0 ? HexFormat::kFitWidth : int(state.range(0));
    view.setFormat(format);
    view.setDocument(&editor);
    view.resize(1920, 1080);
    view.show();
    QApplication::processEvents();
    const double before = processorMs();
    std::int64_t pages = 0;
    for (auto unused : state) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_PageDown, Qt::NoModifier);
        QApplication::sendEvent(&view, &press);
        QApplication::processEvents();
        while (!view.isFullyLoaded()) {
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        ++pages;
    }
    state.counters["processor ms/page"] = (processorMs() - before) / double(pages);
    view.setDocument(nullptr);
}
BENCHMARK(heldPageDown)->Arg(16)->Arg(0)->Unit(benchmark::kMillisecond);

}  // namespace
