// Where one writes what is sought: hexadecimal bytes with wildcards, text, an expression or a
// number, each with the options that go with it. The bar reads and checks it; the search itself is
// its owner's.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/search/search_query.h"
#include "ui/panels/panel_bar.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

class QComboBox;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace octavo::ui {

class FindOptionsButton;
class NoteLabel;
class SegmentedControl;
class ThinProgressBar;

class FindBar final : public PanelBar {
    Q_OBJECT

public:
    enum class Kind { Hex, Text, Regex, Integer, Float, Strings };

    explicit FindBar(QWidget* parent = nullptr);

    /// Shows the bar with the keyboard in the field and the old pattern selected.
    void activate();

    Kind kind() const;
    void setKind(Kind kind);
    QString patternText() const;
    void setPatternText(const QString& text);
    core::SearchQuery query() const;
    /// False where there is nothing to look for yet.
    bool hasPattern() const;
    const FindOptionsButton& options() const { return *options_; }
    FindOptionsButton& options() { return *options_; }
    /// For the query; an error that says what is wrong with it.
    core::Result<std::unique_ptr<core::Finder>> finder() const;

    /// What came of the search.
    void showNote(const QString& note);
    void showFault(const QString& fault);
    /// While a search runs there is a bar and Stop; `total` is 0 while it is not known.
    void setRunning(bool running);
    void setProgress(core::Offset done, core::Offset total);

signals:
    void findWanted(bool backward);
    void findAllWanted();
    void stopWanted();
    /// What is sought changed: an old result no longer says anything.
    void patternEdited();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void foldKinds();
    void addResult();
    void addOptions();
    QComboBox* addChoice(const QString& name);
    void showOptions();
    void noteEdit();
    std::vector<std::string> encodings() const;
    void describePattern();

    SegmentedControl* kind_;
    QLineEdit* field_ = nullptr;
    QToolButton* ignoreCase_ = nullptr;
    QComboBox* encoding_ = nullptr;
    QComboBox* integerWidth_ = nullptr;
    QComboBox* floatWidth_ = nullptr;
    QComboBox* order_ = nullptr;
    QComboBox* stringEncoding_ = nullptr;
    QSpinBox* leastCharacters_ = nullptr;
    NoteLabel* note_ = nullptr;
    ThinProgressBar* progress_ = nullptr;
    QToolButton* stop_ = nullptr;
    FindOptionsButton* options_ = nullptr;
    QToolButton* previous_ = nullptr;
    QToolButton* next_ = nullptr;
    QToolButton* all_ = nullptr;
};

}  // namespace octavo::ui
