// Painting allocates nothing for a cell: a frame of many rows costs as many allocations as one of
// a few.
#include "ui/hex/hex_painter.h"

#include <QImage>
#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> allocations{0};

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* const memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

using namespace octavo;
using namespace octavo::ui;

class HexPainterAllocationsTest : public QObject {
    Q_OBJECT

private slots:
    void countsAllocations();
    void noneForACell_data();
    void noneForACell();
};

void HexPainterAllocationsTest::countsAllocations() {
    const long before = allocations;
    const std::vector<int> some(100);
    QVERIFY(allocations > before && some.size() == 100);
}

void HexPainterAllocationsTest::noneForACell_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("encoding");
    for (int kind = 0; kind < kCellKinds; ++kind) {
        QTest::newRow(factsOf(CellKind(kind)).name) << kind << "ISO-8859-1";
    }
    QTest::newRow("UTF-8") << 0 << "UTF-8";
    QTest::newRow("characters of other fonts") << 0 << "UTF-16LE";
}

void HexPainterAllocationsTest::noneForACell() {
    QFETCH(int, kind);
    QFETCH(QString, encoding);
    HexFormat format;
    format.kind = CellKind(kind);
    constexpr core::Offset kLength = 4000;
    QFont font("DejaVu Sans Mono");
    font.setPixelSize(13);
    const GridFont gridFont(font, 1);
    const HexLayout layout(gridFont.metrics(), kLength, 16, format);
    const TextCodec codec = *TextCodec::named(encoding.toStdString());
    HexModel model;
    model.setDocument(kLength);
    core::Bytes bytes(kLength);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        // Every colour in every row.
        const core::Byte cycle[] = {0x00, core::Byte('A' + i % 20), core::Byte(1 + i % 8),
                                    core::Byte(0x90 + i % 9), 0xFF};
        bytes[i] = cycle[i % 5];
    }
    if (encoding == "UTF-16LE") {
        // U+65E5 and its like, eight of them.
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<core::Byte>(i % 2 == 0 ? 0xE0 + i / 2 % 8 : 0x65);
        }
    }
    model.fill(model.windowExtent(), bytes, {});
    HexFrame frame{.model = model,
                   .layout = layout,
                   .font = gridFont,
                   .theme = Theme::light(),
                   .codec = codec};
    frame.width = layout.contentWidth();
    frame.hasDocument = true;
    frame.selection.moveTo(kLength, false);
    QImage image(frame.width, layout.rowTop(60), QImage::Format_RGB32);
    HexPainter painter;
    const auto countedFor = [&](int rows) {
        frame.height = layout.rowTop(rows);
        QPainter qpainter(&image);
        const QRect clip(0, 0, frame.width, frame.height);
        painter.paint(qpainter, frame, clip);  // buffers grow once
        const long before = allocations;
        painter.paint(qpainter, frame, clip);
        return allocations - before;
    };
    const long many = countedFor(50);
    const long few = countedFor(2);
    QVERIFY2(many <= few, qPrintable(QString("%1 for 50 rows, %2 for 2").arg(many).arg(few)));
}

QTEST_MAIN(HexPainterAllocationsTest)
#include "hex_painter_allocations_test.moc"
