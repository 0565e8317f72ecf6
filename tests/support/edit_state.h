// The state of a document for comparing: as it was, and as its edit log tells it.
#pragma once

#include "core/document/recovered_edits.h"
#include "tests/support/logged_document.h"

#include <QByteArray>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace octavo::test {

/// What must be the same after recovery: content, changes, and what is known of each.
struct EditState {
    QByteArray content;
    std::vector<core::Change> changes;
    QStringList facts;

    friend bool operator==(const EditState&, const EditState&) = default;
};

inline QString describe(const core::Fingerprint& print) {
    return QString("%1+%2 %3 %4 %5 %6")
        .arg(print.extent.offset.value)
        .arg(print.extent.length)
        .arg(print.hash)
        .arg(print.marginBefore)
        .arg(print.marginAfter)
        .arg(print.isWhole);
}

/// Lengths and tags: sources may have other numbers.
inline QString describe(const std::vector<core::Piece>& pieces) {
    QString text;
    for (const core::Piece& piece : pieces)
        text += QString("[%1 %2 %3]").arg(piece.length).arg(piece.fileLength).arg(piece.tag.id());
    return text;
}

inline EditState stateOf(const LoggedDocument& document) {
    EditState state{contentOf(document.snapshot()), document.snapshot().changeSet(), {}};
    const core::ChangeSet& changes = document.edited().changes();
    for (const core::Change& change : state.changes) {
        const core::ChangeId id = change.id;
        const core::TransactionRecord transaction =
            changes.transaction(changes.record(id).transaction);
        QString fact = QString("%1 of %2 at %3 kept %4 '%5'")
                           .arg(id)
                           .arg(changes.record(id).transaction)
                           .arg(transaction.timeNs)
                           .arg(changes.record(id).kept)
                           .arg(QString::fromStdString(changes.name(id)));
        if (const core::Fingerprint* print = changes.fingerprint(id))
            fact += " print " + describe(*print);
        if (change.isOff)
            fact += " off " + describe(*changes.switchedOff(id));
        std::vector<core::ChangeId> needs(changes.needed(id).begin(), changes.needed(id).end());
        std::ranges::sort(needs);
        for (const core::ChangeId earlier : needs)
            fact += QString(" needs %1").arg(earlier);
        state.facts.append(fact);
    }
    return state;
}

inline EditState stateOf(const core::RecoveredEdits& edits) {
    EditState state{contentOf(edits.snapshot()), edits.snapshot().changeSet(), {}};
    const core::LoggedFacts& facts = edits.facts();
    for (const core::Change& change : state.changes) {
        const core::ChangeId id = change.id;
        const core::ChangeRecord& record = facts.changes.at(id);
        const auto name = facts.names.find(id);
        QString fact =
            QString("%1 of %2 at %3 kept %4 '%5'")
                .arg(id)
                .arg(record.transaction)
                .arg(facts.transactions.at(record.transaction).timeNs)
                .arg(record.kept)
                .arg(name == facts.names.end() ? QString() : QString::fromStdString(name->second));
        if (const auto print = facts.fingerprints.find(id); print != facts.fingerprints.end())
            fact += " print " + describe(print->second);
        if (change.isOff)
            fact += " off " + describe(facts.switchedOff.at(id));
        if (const auto needs = facts.needs.find(id); needs != facts.needs.end()) {
            std::vector<core::ChangeId> sorted = needs->second;
            std::ranges::sort(sorted);
            for (const core::ChangeId earlier : sorted)
                fact += QString(" needs %1").arg(earlier);
        }
        state.facts.append(fact);
    }
    return state;
}

/// Says where two states part.
inline QByteArray difference(const EditState& a, const EditState& b) {
    if (a.content != b.content)
        return "content " + a.content.first(std::min<qsizetype>(99, a.content.size())).toHex() +
               " / " + b.content.first(std::min<qsizetype>(99, b.content.size())).toHex();
    if (a.changes != b.changes)
        return "changes " + QByteArray::number(qsizetype(a.changes.size())) + " / " +
               QByteArray::number(qsizetype(b.changes.size()));
    for (qsizetype i = 0; i < a.facts.size(); ++i) {
        if (a.facts[i] != b.facts[i])
            return (a.facts[i] + " / " + b.facts[i]).toUtf8();
    }
    return {};
}

}  // namespace octavo::test
