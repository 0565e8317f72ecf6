// What the window shows while no file is open: what one can do. It is made when it is shown for the
// first time: who starts with a file need not wait for it.
//
// Thread rule: GUI thread.
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace octavo::ui {

class EmptyState final : public QWidget {
    Q_OBJECT

public:
    struct RecentFile {
        QString name;
        QString folder;
    };

    explicit EmptyState(QWidget* parent = nullptr);

    void setRecentFiles(const std::vector<RecentFile>& files);

signals:
    void openWanted();
    void newWanted();
    /// By its place in the list.
    void recentWanted(int place);

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void buildRecentFiles();

    std::vector<RecentFile> files_;
    // Null until it was shown.
    QLabel* recentTitle_ = nullptr;
    QVBoxLayout* recent_ = nullptr;
};

}  // namespace octavo::ui
