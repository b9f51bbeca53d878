// ListReader: the lists of a ledger, read from the tables that are kept up with every entry: what the default
// policy comes to, as known at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/read/dossier_reader.hpp"
#include "ledger/read/list_tallies.hpp"
#include "ledger/read/total_reader.hpp"
#include "postmoney/ledger/lists.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// The parties whose rounds a list takes; null: all.
struct RoundOwners {
    std::optional<std::int64_t> company = {};
    std::optional<std::int64_t> investor = {};
};

class ListReader {
  public:
    ListReader(Connection& connection, DossierReader& dossiers, TotalReader& totals,
               std::optional<Timestamp> known_at)
        : connection_(&connection),
          dossiers_(&dossiers),
          totals_(&totals),
          known_at_(known_at),
          known_(known_time(known_at)) {}

    // By number.
    [[nodiscard]] std::vector<CompanySummary> companies();
    [[nodiscard]] std::vector<InvestorSummary> investors();
    // Those that the filter takes, in no order.
    [[nodiscard]] std::vector<RoundSummary> rounds(const RoundFilter& filter, const RoundOwners& owners);
    // What the query takes of the money that totals add up, or of what investors put in.
    [[nodiscard]] std::vector<LeagueMoney> monies(const LeagueQuery& query);

    //--- What no policy and no day changes

    // By id.
    [[nodiscard]] std::vector<SourceSummary> sources();
    // The best first.
    [[nodiscard]] std::vector<Match> find(std::string_view words);
    // Name and country, type or market of parties, by number.
    struct Profile {
        std::string name;
        std::string type;
        std::string country;
        std::string market;
    };
    [[nodiscard]] Profile profile(std::int64_t party);

  private:
    class Matches;
    void find_names(Matches& matches);
    void find_rounds(Matches& matches);
    void find_sources(Matches& matches);
    void find_remarks(Matches& matches);
    // A source as what stands of it says last.
    struct StandingSource {
        std::int64_t first_entry = 0;  // the entry that first stated it
        std::int64_t recorded = 0;
        EntryId id;
        Source source;
    };
    // In no order.
    [[nodiscard]] std::vector<StandingSource> standing_sources();
    [[nodiscard]] std::optional<SourceType> type_of_source(std::int64_t first_entry);
    [[nodiscard]] std::optional<Money> money(const Statement& row, int minor, int currency);

    Connection* connection_;
    DossierReader* dossiers_;
    TotalReader* totals_;
    std::optional<Timestamp> known_at_;
    std::int64_t known_;
    // By the entry that first stated the source.
    std::unordered_map<std::int64_t, std::optional<SourceType>> types_;
    std::optional<Statement> profile_;
};

}  // namespace postmoney::detail
