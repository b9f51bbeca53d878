#include "ledger/write/standing.hpp"

#include <functional>
#include <set>

namespace postmoney::detail {

Standing::Standing(Connection& connection)
    : targets_of_(connection.handle(), "SELECT target, superseded_retraction FROM entry WHERE entry = ?1"),
      withdrawn_since_(connection.handle(),
                       "SELECT known_from FROM withdrawn WHERE entry = ?1 AND known_to = 253402300799999999"),
      withdrawer_(connection.handle(),
                  "SELECT 1 FROM entry e WHERE (e.target = ?1 OR e.superseded_retraction = ?1) "
                  "AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry) LIMIT 1"),
      withdraw_(connection.handle(), "INSERT INTO withdrawn (entry, known_from) VALUES (?1, ?2)"),
      restore_(connection.handle(),
               "UPDATE withdrawn SET known_to = ?2 WHERE entry = ?1 AND known_to = 253402300799999999"),
      forget_(connection.handle(),
              "DELETE FROM withdrawn WHERE entry = ?1 AND known_to = 253402300799999999") {}

std::vector<std::int64_t> Standing::take_in(const References& references, Timestamp recorded) {
    std::vector<std::int64_t> changed;
    // The latest first: whether an entry stands depends on later ones only.
    std::set<std::int64_t, std::greater<>> open;
    if (references.target) open.insert(*references.target);
    if (references.superseded_retraction) open.insert(*references.superseded_retraction);
    while (!open.empty()) {
        const std::int64_t entry = *open.begin();
        open.erase(open.begin());
        if (!refresh(entry, recorded)) continue;
        changed.push_back(entry);
        targets_of_.bind(entry);
        targets_of_.step();
        for (const int column : {0, 1}) {
            if (const auto target = targets_of_.optional_integer(column)) open.insert(*target);
        }
        targets_of_.reset();
    }
    return changed;
}

bool Standing::refresh(std::int64_t entry, Timestamp recorded) {
    withdrawer_.bind(entry);
    const bool stands = !withdrawer_.step();
    withdrawer_.reset();
    withdrawn_since_.bind(entry);
    const bool stood = !withdrawn_since_.step();
    const std::int64_t since = stood ? 0 : withdrawn_since_.integer(0);
    withdrawn_since_.reset();
    if (stands == stood) return false;
    if (!stands) {
        withdraw_.bind(entry, recorded.microseconds()).run();
    } else if (since == recorded.microseconds()) {
        forget_.bind(entry).run();  // it was withdrawn at this very time: no time is left at which it was
    } else {
        restore_.bind(entry, recorded.microseconds()).run();
    }
    return true;
}

}  // namespace postmoney::detail
