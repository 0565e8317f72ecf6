#include "core/file/mapped_file.h"

#include "core/file/cached_reader.h"
#include "core/file/loaded_reader.h"
#include "core/file/mapped_reader.h"
#include "core/file/process_reader.h"

#include <algorithm>

namespace octavo::core {

Result<std::shared_ptr<MappedFile>> MappedFile::open(FileSystem& fileSystem,
                                                     const std::string& path) {
    return open(fileSystem, path, Options{});
}

Result<std::shared_ptr<MappedFile>>
MappedFile::open(FileSystem& fileSystem, const std::string& path, const Options& options) {
    Result<std::shared_ptr<File>> file = fileSystem.open(path, OpenMode::Read);
    if (!file)
        return std::move(file).error();
    const Result<FileInfo> info = (*file)->info();
    if (!info)
        return info.error();
    const Result<FileNature> nature = (*file)->nature();
    if (!nature)
        return nature.error();
    std::shared_ptr<MappedFile> mapped(new MappedFile(fileSystem, *std::move(file), *info));
    if (const Status chosen = mapped->chooseReader(*nature, options); !chosen)
        return chosen.error();
    return mapped;
}

MappedFile::MappedFile(FileSystem& fileSystem, std::shared_ptr<File> file, const FileInfo& info)
    : fileSystem_(fileSystem), file_(std::move(file)), openedInfo_(info), length_(info.size) {}

MappedFile::~MappedFile() = default;

Status MappedFile::chooseReader(FileNature nature, const Options& options) {
    if (nature == FileNature::ProcessMemory) {
        const Result<std::vector<FileExtent>> regions = file_->regions();
        if (!regions)
            return regions.error();
        auto reader = std::make_unique<ProcessReader>(file_);
        process_ = reader.get();
        reader_ = std::move(reader);
        length_ = regions->back().end().value;
        mode_ = Mode::Process;
        return {};
    }
    // A file of size 0 may be made while it is read, on whatever file system; then there is
    // something to read in it all the same.
    if (nature == FileNature::Generated ||
        (openedInfo_.kind == FileKind::Regular && openedInfo_.size == 0)) {
        Result<Bytes> content = LoadedReader::load(*file_, options.progress);
        if (!content)
            return content.error();
        // One that merely grew between the questions is an ordinary file after all.
        const Result<FileInfo> now = file_->info();
        if (now && nature != FileNature::Generated && now->size > 0) {
            openedInfo_ = *now;
            length_ = now->size;
        } else if (nature == FileNature::Generated || !content->empty()) {
            auto reader = std::make_unique<LoadedReader>(*std::move(content));
            length_ = reader->length();
            reader_ = std::move(reader);
            mode_ = Mode::Memory;
            return {};
        }
    }
    if (nature == FileNature::HolesInMemory) {
        reader_ = std::make_unique<DirectReader>(file_);
        return {};
    }
    auto reader = std::make_unique<MappedReader>(file_, openedInfo_, options.largestMapping,
                                                 options.windowLength);
    if (reader->mode() == MappedReader::Mode::Direct) {
        reader_ = std::make_unique<CachedReader>(file_);
        return {};
    }
    mapped_ = reader.get();
    reader_ = std::move(reader);
    return {};
}

MappedFile::Mode MappedFile::mode() const {
    if (mapped_ == nullptr)
        return mode_;
    switch (mapped_->mode()) {
    case MappedReader::Mode::Whole:
        return Mode::Whole;
    case MappedReader::Mode::Windows:
        return Mode::Windows;
    case MappedReader::Mode::Direct:
        break;
    }
    return Mode::Direct;
}

void MappedFile::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                      Unreadable& unreadable) const {
    reader_->read(at, out, reportedAt, unreadable);
}

Result<Offset> MappedFile::extend() const {
    if (!isWritableInPlace())
        return length();
    const Result<FileInfo> now = file_->info();
    if (!now)
        return now.error();
    reader_->extend(*now);
    for (Offset known = length(); known < now->size;) {
        if (length_.compare_exchange_weak(known, now->size, std::memory_order_acq_rel))
            break;
    }
    return length();
}

Offset MappedFile::heldOnDisk() const {
    const Result<FileInfo> now = file_->info();
    return now && now->isDeleted() ? now->allocated : 0;
}

Offset MappedFile::holeLength(FileOffset at) const {
    if (mode_ == Mode::Memory || process_ != nullptr)
        return 0;
    const Result<FileExtent> data = file_->nextData(at);
    if (!data)
        return 0;
    return std::max<Offset>(std::min(data->offset.value, length()) - at.value, 0);
}

Offset MappedFile::gapLength(FileOffset at) const {
    if (mode_ == Mode::Memory)
        return 0;
    if (process_ != nullptr) {
        const Offset region = process_->nextRegion(at).offset.value;
        return std::max<Offset>(std::min(region, length()) - at.value, 0);
    }
    const Result<FileInfo> now = file_->info();
    return now && now->size <= at.value ? length() - at.value : 0;
}

Result<FileExtent> MappedFile::nextData(FileOffset at) const {
    const FileOffset end{length()};
    Result<FileExtent> data = FileExtent{at, end - at};
    if (process_ != nullptr)
        data = process_->nextRegion(at);
    else if (mode_ != Mode::Memory)
        data = file_->nextData(at);
    if (!data)
        return data;
    if (data->offset >= end)
        return FileExtent{end, 0};
    const FileOffset from = std::max(data->offset, at);
    return FileExtent{from, std::min(data->end(), end) - from};
}

}  // namespace octavo::core
