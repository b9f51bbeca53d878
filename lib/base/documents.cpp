#include "base/documents.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>
#include <system_error>

namespace postmoney::detail {

namespace {

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

// Thrown for a document that cannot be read; a type of its own tells it from the errors that a handler
// throws.
struct Unreadable {
    Error error;
};

[[nodiscard]] Unreadable unreadable(std::string_view name, std::string_view why) {
    return {Error(ErrorCode::io, "cannot be read: " + std::string(why)).at(name, 0)};
}

[[nodiscard]] Unreadable too_large(std::string_view name, std::uint64_t limit) {
    return {Error(ErrorCode::out_of_range, "is larger than " + std::to_string(limit >> 20U) + " MiB")
                .at(name, 0)};
}

[[nodiscard]] bool is_zip(std::string_view start) {
    return start == std::string_view("PK\x03\x04", 4) || start == std::string_view("PK\x05\x06", 4);
}

// The whole contents of a file of which a part was read.
[[nodiscard]] std::string read_whole(std::ifstream& in, const std::string& name) {
    in.clear();  // it may have ended
    in.seekg(0, std::ios::end);
    const std::streamoff size = in.tellg();
    in.seekg(0);
    if (!in) throw unreadable(name, "its size is not known");
    if (static_cast<std::uint64_t>(size) > max_document) throw too_large(name, max_document);
    std::string contents(static_cast<std::size_t>(size), '\0');
    in.read(contents.data(), size);
    if (in.gcount() != size) throw unreadable(name, "it ends too early");
    return contents;
}

// Reads the members of a zip archive. It counts their bytes, because the sizes that they claim may be false.
class ZipReader {
  public:
    ZipReader(const std::filesystem::path& file, const DocumentHandlers& handlers)
        : file_(file.string()), handlers_(&handlers), archive_(archive_read_new(), &archive_read_free) {
        archive_read_support_format_zip(archive_.get());
        constexpr std::size_t block = 65536;
        if (archive_read_open_filename(archive_.get(), file_.c_str(), block) != ARCHIVE_OK) fail();
    }

    void read() {
        archive_entry* entry = nullptr;
        for (;;) {
            const int result = archive_read_next_header(archive_.get(), &entry);
            if (result == ARCHIVE_EOF) return;
            if (result != ARCHIVE_OK && result != ARCHIVE_WARN) fail();
            if (archive_entry_filetype(entry) == AE_IFREG) member(entry);
        }
    }

  private:
    [[noreturn]] void fail() const {
        const char* why = archive_error_string(archive_.get());
        throw unreadable(file_, why != nullptr ? why : "no zip archive");
    }

    void member(archive_entry* entry) {
        const char* path = archive_entry_pathname(entry);
        Document document{file_ + "/" + (path != nullptr ? path : "?"), {}};
        if (archive_entry_is_encrypted(entry) != 0) {
            handlers_->refused(unreadable(document.name, "it is encrypted").error);
            return;
        }
        std::string block(std::size_t{1} << 16U, '\0');
        for (;;) {
            const auto size = archive_read_data(archive_.get(), block.data(), block.size());
            if (size < 0) fail();
            if (size == 0) break;
            unpacked_ += static_cast<std::uint64_t>(size);
            if (unpacked_ > max_unpacked) throw too_large(file_ + " unpacked", max_unpacked);
            if (document.contents.size() + static_cast<std::size_t>(size) > max_document) {
                handlers_->refused(too_large(document.name, max_document).error);
                return;
            }
            document.contents.append(block.data(), static_cast<std::size_t>(size));
        }
        handlers_->document(document);
    }

    std::string file_;
    const DocumentHandlers* handlers_;
    Archive archive_;
    std::uint64_t unpacked_ = 0;
};

}  // namespace

std::vector<std::filesystem::path> files_at(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        throw Error(ErrorCode::no_such_file, "no such file or folder").at(path.string(), 0);
    }
    if (!std::filesystem::is_directory(path, error)) return {path};
    std::vector<std::filesystem::path> files;
    std::filesystem::recursive_directory_iterator walk(path, error);
    if (error) throw unreadable(path.string(), error.message()).error;
    for (; walk != std::filesystem::recursive_directory_iterator(); walk.increment(error)) {
        if (error) throw unreadable(path.string(), error.message()).error;
        if (walk->symlink_status().type() == std::filesystem::file_type::regular)
            files.push_back(walk->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void read_documents(const std::filesystem::path& file, const DocumentHandlers& handlers) {
    try {
        std::error_code ignored;
        // A pipe could make us wait for ever, and a device may never end.
        if (!std::filesystem::is_regular_file(file, ignored))
            throw unreadable(file.string(), "it is no regular file");
        std::ifstream in(file, std::ios::binary);
        if (!in) throw unreadable(file.string(), std::generic_category().message(errno));
        std::string start(4, '\0');
        in.read(start.data(), static_cast<std::streamsize>(start.size()));
        start.resize(static_cast<std::size_t>(in.gcount()));
        if (is_zip(start)) {
            in.close();
            ZipReader(file, handlers).read();
            return;
        }
        Document document{file.string(), read_whole(in, file.string())};
        handlers.document(document);
    } catch (const Unreadable& unreadable) {
        handlers.refused(unreadable.error);
    }
}

}  // namespace postmoney::detail
