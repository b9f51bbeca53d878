// Facts lines: entries as the text of a facts file, and back. FactsReader reads a line; canonical_json writes
// one.
//
//   auto line = FactsReader().read(R"({"kind":"source","id":"article","type":"press"})");
//   line.id.to_string();     // the entry's identity: the SHA-256 of line.body
//
// The format is JSON Lines; each line states what one source says of one subject. schema/FACTS.md
// describes it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/entry.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

struct FactsLine {
    Entry entry;
    EntryId id;
    std::string body;                   // the content as canonical JSON (RFC 8785), without `recorded`
    std::optional<Timestamp> recorded;  // if the line says when
};

// Reads lines one by one and keeps its buffers between them. Not for two threads at once.
class POSTMONEY_EXPORT FactsReader {
  public:
    // Longer lines are refused, and longer bodies: with the time at which it was recorded a body is a line of
    // an export, which can be applied.
    static constexpr std::size_t max_line = std::size_t{16} << 20U;
    static constexpr std::size_t max_body = max_line - 64;

    FactsReader();
    FactsReader(FactsReader&&) noexcept;
    FactsReader& operator=(FactsReader&&) noexcept;
    FactsReader(const FactsReader&) = delete;
    FactsReader& operator=(const FactsReader&) = delete;
    ~FactsReader();

    // Checks in this order, and throws the first failure, naming the field: the JSON, the kind, unknown and
    // doubled fields, required fields, the form of each value. `currencies` knows the units beyond ISO 4217.
    [[nodiscard]] FactsLine read(std::string_view line, const Currencies& currencies = {});
    // The same of a line that is canonical JSON without `recorded`, as canonical_json writes and a ledger
    // keeps it: it is the body.
    [[nodiscard]] FactsLine read_canonical(std::string body, const Currencies& currencies = {});
    // The line that says what an entry made in a program says, with every check that a line of a file meets.
    // Throws as check_form does, bad-text for invalid UTF-8, unknown-currency, currency-redefined.
    [[nodiscard]] FactsLine line(Entry entry, const Currencies& currencies = {});
    // Only the entry of a line, with the same checks.
    [[nodiscard]] Entry read_entry(std::string_view line, const Currencies& currencies = {});

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// The entry's content as canonical JSON (RFC 8785). Throws as check_form does, and bad-text for invalid
// UTF-8.
[[nodiscard]] POSTMONEY_EXPORT std::string canonical_json(const Entry& entry);

// The entry's identity: the SHA-256 of its canonical JSON.
[[nodiscard]] POSTMONEY_EXPORT EntryId entry_id(const Entry& entry);

}  // namespace POSTMONEY_NAMESPACE
