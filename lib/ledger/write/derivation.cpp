#include "ledger/write/derivation.hpp"

#include <utility>

#include "base/read_ahead.hpp"

namespace postmoney::detail {

Derivation::Derivation(Connection& connection, DossierReader& dossiers)
    : dossiers_(&dossiers),
      rounds_of_(
          connection.handle(),
          "SELECT r.round, r.handle FROM party p JOIN round r ON r.company = p.party WHERE p.root = ?1"),
      other_members_(connection.handle(), "SELECT 1 FROM party WHERE root = ?1 AND party <> ?1 LIMIT 1"),
      rounds_(connection),
      participations_(connection),
      own_rounds_(connection),
      inflows_(connection),
      totals_(connection),
      totals_by_day_(connection),
      left_out_(connection),
      latest_valuations_(connection),
      positions_(connection),
      ledger_totals_(connection) {}

// Calls `visit(table, rows)` for each derived table.
template <class Visit>
void Derivation::tables(const Visit& visit) {
    visit(rounds_, &DerivedRows::rounds);
    visit(participations_, &DerivedRows::participations);
    visit(own_rounds_, &DerivedRows::own_rounds);
    visit(inflows_, &DerivedRows::inflows);
    visit(totals_, &DerivedRows::totals);
    visit(totals_by_day_, &DerivedRows::totals_by_day);
    visit(left_out_, &DerivedRows::left_out);
    visit(latest_valuations_, &DerivedRows::latest_valuations);
    visit(positions_, &DerivedRows::positions);
}

void Derivation::write(std::int64_t root, const DerivedRows& rows, Timestamp known_from) {
    DerivedRows before;
    tables([&]<class Row>(HistoryTable<Row>& table, std::vector<Row> DerivedRows::*its_rows) {
        before.*its_rows = table.replace(root, rows.*its_rows, known_from.microseconds());
    });
    ledger_totals_.replace(sums_of_company(before.totals, before.inflows),
                           sums_of_company(rows.totals, rows.inflows));
}

void Derivation::write(std::int64_t root, const std::optional<DerivedRows>& before, const DerivedRows& rows,
                       Timestamp known_from) {
    tables([&]<class Row>(HistoryTable<Row>& table, std::vector<Row> DerivedRows::*its_rows) {
        if (before) {
            table.replace(root, (*before).*its_rows, rows.*its_rows, known_from.microseconds());
        } else {
            table.insert(root, rows.*its_rows, known_from.microseconds());
        }
    });
    ledger_totals_.replace(before ? sums_of_company(before->totals, before->inflows) : CompanySums(),
                           sums_of_company(rows.totals, rows.inflows));
}

void Derivation::end(std::int64_t root, Timestamp known_from) {
    maybe_one_.erase(root);
    write(root, {}, known_from);
}

void Derivation::add(std::int64_t company, Claim claim, std::int64_t entry) {
    NumberedDossier& dossier = fresh_.at(company).dossier;
    dossier.dossier.party = company;
    dossier.dossier.claims.push_back(std::move(claim));
    dossier.entries.push_back(entry);
    ++kept_claims_;
}

void Derivation::refresh(const std::set<std::int64_t>& roots, Timestamp known_from) {
    constexpr std::size_t bytes_of_claim = 1024;  // about: some 250 claims are a block
    ReadAhead<Stale, DerivedRows> ahead(
        [counts = counts_maybe_one_](Stale& stale) {
            return derived_rows(*stale.dossier, stale.numbers, counts);
        },
        [&](Stale& stale, Outcome<DerivedRows>& rows) { take(stale, std::move(rows.value()), known_from); });
    for (const std::int64_t root : roots) {
        if (!is_fresh(root) && dossiers_->root_at(root, std::nullopt) != root) {
            end(root, known_from);  // it is another's now
            continue;
        }
        Stale stale = read(root);
        const std::size_t bytes = bytes_of_claim * (stale.dossier->entries.size() + 1);
        ahead.add(std::move(stale), bytes);
    }
    ahead.finish();
}

Derivation::Stale Derivation::read(std::int64_t root) {
    Stale stale{.root = root, .read = nullptr, .dossier = nullptr, .numbers = {}};
    if (const auto fresh = fresh_.find(root); fresh != fresh_.end()) {
        stale.dossier = &fresh->second.dossier;
    } else {
        stale.read = std::make_unique<NumberedDossier>(dossiers_->company(root, std::nullopt));
        stale.dossier = stale.read.get();
    }
    rounds_of_.bind(root);
    while (rounds_of_.step())
        stale.numbers.of_handle[std::string(rounds_of_.text(1))].insert(rounds_of_.integer(0));
    return stale;
}

void Derivation::take(Stale& stale, DerivedRows rows, Timestamp known_from) {
    count_maybe_one(stale.root, rows.maybe_one_rounds);
    if (!stale.read) {
        Fresh& fresh = fresh_.at(stale.root);
        write(stale.root, fresh.rows, rows, known_from);
        fresh.rows = std::move(rows);
        return;
    }
    write(stale.root, rows, known_from);
    other_members_.bind(stale.root);
    const bool is_one_party = !other_members_.step();
    other_members_.reset();
    if (!is_one_party) return;  // claims may come by the number of another member
    // Those that are added have no name of the other party: investors are ordered by name, and one investor
    // is not to have two.
    for (Claim& claim : stale.read->dossier.claims) claim.counterparty_name.clear();
    kept_claims_ += static_cast<std::int64_t>(stale.read->entries.size());
    fresh_.insert_or_assign(stale.root, Fresh{std::move(*stale.read), std::move(rows)});
}

void Derivation::count_maybe_one(std::int64_t root, std::int64_t count) {
    if (count != 0) {
        maybe_one_[root] = count;
    } else {
        maybe_one_.erase(root);
    }
}

std::int64_t Derivation::maybe_one_rounds() const {
    std::int64_t sum = 0;
    for (const auto& [company, count] : maybe_one_) sum += count;
    return sum;
}

}  // namespace postmoney::detail
