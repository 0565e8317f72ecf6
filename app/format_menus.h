// The menus that choose what the grid shows: the kind of its cells, the length of its rows, the
// encoding of its text.
//
// Thread rule: GUI thread.
#pragma once

#include "app/format_choice.h"

#include <QObject>

#include <functional>
#include <string>

class QMenu;
class QWidget;

namespace octavo::app {

class FormatMenus final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it; dialogs stand on `window`.
    FormatMenus(FormatChoice& choice, QWidget* window);

    QMenu* cells() const { return cells_; }
    QMenu* rows() const { return rows_; }
    QMenu* encodings() const { return encodings_; }

private:
    using IsChosen = std::function<bool(const ui::HexFormat&)>;
    using Choose = std::function<void(ui::HexFormat&)>;

    void fillCells();
    void fillRows();
    void fillEncodings();
    /// An entry that is marked while `isChosen` holds and calls `choose` when it is triggered.
    void add(QMenu& menu, const QString& text, const IsChosen& isChosen, const Choose& choose);
    /// What the user gives, or what there is where they change their mind.
    int askedBytesPerRow(int now);
    std::string askedEncoding(const std::string& now);

    FormatChoice& choice_;
    QWidget* window_;
    QMenu* cells_;
    QMenu* rows_;
    QMenu* encodings_;
};

}  // namespace octavo::app
