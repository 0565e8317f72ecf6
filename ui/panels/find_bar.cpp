#include "ui/panels/find_bar.h"

#include "core/search/strings_finder.h"
#include "ui/panels/find_options.h"
#include "ui/panels/note_label.h"
#include "ui/panels/number_text.h"
#include "ui/panels/segmented_control.h"
#include "ui/panels/thin_progress_bar.h"
#include "ui/style/fixed_font.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

namespace octavo::ui {

namespace {

constexpr int kFieldWidth = 360;
constexpr int kLeastFieldWidth = 110;
constexpr int kProgressWidth = 64;

QString placeholder(FindBar::Kind kind) {
    switch (kind) {
    case FindBar::Kind::Hex:
        return FindBar::tr("7F 45 4C 46 0? ??");
    case FindBar::Kind::Text:
        return FindBar::tr("Text");
    case FindBar::Kind::Regex:
        return QStringLiteral("\\x7fELF[\\x01\\x02]");
    case FindBar::Kind::Integer:
        return QStringLiteral("1000..2000");
    case FindBar::Kind::Float:
        return QStringLiteral("-0.5..0.5");
    case FindBar::Kind::Strings:
        break;
    }
    return {};
}

}  // namespace

FindBar::FindBar(QWidget* parent) : PanelBar(parent), kind_(new SegmentedControl(this)) {
    kind_->addSegment(
        tr("Hex"),
        tr("Bytes as hexadecimal digits; ? is any digit, AA&F0 a mask, [00 FF] either byte"));
    kind_->addSegment(tr("Text"), tr("Text in the encoding beside it"));
    kind_->addSegment(tr("Regex"), tr("Regular expression over bytes; a dot is any byte"));
    kind_->addSegment(tr("Int"), tr("Integer by value, or a range as 1000..2000"));
    kind_->addSegment(tr("Float"), tr("Floating-point number by value, or a range as 0.5..1.5"));
    kind_->addSegment(tr("Strings"), tr("Runs of printable characters"));
    // Here, so that Tab comes to it behind the segments.
    field_ = new QLineEdit(this);
    note_ = new NoteLabel(this);
    progress_ = new ThinProgressBar(this);
    field_->setMinimumWidth(kLeastFieldWidth);
    field_->setMaximumWidth(kFieldWidth);
    field_->setAccessibleName(tr("What to find"));
    progress_->setFixedWidth(kProgressWidth);
    progress_->setAccessibleName(tr("Progress of the search"));

    row()->addWidget(kind_);
    row()->addWidget(field_, 3);
    addOptions();
    addResult();
    options_ = new FindOptionsButton(this);
    row()->addWidget(options_);
    previous_ = addButton(tr("Previous"), tr("Find the match before (Shift+F3)"));
    next_ = addButton(tr("Next"), tr("Find the next match (F3)"));
    all_ = addButton(tr("All"), tr("List all matches (Ctrl+Shift+F)"));
    addCloseButton();
    setKind(Kind::Hex);

    connect(kind_, &SegmentedControl::chosen, this, [this](int segment) {
        setKind(static_cast<Kind>(segment));
        emit patternEdited();
    });
    connect(field_, &QLineEdit::textChanged, this, &FindBar::noteEdit);
    connect(options_, &FindOptionsButton::changed, this, &FindBar::noteEdit);
    connect(stop_, &QToolButton::clicked, this, &FindBar::stopWanted);
    connect(previous_, &QToolButton::clicked, this, [this] { emit findWanted(true); });
    connect(next_, &QToolButton::clicked, this, [this] { emit findWanted(false); });
    connect(all_, &QToolButton::clicked, this, &FindBar::findAllWanted);
}

/// What is said of the search, and while it runs how far it is: in one place, so that nothing
/// beside it moves.
void FindBar::addResult() {
    auto* const place = new QWidget(this);
    place->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* const parts = new QHBoxLayout(place);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(row()->spacing());
    row()->addWidget(place, 2);
    stop_ = addButton(tr("Stop"), tr("Stop the search"));
    parts->addWidget(note_, 1);
    parts->addWidget(progress_);
    parts->addWidget(stop_);
    progress_->hide();
    stop_->hide();
}

void FindBar::addOptions() {
    ignoreCase_ = addButton(tr("Aa"), tr("Small and capital letters are the same"));
    ignoreCase_->setCheckable(true);
    ignoreCase_->setAccessibleName(tr("Ignore case"));
    connect(ignoreCase_, &QToolButton::toggled, this, &FindBar::noteEdit);
    encoding_ = addChoice(tr("Encoding"));
    for (const char* name :
         {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "ISO-8859-1", "windows-1252", "windows-1251",
          "KOI8-R", "IBM866", "Shift_JIS", "GB18030", "IBM037"})
        encoding_->addItem(QLatin1String(name));
    // Any other that ICU knows, and several at once.
    encoding_->addItem(QStringLiteral("UTF-8, UTF-16, ISO-8859-1"));
    encoding_->setEditable(true);
    encoding_->setInsertPolicy(QComboBox::NoInsert);
    encoding_->setToolTip(tr("Encoding: any that ICU knows; several, parted by commas, are sought "
                             "at once. UTF-16 stands for both byte orders"));
    encoding_->setMinimumContentsLength(10);
    encoding_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    stringEncoding_ = addChoice(tr("Encoding"));
    using core::StringEncoding;
    for (const auto& [name, encoding] :
         {std::pair{"ASCII", StringEncoding::Ascii}, std::pair{"Latin-1", StringEncoding::Latin1},
          std::pair{"UTF-8", StringEncoding::Utf8}, std::pair{"UTF-16LE", StringEncoding::Utf16Le},
          std::pair{"UTF-16BE", StringEncoding::Utf16Be}})
        stringEncoding_->addItem(QLatin1String(name), int(encoding));
    leastCharacters_ = new QSpinBox(this);
    leastCharacters_->setRange(1, int{core::StringsFinder::kMostAsked});
    leastCharacters_->setValue(4);
    leastCharacters_->setSuffix(tr(" characters or more"));
    leastCharacters_->setAccessibleName(tr("Least number of characters"));
    row()->addWidget(leastCharacters_);
    connect(leastCharacters_, &QSpinBox::valueChanged, this, &FindBar::noteEdit);
    integerWidth_ = addChoice(tr("Width"));
    for (int width = 1; width <= 8; ++width)
        integerWidth_->addItem(byteCountText(width), width);
    integerWidth_->setCurrentIndex(3);
    floatWidth_ = addChoice(tr("Width"));
    for (const int width : {4, 8})
        floatWidth_->addItem(byteCountText(width), width);
    order_ = addChoice(tr("Byte order"));
    order_->addItem(tr("Little"), int(core::SearchOrder::Little));
    order_->addItem(tr("Big"), int(core::SearchOrder::Big));
    order_->addItem(tr("Both"), int(core::SearchOrder::Both));
}

QComboBox* FindBar::addChoice(const QString& name) {
    auto* const choice = new QComboBox(this);
    choice->setAccessibleName(name);
    choice->view()->setAccessibleName(name);
    choice->setToolTip(name);
    choice->setFocusPolicy(Qt::TabFocus);
    row()->addWidget(choice);
    connect(choice, &QComboBox::currentTextChanged, this, &FindBar::noteEdit);
    return choice;
}

void FindBar::noteEdit() {
    describePattern();
    emit patternEdited();
}

void FindBar::showOptions() {
    const Kind now = kind();
    const bool isNumber = now == Kind::Integer || now == Kind::Float;
    ignoreCase_->setVisible(now == Kind::Text || now == Kind::Regex);
    encoding_->setVisible(now == Kind::Text);
    integerWidth_->setVisible(now == Kind::Integer);
    floatWidth_->setVisible(now == Kind::Float);
    order_->setVisible(isNumber);
    stringEncoding_->setVisible(now == Kind::Strings);
    leastCharacters_->setVisible(now == Kind::Strings);
    field_->setVisible(now != Kind::Strings);
}

void FindBar::activate() {
    show();
    if (kind() == Kind::Strings)
        return leastCharacters_->setFocus(Qt::ShortcutFocusReason);
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

/// The kinds fold where nothing else of the bar has any room left to give.
void FindBar::foldKinds() {
    const int others = row()->minimumSize().width() - kind_->sizeHint().width();
    kind_->setFolded(others + kind_->fullWidth() > width());
}

void FindBar::resizeEvent(QResizeEvent* event) {
    PanelBar::resizeEvent(event);
    foldKinds();
}

FindBar::Kind FindBar::kind() const {
    return static_cast<Kind>(kind_->current());
}

void FindBar::setKind(Kind kind) {
    kind_->setCurrent(static_cast<int>(kind));
    showOptions();
    const bool fixedPitch = kind != Kind::Text;
    field_->setFont(fixedPitch ? fixedFont(font()) : font());
    field_->setPlaceholderText(placeholder(kind));
    describePattern();
    foldKinds();
}

QString FindBar::patternText() const {
    return field_->text();
}

void FindBar::setPatternText(const QString& text) {
    field_->setText(text);
}

core::SearchQuery FindBar::query() const {
    core::SearchQuery query;
    query.text = field_->text().toStdString();
    query.ignoreCase = ignoreCase_->isChecked();
    query.order = static_cast<core::SearchOrder>(order_->currentData().toInt());
    query.inverted = options_->isInverted();
    switch (kind()) {
    case Kind::Hex:
        query.kind = core::SearchKind::Hex;
        break;
    case Kind::Text: {
        query.kind = core::SearchKind::Text;
        query.encodings = encodings();
        break;
    }
    case Kind::Regex:
        query.kind = core::SearchKind::Regex;
        break;
    case Kind::Integer:
        query.kind = core::SearchKind::Integer;
        query.width = integerWidth_->currentData().toUInt();
        break;
    case Kind::Float:
        query.kind = core::SearchKind::Float;
        query.width = floatWidth_->currentData().toUInt();
        break;
    case Kind::Strings:
        query.kind = core::SearchKind::Strings;
        query.text.clear();
        query.stringEncoding =
            static_cast<core::StringEncoding>(stringEncoding_->currentData().toInt());
        query.leastCharacters = static_cast<std::size_t>(leastCharacters_->value());
        break;
    }
    return query;
}

std::vector<std::string> FindBar::encodings() const {
    std::vector<std::string> names;
    for (const QString& name : encoding_->currentText().split(QLatin1Char(','), Qt::SkipEmptyParts))
        names.push_back(name.trimmed().toStdString());
    return names;
}

bool FindBar::hasPattern() const {
    return kind() == Kind::Strings || !field_->text().isEmpty();
}

core::Result<std::unique_ptr<core::Finder>> FindBar::finder() const {
    return core::makeFinder(query());
}

void FindBar::describePattern() {
    if (!hasPattern())
        return note_->tell({});
    const auto read = finder();
    // Not told as a fault while one is still writing: half a byte is on its way to a whole one.
    if (!read)
        return note_->tell(QString::fromStdString(read.error().reason));
    const core::Offset shortest = (*read)->shortest();
    const bool isFixed = kind() != Kind::Strings && shortest == (*read)->longest();
    note_->tell(isFixed ? byteCountText(shortest) : QString());
}

void FindBar::showNote(const QString& note) {
    note_->tell(note);
}

void FindBar::showFault(const QString& fault) {
    note_->tellFault(fault);
}

void FindBar::setRunning(bool running) {
    progress_->setVisible(running);
    stop_->setVisible(running);
    progress_->setProgress(0, 0);
}

void FindBar::setProgress(core::Offset done, core::Offset total) {
    progress_->setProgress(done, total);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && qobject_cast<QAbstractButton*>(focusWidget()) == nullptr)
        emit findWanted(event->modifiers() & Qt::ShiftModifier);
    else
        PanelBar::keyPressEvent(event);
}

}  // namespace octavo::ui
