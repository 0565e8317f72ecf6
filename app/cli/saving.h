// Writing what a command has changed: into the file, or to a new one.
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "core/document/document.h"
#include "core/save/save_plan.h"

#include <string>
#include <vector>

namespace octavo::cli {

/// Saves what is pending into the document's own file, which a signal stops without a trace.
/// Returns the exit status.
int saveInto(core::Document& document, const core::SaveOptions& options, bool asJson,
             Output& output);
/// Writes what the document shows to another file; its own stays as it is.
int saveAs(const core::Document& document, std::string target, bool asJson, Output& output);
/// Prints the changes between two states of a document.
int listChanges(const core::Snapshot& before, const core::Snapshot& now, bool asJson,
                Output& output);
/// Ends the changes, or the parts of them, that put in what stands in the file anyway.
core::Status dropWhatEqualsTheFile(core::Document& document, core::Progress& progress);
/// An error where the file is a device and nobody has said that it may be written to.
core::Status checkDevice(const core::Document& document, const Arguments& arguments);

}  // namespace octavo::cli
