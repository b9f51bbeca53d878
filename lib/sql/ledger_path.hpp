// Which paths are refused for a ledger's file, whether it is opened, copied or restored.
#pragma once

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

}  // namespace postmoney::detail
