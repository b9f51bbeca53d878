#include "postmoney/import/csv_import.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"

using namespace postmoney;
using postmoney::test::refusal;

namespace {

std::filesystem::path fixture(const std::string& name) {
    return std::filesystem::path(__FILE__).parent_path().parent_path() / "fixtures" / "csv" / name;
}

Timestamp fixed_now() {
    return Timestamp::parse("2025-01-10T09:00:00Z");
}

Ledger new_ledger() {
    Ledger::Options options;
    options.clock = fixed_now;
    return Ledger::in_memory(std::move(options));
}

CsvReport import_text(Ledger& ledger, const std::string& text, const CsvMap& map,
                      const CsvOptions& options = {}) {
    std::istringstream in(text);
    return import_csv(ledger, in, "t.csv", map, options);
}

CsvReport import_fixture(Ledger& ledger, const std::string& name, const CsvMap& map) {
    std::ifstream in(fixture(name), std::ios::binary);
    REQUIRE(in);
    return import_csv(ledger, in, name, map);
}

std::string facts_of(const Ledger& ledger) {
    std::string text;
    ledger.for_each_entry([&](const LogEntry& entry) { text += entry.body + "\n"; });
    return text;
}

std::vector<std::string> messages(const CsvReport& report) {
    std::vector<std::string> texts;
    for (const Error& error : report.refused) texts.emplace_back(error.what());
    return texts;
}

const std::string header = "company,date,series,amount,currency,investors\n";

}  // namespace

TEST_CASE("amounts: every style") {
    struct Row {
        std::string_view cell;
        std::string_view style;
        std::string_view amount;  // empty: none
    };
    for (const Row& row : std::vector<Row>{
             {"1300000", "plain", "1300000 USD"},
             {"1500.50", "plain", "1500.50 USD"},
             {"0", "zero", "undisclosed"},
             {" 700 ", "plain", "700 USD"},
             {"1,300,000", "thousands", "1300000 USD"},
             {"999 999", "thousands", "999999 USD"},
             {"1'300'000", "thousands", "1300000 USD"},
             {"1.300.000,50", "thousands", "1300000.50 USD"},
             {"1 300 000,50 €", "thousands", "1300000.50 EUR"},
             {"1\u202f300\u00a0000", "thousands", "1300000 USD"},
             {"8,8M", "short", "8.8 million USD"},
             {"1,5 Mio. €", "short", "1.5 million EUR"},
             {"2 Mrd €", "short", "2 billion EUR"},
             {"1,234,567,890.12", "thousands", "1234567890.12 USD"},
             {"13,00,000", "indian", "1300000 USD"},
             {"1,30,000", "indian", "130000 USD"},
             {"1,51,09,500.00", "indian", "15109500.00 USD"},
             {"20,00,00,000", "indian", "200000000 USD"},
             {"€8.8M", "short", "8.8 million EUR"},
             {"€ 8.80 M", "short", "8.80 million EUR"},
             {"$2.3B", "short", "2.3 billion USD"},
             {"£500k", "short", "500 thousand GBP"},
             {"A$1.5B", "short", "1.5 billion AUD"},
             {"1.5 billion", "short", "1.5 billion USD"},
             {"₹1300M", "short", "1300 million INR"},
             {"8.8 million EUR", "short", "8.8 million EUR"},
             {"USD 12.50 mn", "short", "12.50 million USD"},
             {"8.8M €", "short", "8.8 million EUR"},
             {"US$5bn", "short", "5 billion USD"},
             {"$5M USD", "short", "5 million USD"},
             {"~$5M", "short", "about 5 million USD"},
             {"14,342,000+", "at-least", "at least 14342000 USD"},
             {"$5M+", "at-least", "at least 5 million USD"},
             {"€5—7m", "range", "between 5 and 7 million EUR"},
             {"between 5 and 7 million EUR", "range", "between 5 and 7 million EUR"},
             {">$8M", "bound", "more than 8 million USD"},
             {"up to 3M", "bound", "at most 3 million USD"},
             {"mehr als 3 Mio. €", "bound", "more than 3 million EUR"},
             {"\xC2\xA0"
              "1,300,000\xC2\xA0",
              "thousands", "1300000 USD"},
             {"N/A", "undisclosed", "undisclosed"},
             {"n/a", "undisclosed", "undisclosed"},
             {"undisclosed", "undisclosed", "undisclosed"},
             {"Undisclosed", "undisclosed", "undisclosed"},
             {"-", "undisclosed", "undisclosed"},
             {"—", "undisclosed", "undisclosed"},
             {"n.a.", "undisclosed", "undisclosed"},
             {"Confidential", "undisclosed", "undisclosed"},
             {"undisclosed amount", "undisclosed", "undisclosed"},
             {"nicht bekannt", "undisclosed", "undisclosed"},
             {"None", "empty", ""},
             {"NaN", "empty", ""},
             {"null", "empty", ""},
             {"", "empty", ""},
             {"  ", "empty", ""},
         }) {
        CAPTURE(row.cell);
        const CsvAmount read = read_csv_amount(row.cell, {.currency = "USD"});
        CHECK(to_string(read.style) == row.style);
        CHECK((read.amount ? read.amount->to_string() : "") == row.amount);
    }
}

TEST_CASE("amounts: lakh and crore where the rules name them, with the precision they were written with") {
    const AmountRules rules{.styles = {},
                            .magnitudes = {IndianMagnitude::lakh, IndianMagnitude::crore},
                            .symbols = {},
                            .currency = "INR",
                            .decimal = DecimalMark::point};
    struct Row {
        std::string_view cell;
        std::string_view amount;
    };
    for (const Row& row : std::vector<Row>{{"1.5 cr", "15 million INR"},
                                           {"₹8 crore", "0.08 billion INR"},
                                           {"1.55 Cr", "15.5 million INR"},
                                           {"1.234 crores", "12.34 million INR"},
                                           {"15 lakh", "1.5 million INR"},
                                           {"1.5 lakhs", "0.15 million INR"},
                                           {"1.25 lac", "125 thousand INR"},
                                           {"0.00001 lakh", "1 INR"}}) {
        CAPTURE(row.cell);
        CHECK(read_csv_amount(row.cell, rules).amount->to_string() == row.amount);
    }
    CHECK(
        refusal([] { static_cast<void>(read_csv_amount("1.5 cr", {.currency = "INR"})); }) ==
        R"(got "1.5 cr", expected no Indian magnitude, unless the map names it in "magnitudes" [bad-amount])");
}

TEST_CASE("amounts: every refusal") {
    const std::string begin =
        "expected an amount such as 1300000, 1,300,000, 13,00,000, $8.8M, €5-7m, 14,342,000+, N/A or "
        "undisclosed";
    const auto stopped = [&](const std::string& at) {
        return begin + ", and stopped at \"" + at + "\" [bad-amount]";
    };
    const auto unknown = [&](const std::string& at) {
        return begin + ", and stopped at \"" + at +
               "\"; the map's \"symbols\" names the currency of a sign [bad-amount]";
    };
    const auto either = [](const std::string& one, const std::string& other) {
        return "expected one reading, but it can be " + one + " or " + other +
               ": the map's \"decimal\" says which [bad-amount]";
    };
    const std::string groups =
        "expected digits in groups of three (1,300,000), or Indian groups (13,00,000) [bad-amount]";
    struct Row {
        std::string cell;
        std::string expected;
    };
    for (const Row& row : std::vector<Row>{
             {"1,3000", groups},
             {"13,0,000", groups},
             {"1,300,00", groups},
             {"1,,300", stopped(",")},
             {",300", stopped(",")},
             {"1,300,", stopped(",")},
             {"1,30,000,000", groups},
             {"130,00,000", groups},
             {"1.300.000.00", groups},
             {"1,250", either("1250", "1.250")},
             {"25.000 €", either("25.000 EUR", "25000 EUR")},
             {"500T",
              "expected one reading, but it can be 500 trillion or 500 thousand: the map's \"language\" "
              "says which [bad-amount]"},
             {"-5", stopped("-")},
             {"(500)", stopped("(")},
             {"$", begin + " [bad-amount]"},
             {"$.5M", stopped(".")},
             {"5.", stopped(".")},
             {"1e6", stopped("e")},
             {"5 zillion", unknown("zillion")},
             {"5M USD later", unknown("later")},
             {"Fr. 5m", unknown("Fr.")},
             {"~5M+", stopped("+")},
             {"5 kr",
              "expected one currency: the map's \"currency\" or \"symbols\" says which is meant of SEK, "
              "NOK, DKK, ISK [bad-amount]"},
             {"¥5M",
              "expected one currency: the map's \"currency\" or \"symbols\" says which is meant of JPY, CNY "
              "[bad-amount]"},
             {"$5M EUR", "expected one currency [bad-amount]"},
             {"5M XQZ", "expected a currency of ISO 4217 or of the ledger, not XQZ [unknown-currency]"},
             {"$1.0005", "expected whole minor units of USD (2 decimals) [fractional-minor-unit]"},
             {"99999999 trillion", "expected an amount within 64-bit minor units [overflow]"},
         }) {
        CAPTURE(row.cell);
        const auto read = [&] { static_cast<void>(read_csv_amount(row.cell, {.currency = "USD"})); };
        CHECK(refusal(read) == "got \"" + row.cell + "\", " + row.expected);
    }
    CHECK(refusal([] { static_cast<void>(read_csv_amount("500", {})); }) ==
          "got \"500\", expected a currency: by its sign or code, in a column of its own, or as the map's "
          "\"currency\" "
          "[bad-amount]");
}

TEST_CASE("amounts: a named style refuses the other groupings, and never a number without any") {
    const AmountRules western{
        .styles = {AmountStyle::thousands}, .magnitudes = {}, .symbols = {}, .currency = "USD"};
    const AmountRules indian{
        .styles = {AmountStyle::indian}, .magnitudes = {}, .symbols = {}, .currency = "USD"};
    const auto text = [](std::string_view cell, const AmountRules& rules) {
        return read_csv_amount(cell, rules).amount->to_string();
    };
    CHECK(text("1,300,000", western) == "1300000 USD");
    CHECK(text("500", western) == "500 USD");
    CHECK(text("1,300,000+", western) == "at least 1300000 USD");
    CHECK(text("13,00,000", indian) == "1300000 USD");
    CHECK(refusal([&] { static_cast<void>(read_csv_amount("13,00,000", western)); }) ==
          "got \"13,00,000\", expected an amount in a style that the map names: thousands [bad-amount]");
    CHECK(refusal([&] { static_cast<void>(read_csv_amount("1,300,000", indian)); }) ==
          "got \"1,300,000\", expected an amount in a style that the map names: indian [bad-amount]");
    CHECK(refusal([&] { static_cast<void>(read_csv_amount("$8M", indian)); }) ==
          "got \"$8M\", expected an amount in a style that the map names: indian [bad-amount]");
}

TEST_CASE("amounts: a shared sign takes the row's currency, and another one's is refused") {
    const auto text = [](std::string_view cell, const AmountRules& rules, std::optional<Currency> row) {
        return read_csv_amount(cell, rules, row).amount->to_string();
    };
    CHECK(text("$5M", {}, Currency::iso("AUD")) == "5 million AUD");
    CHECK(text("$5M", {}, std::nullopt) == "5 million USD");
    CHECK(text("$5M", {.currency = "CAD"}, std::nullopt) == "5 million CAD");
    CHECK(text("$5M", {.currency = "EUR"}, std::nullopt) == "5 million USD");
    CHECK(text("¥5M", {}, Currency::iso("CNY")) == "5 million CNY");
    CHECK(text("¥5M", {.symbols = {{"¥", "CNY"}}}, std::nullopt) == "5 million CNY");
    CHECK(text("5 kr", {.currency = "SEK"}, std::nullopt) == "5 SEK");
    CHECK(text("Rs. 5M", {.symbols = {{"Rs.", "INR"}}}, std::nullopt) == "5 million INR");
    CHECK(text("5M", {.currency = "USD"}, Currency::iso("EUR")) == "5 million EUR");
    CHECK(refusal([&] { static_cast<void>(text("$5M", {}, Currency::iso("EUR"))); }) ==
          "got \"$5M\", expected an amount in EUR, the currency of its row [mixed-currencies]");
    CHECK(refusal([&] { static_cast<void>(text("5M USD", {}, Currency::iso("EUR"))); }) ==
          "got \"5M USD\", expected an amount in EUR, the currency of its row [mixed-currencies]");
}

TEST_CASE("dates: every format, and what is refused") {
    struct Row {
        std::vector<std::string> formats;
        std::string cell;
        std::string result;
    };
    for (
        const Row& row : std::vector<Row>{
            {{}, "2018-05-12", "2018-05-12"},
            {{}, "2018-05", "2018-05"},
            {{}, "2018-Q3", "2018-Q3"},
            {{}, "Q3 2021", "2021-Q3"},
            {{}, "3Q 2021", "2021-Q3"},
            {{}, "H1 2021", "2021"},
            {{}, "2021.0", "2021"},
            {{}, "2021-10-14 00:00:00", "2021-10-14"},
            {{}, "2024-03-14T01:00:00+01:00", "2024-03-14"},
            {{}, "2024-03-14T23:30:00.000Z", "2024-03-14"},
            {{}, "Sept 14, 2021", "2021-09-14"},
            {{}, "14 octobre 2021", "2021-10-14"},
            {{}, "14. März 2021", "2021-03-14"},
            {{}, "14 de agosto de 2021", "2021-08-14"},
            {{}, "1er août 2021", "2021-08-01"},
            {{}, "maggio 2021", "2021-05"},
            {{}, "dez. 2021", "2021-12"},
            {{"DD/MM/YYYY"}, "Q3 2021", "2021-Q3"},
            {{"DD/MM/YYYY"}, "22/01/2015 10:30 PM", "2015-01-22"},
            {{"spreadsheet-days"}, "44483", "2021-10-14"},
            {{"spreadsheet-days"}, "44483.75", "2021-10-14"},
            {{"spreadsheet-days-1904"}, "43021", "2021-10-14"},
            {{"spreadsheet-days"},
             "60",
             R"(got "60", expected a date of the calendar as spreadsheet-days [bad-date])"},
            {{},
             "FY2021",
             R"(got "FY2021", expected a date of the calendar: a fiscal year begins when its company says [bad-date])"},
            {{},
             "14-Oct-21",
             R"(got "14-Oct-21", expected YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY, unless the map's "date_formats" names another form [bad-date])"},
            {{"DD/MM/YYYY"}, "22/01/2015", "2015-01-22"},
            {{"DD/MM/YYYY"}, " 22/01/2015 ", "2015-01-22"},
            {{"MM/DD/YYYY"}, "01/22/2015", "2015-01-22"},
            {{"D/M/YYYY"}, "2/1/2015", "2015-01-02"},
            {{"D/M/YYYY"}, "22/01/2015", "2015-01-22"},
            {{"DD-MMM-YYYY"}, "22-Jan-2015", "2015-01-22"},
            {{"MMMM D, YYYY"}, "September 5, 2015", "2015-09-05"},
            {{"MMM YYYY"}, "sep 2015", "2015-09"},
            {{"YYYYMMDD"}, "20150122", "2015-01-22"},
            {{"DD/MM/YYYY", "YYYY"}, "2015", "2015"},
            {{"DD/MM/YYYY", "MM/DD/YYYY"}, "02/02/2015", "2015-02-02"},
            {{"DD/MM/YYYY", "MM/DD/YYYY"}, "22/01/2015", "2015-01-22"},
            {{"DD/MM/YYYY", "MM/DD/YYYY"},
             "02/01/2015",
             R"(got "02/01/2015", expected a date that is the same in each of the map's formats that read it: 2015-01-02 or 2015-02-01 [bad-date])"},
            {{"DD/MM/YYYY"},
             "05/072018",
             R"(got "05/072018", expected a date of the calendar as DD/MM/YYYY [bad-date])"},
            {{"DD/MM/YYYY"},
             "22/01//2015",
             R"(got "22/01//2015", expected a date of the calendar as DD/MM/YYYY [bad-date])"},
            {{"DD/MM/YYYY"},
             "2/1/2015",
             R"(got "2/1/2015", expected a date of the calendar as DD/MM/YYYY [bad-date])"},
            {{"DD/MM/YYYY"},
             "31/02/2015",
             R"(got "31/02/2015", expected a date of the calendar as DD/MM/YYYY [bad-date])"},
            {{"DD/MM/YYYY"},
             "22/13/2015",
             R"(got "22/13/2015", expected a date of the calendar as DD/MM/YYYY [bad-date])"},
            {{"DD/MM/YYYY"},
             "22/01/2015 ?",
             R"(got "22/01/2015 ?", expected a date of the calendar as DD/MM/YYYY [bad-date])"},
            {{"DD/MM/YYYY"},
             "22/01/15",
             R"(got "22/01/15", expected a date of the calendar as DD/MM/YYYY [bad-date])"},
            {{"YYYY-MM-DD", "YYYY"},
             "0000",
             R"(got "0000", expected a date of the calendar as YYYY-MM-DD or YYYY [bad-date])"},
            {{"DD MMM YYYY"},
             "22 Foo 2015",
             R"(got "22 Foo 2015", expected a date of the calendar as DD MMM YYYY [bad-date])"},
        }) {
        CAPTURE(row.cell);
        std::string result;
        const std::string refused =
            refusal([&] { result = read_csv_date(row.cell, row.formats).to_string(); });
        CHECK((result.empty() ? refused : result) == row.result);
    }
    for (const std::string_view format :
         {"YYY-MM-DD", "DD/MM", "YYYY-DD", "YYYY-MM-MM", "yyyy-mm-dd", "", "MMMMM YYYY", "YYYY-1"}) {
        CAPTURE(format);
        CHECK(refusal([&] { check_date_format(format); }) ==
              "got \"" + std::string(format) +
                  "\", expected a format of YYYY or YY, M, MM, MMM or MMMM, and D or DD, such as DD/MM/YYYY; "
                  "spreadsheet-days or spreadsheet-days-1904 [bad-date]");
    }
}

TEST_CASE("dates: years of two digits, by the turn of the century") {
    const std::vector<std::string> formats{"D/M/YY", "DD-MMM-YY"};
    CHECK(read_csv_date("3/10/69", formats, 70).to_string() == "2069-10-03");
    CHECK(read_csv_date("3/10/70", formats, 70).to_string() == "1970-10-03");
    CHECK(read_csv_date("14-Oct-21", formats, 70).to_string() == "2021-10-14");
    CHECK(refusal([&] { check_date_format("D/M/YY"); }) ==
          "got \"D/M/YY\", expected the map's \"century_turn\" too: 70 takes 70 for 1970 and 69 for 2069 "
          "[bad-date]");
}

TEST_CASE("a table of rounds: a source, a round and its participations") {
    Ledger ledger = new_ledger();
    const CsvReport report = import_text(ledger,
                                         header +
                                             "Acme Robotics,2018-05-12,Series A+,\"1,300,000\",USD,\"Blue "
                                             "Fund, Harbour Partners, LLC, Blue Fund,, N/A\"\n",
                                         built_in_map("rounds"));
    CHECK(report.rows == 1);
    CHECK(report.imported == 1);
    CHECK(facts_of(ledger) ==
          R"({"id":"t.csv","kind":"source","type":"database"}
{"announced":"2018-05-12","as_written":"1,300,000","company":"Acme Robotics","kind":"round","name":"Series A+","raised":"1300000 USD","round":"acme-robotics-series-a-plus-2018-05-12","source":"t.csv"}
{"investor":"Blue Fund","kind":"participation","round":"acme-robotics-series-a-plus-2018-05-12","source":"t.csv"}
{"investor":"Harbour Partners, LLC","kind":"participation","round":"acme-robotics-series-a-plus-2018-05-12","source":"t.csv"}
)");
    CHECK(ledger.verify().ok);
}

TEST_CASE("tables of investments and of companies") {
    Ledger ledger = new_ledger();
    CHECK(import_fixture(ledger, "investments.csv", built_in_map("investments")).imported == 3);
    CHECK(import_fixture(ledger, "companies.csv", built_in_map("companies")).imported == 2);
    CHECK(facts_of(ledger) ==
          R"({"id":"investments.csv","kind":"source","type":"database"}
{"company":"Acme Robotics","kind":"round","name":"Seed","round":"acme-robotics-seed","source":"investments.csv"}
{"amount":"800000 USD","as_written":"$800,000","investor":"Blue Fund","kind":"participation","round":"acme-robotics-seed","source":"investments.csv"}
{"amount":"0.5 million USD","as_written":"$0.5M","investor":"Green Ventures, LLC","kind":"participation","round":"acme-robotics-seed","source":"investments.csv"}
{"company":"Acme Robotics","kind":"round","name":"Series A","round":"acme-robotics-series-a","source":"investments.csv"}
{"amount":"undisclosed","as_written":"undisclosed","investor":"Blue Fund","kind":"participation","round":"acme-robotics-series-a","source":"investments.csv"}
{"id":"companies.csv","kind":"source","type":"database"}
{"country":"US","founded":"2017","kind":"party","market":"Robots","name":"Acme Robotics","source":"companies.csv","type":"company"}
{"country":"ES","founded":"2018-06","kind":"party","name":"Bolt Energia","source":"companies.csv","type":"company"}
)");
    CHECK(ledger.verify().ok);
}

TEST_CASE("a byte-order mark, CRLF, empty lines, and quoted commas, quotes and line breaks") {
    Ledger ledger = new_ledger();
    CHECK(import_fixture(ledger, "bom_crlf.csv", built_in_map("rounds")).imported == 2);
    CHECK(facts_of(ledger) ==
          R"({"id":"bom_crlf.csv","kind":"source","type":"database"}
{"announced":"2019-04-01","as_written":"€1,250,000.50","company":"Café Nord","kind":"round","name":"Seed","raised":"1250000.50 EUR","round":"café-nord-seed-2019-04-01","source":"bom_crlf.csv"}
{"investor":"Fonds \"Étoile\"","kind":"participation","round":"café-nord-seed-2019-04-01","source":"bom_crlf.csv"}
{"investor":"Rive Gauche","kind":"participation","round":"café-nord-seed-2019-04-01","source":"bom_crlf.csv"}
{"announced":"2020","as_written":"$2M","company":"Line Break, Inc.","kind":"round","name":"Series A","raised":"2 million USD","round":"line-break-inc-series-a-2020","source":"bom_crlf.csv"}
)");
}

TEST_CASE("Latin-1 where the map names it, and bytes that an encoding does not have") {
    Ledger ledger = new_ledger();
    CsvMap map = built_in_map("rounds");
    map.encoding = CsvEncoding::latin1;
    map.delimiter = ';';
    map.separator = {"|"};
    map.date_formats = {"DD.MM.YYYY"};
    CHECK(import_fixture(ledger, "latin1.csv", map).imported == 1);
    CHECK(ledger.party("Müller Capital").name == "Müller Capital");
    CHECK(ledger.company_of_round("café-nord-seed-2019-04-01") == "Café Nord");

    CHECK(refusal([&] {
              import_text(ledger, header + "Acme,2018,Seed,1000,USD,\n\"Caf\xe9\",2018,Seed,1000,USD,\n",
                          built_in_map("rounds"));
          }) ==
          "t.csv:3: field \"company\": got \"Caf\\xe9\", expected valid UTF-8; if the table is in another "
          "encoding, the map says \"encoding\": \"windows-1252\" or \"latin-1\" [bad-text]");
    CHECK(refusal([&] {
              CsvMap latin1 = built_in_map("rounds");
              latin1.encoding = CsvEncoding::latin1;
              import_text(ledger, header + "\x80 Fund,2018,Seed,1,USD,\n", latin1);
          }) ==
          "t.csv:2: field \"company\": got \"\\x80 Fund\", expected Latin-1, in which this byte is a control "
          "character; windows-1252 may read it [bad-text]");
}

TEST_CASE("what refuses a row, with its row and column") {
    struct Row {
        std::string row;
        std::string message;
    };
    for (
        const Row& row : std::vector<Row>{
            {"Acme,05/072018,Seed,$1M,USD,",
             R"(t.csv:2: field "date": got "05/072018", expected YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY, unless the map's "date_formats" names another form [bad-date])"},
            {"Acme,22/01//2015,Seed,$1M,USD,",
             R"(t.csv:2: field "date": got "22/01//2015", expected YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY, unless the map's "date_formats" names another form [bad-date])"},
            {"Acme,2018,Seed,\"1,3000\",USD,",
             R"(t.csv:2: field "amount": got "1,3000", expected digits in groups of three (1,300,000), or Indian groups (13,00,000) [bad-amount])"},
            {"Acme,2018,Seed,$1M,EUR,",
             R"(t.csv:2: field "amount": got "$1M", expected an amount in EUR, the currency of its row [mixed-currencies])"},
            {",2018,Seed,$1M,USD,", R"(t.csv:2: field "company": got "", expected a name [missing-field])"},
            {"Acme,,,$1M,USD,",
             R"(t.csv:2: field "series": missing, expected a name or a date, to tell the company's rounds apart [missing-field])"},
            {"???,2018,Seed,$1M,USD,",
             R"(t.csv:2: field "company": got "???", expected a name with a letter or a digit [bad-text])"},
            {"Acme,2018,Seed,$1M",
             R"(t.csv:2: the row has 4 cells, expected 6, as many as the header [bad-text])"},
            {"Acme,2018,Seed,$1M,USD,cik:0000000001",
             R"(t.csv:2: field "investors": got "cik:0000000001", expected the id of a party on record [unknown-party])"},
        }) {
        CAPTURE(row.row);
        Ledger ledger = new_ledger();
        CHECK(refusal([&] { import_text(ledger, header + row.row + "\n", built_in_map("rounds")); }) ==
              row.message);
        CHECK(ledger.size() == 0);
    }
}

TEST_CASE("an unknown currency is refused in its own column") {
    Ledger ledger = new_ledger();
    const std::string message =
        refusal([&] { import_text(ledger, header + "Acme,2018,Seed,1000,QQQ,\n", built_in_map("rounds")); });
    CHECK(message.starts_with("t.csv:2: field \"currency\": got \"QQQ\", expected "));
    CHECK(message.ends_with(" [unknown-currency]"));
}

TEST_CASE("what refuses a table as a whole") {
    struct Row {
        std::string text;
        std::string message;
    };
    const std::string no_csv =
        "is no CSV (RFC 4180): a quote within a cell that is not quoted, or one that is not closed; a quote "
        "in a quoted cell "
        "is doubled [bad-text]";
    for (const Row& row : std::vector<Row>{
             {"", "t.csv: is empty, expected a header and rows [missing-field]"},
             {"company,acquired by,date,price\nA,B,2020,$1\n",
              "t.csv:1: got a table of acquisitions (column \"acquired by\"), expected rounds, investments "
              "or companies: what a "
              "buyer pays is no capital that the company raised [unknown-kind]"},
             {"firm,amount\nA,$1\n",
              "t.csv:1: field \"company\": no such column, though the map has it for \"company\"; the header "
              "has firm, amount "
              "[missing-field]"},
             {"company,Company,amount\nA,B,$1M\n",
              "t.csv:2: field \"announced\": missing, expected a name or a date, to tell "
              "the company's rounds apart [missing-field]"},
             {"Company,COMPANY,amount\nA,B,$1\n",
              "t.csv:1: field \"company\": two columns have this heading, expected one [duplicate-field]"},
             {header + "A\"B,2018,Seed,1,USD,\n", "t.csv:2: " + no_csv},
             {header + "A,2018,Seed,1,USD,\n\"AB,2018,Seed,1,USD,\n", "t.csv:3: " + no_csv},
         }) {
        CAPTURE(row.text);
        Ledger ledger = new_ledger();
        CHECK(refusal([&] {
                  import_text(ledger, row.text, built_in_map("rounds"), {.keep_going = false});
              }) == row.message);
        CHECK(ledger.size() == 0);
    }
}

TEST_CASE("a row that stands twice is one fact, and importing again changes nothing") {
    Ledger ledger = new_ledger();
    const std::string table = header +
                              "Acme,2018,Seed,$1M,USD,Blue Fund\nAcme,2018,Seed,$1M,USD,Blue Fund\n"
                              "Bolt,2019,Seed,$2M,USD,\n";
    CsvReport report = import_text(ledger, table, built_in_map("rounds"));
    CHECK(report.rows == 3);
    CHECK(report.imported == 2);
    CHECK(report.unchanged == 1);
    const Digest digest = ledger.digest();
    report = import_text(ledger, table, built_in_map("rounds"));
    CHECK(report.imported == 0);
    CHECK(report.unchanged == 3);
    report = import_text(ledger, table, built_in_map("rounds"), {.keep_going = true});
    CHECK(report.unchanged == 3);
    CHECK(ledger.digest() == digest);
    report = import_text(ledger, table + "Bolt,2020,Series A,$9M,USD,Blue Fund\n", built_in_map("rounds"));
    CHECK(report.imported == 1);
    CHECK(report.unchanged == 3);
    CHECK(ledger.total_raised("Acme").front().known->to_string() == "1000000.00 USD");
}

TEST_CASE("all or nothing: a refused row leaves nothing, whether the map refuses it or the ledger does") {
    Ledger ledger = new_ledger();
    CHECK_THROWS(import_text(ledger, header + "Acme,2018,Seed,$1M,USD,\nBolt,soon,Seed,$1M,USD,\n",
                             built_in_map("rounds")));
    CHECK(ledger.size() == 0);
    // Two spellings of one company make one handle.
    CHECK(
        refusal([&] {
            import_text(ledger, header + "Acme Inc,2018,Seed,$1M,USD,\n\nAcme-Inc,2018,Seed,$1M,USD,\n",
                        built_in_map("rounds"));
        }) ==
        "t.csv:4: field \"company\": got \"Acme-Inc\", expected the company of round \"acme-inc-seed-2018\", "
        "\"Acme Inc\"; the map's \"handle\" or a column for \"round\" tells rounds apart [wrong-company]");
    CHECK(ledger.size() == 0);
}

TEST_CASE("keep going: the good rows are recorded and the bad ones listed, a row never by halves") {
    Ledger ledger = new_ledger();
    const std::string table = header +
                              "Acme Inc,2018,Seed,$1M,USD,Blue Fund\n"
                              "Acme-Inc,2018,Seed,$2M,USD,Green Fund\n"
                              "Bolt,2019,Seed,\"1,3000\",USD,Blue Fund\n"
                              "Corvid,2019,Seed,$3M,USD,\"Red Fund, cik:0000000001\"\n"
                              "Delta,2020,Seed,$4M,USD,Blue Fund\n";
    const CsvReport report = import_text(ledger, table, built_in_map("rounds"), {.keep_going = true});
    CHECK(report.rows == 5);
    CHECK(report.imported == 2);
    CHECK(report.unchanged == 0);
    CHECK(
        messages(report) ==
        std::vector<std::string>{
            R"(t.csv:3: field "company": got "Acme-Inc", expected the company of round "acme-inc-seed-2018", "Acme Inc"; the map's "handle" or a column for "round" tells rounds apart [wrong-company])",
            R"(t.csv:4: field "amount": got "1,3000", expected digits in groups of three (1,300,000), or Indian groups (13,00,000) [bad-amount])",
            R"(t.csv:5: field "investors": got "cik:0000000001", expected the id of a party on record [unknown-party])"});
    CHECK(ledger.size() == 5);  // the source, and two rounds with a participation each
    CHECK(refusal([&] { static_cast<void>(ledger.party("Corvid")); }).ends_with("[unknown-party]"));
    CHECK(ledger.verify().ok);
}

TEST_CASE("a dry run reports what would happen and writes nothing") {
    Ledger ledger = new_ledger();
    import_text(ledger, header + "Acme Inc,2018,Seed,$1M,USD,Blue Fund\n", built_in_map("rounds"));
    const Head head = ledger.head();
    const std::string table = header +
                              "Acme Inc,2018,Seed,$1M,USD,Blue Fund\n"
                              "Acme-Inc,2018,Seed,$2M,USD,Green Fund\n"
                              "Bolt,someday,Seed,$1M,USD,Blue Fund\n"
                              "Delta,2020,Seed,$4M,USD,Blue Fund\n";
    const CsvReport report =
        import_text(ledger, table, built_in_map("rounds"), {.dry_run = true, .recorded = fixed_now()});
    CHECK(report.rows == 4);
    CHECK(report.imported == 1);
    CHECK(report.unchanged == 1);
    REQUIRE(report.refused.size() == 2);
    CHECK(report.refused[0].code() == ErrorCode::wrong_company);
    CHECK(report.refused[0].line() == 3);
    CHECK(report.refused[1].code() == ErrorCode::bad_date);
    CHECK(ledger.head().hash == head.hash);
    CHECK(ledger.size() == head.length);
}

TEST_CASE("a ledger file is made only for something to record, and a dry run changes no byte of one") {
    const auto folder = std::filesystem::temp_directory_path() / "postmoney-csv-import-test";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    const auto path = folder / "ledger.db";
    const auto run = [&](const std::string& rows, const CsvOptions& options) {
        std::istringstream in(header + rows);
        return import_csv(path, in, "t.csv", built_in_map("rounds"), options);
    };
    const auto bytes = [&] {
        std::ifstream file(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    CHECK(run("Acme,2018,Seed,$1M,USD,\n", {.dry_run = true}).imported == 1);
    CHECK_THROWS(run("Acme,2018,Seed,$1M,USD,\nAcme,x,Seed,$1M,USD,\n", {}));
    CHECK(run("Acme,x,Seed,$1M,USD,\n", {.keep_going = true}).refused.size() == 1);
    CHECK(std::filesystem::is_empty(folder));
    CHECK(run("Acme,2018,Seed,$1M,USD,\n", {}).imported == 1);
    const std::string before = bytes();
    CHECK(run("Acme,2019,Series A,$1M,USD,\nBolt,x,Seed,$1M,USD,\n", {.dry_run = true}).imported == 1);
    CHECK(bytes() == before);
    CHECK(run("Acme,2019,Series A,$1M,USD,\n", {}).imported == 1);
    std::filesystem::remove_all(folder);
}

TEST_CASE("the styles that were found, a column at a time") {
    Ledger ledger = new_ledger();
    const auto styles = [&](const std::string& cells) {
        std::string table = "company,series,amount\n";
        std::istringstream in(cells);
        int count = 0;
        for (std::string cell; std::getline(in, cell, ' ');) {
            table += "Acme,Round " + std::to_string(++count) + ",\"" + cell + "\"\n";
        }
        CsvMap map = built_in_map("rounds");
        map.amounts.currency = "USD";
        return import_text(ledger, table, map, {.dry_run = true}).amount_styles.at("amount");
    };
    using Counts = std::map<std::string, std::int64_t>;
    CHECK(styles("1,300,000 13,000 500 $8M 14,342,000+ N/A") ==
          Counts{{"at-least", 1}, {"plain", 1}, {"short", 1}, {"thousands", 2}, {"undisclosed", 1}});
    CHECK(styles("13,00,000 13,000") == Counts{{"indian", 2}});
    CHECK(styles("13,00,000 13,000 1,300,000") == Counts{{"indian", 1}, {"thousands", 2}});
}

TEST_CASE("a map says which fields make the handle, or which column is one") {
    Ledger ledger = new_ledger();
    CsvMap map = built_in_map("rounds");
    map.handle = {"company", "name"};
    import_text(ledger, header + "Acme,2018-05-01,Seed,$1M,USD,\n", map);
    CHECK(ledger.company_of_round("acme-seed") == "Acme");
    map = read_csv_map(R"({"table": "rounds", "columns": {"company": "company", "round": "id"}})");
    import_text(ledger, "company,id\nBolt,deal-17\n", map);
    CHECK(ledger.company_of_round("deal-17") == "Bolt");
}

TEST_CASE("a source is stated once a table, as the map says") {
    Ledger ledger = new_ledger();
    CsvMap map = built_in_map("rounds");
    map.source = Source{.id = "desk",
                        .type = SourceType::press,
                        .publisher = "Desk",
                        .title = "Rounds",
                        .url = {},
                        .published = PartialDate::parse("2020-02")};
    import_text(ledger, header + "Acme,2018,Seed,$1M,USD,\n", map);
    import_text(ledger, header + "Bolt,2018,Seed,$1M,USD,\n", map);
    CHECK(facts_of(ledger).starts_with(
        R"({"id":"desk","kind":"source","published":"2020-02","publisher":"Desk","title":"Rounds","type":"press"})"));
    CHECK(ledger.size() == 3);
    map.source.title = "Others";
    CHECK(refusal([&] { import_text(ledger, header + "Bolt,2018,Seed,$1M,USD,\n", map); }) ==
          "field \"source.id\": got \"desk\", expected a new id, it is on record with other content: "
          "give the map's \"source\" an \"id\" of its own, such as \"desk-2020-02\", or supersede that entry "
          "[source-redefined]");
}

TEST_CASE(
    "a table that is set back to what it said before: its rows are on record, and not used, and named") {
    Ledger ledger = new_ledger();
    const CsvMap map = built_in_map("rounds");
    const auto import_at = [&](const std::string& day, const std::string& raised) {
        return import_text(
            ledger, header + "Acme,2018-05-01,Seed," + raised + ",USD,Blue Fund\nBolt,2018,Seed,$1M,USD,\n",
            map, {.recorded = Timestamp::parse("2025-01-" + day + "T00:00:00Z")});
    };
    const auto raised = [&] { return ledger.total_raised("Acme").front().known->to_string(); };
    CHECK(import_at("01", "$1.0M").not_used == 0);
    CHECK(import_at("01", "$1.0M").not_used == 0);
    CHECK(import_at("02", "$1.2M").not_used == 0);
    CHECK(raised() == "1200000.00 USD");
    const CsvReport back = import_at("03", "$1.0M");
    CHECK(back.imported == 0);
    CHECK(back.unchanged == 2);
    CHECK(back.not_used == 1);
    REQUIRE(back.first_not_used);
    CHECK(back.first_not_used->row == 2);
    CHECK(back.first_not_used->field == "raised");
    CHECK(back.first_not_used->said == "1.0 million USD");
    CHECK(back.first_not_used->used == "1.2 million USD");
    CHECK(raised() == "1200000.00 USD");
    // What it names is what stands in the way.
    ledger.record(Entry{.content = Retraction{.of = back.first_not_used->entry, .reason = "set back"}},
                  Timestamp::parse("2025-01-04T00:00:00Z"));
    CHECK(import_at("05", "$1.0M").not_used == 0);
    CHECK(raised() == "1000000.00 USD");
    // A correction by hand stays, and is named too.
    std::string row;
    ledger.for_each_entry([&](const LogEntry& entry) {
        if (entry.body.find("1.0 million") != std::string::npos) row = "sha256:" + entry.id.to_string();
    });
    ledger.record(Entry{.source = "t.csv",
                        .supersedes = row,
                        .content = RoundStatement{.round = "acme-seed-2018-05-01",
                                                  .company = "Acme",
                                                  .raised = Amount::parse("1.5 million USD")}},
                  Timestamp::parse("2025-01-06T00:00:00Z"));
    const CsvReport again = import_at("07", "$1.0M");
    CHECK(again.not_used == 1);
    CHECK(again.first_not_used->used == "1.5 million USD");
    CHECK(raised() == "1500000.00 USD");
}

TEST_CASE("maps: each ready one, and what is refused in a map") {
    for (const char* name : {"rounds", "investments", "companies"}) {
        CAPTURE(name);
        CHECK(is_built_in_map(name));
        const std::string json = to_json(built_in_map(name));
        CHECK(to_json(read_csv_map(json)) == json);
    }
    CHECK(refusal([] { static_cast<void>(built_in_map("deals")); }) ==
          "got \"deals\", expected rounds, investments or companies [bad-word]");
    struct Row {
        std::string_view json;
        std::string_view message;
    };
    for (
        const Row& row : std::vector<Row>{
            {R"([])", R"(m.json: got "[]", expected a JSON object [bad-type])"},
            {R"({})", R"(m.json: field "table": missing, expected in every map [missing-field])"},
            {R"({"table": "rounds", "columns": {"name": "n"}})",
             R"(m.json: field "columns.company": missing, expected the heading of its column [missing-field])"},
            {R"({"columns": {"company": "c"}})",
             R"(m.json: field "table": missing, expected in every map [missing-field])"},
            {R"({"table": "deals"})",
             R"(m.json: field "table": got "deals", expected rounds, investments or companies [bad-word])"},
            {R"({"table": "rounds", "columns": {"company": "c", "amount": "a"}})",
             R"(m.json: field "columns.amount": unknown, a table of rounds has company, round, name, stage, status, instrument, announced, closed, first_sale, filed, raised, raised_usd, currency, investor, lead, investors, pre_money, pre_money_currency, post_money, post_money_currency, valuation, valuation_currency, price_per_share, shares, total_raised, total_currency, as_of, source_id, source_url, source_date, source_type, source_publisher [unknown-field])"},
            {R"({"table": "rounds", "columns": {"company": 1}})",
             R"(m.json: field "columns.company": got "1", expected a JSON string [bad-type])"},
            {R"({"table": "rounds", "table": "rounds"})",
             R"(m.json: field "table": given twice, expected each field once [duplicate-field])"},
            {R"({"table": "rounds", "sheet": "x"})",
             R"(m.json: field "sheet": unknown, expected one of table, encoding, delimiter, source, columns, optional, handle, investor_rows, currency, currencies, units, decimal, grouping, language, amount_styles, magnitudes, symbols, zero, date_formats, century_turn, words, skip, blank, not_investors, separator [unknown-field])"},
            {R"({"table": "rounds", "encoding": "utf-16"})",
             R"(m.json: field "encoding": got "utf-16", expected utf-8, latin-1 or windows-1252 [bad-word])"},
            {R"({"table": "rounds", "delimiter": ",,"})",
             R"(m.json: field "delimiter": got ",,", expected one ASCII character, such as , or ; or a tab [bad-text])"},
            {R"({"table": "rounds", "source": {"type": "blog"}})",
             R"(m.json: field "source.type": got "blog", expected filing, company, database, press or rumour [bad-word])"},
            {R"({"table": "rounds", "amount_styles": ["roman"]})",
             R"(m.json: field "amount_styles": got "roman", expected plain, thousands, indian, short, at-least, range, bound, zero, undisclosed or empty [bad-word])"},
            {R"({"table": "rounds", "magnitudes": ["dozen"]})",
             R"(m.json: field "magnitudes": got "dozen", expected lakh or cr [bad-word])"},
            {R"({"table": "rounds", "columns": {"company": "c"}, "date_formats": ["DD/MM/YY"]})",
             R"(m.json: field "date_formats": got "DD/MM/YY", expected the map's "century_turn" too: 70 takes 70 for 1970 and 69 for 2069 [bad-date])"},
            {R"({"table": "rounds", "columns": {"company": "c"}, "handle": ["amount"]})",
             R"(m.json: field "handle": got "amount", expected company, name or date [bad-word])"},
        }) {
        CAPTURE(row.json);
        CHECK(refusal([&] { static_cast<void>(read_csv_map(row.json, "m.json")); }) == row.message);
    }
    CHECK(refusal([] {
              static_cast<void>(read_csv_map("{", "m.json"));
          }).starts_with("m.json: got \"{\", expected a map in JSON ("));
    // Well-formed JSON with a number that no double holds.
    CHECK(refusal([] {
              static_cast<void>(read_csv_map(R"({"table":"rounds","columns":4e25555})", "m.json"));
          }).ends_with("[bad-json]"));
}

TEST_CASE("without a map: what was found, and a map to start from") {
    const std::string table =
        "Sr No,Date dd/mm/yyyy,Startup Name,Investors Name,InvestmentnType,Amount in USD\n"
        "1,09/01/2020,Tara Rides,\"Lily Capital, Lotus Fund\",Private Equity,\"20,00,00,000\"\n"
        "2,13/01/2020,Neem Health,Lotus Fund,Seed,\"13,00,000\"\n"
        "3,22/01//2015,Chai Box,Lotus Fund,Seed,undisclosed\n";
    std::istringstream in(table);
    const CsvProposal proposal = propose_map(read_csv_sample(in, "t.csv"));
    CHECK(proposal.map.table == CsvTable::rounds);
    CHECK(proposal.map.columns == std::map<std::string, std::string>{{"announced", "Date dd/mm/yyyy"},
                                                                     {"company", "Startup Name"},
                                                                     {"investor", "Investors Name"},
                                                                     {"name", "InvestmentnType"},
                                                                     {"raised", "Amount in USD"}});
    CHECK(proposal.map.date_formats == std::vector<std::string>{"DD/MM/YYYY"});
    CHECK(proposal.map.amounts.currency == "USD");
    CHECK(proposal.columns.back().amount_styles ==
          std::map<std::string, std::int64_t>{{"indian", 2}, {"undisclosed", 1}});
    CHECK(proposal.remarks ==
          std::vector<std::string>{
              R"(the column "Date dd/mm/yyyy" holds "22/01//2015", which will be refused)"});
    Ledger ledger = new_ledger();
    CHECK(import_text(ledger, table, proposal.map, {.keep_going = true}).imported == 2);
}

TEST_CASE("a proposal says what it cannot know") {
    const auto propose = [](const std::string& table) {
        std::istringstream in(table);
        return propose_map(read_csv_sample(in, "t.csv"));
    };
    CsvProposal proposal = propose(
        "company,round,investor,date,amount\nAcme,Seed,Blue Fund,02/01/2015,100000\nAcme,Seed,Red "
        "Fund,02/01/2015,500\n");
    CHECK(proposal.map.table == CsvTable::investments);
    CHECK(proposal.complete);
    CHECK(proposal.map.date_formats == std::vector<std::string>{"DD/MM/YYYY", "MM/DD/YYYY"});
    CHECK(
        proposal.remarks ==
        std::vector<std::string>{
            R"(the column "date" can be read as DD/MM/YYYY or MM/DD/YYYY: keep the one that it is in "date_formats")",
            R"(the column "amount" has amounts without a currency: say which in "currency")"});
    proposal = propose("name;country;founded\nCaf\xe9 Nord;FR;2017\n");
    CHECK(proposal.map.table == CsvTable::companies);
    CHECK(proposal.map.delimiter == ';');
    CHECK(proposal.map.encoding == CsvEncoding::windows1252);
    CHECK(proposal.columns.front().first_values == std::vector<std::string>{"Café Nord"});
    proposal = propose("a,b\n1,2\n");
    CHECK(!proposal.complete);
    CHECK(proposal.unused == std::vector<std::string>{"a", "b"});
    CHECK(proposal.remarks ==
          std::vector<std::string>{
              "no heading names a company: write under \"columns\" which of these does: a, b"});
    CHECK(refusal([&] { propose("Target,Acquirer,Price\nA,B,$1\n"); }) ==
          "got a table of acquisitions (column \"Acquirer\"), expected rounds, investments or companies: "
          "what a buyer pays is "
          "no capital that the company raised [unknown-kind]");
}
