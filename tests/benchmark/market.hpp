// Market: the made-up market that every job uses, and the folder of its ledgers.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "market_generator.hpp"

namespace benchmark_suite {

struct Scale {
    std::size_t companies = 1000;  // each with 21 entries
    std::size_t filings = 500;     // Form D
    std::size_t csv_rows = 4000;   // of a table of rounds
    int rounds = 3;                // of each comparison
    // Whether peers that read their text for each question are asked all questions, or one.
    bool plain_text_questions = true;
};

struct Market {
    Scale scale;
    std::filesystem::path folder;
    std::vector<postmoney::Entry> entries = {};

    Market(const Scale& market_scale, std::filesystem::path market_folder)
        : scale(market_scale), folder(std::move(market_folder)) {
        std::filesystem::create_directories(folder);
        market_generator::visit({.companies = scale.companies, .seed = 1},
                                [this](const postmoney::Entry& entry) { entries.push_back(entry); });
    }

    [[nodiscard]] double count() const { return static_cast<double>(entries.size()); }
    // The ledger of all entries, which exists once they were recorded in bulk.
    [[nodiscard]] std::filesystem::path ledger() const { return folder / "ledger.db"; }
    // The same entries as a facts file.
    [[nodiscard]] std::filesystem::path facts() const { return folder / "market.facts.jsonl"; }
    // A path where no file is left.
    [[nodiscard]] std::filesystem::path fresh(const std::string& name) const {
        auto path = folder / name;
        std::filesystem::remove(path);
        return path;
    }
};

}  // namespace benchmark_suite
