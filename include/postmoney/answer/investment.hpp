// Investment: what an investor did in one round, as the standing claims resolve.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "postmoney/fact/instrument.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

struct Investment {
    std::string company;
    std::string round;                     // the handle
    std::string round_name;                // its name if one is stated, else the handle
    std::optional<PartialDate> date;       // the round's
    std::optional<RoundStatus> status;     // the round's, see ResolvedRound::state
    std::string stage;                     // the round's, such as `series-b`; may be empty
    std::optional<Instrument> instrument;  // the round's
    bool counts = false;                   // whether totals take something of the round by default
    std::optional<Amount> amount;          // the investor's part; null when nobody says anything of it
    std::optional<bool> lead;
    std::string
        source;  // the id of the amount's source, or of the best claim's where none tells it; may be empty
    std::string lead_source;  // the id of the source that says whether it led; may be empty
    std::vector<std::string> co_investors;

    friend bool operator==(const Investment&, const Investment&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
