// Tables as people have them: what each setting of a map reads, what is refused without it, and what the
// summary says.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "../refusal.hpp"
#include "postmoney/postmoney.hpp"

using namespace postmoney;
using postmoney::test::refusal;

namespace {

Ledger ledger_of_today() {
    Ledger::Options options;
    options.clock = [] { return Timestamp::parse("2025-01-10T09:00:00Z"); };
    return Ledger::in_memory(std::move(options));
}

CsvReport import_table(Ledger& ledger, const std::string& text, const CsvMap& map,
                       const CsvOptions& options = {}) {
    std::istringstream in(text);
    return import_csv(ledger, in, "t.csv", map, options);
}

// Company, handle, raised and instrument of each round.
std::string rounds_of(const Ledger& ledger) {
    std::string text;
    ledger.query("SELECT company, round, raised, instrument FROM rounds ORDER BY round",
                 {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                      for (const SqlCell& cell : cells) {
                          const auto* value = std::get_if<std::string_view>(&cell);
                          text.append(value == nullptr ? "-" : *value).append("|");
                      }
                      text.back() = '\n';
                  }});
    return text;
}

std::vector<std::string> messages_of(const CsvReport& report) {
    std::vector<std::string> texts;
    for (const Error& error : report.refused) texts.emplace_back(error.what());
    return texts;
}

CsvMap rounds_map(const std::string& more = {}) {
    return read_csv_map(
        R"({"table": "rounds", "columns": {"company": "Company", "name": "Round", "raised": "Amount"})" +
        (more.empty() ? "" : ", " + more) + "}");
}

CsvProposal proposal_of(const std::string& table) {
    std::istringstream in(table);
    return propose_map(read_csv_sample(in, "t.csv"));
}

// What one amount cell among others of its column is read as, or why it is not.
std::string amount_in(const std::vector<std::string>& column, const std::string& more = {}) {
    std::string table = "Company,Round,Amount\n";
    for (std::size_t i = 0; i < column.size(); ++i)
        table += "C" + std::to_string(i) + ",Seed,\"" + column[i] + "\"\n";
    Ledger ledger = ledger_of_today();
    const CsvReport report =
        import_table(ledger, table, rounds_map(R"("currency": "EUR", "units": {"raised": "one"})" + more),
                     {.keep_going = true});
    if (!report.refused.empty()) return report.refused.front().message();
    const std::string rounds = rounds_of(ledger);
    const std::size_t start = rounds.find("c0-seed|") + 8;
    return rounds.substr(start, rounds.find('|', start) - start);
}

}  // namespace

TEST_CASE("a lone separator before three digits: settled by its column or by the map, else refused") {
    struct Row {
        std::vector<std::string> column;
        std::string more;
        std::string result;
    };
    const std::string either =
        ", expected one reading, but it can be 25.000 or 25000: the map's \"decimal\" says which";
    const std::string mixed =
        ", expected one mark before the decimals, but cells of the column have either: the map's \"decimal\" "
        "says which";
    for (const Row& row : std::vector<Row>{
             {{"25.000"}, "", "got \"25.000\"" + either},
             {{"25.000"}, R"(, "decimal": ",")", "25000 EUR"},
             {{"25.000"}, R"(, "decimal": "comma")", "25000 EUR"},
             {{"25.500"}, R"(, "decimal": ".")", "25.500 EUR"},
             {{"25.000"}, R"(, "grouping": ".")", "25000 EUR"},
             {{"25.000"}, R"(, "grouping": " ")", "25.000 EUR"},
             {{"25,000"}, R"(, "grouping": "indian")", "25000 EUR"},
             {{"25.000", "1.500.000"}, "", "25000 EUR"},
             {{"25.000", "3,5"}, "", "25000 EUR"},
             {{"25.000", "3.5"}, "", "25.000 EUR"},
             {{"25.000", "1,300,000"}, "", "25.000 EUR"},
             {{"25.000", "0.250"}, "", "25.000 EUR"},
             {{"25.000", "1'300'000"}, "", "got \"25.000\"" + either},
             {{"25.000", "3,5", "2.5"}, "", "got \"25.000\"" + mixed},
             {{"8,8", "1,300,000"}, "", "got \"8,8\"" + mixed},
             {{"8,8", "1,300,000"},
              R"(, "decimal": ".")",
              "got \"8,8\", expected a number as the map's \"decimal\" \".\" has it"},
             {{"1,3000"}, R"(, "decimal": ",")", "1.3000 EUR"},
             {{"1'300'000"},
              R"(, "grouping": ",")",
              "got \"1'300'000\", expected a number as the map's \"grouping\" \",\" has it"},
         }) {
        CAPTURE(row.column.front());
        CAPTURE(row.more);
        CHECK(amount_in(row.column, row.more) == row.result);
    }
}

TEST_CASE("standard input is read once, so that only the map can settle a separator") {
    struct Once : std::stringbuf {
        using std::stringbuf::stringbuf;
        pos_type seekoff(off_type, std::ios_base::seekdir, std::ios_base::openmode) override {
            return pos_type(off_type(-1));
        }
        pos_type seekpos(pos_type, std::ios_base::openmode) override { return pos_type(off_type(-1)); }
    };
    Once buffer("Company,Round,Amount\nA,Seed,\"25.000\"\nB,Seed,\"3500,5\"\n");
    std::istream in(&buffer);
    Ledger ledger = ledger_of_today();
    const CsvReport report =
        import_csv(ledger, in, "-", rounds_map(R"("currency": "EUR")"), {.keep_going = true});
    CHECK(messages_of(report) ==
          std::vector<std::string>{
              "-:2: field \"Amount\": got \"25.000\", expected one reading, but it can be 25.000 or "
              "25000: the map's \"decimal\" says which [bad-amount]"});
    CHECK(report.imported == 1);
}

TEST_CASE("units: a heading that counts in one is refused without it") {
    Ledger ledger = ledger_of_today();
    for (const std::string heading :
         {"Amount (CHF m)", "Amount M", "Amount in Mio. CHF", "amount_mn", "AmountMn", "Betrag T€",
          "Amount ($B)", "amount k", "Raised (mil)", "Importe (miles)", "EURm", "TEUR", "Amount (Cr)",
          "Amount in lakhs", "Amount '000"}) {
        CAPTURE(heading);
        CsvMap map =
            read_csv_map(R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": ")" +
                         heading + R"("}, "currency": "CHF"})");
        CHECK(refusal([&] {
                  import_table(ledger, "c,r,\"" + heading + "\"\nA,Seed,1\n", map);
              }).find("its heading seems to count in a unit") != std::string::npos);
    }
    CsvMap map = read_csv_map(
        R"x({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "Amount (CHF m)"}, "currency": "CHF", "units": {"raised": "million"}})x");
    const CsvReport report =
        import_table(ledger, "c,r,Amount (CHF m)\nA,Seed,3.5\nB,Seed,0.488\nC,Seed,5-7\nD,Seed,2M\n", map,
                     {.keep_going = true});
    CHECK(
        rounds_of(ledger) ==
        "A|a-seed|3.5 million CHF|-\nB|b-seed|0.488 million CHF|-\nC|c-seed|between 5 and 7 million CHF|-\n");
    CHECK(messages_of(report) ==
          std::vector<std::string>{
              "t.csv:5: field \"Amount (CHF m)\": got \"2M\", expected a number without a magnitude of its "
              "own, as the map's \"units\" says that the column counts in million [bad-amount]"});
    map.units = {{"raised", AmountUnit::crore}};
    Ledger other = ledger_of_today();
    import_table(other, "c,r,Amount (CHF m)\nA,Seed,1.5\n", map);
    CHECK(rounds_of(other) == "A|a-seed|15 million CHF|-\n");
}

TEST_CASE("a heading in another currency than the map or the row is refused until the map says") {
    const std::string table = "c,r,raised_amount_usd,cur\nA,Seed,9140000,JPY\n";
    const std::string columns =
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "raised_amount_usd", "currency": "cur"})";
    Ledger ledger = ledger_of_today();
    CHECK(refusal([&] { import_table(ledger, table, read_csv_map(columns + "}")); }) ==
          "t.csv:1: field \"raised_amount_usd\": its heading says USD, and the map another currency or a "
          "column of "
          "currencies: \"currencies\" says which, as {\"raised\": \"USD\"} [mixed-currencies]");
    import_table(ledger, table, read_csv_map(columns + R"(, "currencies": {"raised": "USD"}})"));
    CHECK(rounds_of(ledger) == "A|a-seed|9140000 USD|-\n");
}

TEST_CASE("an amount and the same in US dollars are one, and two dollar figures that differ are reported") {
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "raised", "raised_usd": "raised_usd", "currency": "cur"}})");
    Ledger ledger = ledger_of_today();
    const CsvReport report = import_table(ledger,
                                          "c,r,raised,raised_usd,cur\n"
                                          "A,Seed,1000000000.0,9140000.0,JPY\n"
                                          "B,Seed,2000000,2000000.0,USD\n"
                                          "C,Seed,2M,2100000,USD\n"
                                          "D,Seed,2000000,2100000,USD\n"
                                          "E,Seed,,3000000,JPY\n",
                                          map);
    CHECK(rounds_of(ledger) ==
          "A|a-seed|1000000000.0 JPY|-\nB|b-seed|2000000 USD|-\nC|c-seed|2 million USD|-\nD|d-seed|2000000 "
          "USD|-\nE|e-seed|3000000 USD|-\n");
    CHECK(report.usd_disagreements == 1);
    REQUIRE(report.first_disagreements.size() == 1);
    CHECK(report.first_disagreements[0].row == 5);
    CHECK(report.first_disagreements[0].raised == "2000000 USD");
    CHECK(report.first_disagreements[0].raised_usd == "2100000 USD");
    std::string kept;
    ledger.for_each_entry([&](const LogEntry& entry) { kept += entry.body; });
    CHECK(kept.find(R"("attributes":{"raised_usd":"9140000.0 USD"})") != std::string::npos);
    CHECK(kept.find(R"("attributes":{"raised_usd":"2100000 USD"})") != std::string::npos);
    CHECK(kept.find(R"("attributes":{"raised_usd":"2000000)") == std::string::npos);
}

TEST_CASE(
    "a word of an exit, a grant or debt within a round's name tells what it is, unless it says equity") {
    const std::string table =
        "Company,Round,Amount\nA,Acquired by Foo,$1M\nB,IPO (NASDAQ),$1M\nC,M&A / Exit,$1M\nD,SBIR "
        "Grant,$1M\n"
        "E,Term loan,$1M\nF,Convertible loan note 2,$1M\nG,Pre-IPO round,$1M\nI,Venture Debt Round,$1M\n";
    Ledger ledger = ledger_of_today();
    const CsvReport report = import_table(ledger, table, rounds_map(), {.keep_going = true});
    REQUIRE(report.refused.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(report.refused[i].line() == i + 2);
        CHECK(report.refused[i].code() == ErrorCode::unknown_kind);
    }
    CHECK(rounds_of(ledger) ==
          "D|d-sbir-grant|1 million USD|grant\nE|e-term-loan|1 million USD|debt\n"
          "F|f-convertible-loan-note-2|1 million USD|convertible-note\nG|g-pre-ipo-round|1 million USD|-\n"
          "I|i-venture-debt-round|1 million USD|debt\n");
}

TEST_CASE("an instrument is told by all its words, and what is not surely one is refused") {
    const auto instrument_of = [](const std::string& cell, const std::string& field) {
        const CsvMap map =
            read_csv_map(R"({"table": "rounds", "columns": {"company": "c", "announced": "d", ")" + field +
                         R"(": "w", "raised": "a"}})");
        Ledger ledger = ledger_of_today();
        const CsvReport report =
            import_table(ledger, "c,d,w,a\nA,2024-01-01,\"" + cell + "\",$1M\n", map, {.keep_going = true});
        if (!report.refused.empty()) return std::string("refused");
        const std::string round = rounds_of(ledger);
        return round.substr(round.rfind('|') + 1, round.size() - round.rfind('|') - 2);
    };
    struct Row {
        std::string cell;
        std::string instrument;  // in a column of instruments
        std::string name;        // as a round's name; - says nothing, and counts
    };
    for (const Row& row : std::vector<Row>{
             {"Non-Convertible Debentures", "debt", "debt"},
             {"NCD", "debt", "debt"},
             {"Term loan (non-convertible)", "debt", "debt"},
             {"Nonconvertible Notes", "debt", "debt"},
             {"Obligations non convertibles", "debt", "debt"},
             {"Convertible Preferred Stock", "equity", "-"},
             {"Convertible Preference Shares", "equity", "-"},
             {"Compulsorily Convertible Preference Shares", "equity", "-"},
             {"CCPS", "equity", "-"},
             {"Redeemable Convertible Preferred", "equity", "-"},
             {"Convertible Participating Preferred", "equity", "-"},
             {"Non-convertible Preferred", "equity", "-"},
             {"Series A Convertible Preferred", "equity", "-"},
             {"Preferred Stock and Warrants", "equity", "-"},
             {"Preferred and Common Stock", "equity", "-"},
             {"Ordinary Shares", "equity", "-"},
             {"Convertible Bond", "convertible-note", "convertible-note"},
             {"Convertible Debentures", "convertible-note", "convertible-note"},
             {"Convertible Loan Note", "convertible-note", "convertible-note"},
             {"CLN", "convertible-note", "convertible-note"},
             {"Loan convertible into preferred stock", "convertible-note", "convertible-note"},
             {"Venture Debt", "debt", "debt"},
             {"Venture debt with warrants", "debt", "debt"},
             {"Bridge Loan", "debt", "debt"},
             {"Loan Note", "debt", "debt"},
             {"Corporate Bonds", "debt", "debt"},
             {"Revolving credit", "debt", "debt"},
             {"Revenue-Based Financing", "debt", "debt"},
             {"Pre-IPO debt", "debt", "debt"},
             {"SAFE note", "safe", "-"},
             {"Common Stock (Secondary)", "secondary", "secondary"},
             {"Growth Equity", "refused", "-"},
             {"Debt-free Series A", "refused", "-"},
             {"Equity + Debt", "refused", "refused"},
             {"Series A and grant", "refused", "refused"},
             {"Series B (incl. secondary)", "refused", "refused"},
             {"Primary + Secondary", "refused", "refused"},
             {"Primary and Secondary", "refused", "refused"},
             {"Convertible Note and Venture Debt", "refused", "refused"},
             {"Common Stock and Secondary", "refused", "refused"},
             {"Grant / Loan", "refused", "refused"},
             {"Bridge Note", "refused", "refused"},
             {"Warrants", "refused", "refused"},
         }) {
        CAPTURE(row.cell);
        CHECK(instrument_of(row.cell, "instrument") == row.instrument);
        CHECK(instrument_of(row.cell, "name") == row.name);
        CHECK(instrument_of(row.cell, "stage") == row.name);
    }
}

TEST_CASE("a name of several instruments is refused with what settles it, and a proposal says so before") {
    const std::string table =
        "Company,Round,Date,Amount\nA,Equity + Debt,2024-01-01,$5M\nB,Seed,2024-01-01,$1M\n";
    const CsvProposal proposal = proposal_of(table);
    REQUIRE(proposal.remarks.size() == 1);
    CHECK(proposal.remarks[0].find(R"(the column "Round" holds "Equity + Debt", which will be refused)") ==
          0);
    CHECK(proposal.map.skip.empty());
    Ledger ledger = ledger_of_today();
    CHECK(
        refusal([&] { import_table(ledger, table, rounds_map()); }) ==
        R"(t.csv:2: field "Round": got "Equity + Debt", expected what is surely one instrument: a column for "instrument" says which it is, or the map's "words" what it counts as, as {"name": {"Equity + Debt": "Debt"}}, or "Equity + Debt" for capital that was raised [bad-word])");
    import_table(ledger, table, rounds_map(R"("words": {"name": {"Equity + Debt": "Debt"}})"));
    CHECK(rounds_of(ledger) == "A|a-debt|5 million USD|debt\nB|b-seed|1 million USD|-\n");
    Ledger other = ledger_of_today();
    import_table(other, table, rounds_map(R"("words": {"name": {"Equity + Debt": "Equity + Debt"}})"));
    CHECK(rounds_of(other) == "A|a-equity-plus-debt|5 million USD|-\nB|b-seed|1 million USD|-\n");
}

TEST_CASE("a row of sums is no company, unless the map says so") {
    const std::string table = "Company,Round,Amount\nA,Seed,$1M\nTotal,Seed,$1M\n";
    Ledger ledger = ledger_of_today();
    CHECK(
        refusal([&] { import_table(ledger, table, rounds_map()); }) ==
        "t.csv:3: field \"Company\": got \"Total\", expected a name, not the sum of rows: the map's \"skip\" "
        "leaves such rows out; if it is a name, \"words\" says so, as {\"company\": {\"Total\": \"Total\"}} "
        "[missing-field]");
    import_table(ledger, table, rounds_map(R"("words": {"company": {"Total": "Total"}})"));
    CHECK(rounds_of(ledger) == "A|a-seed|1 million USD|-\nTotal|total-seed|1 million USD|-\n");
}

TEST_CASE("a row of sums is one with a colon, with a count in brackets, and as an average") {
    for (const std::string name : {"Grand Total:", "TOTAL (2)", "Totals [12]", "Average", "Median"}) {
        CAPTURE(name);
        Ledger ledger = ledger_of_today();
        CHECK(refusal([&] {
                  import_table(ledger, "Company,Round,Amount\n" + name + ",Seed,$1M\n", rounds_map());
              }).find("not the sum of rows") != std::string::npos);
    }
    Ledger ledger = ledger_of_today();
    import_table(ledger, "Company,Round,Amount\nTotal Wine (2),Seed,$1M\nAverage Joe,Seed,$1M\n",
                 rounds_map());
    CHECK(rounds_of(ledger) ==
          "Average Joe|average-joe-seed|1 million USD|-\nTotal Wine (2)|total-wine-2-seed|1 million USD|-\n");
}

TEST_CASE("names: gaps of any width are one space, and a formula is refused") {
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "a", "investor": "i"}})");
    Ledger ledger = ledger_of_today();
    import_table(ledger, "c,r,a,i\nAcme  Inc,Seed,$1M,Foo \t Fund\nAcme Inc,Series A,$2M,Foo Fund\n", map);
    CHECK(ledger.total_raised("Acme Inc").front().known->to_string() == "3000000.00 USD");
    CHECK(ledger.investments("Foo Fund").size() == 2);
    CHECK(
        refusal([&] {
            import_table(ledger, "c,r,a,i\n\"=HYPERLINK(\"\"x\"\",\"\"Acme\"\")\",Seed,$1M,\n", map);
        }) ==
        R"x(t.csv:2: field "c": got "=HYPERLINK("x","Acme")", expected a name, not a formula: save what the sheet shows as CSV [bad-text])x");
}

TEST_CASE("names: what shows nothing is no part of one, and joins no other name") {
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "a", "investor": "i"}})");
    Ledger ledger = ledger_of_today();
    import_table(ledger,
                 "c,r,a,i\nAcme,Seed,$1M,Blue Fund\nAcme\u200b,Series A,$2M,\ufeffBlue Fund\n"
                 "Ac\u00adme,Series\u2060 B,$3M,Blue\u200b Fund\u200d\n\u0645\u06cc\u200c\u062e,Seed,$1M,\n"
                 "Beta,De\u200bbt,$1M,\n",
                 map);
    CHECK(ledger.total_raised("Acme").front().known->to_string() == "6000000.00 USD");
    CHECK(ledger.investments("Blue Fund").size() == 3);
    CHECK(rounds_of(ledger) ==
          "Acme|acme-seed|1 million USD|-\nAcme|acme-series-a|2 million USD|-\n"
          "Acme|acme-series-b|3 million USD|-\nBeta|beta-debt|1 million USD|debt\n"
          "\u0645\u06cc\u200c\u062e|\u0645\u06cc\u200c\u062e-seed|1 million USD|-\n");
}

TEST_CASE("lists of investors: a line parts names, and words around a name are no part of it") {
    const auto read = [](const std::string& cell) {
        const CsvMap map = read_csv_map(
            R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "a", "investor": "i"}})");
        Ledger ledger = ledger_of_today();
        import_table(ledger, "c,r,a,i\nAcme,Seed,$1M,\"" + cell + "\"\n", map);
        std::string found;
        ledger.query("SELECT investor, lead FROM participations ORDER BY investor",
                     {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                          found += std::get<std::string_view>(cells[0]);
                          const auto* lead = std::get_if<std::int64_t>(&cells[1]);
                          found += lead != nullptr && *lead != 0 ? "* | " : " | ";
                      }});
        ledger.for_each_entry([&](const LogEntry& entry) {
            const std::string start = R"("attributes":{"i":")";
            const std::size_t at = entry.body.find(start);
            if (at == std::string::npos) return;
            const std::size_t value = at + start.size();
            found += "not: " + entry.body.substr(value, entry.body.find('"', value) - value);
        });
        return found;
    };
    struct Row {
        std::string cell;
        std::string found;
    };
    for (const Row& row : std::vector<Row>{
             {"Blue Fund\nRed Capital\r\nGreen", "Blue Fund | Green | Red Capital | "},
             {"Blue Fund,\nRed Capital", "Blue Fund | Red Capital | "},
             {"Harbour Partners,\r\nLLC\r\nRed Capital", "Harbour Partners, LLC | Red Capital | "},
             {"Blue Fund and others", "Blue Fund | not: others"},
             {"Blue Fund & 3 others", "Blue Fund | not: 3 others"},
             {"Red Capital, Blue Fund and Existing Investors",
              "Blue Fund | Red Capital | not: Existing Investors"},
             {"Blue Fund et al.", "Blue Fund | not: et al."},
             {"Blue Fund und weitere", "Blue Fund | not: weitere"},
             {"Bread & More, Smith and Angel", "Bread & More | Smith and Angel | "},
             {"Friends and Family", "not: Friends and Family"},
             {"Red Capital, with participation from Blue Fund", "Blue Fund | Red Capital | "},
             {"led by Red Capital with participation from Blue Fund, Green and others",
              "Blue Fund | Green | Red Capital* | not: others"},
             {"Red Capital, Green, and Blue Fund", "Blue Fund | Green | Red Capital | "},
             {"And Capital, Red Capital", "And Capital | Red Capital | "},
         }) {
        CAPTURE(row.cell);
        CHECK(read(row.cell) == row.found);
    }
    CHECK(refusal([] {
              Ledger ledger = ledger_of_today();
              import_table(ledger, "company,round,investor,amount\nA,Seed,\"Blue\nRed\",$1M\n",
                           built_in_map("investments"));
          }).find("expected one investor, as a row is one's part") != std::string::npos);
}

TEST_CASE("an amount of a few units is refused until the map says what its column counts in") {
    const std::string table = "Company,Round,Amount\nA,Seed,2.0\nB,Seed,$5-7\n";
    const std::string dollars = R"("currency": "USD")";
    Ledger ledger = ledger_of_today();
    const CsvReport report = import_table(ledger, table, rounds_map(dollars), {.keep_going = true});
    const std::string expected =
        R"(expected an amount of 1000 or more, unless the map's "units" says what the column counts in, as {"raised": "million"} or "one" [bad-amount])";
    CHECK(messages_of(report) ==
          std::vector<std::string>{"t.csv:2: field \"Amount\": got \"2.0\", " + expected,
                                   "t.csv:3: field \"Amount\": got \"$5-7\", " + expected});
    import_table(ledger, table, rounds_map(dollars + R"(, "units": {"raised": "million"})"));
    CHECK(rounds_of(ledger) == "A|a-seed|2.0 million USD|-\nB|b-seed|between 5 and 7 million USD|-\n");
    Ledger ones = ledger_of_today();
    import_table(ones, table, rounds_map(dollars + R"(, "units": {"raised": "one"})"));
    CHECK(rounds_of(ones) == "A|a-seed|2.0 USD|-\nB|b-seed|between 5 and 7 USD|-\n");
}

TEST_CASE("shares and prices have the unit and the currency of their heading, or the map has to say") {
    const std::string table = "c,r,a,Shares (m),Price (EUR),cur\nA,Seed,5000000,1.5,1.25,USD\n";
    const std::string columns =
        R"x({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "a", "currency": "cur", "shares": "Shares (m)", "price_per_share": "Price (EUR)"})x";
    const auto refused = [&](const std::string& more) {
        Ledger ledger = ledger_of_today();
        return refusal([&] { import_table(ledger, table, read_csv_map(columns + more + "}")); });
    };
    CHECK(
        refused("") ==
        R"x(t.csv:1: field "Price (EUR)": its heading says EUR, and the map another currency or a column of currencies: "currencies" says which, as {"price_per_share": "EUR"} [mixed-currencies])x");
    const std::string in_euro = R"(, "currencies": {"price_per_share": "EUR"})";
    CHECK(
        refused(in_euro) ==
        R"x(t.csv:1: field "Shares (m)": its heading seems to count in a unit: the map's "units" says in which, as {"shares": "million"}, or "one" [missing-field])x");
    Ledger ledger = ledger_of_today();
    import_table(ledger, table, read_csv_map(columns + in_euro + R"(, "units": {"shares": "million"}})"));
    std::string kept;
    ledger.for_each_entry([&](const LogEntry& entry) { kept += entry.body; });
    CHECK(kept.find(R"("price_per_share":"1.25 EUR")") != std::string::npos);
    CHECK(kept.find(R"("shares_issued":"1500000")") != std::string::npos);
}

TEST_CASE("a currency's cell is a code, a sign or a name") {
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "a", "currency": "cur"}})");
    Ledger ledger = ledger_of_today();
    const CsvReport report =
        import_table(ledger,
                     "c,r,a,cur\nA,S,1000000,$\nB,S,1000000,Euro\nC,S,1000000,US Dollars "
                     "(USD)\nD,S,1000000,GBP\nE,S,1000000,k\nF,S,1000000,krone\n",
                     map, {.keep_going = true});
    CHECK(rounds_of(ledger) ==
          "A|a-s|1000000 USD|-\nB|b-s|1000000 EUR|-\nC|c-s|1000000 USD|-\nD|d-s|1000000 GBP|-\n");
    const std::string expected =
        R"(, expected a code of ISO 4217 or of the ledger, or the sign or name of one currency; the map's "words" translates others [unknown-currency])";
    CHECK(messages_of(report) ==
          std::vector<std::string>{"t.csv:6: field \"cur\": got \"k\"" + expected,
                                   "t.csv:7: field \"cur\": got \"krone\"" + expected});
}

TEST_CASE("pence are not read as pounds, in a cell, beside a price or in a column of currencies") {
    const std::string pence = "expected GBP, as GBp looks like its hundredth: 25 GBp would be 0.25 GBP";
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "a", "currency": "cur", "price_per_share": "p"}})");
    Ledger ledger = ledger_of_today();
    const CsvReport report =
        import_table(ledger,
                     "c,r,a,cur,p\nA,S,25m GBp,,\nB,S,25000000,GBp,\nC,S,25000000,Pence "
                     "(GBp),\nD,S,,,125 GBp\nE,S,25000000,gbx,\nF,S,25000000,gbp,125 GBP\n",
                     map, {.keep_going = true});
    CHECK(rounds_of(ledger) == "F|f-s|25000000 GBP|-\n");
    const std::vector<std::string> messages = messages_of(report);
    REQUIRE(messages.size() == 5);
    for (std::size_t i = 0; i < 4; ++i) CHECK(messages[i].find(pence) != std::string::npos);
    CHECK(messages[4].find("expected GBP, as GBX looks like its hundredth") != std::string::npos);
}

TEST_CASE("a formula that failed is no empty cell") {
    CHECK(amount_in({"#REF!"}).starts_with("got \"#REF!\", expected an amount such as"));
    CHECK(amount_in({"#N/A"}) == "-");
    CHECK(amount_in({"#REF!"}, R"(, "blank": ["#REF!"])") == "undisclosed");
}

TEST_CASE(
    "a round of another company has a handle that is made alike: the refusal says what tells them "
    "apart") {
    Ledger ledger = ledger_of_today();
    CHECK(
        refusal([&] {
            import_table(ledger, "Company,Round,Amount\nA,B Seed,$1M\nA B,Seed,$2M\n", rounds_map());
        }) ==
        R"(t.csv:3: field "Company": got "A B", expected the company of round "a-b-seed", "A"; the map's "handle" or a column for "round" tells rounds apart [wrong-company])");
}

TEST_CASE("UTF-16 without a byte-order mark is refused by its name") {
    Ledger ledger = ledger_of_today();
    CHECK(refusal([&] { import_table(ledger, std::string("C\0,\0R\0\n\0", 8), rounds_map()); }) ==
          "t.csv: seems to be UTF-16 without a byte-order mark, expected UTF-8, or UTF-16 with one "
          "[bad-text]");
}

TEST_CASE("a dry run counts what may be one round too") {
    Ledger ledger = ledger_of_today();
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "a", "announced": "d"}})");
    const std::string table =
        "c,r,a,d\nA,Seed,$1M,2020-01-01\nA,Bridge,$1M,2020-02-01\nA,Late,$1M,2022-02-01\n";
    CHECK(import_table(ledger, table, map, {.dry_run = true}).maybe_one_round == 1);
    CHECK(ledger.size() == 0);
    CHECK(import_table(ledger, table, map).maybe_one_round == 1);
    CHECK(import_table(ledger, table, map).maybe_one_round == 0);
}

TEST_CASE("headings of databases: the table that they show is proposed, in the unit that it counts in") {
    struct Row {
        std::string table;
        std::string more;  // that a person adds to the map
        std::string rounds;
    };
    for (const Row& row :
         std::vector<Row>{{"Companies,Deal ID,Deal Date,Deal Size,Post Valuation,Deal "
                           "Type\nLarkspur,1-T,03-May-2021,2.5,11,"
                           "Seed Round\n",
                           R"("currency":"USD")", "Larkspur|1-T|2.5 million USD|-\n"},
                          {"Company Name,Round Date,Round Name,Round Amount (in USD),Institutional "
                           "Investors\nLarkspur,2021-05-03,Seed,\"2,500,000\",Red Fund\n",
                           "", "Larkspur|larkspur-seed-2021-05-03|2500000 USD|-\n"},
                          {"Companies,Total Funding,Latest Funding Date,Latest Funding Round,Latest Funding "
                           "Amount,Latest "
                           "Funding Investors\nLarkspur,$4M,5/3/2021,Seed VC,$2.5M,\"Red Fund, Blue Fund\"\n",
                           "", "Larkspur|larkspur-seed-vc-2021-05-03|2.5 million USD|-\n"}}) {
        CAPTURE(row.table);
        CsvProposal proposal = proposal_of(row.table);
        CHECK(proposal.complete);
        CsvMap map = proposal.map;
        map.source.published = PartialDate::parse("2024-01-01");
        if (map.date_formats.size() > 1) map.date_formats = {"M/D/YYYY"};
        if (!row.more.empty()) map.amounts.currency = "USD";
        Ledger ledger = ledger_of_today();
        import_table(ledger, row.table, map);
        CHECK(rounds_of(ledger) == row.rounds);
    }
    const CsvProposal pitchbook = proposal_of("Companies,Deal Date,Deal Size\nLarkspur,2021-05-03,2.5\n");
    CHECK(pitchbook.map.units.at("raised") == AmountUnit::million);
    CHECK(pitchbook.remarks.front() ==
          "the column \"Deal Size\" has no amount of 10000 or more, and PitchBook counts in millions: "
          "check "
          "\"units\" before use");
    const CsvProposal dealroom = proposal_of(
        "NAME,LAUNCH YEAR,HQ COUNTRY,TOTAL FUNDING (EUR M),VALUATION,VALUATION "
        "CURRENCY\nLarkspur,2015,FR,12.5,"
        "90,EUR\n");
    CHECK(dealroom.map.table == CsvTable::companies);
    CHECK(dealroom.map.columns.at("total_raised") == "TOTAL FUNDING (EUR M)");
    CHECK(dealroom.map.columns.at("founded") == "LAUNCH YEAR");
    CHECK(dealroom.map.columns.at("country") == "HQ COUNTRY");
    CHECK(dealroom.map.columns.at("valuation_currency") == "VALUATION CURRENCY");
    CHECK(dealroom.map.units.at("total_raised") == AmountUnit::million);
    CHECK(dealroom.map.currencies.at("total_raised") == "EUR");
}

TEST_CASE("rows that are no rounds: refused by name, left out by skip, told by words") {
    const std::string table =
        "Company,Round,Amount\nA,VC,$4M\nA,EXIT,$90M\nB,Grant,$150k\nB,IPO,$50M\nC,Debt "
        "financing,$1M\nD,Wandeldarlehen,$2M\n";
    Ledger ledger = ledger_of_today();
    CsvReport report = import_table(ledger, table, rounds_map(), {.keep_going = true});
    CHECK(messages_of(report) ==
          std::vector<std::string>{"t.csv:3: field \"Round\": got \"EXIT\", expected a round: this is an "
                                   "exit: what a buyer pays is no capital "
                                   "that the company raised. The map's \"skip\" leaves such rows out, "
                                   "\"words\" says what else it means [unknown-kind]",
                                   "t.csv:5: field \"Round\": got \"IPO\", expected a round: this is money "
                                   "of the stock exchange. The map's \"skip\" "
                                   "leaves such rows out, \"words\" says what else it means [unknown-kind]"});
    CHECK(rounds_of(ledger) ==
          "A|a-vc|4 million USD|-\nB|b-grant|150 thousand USD|grant\nC|c-debt-financing|1 million "
          "USD|debt\n"
          "D|d-wandeldarlehen|2 million USD|convertible-note\n");
    CHECK(report.inferred_instruments ==
          std::map<std::string, std::int64_t>{{"convertible-note", 1}, {"debt", 1}, {"grant", 1}});
    Ledger other = ledger_of_today();
    report = import_table(other, table, rounds_map(R"("skip": {"Round": ["EXIT", "Grant", "IPO"]})"));
    CHECK(report.skipped == 3);
    CHECK(report.rows == 3);
    Ledger third = ledger_of_today();
    import_table(third, "Company,Round,Amount\nA,Exit,$4M\n",
                 rounds_map(R"("words": {"name": {"Exit": "Series Exit"}})"));
    CHECK(rounds_of(third) == "A|a-series-exit|4 million USD|-\n");
}

TEST_CASE("words of a map are translated, and checked when the map is read") {
    const std::string columns =
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "a", "instrument": "i"}, "words": )";
    Ledger ledger = ledger_of_today();
    import_table(ledger, "c,r,a,i\nA,Seed,$1M,Beteiligung\nB,Seed,$1M,Convertible Note\n",
                 read_csv_map(columns + R"({"instrument": {"Beteiligung": "equity"}}})"));
    CHECK(rounds_of(ledger) == "A|a-seed|1 million USD|equity\nB|b-seed|1 million USD|convertible-note\n");
    CHECK(refusal([&] {
              import_table(ledger, "c,r,a,i\nC,Seed,$1M,Anteile\n", read_csv_map(columns + "{}}"));
          }) ==
          "t.csv:2: field \"i\": got \"Anteile\", expected equity, safe, convertible-note, debt, grant, "
          "secondary, token or "
          "other; the map's \"words\" translates others [bad-word]");
    CHECK(
        refusal([&] { static_cast<void>(read_csv_map(columns + R"({"instrument": {"x": "shares"}}})")); }) ==
        "field \"words.instrument.x\": got \"shares\", expected equity, safe, convertible-note, debt, "
        "grant, "
        "secondary, "
        "token or other [bad-word]");
}

TEST_CASE("what is refused in a map's new members") {
    struct Row {
        std::string more;
        std::string message;
    };
    for (const Row& row : std::vector<Row>{
             {R"("decimal": ";")", "field \"decimal\": got \";\", expected . or , [bad-word]"},
             {R"("grouping": "-")",
              "field \"grouping\": got \"-\", expected ,, .,  , ' or indian [bad-word]"},
             {R"("decimal": ",", "grouping": "indian")",
              "field \"grouping\": got \"indian\", expected another sign than \"decimal\" [bad-word]"},
             {R"("units": {"raised": "dozen"})",
              "field \"units.raised\": got \"dozen\", expected one, thousand, million, billion, "
              "trillion, "
              "lakh or crore [bad-word]"},
             {R"("units": {"name": "million"})",
              "field \"units.name\": holds no amounts, prices or shares, which alone have units "
              "[unknown-field]"},
             {R"("units": {"pre_money": "million"})",
              "field \"units.pre_money\": unknown, expected a field of \"columns\" [unknown-field]"},
             {R"("zero": "nothing")",
              "field \"zero\": got \"nothing\", expected undisclosed or disclosed [bad-word]"},
             {R"("century_turn": 170)",
              "field \"century_turn\": got \"170\", expected a whole number from 0 to 100 [bad-type]"},
             {R"("investor_rows": "yes")",
              "field \"investor_rows\": got \"\"yes\"\", expected true or false [bad-type]"},
             {R"("investor_rows": true)",
              "field \"investor_rows\": got \"true\", expected a table of rounds with a column for "
              "\"investor\" [bad-word]"},
             {R"("separator": [])",
              "field \"separator\": got \"\", expected a text that is not empty [bad-text]"},
             {R"("language": "nl")",
              "field \"language\": got \"nl\", expected en, it, de, fr, es or pt [bad-word]"},
             {R"("skip": {"Round": 1})",
              "field \"skip.Round\": got \"1\", expected a JSON array of strings [bad-type]"},
         }) {
        CAPTURE(row.more);
        CHECK(refusal([&] { static_cast<void>(rounds_map(row.more)); }) == row.message);
    }
    Ledger ledger = ledger_of_today();
    CHECK(refusal([&] {
              import_table(ledger, "Company,Round,Amount\n", rounds_map(R"("skip": {"Typ": ["Exit"]})"));
          }) ==
          "t.csv:1: field \"Typ\": no such column, though the map has it for \"skip\"; the header has "
          "Company, Round, Amount "
          "[missing-field]");
}

TEST_CASE("a row for each investor: the amount is the round's, and other amounts of it are refused") {
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "investor_rows": true, "columns": {"company": "c", "name": "r", "raised": "a", "investor": "i", "lead": "l"}})");
    Ledger ledger = ledger_of_today();
    const std::string table =
        "c,r,a,i,l\nA,Seed,$4M,Blue Fund,yes\nA,Seed,$4M,Red Fund,no\nB,Seed,$1M,and others,\n";
    CHECK(import_table(ledger, table, map).imported == 3);
    CHECK(rounds_of(ledger) == "A|a-seed|4 million USD|-\nB|b-seed|1 million USD|-\n");
    CHECK(ledger.total_raised("A").front().known->to_string() == "4000000.00 USD");
    const auto blue = ledger.investments("Blue Fund");
    REQUIRE(blue.size() == 1);
    CHECK(blue.front().lead == true);
    CHECK(refusal([&] { import_table(ledger, table + "A,Seed,$3M,Green Fund,\n", map); }) ==
          "t.csv:5: field \"a\": got \"3 million USD\", expected 4 million USD, as row 2 has it for the "
          "same "
          "round. If these "
          "are parts of it, the map's \"table\" is investments [bad-amount]");
}

TEST_CASE("the lists of investors: separators, legal forms, placeholders, names on record") {
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "investor": "i"}, "separator": [",", " & "]})");
    Ledger ledger = ledger_of_today();
    ledger.record(Entry{.content = Party{.name = "Smith & Jones"}});
    import_table(ledger,
                 "c,r,i\nA,Seed,\"Blue Fund, Smith & Jones, Harbour Partners, LLC & Green Fund, business "
                 "angels, existing "
                 "investors\"\n",
                 map);
    std::string names;
    std::string kept;
    ledger.for_each_entry([&](const LogEntry& entry) { kept += entry.body + "\n"; });
    ledger.query("SELECT investor FROM participations ORDER BY investor",
                 {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                      names += std::string(std::get<std::string_view>(cells[0])) + "|";
                  }});
    CHECK(names == "Blue Fund|Green Fund|Harbour Partners, LLC|Smith & Jones|");
    CHECK(kept.find(R"("attributes":{"i":"business angels, existing investors"})") != std::string::npos);
}

TEST_CASE("what a list says of who led is no part of the name") {
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "investor": "i", "lead": "l"}, "optional": ["lead"]})");
    const auto leads = [&](const std::string& table, const CsvMap& by) {
        Ledger ledger = ledger_of_today();
        import_table(ledger, table, by);
        std::string text;
        ledger.query("SELECT investor, coalesce(lead, 0) FROM participations ORDER BY investor",
                     {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                          text += std::string(std::get<std::string_view>(cells[0])) +
                                  (std::get<std::int64_t>(cells[1]) != 0 ? "+|" : "|");
                      }});
        return text;
    };
    CHECK(leads("c,r,i\nA,S,\"Blue Fund (lead), Red Fund [Lead], Green (Lead Investor), Sequoia (China), "
                "Grey - Co-Lead, led by Pink, Leader Capital\"\n",
                map) == "Blue Fund+|Green+|Grey+|Leader Capital|Pink+|Red Fund+|Sequoia (China)|");
    CHECK(leads("c,r,i,l\nA,S,\"Blue Fund (lead), Red Fund\",\n", map) == "Blue Fund+|Red Fund|");
    CHECK(leads("c,r,i,l\nA,S,\"Blue Fund (lead), Red Fund\",Red Fund\n", map) == "Blue Fund+|Red Fund+|");
    CHECK(
        refusal([&] { leads("c,r,i,l\nA,S,Blue Fund (lead),no\n", map); }) ==
        R"(t.csv:2: field "l": got "no", expected what the row's list of investors says: that "Blue Fund" led [bad-text])");
    const CsvMap parts = read_csv_map(
        R"({"table": "investments", "columns": {"company": "c", "name": "r", "investor": "i", "lead": "l"}, "optional": ["lead"]})");
    CHECK(leads("c,r,i\nA,S,Blue Fund (Lead)\nA,S,Red Fund\n", parts) == "Blue Fund+|Red Fund|");
    CHECK(refusal([&] {
              leads("c,r,i,l\nA,S,Blue Fund (lead),no\n", parts);
          }).find("that \"Blue Fund\" led") != std::string::npos);
}

TEST_CASE("a number is nobody's name in a column of investors") {
    const std::string columns = R"("columns": {"company": "c", "name": "r", "investor": "i"}})";
    for (const std::string table : {"rounds", "investments"}) {
        const CsvMap map = read_csv_map(R"({"table": ")" + table + "\", " + columns);
        Ledger ledger = ledger_of_today();
        const CsvReport report =
            import_table(ledger, "c,r,i\nA,S,3\nB,S,1.200+\nC,S,3i\n", map, {.keep_going = true});
        CHECK(
            messages_of(report) ==
            std::vector<std::string>{
                R"(t.csv:2: field "i": got "3", expected a name, not a number: a column of how many invested stands under "investors"; if it is a name, "words" says so, as {"investor": {"3": "3"}} [bad-text])",
                R"(t.csv:3: field "i": got "1.200+", expected a name, not a number: a column of how many invested stands under "investors"; if it is a name, "words" says so, as {"investor": {"1.200+": "1.200+"}} [bad-text])"});
    }
    const CsvMap lists =
        read_csv_map(R"({"table": "rounds", "columns": {"company": "c", "name": "r", "investor": "i"}})");
    CHECK(refusal([&] {
              Ledger figures = ledger_of_today();
              import_table(figures, "c,r,i\nA,S,\"Blue Fund, Red Fund ($1M)\"\n", lists);
          }).find("got \"Red Fund ($1M)\", expected a name without a figure") != std::string::npos);
    Ledger kept = ledger_of_today();
    CHECK(
        import_table(kept, "c,r,i\nA,S,\"Blue Fund (2), Sequoia (China), Fund (No. 3)\"\n", lists).imported ==
        1);
    const CsvMap said = read_csv_map(
        R"({"table": "rounds", "words": {"investor": {"500": "500"}}, "columns": {"company": "c", "name": "r", "investor": "i"}})");
    Ledger ledger = ledger_of_today();
    CHECK(import_table(ledger, "c,r,i\nA,S,500\n", said).imported == 1);
}

TEST_CASE("two amounts of one investor under two of its names are refused as under one") {
    Ledger ledger = ledger_of_today();
    ledger.record(Entry{.content = Party{.name = "Blue Fund", .aliases = {"Blue Fund LP"}}});
    const CsvMap map = read_csv_map(
        R"({"table": "investments", "currency": "EUR", "columns": {"company": "c", "name": "r", "investor": "i", "amount": "a"}})");
    CHECK(refusal([&] {
              import_table(ledger, "c,r,i,a\nA,S,Blue Fund,1m\nA,S,Red Fund,1m\nA,S,Blue Fund LP,2m\n", map);
          }).find("got \"2 million EUR\", expected 1 million EUR, as row 2 has it for the same investor") !=
          std::string::npos);
}

TEST_CASE("a name with a colon is an id only by its scheme") {
    const CsvMap map =
        read_csv_map(R"({"table": "rounds", "columns": {"company": "c", "name": "r", "investor": "i"}})");
    Ledger ledger = ledger_of_today();
    CHECK(
        import_table(ledger, "c,r,i\nre:cap,Seed,b2:ventures\nre:cap,Series A,b2:ventures\n", map).imported ==
        2);
    CHECK(ledger.party("re:cap").name == "re:cap");
    CHECK(ledger.investments("b2:ventures").size() == 2);
    CHECK(refusal([&] { import_table(ledger, "c,r,i\nlei:529900T8BM49AURSDO55,Seed,\n", map); }) ==
          "t.csv:2: field \"c\": got \"lei:529900T8BM49AURSDO55\", expected the id of a party on record "
          "[unknown-party]");
}

TEST_CASE("zero is undisclosed unless the map says otherwise") {
    Ledger ledger = ledger_of_today();
    const std::string table = "Company,Round,Amount\nA,Seed,0\nB,Seed,$0\nC,Seed,5000\n";
    const CsvReport report = import_table(ledger, table, rounds_map(R"("currency": "EUR")"));
    CHECK(report.zeros == 2);
    CHECK(rounds_of(ledger) == "A|a-seed|undisclosed|-\nB|b-seed|undisclosed|-\nC|c-seed|5000 EUR|-\n");
    Ledger other = ledger_of_today();
    import_table(other, table, rounds_map(R"("currency": "EUR", "zero": "disclosed")"));
    CHECK(rounds_of(other) == "A|a-seed|0 EUR|-\nB|b-seed|0 USD|-\nC|c-seed|5000 EUR|-\n");
}

TEST_CASE("valuations, counts, leads, prices, shares, totals and a source by row") {
    const CsvMap map =
        read_csv_map(R"({"table": "rounds", "columns": {"company": "c", "name": "r", "announced": "d",
        "raised": "a", "currency": "cur", "investors": "n", "lead": "l", "pre_money": "pre", "post_money": "post",
        "price_per_share": "p", "shares": "s", "total_raised": "t", "as_of": "as of", "source_url": "u", "source_date": "ud",
        "source_type": "ut"}})");
    Ledger ledger = ledger_of_today();
    import_table(ledger,
                 "c,r,d,a,cur,n,l,pre,post,p,s,t,as of,u,ud,ut\n"
                 "A,Series A,2021-03-01,10000000,EUR,3.0,Blue "
                 "Fund,40000000,50000000,2.50,4000000,12000000,2022-01-01,"
                 "https://example.com/a,2021-03-02,press\n",
                 map);
    std::string kept;
    ledger.for_each_entry([&](const LogEntry& entry) { kept += entry.body + "\n"; });
    for (
        const std::string part :
        {R"({"id":"https://example.com/a","kind":"source","published":"2021-03-02","type":"press","url":"https://example.com/a"})",
         R"("investors":3)", R"("price_per_share":"2.50 EUR")", R"("shares_issued":"4000000")",
         R"({"investor":"Blue Fund","kind":"participation","lead":true,"round":"a-series-a-2021-03-01","source":"https://example.com/a"})",
         R"("amount":"40000000 EUR","as_written":"40000000","basis":"pre-money","company":"A","kind":"valuation","on":"2021-03-01","round":"a-series-a-2021-03-01")",
         R"("basis":"post-money")",
         R"("amount":"12000000 EUR","as_written":"12000000","company":"A","kind":"stated_total","on":"2022-01-01")"}) {
        CAPTURE(part);
        CHECK(kept.find(part) != std::string::npos);
    }
    CHECK(ledger.verify().ok);
}

TEST_CASE("encodings: windows-1252, UTF-16 by its byte-order mark, and a workbook that is none") {
    Ledger ledger = ledger_of_today();
    CsvMap map = rounds_map(R"("encoding": "windows-1252")");
    import_table(ledger,
                 "Company,Round,Amount\nLARK\x92S,Seed,\x80"
                 "3.5M\n",
                 map);
    CHECK(rounds_of(ledger) == "LARK’S|lark’s-seed|3.5 million EUR|-\n");
    for (const bool little : {true, false}) {
        std::string utf16 = little ? "\xFF\xFE" : "\xFE\xFF";
        for (const char16_t unit :
             std::u16string(u"Company,Round,Amount\r\nCaf\u00e9 \U0001F600,Seed,\u20ac3.5M\r\n")) {
            const char low = static_cast<char>(unit & 0xFFU);
            const char high = static_cast<char>(unit >> 8U);
            utf16 += little ? low : high;
            utf16 += little ? high : low;
        }
        Ledger other = ledger_of_today();
        import_table(other, utf16, map);
        CHECK(rounds_of(other).starts_with("Café 😀|"));
    }
    CHECK(refusal([&] { import_table(ledger, "PK\x03\x04....", map); }) ==
          "t.csv: is a workbook (.xlsx, .ods or .xls), expected CSV: `libreoffice --convert-to csv` writes "
          "its first sheet as "
          "one; what it has computed keeps 15 digits [bad-text]");
}

TEST_CASE("the summary: columns not used, and rounds that may be one") {
    Ledger ledger = ledger_of_today();
    const CsvMap map = read_csv_map(
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "announced": "d", "raised": "a"}, "skip": {"kind": ["x"]}})");
    const CsvReport report = import_table(ledger,
                                          "c,r,d,a,City,kind,Note\nA,Series D,2022-01,$250M,Ulm,,\nA,Series "
                                          "D,2022-02,$250M,Ulm,,\nB,Seed,2022-02,$250M,Ulm,,\n",
                                          map);
    CHECK(report.unused_columns == std::vector<std::string>{"City", "Note"});
    CHECK(report.maybe_one_round == 1);
}

TEST_CASE("rows that share company, name and date are one round, and two amounts of it are counted") {
    Ledger ledger = ledger_of_today();
    const CsvReport report = import_table(
        ledger, "Company,Round,Amount\nA,Seed,$1M\nA,Seed,$2M\nB,Seed,$1M\nB,Seed,$1M\n", rounds_map());
    CHECK(report.two_amounts == 1);
}

TEST_CASE("a proposal: titles of rounds are no companies, and a table of organizations is none of rounds") {
    CsvProposal proposal =
        proposal_of("Name,Type,Announced,Amount\nSeries A - Acme,Venture,2021-01-01,$5M\n");
    CHECK(!proposal.complete);
    proposal = proposal_of("name,type,country_code,total_funding\nAcme,organization,USA,1000000\n");
    CHECK(proposal.map.table == CsvTable::companies);
    CHECK(proposal.map.columns.at("name") == "name");
}

TEST_CASE("a proposal: what a row is follows from the data") {
    const std::string headings = "company,round,date,investor,amount\n";
    CsvProposal proposal =
        proposal_of(headings + "A,Seed,2021-01-02,Blue Fund,$4M\nA,Seed,2021-01-02,Red Fund,$4M\n");
    CHECK(proposal.complete);
    CHECK(proposal.map.table == CsvTable::rounds);
    CHECK(proposal.map.investor_rows);
    proposal = proposal_of(headings + "A,Seed,2021-01-02,Blue Fund,$4M\nA,Seed,2021-01-02,Red Fund,$1M\n");
    CHECK(proposal.map.table == CsvTable::investments);
    proposal = proposal_of(
        "company,round,date,investor,investment\nA,Seed,2021-01-02,Blue Fund,$4M\nA,Seed,2021-01-02,Red "
        "Fund,$4M\n");
    CHECK(!proposal.complete);
    proposal = proposal_of(headings + "A,Seed,2021-01-02,Blue Fund,$4M\nB,Seed,2021-01-02,Red Fund,$1M\n");
    CHECK(!proposal.complete);
    REQUIRE(proposal.remarks.size() == 1);
    CHECK(proposal.remarks.front() ==
          "a row is a round and what it raised (\"table\": \"rounds\" with \"investor_rows\": true and the "
          "column under "
          "\"raised\": these rows come to 2 rounds and 5000000 raised), or one investor's part in it "
          "(\"table\": "
          "\"investments\" and the column under \"amount\": they come to 2 rounds and nothing raised that "
          "is "
          "known). Each round "
          "has one row, so the rows do not tell: say which");
}

TEST_CASE("a proposal: units, currencies, exits, languages and dates") {
    CsvProposal proposal = proposal_of(
        "Unternehmen;Datum;Runde;Betrag (T€);Bewertung ($ Mio);Ort\nA GmbH;03.04.21;Seed;500;3;Ulm\nB "
        "GmbH;13.04.21;Exit;1.250;;Ulm\n");
    CHECK(proposal.map.columns == std::map<std::string, std::string>{{"announced", "Datum"},
                                                                     {"company", "Unternehmen"},
                                                                     {"name", "Runde"},
                                                                     {"raised", "Betrag (T€)"},
                                                                     {"valuation", "Bewertung ($ Mio)"}});
    CHECK(proposal.map.units == std::map<std::string, AmountUnit>{{"raised", AmountUnit::thousand},
                                                                  {"valuation", AmountUnit::million}});
    CHECK(proposal.map.amounts.currency == "EUR");
    CHECK(proposal.map.currencies == std::map<std::string, std::string>{{"valuation", "USD"}});
    CHECK(proposal.map.skip == std::map<std::string, std::vector<std::string>>{{"Runde", {"Exit"}}});
    CHECK(proposal.map.date_formats == std::vector<std::string>{"D.M.YY"});
    CHECK(proposal.map.century_turn == 70);
    CHECK(proposal.unused == std::vector<std::string>{"Ort"});
    CHECK(to_json(read_csv_map(to_json(proposal.map))) == to_json(proposal.map));
    // A column of codes beats any default.
    proposal = proposal_of("Firma,Betrag,Einheit\nA,500000,EUR\nB,600,CHF\n");
    CHECK(proposal.map.columns.at("currency") == "Einheit");
    CHECK(proposal.remarks.empty());
}

TEST_CASE("the manual of maps lists each member and field as the code does") {
    std::ifstream file(std::filesystem::path(POSTMONEY_EXAMPLES_DIR) / "README.md");
    const std::string manual(std::istreambuf_iterator<char>(file), {});
    for (const CsvMapMember& member : csv_map_members()) {
        CAPTURE(member.name);
        CHECK(manual.find("| `" + member.name + "` | " + std::string(member.says) + " |\n") !=
              std::string::npos);
    }
    const std::size_t fields = manual.find("| field | in | says |");
    REQUIRE(fields != std::string::npos);
    for (const CsvTable table : {CsvTable::rounds, CsvTable::investments, CsvTable::companies}) {
        for (const CsvField& field : csv_fields(table)) {
            CAPTURE(field.name);
            const std::size_t row = manual.find("| `" + std::string(field.name) + "` | ", fields);
            REQUIRE(row != std::string::npos);
            const std::string line = manual.substr(row, manual.find('\n', row) - row);
            const std::string word = std::string(to_string(table)) + (field.required ? "*" : "");
            CHECK(line.find(word) != std::string::npos);
            CHECK(line.ends_with("| " + std::string(field.says) + " |"));
        }
    }
}

//--- Inputs with a right outcome, where they lie beside the project

namespace {

std::filesystem::path case_file(const std::string& name) {
    return std::filesystem::path(POSTMONEY_SOURCE_DIR).parent_path() / "shared/data/cases/tables" / name;
}

bool has_cases() {
    if (std::filesystem::exists(case_file("README.md"))) return true;
    MESSAGE("skipped: no folder of cases");
    return false;
}

std::string text_of_case(const std::string& name) {
    std::ifstream file(case_file(name), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

TEST_CASE("cases: each table by its map") {
    if (!has_cases()) return;
    struct Row {
        std::string table;
        std::string map;
        std::size_t refused;
        std::string rounds;
    };
    for (const Row& row : std::vector<Row>{
             {"01-crunchbase-rounds.csv", "01-map.json", 0,
              "Brasse Energie|brasse-energie-series-a-2022-05-10|10000000.0 EUR|-\n"
              "Hikari Foods|hikari-foods-seed-2019-06-01|-|-\n"
              "Hikari Foods|hikari-foods-series-a-2021-03-01|1000000000.0 JPY|-\n"
              "Larkspur Labs|larkspur-labs-seed-2020-01-15|2000000.0 USD|-\n"},
             {"04-decimal-comma.csv", "04-map.json", 0,
              "Elbe GmbH|elbe-gmbh-seed-2024-06-07|1.5 million EUR|-\n"
              "Fundo Azul Ltda|fundo-azul-ltda-seed-2024-03-04|1250000.50 BRL|-\n"
              "Lumière SAS|lumière-sas-série-a-2024-02-03|3.5 million EUR|-\n"
              "Nantes SAS|nantes-sas-seed-2024-05-06|1500000 EUR|-\n"
              "Nordlicht GmbH|nordlicht-gmbh-seed-2024-01-02|1500000.00 EUR|-\n"
              "Säntis AG|säntis-ag-seed-2024-04-05|1500000 EUR|-\n"},
             {"08-exits.csv", "08-map.json", 3,
              "Alpsense AG|alpsense-ag-vc-2021-02-01|4000000 CHF|-\n"
              "Jura Bio SA|jura-bio-sa-grant-2022-05-01|150000 CHF|grant\n"},
             {"16-amounts.csv", "16-map.json", 3,
              "A1|a1-seed-2024-01-02|between 5 and 7 million EUR|-\nA2|a2-seed-2024-01-02|between 5 and "
              "7 "
              "million EUR|-\n"
              "A3|a3-seed-2024-01-02|more than 8 million USD|-\nA4|a4-seed-2024-01-02|at most 8 million "
              "USD|-\n"
              "A5|a5-seed-2024-01-02|more than 8 million USD|-\nA6|a6-seed-2024-01-02|2.5 million CAD|-\n"
              "A7|a7-seed-2024-01-02|10.7 million AUD|-\nA8|a8-seed-2024-01-02|1500.00 NGN|-\n"
              "A9|a9-seed-2024-01-02|10000000 KES|-\n"},
         }) {
        CAPTURE(row.table);
        Ledger ledger = ledger_of_today();
        const CsvReport report = import_table(ledger, text_of_case(row.table),
                                              read_csv_map(text_of_case(row.map)), {.keep_going = true});
        CHECK(report.refused.size() == row.refused);
        CHECK(rounds_of(ledger) == row.rounds);
    }
}

TEST_CASE("cases: each table by the map that is proposed for it") {
    if (!has_cases()) return;
    struct Row {
        std::string table;
        std::string company;
        std::string total;
    };
    for (const Row& row :
         std::vector<Row>{{"01-crunchbase-rounds.csv", "Hikari Foods", "1000000000 JPY in 2"},
                          {"02-investments-round-amount.csv", "Larkspur Labs", "40000000.00 USD in 2"},
                          {"03-millions.csv", "Jura Bio SA", "488000.00 CHF in 1"},
                          {"08-exits.csv", "Alpsense AG", "4000000.00 CHF in 1"},
                          {"11-dates.csv", "A2", "1000000.00 USD in 1"},
                          {"13-organization-name.csv", "Larkspur Labs", "7700000.00 EUR in 1"},
                          {"15-windows-1252.csv", "LARK’S", "3500000.00 EUR in 1"}}) {
        CAPTURE(row.table);
        const std::string table = text_of_case(row.table);
        const CsvProposal proposal = proposal_of(table);
        CHECK(proposal.complete);
        Ledger ledger = ledger_of_today();
        import_table(ledger, table, proposal.map, {.keep_going = true});
        const std::vector<Total> totals = ledger.total_raised(row.company);
        REQUIRE(totals.size() == 1);
        CHECK(totals.front().known->to_string() + " in " + std::to_string(totals.front().rounds) ==
              row.total);
    }
}
