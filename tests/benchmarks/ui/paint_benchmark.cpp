// What a full-HD frame of the grid costs, as many bytes in a row as fit it, against drawing each
// cell with drawText and against nothing but glyph runs of the same digits. The ratios come from
// the same run, frame by frame in turn, so that they mean something on any machine.
#include "ui/hex/hex_painter.h"

#include <QApplication>
#include <QImage>

#include <ctime>
#include <memory>
#include <random>

#include <benchmark/benchmark.h>

namespace {

using namespace octavo;
using namespace octavo::ui;

constexpr QSize kFullHd(1920, 1080);
constexpr QSize k4K(3840, 2160);
constexpr core::Offset kLength = 100000;

void startApplication() {
    static int count = 1;
    static char name[] = "paint_benchmark";
    static char* arguments[] = {name, nullptr};
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static const QApplication application(count, arguments);
}

QFont gridFont() {
    QFont font(QStringLiteral("DejaVu Sans Mono"));
    font.setPixelSize(13);
    return font;
}

/// A frame full of bytes, as a binary file has them: many zeros, runs of text, noise.
struct Scene {
    explicit Scene(QSize size = kFullHd)
        : font(gridFont(), 1)
        , layout(font.metrics(), kLength,
                 HexLayout::bytesThatFit(font.metrics(), kLength, {}, size.width()))
        , image(size, QImage::Format_RGB32) {
        std::mt19937 random(1);
        core::Bytes bytes(kLength);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            const auto kind = (i / 64) % 3;
            const auto noise = static_cast<core::Byte>(random());
            bytes[i] = kind == 0 ? noise : kind == 1 ? core::Byte(32 + noise % 95) : core::Byte(0);
        }
        model.setBytesPerRow(layout.bytesPerRow());
        model.setDocument(kLength);
        const core::Extent window = model.windowExtent();
        model.fill(window, core::ByteSpan(bytes).first(std::size_t(window.length)), {});
        frame = std::make_unique<HexFrame>(HexFrame{.model = model,
                                                    .layout = layout,
                                                    .font = font,
                                                    .theme = Theme::light(),
                                                    .codec = codec});
        frame->width = size.width();
        frame->height = size.height();
        frame->hasDocument = true;
        rows = layout.touchedRows(size.height());
    }

    void byPainter() {
        QPainter qpainter(&image);
        painter.paint(qpainter, *frame, image.rect());
    }

    /// The least there is to do: the digits, a run for each colour of a row.
    void byGlyphRuns() {
        QPainter qpainter(&image);
        qpainter.fillRect(image.rect(), frame->theme.base);
        for (int row = 0; row < rows; ++row) {
            const HexRow cells = model.row(row);
            const int baseline = layout.rowTop(row) + font.baseline();
            for (int column = 0; column < cells.count; ++column) {
                const core::Byte byte = cells.bytes[column];
                GlyphRuns& run = runs[static_cast<std::size_t>(byteClass(byte))];
                run.add(font.digit(byte >> 4), layout.glyphLeft(HexPane::Hex, column, 0), baseline);
                run.add(font.digit(byte & 15), layout.glyphLeft(HexPane::Hex, column, 1), baseline);
                run.add(font.glyph(byte >= 32 && byte < 127 ? char32_t(byte) : U'·'),
                        layout.glyphLeft(HexPane::Text, column, 0), baseline);
            }
            for (std::size_t kind = 0; kind < runs.size(); ++kind) {
                const QColor& color = byteColor(frame->theme, static_cast<ByteClass>(kind));
                runs[kind].draw(qpainter, font.regular(), color);
            }
        }
    }

    /// What the first idea would be: a text for each cell.
    void byDrawText() {
        QPainter qpainter(&image);
        qpainter.setFont(font.words());
        qpainter.fillRect(image.rect(), frame->theme.base);
        for (int row = 0; row < rows; ++row) {
            const HexRow cells = model.row(row);
            const int baseline = layout.rowTop(row) + font.baseline();
            for (int column = 0; column < cells.count; ++column) {
                const core::Byte byte = cells.bytes[column];
                qpainter.setPen(byteColor(frame->theme, byteClass(byte)));
                const QString digits = QString::number(byte, 16).toUpper().rightJustified(2, u'0');
                qpainter.drawText(layout.glyphLeft(HexPane::Hex, column, 0), baseline, digits);
                const QChar character(byte >= 32 && byte < 127 ? char16_t(byte) : u'\u00B7');
                qpainter.drawText(layout.glyphLeft(HexPane::Text, column, 0), baseline,
                                  QString(character));
            }
        }
    }

    TextCodec codec;
    GridFont font;
    HexLayout layout;
    QImage image;
    HexModel model;
    HexPainter painter;
    std::array<GlyphRuns, kByteClasses> runs;
    std::unique_ptr<HexFrame> frame;
    int rows = 0;
};

void frameByPainter(benchmark::State& state) {
    startApplication();
    Scene scene;
    for (auto unused : state) {
        scene.byPainter();
    }
}
BENCHMARK(frameByPainter)->Unit(benchmark::kMillisecond);
BENCHMARK(frameByPainter)->Iterations(1);
BENCHMARK(frameByPainter)->Iterations(41);

/// Reported; 60 frames a second leave 16.7 ms.
void frameOf4K(benchmark::State& state) {
    startApplication();
    Scene scene(k4K);
    for (auto unused : state) {
        scene.byPainter();
    }
    state.counters["bytes"] = double(scene.rows) * scene.layout.bytesPerRow();
}
BENCHMARK(frameOf4K)->Unit(benchmark::kMillisecond);

void frameByGlyphRuns(benchmark::State& state) {
    startApplication();
    Scene scene;
    for (auto unused : state) {
        scene.byGlyphRuns();
    }
}
BENCHMARK(frameByGlyphRuns)->Unit(benchmark::kMillisecond);
BENCHMARK(frameByGlyphRuns)->Iterations(1);
BENCHMARK(frameByGlyphRuns)->Iterations(41);

void frameByDrawText(benchmark::State& state) {
    startApplication();
    Scene scene;
    for (auto unused : state) {
        scene.byDrawText();
    }
}
BENCHMARK(frameByDrawText)->Unit(benchmark::kMillisecond);
BENCHMARK(frameByDrawText)->Iterations(1);
BENCHMARK(frameByDrawText)->Iterations(41);

void ratios(benchmark::State& state) {
    startApplication();
    Scene scene;
    const auto timed = [](auto draw) {
        // Processor time: what else the machine does is no part of the ratio.
        const std::clock_t start = std::clock();
        draw();
        return static_cast<double>(std::clock() - start);
    };
    double painter = 0;
    double glyphRuns = 0;
    double drawText = 0;
    for (auto unused : state) {
        painter += timed([&] { scene.byPainter(); });
        glyphRuns += timed([&] { scene.byGlyphRuns(); });
        drawText += timed([&] { scene.byDrawText(); });
    }
    state.counters["painter/glyphRuns"] = painter / glyphRuns;
    state.counters["painter/drawText"] = painter / drawText;
}
BENCHMARK(ratios)->Unit(benchmark::kMillisecond);

}  // namespace
