// NameScope: what a name means when the chains of a file use it differently: what it means in the chain that
// is written to, else what the one other chain means by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/write/chain_writer.hpp"

namespace postmoney::detail {

// A value that a name may mean, and an entry that gives it that meaning.
struct Meaning {
    std::int64_t value;
    std::int64_t entry;
};

class NameScope {
  public:
    NameScope(Connection& connection, ChainWriter& chain);

    // Whether a name means the same to all entries to come, as there is one chain.
    [[nodiscard]] bool is_whole_file() const noexcept { return !chain_->paths().several(); }
    // Whether what is recorded was on record in some ledger before, whose names may mean something else in
    // others: nothing is refused for what others recorded.
    [[nodiscard]] bool reads_as_written() const noexcept { return chain_->is_replay() && !is_whole_file(); }

    // Whether the chain has the entry that gives a name its meaning; all have it when nothing is replayed.
    [[nodiscard]] bool sees(std::int64_t entry) { return !reads_as_written() || chain_->has(entry); }
    // Whether the chain that is written to has the entry.
    [[nodiscard]] bool has(std::int64_t entry) { return chain_->has(entry); }
    // Whether an entry of the chain is on the round.
    [[nodiscard]] bool uses_round(std::int64_t round) { return has_any(entries_of_round_.bind(round)); }

    // Of the values that chains give a name the one that it means; of several that this chain does not use,
    // the first on record in a replay. Throws ambiguous-name.
    [[nodiscard]] std::int64_t choose(const std::vector<Meaning>& meanings, std::string_view field,
                                      std::string_view name, std::string_view expected);
    // The same of what the bound statement gives: values in its first column, entries in its second. Null
    // when it gives nothing.
    [[nodiscard]] std::optional<std::int64_t> choose(Statement& meanings, std::string_view field,
                                                     std::string_view name, std::string_view expected);
    // Of several parties that a name fits the one that the chain means; null when that cannot be told.
    [[nodiscard]] std::optional<std::int64_t> choose_party(const std::vector<std::int64_t>& roots);

    // Throws ambiguous-name: other chains use the name differently, and this one does not use it.
    [[noreturn]] static void refuse_ambiguous(std::string_view field, std::string_view name,
                                              std::string_view expected);

  private:
    // Whether the chain has any of the entries that the bound statement gives.
    [[nodiscard]] bool has_any(Statement& entries);

    ChainWriter* chain_;
    Statement entries_of_party_;
    Statement entries_of_round_;
};

}  // namespace postmoney::detail
