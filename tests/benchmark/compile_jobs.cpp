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

// How a program that includes the headers is built.
enum class Way { header_only, compiled };

[[nodiscard]] double compile_seconds(const std::filesystem::path& folder, const std::string& text, Way way) {
    const std::string source = (folder / "includes.cpp").string();
    std::ofstream(source) << text;
    const std::string command = quoted(POSTMONEY_COMPILER) + " -std=c++20 -O2" +
                                (way == Way::compiled ? " -DPOSTMONEY_COMPILED" : "") + " -I " +
                                quoted(headers.string()) + " -c " + quoted(source) + " -o " +
                                quoted(source + ".o");
    return seconds([&] {
        if (run(command).status != 0) throw std::runtime_error("this does not compile: " + text);
    });
}

void compile(const std::filesystem::path& folder, const std::string& header, Way way,
             const std::string& floor_text, const std::string& target, std::vector<Job>& jobs) {
    const auto [ours, floor] = compare(
        3, [&] { return compile_seconds(folder, "#include \"postmoney/" + header + "\"\n", way); },
        [&] { return compile_seconds(folder, floor_text, way); });
    const std::string job = "compile " + header + (way == Way::compiled ? ", linked" : "");
    jobs.push_back({.job = job, .unit = "s", .ours = ours, .floor = floor, .target = target});
}

}  // namespace

void compile_includes(const std::filesystem::path& folder, std::vector<Job>& jobs) {
    const std::string others = includes_of_others();
    compile(folder, "ledger.hpp", Way::compiled, others, "<= 0.9", jobs);
    compile(folder, "core.hpp", Way::compiled, others, "<= 1.3", jobs);
    compile(folder, "value/money.hpp", Way::compiled, others, "<= 0.9", jobs);
    compile(folder, "core.hpp", Way::header_only, others, "", jobs);
    compile(folder, "fwd.hpp", Way::header_only, "", "", jobs);
}

}  // namespace benchmark_suite
