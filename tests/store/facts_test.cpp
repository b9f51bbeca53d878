// Lines of a facts file: every refusal in the order of the checks, and the identity of accepted lines.
#include <doctest/doctest.h>
#include <openssl/sha.h>

#include "../refusal.hpp"
#include "fixtures.hpp"
#include "postmoney/fact/facts_line.hpp"

using namespace store_test;

namespace {

// The lines that are on record before the line of a case.
constexpr std::string_view prelude = R"({"kind":"source","id":"s","type":"press"}
{"kind":"source","key":"s2-key","id":"s2","type":"press"}
{"kind":"round","key":"k","round":"r","company":"Acme","raised":"1 million USD"}
{"kind":"retraction","key":"back","of":"s2-key","reason":"a mistake"}
{"kind":"currency","code":"USDC","decimals":6}
{"kind":"party","name":"Twin","ids":{"cik":"1"}}
{"kind":"party","name":"Twin","ids":{"cik":"2"}}
)";

constexpr std::string_view kinds =
    "source, party, round, closing, participation, valuation, split, stated_total, metric, market_total, "
    "relation, "
    "remark, "
    "fx_rate, currency or retraction";

struct Case {
    std::string line;
    std::string message;  // after "f:1: "
};

void check_cases(const std::vector<Case>& cases) {
    for (const Case& row : cases) {
        Ledger ledger = in_memory();
        apply_text(ledger, prelude, "2024-06-01T00:00:00Z");
        const Digest before = ledger.digest();
        CHECK_MESSAGE(refusal_of(ledger, row.line) == "f:1: " + row.message, row.line);
        CHECK_MESSAGE(ledger.digest() == before, row.line);
    }
}

std::string body_of(std::string_view line) {
    return FactsReader().read(line).body;
}

constexpr std::string_view amount_form = "[qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite";
constexpr std::string_view float_form =
    "a JSON string or a JSON integer: a number with a fraction or an exponent is a float [float-number]";

}  // namespace

TEST_CASE("1. JSON: one valid object in UTF-8 a line") {
    const auto refused = [](std::string_view quoted, std::string_view expected) {
        return "got \"" + std::string(quoted) + "\", expected one JSON object" + std::string(expected) +
               " [bad-json]";
    };
    constexpr std::string_view escapes =
        ", with escapes in its strings that JSON knows and no lone surrogates";
    constexpr std::string_view controls = ", with the control characters in its strings escaped";
    constexpr std::string_view numbers = ", with numbers in it that are integers within 64 bits";
    check_cases({
        {"nonsense", refused("nonsense", "")},
        {"[1]", refused("[1]", "")},
        {"\"text\"", refused("\"text\"", "")},
        {"null", refused("null", "")},
        {R"({"kind":"source")", refused(R"({"kind":"source")", "")},
        {R"({"a":1} {"b":2})", refused(R"({"a":1} {"b":2})", "")},
        {R"({"a":1,})", refused(R"({"a":1,})", "")},
        {R"({'a':1})", refused(R"({'a':1})", "")},
        {std::string(2000, '['), refused(std::string(60, '[') + "...", "")},
        {"{\"kind\":\"source\",\"id\":\"\xFF\"}",
         refused(R"({"kind":"source","id":"\xff"})", ", in valid UTF-8")},
        {"{\"kind\":\"source\",\"id\":\"\xED\xA0\x80\"}",
         refused(R"({"kind":"source","id":"\xed\xa0\x80"})", ", in valid UTF-8")},
        {R"({"kind":"source","id":"\ud800"})", refused(R"({"kind":"source","id":"\ud800"})", escapes)},
        {R"({"kind":"source","id":"\udc00"})", refused(R"({"kind":"source","id":"\udc00"})", escapes)},
        {R"({"kind":"source","id":"\ud83d\u0041"})",
         refused(R"({"kind":"source","id":"\ud83d\u0041"})", escapes)},
        {R"({"kind":"source","id":"\x41"})", refused(R"({"kind":"source","id":"\x41"})", escapes)},
        {std::string("{\"id\":\"a\0b\"}", 12), refused(R"({"id":"a\x00b"})", controls)},
        {"{\"id\":\"a\tb\"}", refused(R"({"id":"a\x09b"})", controls)},
        {R"({"investors":99999999999999999999})", refused(R"({"investors":99999999999999999999})", numbers)},
        {R"({"investors":01})", refused(R"({"investors":01})", numbers)},
    });
}

TEST_CASE("2. kind: one of the words") {
    const std::string words(kinds);
    check_cases({
        {"{}", "field \"kind\": missing, expected " + words + " [missing-field]"},
        {R"({"idd":"x"})", "field \"kind\": missing, expected " + words + " [missing-field]"},
        {R"({"kind":"deal"})", "field \"kind\": got \"deal\", expected " + words + " [unknown-kind]"},
        {R"({"kind":"Source","idd":"x"})",
         "field \"kind\": got \"Source\", expected " + words + " [unknown-kind]"},
        {R"({"kind":5})", R"(field "kind": got "5", expected a JSON string [bad-type])"},
        {R"({"kind":null})", R"(field "kind": got "null", expected a JSON string [bad-type])"},
        {R"({"kind":1.5})", R"(field "kind": got "1.5", expected )" + std::string(float_form)},
    });
}

TEST_CASE("3. fields: known ones, each once") {
    check_cases({
        {R"({"kind":"retraction","of":"k","why":"x"})",
         R"(field "why": unknown, expected one of kind, recorded, key, source, note, as_written, supersedes, of, reason [unknown-field])"},
        {R"({"kind":"source","id":"x","raised":"1 USD","type":"nonsense"})",
         R"(field "raised": unknown, expected one of kind, recorded, key, source, note, as_written, supersedes, id, type, publisher, title, url, published, language, accession [unknown-field])"},
        {R"({"kind":"source","id":"x","id":"y"})",
         R"(field "id": given twice, expected each field once [duplicate-field])"},
        {R"({"kind":"source","id":"x","id":"x","type":"press"})",
         R"(field "id": given twice, expected each field once [duplicate-field])"},
        {R"({"kind":"source","kind":"source","id":"x","type":"press"})",
         R"(field "kind": given twice, expected each field once [duplicate-field])"},
        {R"({"kind":"source","id":"x","type":"press","\u0074ype":"press"})",
         R"(field "type": given twice, expected each field once [duplicate-field])"},
        {R"({"kind":"source","recorded":"x","recorded":"y"})",
         R"(field "recorded": given twice, expected each field once [duplicate-field])"},
    });
}

TEST_CASE("4. required fields") {
    const auto missing = [](std::string_view field) {
        return "field \"" + std::string(field) +
               "\": missing, expected in every line of this kind [missing-field]";
    };
    check_cases({
        {R"({"kind":"source","id":""})", missing("type")},
        {R"({"kind":"source","type":"press"})", missing("id")},
        {R"({"kind":"party"})", missing("name")},
        {R"({"kind":"round","company":"Acme"})", missing("round")},
        {R"({"kind":"closing","round":"r","on":"2024"})", missing("amount")},
        {R"({"kind":"closing","round":"r","amount":"1 USD"})", missing("on")},
        {R"({"kind":"closing","on":"2024","amount":"1 USD"})", missing("round")},
        {R"({"kind":"participation","round":"r"})", missing("investor")},
        {R"({"kind":"participation","investor":"I"})", missing("round")},
        {R"({"kind":"valuation","amount":"1 USD","basis":"mark","on":"2024"})", missing("company")},
        {R"({"kind":"valuation","company":"Acme","basis":"mark","on":"2024"})", missing("amount")},
        {R"({"kind":"valuation","company":"Acme","amount":"1 USD","on":"2024"})", missing("basis")},
        {R"({"kind":"valuation","company":"Acme","amount":"1 USD","basis":"mark"})", missing("on")},
        {R"({"kind":"split","on":"2024","ratio":"3:1"})", missing("company")},
        {R"({"kind":"split","company":"Acme","ratio":"3:1"})", missing("on")},
        {R"({"kind":"split","company":"Acme","on":"2024"})", missing("ratio")},
        {R"({"kind":"stated_total","company":"Acme","amount":"1 USD"})", missing("on")},
        {R"({"kind":"stated_total","company":"Acme","on":"2024"})", missing("amount")},
        {R"({"kind":"stated_total","amount":"1 USD","on":"2024"})", missing("company")},
        {R"({"kind":"metric","company":"Acme","name":"users","on":"2024"})", missing("value")},
        {R"({"kind":"metric","company":"Acme","value":1,"on":"2024"})", missing("name")},
        {R"({"kind":"metric","company":"Acme","name":"users","value":1})", missing("on")},
        {R"({"kind":"metric","name":"users","value":1,"on":"2024"})", missing("company")},
        {R"({"kind":"market_total","market":"m","period":"2024"})", missing("amount")},
        {R"({"kind":"market_total","market":"m","amount":"1 USD"})", missing("period")},
        {R"({"kind":"market_total","period":"2024","amount":"1 USD"})", missing("market")},
        {R"({"kind":"relation","from":"A","to":"B"})", missing("type")},
        {R"({"kind":"relation","from":"A","type":"parent"})", missing("to")},
        {R"({"kind":"relation","to":"A","type":"parent"})", missing("from")},
        {R"({"kind":"remark","about":"Acme"})", missing("text")},
        {R"({"kind":"remark","text":"t"})", missing("about")},
        {R"({"kind":"fx_rate","base":"USD","quote":"EUR","on":"2024"})", missing("rate")},
        {R"({"kind":"fx_rate","base":"USD","quote":"EUR","rate":"1"})", missing("on")},
        {R"({"kind":"fx_rate","base":"USD","on":"2024","rate":"1"})", missing("quote")},
        {R"({"kind":"fx_rate","quote":"USD","on":"2024","rate":"1"})", missing("base")},
        {R"({"kind":"currency","code":"ABC"})", missing("decimals")},
        {R"({"kind":"currency","decimals":2})", missing("code")},
        {R"({"kind":"retraction","of":"k"})", missing("reason")},
        {R"({"kind":"retraction","reason":"x"})", missing("of")},
    });
}

TEST_CASE("5. the form of each value") {
    const std::string form(amount_form);
    check_cases({
        // texts
        {R"({"kind":"source","id":"","type":"press","source":"nobody"})",
         R"(field "id": got "", expected a text that is not empty [bad-text])"},
        {R"({"kind":"source","id":"\u0000","type":"press"})",
         R"(field "id": got "\x00", expected a text without NUL characters [bad-text])"},
        {R"({"kind":"source","id":"x","type":"press","note":""})",
         R"(field "note": got "", expected a text that is not empty [bad-text])"},
        {R"({"kind":"source","id":7,"type":"press"})",
         R"(field "id": got "7", expected a JSON string [bad-type])"},
        {R"({"kind":"source","id":["x"],"type":"press"})",
         R"(field "id": got "["x"]", expected a JSON string [bad-type])"},
        {R"({"kind":"source","id":null,"type":"press"})",
         R"(field "id": got "null", expected a JSON string [bad-type])"},
        {R"({"kind":"source","id":"x","type":"press","key":"sha256:abc"})",
         R"(field "key": got "sha256:abc", expected a key that does not start with sha256: [bad-text])"},
        {R"({"kind":"source","id":"x","type":"press","note":{"a":1}})",
         R"(field "note": got "{"a":1}", expected a JSON string [bad-type])"},
        // words, true and false
        {R"({"kind":"source","id":"x","type":"blog"})",
         R"(field "type": got "blog", expected filing, company, database, press or rumour [bad-word])"},
        {R"({"kind":"round","round":"r","status":"Closed"})",
         R"(field "status": got "Closed", expected rumoured, announced, open, closed or cancelled [bad-word])"},
        {R"({"kind":"participation","round":"r","investor":"I","lead":"true"})",
         R"(field "lead": got ""true"", expected true or false [bad-type])"},
        // dates and times
        {R"({"kind":"source","id":"x","type":"press","published":"2024-13"})",
         R"(field "published": got "2024-13", expected a date that the calendar has, in the years 0001 to 9999 [bad-date])"},
        {R"({"kind":"source","id":"x","type":"press","published":"23 December 2024"})",
         R"(field "published": got "23 December 2024", expected YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY [bad-date])"},
        {R"({"kind":"source","id":"x","type":"press","published":2024})",
         R"(field "published": got "2024", expected a JSON string [bad-type])"},
        {R"({"kind":"source","id":"x","type":"press","recorded":"2024-01-01"})",
         R"(field "recorded": got "2024-01-01", expected YYYY-MM-DDTHH:MM:SS[.ffffff]Z [bad-time])"},
        {R"({"kind":"source","id":"x","type":"press","recorded":5})",
         R"(field "recorded": got "5", expected a JSON string [bad-type])"},
        // amounts
        {R"({"kind":"round","round":"r","raised":"1,000 USD"})",
         "field \"raised\": got \"1,000 USD\", expected " + form +
             ": \"1,000\" has a comma: a number has digits, with an optional point [bad-amount]"},
        {R"({"kind":"round","round":"r","raised":"6 Billion USD"})",
         "field \"raised\": got \"6 Billion USD\", expected " + form +
             ": \"Billion\" is neither thousand, million, billion or trillion nor a currency in capital "
             "letters "
             "[bad-amount]"},
        {R"({"kind":"round","round":"r","raised":"undisclosed USD"})",
         "field \"raised\": got \"undisclosed USD\", expected " + form +
             ": \"USD\" is too much [bad-amount]"},
        {R"({"kind":"round","round":"r","raised":6000000})",
         R"(field "raised": got "6000000", expected a JSON string [bad-type])"},
        {R"({"kind":"round","round":"r","raised":"1.005 USD"})",
         R"(field "raised": got "1.005 USD", expected whole minor units of USD (2 decimals) [fractional-minor-unit])"},
        {R"({"kind":"round","round":"r","raised":"1 QQQ"})",
         R"(field "raised": got "QQQ", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
        {R"({"kind":"round","round":"r","raised":"100000 trillion USD"})",
         R"(field "raised": got "100000 trillion USD", expected an amount within 64-bit minor units [overflow])"},
        {R"({"kind":"round","round":"r","raised":"1 million USD","includes_conversions":"2 million USD"})",
         R"(field "includes_conversions": got "2 million USD", expected no more than `raised`, which it is part of [out-of-range])"},
        {R"({"kind":"round","round":"r","raised":"1 million USD","includes_conversions":"2 million EUR"})",
         R"(field "includes_conversions": got "2 million EUR", expected the currency of `raised` [out-of-range])"},
        // prices, shares, ratios
        {R"({"kind":"round","round":"r","price_per_share":"about 5 USD"})",
         R"(field "price_per_share": got "about 5 USD", expected NUMBER CURRENCY, such as 11.97 USD: "about" is no number: digits, with an optional point, after an optional qualifier [bad-amount])"},
        {R"({"kind":"round","round":"r","price_per_share":5})",
         R"(field "price_per_share": got "5", expected a JSON string [bad-type])"},
        {R"({"kind":"round","round":"r","price_per_share":"0 USD"})",
         R"(field "price_per_share": got "0 USD", expected a price above 0 [out-of-range])"},
        {R"({"kind":"round","round":"r","price_per_share":"1 QQQ"})",
         R"(field "price_per_share": got "QQQ", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
        {R"({"kind":"round","round":"r","shares_issued":-1})",
         R"(field "shares_issued": got "-1", expected shares that are not negative [out-of-range])"},
        {R"({"kind":"round","round":"r","shares_issued":1.5})",
         R"(field "shares_issued": got "1.5", expected )" + std::string(float_form)},
        {R"({"kind":"round","round":"r","security_class":""})",
         R"(field "security_class": got "", expected a text that is not empty [bad-text])"},
        {R"({"kind":"participation","round":"r","investor":"I","shares":"0.00000000001"})",
         R"(field "shares": got "0.00000000001", expected at most 18 digits before and 10 after the point [out-of-range])"},
        {R"({"kind":"split","company":"Acme","on":"2024","ratio":"1:1"})",
         R"(field "ratio": got "1:1", expected two different numbers of shares [out-of-range])"},
        {R"({"kind":"split","company":"Acme","on":"2024","ratio":3})",
         R"(field "ratio": got "3", expected a JSON string [bad-type])"},
        {R"({"kind":"split","company":"Acme","on":"2024","ratio":"3 for 1"})",
         R"(field "ratio": got "3 for 1", expected NEW:OLD, the new shares for the old ones, such as 3:1 [bad-number])"},
        // numbers
        {R"({"kind":"round","round":"r","investors":1.5})",
         R"(field "investors": got "1.5", expected )" + std::string(float_form)},
        {R"({"kind":"round","round":"r","investors":1e2})",
         R"(field "investors": got "100.0", expected )" + std::string(float_form)},
        {R"({"kind":"round","round":"r","investors":4.0})",
         R"(field "investors": got "4.0", expected )" + std::string(float_form)},
        {R"({"kind":"round","round":"r","investors":-1})",
         R"(field "investors": got "-1", expected a whole number, of digits only [bad-number])"},
        {R"({"kind":"round","round":"r","investors":"4.0"})",
         R"(field "investors": got "4.0", expected a whole number, of digits only [bad-number])"},
        {R"({"kind":"round","round":"r","investors":9007199254740993})",
         R"(field "investors": got "9007199254740993", expected a JSON string: many readers do not hold a JSON integer beyond 2^53 exactly [out-of-range])"},
        {R"({"kind":"round","round":"r","investors":18446744073709551615})",
         R"(field "investors": got "18446744073709551615", expected a JSON string: many readers do not hold a JSON integer beyond 2^53 exactly [out-of-range])"},
        {R"({"kind":"round","round":"r","investors":"9223372036854775808"})",
         R"(field "investors": got "9223372036854775808", expected a number within 64 bits [overflow])"},
        {R"({"kind":"fx_rate","base":"USD","quote":"EUR","on":"2024","rate":0.9})",
         R"(field "rate": got "0.9", expected )" + std::string(float_form)},
        {R"({"kind":"fx_rate","base":"USD","quote":"EUR","on":"2024","rate":0})",
         R"(field "rate": got "0", expected a rate above 0 [out-of-range])"},
        {R"({"kind":"fx_rate","base":"USD","quote":"EUR","on":"2024","rate":"0.12345678901"})",
         R"(field "rate": got "0.12345678901", expected at most 18 digits before and 10 after the point [out-of-range])"},
        {R"({"kind":"fx_rate","base":"USD","quote":"USD","on":"2024","rate":"1.1"})",
         R"(field "quote": got "USD", expected another currency than `base` [out-of-range])"},
        {R"({"kind":"metric","company":"Acme","name":"users","value":true,"on":"2024"})",
         R"(field "value": got "true", expected a JSON string or a JSON integer [bad-type])"},
        {R"({"kind":"metric","company":"Acme","name":"users","value":-5,"on":"2024"})",
         R"(field "value": got "-5", expected [qualifier] NUMBER [magnitude], undisclosed or indefinite: it is below 0 [bad-amount])"},
        // arrays and objects
        {R"({"kind":"party","name":"P","aliases":"Q"})",
         R"(field "aliases": got ""Q"", expected a JSON array of strings [bad-type])"},
        {R"({"kind":"party","name":"P","aliases":["Q",1]})",
         R"(field "aliases": got "1", expected a JSON string [bad-type])"},
        {R"({"kind":"party","name":"P","aliases":[""]})",
         R"(field "aliases": got "", expected a text that is not empty [bad-text])"},
        {R"({"kind":"party","name":"P","ids":["cik"]})",
         R"(field "ids": got "["cik"]", expected a JSON object of strings [bad-type])"},
        {R"({"kind":"party","name":"P","ids":{"cik":1}})",
         R"(field "ids": got "1", expected a JSON string [bad-type])"},
        {R"({"kind":"party","name":"P","ids":{"CIK":"1"}})",
         R"(field "ids": got "CIK", expected a scheme of lower-case letters, digits and hyphens [bad-text])"},
        {R"({"kind":"party","name":"P","ids":{"cik":"1","cik":"2"}})",
         R"(field "ids": got "cik", expected each scheme once [duplicate-field])"},
        // currencies
        {R"({"kind":"currency","code":"usd","decimals":2})",
         R"(field "code": got "usd", expected a code of 3 to 12 capital letters and digits, a letter first [bad-currency])"},
        {R"({"kind":"currency","code":"ABC","decimals":9})",
         R"(field "decimals": got "9", expected 0 to 8 decimals [bad-currency])"},
    });
}

TEST_CASE("6. references: round, source, supersedes, of") {
    constexpr std::string_view entry_form =
        "\", expected the key of an entry on record, or sha256: and its id [unknown-entry]";
    const auto no_entry = [&](std::string_view field, std::string_view reference) {
        return "field \"" + std::string(field) + "\": got \"" + std::string(reference) +
               std::string(entry_form);
    };
    check_cases({
        {R"({"kind":"round","round":"new","source":"nobody"})",
         R"(field "company": missing, expected on the first line of round "new" [missing-field])"},
        {R"({"kind":"closing","round":"nope","on":"2024","amount":"1 USD","source":"nobody","supersedes":"nothing"})",
         R"(field "round": got "nope", expected the handle of a round on record [unknown-round])"},
        {R"({"kind":"participation","round":"nope","investor":"I"})",
         R"(field "round": got "nope", expected the handle of a round on record [unknown-round])"},
        {R"({"kind":"valuation","company":"Acme","round":"nope","amount":"1 USD","basis":"mark","on":"2024"})",
         R"(field "round": got "nope", expected the handle of a round on record [unknown-round])"},
        {R"({"kind":"round","round":"r","company":"Other"})",
         R"(field "company": got "Other", expected the company of round "r", "Acme" [wrong-company])"},
        {R"({"kind":"valuation","company":"Other","round":"r","amount":"1 USD","basis":"mark","on":"2024"})",
         R"(field "company": got "Other", expected the company of round "r", "Acme" [wrong-company])"},
        {R"({"kind":"closing","round":"r","on":"2024","amount":"1 USD","source":"nobody","supersedes":"nothing"})",
         R"(field "source": got "nobody", expected the id of a source on record [unknown-source])"},
        {R"({"kind":"closing","round":"r","on":"2024","amount":"1 USD","key":"k","supersedes":"nothing"})",
         no_entry("supersedes", "nothing")},
        {R"({"kind":"closing","round":"r","on":"2024","amount":"1 USD","key":"self","supersedes":"self"})",
         no_entry("supersedes", "self")},
        {R"({"kind":"closing","round":"r","on":"2024","amount":"1 USD","supersedes":"k"})",
         R"(field "supersedes": got "k", expected an entry of kind closing, it is of kind round [wrong-kind])"},
        {R"({"kind":"retraction","of":"nothing","reason":"x","key":"k"})", no_entry("of", "nothing")},
        {R"({"kind":"retraction","of":"sha256:00","reason":"x"})", no_entry("of", "sha256:00")},
        {R"({"kind":"retraction","of":"k","reason":"x","supersedes":"k"})",
         R"(field "supersedes": got "k", expected an entry of kind retraction, it is of kind round [wrong-kind])"},
        {R"({"kind":"remark","about":"cik:77","text":"t"})",
         R"(field "about": got "cik:77", expected the id of a party on record [unknown-party])"},
        {R"({"kind":"remark","about":"Twin","text":"t"})",
         R"(field "about": got "Twin", expected a name of one party; it fits "Twin" (cik:1) and "Twin" (cik:2): name it by an id [ambiguous-party])"},
        {R"({"kind":"participation","round":"r","investor":"Twin"})",
         R"(field "investor": got "Twin", expected a name of one party; it fits "Twin" (cik:1) and "Twin" (cik:2): name it by an id [ambiguous-party])"},
        {R"({"kind":"party","name":"Twin"})",
         R"(field "name": got "Twin", expected a name of one party; it fits "Twin" (cik:1) and "Twin" (cik:2): name it by an id [ambiguous-party])"},
    });
}

TEST_CASE("7. keys, source ids and currency codes, each for one content") {
    check_cases({
        {R"({"kind":"remark","key":"k","about":"Acme","text":"t","recorded":"2023-01-01T00:00:00Z"})",
         R"(field "key": got "k", expected a new key, it is on record with other content [key-reused])"},
        {R"({"kind":"source","id":"s","type":"filing","recorded":"2023-01-01T00:00:00Z"})",
         R"(field "id": got "s", expected a new id, it is on record with other content: supersede that entry [source-redefined])"},
        {R"({"kind":"source","id":"s","type":"filing","supersedes":"s2-key"})",
         R"(field "id": got "s", expected a new id, it is on record with other content: supersede that entry [source-redefined])"},
        {R"({"kind":"currency","code":"USDC","decimals":2})",
         R"(field "code": got "USDC", expected a new code, it has 6 decimals already [currency-redefined])"},
    });
}

TEST_CASE("8. recorded: not before the chain's last, not in the future") {
    check_cases({
        {R"({"kind":"remark","about":"Acme","text":"t","recorded":"2024-05-31T23:59:59.999999Z"})",
         R"(field "recorded": got "2024-05-31T23:59:59.999999Z", expected no time before the chain's last entry, 2024-06-01T00:00:00Z [recorded-too-early])"},
        {R"({"kind":"remark","about":"Acme","text":"t","recorded":"2025-01-01T12:00:00.000001Z"})",
         R"(field "recorded": got "2025-01-01T12:00:00.000001Z", expected a time not after now, 2025-01-01T12:00:00Z [recorded-in-future])"},
    });
}

TEST_CASE("a repeat is skipped before its references, keys and time are looked at") {
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"remark","key":"k","about":"Acme","text":"t"})", "2024-06-01T00:00:00Z");
    const ApplyReport report = apply_text(
        ledger, R"({"text":"t","about":"Acme","key":"k","kind":"remark","recorded":"1999-01-01T00:00:00Z"})");
    CHECK(report.recorded == 0);
    CHECK(report.repeated == 1);
}

TEST_CASE("the body is canonical JSON, RFC 8785, of the line as it was given") {
    struct Row {
        std::string line;
        std::string body;
    };
    const std::vector<Row> rows{
        {R"( { "type" : "press" , "id" : "s" , "kind" : "source" } )",
         R"({"id":"s","kind":"source","type":"press"})"},
        {R"({"kind":"source","id":"s","type":"press","recorded":"2024-01-01T00:00:00Z"})",
         R"({"id":"s","kind":"source","type":"press"})"},
        {R"({"kind":"source","id":"\u0061\/b","type":"press"})",
         R"({"id":"a/b","kind":"source","type":"press"})"},
        {R"({"kind":"source","id":"\u20ac\ud83d\ude00","type":"press"})",
         "{\"id\":\"\xE2\x82\xAC\xF0\x9F\x98\x80\",\"kind\":\"source\",\"type\":\"press\"}"},
        // The escapes of RFC 8785, section 3.2.2.2: the short ones, \u00xx in lower case, and no others.
        {R"({"kind":"source","id":"\u0008\t\n\f\r\"\\\u000F\u007f\u001f","type":"press"})",
         "{\"id\":\"\\b\\t\\n\\f\\r\\\"\\\\\\u000f\x7F\\u001f\",\"kind\":\"source\",\"type\":\"press\"}"},
        // The text is not normalized, because the identity covers what was written.
        {"{\"kind\":\"source\",\"id\":\"e\xCC\x81\",\"type\":\"press\"}",
         "{\"id\":\"e\xCC\x81\",\"kind\":\"source\",\"type\":\"press\"}"},
        {R"({"kind":"round","round":"r","company":"A","investors":4})",
         R"({"company":"A","investors":4,"kind":"round","round":"r"})"},
        {R"({"kind":"round","round":"r","company":"A","investors":-0})",
         R"({"company":"A","investors":0,"kind":"round","round":"r"})"},
        {R"({"kind":"round","round":"r","company":"A","investors":"04"})",
         R"({"company":"A","investors":"04","kind":"round","round":"r"})"},
        {R"({"kind":"round","round":"r","company":"A","investors":9007199254740991})",
         R"({"company":"A","investors":9007199254740991,"kind":"round","round":"r"})"},
        {R"({"kind":"participation","lead":true,"round":"r","investor":"I"})",
         R"({"investor":"I","kind":"participation","lead":true,"round":"r"})"},
        {R"({"name":"P","kind":"party","ids":{"lei":"2","cik":"1"},"aliases":["b","a"]})",
         R"({"aliases":["b","a"],"ids":{"cik":"1","lei":"2"},"kind":"party","name":"P"})"},
        {R"({"kind":"party","name":"P","aliases":[],"ids":{}})",
         R"({"aliases":[],"ids":{},"kind":"party","name":"P"})"},
        {R"({"kind":"round","round":"r","company":"A","raised":"1500.50 EUR"})",
         R"({"company":"A","kind":"round","raised":"1500.50 EUR","round":"r"})"},
    };
    for (const Row& row : rows) {
        const FactsLine line = FactsReader().read(row.line);
        CHECK_MESSAGE(line.body == row.body, row.line);
        EntryId id;
        ::SHA256(reinterpret_cast<const unsigned char*>(row.body.data()), row.body.size(), id.bytes.data());
        CHECK_MESSAGE(line.id == id, row.line);
        CHECK_MESSAGE(body_of(line.body) == line.body, row.line);
    }
}

TEST_CASE("an id that anyone can compute: printf '%s' BODY | sha256sum") {
    CHECK(FactsReader().read(R"({"kind":"source","id":"article","type":"press"})").id.to_string() ==
          "bd554b218cae4ac324fffb2807ba1c22e79e653bc609345a69f868fc212443ee");
}

TEST_CASE("an entry made in a program has the canonical JSON of its line") {
    const std::vector<std::string> lines{
        R"({"aliases":["Q"],"country":"US","founded":"2023","ids":{"cik":"1"},"kind":"party","name":"P","note":"n","type":"fund"})",
        R"({"company":"A","first_sale":"2024-Q3","includes_conversions":"1 USD","instrument":"convertible-note","investors":3,"kind":"round","raised":"between 1.0 and 2 million USD","round":"r"})",
        R"({"as_written":"circa","company":"A","kind":"metric","name":"users","on":"2024","per":"month","target":true,"unit":"people","value":"about 1.50 million"})",
        R"({"company":"A","kind":"metric","name":"revenue","on":"2024","value":"more than 1 billion USD"})",
        R"({"base":"USD","kind":"fx_rate","on":"2024-01-01","quote":"JPY","rate":"141.0"})",
        R"({"code":"USDC","decimals":6,"kind":"currency"})",
        R"({"kind":"retraction","of":"k","reason":"x","supersedes":"j"})",
    };
    for (const std::string& line : lines) {
        const FactsLine read = FactsReader().read(line);
        CHECK(canonical_json(read.entry) == line);
        CHECK(entry_id(read.entry) == read.id);
    }
}

TEST_CASE("what JSON escapes is escaped wherever it stands in a text, and nothing else is") {
    FactsReader reader;
    for (const std::string_view around : {"a", " ", "~", "\x7F", "é", "\u2028"}) {
        for (const std::string_view special : {"\"", "\\", "\x01", "\x1F", "\n", ""}) {
            for (std::size_t before = 0; before < 20; ++before) {
                std::string title;
                for (std::size_t i = 0; i < 20; ++i) {
                    if (i == before) title += special;
                    title += around;
                }
                const Entry entry{.content = Source{.id = "s", .type = SourceType::press, .title = title}};
                const std::string json = canonical_json(entry);
                CHECK(std::get<Source>(reader.read(json).entry.content).title == title);
                CHECK((json.find('\\') == std::string::npos) == special.empty());
            }
        }
    }
}

TEST_CASE("invalid UTF-8 in an entry made in a program is refused") {
    const Entry entry{.content = Remark{.about = "Acme", .text = "\xFF"}};
    CHECK(error_of([&] { static_cast<void>(canonical_json(entry)); }) ==
          R"(field "text": got "\xff", expected valid UTF-8 [bad-text])");
    Ledger ledger = in_memory();
    CHECK(error_of([&] { ledger.record(entry); }) ==
          R"(field "text": got "\xff", expected valid UTF-8 [bad-text])");
    CHECK(ledger.size() == 0);
}

TEST_CASE("lines: a byte-order mark, CRLF, blank lines, and a last line without its end") {
    Ledger ledger = in_memory();
    const std::string text =
        "\xEF\xBB\xBF{\"kind\":\"source\",\"id\":\"a\",\"type\":\"press\"}\r\n"
        "\r\n \t\n\n"
        "{\"kind\":\"source\",\"id\":\"b\",\"type\":\"press\"}\n"
        "{\"kind\":\"source\",\"id\":\"c\",\"type\":\"press\"}";
    const ApplyReport report = apply_text(ledger, text);
    CHECK(report.lines == 3);
    CHECK(report.recorded == 3);
    // Each line is the same entry as without them.
    CHECK(apply_text(ledger, "{\"kind\":\"source\",\"id\":\"a\",\"type\":\"press\"}\n").repeated == 1);
    // Blank lines count in the line number of an error. A byte-order mark is skipped only at the very
    // beginning.
    CHECK(refusal_of(ledger, "\n\r\n{\"kind\":\"source\"}\n") ==
          R"(f:3: field "id": missing, expected in every line of this kind [missing-field])");
    CHECK(refusal_of(ledger, "\n\xEF\xBB\xBF{}") ==
          R"(f:2: got "\u{feff}{}", expected one JSON object [bad-json])");
    CHECK(apply_text(ledger, "").lines == 0);
    CHECK(apply_text(ledger, "\xEF\xBB\xBF").lines == 0);
}

TEST_CASE("regression: the longest entry that can be recorded can be exported and applied again") {
    const std::string start = R"({"kind":"remark","about":"Acme","text":")";
    const std::string end = R"("})";
    const std::string longest(FactsReader::max_body - start.size() - end.size(), 'x');
    Ledger ledger = in_memory();
    CHECK(apply_text(ledger, start + longest + end).recorded == 1);
    std::stringstream exported;
    ledger.export_facts(exported);
    Ledger again = in_memory();
    CHECK(again.apply(exported, "export").recorded == 1);
    CHECK(again.digest() == ledger.digest());
    CHECK(refusal_of(ledger, start + "x" + longest + end) ==
          "f:1: an entry of 16777153 bytes, expected at most 16777152 [bad-json]");
    CHECK(postmoney::test::refusal([&] {
              ledger.record(Entry{.content = Remark{.about = "Acme", .text = "x" + longest}});
          }) == "an entry of 16777153 bytes, expected at most 16777152 [bad-json]");
}

TEST_CASE("regression: what a map's member is called is a text, and so valid UTF-8") {
    Ledger ledger = in_memory();
    CHECK(postmoney::test::refusal([&] {
              ledger.record(Entry{.content = Party{.name = "Acme", .attributes = {{"bad\xff", "x"}}}});
          }).find("expected valid UTF-8 [bad-text]") != std::string::npos);
    CHECK(ledger.size() == 0);
}

TEST_CASE("a line is as long as the limit, and no longer") {
    const std::string start = R"({"kind":"remark","about":"Acme","text":")";
    const std::string end = R"("})";
    const std::string blanks(100, ' ');
    const std::string fits =
        blanks + start + std::string(FactsReader::max_line - 100 - start.size() - end.size(), 'x') + end;
    Ledger ledger = in_memory();
    CHECK(apply_text(ledger, fits + "\n").recorded == 1);
    CHECK(refusal_of(ledger, "\n " + fits) ==
          "f:2: the line is too long, expected at most 16777216 bytes [bad-json]");
}
