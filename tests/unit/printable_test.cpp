#include "postmoney/value/printable.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

using namespace postmoney;

TEST_CASE("printable: what drives a terminal, turns text or shows nothing is escaped") {
    struct Row {
        std::string_view text;
        std::string_view shown;
    };
    for (const Row& row : std::vector<Row>{
             {"Acme", "Acme"},
             {"Café Noir", "Café Noir"},
             {"a\x1b[0m\n", "a\\x1b[0m\\x0a"},
             {"a\xff", "a\\xff"},
             {"a\u202eb", "a\\u{202e}b"},
             {"\ufeffAcme", "\\u{feff}Acme"},
             {"Acme\u200b", "Acme\\u{200b}"},
             {"Ac\u00adme", "Ac\\u{ad}me"},
             {"Ac\u2060me", "Ac\\u{2060}me"},
             // A joiner decides how the letters beside it are written.
             {"\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"},
         }) {
        CAPTURE(row.shown);
        CHECK(printable(row.text) == row.shown);
    }
}
