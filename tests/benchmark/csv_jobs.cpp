#include "csv_jobs.hpp"

#include <csv.h>

#include <array>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>

#include "market_generator.hpp"
#include "postmoney/import/csv_import.hpp"
#include "postmoney/postmoney.hpp"
#include "raw_twin.hpp"

namespace benchmark_suite {

namespace {

using postmoney::Entry;
using postmoney::Participation;
using postmoney::RoundStatement;

constexpr std::size_t rounds_a_company = 4;

// Writes rounds with their investors as rows.
class RoundRows {
  public:
    explicit RoundRows(const std::filesystem::path& path) : out_(path, std::ios::binary) {
        out_ << "Company,Closed,Round,Money Raised,Currency,Lead Investors,Investors\n";
    }

    void add(const Entry& entry) {
        if (const auto* round = std::get_if<RoundStatement>(&entry.content)) {
            end_row();
            round_ = *round;
        } else if (const auto* part = std::get_if<Participation>(&entry.content)) {
            investors_.append(investors_.empty() ? "" : ", ").append(part->investor);
            if (part->lead) lead_ = part->investor;
        }
    }
    void finish() {
        end_row();
        if (!out_.flush()) throw std::runtime_error("cannot write the table of rounds");
    }

  private:
    void end_row() {
        if (!round_) return;
        const auto& raised = *round_->raised;
        const bool disclosed = raised.disclosed();
        out_ << *round_->company << ',' << round_->closed->to_string() << ',' << *round_->name << ','
             << (disclosed ? raised.known().to_decimal().to_string() : "") << ','
             << (disclosed ? raised.currency()->code() : "") << ',' << lead_ << ",\"" << investors_ << "\"\n";
        round_.reset();
        investors_.clear();
        lead_.clear();
    }

    std::ofstream out_;
    std::optional<RoundStatement> round_;
    std::string investors_;
    std::string lead_;
};

void write_table(const Market& market) {
    RoundRows rows(table_of_rounds(market));
    market_generator::visit({.companies = market.scale.csv_rows / rounds_a_company, .seed = 1},
                            [&](const Entry& entry) { rows.add(entry); });
    rows.finish();
}

// The time in which libcsv finds the cells of the table.
[[nodiscard]] double parsing_seconds(const std::filesystem::path& table) {
    struct Counts {
        std::size_t cells = 0;
        std::size_t rows = 0;
    } counts;
    const double time = seconds([&] {
        csv_parser parser{};
        if (csv_init(&parser, CSV_STRICT) != 0) throw std::runtime_error("libcsv does not start");
        const auto cell = [](void*, std::size_t, void* all) { ++static_cast<Counts*>(all)->cells; };
        const auto row = [](int, void* all) { ++static_cast<Counts*>(all)->rows; };
        std::ifstream in(table, std::ios::binary);
        std::array<char, std::size_t{1} << 16U> block{};
        while (in.read(block.data(), block.size()), in.gcount() > 0) {
            const auto size = static_cast<std::size_t>(in.gcount());
            if (csv_parse(&parser, block.data(), size, cell, row, &counts) != size)
                throw std::runtime_error("libcsv refuses the table");
        }
        csv_fini(&parser, cell, row, &counts);
        csv_free(&parser);
    });
    if (counts.cells != 7 * counts.rows) throw std::runtime_error("the table has other cells");
    return time;
}

}  // namespace

std::filesystem::path table_of_rounds(const Market& market) {
    return market.folder / "rounds-table.csv";
}

std::string map_of_rounds() {
    return R"({"table": "rounds", "source": {"id": "table", "type": "database"}, "columns": {
        "company": "Company", "closed": "Closed", "name": "Round", "raised": "Money Raised",
        "currency": "Currency", "lead": "Lead Investors", "investor": "Investors"}})";
}

void import_csv(const Market& market, std::vector<Job>& jobs) {
    write_table(market);
    const auto table = table_of_rounds(market);
    const auto [ours, floor] = compare(
        market.scale.rounds,
        [&] {
            postmoney::Ledger ledger = postmoney::Ledger::open(market.fresh("table.db"));
            std::ifstream csv(table, std::ios::binary);
            const postmoney::CsvMap map = postmoney::read_csv_map(map_of_rounds());
            return seconds([&] { postmoney::import_csv(ledger, csv, "table", map); });
        },
        [&] {
            const auto written = raw_twin::write(market.folder / "table.db", market.fresh("raw.db"), 0);
            return parsing_seconds(table) + std::chrono::duration<double>(written.time).count();
        });
    const double number = static_cast<double>(market.scale.csv_rows);
    jobs.push_back({.job = "import CSV",
                    .unit = "us a row",
                    .ours = ours * 1e6 / number,
                    .floor = floor * 1e6 / number,
                    .target = "<= 2"});
}

}  // namespace benchmark_suite
