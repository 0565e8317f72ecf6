// What is remembered from one run to the next.
//
// Without a store (taking a picture, tests that want none) everything works and nothing is kept.
// Thread rule: GUI thread.
#pragma once

#include "core/base/byte_order.h"
#include "ui/hex/hex_format.h"

#include <QByteArray>
#include <QFont>
#include <QObject>
#include <QString>
#include <QStringList>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QSettings;

namespace octavo::app {

enum class ThemeChoice { Auto, Light, Dark, HighContrast };
/// The grids of a document.
enum class Grid { First, Second };

class Settings final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kMostRecentFiles = 10;

    /// `store` may be nothing.
    explicit Settings(std::unique_ptr<QSettings> store, QObject* parent = nullptr);
    ~Settings() override;

    ThemeChoice theme() const { return theme_; }
    void setTheme(ThemeChoice theme);

    /// The grid's font; nothing while the user has not chosen one.
    std::optional<QFont> gridFont() const { return gridFont_; }
    void setGridFont(const std::optional<QFont>& font);

    /// How grids show their documents.
    const ui::HexFormat& gridFormat(Grid grid = Grid::First) const {
        return formats_[static_cast<std::size_t>(grid)];
    }
    void setGridFormat(const ui::HexFormat& format, Grid grid = Grid::First);
    /// Whether the two grids of a document have the same byte at their top.
    bool scrollTogether() const { return scrollTogether_; }
    void setScrollTogether(bool together);

    bool toolBarShown() const { return toolBarShown_; }
    void setToolBarShown(bool shown);

    bool inspectorShown() const { return inspectorShown_; }
    void setInspectorShown(bool shown);
    core::ByteOrder inspectorOrder() const { return inspectorOrder_; }
    void setInspectorOrder(core::ByteOrder order);
    /// In logical pixels; 0 while nobody has seen it.
    int inspectorWidth() const { return inspectorWidth_; }
    void setInspectorWidth(int width);

    QByteArray geometry() const { return geometry_; }
    void setGeometry(const QByteArray& geometry);

    /// Latest first; any bytes.
    const std::vector<std::string>& recentFiles() const { return recent_; }
    void addRecentFile(const std::string& path);
    void clearRecentFiles();

    /// Expressions that were gone to, latest first.
    const QStringList& goToHistory() const { return goToHistory_; }
    void setGoToHistory(const QStringList& expressions);

    /// Writes to the disk now.
    void save();

signals:
    void themeChanged();
    void recentFilesChanged();
    void gridFontChanged();
    void gridFormatChanged();
    void scrollTogetherChanged();
    void toolBarShownChanged();
    /// Shown or not, or its order of bytes.
    void inspectorChanged();

private:
    void load();
    void loadGridFormat(Grid grid);
    void store(const QString& key, const QVariant& value);
    void storeRecentFiles();

    std::unique_ptr<QSettings> store_;
    ThemeChoice theme_ = ThemeChoice::Auto;
    std::optional<QFont> gridFont_;
    std::array<ui::HexFormat, 2> formats_;
    bool scrollTogether_ = true;
    bool toolBarShown_ = true;
    bool inspectorShown_ = false;
    core::ByteOrder inspectorOrder_ = core::ByteOrder::Little;
    int inspectorWidth_ = 0;
    QByteArray geometry_;
    std::vector<std::string> recent_;
    QStringList goToHistory_;
};

}  // namespace octavo::app
