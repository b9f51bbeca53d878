#include "ledger/read/standing_reader.hpp"

namespace postmoney::detail {

StandingReader::StandingReader(Connection& connection)
    : corrects_(connection.handle(),
                "SELECT kind = 'retraction', target, superseded_retraction FROM entry WHERE entry = ?1"),
      corrected_by_(
          connection.handle(),
          "SELECT entry, target IS ?1 AND kind = 'retraction', superseded_retraction IS ?1 OR kind <> "
          "'retraction' FROM entry WHERE (target = ?1 OR superseded_retraction = ?1) AND entry <= ?2 "
          "ORDER BY entry"),
      last_entry_by_(connection.handle(),
                     "SELECT entry FROM entry WHERE recorded <= ?1 ORDER BY entry DESC LIMIT 1") {}

void StandingReader::look_at(std::optional<Timestamp> known_at) {
    forget();
    last_entry_by_.bind(known_time(known_at));  // entries are numbered in the order of being recorded
    look_until(last_entry_by_.step() ? last_entry_by_.integer(0) : 0);
    last_entry_by_.reset();
}

CorrectedEntry& StandingReader::read(std::int64_t entry) {
    if (const auto at = entries_.find(entry); at != entries_.end()) return at->second;
    CorrectedEntry found;
    corrects_.bind(entry);
    if (corrects_.step()) {
        found.is_retraction = corrects_.integer(0) != 0;
        const auto target = corrects_.optional_integer(1);
        found.supersedes = found.is_retraction ? corrects_.optional_integer(2) : target;
        if (found.is_retraction) found.retracts = target;
    }
    corrects_.reset();
    corrected_by_.bind(entry, last_entry_);
    while (corrected_by_.step()) {
        const std::int64_t other = corrected_by_.integer(0);
        if (corrected_by_.integer(1) != 0) found.retracted_by.push_back(other);
        if (corrected_by_.integer(2) != 0) found.superseded_by.push_back(other);
    }
    return entries_.emplace(entry, std::move(found)).first->second;
}

void StandingReader::add(std::int64_t entry) {
    last_entry_ = entry;
    CorrectedEntry& added = read(entry);
    added.standing = Standing::stands;
    const auto add_to = [&](std::optional<std::int64_t> other, auto list) {
        if (!other) return;
        if (const auto at = entries_.find(*other); at != entries_.end()) (at->second.*list).push_back(entry);
    };
    add_to(added.supersedes, &CorrectedEntry::superseded_by);
    add_to(added.retracts, &CorrectedEntry::retracted_by);
}

Standing StandingReader::of(std::int64_t entry) {
    if (const auto known = read(entry).standing) return *known;
    std::vector<Question> open{{entry}};
    for (;;) {
        std::int64_t first = 0;
        const auto found = answer(open.back(), first);
        if (!found) {
            open.push_back({first});
            continue;
        }
        read(open.back().entry).standing = found;
        open.pop_back();
        if (open.empty()) return *found;
    }
}

std::optional<Standing> StandingReader::answer(Question& question, std::int64_t& first) {
    const CorrectedEntry& entry = read(question.entry);
    const std::size_t superseding = entry.superseded_by.size();
    const std::size_t all = superseding + entry.retracted_by.size();
    for (; question.asked < all; ++question.asked) {
        // The latest first, as it is the likeliest to stand; those that supersede it before those that
        // retract it.
        const bool supersedes = question.asked < superseding;
        const auto& others = supersedes ? entry.superseded_by : entry.retracted_by;
        first = others[(supersedes ? superseding : all) - question.asked - 1];
        const auto other = read(first).standing;
        if (!other) return std::nullopt;
        if (supersedes && *other != Standing::taken_back) return Standing::superseded;
        if (!supersedes && *other == Standing::stands) return Standing::taken_back;
    }
    return Standing::stands;
}

}  // namespace postmoney::detail
