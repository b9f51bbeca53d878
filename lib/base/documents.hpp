// Documents: the input of an import: single files, folders walked recursively, and the members of zip
// archives.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

struct Document {
    std::string name;  // the path; for a member of an archive "ARCHIVE/MEMBER"
    std::string contents;
};

struct DocumentHandlers {
    std::function<void(Document&)> document;
    // Called for a document that cannot be read or is too large. The others follow unless this throws.
    std::function<void(const Error&)> refused;
};

// The largest document that is read, and the largest size that one archive may unpack to.
constexpr std::uint64_t max_document = std::uint64_t{256} << 20U;
constexpr std::uint64_t max_unpacked = std::uint64_t{8} << 30U;

// The files at a path; those of a folder come in the order of their names. Links are not followed. Throws
// no-such-file.
[[nodiscard]] std::vector<std::filesystem::path> files_at(const std::filesystem::path& path);

// Reads one file, or each member of it when it is a zip archive, one at a time. Nothing is written to disk.
void read_documents(const std::filesystem::path& file, const DocumentHandlers& handlers);

}  // namespace postmoney::detail
