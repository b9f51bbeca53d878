// Amounts as people write them, in English, Italian, German, French, Spanish and Portuguese.
//
//   parse_amount_text("circa 100 milioni di euro").amount.to_string();   // "about 100 million EUR"
//   AmountTextOptions options;
//   options.currency = "USD";                                            // which dollars are meant
//   parse_amount_text("altri 6 miliardi di dollari", options).amount;    // 6 billion USD
//   options.language = Language::de;
//   parse_amount_text("25.000 $", options).amount;                       // 25000 USD
//
// Nothing is guessed. Every word has to be read, and a text is refused that can be read in two ways: a sign
// or a name that several currencies share, a lone separator before three digits (25.000), a word that
// languages use for different numbers (billion, mil). The options settle each of these.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/text/detail/phrase_reader.hpp"
#include "postmoney/text/language.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

struct AmountTextOptions {
    // The language of the text; all when null, of which those that read it have to agree. It settles the
    // decimal mark of a number that can be read with either.
    std::optional<Language> language = {};
    // The mark of the text's numbers, whatever the language.
    std::optional<DecimalMark> decimal = {};
    // The code of the currency where the text names none, or several by a shared sign or name of which this
    // is one.
    std::optional<std::string> currency = {};
    // Codes of signs that the text uses, before those that are known: {"¥", "CNY"}.
    std::map<std::string, std::string> symbols = {};
    // Knows units beyond ISO 4217.
    Currencies currencies = {};
};

struct AmountText {
    Amount amount;
    // What was read as what, in the order of the text; empty for an amount in the form of FACTS.md.
    std::vector<ReadPart> parts = {};
    // The languages that read it so; empty for an amount in the form of FACTS.md.
    std::vector<Language> languages = {};
};

// The amount that a text states, with the precision of its digits: [qualifier] [currency] number [magnitude]
// [of] [currency], or two of these as a range. What FACTS.md takes for an amount is that, unless the language
// or the decimal mark asked for reads it otherwise. Throws bad-amount with the word that it stopped at or
// with the readings that differ, mixed-currencies, unknown-currency, fractional-minor-unit, overflow, and
// bad-text for invalid UTF-8.
[[nodiscard]] POSTMONEY_EXPORT AmountText parse_amount_text(std::string_view text,
                                                            const AmountTextOptions& options = {});

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/text/amount_text-inl.hpp"
#endif
