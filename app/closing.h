// Whether a document, or a window with all of its documents, may close: asks where something would
// be lost, and closes what was to close after the save that was asked for.
//
// Thread rule: GUI thread.
#pragma once

#include "app/environment.h"
#include "app/open_document.h"
#include "app/opener.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <map>
#include <vector>

namespace octavo::app {

class Closing final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. `opener` is the window's: what it opens is not thrown away.
    Closing(QWidget& window, const Opener& opener, Environment& environment);

    /// For the window's closeEvent(): asks for one document after the other. What may be lost of
    /// some stays agreed while others are saved, until the user changes their mind or edits.
    bool mayCloseAll(const std::vector<OpenDocument*>& documents);
    /// Whether this one may close by itself. Saved first, it is told by closeWanted() later.
    bool mayClose(OpenDocument& document);
    /// To be told of each end of a save.
    void saveEnded(OpenDocument* document, bool succeeded);

signals:
    /// It was saved so that it could be closed.
    void closeWanted(octavo::app::OpenDocument* document);

private:
    bool mayLose(OpenDocument& document);
    bool mayLeave(OpenDocument& document);
    void closeWhenFree();

    QWidget& window_;
    const Opener& opener_;
    Environment& environment_;
    bool wholeWindow_ = true;         ///< what is to be closed: the window, or closing_ alone
    QPointer<OpenDocument> saving_;   ///< closes after its save
    QPointer<OpenDocument> closing_;  ///< what closeWhenFree() is about where it is not the window
    /// The revision up to which what is pending may be lost, of those that were asked about.
    std::map<OpenDocument*, std::uint64_t> agreed_;
    QTimer due_;  ///< active while something is to close as soon as it can
};

}  // namespace octavo::app
