// The line at the bottom: where the caret is, how long the document, how typing works, what is
// pending. Fields keep their places while numbers change. A click on one leads to where it is
// changed; each of these has a key as well, so the line is no stop for the keyboard.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "core/document/access_mode.h"

#include <QString>
#include <QTimer>
#include <QWidget>

#include <cstddef>
#include <optional>

class QHBoxLayout;

namespace octavo::ui {

struct StatusValues {
    core::Offset caret = 0;
    core::Extent selection;
    core::Offset length = 0;
    bool insertMode = false;
    core::AccessMode mode = core::AccessMode::Preview;
    std::size_t changes = 0;
    core::Offset changedBytes = 0;
    QString encoding = {};  ///< of the text pane
};

enum class StatusPart { Offset, Typing, Mode, Encoding, Selection, Pending };

/// A dim label and a value behind it.
class StatusField final : public QWidget {
    Q_OBJECT

public:
    explicit StatusField(QWidget* parent = nullptr);

    void setTexts(const QString& label, const QString& value);
    QString text() const;
    /// Keeps room for this value.
    void setReserve(const QString& value);
    /// Bold and in the colour of pending changes.
    void setBadge(bool badge);
    /// What a click does, in words for a tool tip; it then looks like something to be clicked,
    /// while it shows anything.
    void setClickable(const QString& what);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QFont valueFont() const;
    int widthOf(const QString& value) const;

    QString label_;
    QString value_;
    QString reserve_;
    bool badge_ = false;
    bool isClickable_ = false;
};

class StatusLine final : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    /// Nothing where no document is open.
    void showValues(const std::optional<StatusValues>& values);
    /// What was just done; goes by itself after some seconds.
    void showNote(const QString& note);
    /// A place for what runs in the background, left of the pending changes.
    void addBackgroundWidget(QWidget* widget);

    /// All fields in one line, for tests and screen readers.
    QString text() const;

signals:
    /// `place` is where a menu for it would open, on the screen: the field's upper left corner.
    void clicked(octavo::ui::StatusPart part, const QPoint& place);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    StatusField* addField(const QString& name);
    StatusField* addField(const QString& name, StatusPart part, const QString& click);
    void dropWhatDoesNotFit();

    QHBoxLayout* layout_;
    StatusField* offset_;
    StatusField* size_;
    StatusField* typing_;
    StatusField* mode_;
    StatusField* encoding_;
    StatusField* selection_;
    StatusField* note_;
    StatusField* pending_;
    QTimer noteEnd_;
};

}  // namespace octavo::ui
