// Fusion with the frames taken off: flat tool bar and menu bar, quiet buttons, one accent ring for
// the focus, thin scroll bars without arrows. Colours come from the palette's Theme.
//
// Widgets can say more by properties: kAccentProperty (bool) fills a push button with the accent.
// Thread rule: GUI thread.
#pragma once

#include <QProxyStyle>

namespace octavo::ui {

class OctavoStyle final : public QProxyStyle {
    Q_OBJECT

public:
    static constexpr const char* kAccentProperty = "octavoAccent";

    OctavoStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                         SubControl subControl, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    QIcon standardIcon(StandardPixmap which, const QStyleOption* option,
                       const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
};

}  // namespace octavo::ui
