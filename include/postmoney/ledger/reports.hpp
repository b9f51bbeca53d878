// What a Ledger is told to do and what it reports back: plain values, which know no ledger. Code below the
// Ledger, such as the merge, takes and gives them too.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/answer/left_out.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/answer/used_rates.hpp"
#include "postmoney/fact/claim.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/fact/entry.hpp"
#include "postmoney/ledger/head.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/progress.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

// What `verify` found. `problem` names the first thing wrong, empty when ok.
struct Verification {
    bool ok = false;
    std::int64_t entries = 0;
    Digest digest;              // SHA-256 of the sorted entry ids
    Head head;                  // of the chain that the file writes to
    std::vector<Head> heads{};  // of every chain in the file
    std::string problem;
    // Tables, views and indexes of the user's own, such as `table "my_notes"`: left alone, and not checked.
    std::vector<std::string> user_objects{};

    friend bool operator==(const Verification&, const Verification&) = default;
};

// What `verify` looks at.
enum class VerifyScope : std::uint8_t {
    everything,  // the file, the schema, every chain, and every recorded and derived row against the entries
    chains,      // that every entry's id and the hashes of its chain are what its content gives: many times
                 // as fast, and blind to what other tables say
};

// An entry of the log.
struct LogEntry {
    EntryId id;
    Place place;
    Timestamp recorded;
    EntryKind kind;
    std::string key;     // may be empty
    std::string source;  // the source's id; may be empty
    std::string party;   // the company that it is about; may be empty
    std::string round;   // the handle; may be empty
    bool stands = false;
    std::string body;  // the content as canonical JSON

    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

// What a ledger holds, at one glance.
struct LedgerStatus {
    std::int64_t schema = 0;  // the schema's version
    std::int64_t bytes = 0;   // of its pages
    std::int64_t entries = 0;
    std::map<EntryKind, std::int64_t> kinds{};  // how many entries of each there are
    std::vector<Head> heads{};                  // of every chain; first that which the ledger writes to
    std::int64_t parties = 0;
    std::int64_t rounds = 0;  // that stand
    std::optional<Timestamp> first_recorded = {};
    std::optional<Timestamp> last_recorded = {};
    // The dates of rounds, from the first that has surely come to the last, by last days.
    std::optional<PartialDate> first_round = {};
    std::optional<PartialDate> last_round = {};
    std::optional<EntryId> last_entry = {};

    friend bool operator==(const LedgerStatus&, const LedgerStatus&) = default;
};

// A party as the ledger has it.
struct PartyProfile {
    std::int64_t party = 0;
    std::string name;
    std::string type;  // the four may be empty
    std::string country;
    std::string founded;
    std::string market;

    friend bool operator==(const PartyProfile&, const PartyProfile&) = default;
};

// What to make of a facts file.
struct ApplyOptions {
    // Record the good lines and list the bad ones, rather than refuse the file at its first bad line.
    bool keep_going = false;
    // The time to record for lines that give none; the clock's time by default.
    std::optional<Timestamp> recorded = {};
    // By bytes read; items are lines.
    ProgressCall progress = {};
};

// What became of its lines.
struct ApplyReport {
    std::int64_t lines = 0;
    std::int64_t recorded = 0;
    std::int64_t repeated = 0;     // were on record already
    std::vector<Error> refused{};  // only with keep_going; else the first is thrown

    friend bool operator==(const ApplyReport&, const ApplyReport&) = default;
};

// How to join another ledger to this one.
struct MergeOptions {
    // Find out what a merge would come to, and write nothing.
    bool dry_run = false;
    // By entries of both ledgers, which are verified and then, as far as needed, recorded anew.
    ProgressCall progress = {};
};

// What the other ledger brought.
struct MergeReport {
    std::int64_t entries = 0;    // of the other ledger
    std::int64_t added = 0;      // those of them that were not on record before
    std::int64_t chains = 0;     // of the other ledger that had something new
    std::int64_t conflicts = 0;  // names that the merged ledger uses differently: findings of `reconcile`
    Digest digest;               // of the merged ledger
    Head head;                   // of the chain that it writes to

    friend bool operator==(const MergeReport&, const MergeReport&) = default;
};

// How a backup may take a ledger's place.
struct RestoreOptions {
    // Replace the ledger that is there; what it held is lost.
    bool replace = false;
    // How long to wait for others who use one of the files; see Ledger::Options.
    std::chrono::milliseconds busy_timeout{5000};
    // By entries of the backup, as they are verified.
    ProgressCall progress = {};
};

// Which rounds a total counts, as seen from which dates, and in which currency.
struct TotalQuery {
    Viewpoint viewpoint = {};
    std::optional<Currency> in = {};
    InstrumentFilter instruments = {};
    bool exclude_funds = false;  // leave out what pooled investment funds raise
    ResolutionPolicy policy = {};
    date::days rate_age = ExchangeRates::default_age;  // how old a day's rate may be, with `in`
};

// Which rounds the totals of a View count.
struct TotalFilter {
    InstrumentFilter instruments = {};
    bool exclude_funds = false;  // leave out what pooled investment funds raise

    friend bool operator==(const TotalFilter&, const TotalFilter&) = default;
};

// What a View looks at: the world of a day, as the ledger knew it at a time, by a policy, and in which
// currency totals are; what is not given leaves nothing out.
struct ViewOptions {
    std::optional<PartialDate> as_of = {};
    std::optional<Timestamp> known_at = {};
    ResolutionPolicy policy = {};
    std::optional<Currency> in = {};
    date::days rate_age = ExchangeRates::default_age;  // how old a day's rate may be, with `in`

    [[nodiscard]] Viewpoint viewpoint() const { return {.as_of = as_of, .known_at = known_at}; }
};

// A total with what stands behind it, all of one moment.
struct TotalReport {
    std::vector<Total> totals;      // one a currency; empty when no round counts
    std::vector<LeftOut> left_out;  // what of the money on record they do not count
    std::vector<UsedRate> rates;    // with `in`: what converts each part

    friend bool operator==(const TotalReport&, const TotalReport&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
