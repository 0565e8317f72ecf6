// Reads a file from the disk again in place of the document that is open, once the user agrees to
// lose what is pending. Only what the user agreed to lose is lost: nothing happens where it was
// edited or is being written meanwhile.
//
// Thread rule: GUI thread.
#pragma once

#include "app/environment.h"
#include "app/open_document.h"
#include "app/opener.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>

class QWidget;

namespace octavo::app {

class Reloader final : public QObject {
    Q_OBJECT

public:
    /// Puts the file as it is now in the place of the document as it was.
    using Replace = std::function<void(OpenDocument& before, std::unique_ptr<core::Document> now)>;
    using Failed = std::function<void(const std::string& path, const core::Error& error)>;

    /// All must outlive it; the question stands on `window`.
    Reloader(Opener& opener, Environment& environment, QWidget* window, Replace replace,
             Failed failed);

    void reload(OpenDocument& document);

private:
    Opener& opener_;
    Environment& environment_;
    QWidget* window_;
    Replace replace_;
    Failed failed_;
};

}  // namespace octavo::app
