#include "base/documents.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/archive/zip_reader.hpp"

namespace postmoney::detail {

namespace {

// Thrown for what cannot be read, apart from the errors that a handler throws.
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

// Gives each member of a zip archive to the handlers. What a member claims of its size is not believed: its
// data is counted.
class ZipMembers {
  public:
    ZipMembers(const std::filesystem::path& file, const DocumentHandlers& handlers)
        : file_(file.string()), handlers_(&handlers) {}

    void read() {
        try {
            ZipReader zip(file_);
            while (zip.next()) member(zip);
        } catch (const ZipError& error) {
            throw unreadable(file_, error.what());
        }
    }

  private:
    void member(ZipReader& zip) {
        Document document{file_ + "/" + zip.name(), {}};
        if (zip.encrypted()) {
            handlers_->refused(unreadable(document.name, "it is encrypted").error);
            return;
        }
        for (std::string_view block = zip.read(); !block.empty(); block = zip.read()) {
            unpacked_ += block.size();
            if (unpacked_ > max_unpacked) throw too_large(file_ + " unpacked", max_unpacked);
            if (document.contents.size() + block.size() > max_document) {
                handlers_->refused(too_large(document.name, max_document).error);
                return;
            }
            document.contents.append(block);
        }
        handlers_->document(document);
    }

    std::string file_;
    const DocumentHandlers* handlers_;
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
            ZipMembers(file, handlers).read();
            return;
        }
        Document document{file.string(), read_whole(in, file.string())};
        handlers.document(document);
    } catch (const Unreadable& unreadable) {
        handlers.refused(unreadable.error);
    }
}

}  // namespace postmoney::detail
