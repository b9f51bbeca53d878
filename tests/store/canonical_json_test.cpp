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
                detail::CanonicalObject object;
                object.text("a", text);
                object.object("ids", members);
                object.text("z", name + text);
                detail::CanonicalObject alone;
                alone.object("ids", members);
                const std::string expected = alone.json();
                CAPTURE(expected);
                CHECK(detail::object_in(object.json(), "ids") == expected.substr(7, expected.size() - 8));
            }
        }
    }
    CHECK(detail::object_in(R"({"a":"b"})", "ids").empty());
    CHECK(detail::object_in("", "ids").empty());
}
