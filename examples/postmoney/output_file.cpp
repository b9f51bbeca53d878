#include "output_file.hpp"

#include <fstream>
#include <iostream>
#include <system_error>

#include "postmoney/postmoney.hpp"

using namespace postmoney;

bool is_standard_output(const std::string& file) {
    return file.empty() || file == "-";
}

void write_output(const std::string& file, const std::function<void(std::ostream&)>& write) {
    if (is_standard_output(file)) return write(std::cout);
    const std::string unfinished = file + ".unfinished";
    std::error_code error;
    try {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        if (out) write(out);
        out.close();
        if (out) std::filesystem::rename(unfinished, file, error);
        if (!out || error) throw Error(ErrorCode::io, "cannot be written").at(file, 0);
    } catch (...) {
        std::filesystem::remove(unfinished, error);
        throw;
    }
}
