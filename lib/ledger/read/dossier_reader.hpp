// DossierReader: gathers claims from the file into the values that the pure functions take.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/read/chain_paths.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/fact/facts_line.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// A dossier with the row number of each claim's entry.
struct NumberedDossier {
    Dossier dossier;
    std::vector<std::int64_t> entries;  // of dossier.claims[i]

    // The number of a claim that is in the dossier.
    [[nodiscard]] std::int64_t entry_of(const Claim& claim) const {
        return entries[static_cast<std::size_t>(&claim - dossier.claims.data())];
    }
};

// A dossier whose claims have no entries yet, but their text.
struct UnreadDossier {
    NumberedDossier numbered;
    std::string bodies;  // one after the other: who reads them frees one block of the other thread's memory
    std::vector<std::size_t> ends;  // in `bodies`, of that of numbered.dossier.claims[i]

    // Reads the entries, which takes the longer part of the time and touches no ledger. Throws damaged.
    [[nodiscard]] NumberedDossier read(FactsReader& facts, const Currencies& currencies) &&;
};

class DossierReader {
  public:
    explicit DossierReader(Connection& connection);

    // Everything that stood about a company, as known at that time: also of which parties were known to be
    // it.
    [[nodiscard]] NumberedDossier company(std::int64_t party, std::optional<Timestamp> known_at);
    // The same of every party, once of those that were known to be the same; also where nothing is said of
    // it. `use` may ask for all again.
    void for_each_root(std::optional<Timestamp> known_at, const std::function<void(UnreadDossier)>& use);
    // On this thread, in the currencies of the ledger.
    [[nodiscard]] NumberedDossier read(UnreadDossier unread) {
        return std::move(unread).read(facts_, currencies());
    }
    // Everything that stood of one kind: exchange rates, market totals.
    [[nodiscard]] std::vector<Claim> of_kind(EntryKind kind, std::optional<Timestamp> known_at);
    // Those on exchange rates and market totals that have rivals.
    [[nodiscard]] std::vector<Claim> rival_rates_and_markets(std::optional<Timestamp> known_at);
    // The exchange rates that stood and can convert one of the currencies to another of them: between two of
    // them, or over a third one.
    [[nodiscard]] std::vector<Claim> rates_among(const std::set<std::string, std::less<>>& codes,
                                                 std::optional<Timestamp> known_at);
    // The standing exchange rates of the same pair and date as that of the entry.
    [[nodiscard]] NumberedDossier rates_of_fact(std::int64_t entry);
    // The roots of the companies of whose rounds a participation of the party stood.
    [[nodiscard]] std::set<std::int64_t> companies_of_investor(std::int64_t party,
                                                               std::optional<Timestamp> known_at);
    // The number that the party shared with all that were known to be the same, and all such numbers.
    [[nodiscard]] std::int64_t root_at(std::int64_t party, std::optional<Timestamp> known_at);
    // What the party is called now.
    [[nodiscard]] std::string name(std::int64_t party);

    // The source that this entry first stated, as it stood; null when it was retracted.
    [[nodiscard]] std::shared_ptr<const Source> source(std::int64_t first_entry,
                                                       std::optional<Timestamp> known_at = {});

    // What it keeps of the file is read anew when it is asked for: before a transaction, as others may have
    // written.
    void refresh() noexcept {
        currencies_.reset();
        chains_are_read_ = false;
    }
    // ISO 4217's currencies and the units that the ledger defines.
    [[nodiscard]] const Currencies& currencies() { return *shared_currencies(); }
    // The same to keep, and to read on other threads: another object once there are others.
    [[nodiscard]] const std::shared_ptr<const Currencies>& shared_currencies();
    [[nodiscard]] Currency currency(std::string_view code);
    [[nodiscard]] bool has_several_chains() { return chains().several(); }
    // One that was written in the transaction that is open.
    void add_currency(const Currency& currency);

  private:
    // The sources that claims of one dossier name, by their first entries.
    using Sources = std::map<std::int64_t, std::shared_ptr<const Source>>;
    // The sources that several entries state; null: not known, so each is looked up.
    using SaidAgain = std::optional<std::set<std::int64_t>>;
    // The root of each party that party lines unite, as of some time; null: now, as the table party has it.
    using Unions = std::optional<std::map<std::int64_t, std::int64_t>>;

    // Each pair of currencies that rates are on record of, base and quote.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs_of_rates();
    [[nodiscard]] Unions unions_at(std::optional<Timestamp> known_at);
    [[nodiscard]] std::int64_t root(std::int64_t party, const Unions& unions);
    // The parties of a root, itself first.
    [[nodiscard]] std::vector<std::int64_t> members_of(std::int64_t root, const Unions& unions);
    // The parties of a root as a JSON array.
    [[nodiscard]] static std::string json_of(const std::vector<std::int64_t>& members);
    // The claims on the parties of a root, by one of two statements: for one party, and for several.
    [[nodiscard]] UnreadDossier read(Statement& of_one, Statement& of_several, std::int64_t root,
                                     std::optional<Timestamp> known_at, const Unions& unions);
    [[nodiscard]] const ChainPaths& chains();
    [[nodiscard]] ChainId chain_id(std::int64_t chain);
    [[nodiscard]] UnreadDossier unread_root(std::int64_t root, std::optional<Timestamp> known_at,
                                            const Unions& unions);
    [[nodiscard]] UnreadDossier read(Statement& statement, std::int64_t known, const Unions& unions);
    // The claim in the row.
    void add_claim(UnreadDossier& to, Sources& sources, const Statement& row, std::int64_t known,
                   const Unions& unions, const SaidAgain& said_again);
    [[nodiscard]] SaidAgain sources_said_again();
    [[nodiscard]] std::shared_ptr<const Source> source_known(std::int64_t first_entry, std::int64_t known,
                                                             const SaidAgain& said_again);

    Connection* connection_;
    FactsReader facts_;
    std::shared_ptr<const Currencies> currencies_;  // null: to be read
    ChainPaths chains_;
    bool chains_are_read_ = false;
    Statement of_company_;
    Statement of_companies_;
    Statement of_kind_;
    Statement rival_rates_;
    Statement rival_markets_;
    Statement rates_of_fact_;
    Statement rates_of_pair_;
    Statement next_pair_;
    Statement companies_of_investor_;
    Statement source_;  // that is stated once, as nearly all are
    Statement is_said_again_;
    Statement sources_said_again_;
    Statement source_said_again_;
    Statement name_;
    Statement root_;
    Statement members_;
    Statement unions_;
    Statement units_;
};

}  // namespace postmoney::detail
