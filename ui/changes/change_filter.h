// Which changes a filter lets through.
//
// Words are parted by spaces, and every one of them must fit:
//
//   off  on  kept          how the change stands
//   inserted  del          the kind, or three letters and more of its beginning
//   0x100  256             a change that has this offset, or stands there
//   0x100-0x200            one that has a byte between them, both included
//   #7                     made by step 7
//   anything               a part of its name, large or small letters alike
//
// A word that may be one of the first is looked for in the name as well.
//
// Thread rule: a value, made on the GUI thread, which knows the words of the language, and asked on
// any.
#pragma once

#include "core/base/types.h"
#include "ui/changes/change_rows.h"

#include <QString>

#include <optional>
#include <vector>

namespace octavo::ui {

class ChangeFilter {
public:
    /// The word that lets through what a step made.
    static QString wordOfStep(core::TransactionId step);

    /// Nothing is everything.
    explicit ChangeFilter(const QString& text = {});

    bool isEmpty() const { return words_.empty(); }
    bool admits(const ChangeRow& row, const std::string& name) const;

private:
    enum class State { Off, On, Kept };
    struct Word {
        QString text;
        std::optional<State> state;
        std::optional<core::ChangeKind> kind;
        std::optional<core::Extent> place;
        std::optional<core::Offset> step;

        bool fits(const ChangeRow& row) const;
    };
    static Word wordOf(const QString& text);

    std::vector<Word> words_;
};

}  // namespace octavo::ui
