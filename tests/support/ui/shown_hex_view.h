// A document in a grid on the (offscreen) screen, for tests that press keys and buttons.
// Thread rule: GUI thread.
#pragma once

#include "core/document/document.h"
#include "ui/hex/hex_view.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace octavo::test {

class ShownHexView {
public:
    /// Shows the document with the focus on it; 20 rows fit.
    explicit ShownHexView(std::unique_ptr<core::Document> opened)
        : editor(std::make_unique<ui::EditorDocument>(std::move(opened))) {
        view.setDocument(editor.get());
        view.resize(900, 400 + 25 + 10);
        view.show();
        view.activateWindow();
        view.setFocus();
        if (!QTest::qWaitForWindowActive(&view)) {
            qFatal("the view did not become active");
        }
    }

    explicit ShownHexView(const QByteArray& content) : ShownHexView(untitled(content)) {
        // What happens from now on is the test's.
        view.setCaret(0);
    }

    static std::unique_ptr<core::Document> untitled(const QByteArray& content) {
        auto document = core::Document::untitled();
        const core::Bytes bytes(content.begin(), content.end());
        if (!bytes.empty() && !document->insert(0, bytes)) {
            qFatal("cannot fill the document");
        }
        document->endTyping();
        return document;
    }

    core::Document& document() { return editor->document(); }

    QByteArray content() {
        core::Bytes bytes(static_cast<std::size_t>(document().length()));
        document().snapshot().read(0, bytes);
        return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&view, key, modifiers);
    }
    void type(const QString& text) {
        for (const QChar character : text) {
            QTest::sendKeyEvent(QTest::Click, &view, Qt::Key_unknown, QString(character),
                                Qt::NoModifier);
        }
    }

    /// Where a cell stands in the viewport; the left digit or the right one.
    QPoint place(core::Offset offset, ui::HexPane pane = ui::HexPane::Hex, int digit = 0) {
        const ui::HexPane active = view.activePane();
        const QSignalBlocker silence(&view);
        view.setActivePane(pane);
        const QAbstractItemModel& model = *view.model();
        const core::Offset first = model.index(0, 0).data(ui::HexModel::OffsetRole).toLongLong();
        const auto row = static_cast<int>((offset - first) / 16);
        const QRect cell = view.visualRect(model.index(row, static_cast<int>(offset % 16)));
        view.setActivePane(active);
        return {cell.left() + cell.width() * (digit == 0 ? 1 : 3) / 4, cell.center().y()};
    }
    void click(QPoint place, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, place);
    }

    QVariant cell(core::Offset offset, int role) {
        const QAbstractItemModel& model = *view.model();
        const core::Offset first = model.index(0, 0).data(ui::HexModel::OffsetRole).toLongLong();
        const auto row = static_cast<int>((offset - first) / 16);
        return model.index(row, static_cast<int>(offset % 16)).data(role);
    }
    int state(core::Offset offset) { return cell(offset, ui::HexModel::StateRole).toInt(); }

    std::unique_ptr<ui::EditorDocument> editor;
    ui::HexView view;
};

}  // namespace octavo::test
