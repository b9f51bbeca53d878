#include "table.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace benchmark_suite {

namespace {

[[nodiscard]] std::string number(double value) {
    return value < 100 ? fmt::format("{:.2f}", value) : fmt::format("{:.0f}", value);
}

[[nodiscard]] std::string peers_of(const Job& job) {
    std::string peers;
    for (const auto& [name, value] : job.peers)
        peers += (peers.empty() ? "" : ", ") + name + " " + number(value);
    return peers;
}

void print_growth(const std::vector<Job>& jobs) {
    bool titled = false;
    for (const Job& job : jobs) {
        if (job.growth.empty()) continue;
        if (!titled) {
            fmt::print("\n| {:<28} | {:<14} |", "companies", "unit");
            for (const auto& [companies, ours] : job.growth) fmt::print(" {:>9} |", companies);
            fmt::print("\n|---|---|");
            for (std::size_t i = 0; i < job.growth.size(); ++i) fmt::print("---:|");
            fmt::print("\n");
            titled = true;
        }
        fmt::print("| {:<28} | {:<14} |", job.job, job.unit);
        for (const auto& [companies, ours] : job.growth) fmt::print(" {:>9} |", number(ours));
        fmt::print("\n");
    }
}

}  // namespace

void print(const std::vector<Job>& jobs) {
    fmt::print("| {:<28} | {:<14} | {:>9} | {:>9} | {:>5} | {:<32} | {}\n", "job", "unit", "ours", "floor",
               "ratio", "target", "peers |");
    fmt::print("|---|---|---:|---:|---:|---|---|\n");
    for (const Job& job : jobs) {
        fmt::print("| {:<28} | {:<14} | {:>9} | {:>9} | {:>5} | {:<32} | {}|\n", job.job, job.unit,
                   number(job.ours), job.floor ? number(*job.floor) : "",
                   job.floor ? number(job.ours / *job.floor) : "", job.target,
                   job.peers.empty() ? "" : peers_of(job) + " ");
    }
    print_growth(jobs);
}

void write_json(const std::vector<Job>& jobs, const std::string& file) {
    nlohmann::json array = nlohmann::json::array();
    for (const Job& job : jobs) {
        nlohmann::json row{{"job", job.job},     {"unit", job.unit},
                           {"ours", job.ours},   {"floor", nullptr},
                           {"ratio", nullptr},   {"target", job.target},
                           {"peers", job.peers}, {"growth", nlohmann::json::object()}};
        if (job.floor) {
            row["floor"] = *job.floor;
            row["ratio"] = job.ours / *job.floor;
        }
        for (const auto& [companies, ours] : job.growth) row["growth"][std::to_string(companies)] = ours;
        array.push_back(std::move(row));
    }
    std::ofstream out(file);
    out << array.dump(2) << '\n';
    if (!out.flush()) throw std::runtime_error("cannot write " + file);
}

}  // namespace benchmark_suite
