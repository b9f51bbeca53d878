#include "postmoney/fact/entry.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"
#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::content_of;
using postmoney::test::refusal;

TEST_CASE("an entry's kind is that of its content") {
    for (const std::string_view kind :
         {"source", "party", "round", "closing", "participation", "valuation", "split", "stated_total",
          "metric", "market_total", "relation", "remark", "fx_rate", "currency", "retraction"}) {
        CHECK(to_string(Entry{.content = content_of(std::string(kind) + " ")}.kind()) == kind);
    }
}

TEST_CASE("a content's form is checked, the field named") {
    struct Row {
        std::string line;
        std::string_view expected;
    };
    for (
        const Row& row : std::vector<Row>{
            {"remark about=xAI, text=t", "no refusal"},
            {"remark about=, text=t",
             R"(field "about": got "", expected a text that is not empty [bad-text])"},
            {"remark about=xAI, text=",
             R"(field "text": got "", expected a text that is not empty [bad-text])"},
            {std::string("remark about=xAI, text=a\0b", 26),
             R"(field "text": got "a\x00b", expected a text without NUL characters [bad-text])"},
            {"round round=b, name=", R"(field "name": got "", expected a text that is not empty [bad-text])"},
            {"round round=b, investors=0", "no refusal"},
            {"round round=b, investors=-1",
             R"(field "investors": got "-1", expected a count that is not negative [out-of-range])"},
            {"round round=b, raised=5 USD, includes_conversions=5 USD", "no refusal"},
            {"round round=b, raised=about 5 USD, includes_conversions=6 USD", "no refusal"},
            {"round round=b, raised=at least 5 USD, includes_conversions=60 USD", "no refusal"},
            {"round round=b, raised=undisclosed, includes_conversions=60 USD", "no refusal"},
            {"round round=b, raised=5 USD, includes_conversions=6 USD",
             R"(field "includes_conversions": got "6 USD", expected no more than `raised`, which it is part of [out-of-range])"},
            {"round round=b, raised=5 USD, includes_conversions=5 EUR",
             R"(field "includes_conversions": got "5 EUR", expected the currency of `raised` [out-of-range])"},
            {"round round=b, offered=indefinite, remaining=indefinite", "no refusal"},
            {"round round=b, raised=indefinite",
             R"(field "raised": got "indefinite", expected an amount, or `undisclosed`: `indefinite` is for `offered` and `remaining` [out-of-range])"},
            {"closing round=b, on=2024, amount=indefinite",
             R"(field "amount": got "indefinite", expected an amount, or `undisclosed`: `indefinite` is for `offered` and `remaining` [out-of-range])"},
            {"fx_rate base=EUR, quote=USD, on=2024, rate=1.0850000000", "no refusal"},
            {"fx_rate base=EUR, quote=USD, on=2024, rate=0",
             R"(field "rate": got "0", expected a rate above 0 [out-of-range])"},
            {"fx_rate base=EUR, quote=USD, on=2024, rate=-1.5",
             R"(field "rate": got "-1.5", expected a rate above 0 [out-of-range])"},
            {"fx_rate base=EUR, quote=USD, on=2024, rate=0.00000000001",
             R"(field "rate": got "0.00000000001", expected at most 18 digits before and 10 after the point [out-of-range])"},
            {"metric company=xAI, name=GPUs, value=999999999999999999, on=2024", "no refusal"},
            {"metric company=xAI, name=GPUs, value=1000000000000000000, on=2024",
             R"(field "value": got "1000000000000000000", expected at most 18 digits before and 10 after the point [out-of-range])"},
            {"metric company=xAI, name=GPUs, value=between 1 and 1000000 trillion, on=2024",
             R"(field "value": got "1000000000000000000", expected at most 18 digits before and 10 after the point [out-of-range])"},
            {"metric company=xAI, name=revenue, value=5000000 trillion JPY, on=2024", "no refusal"},
            {"currency code=WBTC, decimals=8", "no refusal"},
            {"currency code=WBTC, decimals=9",
             R"(field "decimals": got "9", expected 0 to 8 decimals [bad-currency])"},
            {"currency code=WBTC, decimals=-1",
             R"(field "decimals": got "-1", expected a count that is not negative [out-of-range])"},
            {"currency code=usd, decimals=2",
             R"(field "code": got "usd", expected a code of 3 to 12 capital letters and digits, a letter first [bad-currency])"},
        }) {
        CAPTURE(row.line);
        CHECK(refusal([&] { check_form(Entry{.content = content_of(row.line)}); }) == row.expected);
    }
}

TEST_CASE("the fields that every kind has are checked too") {
    const Remark remark{.about = "xAI", .text = "t"};
    struct Row {
        Entry entry;
        std::string_view expected;
    };
    for (
        const Row& row : std::vector<Row>{
            {{.key = "k",
              .source = "s",
              .note = "n",
              .as_written = "w",
              .supersedes = "j",
              .content = remark},
             "no refusal"},
            {{.key = "", .content = remark},
             R"(field "key": got "", expected a text that is not empty [bad-text])"},
            {{.key = "sha256:1", .content = remark},
             R"(field "key": got "sha256:1", expected a key that does not start with sha256: [bad-text])"},
            {{.note = "", .content = remark},
             R"(field "note": got "", expected a text that is not empty [bad-text])"},
            {{.content = Party{.name = "xAI", .aliases = {"X.AI", ""}}},
             R"(field "aliases": got "", expected a text that is not empty [bad-text])"},
            {{.content = Party{.name = "xAI", .ids = {{"cik", "0002002695"}, {"us-de", "1"}}}}, "no refusal"},
            {{.content = Party{.name = "xAI", .ids = {{"CIK", "0002002695"}}}},
             R"(field "ids": got "CIK", expected a scheme of lower-case letters, digits and hyphens [bad-text])"},
            {{.content = Party{.name = "xAI", .ids = {{"cik", ""}}}},
             R"(field "ids": got "", expected a text that is not empty [bad-text])"},
        }) {
        CHECK(refusal([&] { check_form(row.entry); }) == row.expected);
    }
}

TEST_CASE("a reference is a key, or sha256: and the id that it names") {
    const std::string hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    CHECK(referenced_id("sha256:" + hex)->to_string() == hex);
    for (const std::string& other : {hex, std::string("xai-b"), "sha256:" + hex.substr(2),
                                     "sha256:" + hex + "00", std::string("sha256:"), "SHA256:" + hex}) {
        CAPTURE(other);
        CHECK_FALSE(referenced_id(other).has_value());
    }
}

TEST_CASE("a name of the form scheme:value is told from any other") {
    for (const std::string_view name : {"cik:0002002695", "us-de:1", "x:y:z"}) CHECK(is_scheme_value(name));
    for (const std::string_view name :
         {"xAI", "", ":1", "cik:", "Deal: the company", "deal: the company", "a b:c", "CIK:1"}) {
        CAPTURE(name);
        CHECK_FALSE(is_scheme_value(name));
    }
}
