// The line at the bottom: where the caret is, how long the document, how typing works, what is
// pending. Fields keep their places while numbers change.
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

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont valueFont() const;
    int widthOf(const QString& value) const;

    QString label_;
    QString value_;
    QString reserve_;
    bool badge_ = false;
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

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    StatusField* addField(const QString& name);
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
