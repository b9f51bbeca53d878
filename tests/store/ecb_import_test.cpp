// The import of the European Central Bank's reference rates: what is read, which entries it becomes, what is
// refused.
#include "postmoney/import/ecb_import.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "../sanitizers.hpp"
#include "ecb_generator.hpp"
#include "fixtures.hpp"
#include "import_files.hpp"

using namespace store_test;

namespace {

const std::string daily_csv = "Date, USD, JPY, CYP, \n02 December 2024, 1.0400, 157.90, N/A, \n";
const std::string daily_xml =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" "
    "xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\">\n"
    "\t<gesmes:subject>Reference rates</gesmes:subject>\n"
    "\t<gesmes:Sender>\n\t\t<gesmes:name>European Central Bank</gesmes:name>\n\t</gesmes:Sender>\n"
    "\t<Cube>\n"
    "\t\t<Cube time='2024-12-02'>\n"
    "\t\t\t<Cube currency='USD' rate='1.0400'/>\n"
    "\t\t\t<Cube currency='JPY' rate='157.90'/>\n"
    "\t\t</Cube>\n"
    "\t</Cube>\n"
    "</gesmes:Envelope>\n";
const std::string history_csv =
    "Date,USD,JPY,CYP,\n2024-12-02,1.04,157.9,N/A,\n2024-11-29,1.06,160,N/"
    "A,\n2007-12-31,1.47,164.9,0.5853,\n";

// "2 files, 3 days: 5 imported, 1 already there, 0 left out".
std::string counts_of(const EcbReport& report) {
    return std::to_string(report.files) + " files, " + std::to_string(report.days) +
           " days: " + std::to_string(report.imported) + " imported, " +
           std::to_string(report.already_there) + " already there, " + std::to_string(report.left_out) +
           " left out";
}

// Imports one text as a file of that name.
EcbReport import_rates(Ledger& ledger, const std::string& text, const EcbOptions& ecb_options = {},
                       const std::string& name = "f") {
    const TempFolder folder;
    write_file(folder / name, text);
    const Paths paths{folder / name};
    return import_ecb(ledger, paths, ecb_options);
}

// The refusal of a file, without the folder's path; nothing is recorded.
template <class Write>
std::string refusal_of_file(const Write& write, const EcbOptions& ecb_options = {}) {
    const TempFolder folder;
    write(folder / "f");
    Ledger ledger = in_memory();
    const Paths paths{folder / "f"};
    const std::string message = error_of([&] { import_ecb(ledger, paths, ecb_options); });
    CHECK(ledger.size() == 0);
    const std::string path = folder.path().string() + "/";
    return message.starts_with(path) ? message.substr(path.size()) : message;
}

std::string refusal_of_rates(const std::string& text, const EcbOptions& ecb_options = {}) {
    return refusal_of_file([&](const std::filesystem::path& path) { write_file(path, text); }, ecb_options);
}

std::vector<std::string> bodies_of(const Ledger& ledger) {
    std::vector<std::string> texts;
    ledger.for_each_entry([&](const LogEntry& entry) { texts.push_back(entry.body); });
    return texts;
}

// The rate that a ledger uses on that day.
Ratio rate_of(const Ledger& ledger, std::string_view currency, std::string_view day) {
    const ExchangeRates rates(ledger.claims_of_kind(EntryKind::fx_rate));
    return rates.rate(Currency::iso("EUR"), Currency::iso(currency), PartialDate::parse(day).first_day());
}

Ratio ratio(std::string_view rate) {
    return Ratio(Decimal::parse(rate));
}

// "2024-12-02 USD 1.04", each rate on record, in the order of the text.
std::vector<std::string> rates_of(const Ledger& ledger) {
    std::vector<std::string> rates;
    for (const Claim& claim : ledger.claims_of_kind(EntryKind::fx_rate)) {
        const auto& rate = *claim.as<FxRate>();
        rates.push_back(rate.on.to_string() + " " + std::string(rate.quote.code()) + " " +
                        rate.rate.to_string());
    }
    std::sort(rates.begin(), rates.end());
    return rates;
}

std::vector<std::string> rates_of(const std::vector<ecb_generator::Day>& days) {
    std::vector<std::string> rates;
    for (const auto& day : days) {
        for (std::size_t i = 0; i < day.rates.size(); ++i) {
            if (day.rates[i].empty()) continue;
            const std::string rate = Decimal::parse(day.rates[i]).normalized().to_string();
            rates.push_back(day.day + " " + std::string(ecb_generator::currencies[i]) + " " + rate);
        }
    }
    std::sort(rates.begin(), rates.end());
    return rates;
}

}  // namespace

TEST_CASE("a file of a day: a source and a rate an entry") {
    Ledger ledger = in_memory();
    CHECK(counts_of(import_rates(ledger, daily_csv)) ==
          "1 files, 1 days: 2 imported, 0 already there, 0 left out");
    CHECK(
        bodies_of(ledger) ==
        std::vector<std::string>{
            R"({"id":"ecb:2024-12-02","kind":"source","language":"en","published":"2024-12-02",)"
            R"("publisher":"European Central Bank",)"
            R"("title":"Euro foreign exchange reference rates up to 2024-12-02","type":"database"})",
            R"({"base":"EUR","kind":"fx_rate","on":"2024-12-02","quote":"USD","rate":"1.04","source":"ecb:2024-12-02"})",
            R"({"base":"EUR","kind":"fx_rate","on":"2024-12-02","quote":"JPY","rate":"157.9","source":"ecb:2024-12-02"})"});
    CHECK(ecb_source_id(PartialDate::parse("2024-12-02")) == "ecb:2024-12-02");
    CHECK(ledger.verify().ok);
}

TEST_CASE("every form of a file says the same, so that the second changes nothing") {
    const TempFolder folder;
    write_file(folder / "a.csv", daily_csv);
    write_file(folder / "b.xml", daily_xml);
    write_zip(folder / "c.zip", {{"eurofxref.csv", daily_csv}});
    write_file(folder / "d.csv", "\xEF\xBB\xBF" + replaced(daily_csv, "02 December 2024", "2024-12-02"));
    write_file(folder / "e.csv", "Date,USD,JPY,CYP\r\n2 December 2024,1.04,157.9,\r\n\r\n");
    write_file(folder / "f.xml", replaced(daily_xml, "rate='157.90'", "rate=\"157.9\""));
    for (const char* first : {"a.csv", "b.xml", "c.zip", "d.csv", "e.csv", "f.xml"}) {
        CAPTURE(first);
        Ledger ledger = in_memory();
        const Paths paths{folder / first};
        CHECK(import_ecb(ledger, paths).imported == 2);
        const Head head = ledger.head();
        const Paths all{folder.path()};
        CHECK(counts_of(import_ecb(ledger, all)) ==
              "6 files, 6 days: 0 imported, 12 already there, 0 left out");
        CHECK(ledger.head() == head);
    }
}

TEST_CASE("a history: old currencies, its last day published, and in all files of a call once") {
    Ledger ledger = in_memory();
    CHECK(counts_of(import_rates(ledger, history_csv)) ==
          "1 files, 3 days: 7 imported, 0 already there, 0 left out");
    CHECK(rate_of(ledger, "CYP", "2007-12-31") == ratio("0.5853"));
    CHECK(rate_of(ledger, "USD", "2024-12-01") == ratio("1.06"));  // of the Friday before
    CHECK(bodies_of(ledger).front().find(R"("published":"2024-12-02")") != std::string::npos);
    // The order of its days does not matter.
    Ledger other = in_memory();
    import_rates(
        other,
        "Date,USD,JPY,CYP\n2007-12-31,1.47,164.9,0.5853\n2024-11-29,1.06,160,\n2024-12-02,1.04,157.9,\n");
    CHECK(other.digest() == ledger.digest());
}

TEST_CASE("a longer history adds its new days and what was corrected since, which wins") {
    Ledger ledger = in_memory();
    import_rates(ledger, history_csv);
    const std::string longer =
        replaced(replaced(history_csv, "1.06", "1.061"), "CYP,\n", "CYP,\n2024-12-03,1.05,158.2,N/A,\n");
    CHECK(counts_of(import_rates(ledger, longer)) ==
          "1 files, 4 days: 3 imported, 6 already there, 0 left out");
    CHECK(rate_of(ledger, "USD", "2024-12-03") == ratio("1.05"));
    CHECK(ledger.claims_of_kind(EntryKind::fx_rate).size() == 10);
    CHECK(rate_of(ledger, "USD", "2024-11-29") == ratio("1.061"));
    // Neither file again, nor the older one after the longer one, changes anything.
    const Head head = ledger.head();
    CHECK(import_rates(ledger, longer).imported == 0);
    CHECK(import_rates(ledger, history_csv).imported == 0);
    CHECK(ledger.head() == head);
    // An older file that comes later: what it says otherwise is on record, and does not win.
    Ledger late = in_memory();
    import_rates(late, longer);
    CHECK(counts_of(import_rates(late, history_csv)) ==
          "1 files, 3 days: 1 imported, 6 already there, 0 left out");
    CHECK(rate_of(late, "USD", "2024-11-29") == ratio("1.061"));
}

TEST_CASE("what is on record is known of each file of a call, also of one that goes back further") {
    const TempFolder folder;
    write_file(folder / "1.csv", daily_csv);    // of the last day of the history
    write_file(folder / "2.csv", history_csv);  // from 2007 on
    Ledger ledger = in_memory();
    CHECK(import_rates(ledger, history_csv).imported == 7);
    const Paths both{folder.path()};
    CHECK(counts_of(import_ecb(ledger, both)) == "2 files, 4 days: 0 imported, 9 already there, 0 left out");
}

TEST_CASE("a file that is set back to what it said before: the rate that is not used is named") {
    Ledger ledger = in_memory();
    const std::string corrected = replaced(daily_csv, "1.0400", "1.0900");
    const auto on_day = [](const std::string& day) {
        return EcbOptions{.recorded = Timestamp::parse("2024-12-" + day + "T00:00:00Z")};
    };
    CHECK(import_rates(ledger, daily_csv, on_day("03")).not_used == 0);
    CHECK(import_rates(ledger, corrected, on_day("04")).not_used == 0);
    CHECK(import_rates(ledger, corrected, on_day("05")).not_used == 0);
    const EcbReport back = import_rates(ledger, daily_csv, on_day("06"));
    CHECK(back.imported == 0);
    CHECK(back.already_there == 2);
    CHECK(back.not_used == 1);
    REQUIRE(back.first_not_used);
    CHECK(back.first_not_used->currency.code() == "USD");
    CHECK(back.first_not_used->rate == Decimal::parse("1.04"));
    CHECK(back.first_not_used->used == Decimal::parse("1.09"));
    CHECK(rate_of(ledger, "USD", "2024-12-02") == ratio("1.09"));
    ledger.record(Entry{.content = Retraction{.of = "sha256:" + back.first_not_used->entry.to_string(),
                                              .reason = "set back"}},
                  Timestamp::parse("2024-12-07T00:00:00Z"));
    CHECK(import_rates(ledger, daily_csv, on_day("08")).not_used == 0);
    CHECK(rate_of(ledger, "USD", "2024-12-02") == ratio("1.04"));
}

TEST_CASE("a correction that is corrected back is recorded each time") {
    Ledger ledger = in_memory();
    const auto on_day = [&](const std::string& last, const std::string& rate) {
        return import_rates(ledger, "Date,USD\n2024-12-02," + rate + "\n" + last + ",1\n").imported;
    };
    CHECK(on_day("2024-12-03", "1.04") == 2);
    CHECK(on_day("2024-12-04", "1.14") == 2);
    CHECK(on_day("2024-12-05", "1.04") == 2);
    CHECK(on_day("2024-12-06", "1.04") == 1);
    CHECK(rate_of(ledger, "USD", "2024-12-02") == ratio("1.04"));
}

TEST_CASE("rates of others are no rates of the ECB; what was taken back stays so until a later file") {
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"source","id":"desk","type":"press","published":"2025-01-01"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-12-02","rate":"1.04","source":"desk"})");
    CHECK(import_rates(ledger, daily_csv).imported == 2);
    std::string id;
    ledger.for_each_entry([&](const LogEntry& entry) {
        if (entry.source == "ecb:2024-12-02" && entry.body.find("JPY") != std::string::npos)
            id = entry.id.to_string();
    });
    apply_text(ledger, R"({"kind":"retraction","of":"sha256:)" + id + R"(","reason":"a slip"})");
    CHECK(counts_of(import_rates(ledger, daily_csv)) ==
          "1 files, 1 days: 0 imported, 2 already there, 0 left out");
    CHECK(import_rates(ledger, replaced(history_csv, "CYP,\n", "CYP,\n2024-12-03,N/A,N/A,N/A,\n")).imported ==
          6);  // the JPY of the day, and the two days before
    CHECK(ledger.verify().ok);
}

TEST_CASE("options: from a day on, some currencies, a time") {
    struct Row {
        std::string_view from;
        std::vector<std::string_view> currencies;
        std::string_view report;
    };
    for (const Row& row : std::vector<Row>{
             {"", {}, "1 files, 3 days: 7 imported, 0 already there, 0 left out"},
             {"2024-12-02", {}, "1 files, 3 days: 2 imported, 0 already there, 5 left out"},
             {"2024-11", {}, "1 files, 3 days: 4 imported, 0 already there, 3 left out"},
             {"2024", {"USD"}, "1 files, 3 days: 2 imported, 0 already there, 5 left out"},
             {"", {"CYP", "JPY"}, "1 files, 3 days: 4 imported, 0 already there, 3 left out"},
             {"2025", {}, "1 files, 3 days: 0 imported, 0 already there, 7 left out"},
         }) {
        CAPTURE(row.from);
        EcbOptions ecb_options;
        if (!row.from.empty()) ecb_options.from = PartialDate::parse(row.from);
        for (const std::string_view code : row.currencies)
            ecb_options.currencies.push_back(Currency::iso(code));
        Ledger ledger = in_memory();
        const EcbReport report = import_rates(ledger, history_csv, ecb_options);
        CHECK(counts_of(report) == row.report);
        CHECK(ledger.size() == (report.imported == 0 ? 0 : report.imported + 1));
        // The rest comes later, to the same source.
        CHECK(import_rates(ledger, history_csv).imported == 7 - report.imported);
        CHECK(ledger.size() == 8);
    }
    Ledger ledger = in_memory();
    import_rates(ledger, daily_csv, {.from = {}, .currencies = {}, .recorded = at("2024-12-05T00:00:00Z")});
    ledger.for_each_entry([](const LogEntry& entry) { CHECK(entry.recorded == at("2024-12-05T00:00:00Z")); });
}

TEST_CASE("a unit that the ledger defines is read as any other") {
    Ledger ledger = in_memory();
    const std::string text = "Date,XTS\n2024-12-02,3.5\n";
    CHECK(error_of([&] { import_rates(ledger, text); }).ends_with("[unknown-currency]"));
    apply_text(ledger, R"({"kind":"currency","code":"XTS","decimals":2})");
    CHECK(import_rates(ledger, text).imported == 1);
}

TEST_CASE("the rates convert what a company raised") {
    Ledger ledger = in_memory();
    import_rates(ledger, history_csv);
    apply_text(
        ledger,
        R"({"kind":"round","round":"r","company":"Acme","closed":"2024-12-02","raised":"10.4 million USD"})");
    TotalQuery query;
    query.in = Currency::iso("EUR");
    CHECK(text_of(ledger.total_raised("Acme", query)) == "10000000.00 EUR over 1, 0 undisclosed");
}

TEST_CASE("CSV: every refusal") {
    struct Row {
        std::string text;
        std::string_view refusal;
    };
    const std::string first_line = "Date,USD,JPY,\n";
    for (
        const Row& row : std::vector<Row>{
            {"", R"(f:1: got "", expected the header Date,USD,... [bad-text])"},
            {"\n \n", R"(f:1: got "", expected the header Date,USD,... [bad-text])"},
            {"Date\n2024-12-02\n",
             R"(f:1: got "Date", expected the header Date,USD,... of the ECB's reference rates [bad-text])"},
            {"Day,USD\n2024-12-02,1.1\n",
             R"(f:1: got "Day", expected the header Date,USD,... of the ECB's reference rates [bad-text])"},
            {"Date;USD\n2024-12-02;1.1\n",
             R"(f:1: got "Date;USD", expected the header Date,USD,... of the ECB's reference rates [bad-text])"},
            {"Date,USD,Yen\n",
             R"(f:1: field "column 3": got "Yen", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
            {"Date,,USD\n",
             R"(f:1: field "column 2": got "", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
            {"Date,USD,EUR\n",
             R"(f:1: field "column 3": got "EUR", expected a currency that a euro is quoted in [out-of-range])"},
            {"Date,USD,JPY,USD\n",
             R"(f:1: field "column 4": got "USD", expected each currency in one column [duplicate-field])"},
            {first_line, "f: has no day, expected reference rates of at least one [bad-text]"},
            {first_line + "2024-12-02,1.1,150,7,\n",
             "f:2: got 5 cells, expected 3 as in the header [missing-field]"},
            {first_line + "2024-12-02,1.1,150,7\n",
             "f:2: got 4 cells, expected 3 as in the header [missing-field]"},
            {first_line + "\n2024-12-02,1.1\n",
             "f:3: got 2 cells, expected 3 as in the header [missing-field]"},
            {first_line + "2024-12,1.1,150,\n",
             R"(f:2: field "Date": got "2024-12", expected a day, 2024-12-02 or 02 December 2024 [bad-date])"},
            {first_line + "2023-02-29,1.1,150,\n",
             R"(f:2: field "Date": got "2023-02-29", expected a day, 2024-12-02 or 02 December 2024 [bad-date])"},
            {first_line + "02 Dec 2024,1.1,150,\n",
             R"(f:2: field "Date": got "02 Dec 2024", expected a day, 2024-12-02 or 02 December 2024 [bad-date])"},
            {first_line + "31 November 2024,1.1,150,\n",
             R"(f:2: field "Date": got "31 November 2024", expected a day, 2024-12-02 or 02 December 2024 [bad-date])"},
            {first_line + "2 December,1.1,150,\n",
             R"(f:2: field "Date": got "2 December", expected a day, 2024-12-02 or 02 December 2024 [bad-date])"},
            {first_line + ",1.1,150,\n",
             R"(f:2: field "Date": got "", expected a day, 2024-12-02 or 02 December 2024 [bad-date])"},
            {first_line + "2024-12-02,1.1,150,\n2024-12-01,1.1,150,\n2024-12-02,1.2,150,\n",
             R"(f:4: field "Date": got "2024-12-02", expected each day once, line 2 has it too [duplicate-field])"},
            {first_line + "2024-12-02,1.1,n/k,\n",
             R"(f:2: field "JPY": got "n/k", expected digits with an optional decimal point [bad-number])"},
            {first_line + "2024-12-02,\"1,1\",150,\n",
             R"(f:2: field "USD": got "1,1", expected digits with an optional decimal point [bad-number])"},
            {first_line + "2024-12-02,1e2,150,\n",
             R"(f:2: field "USD": got "1e2", expected digits with an optional decimal point [bad-number])"},
            {first_line + "2024-12-02,0,150,\n",
             R"(f:2: field "USD": got "0", expected a rate above 0 [out-of-range])"},
            {first_line + "2024-12-02,-1.1,150,\n",
             R"(f:2: field "USD": got "-1.1", expected a rate above 0 [out-of-range])"},
            {first_line + "2024-12-02,1.12345678901,150,\n",
             R"(f:2: field "USD": got "1.12345678901", expected at most 18 digits before and 10 after the point [out-of-range])"},
            {first_line + "2024-12-02,\"1.1,150,\n",
             R"(f:2: is no CSV (RFC 4180): a quote within a cell that is not quoted, or one that is not closed; a quote in a quoted cell is doubled [bad-text])"},
        }) {
        CAPTURE(row.text);
        CHECK(refusal_of_rates(row.text) == row.refusal);
    }
}

TEST_CASE("XML: every refusal") {
    struct Row {
        std::string_view from;
        std::string_view to;
        std::string_view refusal;
    };
    for (
        const Row& row : std::vector<Row>{
            {"</gesmes:Envelope>", "", "f:13: not well-formed: Start-end tags mismatch [bad-xml]"},
            {"<gesmes:Envelope", "<!DOCTYPE gesmes:Envelope>\n<gesmes:Envelope",
             "f:2: a DOCTYPE, expected none: the ECB's rates have no entities [bad-xml]"},
            {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gesmes:Envelope", "<a/><gesmes:Envelop",
             "f:12: not well-formed: Start-end tags mismatch [bad-xml]"},
            {"\t<Cube>\n", "\t<Cube/><Cube>\n", "f:7: a second element Cube [bad-xml]"},
            {"\t<Cube>\n", "\t<Cube multiplier='100'>\n",
             R"(f:7: got "Cube", expected Cube, Cube time="..." or Cube currency="..." rate="..." at its level [bad-xml])"},
            {"<gesmes:subject>", "<Rates/><gesmes:subject>",
             R"(f:3: got "Rates", expected Cube, Cube time="..." or Cube currency="..." rate="..." at its level [bad-xml])"},
            {"rate='157.90'", "rate='157.90' multiplier='100'",
             R"(f:10: got "Cube", expected Cube, Cube time="..." or Cube currency="..." rate="..." at its level [bad-xml])"},
            {"rate='157.90'/>", "rate='157.90'><Cube/></Cube>",
             "f:10: an element within a rate, expected none [bad-xml]"},
            {"time='2024-12-02'", "day='2024-12-02'",
             R"(f:8: field "time": got "", expected a day, 2024-12-02 or 02 December 2024 [bad-date])"},
            {"2024-12-02", "2024-12-32",
             R"(f:8: field "time": got "2024-12-32", expected a day, 2024-12-02 or 02 December 2024 [bad-date])"},
            {"</Cube>\n\t</Cube>", "</Cube>\n<Cube time='2024-12-02'/>\n\t</Cube>",
             R"(f:12: field "time": got "2024-12-02", expected each day once, line 8 has it too [duplicate-field])"},
            {"currency='JPY'", "currency='USD'",
             R"(f:10: field "currency": got "USD", expected each currency once a day [duplicate-field])"},
            {"currency='JPY'", "currency='YEN'",
             R"(f:10: field "currency": got "YEN", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
            {"rate='157.90'", "rate='N/A'",
             R"(f:10: field "JPY": got "N/A", expected digits with an optional decimal point [bad-number])"},
            {"rate='157.90'", "price='157.90'",
             R"(f:10: field "JPY": got "", expected digits with an optional decimal point [bad-number])"},
            {"rate='157.90'", "rate='0.0'",
             R"(f:10: field "JPY": got "0", expected a rate above 0 [out-of-range])"},
        }) {
        CAPTURE(row.to);
        CHECK(refusal_of_rates(replaced(daily_xml, row.from, row.to)) == row.refusal);
    }
    CHECK(refusal_of_rates("<DataSet/>") ==
          "f:1: no element gesmes:Envelope, expected the ECB's reference rates [bad-xml]");
    CHECK(refusal_of_rates("<gesmes:Envelope/>") ==
          "f: has no day, expected reference rates of at least one [bad-text]");
}

TEST_CASE("archives, files and options: every refusal") {
    const auto of_zip = [](const Members& members, bool encrypted = false) {
        return refusal_of_file(
            [&](const std::filesystem::path& path) { write_zip(path, members, encrypted); });
    };
    CHECK(of_zip({}) == "f: is a zip of 0 files, expected one file of reference rates [bad-text]");
    CHECK(of_zip({{"a.csv", daily_csv}, {"b.csv", daily_csv}}) ==
          "f: is a zip of 2 files, expected one file of reference rates [bad-text]");
    CHECK(
        of_zip({{"a.txt", "Read me"}}) ==
        R"(f/a.txt:1: got "Read me", expected the header Date,USD,... of the ECB's reference rates [bad-text])");
    CHECK(of_zip({{"a.csv", daily_csv}}, true) == "f/a.csv: cannot be read: it is encrypted [io]");
    CHECK(refusal_of_rates(std::string((64U << 20U) + 1, ' ')) ==
          "f: is larger than 64 MiB, expected a file of reference rates [out-of-range]");
    CHECK(refusal_of_rates(daily_xml, {.from = {}, .currencies = {Currency::iso("CYP")}, .recorded = {}}) ==
          R"(f: has no rates of "CYP", expected each currency that is asked for [missing-field])");
    Ledger ledger = in_memory();
    const Paths missing{"no such file"};
    CHECK(error_of([&] { import_ecb(ledger, missing); }) ==
          "no such file: no such file or folder [no-such-file]");
    apply_text(ledger, R"({"kind":"source","id":"ecb:2024-12-02","type":"rumour"})");
    CHECK(error_of([&] { import_rates(ledger, daily_csv); }).ends_with("[source-redefined]"));
    CHECK(ledger.size() == 1);
}

TEST_CASE("files are recorded all or none, and two of one day that differ are refused") {
    const TempFolder folder;
    write_file(folder / "a.csv", history_csv);
    write_file(folder / "b.csv", "Date,USD\n2024-12-03,x\n");
    write_file(folder / "c.csv", replaced(daily_csv, "1.0400", "1.05"));
    Ledger ledger = in_memory();
    const Paths broken{folder / "a.csv", folder / "b.csv"};
    CHECK(error_of([&] { import_ecb(ledger, broken); }).ends_with("[bad-number]"));
    CHECK(ledger.size() == 0);
    const Paths differ{folder / "a.csv", folder / "c.csv"};
    CHECK(
        error_of([&] { import_ecb(ledger, differ); }) ==
        (folder / "c.csv").string() +
            R"(:2: field "USD": got "1.05", expected 1.04, as another file with the same last day says [out-of-range])");
    CHECK(ledger.size() == 0);
}

TEST_CASE("made-up histories: CSV and XML give one ledger, in parts or as a whole") {
    for (std::uint64_t seed = 1; seed <= (is_sanitized ? 1 : 2); ++seed) {
        CAPTURE(seed);
        const auto days = ecb_generator::days({.days = 200, .last_day = "2024-12-31", .seed = seed});
        Ledger ledger = in_memory();
        const EcbReport report = import_rates(ledger, ecb_generator::csv(days));
        CHECK(report.days == 200);
        CHECK(ledger.size() == report.imported + 1);
        CHECK(import_rates(ledger, ecb_generator::xml(days)).already_there == report.imported);
        Ledger other = in_memory();
        import_rates(other, ecb_generator::xml(days));
        CHECK(other.digest() == ledger.digest());
        CHECK(rates_of(ledger) == rates_of(days));
        // The older half first, then all: as many rates, from two sources.
        Ledger halves = in_memory();
        const EcbReport half = import_rates(halves, ecb_generator::xml({days.begin() + 100, days.end()}));
        CHECK(half.imported + import_rates(halves, ecb_generator::csv(days)).imported == report.imported);
        CHECK(halves.verify().ok);
    }
}
