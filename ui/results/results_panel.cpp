#include "ui/results/results_panel.h"

#include "ui/panels/elided_label.h"
#include "ui/panels/flat_button.h"
#include "ui/panels/icon_button.h"
#include "ui/panels/number_text.h"
#include "ui/panels/thin_progress_bar.h"
#include "ui/results/long_table.h"
#include "ui/results/match_delegate.h"
#include "ui/style/fixed_font.h"
#include "ui/style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace octavo::ui {

using core::Extent;
using core::Offset;

namespace {

constexpr int kProgressWidth = 96;
constexpr int kFilterWidth = 200;
constexpr int kFilterAfterMs = 200;
constexpr int kCellPadding = 20;

}  // namespace

ResultsPanel::ResultsPanel(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Matches"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    buildTable();
    column->addWidget(table_, 1);
    column->addWidget(empty_, 1);
    setFocusProxy(table_);
    connect(&model_, &HitTableModel::totalChanged, this, &ResultsPanel::refresh);
    refresh();
}

ResultsPanel::~ResultsPanel() {
    model_.setList(nullptr);
}

QWidget* ResultsPanel::buildHead() {
    auto* const head = new QWidget(this);
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(12, 4, 4, 4);
    row->setSpacing(8);
    status_ = new ElidedLabel(Qt::ElideRight, 0, head);
    status_->setTextFormat(Qt::PlainText);
    status_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    progress_ = new ThinProgressBar(head);
    progress_->setFixedWidth(kProgressWidth);
    progress_->setAccessibleName(tr("Progress of the search"));
    stop_ = new FlatButton(tr("Stop"), tr("Stop the search and keep what was found"), head);
    again_ = new FlatButton(tr("Search again"), tr("Search the document as it is now"), head);
    filter_ = new QLineEdit(head);
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setClearButtonEnabled(true);
    filter_->findChild<QToolButton*>()->setAccessibleName(tr("Clear the filter"));
    filter_->setFixedWidth(kFilterWidth);
    filter_->setAccessibleName(tr("Filter"));
    filter_->setToolTip(tr("Show only matches with this text, or these bytes in hex, in them or "
                           "up to 16 bytes beside them, or with this end of the offset"));
    filterSoon_ = new QTimer(this);
    filterSoon_->setSingleShot(true);
    filterSoon_->setInterval(kFilterAfterMs);
    export_ = new FlatButton(tr("Export"), tr("Write the matches that are shown to a file"), head);
    auto* const formats = new QMenu(export_);
    formats->addAction(tr("As &CSV…"), this, [this] { emit exportWanted(HitFormat::Csv); });
    formats->addAction(tr("As &JSON…"), this, [this] { emit exportWanted(HitFormat::Json); });
    export_->setMenu(formats);
    export_->setPopupMode(QToolButton::InstantPopup);
    auto* const close = new IconButton(Icon::Close, tr("Close (Esc)"), head);
    row->addWidget(status_, 1);
    for (QWidget* const widget :
         std::initializer_list<QWidget*>{progress_, stop_, again_, filter_, export_, close})
        row->addWidget(widget);

    connect(stop_, &QToolButton::clicked, this, [this] {
        if (list_)
            list_->stop();
    });
    connect(again_, &QToolButton::clicked, this, &ResultsPanel::searchAgainWanted);
    connect(close, &IconButton::clicked, this, &ResultsPanel::closeWanted);
    connect(filter_, &QLineEdit::textChanged, this, [this] {
        filterSoon_->start();
        export_->setEnabled(false);
    });
    connect(filterSoon_, &QTimer::timeout, this, [this] {
        if (!list_)
            return;
        list_->setFilter(filter_->text().trimmed());
        table_->setCurrent(std::nullopt);
        table_->setTopRow(0);
    });
    return head;
}

void ResultsPanel::buildTable() {
    table_ = new LongTable(this);
    table_->setModel(&model_);
    table_->view().setItemDelegate(new MatchDelegate(table_));
    table_->view().setAccessibleName(tr("Matches"));
    connect(table_, &LongTable::chosen, this,
            [this](quint64 number) { emit matchChosen(model_.extentOf(number)); });
    connect(table_, &LongTable::activated, this,
            [this](quint64 number) { emit matchActivated(model_.extentOf(number)); });
    empty_ = new QLabel(this);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setTextFormat(Qt::PlainText);
    setColumnWidths();
}

void ResultsPanel::setColumnWidths() {
    const QFontMetrics metrics(fixedFont(font()));
    const int character = metrics.horizontalAdvance(QLatin1Char('0'));
    const auto wide = [&](int characters) { return characters * character + kCellPadding; };
    QTableView& view = table_->view();
    view.setColumnWidth(HitTableModel::Offset, wide(14));
    view.setColumnWidth(HitTableModel::Length, wide(9));
    view.setColumnWidth(HitTableModel::As, wide(12));
    view.setColumnWidth(HitTableModel::Bytes, wide(3 * int{HitTableModel::kShown} + 1));
    view.setColumnHidden(HitTableModel::As, !model_.hasAlternatives());
}

void ResultsPanel::setList(std::unique_ptr<HitList> list) {
    table_->setCurrent(std::nullopt);
    model_.setList(nullptr);
    list_ = std::move(list);
    {
        const QSignalBlocker silence(filter_);
        filter_->clear();
    }
    filterSoon_->stop();
    model_.setList(list_.get());
    table_->setTopRow(0);
    setColumnWidths();
    refresh();
}

QString ResultsPanel::stateText() const {
    const Offset found = static_cast<Offset>(list_->foundCount());
    const QString matches =
        found == 1 ? tr("1 match")
                   : tr("%1 matches", nullptr, pluralNumber(found)).arg(groupedNumber(found));
    switch (list_->state()) {
    case HitList::State::Running:
        return tr("%1 so far").arg(matches);
    case HitList::State::Ended:
        return found == 0 ? tr("Not found") : matches;
    case HitList::State::Stopped:
        return tr("Stopped: %1 so far").arg(matches);
    case HitList::State::GivenUp:
        return tr("Stopped after %1 at %2: to find more costs far more than to read the bytes; "
                  "narrow what is sought")
            .arg(matches, offsetText(list_->stoppedAt()));
    case HitList::State::Full:
        return tr("Stopped after %1 at %2: the list is full; narrow what is sought")
            .arg(matches, offsetText(list_->stoppedAt()));
    case HitList::State::Failed:
        break;
    }
    const core::Error& error = *list_->error();
    return reasonText_ ? reasonText_(error) : QString::fromStdString(error.reason);
}

QString ResultsPanel::statusText() const {
    if (!list_)
        return {};
    QString text = stateText();
    if (list_->isRunning() && list_->total() > 0)
        text = tr("%1 in %2 of %3").arg(text, sizeText(list_->done()), sizeText(list_->total()));
    if (!list_->filter().isEmpty())
        text = tr("%1 shown of %2").arg(groupedNumber(static_cast<Offset>(list_->count())), text);
    if (list_->notSearched() > 0)
        text = tr("%1; not searched, as unreadable: %2")
                   .arg(text, byteCountText(list_->notSearched()));
    if (list_->isOutdated())
        text = tr("%1; the document was edited since").arg(text);
    return text;
}

void ResultsPanel::refresh() {
    const bool works = list_ && (list_->isRunning() || list_->isFiltering());
    const QString text = statusText();
    status_->setText(text);
    status_->setToolTip(text);
    progress_->setVisible(works);
    if (works)
        progress_->setProgress(list_->done(), list_->total());
    stop_->setVisible(list_ && list_->isRunning());
    again_->setVisible(list_ && !list_->isRunning() && list_->isOutdated());
    const bool any = model_.total() > 0;
    export_->setEnabled(any && !works && !filterSoon_->isActive());
    table_->setVisible(any);
    empty_->setVisible(!any);
    empty_->setText(works                                 ? tr("Nothing yet")
                    : list_ && !list_->filter().isEmpty() ? tr("No match has this in it")
                                                          : tr("No matches"));
    emit matchesChanged();
}

void ResultsPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        emit closeWanted();
    else
        QWidget::keyPressEvent(event);
}

void ResultsPanel::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

void ResultsPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setColumnWidths();
}

}  // namespace octavo::ui
