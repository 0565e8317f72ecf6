// Freeing what may wait for a disk when it goes (files, mappings, large trees) where nobody waits.
// Thread rule: any thread.
#pragma once

#include <memory>
#include <utility>

namespace octavo::ui {

/// Lets go of it on a background thread.
void freeInBackground(std::shared_ptr<void> object);

/// As a shared pointer whose last owner does not wait.
template <typename T>
std::shared_ptr<T> freedInBackground(T value) {
    auto* const object = new T(std::move(value));
    return {object, [](T* last) { freeInBackground(std::shared_ptr<T>(last)); }};
}

}  // namespace octavo::ui
