// One line that says what happened and offers what to do about it: bars instead of boxes.
//
// MessageArea stacks the bars above the grid; a message replaces the one before with the same key,
// so that the same trouble twice is told once.
// Thread rule: GUI thread.
#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

namespace octavo::ui {

struct Message {
    enum class Kind { Notice, Warning, Done };
    struct Link {
        QString text;
        std::function<void()> follow;
    };

    Kind kind = Kind::Notice;
    QString text;  ///< plain text
    /// Following one takes the message away first.
    std::vector<Link> links;
};

class MessageBar final : public QWidget {
    Q_OBJECT

public:
    MessageBar(QString key, const Message& message, QWidget* parent = nullptr);

    const QString& key() const { return key_; }
    const QString& text() const { return text_; }

signals:
    void closeWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString key_;
    QString text_;
    Message::Kind kind_;
};

class MessageArea final : public QWidget {
    Q_OBJECT

public:
    explicit MessageArea(QWidget* parent = nullptr);

    void tell(const QString& key, const Message& message);
    void dismiss(const QString& key);
    /// As the close button of the topmost message does; false where there is none.
    bool closeTop();
    /// Nothing where no message with that key is shown.
    MessageBar* bar(const QString& key) const;

signals:
    /// A bar went away by the user's hand; the keyboard wants to be somewhere.
    void closed();

private:
    void insert(const QString& key, const Message& message);

    std::vector<MessageBar*> bars_;
};

}  // namespace octavo::ui
