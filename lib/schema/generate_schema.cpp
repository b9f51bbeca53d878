// generate_schema SCHEMA_FOLDER [--check]: expands the templates in SCHEMA_FOLDER/template into the
// migrations beside that folder, and brings the manual, README.md, in line with the kinds. With --check it
// writes nothing, names each file that is not what it would write, and exits with 1.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "postmoney/value/error.hpp"
#include "schema/expansion.hpp"

namespace {

[[nodiscard]] std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw postmoney::Error(postmoney::ErrorCode::no_such_file, "cannot be read").at(path.string(), 0);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Whether the file holds the text already.
[[nodiscard]] bool bring_in_line(const std::filesystem::path& path, const std::string& text, bool check) {
    if (std::filesystem::exists(path) && read(path) == text) return true;
    std::cout << path.string() << (check ? " is not what is generated\n" : " written\n");
    if (!check) std::ofstream(path, std::ios::binary) << text;
    return false;
}

[[nodiscard]] bool bring_schema_in_line(const std::filesystem::path& folder, bool check) {
    bool in_line = true;
    for (const auto& file : std::filesystem::directory_iterator(folder / "template")) {
        const std::string sql = "-- Generated from template/" + file.path().filename().string() +
                                " by generate_schema.\n" + postmoney::detail::expanded(read(file.path()));
        in_line = bring_in_line(folder / file.path().filename(), sql, check) && in_line;
    }
    const auto manual = folder / "README.md";
    return bring_in_line(manual, postmoney::detail::with_kind_tables(read(manual)), check) && in_line;
}

}  // namespace

int main(int count, char** arguments) {
    const bool check = count == 3 && std::string(arguments[2]) == "--check";
    if (count != 2 && !check) {
        std::cerr << "usage: generate_schema SCHEMA_FOLDER [--check]\n";
        return 2;
    }
    try {
        return bring_schema_in_line(arguments[1], check) || !check ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
