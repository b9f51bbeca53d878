// CsvRepeats: which line of a source is used instead of one of the same source that is on record.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "postmoney/import/csv_import.hpp"
#include "postmoney/ledger/ledger.hpp"
#include "postmoney/value/hex_bytes.hpp"

namespace postmoney::detail {

class CsvRepeats {
  public:
    // The ledger outlives it. Entries behind the `last` one are of this import.
    CsvRepeats(const Ledger& ledger, std::int64_t last) : ledger_(&ledger), last_(last) {}

    // What the source of the line of that id says later and otherwise, or instead of it where it was taken
    // back: the line is a repeat then, and not used. Null where it is used, or new.
    [[nodiscard]] std::optional<CsvNotUsed> instead_of(const EntryId& id);

  private:
    [[nodiscard]] bool has_later(std::int64_t source);

    const Ledger* ledger_;
    std::int64_t last_;
    std::map<std::int64_t, bool> has_later_;  // whether entries of the source came after its first ones
};

}  // namespace postmoney::detail
