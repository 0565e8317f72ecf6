#include "ui/panels/message_bar.h"

#include "ui/panels/icon_button.h"
#include "ui/panels/link_button.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace octavo::ui {

namespace {

constexpr int kIconSide = 16;
constexpr int kMargin = 12;

Icon signOf(Message::Kind kind) {
    switch (kind) {
    case Message::Kind::Warning:
        return Icon::Warning;
    case Message::Kind::Done:
        return Icon::Done;
    case Message::Kind::Notice:
        break;
    }
    return Icon::Notice;
}

QColor signColor(const Theme& theme, Message::Kind kind) {
    switch (kind) {
    case Message::Kind::Warning:
        return theme.warning;
    case Message::Kind::Done:
        return theme.insertedLine;
    case Message::Kind::Notice:
        break;
    }
    return theme.accent;
}

/// As wide as its text in one line, so that links follow right behind; wraps where room is short.
class Words final : public QLabel {
public:
    Words(const QString& text, QWidget* parent) : QLabel(text, parent) {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
        setTextInteractionFlags(Qt::TextSelectableByMouse);
        setFocusPolicy(Qt::NoFocus);
    }
    QSize sizeHint() const override {
        const QSize line = fontMetrics().size(Qt::TextSingleLine, text());
        return {line.width() + 2, line.height()};
    }
    QSize minimumSizeHint() const override { return {120, fontMetrics().height()}; }
};

}  // namespace

MessageBar::MessageBar(QString key, const Message& message, QWidget* parent)
    : QWidget(parent), key_(std::move(key)), text_(message.text), kind_(message.kind) {
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMargin + kIconSide + 8, 2, 4, 3);
    layout->setSpacing(4);

    layout->addWidget(new Words(message.text, this));
    layout->addSpacing(4);
    for (const Message::Link& link : message.links) {
        auto* const button = new LinkButton(link.text, this);
        connect(button, &LinkButton::clicked, this, [this, follow = link.follow] {
            // The bar goes first: what follows may show the next one.
            const std::function<void()> act = follow;
            emit closeWanted();
            act();
        });
        layout->addWidget(button);
    }
    layout->addStretch(1);
    auto* const close = new IconButton(Icon::Close, tr("Close this message"), this);
    connect(close, &IconButton::clicked, this, &MessageBar::closeWanted);
    layout->addWidget(close);
    setMinimumHeight(34);
    setAccessibleName(message.text);
}

void MessageBar::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(),
                     kind_ == Message::Kind::Warning ? theme.behindWarning : theme.alternate);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
    const QRectF sign(kMargin, (height() - 1 - kIconSide) / 2.0, kIconSide, kIconSide);
    paintIcon(painter, signOf(kind_), sign, signColor(theme, kind_));
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        emit closeWanted();
    else
        QWidget::keyPressEvent(event);
}

MessageArea::MessageArea(QWidget* parent) : QWidget(parent) {
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
}

void MessageArea::tell(const QString& key, const Message& message) {
    dismiss(key);
    insert(key, message);
    show();
}

void MessageArea::insert(const QString& key, const Message& message) {
    auto* const bar = new MessageBar(key, message, this);
    connect(bar, &MessageBar::closeWanted, this, [this, key] {
        dismiss(key);
        emit closed();
    });
    bars_.push_back(bar);
    layout()->addWidget(bar);
    bar->show();
}

void MessageArea::dismiss(const QString& key) {
    const auto found = std::find_if(bars_.begin(), bars_.end(),
                                    [&key](const MessageBar* bar) { return bar->key() == key; });
    if (found == bars_.end())
        return;
    MessageBar* const bar = *found;
    bars_.erase(found);
    layout()->removeWidget(bar);
    bar->hide();
    bar->deleteLater();
    setVisible(!bars_.empty());
}

bool MessageArea::closeTop() {
    if (bars_.empty())
        return false;
    emit bars_.front()->closeWanted();
    return true;
}

MessageBar* MessageArea::bar(const QString& key) const {
    for (MessageBar* const bar : bars_)
        if (bar->key() == key)
            return bar;
    return nullptr;
}

}  // namespace octavo::ui
