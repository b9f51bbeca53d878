// Scenario files: the JSON that `postmoney model` and `postmoney waterfall` read, examples/MODEL.md is its
// manual; and what passes between scenarios and a ledger.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "postmoney/fact/dossier.hpp"
#include "postmoney/fact/entry.hpp"
#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

// Reads a scenario of a round. Numbers are strings, "12.5" or "1/3", or JSON integers. Throws Error bad_json,
// bad_type, float_number, bad_number, bad_word, bad_date, unknown_field, duplicate_field, missing_field, with
// the field's path.
[[nodiscard]] POSTMONEY_EXPORT model::RoundScenario read_round_scenario(std::string_view json);

// Reads a scenario of an exit, in the same way; `from_model` in it is not run.
[[nodiscard]] POSTMONEY_EXPORT model::ExitScenario read_exit_scenario(std::string_view json);

// A round as entries of one batch: the scenario as their source, the round, its valuations, and who gets how
// many shares. The same scenario gives the same entries.
struct ModelledRound {
    std::vector<Entry> entries;
    std::vector<std::string> not_recorded;  // what the round does that no kind of entry holds
};

// `text` is the scenario's, the first 8 bytes of whose SHA-256 name the source. Throws Error missing_field
// for a scenario without company, date, or a round with a name and a price, inexact for a price or shares of
// more than 10 places, misuse for a split, overflow for money beyond 64-bit minor units; with the field.
[[nodiscard]] POSTMONEY_EXPORT ModelledRound record_of_round(const model::RoundScenario& scenario,
                                                             const model::RoundOutcome& outcome,
                                                             std::string_view text);

// What a ledger knows of a company on a day, as a scenario of its next round.
struct LedgerScenario {
    std::string json;                 // what it does not know is null, which read_round_scenario refuses
    std::vector<std::string> blanks;  // the paths of these, as a refusal names them
    std::vector<std::string> notes;   // what has to be looked at besides
};

// Rounds that have surely come by the viewpoint's day, shares and prices carried across splits.
[[nodiscard]] POSTMONEY_EXPORT LedgerScenario scenario_of(const Dossier& dossier, const Viewpoint& viewpoint);

}  // namespace POSTMONEY_NAMESPACE
