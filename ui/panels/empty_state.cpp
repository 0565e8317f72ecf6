#include "ui/panels/empty_state.h"

#include "ui/style/icons.h"
#include "ui/style/octavo_style.h"
#include "ui/style/paint.h"
#include "ui/style/theme.h"

#include <QAbstractButton>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kColumnWidth = 440;
constexpr int kSignSide = 56;

class SignWidget final : public QWidget {
public:
    explicit SignWidget(QWidget* parent) : QWidget(parent) { setFixedSize(kSignSide, kSignSide); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        programIcon().paint(&painter, rect());
    }
};

/// A file's name with its folder in dim letters behind it.
class RecentButton final : public QAbstractButton {
public:
    RecentButton(const EmptyState::RecentFile& file, QWidget* parent)
        : QAbstractButton(parent), folder_(file.folder) {
        setText(file.name);
        setAccessibleName(file.name);
        setAccessibleDescription(file.folder);
        setToolTip(file.folder);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override { return {kColumnWidth, 30}; }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(palette());
        QPainter painter(this);
        if (underMouse() || isDown())
            paintPanel(painter, rect(), theme.selection, QColor());
        if (hasFocus())
            paintPanel(painter, rect(), QColor(), theme.accent);
        const QFontMetrics metrics(font());
        const QRect inside = rect().adjusted(8, 0, -8, 0);
        const QString name = metrics.elidedText(text(), Qt::ElideMiddle, inside.width() * 2 / 3);
        painter.setPen(theme.text);
        painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, name);
        const QRect rest = inside.adjusted(metrics.horizontalAdvance(name) + 16, 0, 0, 0);
        painter.setPen(underMouse() ? theme.text : theme.dimText);
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight,
                         metrics.elidedText(folder_, Qt::ElideMiddle, rest.width()));
    }

private:
    QString folder_;
};

QLabel* makeLabel(const QString& text, QPalette::ColorRole role, QWidget* parent) {
    auto* const label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(role);
    return label;
}

}  // namespace

EmptyState::EmptyState(QWidget* parent) : QWidget(parent) {}

void EmptyState::build() {
    recentTitle_ = makeLabel(tr("Recent files"), QPalette::PlaceholderText, this);
    recent_ = new QVBoxLayout;
    auto* const title = makeLabel(tr("No file is open"), QPalette::Text, this);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setWeight(QFont::DemiBold);
    title->setFont(large);
    auto* const hint = makeLabel(tr("Open a file of any size, or drop one on this window."),
                                 QPalette::PlaceholderText, this);
    auto* const open = new QPushButton(tr("Open…"), this);
    open->setProperty(OctavoStyle::kAccentProperty, true);
    auto* const create = new QPushButton(tr("New"), this);
    for (QPushButton* const button : {open, create}) {
        button->setMinimumWidth(96);
        button->setAutoDefault(true);
    }

    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(open);
    buttons->addWidget(create);
    buttons->addStretch();

    auto* const column = new QVBoxLayout;
    column->setSpacing(0);
    column->addStretch(2);
    column->addWidget(new SignWidget(this), 0, Qt::AlignHCenter);
    column->addSpacing(16);
    column->addWidget(title, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(hint, 0, Qt::AlignHCenter);
    column->addSpacing(20);
    column->addLayout(buttons);
    column->addSpacing(36);
    recentTitle_->setContentsMargins(8, 0, 0, 4);
    column->addWidget(recentTitle_);
    recent_->setSpacing(2);
    column->addLayout(recent_);
    column->addStretch(3);

    auto* const row = new QHBoxLayout(this);
    row->addStretch(1);
    row->addLayout(column, 0);
    row->addStretch(1);
    buildRecentFiles();
    setFocusProxy(open);

    connect(open, &QPushButton::clicked, this, &EmptyState::openWanted);
    connect(create, &QPushButton::clicked, this, &EmptyState::newWanted);
}

void EmptyState::setRecentFiles(const std::vector<RecentFile>& files) {
    files_ = files;
    if (recent_ != nullptr)
        buildRecentFiles();
}

void EmptyState::buildRecentFiles() {
    while (QLayoutItem* const item = recent_->takeAt(0)) {
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    constexpr std::size_t kMost = 6;
    for (std::size_t i = 0; i < std::min(files_.size(), kMost); ++i) {
        auto* const button = new RecentButton(files_[i], this);
        connect(button, &RecentButton::clicked, this,
                [this, i] { emit recentWanted(static_cast<int>(i)); });
        recent_->addWidget(button);
    }
    recentTitle_->setVisible(!files_.empty());
}

void EmptyState::showEvent(QShowEvent* event) {
    if (recent_ == nullptr) {
        build();
        // Children that had been there before would have come with it, and have had the focus.
        for (QWidget* const child : findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
            child->show();
        recentTitle_->setVisible(!files_.empty());
        if (window()->focusWidget() == this)
            setFocus();
    }
    QWidget::showEvent(event);
}

void EmptyState::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), Theme::of(palette()).base);
}

}  // namespace octavo::ui
