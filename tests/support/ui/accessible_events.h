// Listens to what the program tells assistive programs, in their place: while one of these lives,
// Qt takes it that somebody listens, and nothing goes out of the process.
//
// Qt has no public way to say so: the headers of qt6-base-private-dev are needed.
//
// Thread rule: GUI thread; one at a time.
#pragma once

#include <QAccessible>
#include <QCoreApplication>
#include <qpa/qplatformaccessibility.h>
#include <qpa/qplatformintegration.h>

#include <algorithm>
#include <vector>

#include <private/qguiapplication_p.h>

namespace octavo::test {

class AccessibleEvents {
public:
    struct Event {
        QAccessible::Event type;
        const QObject* object = nullptr;
        int child = -1;
        QString name;  ///< of what it is told of, as asked for at once
        // Of a table's change.
        int change = -1;
        int firstRow = -1;
        int lastRow = -1;
    };

    AccessibleEvents() {
        all().clear();
        setActive(true);
        QAccessible::installUpdateHandler(hear);
    }
    ~AccessibleEvents() {
        QAccessible::installUpdateHandler(nullptr);
        setActive(false);
    }
    AccessibleEvents(const AccessibleEvents&) = delete;
    AccessibleEvents& operator=(const AccessibleEvents&) = delete;

    static void setActive(bool active) {
        QGuiApplicationPrivate::platformIntegration()->accessibility()->setActive(active);
    }

    void clear() { all().clear(); }
    std::size_t size() const { return all().size(); }

    /// Those of one type that tell of an object itself, or of one of its children.
    std::vector<Event> of(const QObject& object, QAccessible::Event type, bool ofChildren) const {
        std::vector<Event> found;
        std::ranges::copy_if(all(), std::back_inserter(found), [&](const Event& event) {
            return event.object == &object && event.type == type &&
                   (event.child >= 0) == ofChildren;
        });
        return found;
    }

private:
    static std::vector<Event>& all() {
        static std::vector<Event> events;
        return events;
    }
    static void hear(QAccessibleEvent* told) {
        Event event{told->type(), told->object(), told->child(), {}, -1, -1, -1};
        if (QAccessibleInterface* const what = told->accessibleInterface()) {
            event.name = what->text(QAccessible::Name);
        }
        if (told->type() == QAccessible::TableModelChanged) {
            const auto& change = static_cast<const QAccessibleTableModelChangeEvent&>(*told);
            event.change = change.modelChangeType();
            event.firstRow = change.firstRow();
            event.lastRow = change.lastRow();
        }
        all().push_back(event);
    }
};

}  // namespace octavo::test
