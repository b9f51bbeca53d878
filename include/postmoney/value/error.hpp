// Error: the one exception type of the library. It says what went wrong, where, with which value, and what
// was expected.
//
//   try { postmoney::Money::parse("1.005 USD"); }
//   catch (const postmoney::Error& e) { std::cerr << e.what() << '\n'; }
//   // got "1.005 USD", expected whole minor units of USD (2 decimals) [fractional-minor-unit]
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/printable.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// A refusal's stable name. A word is never renamed and never reused; to_string gives it.
enum class ErrorCode : std::uint8_t {
    // values
    bad_number,    // bad-number: not digits with an optional point
    bad_amount,    // bad-amount: not `[qualifier] NUMBER [magnitude] CURRENCY`
    bad_currency,  // bad-currency: not a code of 3 to 12 capital letters and digits, or decimals out of 0..8
    unknown_currency,       // unknown-currency: neither ISO 4217 nor the ledger has this code
    fractional_minor_unit,  // fractional-minor-unit: not a whole number of the currency's minor units
    overflow,               // overflow: beyond the range of the result's type
    inexact,                // inexact: Rounding::never would have lost digits
    division_by_zero,       // division-by-zero
    mixed_currencies,       // mixed-currencies: two currencies where one is needed
    bad_date,               // bad-date
    bad_time,               // bad-time
    bad_word,               // bad-word: not one of the words that the field takes
    bad_text,               // bad-text: empty where text is needed, invalid UTF-8, or a NUL character
    bad_allocation,         // bad-allocation: a ratio is negative, or the ratios sum to zero
    out_of_range,           // out-of-range: a well-formed value that the field cannot have
    bad_sql,                // bad-sql: not one statement, or one that SQLite refuses
    bad_head,               // bad-head: not `CHAIN:LENGTH:HASH`
    // lines of a facts file
    bad_json,            // bad-json
    bad_xml,             // bad-xml
    bad_type,            // bad-type: a JSON value of another type than the field takes
    float_number,        // float-number: a JSON number with a fraction or an exponent
    unknown_kind,        // unknown-kind
    unknown_field,       // unknown-field
    duplicate_field,     // duplicate-field
    missing_field,       // missing-field
    unknown_round,       // unknown-round
    unknown_source,      // unknown-source
    unknown_entry,       // unknown-entry: `supersedes` or `of` names no entry on record
    unknown_party,       // unknown-party: no party has this name or `scheme:value`
    ambiguous_party,     // ambiguous-party: two parties have this name
    wrong_kind,          // wrong-kind: `supersedes` names an entry of another kind
    wrong_company,       // wrong-company: the round belongs to another company
    ambiguous_name,      // ambiguous-name: merged ledgers use a key, source id or round's handle differently
    key_reused,          // key-reused: the key is on record with other content
    source_redefined,    // source-redefined: the source id is on record with other content
    currency_redefined,  // currency-redefined: the code has other decimals, or replaces another code
    recorded_too_early,  // recorded-too-early: before the chain's last entry
    recorded_in_future,  // recorded-in-future
    no_rate,             // no-rate: no exchange rate near enough to the date
    // the ledger file
    not_a_ledger,  // not-a-ledger: another kind of file
    newer_schema,  // newer-schema: written by a later version that this one cannot read
    older_schema,  // older-schema: written by an earlier version, and opened without the right to upgrade it
    damaged,       // damaged: the file is not what was written
    no_such_file,  // no-such-file
    no_such_folder,  // no-such-folder
    file_exists,     // file-exists
    read_only,       // read-only: a write to a ledger opened read-only, or to a file that cannot be written
    busy,            // busy: another connection held the file for longer than the busy timeout
    io,              // io: the operating system or the disk refused
    misuse,          // misuse: a call that its contract forbids
    out_of_memory,   // out-of-memory: SQLite got none; the library's own allocations throw std::bad_alloc
};

// Whose an error is, and so what helps: other input; another ledger file, or an older state of it; another
// try or another place, as of a disk that is full or a file that others hold; or another program.
enum class ErrorCategory : std::uint8_t { input, ledger, environment, caller };

// The category of a code, and its word.
[[nodiscard]] constexpr ErrorCategory category_of(ErrorCode code) noexcept;
[[nodiscard]] constexpr std::string_view to_string(ErrorCategory category) noexcept;
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, ErrorCategory category) {
    return out << to_string(category);
}

// The code's word as printed and documented, e.g. "bad-amount".
[[nodiscard]] constexpr std::string_view to_string(ErrorCode code) noexcept;
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, ErrorCode code) {
    return out << to_string(code);
}

// Thrown by everything in the library that refuses. Holds the parts and composes the one-line message.
class POSTMONEY_EXPORT Error : public std::runtime_error {
  public:
    // `message` is a whole clause, e.g. "the ledger is open read-only".
    Error(ErrorCode code, std::string message);

    // A refused value: `got "VALUE", expected EXPECTED [code]`.
    [[nodiscard]] static Error refused(ErrorCode code, std::string_view value, std::string_view expected);

    // The same error with the field's name, or its place in a file, in front. A field or place that is
    // already set stays, because the innermost caller knows best.
    [[nodiscard]] Error in_field(std::string_view field) const;
    [[nodiscard]] Error at(std::string_view file, std::uint64_t line) const;

    [[nodiscard]] ErrorCode code() const noexcept { return parts_.code; }
    [[nodiscard]] ErrorCategory category() const noexcept { return category_of(parts_.code); }
    [[nodiscard]] const std::string& file() const noexcept { return parts_.file; }    // empty: none
    [[nodiscard]] std::uint64_t line() const noexcept { return parts_.line; }         // 0: none
    [[nodiscard]] const std::string& field() const noexcept { return parts_.field; }  // empty: none
    [[nodiscard]] const std::string& message() const noexcept {
        return parts_.message;
    }  // without place, field, code

    // Whether both say the same.
    friend bool operator==(const Error& a, const Error& b) noexcept { return a.parts_ == b.parts_; }

  private:
    struct Parts {
        ErrorCode code;
        std::string message;
        std::string field = {};
        std::string file = {};
        std::uint64_t line = 0;

        friend bool operator==(const Parts&, const Parts&) = default;
    };
    explicit Error(Parts parts) : std::runtime_error(compose(parts)), parts_(std::move(parts)) {}
    static std::string compose(const Parts& parts);

    Parts parts_;
};

namespace detail {
// The value as an error quotes it: cut to 60 bytes at a character's boundary, unprintable characters escaped.
[[nodiscard]] POSTMONEY_EXPORT std::string quoted(std::string_view value);
}  // namespace detail

//--- Definitions ---

namespace detail {

struct ErrorWord {
    ErrorCode code;
    std::string_view word;
    ErrorCategory category = ErrorCategory::input;
};

// In the order of the enumeration, so that a code is the place of its word.
inline constexpr std::array<ErrorWord, 51> error_words{{
    {ErrorCode::bad_number, "bad-number"},
    {ErrorCode::bad_amount, "bad-amount"},
    {ErrorCode::bad_currency, "bad-currency"},
    {ErrorCode::unknown_currency, "unknown-currency"},
    {ErrorCode::fractional_minor_unit, "fractional-minor-unit"},
    {ErrorCode::overflow, "overflow"},
    {ErrorCode::inexact, "inexact"},
    {ErrorCode::division_by_zero, "division-by-zero"},
    {ErrorCode::mixed_currencies, "mixed-currencies"},
    {ErrorCode::bad_date, "bad-date"},
    {ErrorCode::bad_time, "bad-time"},
    {ErrorCode::bad_word, "bad-word"},
    {ErrorCode::bad_text, "bad-text"},
    {ErrorCode::bad_allocation, "bad-allocation"},
    {ErrorCode::out_of_range, "out-of-range"},
    {ErrorCode::bad_sql, "bad-sql"},
    {ErrorCode::bad_head, "bad-head"},
    {ErrorCode::bad_json, "bad-json"},
    {ErrorCode::bad_xml, "bad-xml"},
    {ErrorCode::bad_type, "bad-type"},
    {ErrorCode::float_number, "float-number"},
    {ErrorCode::unknown_kind, "unknown-kind"},
    {ErrorCode::unknown_field, "unknown-field"},
    {ErrorCode::duplicate_field, "duplicate-field"},
    {ErrorCode::missing_field, "missing-field"},
    {ErrorCode::unknown_round, "unknown-round"},
    {ErrorCode::unknown_source, "unknown-source"},
    {ErrorCode::unknown_entry, "unknown-entry"},
    {ErrorCode::unknown_party, "unknown-party"},
    {ErrorCode::ambiguous_party, "ambiguous-party"},
    {ErrorCode::wrong_kind, "wrong-kind"},
    {ErrorCode::wrong_company, "wrong-company"},
    {ErrorCode::ambiguous_name, "ambiguous-name"},
    {ErrorCode::key_reused, "key-reused"},
    {ErrorCode::source_redefined, "source-redefined"},
    {ErrorCode::currency_redefined, "currency-redefined"},
    {ErrorCode::recorded_too_early, "recorded-too-early"},
    {ErrorCode::recorded_in_future, "recorded-in-future"},
    {ErrorCode::no_rate, "no-rate"},
    {ErrorCode::not_a_ledger, "not-a-ledger", ErrorCategory::ledger},
    {ErrorCode::newer_schema, "newer-schema", ErrorCategory::ledger},
    {ErrorCode::older_schema, "older-schema", ErrorCategory::ledger},
    {ErrorCode::damaged, "damaged", ErrorCategory::ledger},
    {ErrorCode::no_such_file, "no-such-file", ErrorCategory::environment},
    {ErrorCode::no_such_folder, "no-such-folder", ErrorCategory::environment},
    {ErrorCode::file_exists, "file-exists", ErrorCategory::environment},
    {ErrorCode::read_only, "read-only", ErrorCategory::environment},
    {ErrorCode::busy, "busy", ErrorCategory::environment},
    {ErrorCode::io, "io", ErrorCategory::environment},
    {ErrorCode::misuse, "misuse", ErrorCategory::caller},
    {ErrorCode::out_of_memory, "out-of-memory", ErrorCategory::environment},
}};

consteval bool error_words_are_in_order() {
    for (std::size_t i = 0; i < error_words.size(); ++i) {
        if (static_cast<std::size_t>(error_words[i].code) != i) return false;
    }
    return true;
}

static_assert(error_words_are_in_order());

static_assert(error_words.back().code == ErrorCode::out_of_memory, "the last code has no word");

}  // namespace detail

constexpr std::string_view to_string(ErrorCode code) noexcept {
    const auto place = static_cast<std::size_t>(code);
    return place < detail::error_words.size() ? detail::error_words[place].word : "unknown";
}

constexpr ErrorCategory category_of(ErrorCode code) noexcept {
    const auto place = static_cast<std::size_t>(code);
    return place < detail::error_words.size() ? detail::error_words[place].category : ErrorCategory::caller;
}

constexpr std::string_view to_string(ErrorCategory category) noexcept {
    constexpr std::array<std::string_view, 4> words{"input", "ledger", "environment", "caller"};
    return words[static_cast<std::size_t>(category)];
}

namespace detail {

std::string quoted(std::string_view value);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/error-inl.hpp"
#endif
