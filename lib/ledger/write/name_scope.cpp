#include "ledger/write/name_scope.hpp"

#include <algorithm>
#include <string>

namespace postmoney::detail {

NameScope::NameScope(Connection& connection, ChainWriter& chain)
    : chain_(&chain),
      entries_of_party_(
          connection.handle(),
          "SELECT e.entry FROM party p JOIN entry e ON e.party = p.party WHERE p.root = ?1 UNION ALL "
          "SELECT e.entry FROM party p JOIN entry e ON e.counterparty = p.party WHERE p.root = ?1"),
      entries_of_round_(connection.handle(), "SELECT entry FROM entry WHERE round = ?1") {}

bool NameScope::has_any(Statement& entries) {
    bool found = false;
    while (!found && entries.step()) found = chain_->has(entries.integer(0));
    entries.reset();
    return found;
}

void NameScope::refuse_ambiguous(std::string_view field, std::string_view name, std::string_view expected) {
    throw Error::refused(
        ErrorCode::ambiguous_name, name,
        std::string(expected) + "; other chains use it differently, this ledger's own does not use it")
        .in_field(field);
}

std::int64_t NameScope::choose(const std::vector<Meaning>& meanings, std::string_view field,
                               std::string_view name, std::string_view expected) {
    const std::int64_t first = meanings.front().value;
    const bool several = std::any_of(meanings.begin(), meanings.end(),
                                     [&](const Meaning& meaning) { return meaning.value != first; });
    if (!several) return first;
    for (const Meaning& meaning : meanings) {
        if (chain_->has(meaning.entry)) return meaning.value;
    }
    if (reads_as_written()) return first;
    refuse_ambiguous(field, name, expected);
}

std::optional<std::int64_t> NameScope::choose(Statement& meanings, std::string_view field,
                                              std::string_view name, std::string_view expected) {
    if (!meanings.step()) return std::nullopt;
    const std::int64_t first = meanings.integer(0);
    std::vector<Meaning> all;
    if (!is_whole_file()) {
        do all.push_back({meanings.integer(0), meanings.integer(1)});
        while (meanings.step());
    }
    meanings.reset();
    return all.empty() ? first : choose(all, field, name, expected);
}

std::optional<std::int64_t> NameScope::choose_party(const std::vector<std::int64_t>& roots) {
    if (is_whole_file()) return std::nullopt;
    std::optional<std::int64_t> found;
    for (const std::int64_t root : roots) {
        if (!has_any(entries_of_party_.bind(root))) continue;
        if (reads_as_written()) return root;
        if (found) return std::nullopt;  // it is ambiguous in this chain itself
        found = root;
    }
    return !found && reads_as_written() ? roots.front() : found;
}

}  // namespace postmoney::detail
