// ZipReader: the files in a zip archive, one after another, by libarchive. Nothing is written to disk.
//
//   ZipReader zip("filings.zip");
//   while (zip.next()) {
//       for (auto block = zip.read(); !block.empty(); block = zip.read()) use(zip.name(), block);
//   }
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace postmoney::detail {

// Why an archive cannot be read, in libarchive's words. It is no Error, so that whoever reads an archive can
// tell it from what their own callers throw.
struct ZipError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class ZipReader {
  public:
    // Throws ZipError, as next and read do.
    explicit ZipReader(const std::filesystem::path& file);
    ~ZipReader();
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    // Moves on to the next member, whether or not this one was read; false after the last. Folders and links
    // are passed over.
    bool next();

    // The member's path in the archive, which may lead anywhere; "?" when it has none.
    [[nodiscard]] std::string name() const;
    // Whether the member needs a password, so that it cannot be read.
    [[nodiscard]] bool encrypted() const;
    // The next bytes of the member; empty at its end. They live until the next call. The archive's own word
    // on a member's size is not asked for, as it may be wrong: the caller counts.
    [[nodiscard]] std::string_view read();

  private:
    struct Archive;

    std::unique_ptr<Archive> archive_;
    std::string block_;
};

}  // namespace postmoney::detail
