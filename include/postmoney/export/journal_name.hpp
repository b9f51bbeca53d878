// How a journal writes a name, so that no program of plain-text accounting takes a part of it for a sign of
// its own, and how the name is read back.
//
//   journal_name("Acme: (Labs)", JournalFormat::ledger);    // Acme%3A %28Labs%29
//   journal_name("xAI", JournalFormat::beancount);          // 0-xAI
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

enum class JournalFormat : std::uint8_t {
    ledger,    // of ledger and hledger
    beancount  // of beancount
};

// The name as one part of an account's name; two names never become one.
//
// For ledger and hledger: letters beyond ASCII, ASCII letters and digits, single blanks between, and
// `. , ' & + - _ /` stand for themselves; each byte of anything else is `%` and two hexadecimal digits.
//
// For beancount, whose accounts know few signs: ASCII letters and digits stand for themselves, and a blank is
// `-`; each byte of anything else, and a blank in front of a `0`, is `-0` and two hexadecimal digits. What
// then begins with no capital letter or digit, or with `0-`, has `0-` in front.
//
// Throws bad-text for an empty name and for one that is not UTF-8.
[[nodiscard]] POSTMONEY_EXPORT std::string journal_name(std::string_view name, JournalFormat format);

// The name that journal_name wrote so. Throws bad-text for what it never writes.
[[nodiscard]] POSTMONEY_EXPORT std::string name_of_journal(std::string_view written, JournalFormat format);

}  // namespace POSTMONEY_NAMESPACE
