#include "output_file.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>
#include <system_error>

#include "postmoney/postmoney.hpp"

using namespace postmoney;

bool is_standard_output(const std::string& file) {
    return file.empty() || file == "-";
}

namespace {

// A ledger is no file that an export may take the place of.
void refuse_database(const std::string& file) {
    constexpr std::string_view magic("SQLite format 3\0", 16);  // how the format begins
    std::string start(magic.size(), ' ');
    std::ifstream in(file, std::ios::binary);
    if (in.read(start.data(), static_cast<std::streamsize>(start.size())) && start == magic)
        throw Error(ErrorCode::file_exists, "is a database, which would be lost; name another file")
            .at(file, 0);
}

// Whether all of it was written.
[[nodiscard]] bool write_into(const std::string& file, const std::function<void(std::ostream&)>& write) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    if (out) write(out);
    out.close();
    return static_cast<bool>(out);
}

[[noreturn]] void refuse_unwritten(const std::string& file) {
    throw Error(ErrorCode::io, "cannot be written").at(file, 0);
}

}  // namespace

void write_output(const std::string& file, const std::function<void(std::ostream&)>& write) {
    if (is_standard_output(file)) return write(std::cout);
    std::error_code error;
    std::filesystem::path target = file;
    if (std::filesystem::exists(target, error)) {
        // A pipe or a device stays what it is.
        if (!std::filesystem::is_regular_file(target, error)) {
            if (!write_into(file, write)) refuse_unwritten(file);
            return;
        }
        refuse_database(file);
        target = std::filesystem::canonical(target, error);
        if (error) refuse_unwritten(file);
    }
    const std::string unfinished = target.string() + ".unfinished";
    try {
        if (!write_into(unfinished, write)) refuse_unwritten(file);
        std::filesystem::rename(unfinished, target, error);
        if (error) refuse_unwritten(file);
    } catch (...) {
        std::filesystem::remove(unfinished, error);
        throw;
    }
}
