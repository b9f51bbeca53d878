#include "ledger/write/standing_writer.hpp"

#include <functional>
#include <map>

namespace postmoney::detail {

StandingWriter::StandingWriter(Connection& connection)
    : standing_(connection),
      last_withdrawal_(connection.handle(),
                       "SELECT known_from, known_to FROM withdrawn WHERE entry = ?1 ORDER BY known_from DESC "
                       "LIMIT 1"),
      begin_withdrawal_(connection.handle(), "INSERT INTO withdrawn (entry, known_from) VALUES (?1, ?2)"),
      end_withdrawal_(connection.handle(),
                      "UPDATE withdrawn SET known_to = ?3 WHERE entry = ?1 AND known_from = ?2"),
      forget_withdrawal_(connection.handle(), "DELETE FROM withdrawn WHERE entry = ?1 AND known_from = ?2") {}

std::vector<std::int64_t> StandingWriter::take_in(std::int64_t entry, const References& references,
                                                  Timestamp recorded) {
    constexpr std::size_t most_kept = 65'536;  // a few megabytes
    if (!references.target && !references.superseded_retraction) return {};
    if (chain_ && references.target == chain_->last && !references.superseded_retraction) {
        chain_ = {.last = entry, .entry = chain_->entry, .stands = !chain_->stands, .grew = true};
        set_standing(chain_->entry, chain_->stands, recorded.microseconds());
        return {chain_->entry};
    }
    if (standing_.kept() > most_kept || (chain_ && chain_->grew)) standing_.forget();
    standing_.look_until(entry - 1);
    std::vector<std::int64_t> changed;
    // The entries that may stand otherwise now, with how they stood; the latest first, as how one stands
    // depends on later ones only.
    std::map<std::int64_t, Standing, std::greater<>> open;
    const auto suspect = [&](std::optional<std::int64_t> other) {
        if (other) open.try_emplace(*other, standing_.of(*other));
    };
    suspect(references.target);
    suspect(references.superseded_retraction);
    standing_.add(entry);
    while (!open.empty()) {
        const auto [number, stood] = *open.begin();
        open.erase(open.begin());
        CorrectedEntry& other = standing_.read(number);
        other.standing.reset();
        const Standing stands = standing_.of(number);
        if (stands == stood) continue;
        // How those that it corrects stood follows from how it stood itself.
        other.standing = stood;
        suspect(other.supersedes);
        suspect(other.retracts);
        other.standing = stands;
        const bool counts = stands == Standing::stands;
        if (other.is_retraction || counts == (stood == Standing::stands)) continue;
        set_standing(number, counts, recorded.microseconds());
        changed.push_back(number);
    }
    begin_chain(entry, references);
    return changed;
}

void StandingWriter::begin_chain(std::int64_t entry, const References& references) {
    chain_.reset();
    if (!references.target || references.superseded_retraction) return;
    const CorrectedEntry& target = standing_.read(*references.target);
    // What the target supersedes would be turned with it.
    const bool alone = !target.supersedes && target.superseded_by.empty() && target.retracted_by.size() == 1;
    if (standing_.read(entry).is_retraction && !target.is_retraction && alone)
        chain_ = {.last = entry, .entry = *references.target};
}

void StandingWriter::set_standing(std::int64_t entry, bool stands, std::int64_t recorded) {
    if (stands) {
        restore(entry, recorded);
    } else {
        withdraw(entry, recorded);
    }
}

std::optional<StandingWriter::Withdrawal> StandingWriter::last_withdrawal(std::int64_t entry) {
    std::optional<Withdrawal> last;
    last_withdrawal_.bind(entry);
    if (last_withdrawal_.step()) last = {last_withdrawal_.integer(0), last_withdrawal_.integer(1)};
    last_withdrawal_.reset();
    return last;
}

// Changes of one time leave what the last of them comes to, as if there had been no others.

void StandingWriter::withdraw(std::int64_t entry, std::int64_t recorded) {
    const auto last = last_withdrawal(entry);
    if (last && last->known_to == recorded) {
        end_withdrawal_.bind(entry, last->known_from, end_of_time).run();
    } else {
        begin_withdrawal_.bind(entry, recorded).run();
    }
}

void StandingWriter::restore(std::int64_t entry, std::int64_t recorded) {
    const auto last = last_withdrawal(entry);
    if (!last) throw Error(ErrorCode::damaged, "entry " + std::to_string(entry) + " has no row in withdrawn");
    if (last->known_from == recorded) {
        forget_withdrawal_.bind(entry, recorded).run();
    } else {
        end_withdrawal_.bind(entry, last->known_from, recorded).run();
    }
}

}  // namespace postmoney::detail
