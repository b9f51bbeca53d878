#include "fact/canonical_json.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"

using namespace store_test;

TEST_CASE("the value of a member is cut out of canonical JSON, whatever stands in the texts") {
    const std::vector<std::string> texts{
        "",    "a",     "}",    "{",  "\"",     "\\",      "\"}",
        "}\"", "\\\"}", "\\\\", "{}", "\"},\"", "\\\"},{", "\"ids\":{",
        "ids", ":{",    ",",    "\n", "\x01",   "é",       "\xF0\x9F\x92\xB0"};
    for (const std::string& name : texts) {
        for (const std::string& text : texts) {
            for (const bool more : {false, true}) {
                std::map<std::string, std::string> members{{name, text}};
                if (more) members.emplace("last", "\"}");
                const std::string expected = detail::json_object(members);
                detail::CanonicalObject object;
                object.text("a", text);
                object.json("ids", expected);
                object.text("z", name + text);
                CAPTURE(expected);
                CHECK(detail::member_in(object.json(), "ids") == expected);
            }
        }
    }
    CHECK(detail::member_in(R"({"a":"b"})", "ids").empty());
    CHECK(detail::member_in("{}", "ids").empty());
    CHECK(detail::member_in("", "ids").empty());
}

TEST_CASE("a member of an inner object is no member of the outer one") {
    const std::string json = R"({"a":[{"ids":1},[2,{"b":"]"}]],"ids":{"ids":"x"},"n":null})";
    CHECK(detail::member_in(json, "ids") == R"({"ids":"x"})");
    CHECK(detail::member_in(json, "a") == R"([{"ids":1},[2,{"b":"]"}]])");
    CHECK(detail::member_in(json, "n") == "null");
    CHECK(detail::member_in(json, "b").empty());
}

TEST_CASE("members are in the order of their names' UTF-16 code units") {
    // RFC 8785, section 3.2.3, gives this order of these names.
    const std::vector<std::string> names{"\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001F600", "\uFB33"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (std::size_t j = 0; j < names.size(); ++j) {
            CAPTURE(i);
            CAPTURE(j);
            CHECK(detail::comes_before(names[i], names[j]) == (i < j));
        }
    }
    detail::CanonicalObject object;
    for (auto name = names.rbegin(); name != names.rend(); ++name) object.null(*name);
    CHECK(object.json().starts_with(R"({"\r":null,"1":null,)"));
}
