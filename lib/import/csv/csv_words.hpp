// The words of tables that are no value: what stands for nothing, for nobody, or for something that is no
// round. Each list is folded: lower case, without accents and points.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "postmoney/fact/instrument.hpp"

namespace postmoney::detail {

// A text in lower case without accents and points, with one space for each gap and `-` for every dash: "N.A."
// is "na".
[[nodiscard]] std::string folded(std::string_view text);

// Whether a trimmed cell is what programs write for no value: nothing, null, None, NaN.
[[nodiscard]] bool says_null(std::string_view cell);

// Whether a trimmed cell says that there is no value or that it is not told: the above, dashes, n.a.,
// unknown, undisclosed and what follows it, and the table's own words for that.
[[nodiscard]] bool says_blank(std::string_view cell, std::span<const std::string> own = {});

// Whether a name in a list of investors is a placeholder: `and others`, `existing investors`, `business
// angels`, and the table's own.
[[nodiscard]] bool is_placeholder(std::string_view name, std::span<const std::string> own = {});

// Whether a name stands for the sum of a table's rows: `Total`.
[[nodiscard]] bool is_sum(std::string_view name);

// What a round's name or type says of money that is no new equity.
struct RoundWord {
    std::string_view words;                // with | between
    std::optional<Instrument> instrument;  // null: no round of a company that raises, as an exit
    std::string_view meaning;              // for a refusal
    std::string_view within;               // words that say it within a longer text, with | between
    bool is_open = false;                  // a round of which it does not say what instrument it is

    [[nodiscard]] bool is_exit() const noexcept { return !instrument && !is_open; }
};

// The row for a cell: by all of it, or by the words within it: `SBIR Grant`. Shares that convert are equity.
// An open row where several are named of which not all are capital that is raised (`Equity + Debt`, `Series A
// and grant`), or none surely (`Bridge Note`, `Warrants`). Null when it says no such thing.
[[nodiscard]] const RoundWord* round_word(std::string_view cell);

// What the cell of a column with words of FACTS.md means: one of them, without case, spaces and underscores,
// or, of instruments and of the status of a round, what databases and people write for it: `Completed`,
// `Common Stock`. Null when it is not known.
template <class Enum>
[[nodiscard]] std::optional<Enum> word_of_cell(std::string_view cell);

// Whether a cell can be the name of a round, which says nothing of its instrument: `Series B`, `Later Stage
// VC`.
[[nodiscard]] bool names_round(std::string_view cell);

// Yes, no (also an empty cell), or neither: null.
[[nodiscard]] std::optional<bool> yes_or_no(std::string_view cell);

}  // namespace postmoney::detail
