#include "ui/inspector/value_kind.h"

#include "ui/inspector/float_values.h"
#include "ui/inspector/integer_values.h"
#include "ui/inspector/text_values.h"
#include "ui/inspector/time_values.h"
#include "ui/panels/number_text.h"

#include <QCoreApplication>

namespace octavo::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ValueKind)
};

}  // namespace

const std::vector<ValueKind>& valueKinds() {
    static const std::vector<ValueKind> kinds{
        {Words::tr("Binary"), 1, readBinary, writeBinary},
        {Words::tr("Octal"), 1, readOctal, writeOctal},
        {Words::tr("int8"), 1, readInteger<1, true>, writeInteger<1, true>},
        {Words::tr("uint8"), 1, readInteger<1, false>, writeInteger<1, false>},
        {Words::tr("int16"), 2, readInteger<2, true>, writeInteger<2, true>},
        {Words::tr("uint16"), 2, readInteger<2, false>, writeInteger<2, false>},
        {Words::tr("int32"), 4, readInteger<4, true>, writeInteger<4, true>},
        {Words::tr("uint32"), 4, readInteger<4, false>, writeInteger<4, false>},
        {Words::tr("int64"), 8, readInteger<8, true>, writeInteger<8, true>},
        {Words::tr("uint64"), 8, readInteger<8, false>, writeInteger<8, false>},
        {Words::tr("SLEB128"), 1, readLeb128<true>, writeLeb128<true>},
        {Words::tr("ULEB128"), 1, readLeb128<false>, writeLeb128<false>},
        {Words::tr("float16"), 2, readHalf, writeHalf},
        {Words::tr("float"), 4, readFloat, writeFloat},
        {Words::tr("double"), 8, readDouble, writeDouble},
        {Words::tr("Latin-1"), 1, readLatin1, writeLatin1},
        {Words::tr("UTF-8"), 1, readUtf8, writeUtf8},
        {Words::tr("UTF-16"), 2, readUtf16, writeUtf16},
        {Words::tr("Unix time 32"), 4, readUnixTime<4>, writeUnixTime<4>},
        {Words::tr("Unix time 64"), 8, readUnixTime<8>, writeUnixTime<8>},
        {Words::tr("FILETIME"), 8, readFileTime, writeFileTime},
        {Words::tr("DOS time"), 4, readDosTime, writeDosTime},
        {Words::tr("GUID"), 16, readGuid, writeGuid},
    };
    return kinds;
}

ValueReading readValue(const ValueKind& kind, core::ByteSpan bytes, core::ByteOrder order) {
    return bytes.size() < kind.leastBytes ? ValueReading() : kind.read(bytes, order);
}

ValueBytes writeValue(const ValueKind& kind, const QString& text, core::ByteSpan here,
                      core::ByteOrder order) {
    const auto missing = [&](std::size_t wanted) {
        return ValueBytes::faulty(Words::tr("This takes %1, and there are only %2 here")
                                      .arg(byteCountText(static_cast<core::Offset>(wanted)),
                                           groupedNumber(static_cast<core::Offset>(here.size()))));
    };
    if (here.size() < kind.leastBytes) {
        return missing(kind.leastBytes);
    }
    ValueBytes written = kind.write(text, here, order);
    return written.bytes.size() > here.size() ? missing(written.bytes.size()) : written;
}

}  // namespace octavo::ui
