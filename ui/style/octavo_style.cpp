#include "ui/style/octavo_style.h"

#include "ui/style/icons.h"
#include "ui/style/paint.h"
#include "ui/style/tab_paint.h"
#include "ui/style/theme.h"

#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kControlHeight = 28;
constexpr int kIconSide = 16;
constexpr int kIconGap = 6;
constexpr int kToolButtonPadding = 9;
constexpr int kLineEditPadding = 5;
constexpr int kMenuLineInset = 8;
constexpr int kHeaderPadding = 4;
constexpr int kScrollBarExtent = 12;
constexpr int kShortestSlider = 32;

bool isHot(const QStyleOption& option) {
    return (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled);
}

bool isDown(const QStyleOption& option) {
    return option.state & (QStyle::State_Sunken | QStyle::State_On);
}

bool isAccented(const QStyleOption* option, const QWidget* widget) {
    if (!(option->state & QStyle::State_Enabled))
        return false;
    if (widget != nullptr && widget->property(OctavoStyle::kAccentProperty).toBool())
        return true;
    const auto* const button = qstyleoption_cast<const QStyleOptionButton*>(option);
    return button != nullptr && (button->features & QStyleOptionButton::DefaultButton);
}

void drawToolButton(const Theme& theme, const QStyleOption& option, QPainter& painter) {
    if (isDown(option))
        paintPanel(painter, option.rect, theme.selection, QColor());
    else if (isHot(option))
        paintPanel(painter, option.rect, mixed(theme.window, theme.line, 0.7), QColor());
}

/// Icon and words in the middle, with more air between them than Fusion leaves.
void drawToolButtonLabel(const QStyleOptionToolButton& button, QPainter& painter) {
    const bool enabled = button.state & QStyle::State_Enabled;
    const int text = button.fontMetrics.horizontalAdvance(button.text);
    const QRect& rect = button.rect;
    const int start = rect.left() + (rect.width() - (kIconSide + kIconGap + text)) / 2;
    const QRect icon(start, rect.top() + (rect.height() - kIconSide) / 2, kIconSide, kIconSide);
    button.icon.paint(&painter, icon, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    painter.setFont(button.font);
    painter.setPen(button.palette.color(enabled ? QPalette::Active : QPalette::Disabled,
                                        QPalette::ButtonText));
    painter.drawText(rect.adjusted(icon.right() + 1 + kIconGap - rect.left(), 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic, button.text);
}

bool isMenuLine(const QStyleOption* option) {
    const auto* const item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    return item != nullptr && item->menuItemType == QStyleOptionMenuItem::Separator;
}

bool isIconBesideText(const QStyleOption* option) {
    const auto* const button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    return button != nullptr && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon &&
           !button->text.isEmpty() && !button->icon.isNull();
}

void drawPushButton(const Theme& theme, const QStyleOption& option, const QWidget* widget,
                    QPainter& painter) {
    if (isAccented(&option, widget)) {
        const double shade = isDown(option) ? 0.2 : isHot(option) ? 0.1 : 0.0;
        paintPanel(painter, option.rect, mixed(theme.accent, theme.text, shade), QColor());
        // The usual ring would be accent upon accent.
        const QStyle::State keys = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
        if ((option.state & keys) == keys)
            paintPanel(painter, option.rect.adjusted(2, 2, -2, -2), QColor(), theme.onAccent, 1.5,
                       kCornerRadius - 1);
        return;
    }
    QColor fill = theme.base;
    if (!(option.state & QStyle::State_Enabled))
        fill = theme.window;
    else if (isDown(option))
        fill = theme.selection;
    else if (isHot(option))
        fill = theme.caretRow;
    paintPanel(painter, option.rect, fill, theme.line);
}

void drawLineEdit(const Theme& theme, const QStyleOption& option, QPainter& painter) {
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool enabled = option.state & QStyle::State_Enabled;
    paintPanel(painter, option.rect, enabled ? theme.base : theme.window,
               focused ? theme.accent : theme.line, focused ? 1.5 : 1.0);
}

void drawCheckBox(const Theme& theme, const QStyleOption& option, QPainter& painter) {
    const bool isOn = option.state & QStyle::State_On;
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const QColor mark = isEnabled ? theme.accent : theme.dimText;
    const QRectF box = option.rect;
    paintPanel(painter, box, isOn ? mark : theme.base,
               isOn        ? mark
               : isEnabled ? theme.dimText
                           : theme.line,
               1.0, kCornerRadius - 1);
    if (!isOn)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(theme.onAccent, box.width() / 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    painter.drawPolyline(QPolygonF{at(0.24, 0.52), at(0.43, 0.70), at(0.76, 0.32)});
    painter.restore();
}

void drawSeparator(const Theme& theme, const QStyleOption& option, QPainter& painter) {
    const QPoint middle = option.rect.center();
    if (option.state & QStyle::State_Horizontal)
        painter.fillRect(QRect(middle.x(), option.rect.top() + 4, 1, option.rect.height() - 8),
                         theme.line);
    else
        painter.fillRect(QRect(option.rect.left() + 4, middle.y(), option.rect.width() - 8, 1),
                         theme.line);
}

void drawMenuBarItem(const QStyle& style, const Theme& theme, const QStyleOptionMenuItem& item,
                     QPainter& painter, const QWidget* widget) {
    painter.fillRect(item.rect, theme.window);
    if ((item.state & QStyle::State_Selected) && (item.state & QStyle::State_Enabled))
        paintPanel(painter, QRectF(item.rect).adjusted(0, 2, 0, -2),
                   isDown(item) ? theme.selection : mixed(theme.window, theme.line, 0.7), QColor());
    int flags = Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine;
    if (!style.styleHint(QStyle::SH_UnderlineShortcut, &item, widget))
        flags |= Qt::TextHideMnemonic;
    style.drawItemText(&painter, item.rect, flags, item.palette, item.state & QStyle::State_Enabled,
                       item.text, QPalette::WindowText);
}

QRect progressLine(const QStyleOption& option) {
    const int thickness = 4;
    QRect line = option.rect;
    line.setTop(option.rect.center().y() - thickness / 2 + 1);
    line.setHeight(thickness);
    return line;
}

void drawProgress(const Theme& theme, const QStyleOptionProgressBar& bar, QPainter& painter) {
    QRectF line = progressLine(bar);
    const double range = static_cast<double>(bar.maximum) - bar.minimum;
    if (range <= 0) {
        // Nothing is known: a still piece in the middle, as an animation would never come to rest.
        line = line.adjusted(line.width() / 3, 0, -line.width() / 3, 0);
    } else {
        const double done = std::clamp((bar.progress - bar.minimum) / range, 0.0, 1.0);
        line.setWidth(line.width() * done);
    }
    if (line.width() >= 1)
        paintPanel(painter, line, theme.accent, QColor(), 0, 2);
}

void drawScrollBar(const QStyle& style, const QStyleOptionSlider& bar, const QWidget* widget,
                   QPainter& painter) {
    const Theme& theme = Theme::of(bar.palette);
    painter.fillRect(bar.rect, theme.window);
    if (bar.minimum == bar.maximum)
        return;
    const bool held = bar.activeSubControls & QStyle::SC_ScrollBarSlider;
    const double strength = held && (bar.state & QStyle::State_Sunken) ? 0.75
                            : held && isHot(bar)                       ? 0.6
                                                                       : 0.35;
    const QRectF slider =
        style.subControlRect(QStyle::CC_ScrollBar, &bar, QStyle::SC_ScrollBarSlider, widget);
    paintPanel(painter, slider.adjusted(2, 2, -2, -2), mixed(theme.window, theme.dimText, strength),
               QColor(), 0, 3);
}

/// Groove and slider without arrows at the ends: Fusion's own slider is computed between them.
QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part) {
    const bool upright = bar.orientation == Qt::Vertical;
    const int length = upright ? bar.rect.height() : bar.rect.width();
    const double range = static_cast<double>(bar.maximum) - bar.minimum;
    int slider = length;
    if (range > 0)
        slider = static_cast<int>(length * (bar.pageStep / (range + bar.pageStep)));
    slider = std::clamp(slider, std::min(kShortestSlider, length), length);
    const int start = QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                                      length - slider, bar.upsideDown);
    const auto piece = [&](int from, int size) {
        return upright ? QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), size)
                       : QRect(bar.rect.left() + from, bar.rect.top(), size, bar.rect.height());
    };
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return bar.rect;
    case QStyle::SC_ScrollBarSlider:
        return piece(start, slider);
    case QStyle::SC_ScrollBarSubPage:
        return piece(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return piece(start + slider, length - start - slider);
    default:
        return {};
    }
}

}  // namespace

OctavoStyle::OctavoStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void OctavoStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const {
    const Theme& theme = Theme::of(option->palette);
    switch (element) {
    case PE_PanelButtonTool:
        return drawToolButton(theme, *option, *painter);
    case PE_PanelButtonCommand:
        return drawPushButton(theme, *option, widget, *painter);
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        return drawLineEdit(theme, *option, *painter);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawCheckBox(theme, *option, *painter);
    case PE_FrameFocusRect:
        return paintPanel(*painter, option->rect, QColor(), theme.accent);
    case PE_PanelMenu:
        return painter->fillRect(option->rect, theme.base);
    case PE_FrameMenu:
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, theme.base);
        painter->setPen(theme.line);
        return painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, theme.window);
        return painter->fillRect(QRect(option->rect.topLeft(), QSize(option->rect.width(), 1)),
                                 theme.line);
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelScrollAreaCorner:
        return painter->fillRect(option->rect, theme.window);
    case PE_IndicatorTabClose:
        return drawTabClose(theme, *option, *painter);
    case PE_FrameTabBarBase:
        return;
    case PE_IndicatorToolBarSeparator:
        return drawSeparator(theme, *option, *painter);
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void OctavoStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    const Theme& theme = Theme::of(option->palette);
    switch (element) {
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            return drawTabShape(theme, *tab, *painter);
        break;
    case CE_Splitter:
        painter->fillRect(option->rect, theme.line);
        return;
    case CE_ToolBar:
        painter->fillRect(option->rect, theme.window);
        return painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.line);
    case CE_MenuBarEmptyArea:
        return painter->fillRect(option->rect, theme.window);
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return drawMenuBarItem(*this, theme, *item, *painter, widget);
        break;
    case CE_MenuItem:
        if (isMenuLine(option))
            return painter->fillRect(QRect(option->rect.left() + kMenuLineInset,
                                           option->rect.center().y(),
                                           option->rect.width() - 2 * kMenuLineInset, 1),
                                     theme.line);
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            // The accent is kept for what acts; where the mouse is only needs a tint.
            QStyleOptionMenuItem calm(*item);
            calm.palette.setColor(QPalette::Highlight, theme.selection);
            calm.palette.setColor(QPalette::HighlightedText, theme.text);
            return QProxyStyle::drawControl(element, &calm, painter, widget);
        }
        break;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            button != nullptr && isAccented(option, widget)) {
            QStyleOptionButton accented(*button);
            accented.palette.setColor(QPalette::ButtonText, theme.onAccent);
            return QProxyStyle::drawControl(element, &accented, painter, widget);
        }
        break;
    case CE_ToolButtonLabel:
        if (isIconBesideText(option))
            return drawToolButtonLabel(*static_cast<const QStyleOptionToolButton*>(option),
                                       *painter);
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme.base);
        return painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.line);
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            QStyleOptionHeader calm(*header);
            calm.palette.setColor(QPalette::ButtonText, theme.dimText);
            calm.rect.adjust(kHeaderPadding, 0, -kHeaderPadding, 0);
            return QProxyStyle::drawControl(element, &calm, painter, widget);
        }
        break;
    case CE_ProgressBarGroove:
        return paintPanel(*painter, progressLine(*option), theme.line, QColor(), 0, 2);
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            return drawProgress(theme, *bar, *painter);
        break;
    case CE_ProgressBarLabel:
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void OctavoStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                     QPainter* painter, const QWidget* widget) const {
    if (control == CC_ScrollBar)
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return drawScrollBar(*this, *bar, widget, *painter);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect OctavoStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                  SubControl subControl, const QWidget* widget) const {
    if (control == CC_ScrollBar)
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return visualRect(bar->direction, bar->rect, scrollBarPart(*bar, subControl));
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect OctavoStyle::subElementRect(SubElement element, const QStyleOption* option,
                                  const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents)
        return rect.adjusted(kLineEditPadding, 0, -kLineEditPadding, 0);
    return rect;
}

QSize OctavoStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                    const QSize& size, const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_ToolButton:
        if (isIconBesideText(option)) {
            const auto& button = *static_cast<const QStyleOptionToolButton*>(option);
            return {2 * kToolButtonPadding + kIconSide + kIconGap +
                        button.fontMetrics.horizontalAdvance(button.text),
                    kControlHeight};
        }
        return {result.width() + 10, std::max(result.height(), kControlHeight)};
    case CT_PushButton:
    case CT_LineEdit:
    case CT_ComboBox:
        return {result.width(), std::max(result.height(), kControlHeight)};
    case CT_MenuBarItem:
        return {result.width() + 4, std::max(result.height(), kControlHeight)};
    case CT_MenuItem:
        if (!isMenuLine(option))
            return {result.width() + 8, std::max(result.height(), 26)};
        return {result.width(), 9};
    default:
        return result;
    }
}

int OctavoStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                             const QWidget* widget) const {
    switch (metric) {
    case PM_ToolBarIconSize:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return kIconSide;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_ToolBarItemMargin:
        return 6;
    case PM_ToolBarItemSpacing:
        return 2;
    case PM_ToolBarSeparatorExtent:
        return 17;
    case PM_MenuBarHMargin:
        return 4;
    case PM_MenuBarVMargin:
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_HeaderMargin:
        return 4;
    case PM_ScrollBarExtent:
        return kScrollBarExtent;
    case PM_ScrollBarSliderMin:
        return kShortestSlider;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QIcon OctavoStyle::standardIcon(StandardPixmap which, const QStyleOption* option,
                                const QWidget* widget) const {
    // Fusion's is black in the dark as well.
    return which == SP_ToolBarHorizontalExtensionButton
               ? icon(Icon::More)
               : QProxyStyle::standardIcon(which, option, widget);
}

int OctavoStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* returnData) const {
    switch (hint) {
    case SH_EtchDisabledText:
        return 0;
    case SH_UnderlineShortcut:
        // In the menu bar only while Alt has given it the keyboard.
        if (qobject_cast<const QMenuBar*>(widget) != nullptr)
            return widget->hasFocus() ? 1 : 0;
        break;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    default:
        break;
    }
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

}  // namespace octavo::ui
