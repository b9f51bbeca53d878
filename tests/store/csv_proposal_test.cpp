// What is proposed for a table, and what the proposal then records: each case is a table that was once read
// wrongly without a word.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
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

// All entries as canonical JSON.
std::string text_of_entries(const Ledger& ledger) {
    std::string text;
    ledger.for_each_entry([&](const LogEntry& entry) { text += entry.body + "\n"; });
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
    std::string headings = "Company,Round,Amount";
    std::string row = "A,Seed,$1M";
    for (int i = 0; i < 8000; ++i) {
        headings += ",Note " + std::to_string(i);
        row += ",x";
    }
    CHECK(proposed(headings + "\n" + row + "\n").unused.size() == 8000);
}

TEST_CASE("a currency that a heading spells out is that of its amounts, and another one's is refused") {
    const auto refused = [](const std::string& heading, const std::string& currency) {
        Ledger ledger = Ledger::in_memory();
        return refusal([&] {
            import_by(ledger, "c,r," + heading + "\nA,Seed,5000000\n",
                      map_of_heading(heading, ", \"currency\": \"" + currency + "\""));
        });
    };
    struct Row {
        std::string heading;
        std::string says;
        std::string fits;  // a currency of the map that the heading can mean
    };
    for (const Row& row : std::vector<Row>{
             {"Amount (Euro)", "EUR", "EUR"},
             {"Betrag in Euro", "EUR", "EUR"},
             {"Montant en euros", "EUR", "EUR"},
             {"Importo in euro", "EUR", "EUR"},
             {"Amount sterling", "GBP", "GBP"},
             {"Amount in pounds sterling", "GBP", "GBP"},
             {"Amount in Swiss francs", "CHF", "CHF"},
             {"Amount yen", "JPY", "JPY"},
             {"Amount (TRY)", "TRY", "TRY"},
             {"Amount (won)", "KRW", "KRW"},
             {"Amount in won", "KRW", "KRW"},
             {"Amount in rand", "ZAR", "ZAR"},
             {"Amount in pounds", "one of GBP, EGP, LBP, SYP", "EGP"},
             {"Amount (¥)", "one of JPY, CNY", "CNY"},
             {"Amount Rs", "one of INR, PKR, LKR, NPR, MUR", "INR"},
             {"Amount (kr)", "one of SEK, NOK, DKK, ISK", "NOK"},
             {"Amount (kr/NOK)", "NOK", "NOK"},
         }) {
        CAPTURE(row.heading);
        CHECK(refused(row.heading, "USD")
                  .find("its heading says " + row.says + ", and the map another currency") !=
              std::string::npos);
        CHECK(refused(row.heading, row.fits) == "no refusal");
    }
    for (const std::string heading : {"Amount won", "Raised in all", "Amount", "Top amount", "Real amount"}) {
        CAPTURE(heading);
        CHECK(refused(heading, "USD") == "no refusal");
    }
    CHECK(raised_by_proposal("Firma,Runde,Betrag in Euro\nA,Seed,5000000\n") == "A|5000000 EUR\n");
    CHECK(raised_by_proposal("Société,Tour,Montant en euros\nA,Seed,5000000\n") == "A|5000000 EUR\n");
    CHECK(has_remark(proposed("Company,Round,Amount (kr)\nA,Seed,5000000\n"),
                     "say which in \"currency\", of SEK NOK DKK ISK, which its heading can mean"));
    // The row says which of those that share a sign.
    const CsvMap map = read_csv_map(
        R"x({"table": "rounds", "columns": {"company": "c", "name": "r", "raised": "Amount (kr)", "currency": "cur"}})x");
    Ledger ledger = Ledger::in_memory();
    const CsvReport report = import_by(
        ledger, "c,r,Amount (kr),cur\nA,Seed,5000000,NOK\nB,Seed,5000000,EUR\n", map, {.keep_going = true});
    CHECK(answer_of(ledger, "SELECT raised FROM rounds") == "5000000 NOK\n");
    REQUIRE(report.refused.size() == 1);
    CHECK(
        report.refused[0].message() ==
        R"x(got "EUR", expected a currency that the heading "Amount (kr)" can mean; the map's "currencies" says another, as {"raised": "EUR"})x");
}

TEST_CASE("a heading that counts in what is no unit of a map is refused: pence, hundreds, 10,000s") {
    for (const auto& row :
         std::vector<std::pair<std::string, std::string>>{{"Amount (10,000s)", "10000"},
                                                          {"Amount in pence", "pence"},
                                                          {"Amount (cents)", "cents"},
                                                          {"Amount (hundreds)", "hundreds"},
                                                          {"Betrag (Tsd. Cent)", "Cent"},
                                                          {"Amount (GBp)", "GBp"},
                                                          {"amount_gbx", "gbx"},
                                                          {"Amount (ZAc)", "ZAc"},
                                                          {"Amount (p)", "p"},
                                                          {"amount_minor", "minor"},
                                                          {"Amount (100 m)", "100 m"},
                                                          {"Amount (hundred million)", "hundred million"},
                                                          {"Amount (ten thousand yuan)", "ten thousand"},
                                                          {"Amount (10k)", "10 k"},
                                                          {"Montant (centaines d'euros)", "centaines"},
                                                          {"Amount ¢", "¢"},
                                                          {"Amount (10^4)", "10^4"},
                                                          {"調達額（億円）", "億円"},
                                                          {"金额(万元)", "万元"}}) {
        const std::string heading = row.first;
        const std::string said = row.second;
        CAPTURE(heading);
        const auto import_with = [&](const std::string& units) {
            Ledger ledger = Ledger::in_memory();
            import_by(ledger, "c,r,\"" + heading + "\"\nA,Seed,5000000\n",
                      map_of_heading(heading, R"(, "currencies": {"raised": "EUR"})" + units));
            return answer_of(ledger, "SELECT raised FROM rounds");
        };
        const std::string expected = "its heading seems to count in \"" + said + "\", which no word";
        CHECK(refusal([&] { import_with(""); }).find(expected) != std::string::npos);
        CHECK(refusal([&] { import_with(R"(, "units": {"raised": "million"})"); }).find(expected) !=
              std::string::npos);
        CHECK(import_with(R"(, "units": {"raised": "one"})") == "5000000 EUR\n");
    }
    CHECK(has_remark(proposed("Company,Round,Date,Amount (pence)\nA,Seed,2024-01-01,5000000\n"),
                     "the column \"Amount (pence)\" seems to count in \"pence\""));
    // Several words can be one unit.
    for (const auto& row :
         std::vector<std::pair<std::string, std::string>>{{"Importe (miles de millones de euros)", "billion"},
                                                          {"Amount (INR lakh crore)", "trillion"},
                                                          {"Amount (EUR thousand millions)", "billion"},
                                                          {"Amount (ten million)", "crore"},
                                                          {"Amount x10^6", "million"},
                                                          {"Amount (10⁶)", "million"},
                                                          {"Bedrag (miljoen)", "million"},
                                                          {"Belopp (tusen kr)", "thousand"},
                                                          {"Сумма (млн)", "million"},
                                                          {"調達額（百万円）", "million"},
                                                          {"調達額（千円）", "thousand"},
                                                          {"金额(亿元)", ""}}) {
        const std::string heading = row.first;
        const std::string unit = row.second;
        CAPTURE(heading);
        Ledger ledger = Ledger::in_memory();
        const std::string refused = refusal([&] {
            import_by(ledger, "c,r,\"" + heading + "\"\nA,Seed,5000000\n", map_of_heading(heading, ""));
        });
        CHECK(refused.find(unit.empty() ? "no word of the map's" : "{\"raised\": \"" + unit + "\"}") !=
              std::string::npos);
    }
    CHECK(raised_by_proposal("Company,Round,Importe (miles de millones de euros)\nA,Seed,5\n") ==
          "A|5 billion EUR\n");
    // Numbers that count nothing.
    for (const std::string heading :
         {"Amount (100%)", "Amount Series 10", "Amount 2000", "Amount 10 (m)", "Amount of VCs"})
        CHECK(!has_remark(proposed("Company,Round,Date," + heading + "\nA,Seed,2024-01-01,5000000\n"),
                          "no word of \"units\""));
}

TEST_CASE("a unit that a heading spells out in any language, or in digits, is refused without units") {
    for (const std::string heading :
         {"Importo (migliaia)", "Montant (milliers d'euros)", "Amount x1000", "Amount/1000",
          "Amount (USD 1000s)", "Amount (mkr)", "Importe (millares)", "Valor em milhares", "Amount in 1,000",
          "Amount in 1,000,000", "Montant (keuros)"}) {
        CAPTURE(heading);
        Ledger ledger = Ledger::in_memory();
        CHECK(refusal([&] {
                  import_by(ledger, "c,r,\"" + heading + "\"\nA,Seed,5000000\n",
                            map_of_heading(heading, R"(, "currency": "EUR")"));
              }).find("its heading seems to count in a unit") != std::string::npos);
    }
    CHECK(raised_by_proposal("Company,Round,\"Amount (EUR 1,000,000)\"\nA,Seed,5\n") == "A|5 million EUR\n");
    CHECK(raised_by_proposal("Company,Round,Montant (milliers d'euros)\nA,Seed,500\n") ==
          "A|500 thousand EUR\n");
    CHECK(proposed("Company,Round,Amount (mkr),Currency\nA,Seed,5,SEK\n").map.units.at("raised") ==
          AmountUnit::million);
    // Years, and lists of a thousand, are no units.
    CHECK(proposed("Company,Round,Amount 2021\nA,Seed,5000000\n").map.units.empty());
}

TEST_CASE(
    "a column of the instrument, the type or the status beside the round's name is used, not passed over") {
    const auto totals = [](const std::string& table) {
        Ledger ledger = Ledger::in_memory();
        CsvMap map = proposed(table).map;
        if (!map.amounts.currency) map.amounts.currency = "USD";
        CHECK(import_by(ledger, table, map, {.keep_going = true}).refused.empty());
        return answer_of(ledger, "SELECT company, known_decimal FROM total_raised ORDER BY company");
    };
    const std::string rows =
        "Alpha,Seed,equity,closed,2023-01-01,$2.0M\nBeta,Series B,debt,closed,2024-01-01,$20.0M\n"
        "Gamma,Seed,equity,cancelled,2024-01-01,$3.0M\n";
    for (const std::string heading : {"Instrument", "Type", "Transaction Type", "Security", "Deal Type"}) {
        CAPTURE(heading);
        const std::string table = "Company,Round," + heading + ",Status,Date,Amount\n" + rows;
        const CsvProposal proposal = proposed(table);
        CHECK(proposal.map.columns.at("instrument") == heading);
        CHECK(proposal.map.columns.at("status") == "Status");
        CHECK(proposal.remarks.empty());
        CHECK(totals(table) == "Alpha|2000000.00\n");
    }
    const std::string pitchbook =
        "Company,Series,Deal Type,Deal Status,Deal Date,Deal Size\n"
        "Alpha,Series A,Early Stage VC,Completed,2023-01-01,2000000\n"
        "Beta,Series B,Merger/Acquisition,Completed,2024-01-01,20000000\n"
        "Gamma,Seed,Seed Round,Failed/Cancelled,2024-01-01,3000000\n"
        "Delta,Series C,Debt - General,Announced/In Progress,2024-01-01,5000000\n";
    const CsvProposal proposal = proposed(pitchbook);
    CHECK(proposal.map.skip ==
          std::map<std::string, std::vector<std::string>>{{"Deal Type", {"Merger/Acquisition"}}});
    CHECK(proposal.map.columns.at("stage") == "Deal Type");
    CHECK(totals(pitchbook) == "Alpha|2000000.00\n");
}

TEST_CASE("words of a type or a status that are not known are named, and not passed over") {
    const std::string securities =
        "Company,Round,Security,Amount\nA,Seed,Preferred Stock,$1M\nB,Seed,debt,$1M\nC,Seed,Gesellschaft "
        "X,$1M\n";
    CsvProposal proposal = proposed(securities);
    CHECK(proposal.map.columns.at("instrument") == "Security");
    CHECK(has_remark(proposal, "the column \"Security\" holds \"Gesellschaft X\", which will be refused"));
    Ledger ledger_of_securities = Ledger::in_memory();
    CHECK(import_by(ledger_of_securities, securities, proposal.map, {.keep_going = true}).refused.size() ==
          1);
    CHECK(answer_of(ledger_of_securities, "SELECT company, instrument FROM rounds ORDER BY company") ==
          "A|equity\nB|debt\n");
    proposal = proposed(
        "Company,Round,Type,Amount\nA,Seed,Seed Round,$1M\nB,Seed,debt,$1M\nC,Seed,Gesellschaft X,$1M\n");
    CHECK(proposal.map.columns.at("stage") == "Type");
    CHECK(has_remark(proposal,
                     "the column \"Type\" has \"Gesellschaft X\", no words of an instrument or a round"));
    // Words that come behind the sample are checked where the column is used.
    CHECK(proposed("Company,Series,Deal Type,Deal Size\nA,A,Early Stage VC,$1M\n").map.columns.at("stage") ==
          "Deal Type");
    // A type of company is none of rounds.
    proposal = proposed("Company,Round,Type,Amount\nA,Seed,B2B,$1M\n");
    CHECK(!proposal.map.columns.contains("stage"));
    CHECK(!proposal.map.columns.contains("instrument"));
    CHECK(has_remark(proposal, "the column \"Type\" has \"B2B\""));
    // So is the status of a company, which may be closed, too.
    proposal = proposed("Company,Round,Status,Amount\nA,Seed,operating,$1M\nB,Seed,closed,$1M\n");
    CHECK(!proposal.map.columns.contains("status"));
    CHECK(has_remark(proposal, "the column \"Status\" is not used: \"operating\" are no words"));
    const std::string table =
        "Company,Round,Deal Status,Amount\nA,Seed,Upcoming,$1M\nB,Seed,Failed/Cancelled,$2M\n";
    proposal = proposed(table);
    CHECK(proposal.map.columns.at("status") == "Deal Status");
    CHECK(has_remark(proposal, "the column \"Deal Status\" holds \"Upcoming\", which will be refused"));
    Ledger ledger = Ledger::in_memory();
    const CsvReport report = import_by(ledger, table, proposal.map, {.keep_going = true});
    REQUIRE(report.refused.size() == 1);
    CHECK(report.refused[0].line() == 2);
}

TEST_CASE("rows that bring a company no money are no rounds, whatever they are called") {
    for (const std::string type :
         {"Share Repurchase", "Dividend Recapitalization", "Leveraged Recapitalization",
          "Corporate Divestiture", "Spin-Off", "Take Private", "Delisting", "Acqui-hire",
          "Public Investment 2nd Offering"}) {
        CAPTURE(type);
        const std::string table = "Company,Deal Type,Deal Date,Amount\nA," + type + ",2024-01-01,$5M\n";
        CHECK(proposed(table).map.skip ==
              std::map<std::string, std::vector<std::string>>{{"Deal Type", {type}}});
        Ledger ledger = Ledger::in_memory();
        CHECK(refusal([&] {
                  import_by(ledger, table,
                            read_csv_map(
                                R"({"table": "rounds", "columns": {"company": "Company", "name": "Deal Type",
                                "announced": "Deal Date", "raised": "Amount"}})"));
              }).find("expected a round: this is") != std::string::npos);
    }
}

TEST_CASE(
    "two amounts of one investor in one round of a table: the second row is refused, as none has an order") {
    const std::string headings = "company,round,investor,amount,date,currency,shares\n";
    const std::string first = "Alpha,Series A,Blue,1000000,2024-01-01,USD,100\n";
    CsvMap map = built_in_map("investments");
    map.columns["shares"] = "shares";
    const auto refused = [&](const std::string& second) {
        Ledger ledger = Ledger::in_memory();
        return refusal([&] { import_by(ledger, headings + first + second, map); });
    };
    const std::string way_out =
        ", as row 2 has it for the same investor in the same round: add two payments up in one row, or tell "
        "two "
        "rounds apart by the map's \"handle\" or a column for \"round\" [bad-amount]";
    CHECK(refused("Alpha,Series A,Blue,500000,2024-01-01,USD,\n") ==
          "t.csv:3: field \"amount\": got \"500000 USD\", expected 1000000 USD" + way_out);
    CHECK(refused("Alpha,Series A,Blue,1000000,2024-01-01,EUR,\n") ==
          "t.csv:3: field \"amount\": got \"1000000 EUR\", expected 1000000 USD" + way_out);
    CHECK(refused("Alpha,Series A,Blue,1000000,2024-01-01,USD,200\n") ==
          "t.csv:3: field \"shares\": got \"200\", expected 100" + way_out);
    for (const std::string& second : {first, std::string("Alpha,Series A,Blue,1.0M,2024-01-01,USD,\n"),
                                      std::string("Alpha,Series A,Blue,undisclosed,2024-01-01,USD,\n"),
                                      std::string("Alpha,Series A,Red,500000,2024-01-01,USD,\n"),
                                      std::string("Alpha,Series B,Blue,500000,2024-01-01,USD,\n")}) {
        CAPTURE(second);
        CHECK(refused(second) == "no refusal");
    }
}

TEST_CASE("shares in rows of investors are the investors', not the round's") {
    const std::string both = "Alpha,Series A,2024-06-05,$10.0M,Blue Fund,$6.0M,2400000,2.50\n";
    const std::string table = "Company,Round,Date,Round Size,Investor,Invested,Shares,Price per share\n" +
                              both + "Alpha,Series A,2024-06-05,$10.0M,Red Fund,$4.0M,1600000,2.50\n";
    CsvMap map = proposed(table).map;
    CHECK(map.table == CsvTable::investments);
    map.amounts.currency = "USD";
    Ledger ledger = Ledger::in_memory();
    import_by(ledger, table, map);
    CHECK(answer_of(ledger, "SELECT raised FROM rounds") == "10.0 million USD\n");
    CHECK(answer_of(ledger, "SELECT investor, amount FROM participations ORDER BY investor") ==
          "Blue Fund|6.0 million USD\nRed Fund|4.0 million USD\n");
    const std::string kept = text_of_entries(ledger);
    CHECK(
        kept.find(
            R"("investor":"Blue Fund","kind":"participation","round":"alpha-series-a-2024-06-05","shares":"2400000")") !=
        std::string::npos);
    CHECK(
        kept.find(
            R"("investor":"Red Fund","kind":"participation","round":"alpha-series-a-2024-06-05","shares":"1600000")") !=
        std::string::npos);
    CHECK(kept.find("shares_issued") == std::string::npos);
    // Other shares on each row tell it without the amounts of the investors.
    CHECK(proposed("Company,Round,Date,Amount,Investor,Shares\nA,Seed,2024-06-05,$10M,Blue,24\n"
                   "A,Seed,2024-06-05,$10M,Red,16\n")
              .map.table == CsvTable::investments);
    // The same shares on each row are the round's, as its amount is.
    const CsvMap repeated = proposed(
                                "Company,Round,Date,Amount,Investor,Shares\nA,Seed,2024-06-05,$10M,Blue,40\n"
                                "A,Seed,2024-06-05,$10M,Red,40\n")
                                .map;
    CHECK(repeated.investor_rows);
    CHECK(repeated.columns.contains("shares"));
    // One row a round leaves it open whose they are.
    const CsvProposal open =
        proposed("Company,Round,Date,Raised,Investor,Shares\nA,Seed,2024-06-05,$10M,Blue,40\n");
    CHECK(!open.map.columns.contains("shares"));
    CHECK(has_remark(open, "the column \"Shares\" is not used: nothing tells"));
}

TEST_CASE("a price has its currency beside it as an amount has") {
    const auto price_of = [](const std::string& cell, const std::string& more) {
        const CsvMap map = read_csv_map(
            R"({"table": "rounds", "columns": {"company": "c", "name": "r", "price_per_share": "p")" + more +
            "}");
        Ledger ledger = Ledger::in_memory();
        const std::string refused =
            refusal([&] { import_by(ledger, "c,r,p,cur\nA,Seed,\"" + cell + "\",EUR\n", map); });
        if (refused != "no refusal") return refused;
        const std::string kept = text_of_entries(ledger);
        const std::string field = R"("price_per_share":")";
        const std::size_t start = kept.find(field) + field.size();
        return kept.substr(start, kept.find('"', start) - start);
    };
    const std::string none = "}";
    const std::string in_row = R"(, "currency": "cur"})";
    CHECK(price_of("$2.50", none) == "2.50 USD");
    CHECK(price_of("2.5055 USD", none) == "2.5055 USD");
    CHECK(price_of("€ 0.00125", none) == "0.00125 EUR");
    CHECK(price_of("2.50", none + R"(, "currency": "CHF")") == "2.50 CHF");
    CHECK(price_of("$2.50", none + R"(, "currency": "CAD")") == "2.50 CAD");
    CHECK(price_of("2,50 €", in_row) == "2.50 EUR");
    CHECK(price_of("1.2k", in_row) == "1200 EUR");
    CHECK(price_of("2.50", in_row) == "2.50 EUR");
    CHECK(price_of("$2.50", in_row) ==
          "t.csv:2: field \"p\": got \"$2.50\", expected a price in EUR, the currency of its row "
          "[mixed-currencies]");
    CHECK(price_of("2.50 a share", in_row) ==
          "t.csv:2: field \"p\": got \"2.50 a share\", expected a price such as 2.50, $2.50 or 2.50 EUR "
          "[bad-amount]");
    CHECK(price_of("2.50", none) ==
          "t.csv:2: field \"p\": got \"2.50\", expected a currency in the cell, in the row's column for it, "
          "or as "
          "the map's \"currency\" or \"currencies\" [bad-amount]");
}

TEST_CASE(
    "semicolons in some cells of investors and commas in others part names, and one cell with both is "
    "named") {
    const std::string table =
        "Company,Round,Date,Amount,Investors\nA,Series A,2024-06-05,$10M,Blue Fund; Red Fund\n"
        "B,Series A,2024-06-05,$10M,\"Green Fund, Gold Fund, and others\"\n"
        "C,Seed,2024-06-05,$1M,\"Harbour Partners, LLC\"\n";
    CsvProposal proposal = proposed(table);
    CHECK(proposal.map.separator == std::vector<std::string>{";", ","});
    CHECK(has_remark(proposal, R"(has ";" in some cells and "," in others)"));
    Ledger ledger = Ledger::in_memory();
    import_by(ledger, table, proposal.map);
    CHECK(answer_of(ledger, "SELECT investor FROM participations ORDER BY investor") ==
          "Blue Fund\nGold Fund\nGreen Fund\nHarbour Partners, LLC\nRed Fund\n");
    proposal = proposed(
        "Company,Round,Date,Amount,Investors\nA,Series A,2024-06-05,$10M,\"Smith, Jane; Red Fund\"\n"
        "B,Seed,2024-06-05,$10M,\"Blue Fund, Red Fund\"\n");
    CHECK(proposal.map.separator == std::vector<std::string>{";"});
    CHECK(has_remark(proposal, R"(has ";" and "," in one cell: if "," stands between two names)"));
    proposal = proposed("Company,Round,Amount,Investors\nA,Seed,$10M,\"Fir, LLC; Red Fund\"\n");
    CHECK(proposal.remarks.empty());
}

TEST_CASE("yes is nobody's name in a column of leads") {
    const std::string table =
        "Company,Round,Date,Amount,Investors,Lead\nA,Seed,2024-06-05,$10M,Solo Fund,TRUE\n"
        "B,Seed,2024-06-05,$10M,\"Blue Fund, Red Fund\",FALSE\nC,Seed,2024-06-05,$10M,\"Blue Fund, "
        "others\",TRUE\n";
    const std::string names = "SELECT investor, round FROM participations WHERE lead ORDER BY round";
    Ledger ledger = Ledger::in_memory();
    import_by(ledger, table, proposed(table).map);
    CHECK(answer_of(ledger, names) == "Solo Fund|a-seed-2024-06-05\nBlue Fund|c-seed-2024-06-05\n");
    const std::string several =
        "Company,Round,Date,Amount,Investors,Lead\nA,Seed,2024-06-05,$10M,\"Blue Fund, Red Fund\",TRUE\n";
    CsvProposal proposal = proposed(several);
    CHECK(!proposal.map.columns.contains("lead"));
    CHECK(has_remark(proposal, "the column \"Lead\" has \"TRUE\" beside several investors"));
    proposal.map.columns["lead"] = "Lead";
    CHECK(refusal([&] { import_by(ledger, several, proposal.map); }) ==
          "t.csv:2: field \"Lead\": got \"TRUE\", expected the name of who led, as the row has 2 investors; "
          "\"words\" "
          "says it, or \"columns\" leaves the column out [bad-text]");
}

TEST_CASE("a currency beside a valuation or a total is that figure's, by its heading, or is named") {
    const std::string crunchbase =
        "Organization Name,Funding Type,Announced Date,Money Raised,Money Raised Currency,Pre-Money "
        "Valuation,Pre-Money Valuation Currency,Post-Money Valuation,Post-Money Valuation Currency,Total "
        "Funding Amount,Total Funding Currency,As of\n"
        "A,Series A,2021-03-04,10000000,EUR,48000000,USD,58000000,USD,12500000,GBP,2024-12-01\n";
    const CsvProposal proposal = proposed(crunchbase);
    CHECK(proposal.unused.empty());
    CHECK(proposal.remarks.empty());
    Ledger ledger = Ledger::in_memory();
    import_by(ledger, crunchbase, proposal.map);
    CHECK(answer_of(ledger, "SELECT amount FROM valuations ORDER BY basis") ==
          "58000000 USD\n48000000 USD\n");
    CHECK(
        text_of_entries(ledger).find(
            R"("amount":"12500000 GBP","as_written":"12500000","company":"A","kind":"stated_total","on":"2024-12-01")") !=
        std::string::npos);
    // Whatever the amount's heading is.
    CHECK(proposed("Company,Round,Date,Levée,Levée currency\nA,Seed,2021,1000000,CHF\n")
              .map.columns.at("currency") == "Levée currency");
    // What amounts were converted from is no currency of theirs.
    const CsvProposal pitchbook = proposed(
        "Companies,Deal Date,Deal Size,Native Currency of Deal\nA,2021-03-04,10.00,US Dollars (USD)\n");
    CHECK(!pitchbook.map.columns.contains("currency"));
    CHECK(has_remark(pitchbook,
                     "the column \"Native Currency of Deal\" seems to say a currency, and is not used"));
}

TEST_CASE("of a deal's two dates the other is of its closing, and its total is that of the day") {
    const std::string head =
        "Companies,Deal Date,Announced Date,VC Round,Deal Size,Raised to Date,Deal Status,Currency\n";
    const std::string rows =
        "A,04-Mar-2021,01-Mar-2021,Series A,10000000,12500000,Completed,USD\n"
        "A,01-Jun-2019,,Seed,2500000,2500000,Completed,USD\n";
    const CsvProposal proposal = proposed(head + rows);
    CHECK(proposal.map.columns.at("closed") == "Deal Date");
    CHECK(proposal.map.columns.at("announced") == "Announced Date");
    CHECK(proposal.map.columns.at("as_of") == "Deal Date");
    CHECK(proposal.columns[1].field == "closed");
    CHECK(proposal.remarks ==
          std::vector<std::string>{"the column \"Raised to Date\" is taken for what was raised up to each "
                                   "row's \"Deal Date\" (\"as_of\")"});
    Ledger ledger = Ledger::in_memory();
    import_by(ledger, head + rows, proposal.map);
    CHECK(answer_of(ledger, "SELECT round, date FROM rounds ORDER BY round") ==
          "a-seed-2019-06-01|2019-06-01\na-series-a-2021-03-04|2021-03-04\n");
    CHECK(answer_of(ledger, "SELECT known_decimal FROM total_raised") == "12500000.00\n");
    // What closed counts, so that a day is none of closing where a row was cancelled.
    const std::string failed = "B,10-Jan-2024,09-Jan-2024,Series B,7000000,,Failed/Cancelled,USD\n";
    const CsvProposal other = proposed(head + rows + failed);
    CHECK(other.map.columns.at("announced") == "Deal Date");
    CHECK(!other.map.columns.contains("closed"));
    CHECK(other.map.columns.at("as_of") == "Deal Date");
    CHECK(has_remark(other,
                     "the column \"Deal Date\" is taken for the day of announcement, and \"Announced "
                     "Date\" not used"));
    Ledger of_three = Ledger::in_memory();
    import_by(of_three, head + rows + failed, other.map);
    CHECK(answer_of(of_three, "SELECT company, known_decimal FROM total_raised") == "A|12500000.00\n");
    CHECK(refusal([&] { import_by(of_three, head + failed, proposal.map); }) ==
          "t.csv:2: field \"Deal Date\": got \"10-Jan-2024\", expected no day of closing, as the row's "
          "status is "
          "cancelled, and what closed counts: the map's \"columns\" has the column under \"announced\", or "
          "\"words\" says another status [bad-date]");
    // Alone it may be either.
    CHECK(proposed("Company,Deal Date,Round,Amount\nA,2021-03-04,Seed,$1M\n").map.columns.at("announced") ==
          "Deal Date");
}

TEST_CASE("the day of a company's figures is proposed, and no format that narrows what is read") {
    const CsvProposal as_of = proposed("Company,Total raised,As of\nA,$5000000,2024-06-30\n");
    CHECK(as_of.map.columns.at("as_of") == "As of");
    CHECK(as_of.remarks.empty());
    CHECK(as_of.map.date_formats.empty());
    CHECK(as_of.columns[2].date_formats == std::vector<std::string>{"YYYY-MM-DD"});
    Ledger ledger = Ledger::in_memory();
    import_by(ledger,
              "Company,Total raised,As of\nA,$5000000,2024-06-30\nB,$5000000,2024-Q2\nC,$5000000,2024\n",
              as_of.map);
    CHECK(ledger.size() > 6);
    CHECK(proposed("Company,Valuation,Valuation date\nA,$5000000,2024-06-30\n").map.columns.at("as_of") ==
          "Valuation date");
    const CsvProposal both =
        proposed("Company,Total raised,Valuation,Valuation date\nA,$4000000,$5000000,2024-06-30\n");
    CHECK(!both.map.columns.contains("as_of"));
    CHECK(has_remark(both,
                     "the column \"Valuation date\" is not used: \"as_of\" is the day of the total, too"));
    // Beside another form ISO's is needed.
    CHECK(proposed("Company,Date,Closed date,Amount\nA,2024,31/12/2024,$5M\n").map.date_formats ==
          std::vector<std::string>{"YYYY", "DD/MM/YYYY"});
}

TEST_CASE("shares, counts and prices have their marks settled by their column, as amounts have") {
    const auto kept_of = [](const std::string& heading, const std::string& field,
                            const std::vector<std::string>& cells) {
        std::string table = "Company,Round,Date,Raised,\"" + heading + "\"\n";
        for (const std::string& cell : cells)
            table += "A" + std::to_string(&cell - cells.data()) + ",Seed,2021,$2000000,\"" + cell + "\"\n";
        CsvProposal proposal = proposed(table);
        proposal.map.amounts.currency = "USD";
        Ledger ledger = Ledger::in_memory();
        const CsvReport report = import_by(ledger, table, proposal.map, {.keep_going = true});
        std::string found;
        for (const Error& error : report.refused) {
            // The proposal says so before.
            CHECK(has_remark(proposal, "which will be refused: " + error.message()));
            found += error.message();
        }
        const std::string text = text_of_entries(ledger);
        const std::string start = "\"" + field + "\":";
        for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
            const std::size_t value = at + start.size();
            found += text.substr(value, text.find_first_of(",}", value) - value) + " ";
        }
        return found;
    };
    CHECK(kept_of("Shares", "shares_issued", {"2,394,732", "239,904"}) == "\"2394732\" \"239904\" ");
    CHECK(kept_of("Shares", "shares_issued", {"239.904"}) == "\"239904\" ");
    CHECK(kept_of("Shares", "shares_issued", {"239.904", "2394.5"}) == "\"239.904\" \"2394.5\" ");
    CHECK(kept_of("# Investors", "investors", {"1,250"}) == "1250 ");
    CHECK(kept_of("# Investors", "investors", {"1.250"}) == "1250 ");
    CHECK(kept_of("# Investors", "investors", {"2.5"}) == "got \"2.5\", expected a whole number");
    CHECK(kept_of("Price per share", "price_per_share", {"1.250", "2.5055"}) ==
          "\"1.250 USD\" \"2.5055 USD\" ");
    CHECK(kept_of("Price per share", "price_per_share", {"$1.250", "$2.5055"}) ==
          "\"1.250 USD\" \"2.5055 USD\" ");
    CHECK(kept_of("Price per share", "price_per_share", {"1.250"}) ==
          "got \"1.250\", expected one reading, but it can be 1.250 or 1250: the map's "
          "\"decimal\" says "
          "which");
    const CsvProposal proposal =
        proposed("Company,Round,Date,Raised,Shares,Price per share\nA,Seed,2021,$2M,\"239,904\",$2.50\n");
    CHECK(proposal.columns[4].as_read == std::vector<std::string>{"239904"});
    CHECK(proposal.columns[5].as_read == std::vector<std::string>{"2.50 USD"});
    CHECK(has_remark(proposed("Company,Round,Raised,Price per share\nA,Seed,$2M,2.50\n"),
                     "the column \"Price per share\" has prices without a currency: say which"));
    // Of millions they can be a fraction.
    const CsvProposal in_millions = proposed("Company,Round,Raised,Shares (m)\nA,Seed,$2M,\"1,250\"\n");
    CHECK(in_millions.map.units.at("shares") == AmountUnit::million);
    CHECK(has_remark(in_millions,
                     "the column \"Shares (m)\" holds \"1,250\", which will be refused: got \"1,250\", "
                     "expected one reading"));
}

TEST_CASE("a table that comes again with another day of publication needs a source of its own") {
    const std::string table = "company,date,series,amount\nA,2024-01-02,Seed,$1M\n";
    CsvMap map = built_in_map("rounds");
    map.optional = {"currency", "investor"};
    map.source.id = "deals.csv";
    map.source.published = PartialDate::parse("2024-11");
    Ledger ledger = Ledger::in_memory();
    import_by(ledger, table, map);
    map.source.published = PartialDate::parse("2024-12");
    CHECK(refusal([&] { import_by(ledger, table, map); }) ==
          "field \"source.id\": got \"deals.csv\", expected a new id, it is on record with other content: "
          "give the map's \"source\" an \"id\" of its own, such as \"deals-2024-12\", or supersede that "
          "entry [source-redefined]");
    map.source.id = "deals-2024-12";
    CHECK(import_by(ledger, table, map).imported == 1);
}
