// A progress bar without a number, for counts of 64 bits.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"

#include <QProgressBar>

namespace octavo::ui {

class ThinProgressBar final : public QProgressBar {
public:
    explicit ThinProgressBar(QWidget* parent = nullptr) : QProgressBar(parent) {
        setTextVisible(false);
        setProgress(0, 0);
    }

    /// Moving to and fro where `total` is 0: nobody knows.
    void setProgress(core::Offset done, core::Offset total) {
        constexpr int kSteps = 1000;
        setRange(0, total > 0 ? kSteps : 0);
        if (total > 0)
            setValue(
                static_cast<int>(static_cast<double>(done) / static_cast<double>(total) * kSteps));
    }
};

}  // namespace octavo::ui
