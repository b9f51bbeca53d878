// Derivation: keeps the derived tables in line with the claims: those on a company, and the sums of all.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>

#include "ledger/read/dossier_reader.hpp"
#include "ledger/write/derived_rows.hpp"
#include "ledger/write/history_table.hpp"
#include "ledger/write/ledger_totals.hpp"

namespace postmoney::detail {

class Derivation {
  public:
    Derivation(Connection& connection, DossierReader& dossiers);

    // A company that has just come up is fresh, and one that was refreshed becomes it: as long as it is, each
    // of its claims is given to `add`, and need not be read from the file.
    void begin_fresh(std::int64_t company) { fresh_.try_emplace(company); }
    [[nodiscard]] bool is_fresh(std::int64_t company) const { return fresh_.contains(company); }
    void add(std::int64_t company, Claim claim, std::int64_t entry);
    // None is fresh any more.
    void forget_fresh() {
        fresh_.clear();
        kept_claims_ = 0;
    }
    // How many claims of fresh companies are kept.
    [[nodiscard]] std::int64_t kept_claims() const noexcept { return kept_claims_; }

    // Brings what is derived about companies up to what stands now, as known from that time on. Many are
    // derived on another thread, while this one writes the rows of those before them.
    void refresh(const std::set<std::int64_t>& roots, Timestamp known_from);
    // Ends all that is derived about it, as known from that time on; what has not changed, `refresh` takes up
    // again.
    void end(std::int64_t root, Timestamp known_from);
    // Adds to the sums of all companies what has changed of those that were refreshed and ended.
    void finish() { ledger_totals_.write(); }
    // What was not finished was taken back.
    void forget_unfinished() { ledger_totals_.forget(); }

    // From now on pairs of rounds that may be one are counted, until `forget_maybe_one`: who does not ask for
    // them is spared comparing rounds with one another.
    void begin_maybe_one() { counts_maybe_one_ = true; }
    // Those of the companies that were refreshed since then.
    [[nodiscard]] std::int64_t maybe_one_rounds() const;
    void forget_maybe_one() {
        counts_maybe_one_ = false;
        maybe_one_.clear();
    }

  private:
    struct Fresh {
        NumberedDossier dossier;
        std::optional<DerivedRows> rows = {};  // as last written; null: nothing was ever derived
    };
    // A company whose rows are to be derived from values alone.
    struct Stale {
        std::int64_t root;
        std::unique_ptr<NumberedDossier> read;  // null: it is fresh
        const NumberedDossier* dossier;
        RoundNumbers numbers;
    };
    [[nodiscard]] Stale read(std::int64_t root);
    void take(Stale& stale, DerivedRows rows, Timestamp known_from);
    // Counts the pairs of rounds that may be one.
    void count_maybe_one(std::int64_t root, std::int64_t count);
    template <class Visit>
    void tables(const Visit& visit);
    // Writes the rows in the place of those on record.
    void write(std::int64_t root, const DerivedRows& rows, Timestamp known_from);
    // The same where those on record are known; null: there never were any.
    void write(std::int64_t root, const std::optional<DerivedRows>& before, const DerivedRows& rows,
               Timestamp known_from);

    DossierReader* dossiers_;
    Statement rounds_of_;
    Statement other_members_;
    HistoryTable<RoundRow> rounds_;
    HistoryTable<ParticipationRow> participations_;
    HistoryTable<OwnRoundRow> own_rounds_;
    HistoryTable<InflowRow> inflows_;
    HistoryTable<TotalRow> totals_;
    HistoryTable<TotalByDayRow> totals_by_day_;
    HistoryTable<LeftOutRow> left_out_;
    HistoryTable<LatestValuationRow> latest_valuations_;
    HistoryTable<PositionRow> positions_;
    LedgerTotals ledger_totals_;
    std::unordered_map<std::int64_t, Fresh> fresh_;
    std::int64_t kept_claims_ = 0;
    bool counts_maybe_one_ = false;
    std::unordered_map<std::int64_t, std::int64_t> maybe_one_;  // by company, where there are any
};

}  // namespace postmoney::detail
