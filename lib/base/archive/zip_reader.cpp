#include "base/archive/zip_reader.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <cstddef>

namespace postmoney::detail {

struct ZipReader::Archive {
    std::unique_ptr<archive, decltype(&archive_read_free)> handle{archive_read_new(), &archive_read_free};
    archive_entry* member = nullptr;  // belongs to the handle

    [[noreturn]] void fail() const {
        const char* why = archive_error_string(handle.get());
        throw ZipError(why != nullptr ? why : "no zip archive");
    }
};

ZipReader::ZipReader(const std::filesystem::path& file) : archive_(std::make_unique<Archive>()) {
    constexpr std::size_t block_size = std::size_t{1} << 16U;
    block_.resize(block_size);
    archive_read_support_format_zip(archive_->handle.get());
    if (archive_read_open_filename(archive_->handle.get(), file.string().c_str(), block_size) != ARCHIVE_OK)
        archive_->fail();
}

ZipReader::~ZipReader() = default;

bool ZipReader::next() {
    for (;;) {
        const int result = archive_read_next_header(archive_->handle.get(), &archive_->member);
        if (result == ARCHIVE_EOF) return false;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) archive_->fail();
        if (archive_entry_filetype(archive_->member) == AE_IFREG) return true;
    }
}

std::string ZipReader::name() const {
    const char* path = archive_entry_pathname(archive_->member);
    return path != nullptr ? path : "?";
}

bool ZipReader::encrypted() const {
    return archive_entry_is_encrypted(archive_->member) != 0;
}

std::string_view ZipReader::read() {
    const auto size = archive_read_data(archive_->handle.get(), block_.data(), block_.size());
    if (size < 0) archive_->fail();
    return std::string_view(block_).substr(0, static_cast<std::size_t>(size));
}

}  // namespace postmoney::detail
