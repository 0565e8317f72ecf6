#include "ui/style/icons.h"

#include "ui/style/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

#include <algorithm>
#include <initializer_list>

namespace octavo::ui {

namespace {

// Drawings are made on a square of this side; strokes end round.
constexpr double kSide = 16.0;
constexpr double kStroke = 1.4;

void addLine(QPainterPath& path, std::initializer_list<QPointF> points) {
    const auto* point = points.begin();
    path.moveTo(*point++);
    for (; point != points.end(); ++point)
        path.lineTo(*point);
}

QPainterPath folder() {
    QPainterPath path;
    addLine(path, {{1.7, 12.8}, {1.7, 3.6}, {5.8, 3.6}, {7.4, 5.4}, {14.3, 5.4}, {14.3, 12.8}});
    path.closeSubpath();
    return path;
}

QPainterPath page() {
    QPainterPath path;
    addLine(path, {{9.4, 1.8}, {3.4, 1.8}, {3.4, 14.2}, {12.6, 14.2}, {12.6, 5.0}});
    path.closeSubpath();
    addLine(path, {{9.4, 1.8}, {9.4, 5.0}, {12.6, 5.0}});
    return path;
}

QPainterPath arrowIntoTray() {
    QPainterPath path;
    addLine(path, {{8.0, 1.8}, {8.0, 9.6}});
    addLine(path, {{4.8, 6.6}, {8.0, 9.8}, {11.2, 6.6}});
    addLine(path, {{2.0, 10.4}, {2.0, 13.8}, {14.0, 13.8}, {14.0, 10.4}});
    return path;
}

QPainterPath turnBack() {
    QPainterPath path;
    addLine(path, {{5.6, 2.6}, {2.2, 6.0}, {5.6, 9.4}});
    path.moveTo(2.4, 6.0);
    path.lineTo(9.8, 6.0);
    path.arcTo(QRectF(6.0, 6.0, 7.6, 7.6), 90.0, -180.0);
    path.lineTo(6.2, 13.6);
    return path;
}

QPainterPath turnForward() {
    return QTransform(-1, 0, 0, 1, kSide, 0).map(turnBack());
}

QPainterPath lens() {
    QPainterPath path;
    path.addEllipse(QPointF(6.8, 6.8), 4.8, 4.8);
    addLine(path, {{10.4, 10.4}, {14.2, 14.2}});
    return path;
}

QPainterPath arrowToBar() {
    QPainterPath path;
    addLine(path, {{1.8, 8.0}, {10.6, 8.0}});
    addLine(path, {{7.4, 4.8}, {10.6, 8.0}, {7.4, 11.2}});
    addLine(path, {{14.0, 2.6}, {14.0, 13.4}});
    return path;
}

QPainterPath chevronUp() {
    QPainterPath path;
    addLine(path, {{3.6, 10.2}, {8.0, 5.8}, {12.4, 10.2}});
    return path;
}

QPainterPath chevronDown() {
    QPainterPath path;
    addLine(path, {{3.6, 5.8}, {8.0, 10.2}, {12.4, 5.8}});
    return path;
}

QPainterPath chevronsRight() {
    QPainterPath path;
    addLine(path, {{3.4, 4.2}, {7.2, 8.0}, {3.4, 11.8}});
    addLine(path, {{8.8, 4.2}, {12.6, 8.0}, {8.8, 11.8}});
    return path;
}

QPainterPath cross() {
    QPainterPath path;
    addLine(path, {{4.2, 4.2}, {11.8, 11.8}});
    addLine(path, {{11.8, 4.2}, {4.2, 11.8}});
    return path;
}

QPainterPath noticeSign() {
    QPainterPath path;
    path.addEllipse(QPointF(8.0, 8.0), 6.2, 6.2);
    addLine(path, {{8.0, 7.4}, {8.0, 11.2}});
    addLine(path, {{8.0, 4.9}, {8.0, 5.0}});
    return path;
}

QPainterPath warningSign() {
    QPainterPath path;
    addLine(path, {{8.0, 2.0}, {14.6, 13.6}, {1.4, 13.6}});
    path.closeSubpath();
    addLine(path, {{8.0, 6.4}, {8.0, 9.6}});
    addLine(path, {{8.0, 11.7}, {8.0, 11.8}});
    return path;
}

QPainterPath tick() {
    QPainterPath path;
    addLine(path, {{2.8, 8.4}, {6.4, 12.0}, {13.2, 4.6}});
    return path;
}

QPainterPath drawing(Icon which) {
    switch (which) {
    case Icon::Open:
        return folder();
    case Icon::New:
        return page();
    case Icon::Flush:
        return arrowIntoTray();
    case Icon::Undo:
        return turnBack();
    case Icon::Redo:
        return turnForward();
    case Icon::Find:
        return lens();
    case Icon::GoTo:
        return arrowToBar();
    case Icon::Previous:
        return chevronUp();
    case Icon::Next:
        return chevronDown();
    case Icon::Close:
        return cross();
    case Icon::Notice:
        return noticeSign();
    case Icon::Warning:
        return warningSign();
    case Icon::Done:
        return tick();
    case Icon::More:
        return chevronsRight();
    }
    return {};
}

/// What line icons and the program's sign share: drawn anew for each size that is asked for.
class PaintedEngine : public QIconEngine {
public:
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
};

class LineEngine final : public PaintedEngine {
public:
    explicit LineEngine(Icon which) : which_(which) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const QPalette palette = QGuiApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role =
            mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
        paintIcon(*painter, which_, rect, palette.color(group, role));
    }
    QIconEngine* clone() const override { return new LineEngine(which_); }

private:
    Icon which_;
};

/// A sheet folded to eight leaves, one of them changed.
class ProgramEngine final : public PaintedEngine {
public:
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override {
        const Theme& theme = Theme::light();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / kSide, rect.height() / kSide);
        painter->setBrush(theme.accent);
        painter->drawRoundedRect(QRectF(0.5, 0.5, 15, 15), 3.2, 3.2);
        for (int leaf = 0; leaf < 8; ++leaf) {
            painter->setBrush(leaf == 5 ? Theme::dark().changedLine : theme.onAccent);
            const int row = leaf / 2;
            painter->drawRect(QRectF(3.2 + (leaf % 2) * 5.2, 2.8 + row * 2.8, 4.4, 2.0));
        }
        painter->restore();
    }
    QIconEngine* clone() const override { return new ProgramEngine; }
};

}  // namespace

void paintIcon(QPainter& painter, Icon which, const QRectF& rect, const QColor& color) {
    const double side = std::min(rect.width(), rect.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center() - QPointF(side / 2, side / 2));
    painter.scale(side / kSide, side / kSide);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, kStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(drawing(which));
    painter.restore();
}

QIcon icon(Icon which) {
    return QIcon(new LineEngine(which));
}

QIcon programIcon() {
    return QIcon(new ProgramEngine);
}

}  // namespace octavo::ui
