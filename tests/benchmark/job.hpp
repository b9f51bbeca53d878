// Job: one line of the benchmark's table: our time, the floor's and that of others.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace benchmark_suite {

struct Job {
    std::string job;
    std::string unit;  // of ours, floor and peers; less is better unless it counts per second
    double ours = 0;
    std::optional<double> floor = {};  // the same work by hand
    std::string target = {};           // for ours / floor, unless it names something else
    std::map<std::string, double> peers = {};
    std::map<std::size_t, double> growth = {};  // ours in ledgers of so many companies
};

// The time of the work, in seconds.
[[nodiscard]] inline double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The median of several times.
[[nodiscard]] inline double median(std::vector<double> times) {
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

// The medians of two works done in turns, so that other load on the machine meets both. There are that many
// rounds, and more for work that takes no time.
[[nodiscard]] inline std::pair<double, double> compare(int rounds, const std::function<double()>& ours,
                                                       const std::function<double()>& floor) {
    constexpr double enough = 0.3;
    constexpr std::size_t most = 25;
    std::vector<double> our_times;
    std::vector<double> floor_times;
    double sum = 0;
    while (our_times.size() < static_cast<std::size_t>(rounds) || (sum < enough && our_times.size() < most)) {
        our_times.push_back(ours());
        floor_times.push_back(floor());
        sum += our_times.back() + floor_times.back();
    }
    return {median(std::move(our_times)), median(std::move(floor_times))};
}

}  // namespace benchmark_suite
