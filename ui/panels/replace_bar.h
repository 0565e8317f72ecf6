// Where one writes what is to stand in the place of what is found: hexadecimal bytes, or text where
// text is sought. The bar checks it; finding and replacing is its owner's.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/search/replacement.h"
#include "core/search/search_query.h"
#include "ui/panels/panel_bar.h"

#include <QString>

class QLineEdit;
class QToolButton;

namespace octavo::ui {

class NoteLabel;
class SegmentedControl;

class ReplaceBar final : public PanelBar {
    Q_OBJECT

public:
    explicit ReplaceBar(QWidget* parent = nullptr);

    /// Shows the bar with the keyboard in the field.
    void activate();

    /// What is sought, which says how the replacement may be written.
    void setQuery(const core::SearchQuery& query);
    bool isHex() const;
    void setHex(bool hex);
    QString replacementText() const;
    void setReplacementText(const QString& text);
    /// An error that says what is wrong with it.
    core::Result<core::Replacement> replacement() const;

    void showNote(const QString& note);
    void showFault(const QString& fault);
    /// While everything is replaced there is no second time.
    void setBusy(bool busy);

signals:
    /// The match that is selected, and on to the next.
    void replaceWanted();
    void replaceAllWanted();
    void replacementEdited();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void describe();

    core::SearchQuery query_;
    SegmentedControl* form_;
    QLineEdit* field_ = nullptr;
    NoteLabel* note_ = nullptr;
    QToolButton* replace_ = nullptr;
    QToolButton* all_ = nullptr;
};

}  // namespace octavo::ui
