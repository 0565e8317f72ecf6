#include "ui/style/fixed_font.h"

#include <QFontDatabase>
#include <QStringList>

namespace octavo::ui {

QFont fixedFont(const QFont& sizeOf) {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setFamilies({QStringLiteral("DejaVu Sans Mono"), font.family()});
    if (sizeOf.pixelSize() > 0)
        font.setPixelSize(sizeOf.pixelSize());
    else
        font.setPointSizeF(sizeOf.pointSizeF());
    return font;
}

}  // namespace octavo::ui
