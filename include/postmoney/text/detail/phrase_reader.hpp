// Reads the words of an amount in one language, with one decimal mark.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/text/detail/currency_words.hpp"
#include "postmoney/text/detail/number_text.hpp"
#include "postmoney/text/language.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/hundredth.hpp"
#include "postmoney/value/quantity.hpp"

namespace POSTMONEY_NAMESPACE {

// What a piece of an amount's text was read as.
enum class TextRole : std::uint8_t { qualifier, range, number, magnitude, currency, filler };

struct ReadPart {
    std::string text;  // as written
    TextRole role;
    // In the words of the facts file: `about`, `between`, `1250`, `billion`, `USD`. Empty for a filler.
    std::string meaning;
};

namespace detail {

template <>
struct Words<TextRole> {
    static constexpr std::array<std::string_view, 6> values{"qualifier", "range",    "number",
                                                            "magnitude", "currency", "filler"};
};

// A word as the code of a currency would be written: without a point behind it, as in "5 million EUR."
[[nodiscard]] constexpr std::string_view code_of(const AmountToken& token) {
    return token.text.substr(0, token.text.size() - (token.text.ends_with('.') ? 1 : 0));
}

struct PhraseReading {
    Quantity quantity;
    std::string codes;  // of the currencies that it can be in, with spaces between; empty when it names none
    std::vector<ReadPart> parts;
    bool false_friend = false;  // a magnitude was read that another language writes for less
};

// Where a reader stopped: the first token that it could not read, or the number of tokens at the end.
struct PhraseStop {
    std::size_t token = 0;
    ErrorCode code = ErrorCode::bad_amount;
};

// phrase = qualifier? (side | start? side join side)
// side   = currency? number magnitude* (of? currency)?
// with fillers before the numbers and at the end. A side can have its qualifier behind the number, the
// magnitude or the currency. Every token has to be read.
class PhraseReader {
  public:
    // `sure` is whether the text is known to be in this language.
    PhraseReader(std::span<const AmountToken> tokens, const Currencies& currencies, Language language,
                 DecimalMark mark, bool sure)
        : tokens_(tokens), currencies_(&currencies), language_(language), mark_(mark), sure_(sure) {}

    // Null when it stopped at a token.
    [[nodiscard]] std::optional<PhraseReading> read() {
        Side low;
        Side high;
        qualifier_ = take_qualifier(WordPlace::before);
        take_fillers();
        if (!qualifier_) qualifier_ = take_qualifier(WordPlace::before);
        take_fillers();
        const std::optional<std::string_view> start = take_range_start();
        if (!take_side(low)) return std::nullopt;
        const bool is_range = take_range_join(start);
        if (start && !is_range) return stopped();
        if (is_range && !take_side(high)) return std::nullopt;
        take_fillers(&FillerRow::end);
        if (at_ != tokens_.size()) {
            const bool is_currency = currency_here().second != 0;
            return stopped_at(at_, is_currency ? ErrorCode::mixed_currencies : ErrorCode::bad_amount);
        }
        if (is_range && qualifier_) return stopped_at(low.number);
        std::optional<Quantity> quantity = is_range ? range(low, high) : single(low);
        if (!quantity) return stopped_at(high.number);
        return PhraseReading{std::move(*quantity), std::move(codes_), std::move(parts_),
                             low.false_friend || high.false_friend};
    }

    [[nodiscard]] const PhraseStop& stop() const { return stop_; }

  private:
    struct Side {
        std::size_t number = 0;  // its token
        Decimal digits;
        std::optional<std::int32_t> power;
        bool false_friend = false;
        bool currency_before = false;
        bool currency_behind = false;
        bool needs_of = false;  // a name of a currency stands behind without the word that the language needs
    };

    std::nullopt_t stopped_at(std::size_t place, ErrorCode code = ErrorCode::bad_amount) {
        if (place > stop_.token) stop_ = {place, code};
        return std::nullopt;
    }
    std::nullopt_t stopped() { return stopped_at(at_); }

    [[nodiscard]] const AmountToken* token() const { return at_ < tokens_.size() ? &tokens_[at_] : nullptr; }

    // How many tokens from here on the longest phrase of the list is; 0 when none of it stands here.
    [[nodiscard]] std::size_t length_of(std::string_view list) const {
        std::size_t longest = 0;
        if (list.empty()) return longest;
        for_each_item(list, '|', [&](std::string_view phrase) {
            std::size_t count = 0;
            bool fits = true;
            for_each_item(phrase, ' ', [&](std::string_view word) {
                const std::size_t place = at_ + count++;
                fits = fits && place < tokens_.size() && tokens_[place].kind != TokenKind::number &&
                       tokens_[place].kind != TokenKind::sign && tokens_[place].key == word;
            });
            if (fits) longest = std::max(longest, count);
        });
        return longest;
    }

    template <class Row>
    struct Found {
        const Row* row = nullptr;  // null: none
        std::size_t length = 0;    // in tokens
    };

    // The row of this language with the longest phrase that stands here, among the lists that `list_of`
    // gives.
    template <class Rows, class ListOf>
    [[nodiscard]] auto longest_row(const Rows& rows, ListOf list_of) const {
        Found<typename Rows::value_type> found;
        for (const auto& row : rows) {
            const std::size_t length = speaks(row, language_) ? length_of(list_of(row)) : 0;
            if (length > found.length) found = {&row, length};
        }
        return found;
    }

    void take(std::size_t count, TextRole role, std::string meaning = {}) {
        const char* const begin = tokens_[at_].text.data();
        at_ += count;
        const std::string_view last = tokens_[at_ - 1].text;
        parts_.push_back({std::string(begin, last.data() + last.size()), role, std::move(meaning)});
    }

    void take_fillers(std::string_view FillerRow::*list = &FillerRow::before) {
        while (true) {
            const auto found = longest_row(filler_rows, [&](const FillerRow& row) { return row.*list; });
            if (found.row == nullptr) return;
            take(found.length, TextRole::filler);
        }
    }

    std::optional<Qualifier> take_qualifier(WordPlace place) {
        const auto found = longest_row(qualifier_rows, [&](const QualifierRow& row) {
            return row.place == place || row.place == WordPlace::either ? row.words : std::string_view();
        });
        if (found.row == nullptr) return std::nullopt;
        take(found.length, TextRole::qualifier, std::string(word(found.row->meaning)));
        return found.row->meaning;
    }

    // The list of what joins the range that starts here; null when no start stands here.
    std::optional<std::string_view> take_range_start() {
        const auto found = longest_row(range_rows, [](const RangeRow& row) { return row.start; });
        if (found.row == nullptr) return std::nullopt;
        take(found.length, TextRole::range, "between");
        return found.row->join;
    }

    bool take_range_join(const std::optional<std::string_view>& start) {
        const auto bare = [](const RangeRow& row) {
            return row.start.empty() ? row.join : std::string_view();
        };
        const std::size_t length = start ? length_of(*start) : longest_row(range_rows, bare).length;
        if (length == 0) return false;
        take(length, TextRole::range, start ? "and" : "between");
        return true;
    }

    bool take_side(Side& side) {
        side.currency_before = take_currency();
        take_fillers();
        side.currency_before = side.currency_before || take_currency();
        side.number = at_;
        if (!take_number(side.digits)) return false;
        take_qualifier_behind();
        take_magnitudes(side);
        take_qualifier_behind();
        take_currency_behind(side);
        take_qualifier_behind();
        if (!side.false_friend || is_in_place(side)) return true;
        stopped_at(side.number + 1);
        return false;
    }

    // Whether a false friend can be meant: 1 billion is French, 6 billion is not; and a text that may be
    // English is French or German only if its currency stands where these put it.
    [[nodiscard]] bool is_in_place(const Side& side) const {
        if (side.digits >= Decimal(2)) return false;
        return sure_ || (!side.currency_before && !side.needs_of);
    }

    bool take_number(Decimal& digits) {
        digits = Decimal(1);
        const auto magnitude = longest_row(magnitude_rows, words_of_magnitude);
        if (magnitude.row != nullptr && magnitude.row->use == MagnitudeUse::alone) return true;
        const std::optional<Decimal> number = number_here();
        if (!number) {
            stopped();
            return false;
        }
        digits = *number;
        take(1, TextRole::number, digits.to_string());
        return true;
    }

    [[nodiscard]] std::optional<Decimal> number_here() const {
        if (token() == nullptr) return std::nullopt;
        if (token()->kind == TokenKind::number) return number_with_mark(token()->key, mark_);
        const int number = token()->kind == TokenKind::word ? number_of_word(token()->key, language_) : 0;
        if (number == 0) return std::nullopt;
        return Decimal(number);
    }

    [[nodiscard]] static std::string_view words_of_magnitude(const MagnitudeRow& row) { return row.words; }

    void take_qualifier_behind() {
        if (!qualifier_) qualifier_ = take_qualifier(WordPlace::behind);
    }

    // A thousand or a lakh multiplies the magnitude behind it.
    void take_magnitudes(Side& side) {
        while (true) {
            const auto found = longest_row(magnitude_rows, words_of_magnitude);
            if (found.row == nullptr) return;
            const std::int32_t power = found.row->power;
            const std::int32_t first = side.power.value_or(0);
            if (side.power && (first > 5 || power <= first || first + power > largest_power)) return;
            if (means_thousands()) return;
            side.power = first + power;
            side.false_friend = side.false_friend || found.row->use == MagnitudeUse::false_friend;
            take(found.length, TextRole::magnitude, power_text(power));
        }
    }

    // Spanish accounts are in `m€`, thousands of euros, and newspapers in `M€`, millions.
    [[nodiscard]] bool means_thousands() const {
        if (!sure_ || language_ != Language::es || tokens_[at_].text != "m") return false;
        return at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == TokenKind::sign;
    }

    [[nodiscard]] static std::string power_text(std::int32_t power) {
        if (power % 3 == 0) return std::string(word(static_cast<Magnitude>(power / 3)));
        return "1" + std::string(static_cast<std::size_t>(power), '0');
    }

    void take_currency_behind(Side& side) {
        const std::size_t before = at_;
        const std::size_t of = longest_row(filler_rows, [](const FillerRow& row) { return row.of; }).length;
        if (of != 0) take(of, TextRole::filler);
        const bool is_name = token() != nullptr && token()->kind == TokenKind::word;
        const bool is_there = take_currency();
        side.currency_behind = side.currency_behind || is_there;
        side.needs_of = is_there && is_name && of == 0 && names_need_of(language_);
        if (is_there || of == 0) return;
        stopped();
        at_ = before;
        parts_.pop_back();
    }

    // Takes a sign, a name or a code, if one stands here and can be the currency of what was read before.
    bool take_currency() {
        const auto found = currency_here();
        if (found.second == 0) return false;
        const std::string codes = codes_.empty() ? found.first : codes_in_both(codes_, found.first);
        if (codes.empty()) {
            stopped_at(at_, ErrorCode::mixed_currencies);
            return false;
        }
        codes_ = codes;
        take(found.second, TextRole::currency, codes);
        return true;
    }

    // The codes of the currency that stands here, and how many tokens it has; 0 when none stands here.
    [[nodiscard]] std::pair<std::string, std::size_t> currency_here() const {
        if (token() == nullptr) return {};
        if (token()->kind == TokenKind::sign) return {token()->key, 1};
        const std::string_view code = code_of(*token());
        const auto unit = currencies_->find(code);
        if (!unit && is_hundredth(code)) return {};  // before names, which any case fits
        const auto found = longest_row(currency_rows, [](const CurrencyRow& row) { return row.words; });
        if (found.row != nullptr) return {std::string(found.row->codes), found.length};
        if (unit) return {std::string(unit->code()), 1};
        return {};
    }

    [[nodiscard]] static std::string codes_in_both(std::string_view one, std::string_view other) {
        std::string both;
        for_each_item(one, ' ', [&](std::string_view code) {
            if (in_list(other, ' ', code)) both.append(both.empty() ? "" : " ").append(code);
        });
        return both;
    }

    // Null when FACTS.md has no words for the range: its ends are in the wrong order, or only the upper one
    // has a magnitude, which the lower one's currency keeps from being its own too.
    [[nodiscard]] static std::optional<Quantity> range(const Side& low, const Side& high) {
        const bool shared = !low.power && high.power;
        StatedNumber from = stated_number(low.digits, low.power.value_or(high.power.value_or(0)));
        StatedNumber to = stated_number(high.digits, high.power.value_or(0));
        const bool only_upper = from.magnitude == Magnitude::one && to.magnitude != Magnitude::one;
        if (only_upper || (shared && low.currency_behind) || to.value() < from.value()) return std::nullopt;
        return Quantity::between(std::move(from), std::move(to), shared);
    }

    [[nodiscard]] Quantity single(const Side& side) const {
        return {qualifier_.value_or(Qualifier::exact), stated_number(side.digits, side.power.value_or(0))};
    }

    static constexpr std::int32_t largest_power = 12;

    std::span<const AmountToken> tokens_;
    const Currencies* currencies_;
    Language language_;
    DecimalMark mark_;
    bool sure_;
    std::size_t at_ = 0;
    PhraseStop stop_;
    std::optional<Qualifier> qualifier_;
    std::string codes_;
    std::vector<ReadPart> parts_;
};

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE
