// OutrankedRates: keeps which standing exchange rates yield to another claim on the same pair and date.
//
// Most facts have one claim, and then nothing is kept.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>

#include "ledger/read/dossier_reader.hpp"
#include "ledger/write/history_table.hpp"

namespace postmoney::detail {

// A rate that is not used. It goes by the entry that first stated a rate of the pair and date.
struct OutrankedRateRow {
    std::int64_t entry = 0;

    static constexpr std::string_view table = "outranked_rate";
    static constexpr std::string_view owner = "first_entry";
    static constexpr std::size_t keys = 1;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("entry", self.entry...);
    }
    friend bool operator==(const OutrankedRateRow&, const OutrankedRateRow&) = default;
};

class OutrankedRates {
  public:
    OutrankedRates(Connection& connection, DossierReader& dossiers);

    // The rate was written, or counts again, or no more.
    void rate_changed(std::int64_t entry) { stale_.insert(entry); }
    // The rates that name the source rank otherwise now.
    void source_changed(std::int64_t source_entry);
    // Brings what is kept up to date, as known from that time on.
    void refresh(Timestamp known_from);
    // What was not brought up to date was taken back.
    void forget() { stale_.clear(); }

  private:
    DossierReader* dossiers_;
    Statement rates_of_source_;
    Statement first_of_fact_;
    HistoryTable<OutrankedRateRow> table_;
    std::set<std::int64_t> stale_;  // entries; those of one fact stand for it together
};

}  // namespace postmoney::detail
