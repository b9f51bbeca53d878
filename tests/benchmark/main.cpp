// benchmark_suite [--small|--large] [--json FILE]: measures what the library does against the same work by
// hand, prints a table, and writes it as JSON.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "kernels.hpp"
#include "ledger_jobs.hpp"

namespace {

using benchmark_suite::Job;

struct Arguments {
    benchmark_suite::Scale scale{.companies = 10'000, .filings = 2'000, .rounds = 3};
    std::string json;
};

[[nodiscard]] Arguments parse(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--small") {
            arguments.scale = {.companies = 500, .filings = 200, .rounds = 3};
        } else if (argument == "--large") {
            arguments.scale = {.companies = 100'000, .filings = 20'000, .rounds = 1};
        } else if (argument == "--json" && i + 1 < argc) {
            arguments.json = argv[++i];
        } else {
            throw std::invalid_argument("usage: benchmark_suite [--small|--large] [--json FILE]");
        }
    }
    return arguments;
}

void print(const std::vector<Job>& jobs) {
    fmt::print("{:<26} {:>14} {:>12} {:>12} {:>7} {:>12}  {}\n", "job", "unit", "ours", "floor", "ratio",
               "target", "peers");
    for (const Job& job : jobs) {
        std::string peers;
        for (const auto& [name, value] : job.peers) peers += fmt::format("{} {:.2f}  ", name, value);
        fmt::print("{:<26} {:>14} {:>12.2f} {:>12} {:>7} {:>12}  {}\n", job.job, job.unit, job.ours,
                   job.floor ? fmt::format("{:.2f}", *job.floor) : "",
                   job.floor ? fmt::format("{:.2f}", job.ours / *job.floor) : "", job.target, peers);
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("peak memory {} MiB\n", usage.ru_maxrss / 1024);
}

void write_json(const std::vector<Job>& jobs, const std::string& file) {
    nlohmann::json array = nlohmann::json::array();
    for (const Job& job : jobs) {
        nlohmann::json row{{"job", job.job},    {"unit", job.unit}, {"ours", job.ours},
                           {"floor", nullptr},  {"ratio", nullptr}, {"target", job.target},
                           {"peers", job.peers}};
        if (job.floor) {
            row["floor"] = *job.floor;
            row["ratio"] = job.ours / *job.floor;
        }
        array.push_back(std::move(row));
    }
    std::ofstream(file) << array.dump(2) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const Arguments arguments = parse(argc, argv);
        const auto folder =
            std::filesystem::temp_directory_path() / ("postmoney-benchmark-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
        std::vector<Job> jobs = benchmark_suite::kernels();
        const auto ledger = benchmark_suite::ledger_jobs(arguments.scale, folder);
        std::filesystem::remove_all(folder);
        jobs.insert(jobs.end(), ledger.begin(), ledger.end());
        print(jobs);
        if (!arguments.json.empty()) write_json(jobs, arguments.json);
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::cerr << "benchmark_suite: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
