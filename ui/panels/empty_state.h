// What the window shows while no file is open: what one can do.
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
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* recentTitle_;
    QVBoxLayout* recent_;
};

}  // namespace octavo::ui
