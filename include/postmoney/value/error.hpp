// Error: the one exception type of the library. What went wrong, where, with which value, and what was
// expected.
//
//   try { ledger.apply_file("facts.jsonl"); }
//   catch (const postmoney::Error& e) { std::cerr << e.what() << '\n'; }
//   // facts.jsonl:3: field "raised": got "1.005 USD", expected whole minor units of USD (2 decimals)
//   [fractional-minor-unit]
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "postmoney/value/printable.hpp"

namespace postmoney {

//--- Interface ---

// A refusal's stable name. Words are never renamed and never reused; to_string gives the word.
enum class ErrorCode : std::uint8_t {
    // values
    bad_number,    // bad-number: not digits with an optional point
    bad_amount,    // bad-amount: not `[qualifier] NUMBER [magnitude] CURRENCY`
    bad_currency,  // bad-currency: not a code of 3 to 12 capital letters and digits, or decimals out of 0..8
    unknown_currency,       // unknown-currency: a code of neither ISO 4217 nor the ledger
    fractional_minor_unit,  // fractional-minor-unit: not a whole number of the currency's minor units
    overflow,               // overflow: beyond the range of the result's type
    inexact,                // inexact: Rounding::never would have lost digits
    division_by_zero,       // division-by-zero
    mixed_currencies,       // mixed-currencies: one currency was needed and two were given
    bad_date,               // bad-date
    bad_time,               // bad-time
    bad_word,               // bad-word: not one of the words that the field takes
    bad_text,               // bad-text: empty where text is needed, invalid UTF-8, or a NUL character
    bad_allocation,         // bad-allocation: ratios that are negative, or sum to zero
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
    unknown_party,       // unknown-party: `scheme:value` or a queried name that fits nobody
    ambiguous_party,     // ambiguous-party: a name that fits two parties
    wrong_kind,          // wrong-kind: `supersedes` names an entry of another kind
    wrong_company,       // wrong-company: the round belongs to another company
    ambiguous_name,      // ambiguous-name: a key, a source's id or a round's handle that merged ledgers use
                         // differently
    key_reused,          // key-reused: the key is on record with other content
    source_redefined,    // source-redefined: the source id is on record with other content
    currency_redefined,  // currency-redefined: the code is on record with other decimals, or a correction changes it
    recorded_too_early,  // recorded-too-early: before the chain's last entry
    recorded_in_future,  // recorded-in-future
    no_rate,             // no-rate: no exchange rate near enough to the date
    // the ledger file
    not_a_ledger,    // not-a-ledger: another kind of file
    newer_schema,    // newer-schema: written by a later version that this one cannot read
    older_schema,    // older-schema: written by an earlier version, and opened so that it cannot be upgraded
    damaged,         // damaged: the file is not what was written
    no_such_file,    // no-such-file
    no_such_folder,  // no-such-folder
    file_exists,     // file-exists
    read_only,  // read-only: a write through a ledger opened read-only, or into a file that cannot be written
    busy,       // busy: another connection held the file for longer than the busy timeout
    io,         // io: the operating system or the disk refused
    misuse,     // misuse: a call that its contract forbids
    out_of_memory,  // out-of-memory: SQLite got none; what the library itself asks for throws std::bad_alloc
};

// The code's word as printed and documented, e.g. "bad-amount".
[[nodiscard]] constexpr std::string_view to_string(ErrorCode code) noexcept;

// Thrown by everything in the library that refuses. Holds the parts and composes the one-line message.
class Error : public std::runtime_error {
  public:
    // `message` is a whole clause, e.g. "the ledger is open read-only".
    Error(ErrorCode code, std::string message);

    // A refused value: `got "VALUE", expected EXPECTED [code]`.
    [[nodiscard]] static Error refused(ErrorCode code, std::string_view value, std::string_view expected);

    // The same error with the field's name, or its place in a file, in front. A field or place already set
    // stays: the innermost caller knows best.
    [[nodiscard]] Error in_field(std::string_view field) const;
    [[nodiscard]] Error at(std::string_view file, std::uint64_t line) const;

    [[nodiscard]] ErrorCode code() const noexcept { return parts_.code; }
    [[nodiscard]] const std::string& file() const noexcept { return parts_.file; }    // empty: none
    [[nodiscard]] std::uint64_t line() const noexcept { return parts_.line; }         // 0: none
    [[nodiscard]] const std::string& field() const noexcept { return parts_.field; }  // empty: none
    [[nodiscard]] const std::string& message() const noexcept {
        return parts_.message;
    }  // without place, field, code

  private:
    struct Parts {
        ErrorCode code;
        std::string message;
        std::string field = {};
        std::string file = {};
        std::uint64_t line = 0;
    };
    explicit Error(Parts parts) : std::runtime_error(compose(parts)), parts_(std::move(parts)) {}
    static std::string compose(const Parts& parts);

    Parts parts_;
};

namespace detail {
// The value as an error quotes it: cut to 60 bytes at a character's boundary, unprintable characters escaped.
[[nodiscard]] std::string quoted(std::string_view value);
}  // namespace detail

//--- Definitions ---

constexpr std::string_view to_string(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::bad_number:
            return "bad-number";
        case ErrorCode::bad_amount:
            return "bad-amount";
        case ErrorCode::bad_currency:
            return "bad-currency";
        case ErrorCode::unknown_currency:
            return "unknown-currency";
        case ErrorCode::fractional_minor_unit:
            return "fractional-minor-unit";
        case ErrorCode::overflow:
            return "overflow";
        case ErrorCode::inexact:
            return "inexact";
        case ErrorCode::division_by_zero:
            return "division-by-zero";
        case ErrorCode::mixed_currencies:
            return "mixed-currencies";
        case ErrorCode::bad_date:
            return "bad-date";
        case ErrorCode::bad_time:
            return "bad-time";
        case ErrorCode::bad_word:
            return "bad-word";
        case ErrorCode::bad_text:
            return "bad-text";
        case ErrorCode::bad_allocation:
            return "bad-allocation";
        case ErrorCode::out_of_range:
            return "out-of-range";
        case ErrorCode::bad_sql:
            return "bad-sql";
        case ErrorCode::bad_head:
            return "bad-head";
        case ErrorCode::bad_json:
            return "bad-json";
        case ErrorCode::bad_xml:
            return "bad-xml";
        case ErrorCode::bad_type:
            return "bad-type";
        case ErrorCode::float_number:
            return "float-number";
        case ErrorCode::unknown_kind:
            return "unknown-kind";
        case ErrorCode::unknown_field:
            return "unknown-field";
        case ErrorCode::duplicate_field:
            return "duplicate-field";
        case ErrorCode::missing_field:
            return "missing-field";
        case ErrorCode::unknown_round:
            return "unknown-round";
        case ErrorCode::unknown_source:
            return "unknown-source";
        case ErrorCode::unknown_entry:
            return "unknown-entry";
        case ErrorCode::unknown_party:
            return "unknown-party";
        case ErrorCode::ambiguous_party:
            return "ambiguous-party";
        case ErrorCode::wrong_kind:
            return "wrong-kind";
        case ErrorCode::wrong_company:
            return "wrong-company";
        case ErrorCode::ambiguous_name:
            return "ambiguous-name";
        case ErrorCode::key_reused:
            return "key-reused";
        case ErrorCode::source_redefined:
            return "source-redefined";
        case ErrorCode::currency_redefined:
            return "currency-redefined";
        case ErrorCode::recorded_too_early:
            return "recorded-too-early";
        case ErrorCode::recorded_in_future:
            return "recorded-in-future";
        case ErrorCode::no_rate:
            return "no-rate";
        case ErrorCode::not_a_ledger:
            return "not-a-ledger";
        case ErrorCode::newer_schema:
            return "newer-schema";
        case ErrorCode::older_schema:
            return "older-schema";
        case ErrorCode::damaged:
            return "damaged";
        case ErrorCode::no_such_file:
            return "no-such-file";
        case ErrorCode::no_such_folder:
            return "no-such-folder";
        case ErrorCode::file_exists:
            return "file-exists";
        case ErrorCode::read_only:
            return "read-only";
        case ErrorCode::busy:
            return "busy";
        case ErrorCode::io:
            return "io";
        case ErrorCode::misuse:
            return "misuse";
        case ErrorCode::out_of_memory:
            return "out-of-memory";
    }
    return "unknown";
}

inline Error::Error(ErrorCode code, std::string message) : Error(Parts{code, std::move(message)}) {}

inline Error Error::refused(ErrorCode code, std::string_view value, std::string_view expected) {
    return {code, "got " + detail::quoted(value) + ", expected " + std::string(expected)};
}

inline Error Error::in_field(std::string_view field) const {
    Parts parts = parts_;
    if (parts.field.empty()) parts.field = field;
    return Error(std::move(parts));
}

inline Error Error::at(std::string_view file, std::uint64_t line) const {
    Parts parts = parts_;
    if (parts.file.empty()) {
        parts.file = file;
        parts.line = line;
    }
    return Error(std::move(parts));
}

inline std::string Error::compose(const Parts& parts) {
    std::string text;
    if (!parts.file.empty()) {
        text += printable(parts.file) + ":";
        if (parts.line != 0) text += std::to_string(parts.line) + ":";
        text += " ";
    }
    if (!parts.field.empty()) text += "field " + detail::quoted(parts.field) + ": ";
    text += parts.message;
    text += " [";
    text += to_string(parts.code);
    text += "]";
    return text;
}

namespace detail {
inline std::string quoted(std::string_view value) {
    constexpr std::size_t limit = 60;
    const bool cut = value.size() > limit;
    if (cut) {
        std::size_t end = limit;
        while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
        value = value.substr(0, end);
    }
    std::string text = "\"";
    text += printable(value);
    text += cut ? "...\"" : "\"";
    return text;
}
}  // namespace detail

}  // namespace postmoney
