// Names that are SQL, that hold quotes, NUL, invalid UTF-8, control and bidi characters, or that are very
// long. Each is stored exactly or refused, none is executed, and none reaches a terminal unescaped.
#include <doctest/doctest.h>

#include <algorithm>

#include "fixtures.hpp"

using namespace store_test;

namespace {

struct HostileName {
    std::string name;
    std::string refusal;    // the code; empty when it is stored
    std::string printable;  // the text for a terminal, if it differs
};

const std::vector<HostileName>& hostile_names() {
    static const std::vector<HostileName> table{
        {"Robert'); DROP TABLE entry;--", "", ""},
        {"\" OR 1=1 --", "", ""},
        {"'", "", ""},
        {"x'; ATTACH 'evil.db' AS e; --", "", ""},
        {"%s%n%x", "", ""},
        {"$(touch evil) `touch evil`", "", ""},
        {"../../etc/passwd", "", ""},
        {"?1", "", ""},
        {"NULL", "", ""},
        {"cik", "", ""},
        {"<script>alert(1)</script>", "", ""},
        {"a\\b", "", ""},
        {"M\xC3\xBCller & S\xC3\xB6hne", "", ""},
        {"\xF0\x9F\x9A\x80", "", ""},
        {"\x1B[2J\x1B]0;owned\x07", "", "\\x1b[2J\\x1b]0;owned\\x07"},
        {"two\nlines\r\x08", "", "two\\x0alines\\x0d\\x08"},
        {"evil\xE2\x80\xAEgpj.exe", "", "evil\\u{202e}gpj.exe"},
        {"a\xE2\x81\xA6"
         "b\xE2\x81\xA9",
         "", "a\\u{2066}b\\u{2069}"},
        {"\xC2\x9B"
         "31m",
         "", "\\u{9b}31m"},
        {"\x7F", "", "\\x7f"},
        {std::string("nul\0inside", 10), "bad-text", "nul\\x00inside"},
        {"\xFF\xFE", "bad-text", "\\xff\\xfe"},
        {"overlong \xC0\xAF", "bad-text", "overlong \\xc0\\xaf"},
        {"surrogate \xED\xA0\x80", "bad-text", "surrogate \\xed\\xa0\\x80"},
        {"cut \xE2\x82", "bad-text", "cut \\xe2\\x82"},
        {"", "bad-text", ""},
    };
    return table;
}

std::string code_of(const std::string& message) {
    const std::size_t open = message.rfind('[');
    return message == "no error" ? "" : message.substr(open + 1, message.size() - open - 2);
}

Entry round_named(const std::string& name) {
    return Entry{
        .content = RoundStatement{.round = name, .company = name, .raised = Amount::parse("1 million USD")}};
}

}  // namespace

TEST_CASE("a name of any kind is stored exactly or refused, and never executed") {
    for (const HostileName& row : hostile_names()) {
        CAPTURE(printable(row.name));
        Ledger ledger = in_memory();
        const std::string message = error_of([&] { ledger.record(round_named(row.name)); });
        CHECK(code_of(message) == row.refusal);
        CHECK(ledger.verify().ok);
        if (!row.refusal.empty()) {
            CHECK(ledger.size() == 0);
            continue;
        }
        CHECK(ledger.size() == 1);
        CHECK(ledger.party(row.name).name == row.name);
        CHECK(ledger.company_of_round(row.name) == row.name);
        CHECK(total_of(ledger, row.name) == "1000000.00 USD over 1, 0 undisclosed");
        // The facts file carries it there and back.
        Ledger copy = in_memory();
        apply_text(copy, exported(ledger));
        CHECK(copy.party(row.name).name == row.name);
        CHECK(copy.digest() == ledger.digest());
    }
}

TEST_CASE("what asks with a name of any kind gets an answer or a refusal, and changes nothing") {
    Ledger ledger = in_memory();
    ledger.record(round_named("Acme"));
    for (const HostileName& row : hostile_names()) {
        const std::string message = error_of([&] { static_cast<void>(ledger.total_raised(row.name)); });
        const bool refused = !row.refusal.empty() && code_of(message) == row.refusal;
        CHECK((refused || code_of(message) == "unknown-party"));
        CHECK(std::ranges::none_of(message, [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
        CHECK(code_of(error_of([&] { static_cast<void>(ledger.company_of_round(row.name)); })) ==
              "unknown-round");
    }
    CHECK(ledger.size() == 1);
    CHECK(ledger.verify().ok);
}

TEST_CASE("nothing that drives a terminal or turns text around is printed") {
    for (const HostileName& row : hostile_names()) {
        const std::string shown = printable(row.name);
        CHECK(shown == (row.printable.empty() ? row.name : row.printable));
        CHECK(std::ranges::none_of(shown,
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
    }
}

TEST_CASE("a name of ten megabytes is stored exactly; one beyond a line is refused") {
    Ledger ledger = in_memory();
    const std::string name(10U << 20U, 'n');
    ledger.record(Entry{.content = Party{.name = name}});
    CHECK(ledger.party(name).name == name);
    CHECK(ledger.verify().ok);
    const std::string message =
        error_of([&] { ledger.record(Entry{.content = Party{.name = std::string(20U << 20U, 'n')}}); });
    CHECK(code_of(message) == "bad-json");
    CHECK(message.size() < 300);
    CHECK(ledger.size() == 1);
}
