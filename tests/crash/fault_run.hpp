// The parts that fault tests share: their arguments, counts of what was tried and what did not hold, and
// random programs to run while something fails.
//
// Each is a program: `NAME [--long] [--seed N] [--count N]`. Its last line says what was tried, how often,
// and whether all of it held; tests/run.sh puts these lines into the fault table.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "../store/fixtures.hpp"

namespace fault_test {

using namespace store_test;

struct Arguments {
    bool long_run = false;
    std::uint64_t seed = 20241223;
    std::uint64_t count = 0;  // 0: what the form of the run says

    [[nodiscard]] std::uint64_t count_of(std::uint64_t short_count, std::uint64_t long_count) const {
        if (count != 0) return count;
        return long_run ? long_count : short_count;
    }
};

inline std::uint64_t number_argument(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        std::cerr << "got " << text << ", expected a number\n";
        std::exit(2);
    }
    return number;
}

inline Arguments arguments_of(int argc, char** argv) {
    // No test here depends on a real disk, and files in memory are fast.
    if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 0);
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--long") {
            arguments.long_run = true;
        } else if (word == "--seed" && i + 1 < argc) {
            arguments.seed = number_argument(argv[++i]);
        } else if (word == "--count" && i + 1 < argc) {
            arguments.count = number_argument(argv[++i]);
        } else {
            std::cerr << "usage: " << argv[0] << " [--long] [--seed N] [--count N]\n";
            std::exit(2);
        }
    }
    return arguments;
}

// Counts what was tried, and prints each check that did not hold.
class FaultRun {
  public:
    FaultRun(std::string fault, std::uint64_t seed) : fault_(std::move(fault)), seed_(seed) {
        std::cout << fault_ << ": seed " << seed_ << std::endl;
    }

    void tried(std::uint64_t count = 1) { tried_ += count; }
    [[nodiscard]] std::uint64_t tried_so_far() const { return tried_; }

    // `what` is a sentence that should have been true.
    void fail(std::string_view what) {
        constexpr int most = 20;
        if (++failed_ <= most)
            std::cout << "FAILED " << fault_ << ", try " << tried_ << ": " << what << std::endl;
    }
    bool check(bool holds, std::string_view what) {
        if (!holds) fail(what);
        return holds;
    }

    // Returns the exit status. `unit` names what was tried ("kills"); `more` is printed behind it.
    [[nodiscard]] int finish(std::string_view unit, std::string_view more = "") const {
        std::cout << fault_ << ": " << tried_ << ' ' << unit;
        if (!more.empty()) std::cout << ", " << more;
        const bool held = failed_ == 0 && tried_ > 0;
        std::cout << ": " << (held ? "all held" : std::to_string(failed_) + " did not hold") << " (seed "
                  << seed_ << ")" << std::endl;
        return held ? 0 : 1;
    }

  private:
    std::string fault_;
    std::uint64_t seed_;
    std::uint64_t tried_ = 0;
    std::uint64_t failed_ = 0;
};

// Puts a ledger into WAL mode on a disk that has no shared memory.
inline void make_wal_ledger(const std::filesystem::path& path) {
    static_cast<void>(Ledger::open(path, options()));
    Sql sql(path);
    static_cast<void>(sql.rows("PRAGMA locking_mode = EXCLUSIVE"));
    if (sql.cell("PRAGMA journal_mode = WAL") != "wal") throw std::runtime_error("WAL cannot be set");
}

// A random number below the bound.
inline std::size_t below(std::mt19937_64& random, std::size_t bound) {
    return static_cast<std::size_t>(random() % bound);
}

// A random program: steps, each of them some facts lines that are recorded in one transaction.
class Script {
  public:
    Script(std::uint64_t seed, std::size_t steps) {
        std::mt19937_64 random(seed);
        for (std::size_t step = 0; step < steps; ++step) {
            const std::size_t lines = below(random, 3) == 0 ? 1 + below(random, 8) : 1;
            std::string text;
            for (std::size_t i = 0; i < lines; ++i) text += line(random);
            steps_.push_back(std::move(text));
        }
    }

    [[nodiscard]] const std::vector<std::string>& steps() const { return steps_; }

    // The contents of the ledger before any step, after the first, and so on, as exported facts files.
    [[nodiscard]] std::vector<std::string> states() const {
        Ledger ledger = in_memory();
        std::vector<std::string> states{exported(ledger)};
        for (const std::string& step : steps_) {
            apply_text(ledger, step);
            states.push_back(exported(ledger));
        }
        return states;
    }

  private:
    // The first line of a round, or one that builds on an earlier line.
    std::string line(std::mt19937_64& random) {
        ++lines_;
        const std::string company = R"("company":"Company )" + std::to_string(below(random, 3)) + "\"";
        const std::string amount = std::to_string(1 + below(random, 900)) + " million USD";
        const std::string key = R"("key":"k)" + std::to_string(lines_) + "\"";
        const std::size_t form = rounds_.empty() ? 0 : below(random, 8);
        const std::string round = rounds_.empty() ? "" : rounds_[below(random, rounds_.size())];
        const std::string note =
            below(random, 6) == 0 ? R"(,"note":")" + std::string(200 + below(random, 9000), 'n') + "\"" : "";
        switch (form) {
            case 1:
                return R"({"kind":"participation","round":")" + round + R"(","investor":"Fund )" +
                       std::to_string(below(random, 9)) + R"(","amount":")" + amount + "\"," + key + note +
                       "}\n";
            case 2:
                return R"({"kind":"retraction","of":"first )" + round + R"(","reason":"wrong",)" + key +
                       "}\n";
            case 3:
                return R"({"kind":"valuation",)" + company + R"(,"amount":")" + amount +
                       R"(","basis":"post-money","on":"2024-05",)" + key + "}\n";
            case 4:
                return R"({"kind":"party","name":"Company 0","aliases":["Alias )" + std::to_string(lines_) +
                       "\"]," + key + note + "}\n";
            case 5:
                return R"({"kind":"round","round":")" + round + R"(","raised":")" + amount + "\"," + key +
                       note + "}\n";
            default:
                rounds_.push_back("round " + std::to_string(lines_));
                return R"({"kind":"round","round":")" + rounds_.back() + "\"," + company + R"(,"raised":")" +
                       amount + R"(","key":"first )" + rounds_.back() + "\"" + note + "}\n";
        }
    }

    std::vector<std::string> steps_;
    std::vector<std::string> rounds_;
    std::size_t lines_ = 0;
};

}  // namespace fault_test
