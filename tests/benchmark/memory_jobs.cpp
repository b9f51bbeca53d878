#include "memory_jobs.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "command.hpp"
#include "csv_jobs.hpp"
#include "postmoney/import/csv_import.hpp"
#include "postmoney/import/form_d_import.hpp"
#include "postmoney/postmoney.hpp"

namespace benchmark_suite {

namespace {

using postmoney::Ledger;

constexpr double mib = 1024 * 1024;
// The largest size of the library's page cache.
constexpr double cache_limit = 64 * mib;

// A size of this process in bytes, as Linux reports it. ru_maxrss would start with that of the parent
// process.
[[nodiscard]] double memory(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        double kib = 0;
        if (word == name && status >> kib) return kib * 1024;
    }
    throw std::runtime_error("/proc/self/status does not tell " + name);
}

struct Import {
    double seconds = 0;
    double peak = 0;         // bytes, of the process
    double above_cache = 0;  // bytes that the import added to the process, less SQLite's cache
};

// Imports the text, of the kind "facts", "form-d" or "csv", into a new ledger in a process of its own.
[[nodiscard]] Import import(const Market& market, const std::string& kind,
                            const std::filesystem::path& text) {
    const auto ledger = market.fresh("imported.db");
    const auto finished = run("/proc/" + std::to_string(getpid()) + "/exe --import " + kind + " " +
                              quoted(text.string()) + " " + quoted(ledger.string()));
    if (finished.status != 0) throw std::runtime_error("importing " + text.string() + " failed");
    const auto told = nlohmann::json::parse(finished.output);
    const double cache = std::min(cache_limit, static_cast<double>(std::filesystem::file_size(ledger)));
    return {told.at("seconds"), told.at("peak"),
            told.at("peak").get<double>() - told.at("before").get<double>() - cache};
}

// The first lines of a text of that many, a quarter of them.
[[nodiscard]] std::filesystem::path quarter_of(const Market& market, const std::filesystem::path& text,
                                               std::size_t lines) {
    auto path = market.folder / ("quarter-" + text.filename().string());
    std::ifstream all(text, std::ios::binary);
    std::ofstream some(path, std::ios::binary);
    std::string line;
    for (std::size_t i = 0; i < lines / 4 && std::getline(all, line); ++i) some << line << '\n';
    return path;
}

// The first quarter of the filings, each of which may amend one before it.
[[nodiscard]] std::filesystem::path quarter_of_filings(const Market& market) {
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(market.folder / "form-d"))
        files.push_back(file.path());
    std::sort(files.begin(), files.end());
    auto folder = market.folder / "form-d-quarter";
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < files.size() / 4; ++i)
        std::filesystem::copy_file(files[i], folder / files[i].filename());
    return folder;
}

void add_quarter_and_all(const std::string& name, const Import& quarter, const Import& all,
                         std::vector<Job>& jobs) {
    jobs.push_back(
        {.job = name + ", a quarter", .unit = "MiB over cache", .ours = quarter.above_cache / mib});
    jobs.push_back({.job = name + ", all",
                    .unit = "MiB over cache",
                    .ours = all.above_cache / mib,
                    .target = "ours < 64 MiB"});
}

}  // namespace

void import_in_processes(const Market& market, std::vector<Job>& jobs) {
    const Import facts = import(market, "facts", market.facts());
    jobs.push_back({.job = std::string(text_to_totals),
                    .unit = "ms",
                    .ours = facts.seconds * 1e3,
                    .target = "ledger / 3"});
    jobs.push_back({.job = std::string(text_to_totals_peak),
                    .unit = "MiB",
                    .ours = facts.peak / mib,
                    .target = "ledger / 10"});
    add_quarter_and_all("memory, apply facts",
                        import(market, "facts", quarter_of(market, market.facts(), market.entries.size())),
                        facts, jobs);
    add_quarter_and_all("memory, import Form D", import(market, "form-d", quarter_of_filings(market)),
                        import(market, "form-d", market.folder / "form-d"), jobs);
}

void import_table_in_processes(const Market& market, std::vector<Job>& jobs) {
    const auto table = table_of_rounds(market);
    add_quarter_and_all("memory, import CSV",
                        import(market, "csv", quarter_of(market, table, market.scale.csv_rows)),
                        import(market, "csv", table), jobs);
}

void import_here(std::span<char* const> arguments) {
    const std::string kind = arguments[0];
    const std::array<std::filesystem::path, 1> text{arguments[1]};
    const double before = memory("VmRSS:");
    const double time = seconds([&] {
        Ledger ledger = Ledger::open(arguments[2]);
        if (kind == "form-d") {
            postmoney::import_form_d(ledger, text);
        } else if (kind == "csv") {
            std::ifstream csv(text[0], std::ios::binary);
            postmoney::import_csv(ledger, csv, "table", postmoney::read_csv_map(map_of_rounds()));
        } else {
            std::ifstream facts(text[0], std::ios::binary);
            ledger.apply(facts, text[0].string());
            ledger.for_each_total([](std::string_view, const postmoney::Total&) {});
        }
    });
    std::cout << nlohmann::json{{"seconds", time}, {"before", before}, {"peak", memory("VmHWM:")}};
}

}  // namespace benchmark_suite
