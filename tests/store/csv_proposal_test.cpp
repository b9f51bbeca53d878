// What is proposed for a table, and what the proposal then records: each case is a table that was once read
// wrongly without a word.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "../refusal.hpp"
#include "postmoney/postmoney.hpp"

using namespace postmoney;
using postmoney::test::refusal;

namespace {

CsvProposal proposed(const std::string& table) {
    std::istringstream in(table);
    return propose_map(read_csv_sample(in, "t.csv"));
}

CsvReport import_by(Ledger& ledger, const std::string& table, const CsvMap& map,
                    const CsvOptions& options = {}) {
    std::istringstream in(table);
    return import_csv(ledger, in, "t.csv", map, options);
}

// The cells of a query, with | between them and a line for each row.
std::string answer_of(const Ledger& ledger, const std::string& sql) {
    std::string text;
    ledger.query(sql, {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                           for (const SqlCell& cell : cells) {
                               if (!text.empty() && text.back() != '\n') text += '|';
                               if (const auto* word = std::get_if<std::string_view>(&cell)) text += *word;
                               if (const auto* number = std::get_if<std::int64_t>(&cell))
                                   text += std::to_string(*number);
                           }
                           text += '\n';
                       }});
    return text;
}

// What is raised in a table, by the map that is proposed for it.
std::string raised_by_proposal(const std::string& table) {
    Ledger ledger = Ledger::in_memory();
    import_by(ledger, table, proposed(table).map);
    return answer_of(ledger, "SELECT company, raised FROM rounds ORDER BY company, round");
}

bool has_remark(const CsvProposal& proposal, const std::string& text) {
    return std::any_of(proposal.remarks.begin(), proposal.remarks.end(),
                       [&](const std::string& remark) { return remark.find(text) != std::string::npos; });
}

// A map of rounds whose amounts stand under that heading.
CsvMap map_of_heading(const std::string& heading, const std::string& more) {
    return read_csv_map(R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": ")" +
                        heading + "\"}" + more + "}");
}

}  // namespace

TEST_CASE("a unit in a heading is no currency, though the letters of a code are in it") {
    for (const std::string heading : {"Amount (Lakhs)", "Amount (Lakh)", "Amount in lacs", "Amount (mils)",
                                      "Raised mils", "Round size (mils)", "Amount (bils)"}) {
        CAPTURE(heading);
        const CsvProposal proposal =
            proposed("Company,Round,Date," + heading + ",Currency\nAlpha,Seed,2024-01-01,15,INR\n");
        CHECK(proposal.map.columns.at("raised") == heading);
        CHECK(proposal.map.units.contains("raised"));
        CHECK(proposal.map.currencies.empty());
        CHECK(
            !proposed("Company,Round,Date," + heading + "\nAlpha,Seed,2024-01-01,15\n").map.amounts.currency);
    }
    CHECK(raised_by_proposal("Company,Round,Amount (Lakhs),Currency\nAlpha,Seed,1500,INR\n") ==
          "Alpha|150.0 million INR\n");
    CHECK(raised_by_proposal("Company,Round,Amount (mils),Currency\nAlpha,Seed,1.5,USD\n") ==
          "Alpha|1.5 million USD\n");
    for (const std::string heading : {"Amount (INR Lakh)", "Amount (₹ lakhs)", "Amount INR lakhs"}) {
        CAPTURE(heading);
        CHECK(raised_by_proposal("Company,Round," + heading + "\nAlpha,Seed,1500\n") ==
              "Alpha|150.0 million INR\n");
    }
    Ledger ledger = Ledger::in_memory();
    CHECK(import_by(ledger, "c,r,Amount (Lakhs)\nA,Seed,1500\n",
                    map_of_heading("Amount (Lakhs)", R"(, "currency": "INR", "units": {"raised": "lakh"})"))
              .imported == 1);
    // A code with a unit in one word is both.
    CHECK(raised_by_proposal("Company,Round,Amount EURm\nAlpha,Seed,1.5\n") == "Alpha|1.5 million EUR\n");
    CHECK(raised_by_proposal("Company,Round,Amount TEUR\nAlpha,Seed,1500\n") == "Alpha|1500 thousand EUR\n");
}

TEST_CASE("years, months and days in one column: the proposed formats read what the default reads") {
    for (const std::string cells :
         {"2021|2020-03-04|2020-05", "2021|2021|2020-05", "2020-Q2|2021|2020-05-06"}) {
        CAPTURE(cells);
        std::string table = "Company,Round,Date,Amount\n";
        std::istringstream in(cells);
        int number = 0;
        for (std::string cell; std::getline(in, cell, '|');)
            table += "A,Round " + std::to_string(++number) + "," + cell + ",$1M\n";
        const CsvProposal proposal = proposed(table);
        CHECK(proposal.remarks.empty());
        Ledger ledger = Ledger::in_memory();
        CHECK(import_by(ledger, table, proposal.map).imported == 3);
        Ledger by_default = Ledger::in_memory();
        CsvMap map = proposal.map;
        map.date_formats.clear();
        import_by(by_default, table, map);
        CHECK(ledger.digest() == by_default.digest());
    }
}

TEST_CASE("a column of numbers of investors is a count, whatever its heading") {
    const std::string names = "SELECT investor FROM participations ORDER BY investor";
    const std::string counts = "SELECT investors FROM rounds ORDER BY round";
    struct Row {
        std::string headings;
        std::string cells;
        std::string names;
        std::string counts;
    };
    for (const Row& row : std::vector<Row>{
             {"# Investors", "3", "", "3\n"},
             {"Investors #", "3", "", "3\n"},
             {"# Investors,Investors", "3,\"Blue Fund, Red Fund\"", "Blue Fund\nRed Fund\n", "3\n"},
             {"Investors,Investor Names", "12,Blue Fund", "Blue Fund\n", "12\n"},
             {"Investors", "12.0", "", "12\n"},
             {"Anzahl Investoren", "4", "", "4\n"},
             {"Nombre d'investisseurs", "4", "", "4\n"},
         }) {
        CAPTURE(row.headings);
        const std::string table =
            "Company,Round,Date," + row.headings + ",Amount\nA,Seed,2024-01-01," + row.cells + ",$1M\n";
        const CsvProposal proposal = proposed(table);
        Ledger ledger = Ledger::in_memory();
        import_by(ledger, table, proposal.map);
        CHECK(answer_of(ledger, names) == row.names);
        CHECK(answer_of(ledger, counts) == row.counts);
    }
    CHECK(has_remark(proposed("Company,Round,Date,Investors,Amount\nA,Seed,2024-01-01,3,$1M\n"),
                     "the column \"Investors\" holds numbers, no names: it is taken for how many invested"));
    // A name may begin with digits.
    CHECK(proposed("Company,Round,Investors\nA,Seed,8VC\nB,Seed,500\n").map.columns.contains("investor"));
}

TEST_CASE("a table of thousands of columns is looked at without a pause") {
    std::string header = "Company,Round,Amount";
    std::string row = "A,Seed,$1M";
    for (int i = 0; i < 8000; ++i) {
        header += ",Note " + std::to_string(i);
        row += ",x";
    }
    CHECK(proposed(header + "\n" + row + "\n").unused.size() == 8000);
}
