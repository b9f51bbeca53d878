#include "open_file.hpp"

#include <filesystem>
#include <system_error>

#include "postmoney/value/error.hpp"

using postmoney::Error;
using postmoney::ErrorCode;

std::ifstream open_file(const std::string& name) {
    std::error_code error;
    if (std::filesystem::is_directory(name, error)) {
        throw Error(ErrorCode::no_such_file, "is a folder, expected a file").at(name, 0);
    }
    std::ifstream file(name, std::ios::binary);
    if (!file) {
        throw Error(ErrorCode::no_such_file, "cannot be opened: no such file, or not to be read").at(name, 0);
    }
    return file;
}
