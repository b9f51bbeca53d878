#include "ledger/write/derivation.hpp"

#include <utility>

namespace postmoney::detail {

Derivation::Derivation(Connection& connection, DossierReader& dossiers)
    : dossiers_(&dossiers),
      round_number_(connection.handle(),
                    "SELECT min(r.round) FROM round r JOIN party p ON p.party = r.company WHERE r.handle = "
                    "?1 AND p.root = ?2"),
      rounds_(connection),
      inflows_(connection),
      totals_(connection),
      totals_by_day_(connection),
      ledger_totals_(connection) {}

void Derivation::write(std::int64_t root, const DerivedRows& rows, Timestamp known_from, bool first) {
    // Returns the rows before.
    const auto write = [&]<class Row>(HistoryTable<Row>& table, const std::vector<Row>& its_rows) {
        if (!first) return table.replace(root, its_rows, known_from.microseconds());
        table.insert(root, its_rows, known_from.microseconds());
        return std::vector<Row>();
    };
    write(rounds_, rows.rounds);
    const auto inflows = write(inflows_, rows.inflows);
    const auto totals = write(totals_, rows.totals);
    ledger_totals_.replace(sums_of_company(totals, inflows), sums_of_company(rows.totals, rows.inflows));
    write(totals_by_day_, rows.totals_by_day);
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

std::int64_t Derivation::round_number(const std::string& handle, std::int64_t root) {
    round_number_.bind(std::string_view(handle), root);
    if (!round_number_.step() || round_number_.is_null(0))
        throw Error(ErrorCode::damaged, "the round " + handle + " has no number");
    const std::int64_t number = round_number_.integer(0);
    round_number_.reset();
    return number;
}

DerivedRows Derivation::derive(std::int64_t root, const NumberedDossier& dossier) {
    return derived_rows(dossier, [&](const std::string& handle) { return round_number(handle, root); });
}

}  // namespace postmoney::detail
