#include "core/save/shift_record.h"

#include <array>
#include <cstring>

namespace octavo::core {

namespace {

class Writer {
public:
    template <typename T>
    void put(T value) {
        std::array<Byte, sizeof(T)> bytes{};
        std::memcpy(bytes.data(), &value, sizeof(T));
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    template <typename Bytes>
    void putBytes(const Bytes& bytes) {
        put(static_cast<std::uint64_t>(bytes.size()));
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    void put(const std::vector<ShiftRecord::Run>& runs) {
        put(static_cast<std::uint64_t>(runs.size()));
        for (const ShiftRecord::Run& run : runs) {
            put(run.at.value);
            putBytes(run.bytes);
        }
    }
    Bytes take() { return std::move(out_); }

private:
    Bytes out_;
};

/// After the first thing that is not there everything is 0 or empty, and isWhole() false.
class Reader {
public:
    explicit Reader(ByteSpan bytes) : left_(bytes) {}

    template <typename T>
    T get() {
        T value{};
        if (isWhole_ && left_.size() >= sizeof(T)) {
            std::memcpy(&value, left_.data(), sizeof(T));
            left_ = left_.subspan(sizeof(T));
        } else {
            isWhole_ = false;
        }
        return value;
    }
    Offset offset() {
        const auto value = get<Offset>();
        isWhole_ = isWhole_ && value >= 0;
        return isWhole_ ? value : 0;
    }
    /// A number of things of at least `least` bytes each.
    std::uint64_t count(std::size_t least) {
        const auto value = get<std::uint64_t>();
        isWhole_ = isWhole_ && value <= left_.size() / least;
        return isWhole_ ? value : 0;
    }
    template <typename Bytes>
    Bytes bytes() {
        const auto size = static_cast<std::size_t>(count(1));
        const ByteSpan part = left_.first(size);
        left_ = left_.subspan(size);
        return Bytes(part.begin(), part.end());
    }
    std::vector<ShiftRecord::Run> runs() {
        std::vector<ShiftRecord::Run> runs(count(2 * sizeof(Offset)));
        for (ShiftRecord::Run& run : runs) {
            run.at = {offset()};
            run.bytes = bytes<Bytes>();
        }
        return runs;
    }
    bool isWhole() const { return isWhole_ && left_.empty(); }

private:
    ByteSpan left_;
    bool isWhole_ = true;
};

void put(Writer& writer, const ShiftLayout& layout) {
    writer.put(layout.size);
    writer.put(static_cast<std::uint64_t>(layout.extents.size()));
    for (const PlacedExtent& extent : layout.extents) {
        writer.put(extent.extent.offset.value);
        writer.put(extent.extent.length);
        writer.put(extent.physical);
        writer.put(std::uint32_t{extent.unwritten});
    }
}

ShiftLayout layoutFrom(Reader& reader) {
    ShiftLayout layout;
    layout.size = reader.offset();
    layout.extents.resize(reader.count(3 * sizeof(Offset) + sizeof(std::uint32_t)));
    for (PlacedExtent& extent : layout.extents) {
        extent.extent.offset = {reader.offset()};
        extent.extent.length = reader.offset();
        extent.physical = reader.offset();
        extent.unwritten = reader.get<std::uint32_t>() != 0;
    }
    return layout;
}

}  // namespace

Offset ShiftRecord::lengthAfter(std::size_t count) const {
    Offset length = sizeBefore;
    for (std::size_t i = 0; i < count; ++i)
        length += operations[i].growth();
    return length;
}

std::optional<ShiftLayout> ShiftRecord::layoutAfter(std::size_t count) const {
    std::optional<ShiftLayout> now = layout;
    for (std::size_t i = 0; i < count && now; ++i)
        now = now->after(operations[i], blockSize);
    return now;
}

Bytes ShiftRecord::encoded() const {
    Writer writer;
    writer.put(file.device);
    writer.put(file.inode);
    writer.putBytes(target);
    writer.put(sizeBefore);
    writer.put(sizeAfter);
    writer.put(blockSize);
    writer.put(static_cast<std::uint64_t>(operations.size()));
    for (const ShiftOperation& operation : operations) {
        writer.put(std::uint32_t{operation.isInsert()});
        writer.put(operation.extent.offset.value);
        writer.put(operation.extent.length);
    }
    writer.put(std::uint32_t{layout.has_value()});
    if (layout)
        put(writer, *layout);
    writer.put(lost);
    writer.put(patches);
    return writer.take();
}

std::optional<ShiftRecord> ShiftRecord::decoded(ByteSpan bytes) {
    Reader reader(bytes);
    ShiftRecord record;
    record.file.device = reader.get<std::uint64_t>();
    record.file.inode = reader.get<std::uint64_t>();
    record.target = reader.bytes<std::string>();
    record.sizeBefore = reader.offset();
    record.sizeAfter = reader.offset();
    record.blockSize = reader.offset();
    record.operations.resize(reader.count(2 * sizeof(Offset)));
    for (ShiftOperation& operation : record.operations) {
        using Kind = ShiftOperation::Kind;
        operation.kind = reader.get<std::uint32_t>() != 0 ? Kind::Insert : Kind::Collapse;
        operation.extent.offset = {reader.offset()};
        operation.extent.length = reader.offset();
    }
    if (reader.get<std::uint32_t>() != 0)
        record.layout = layoutFrom(reader);
    record.lost = reader.runs();
    record.patches = reader.runs();
    if (!reader.isWhole() || record.blockSize <= 0)
        return std::nullopt;
    return record;
}

}  // namespace octavo::core
