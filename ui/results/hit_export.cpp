#include "ui/results/hit_export.h"

#include "core/search/hit_text.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace octavo::ui {

using core::Hit;
using core::Offset;

namespace {

QByteArray quoted(const std::string& text) {
    QByteArray field = QByteArray::fromStdString(text);
    field.replace('"', "\"\"");
    return '"' + field + '"';
}

/// One hit as it is written, without what parts it from the next.
class Writer {
public:
    Writer(HitFormat format, const core::SearchQuery& query, const core::Snapshot& snapshot)
        : format_(format)
        , query_(query)
        , snapshot_(snapshot)
        , names_(core::alternativeNames(query)) {}

    QByteArray head() const {
        return format_ == HitFormat::Csv ? "offset,length,as,cut,bytes,text\n"
                                         : "{\"matches\": [\n";
    }

    QByteArray foot(std::uint64_t count) const {
        return format_ == HitFormat::Csv
                   ? QByteArray()
                   : "\n], \"count\": " + QByteArray::number(qulonglong{count}) + "}\n";
    }

    QByteArray line(const Hit& hit, bool isFirst) const {
        const core::HitContext context = core::readContext(snapshot_, hit, 0);
        const std::string bytes = core::hexText(context.bytes) + (context.hasMore ? " ..." : "");
        const std::string text = core::hitText(query_, context.bytes);
        const std::string as = hit.alternative < names_.size() ? names_[hit.alternative] : "";
        if (format_ == HitFormat::Csv)
            return QByteArray::number(qlonglong{hit.offset}) + ',' +
                   QByteArray::number(qlonglong{hit.length}) + ',' + quoted(as) + ',' +
                   (hit.cut ? "1," : "0,") + quoted(bytes) + ',' + quoted(text) + '\n';
        QJsonObject object{{QStringLiteral("offset"), qint64{hit.offset}},
                           {QStringLiteral("length"), qint64{hit.length}},
                           {QStringLiteral("bytes"), QString::fromStdString(bytes)},
                           {QStringLiteral("text"), QString::fromStdString(text)}};
        if (!as.empty())
            object.insert(QStringLiteral("as"), QString::fromStdString(as));
        if (hit.cut)
            object.insert(QStringLiteral("cut"), true);
        return (isFirst ? "" : ",\n") + QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

private:
    HitFormat format_;
    const core::SearchQuery& query_;
    const core::Snapshot& snapshot_;
    std::vector<std::string> names_;
};

core::Error failed(const std::string& path, const QSaveFile& file) {
    return {core::ErrorCode::System, "write the matches", path, 0,
            file.errorString().toStdString()};
}

}  // namespace

core::Status exportHits(const std::string& path, HitFormat format, const core::HitStore& store,
                        const core::EditMap& map, const core::SearchQuery& query,
                        const core::Snapshot& snapshot, core::Progress& progress) {
    constexpr std::size_t kAtATime = 256;
    QSaveFile file(QFile::decodeName(QByteArray::fromStdString(path)));
    if (!file.open(QIODevice::WriteOnly))
        return failed(path, file);
    const std::uint64_t count = store.size();
    progress.setTotal(snapshot.length());
    const Writer writer(format, query, snapshot);
    QByteArray out = writer.head();
    for (std::uint64_t at = 0; at < count; at += kAtATime) {
        if (progress.isCancelled())
            return core::Error{core::ErrorCode::Cancelled, "write the matches", path, 0,
                               "cancelled"};
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(kAtATime, count - at));
        std::uint64_t number = at;
        for (Hit hit : store.from(at, most)) {
            const core::Extent place = map.now(hit.extent());
            hit.offset = place.offset;
            hit.length = place.length;
            out += writer.line(hit, number++ == 0);
            progress.setDone(hit.offset);
        }
        if (file.write(out) != out.size())
            return failed(path, file);
        out.clear();
    }
    out += writer.foot(count);
    if (file.write(out) != out.size() || !file.commit())
        return failed(path, file);
    return {};
}

}  // namespace octavo::ui
