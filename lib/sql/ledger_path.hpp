// Which paths are refused for a ledger's file, whether it is opened, copied or restored.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

[[noreturn]] inline void refuse_path(ErrorCode code, const std::filesystem::path& path,
                                     const std::string& what) {
    throw Error(code, what).at(path.string(), 0);
}

[[nodiscard]] inline std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

// Throws no-such-folder when the folder for the file does not exist.
inline void check_folder_of(const std::filesystem::path& path) {
    std::error_code ignored;
    const auto folder = folder_of(path);
    if (std::filesystem::is_directory(folder, ignored)) return;
    refuse_path(ErrorCode::no_such_folder, path,
                "the folder " + folder.string() + " does not exist; create it first");
}

// Whether this process may write what is at the path. What is not there it may not.
[[nodiscard]] inline bool may_write(const std::filesystem::path& path) {
    return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
}

// For a new file: throws no-such-folder, and read-only when the folder may not be written.
inline void check_new_file(const std::filesystem::path& path) {
    check_folder_of(path);
    if (may_write(folder_of(path))) return;
    refuse_path(ErrorCode::read_only, path,
                "the folder " + folder_of(path).string() +
                    " may not be written by this user; choose another, or ask for the right to write there");
}

// For a ledger that is to be written, if it is a file: throws read-only when the file or its folder may not
// be.
inline void check_may_be_written(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return;
    // The journal lies beside the file itself, wherever a link to it is.
    const std::filesystem::path folder = folder_of(std::filesystem::canonical(path, ignored));
    if (!may_write(path)) {
        refuse_path(
            ErrorCode::read_only, path,
            "the file may not be written by this user; open it read-only, or ask for the right to write it");
    }
    if (may_write(folder)) return;
    refuse_path(
        ErrorCode::read_only, path,
        "the folder " + folder.string() +
            " may not be written by this user, and a journal lies there while the ledger is written; open it "
            "read-only, or ask for the right to write there");
}

}  // namespace postmoney::detail
