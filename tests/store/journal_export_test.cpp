// Names in journals: each has one writing, from which it is read back, in the signs that the programs allow.
// What a journal holds, and what it says instead of what it does not hold.
#include "postmoney/export/journal_export.hpp"

#include <doctest/doctest.h>

#include <map>

#include "fixtures.hpp"

using namespace store_test;

namespace {

struct WrittenName {
    std::string name;
    std::string ledger;
    std::string beancount;
};

const std::vector<WrittenName>& written_names() {
    static const std::vector<WrittenName> table{
        {"Acme", "Acme", "Acme"},
        {"xAI", "xAI", "0-xAI"},
        {"0-xAI", "0-xAI", "0-0-02DxAI"},
        {"1st", "1st", "1st"},
        {"Acme Inc.", "Acme Inc.", "Acme-Inc-02E"},
        {"Acme: (Labs)", "Acme%3A %28Labs%29", "Acme-03A--028Labs-029"},
        {"two  blanks", "two %20blanks", "0-two--blanks"},
        {" leading", "%20leading", "0--leading"},
        {"trailing ", "trailing%20", "0-trailing-"},
        {"A 0 b", "A 0 b", "A-0200-b"},
        {"100%", "100%25", "100-025"},
        {"; note", "%3B note", "0--03B-note"},
        {"a;b\nc\td", "a%3Bb%0Ac%09d", "0-a-03Bb-00Ac-009d"},
        {"Caf\xC3\xA9", "Caf\xC3\xA9", "Caf-0C3-0A9"},
        {"no\xC2\xA0"
         "break",
         "no%C2%A0break", "0-no-0C2-0A0break"},
        {"evil\xE2\x80\xAEgpj", "evil%E2%80%AEgpj", "0-evil-0E2-080-0AEgpj"},
        {std::string("Twin\0"
                     "7",
                     6),
         "Twin%007", "Twin-0007"},
    };
    return table;
}

struct Journal {
    std::string text;
    JournalReport report;
};

Journal journal_of(const Ledger& ledger, JournalFormat format) {
    std::ostringstream out;
    const JournalReport report = export_journal(ledger, format, out);
    return {out.str(), report};
}

// The facts without a source, a line each.
Ledger ledger_of(std::string_view facts) {
    Ledger ledger = in_memory();
    apply_text(ledger, facts);
    return ledger;
}

}  // namespace

TEST_CASE("a name has one writing, and is read back from it") {
    for (const WrittenName& row : written_names()) {
        CAPTURE(row.name);
        CHECK(journal_name(row.name, JournalFormat::ledger) == row.ledger);
        CHECK(journal_name(row.name, JournalFormat::beancount) == row.beancount);
        CHECK(name_of_journal(row.ledger, JournalFormat::ledger) == row.name);
        CHECK(name_of_journal(row.beancount, JournalFormat::beancount) == row.name);
    }
}

TEST_CASE("no two names of a few signs become one") {
    const std::string_view signs = " -0Ax%";
    for (const JournalFormat format : {JournalFormat::ledger, JournalFormat::beancount}) {
        std::map<std::string, std::string> names;  // by their writings
        std::vector<std::string> grown{""};
        for (int length = 1; length <= 5; ++length) {
            std::vector<std::string> longer;
            for (const std::string& start : grown) {
                for (const char sign : signs) longer.push_back(start + sign);
            }
            grown = std::move(longer);
            for (const std::string& name : grown) {
                const std::string written = journal_name(name, format);
                REQUIRE(names.emplace(written, name).second);
                REQUIRE(name_of_journal(written, format) == name);
            }
        }
        CHECK(names.size() == 9330);
    }
}

TEST_CASE("what is no name, and what no name is written as, is refused") {
    for (const std::string& name : {std::string(), std::string("\xFF"), std::string("a\xE2\x82")})
        CHECK(error_of([&] {
                  static_cast<void>(journal_name(name, JournalFormat::ledger));
              }).ends_with("[bad-text]"));
    for (const char* written : {"", "a  b", " a", "a ", "a:b", "%41", "%3a", "%3", "%"})
        CHECK(error_of([&] { static_cast<void>(name_of_journal(written, JournalFormat::ledger)); }) ==
              "got \"" + std::string(written) + "\", expected a name as journals write it [bad-text]");
    for (const char* written : {"", "xAI", "0-XAI", "A.", "A-041", "A-03a", "A-00", "0-", "A b", "A-0FF"})
        CHECK(error_of([&] {
                  static_cast<void>(name_of_journal(written, JournalFormat::beancount));
              }).ends_with("[bad-text]"));
}

TEST_CASE("a journal says what it holds and what it does not") {
    const Ledger ledger =
        ledger_of(R"({"kind":"round","round":"a","company":"Acme","raised":"2.50 USD","announced":"2024-Q1"}
{"kind":"round","round":"b","company":"Acme","raised":"at least 3 USD"}
{"kind":"round","round":"c","company":"Acme","raised":"at most 4 USD"}
{"kind":"round","round":"d","company":"Acme","raised":"undisclosed"}
{"kind":"round","round":"e","company":"Acme","raised":"5 USD","instrument":"debt"}
{"kind":"participation","round":"a","investor":"Fund","amount":"1.25 USD"}
{"kind":"participation","round":"b","investor":"Fund"}
{"kind":"participation","round":"e","investor":"Fund","amount":"5 USD"}
)");
    const Journal journal = journal_of(ledger, JournalFormat::ledger);
    CHECK(journal.text.substr(journal.text.find("; What companies")) == R"(; What companies raised.
2024-03-31 * Acme a
    Assets:Raised:Acme  2.50 USD
    Equity:Unattributed  -2.50 USD

; Acme, b: the round is stated as at least 3 USD, and 3.00 is here
9999-12-31 * Acme b
    Assets:Raised:Acme  3.00 USD
    Equity:Unattributed  -3.00 USD

; Acme, c: the round is stated as at most 4 USD, and 0.00 is here
; Acme, c: nothing of it is known for sure, so it is not here
; Acme, d: undisclosed, so it is not here

; What investors put in.
2024-03-31 * Fund a
    Equity:Unattributed  1.25 USD
    Equity:Invested:Fund  -1.25 USD

; Fund in Acme, b: undisclosed, so it is not here
; Fund in Acme, e: the round does not count, so it is not here

; Totals that are known within bounds only.
; Acme, USD: known 5.50, at least 5.50, at most open; of 4 rounds 1 undisclosed, 0 untold

; On record, and left out of totals and of this journal.
; Acme: instrument, debt, 1 rounds, 5.00 USD
; Acme: undisclosed, 1 rounds, no amount known
)");
    CHECK(journal.report.transactions == 3);
    CHECK(journal.report.remarks == 9);
    const Journal other = journal_of(ledger, JournalFormat::beancount);
    CHECK(other.report.transactions == 3);
    CHECK(other.text.find("1400-01-01 open Equity:Invested:Fund\n  name: \"Fund\"\n"
                          "2024-03-31 * \"Fund\" \"a\"\n"
                          "  Equity:Unattributed  1.25 USD\n"
                          "  Equity:Invested:Fund  -1.25 USD\n") != std::string::npos);
}

TEST_CASE("a day that ledger does not know is refused") {
    const Ledger ledger = ledger_of(
        R"({"kind":"round","round":"old","company":"Acme","raised":"1 USD","announced":"1399"}
)");
    CHECK(error_of([&] { journal_of(ledger, JournalFormat::ledger); }) ==
          "got \"1399-12-31\", expected a day from 1400 on, as ledger knows no earlier one, of round \"old\" "
          "[out-of-range]");
}

TEST_CASE("investors are credited with no more than their round brings") {
    const Ledger ledger = ledger_of(
        R"({"kind":"source","id":"early","type":"press","published":"2024-08-01"}
{"kind":"source","id":"late","type":"press","published":"2024-12-01"}
{"kind":"round","round":"off","company":"Acme","announced":"2024-08-01","raised":"10 USD","status":"cancelled","source":"late"}
{"kind":"closing","round":"off","on":"2024-08-01","amount":"1 USD","source":"early"}
{"kind":"participation","round":"off","investor":"Fund","amount":"9 USD"}
{"kind":"round","round":"loan","company":"Acme","closed":"2024-05-01","raised":"10 USD","instrument":"debt"}
{"kind":"closing","round":"loan","on":"2024-05-01","amount":"4 USD","instrument":"equity"}
{"kind":"participation","round":"loan","investor":"Fund","amount":"3 USD"}
{"kind":"participation","round":"loan","investor":"Other","amount":"2 USD"}
{"kind":"round","round":"euros","company":"Acme","closed":"2024-06-01","raised":"10 USD"}
{"kind":"participation","round":"euros","investor":"Fund","amount":"3 EUR"}
{"kind":"participation","round":"euros","investor":"Other","amount":"10 USD"}
{"kind":"round","round":"late","company":"Acme","announced":"2024-01-01","raised":"10 USD"}
{"kind":"closing","round":"late","on":"2024-01-01","amount":"4 USD"}
{"kind":"closing","round":"late","on":"2024-12-01","amount":"6 USD"}
{"kind":"participation","round":"late","investor":"Fund","amount":"7 USD"}
{"kind":"round","round":"huge","company":"Huge","raised":"92233720368547758.07 USD"}
{"kind":"participation","round":"huge","investor":"Fund","amount":"92233720368547758.07 USD"}
{"kind":"participation","round":"huge","investor":"Other","amount":"92233720368547758.07 USD"}
)");
    const std::string text = journal_of(ledger, JournalFormat::ledger).text;
    const auto from = text.find("; What investors");
    CHECK(text.substr(from, text.find("; Totals that") - from) == R"(; What investors put in.
; Fund in Acme, off: 9 USD, but what all investors put into the round comes to more USD than counts of it, so it is not here
; Fund in Acme, loan: 3 USD, but what all investors put into the round comes to more USD than counts of it, so it is not here
; Fund in Acme, euros: 3 EUR, but what all investors put into the round comes to more EUR than counts of it, so it is not here
2024-12-01 * Fund late
    Equity:Unattributed  7.00 USD
    Equity:Invested:Fund  -7.00 USD

; Fund in Huge, huge: 92233720368547758.07 USD, but what all investors put into the round comes to more USD than counts of it, so it is not here
; Other in Acme, loan: 2 USD, but what all investors put into the round comes to more USD than counts of it, so it is not here
2024-06-01 * Other euros
    Equity:Unattributed  10.00 USD
    Equity:Invested:Other  -10.00 USD

; Other in Huge, huge: 92233720368547758.07 USD, but what all investors put into the round comes to more USD than counts of it, so it is not here

)");
}
