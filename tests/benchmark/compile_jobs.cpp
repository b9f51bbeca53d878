#include "compile_jobs.hpp"

#include <fstream>
#include <set>
#include <stdexcept>
#include <string>

#include "command.hpp"

namespace benchmark_suite {

namespace {

const std::filesystem::path headers = POSTMONEY_SOURCE_DIR "/include";

// The lines that include headers of Boost and date.
[[nodiscard]] std::string includes_of_others() {
    std::set<std::string> lines;
    for (const auto& header : std::filesystem::recursive_directory_iterator(headers)) {
        std::ifstream in(header.path());
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("#include <boost/") || line.starts_with("#include <date/"))
                lines.insert(line);
        }
    }
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

[[nodiscard]] double compile_seconds(const std::filesystem::path& folder, const std::string& text) {
    const std::string source = (folder / "includes.cpp").string();
    std::ofstream(source) << text;
    const std::string command = quoted(POSTMONEY_COMPILER) + " -std=c++20 -O2 -I " +
                                quoted(headers.string()) + " -c " + quoted(source) + " -o " +
                                quoted(source + ".o");
    return seconds([&] {
        if (run(command).status != 0) throw std::runtime_error("this does not compile: " + text);
    });
}

void compile(const std::filesystem::path& folder, const std::string& header, const std::string& floor_text,
             const std::string& target, std::vector<Job>& jobs) {
    const auto [ours, floor] = compare(
        3, [&] { return compile_seconds(folder, "#include \"postmoney/" + header + "\"\n"); },
        [&] { return compile_seconds(folder, floor_text); });
    jobs.push_back({.job = "compile " + header, .unit = "s", .ours = ours, .floor = floor, .target = target});
}

}  // namespace

void compile_includes(const std::filesystem::path& folder, std::vector<Job>& jobs) {
    compile(folder, "postmoney.hpp", includes_of_others(), "<= 1.3", jobs);
    compile(folder, "fwd.hpp", "", "", jobs);
}

}  // namespace benchmark_suite
