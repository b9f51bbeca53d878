// Pieces of the text of SQL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postmoney::detail {

// The end of the quoted text that begins at a place: behind its last quotation mark.
[[nodiscard]] std::size_t quote_end(std::string_view sql, std::size_t at);

// The place of the parenthesis that closes the one at `open`. Throws bad-sql when none does.
[[nodiscard]] std::size_t closing(std::string_view sql, std::size_t open);

// The next place of some words, at or behind `from`, that is in no parentheses and no quotation marks; npos.
[[nodiscard]] std::size_t find_outside(std::string_view sql, std::string_view words, std::size_t from);

// The parts between commas that are in no parentheses and no quotation marks.
[[nodiscard]] std::vector<std::string> parts_at_commas(std::string_view sql);

void replace_each(std::string& text, std::string_view from, std::string_view to);

// With PostgreSQL's time that stands for "still" in place of @END.
[[nodiscard]] std::string with_end(std::string text);

}  // namespace postmoney::detail
