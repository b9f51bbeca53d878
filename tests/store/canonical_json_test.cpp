#include "fact/canonical_json.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"

using namespace store_test;

TEST_CASE("the text of an object is cut out of canonical JSON") {
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
    CHECK(detail::member_in("", "ids").empty());
}
