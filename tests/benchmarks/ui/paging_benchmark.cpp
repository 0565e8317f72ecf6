// What a page costs while Page Down is held over a file of 4 GiB: a real grid of full HD, from the
// key to the painted rows, with the thread that fetches them. The processor time of the whole
// process is what counts, as for the editors that were measured.
//
// OCTAVO_BENCHMARK_FILE names a file to page through; without it one with holes is made.
#include "ui/hex/hex_view.h"

#include <QApplication>
#include <QFile>
#include <QKeyEvent>
#include <QTemporaryDir>

#include <ctime>
#include <memory>

#include <benchmark/benchmark.h>

namespace {

using namespace octavo;
using namespace octavo::ui;

void startApplication() {
    static int count = 1;
    static char name[] = "paging_benchmark";
    static char* arguments[] = {name, nullptr};
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static const QApplication application(count, arguments);
}

std::string fileToPage(const QTemporaryDir& folder) {
    const QByteArray given = qgetenv("OCTAVO_BENCHMARK_FILE");
    if (!given.isEmpty()) {
        return given.toStdString();
    }
    QFile file(folder.filePath("four.bin"));
    if (!file.open(QIODevice::WriteOnly) || !file.resize(qint64{4} << 30)) {
        return {};
    }
    return file.fileName().toStdString();
}

double processorMs() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

void heldPageDown(benchmark::State& state) {
    startApplication();
    const QTemporaryDir folder;
    auto opened = core::Document::open(core::systemFileSystem(), fileToPage(folder));
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
