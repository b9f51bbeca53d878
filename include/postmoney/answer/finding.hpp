// Finding: one comparison of figures that ought to agree, with its outcome and the entries behind it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/hex_bytes.hpp"

namespace POSTMONEY_NAMESPACE {

enum class FindingCode : std::uint8_t {
    stated_total,          // a stated total with the total of the rounds by that day
    competing_claims,      // a losing claim with the one that is used
    pre_post,              // pre-money + new money with the post-money
    named_investors,       // the declared number of investors with those named
    participation_sum,     // the participations' amounts with the raised
    closing_sum,           // the closings with the raised
    offering,              // the sold with the offered
    date_order,            // dates that cannot follow one another
    step_down,             // a round priced below the last one
    commissions,           // commissions and finders' fees with the sold
    non_accredited,        // investors that are said to be there, but none counted
    signature_date,        // a notice signed before the first sale that it reports
    key_conflict,          // a key, a source's id or a round's handle that merged ledgers use differently
    amends_other_company,  // a round that amends one of another company
    counts_or_not,         // claims that disagree on whether a round's money counts
    conversions,           // conversions above what was raised, or in another currency
    conversions_not_on_record,  // conversions with the SAFEs and notes that they can come from
    mixed_instruments,          // equity and debt without amounts apart
    maybe_one_round,            // two rounds that may be one
    maybe_one_closing,          // two tranches that may be one
    business_combination,       // a notice of a merger, whose amount is left out
    withdrawn_currency,         // an amount dated after ISO 4217 withdrew its currency
    instrument_inferred,        // an instrument that a notice's boxes and description only let one guess
    amendment_gap,              // an amendment that may be of several rounds
    submission_type,            // a notice whose type and amendment flag contradict each other
    price_times_shares          // the price per share x the shares issued with the new money
};

enum class Severity : std::uint8_t { ok, info, warning, error };

template <>
struct detail::Words<FindingCode> {
    static constexpr std::array<std::string_view, 26> values{"stated-total",
                                                             "competing-claims",
                                                             "pre-post",
                                                             "named-investors",
                                                             "participation-sum",
                                                             "closing-sum",
                                                             "offering",
                                                             "date-order",
                                                             "step-down",
                                                             "commissions",
                                                             "non-accredited",
                                                             "signature-date",
                                                             "key-conflict",
                                                             "amends-other-company",
                                                             "counts-or-not",
                                                             "conversions",
                                                             "conversions-not-on-record",
                                                             "mixed-instruments",
                                                             "maybe-one-round",
                                                             "maybe-one-closing",
                                                             "business-combination",
                                                             "withdrawn-currency",
                                                             "instrument-inferred",
                                                             "amendment-gap",
                                                             "submission-type",
                                                             "price-times-shares"};
};

template <>
struct detail::Words<Severity> {
    static constexpr std::array<std::string_view, 4> values{"ok", "info", "warning", "error"};
};

struct Finding {
    FindingCode code;
    Severity severity;
    std::string company;
    std::string round;  // the handle; empty when it is of no round
    std::string field;  // that the figures are of
    // The figures as text; null where a side has none. `difference` is computed - stated.
    std::optional<std::string> stated;
    std::optional<std::string> computed;
    std::optional<std::string> difference;
    std::string message;
    std::vector<EntryId> entries;

    // What it is a finding on: the same in two lists where the same figures of the same entries are compared,
    // whatever comes out, and another one for each finding of a list. Code, company, round and field, then
    // the ids of the entries, with tabs between them.
    [[nodiscard]] std::string key() const {
        std::string text(to_string(code));
        for (const std::string* part : {&company, &round, &field}) text += "\t" + *part;
        for (const EntryId& entry : entries) text += "\t" + entry.to_string();
        return text;
    }

    friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
