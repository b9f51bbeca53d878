#include "ledger/write/derivation.hpp"

#include <utility>

namespace postmoney::detail {

Derivation::Derivation(Connection& connection, DossierReader& dossiers)
    : dossiers_(&dossiers),
      rounds_of_(
          connection.handle(),
          "SELECT r.round, r.handle FROM party p JOIN round r ON r.company = p.party WHERE p.root = ?1"),
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

void Derivation::write(std::int64_t root, const DerivedRows& rows, Timestamp known_from, bool first) {
    // Returns the rows before.
    const auto write = [&]<class Row>(HistoryTable<Row>& table, const std::vector<Row>& its_rows) {
        if (!first) return table.replace(root, its_rows, known_from.microseconds());
        table.insert(root, its_rows, known_from.microseconds());
        return std::vector<Row>();
    };
    write(rounds_, rows.rounds);
    write(participations_, rows.participations);
    write(own_rounds_, rows.own_rounds);
    const auto inflows = write(inflows_, rows.inflows);
    const auto totals = write(totals_, rows.totals);
    ledger_totals_.replace(sums_of_company(totals, inflows), sums_of_company(rows.totals, rows.inflows));
    write(totals_by_day_, rows.totals_by_day);
    write(left_out_, rows.left_out);
    write(latest_valuations_, rows.latest_valuations);
    write(positions_, rows.positions);
}

void Derivation::end(std::int64_t root, Timestamp known_from) {
    write(root, {}, known_from, false);
}

void Derivation::add(std::int64_t company, Claim claim, std::int64_t entry) {
    NumberedDossier& dossier = fresh_.at(company).dossier;
    dossier.dossier.party = company;
    dossier.dossier.claims.push_back(std::move(claim));
    dossier.entries.push_back(entry);
}

void Derivation::refresh(std::int64_t root, Timestamp known_from) {
    const auto fresh = fresh_.find(root);
    if (fresh != fresh_.end()) {
        const bool first = !std::exchange(fresh->second.derived, true);
        return write(root, derive(root, fresh->second.dossier), known_from, first);
    }
    const NumberedDossier dossier = dossiers_->company(root, std::nullopt);
    if (dossier.dossier.party != root) return end(root, known_from);  // it is one with another party now
    write(root, derive(root, dossier), known_from, false);
}

DerivedRows Derivation::derive(std::int64_t root, const NumberedDossier& dossier) {
    RoundNumbers numbers;
    rounds_of_.bind(root);
    while (rounds_of_.step())
        numbers.of_handle[std::string(rounds_of_.text(1))].insert(rounds_of_.integer(0));
    return derived_rows(dossier, numbers);
}

}  // namespace postmoney::detail
