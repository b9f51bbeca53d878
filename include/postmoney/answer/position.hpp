// Position: the shares that an investor holds of a company, as its participations say, across splits.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/answer/carried_shares.hpp"
#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/share_price.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// An investor's shares of one class in one company. Rounds that are rumoured or cancelled are no part of it,
// and as of a day those whose date has not surely come; nor are rounds whose instrument gives no shares,
// unless the participation says how many. What was sold on is not known.
struct Position {
    std::string company;
    std::int64_t investor = 0;  // the party
    std::string investor_name;
    std::optional<std::string> security_class = {};  // as the rounds say; null: they do not
    std::int64_t rounds = 0;                         // that it took part in
    std::int64_t untold = 0;                         // those of them whose shares cannot be told
    // The sum of those told, each carried across the splits after its round, exact; null without any. For
    // people see share_text.
    std::optional<Ratio> shares = {};
    std::string splits = {};  // by which shares or the price were adjusted: "3:1 on 2024-05-01"; may be empty
    // The latest price of the class, as one of now, with its currency; null without one, or where it cannot
    // be told.
    std::optional<Ratio> price = {};
    std::optional<Currency> currency = {};
    std::string price_round = {};  // the handle of the round whose price is the latest; may be empty
    // All shares at that price, rounded half-even to the minor unit once.
    std::optional<Money> value = {};
    // Why there is no value: of what is missing the first in the order of the words.
    std::optional<ShareGap> gap = {};
    // With a currency to convert to: what the shares are worth in it as of the day that is looked at, rounded
    // half-even to its minor unit once, and what converts it; null without a value, or where nothing
    // converts, and then `missing` is the message of the refusal: who adds up `converted` has to tell of
    // these.
    std::optional<Money> converted = {};
    std::optional<Conversion> conversion = {};
    std::string missing = {};

    friend bool operator==(const Position&, const Position&) = default;
};

// All positions in a company that was resolved with the same as-of date, by investor's name and class.
[[nodiscard]] POSTMONEY_EXPORT std::vector<Position> positions(const ResolvedCompany& company,
                                                               const std::optional<PartialDate>& as_of = {});

// Converts what the shares are worth to a currency by the rates of a day, each rounded half-even once.
POSTMONEY_EXPORT void convert_values(std::vector<Position>& positions, const Currency& in, date::sys_days day,
                                     const ExchangeRates& rates);

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/position-inl.hpp"
#endif
