#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "postmoney/text/amount_text.hpp"

using namespace postmoney;

namespace {

// How a language writes an amount.
struct Style {
    Language language;
    char mark;
    std::string_view separator;              // between groups of three digits
    std::array<std::string_view, 6> before;  // exact, about, at least, at most, more than, less than
    std::string_view start, join;            // of a range
    std::array<std::string_view, 4> magnitudes;
    std::string_view currency;
};

constexpr std::array<Style, 6> styles{{
    {Language::en,
     '.',
     ",",
     {"", "about ", "at least ", "up to ", "more than ", "less than "},
     "between ",
     " and ",
     {"thousand", "million", "billion", "trillion"},
     " euros"},
    {Language::it,
     ',',
     ".",
     {"", "circa ", "almeno ", "fino a ", "oltre ", "meno di "},
     "tra ",
     " e ",
     {"mila", "milioni", "miliardi", "bilioni"},
     " di euro"},
    {Language::de,
     ',',
     ".",
     {"", "rund ", "mindestens ", "bis zu ", "mehr als ", "weniger als "},
     "zwischen ",
     " und ",
     {"Tsd.", "Mio.", "Mrd.", "Billionen"},
     " Euro"},
    {Language::fr,
     ',',
     "\u202F",
     {"", "environ ", "au moins ", "jusqu’à ", "plus de ", "moins de "},
     "entre ",
     " et ",
     {"mille", "millions", "milliards", "billions"},
     " d’euros"},
    {Language::es,
     ',',
     ".",
     {"", "casi ", "al menos ", "hasta ", "más de ", "menos de "},
     "entre ",
     " y ",
     {"mil", "millones", "mil millones", "billones"},
     " de euros"},
    {Language::pt,
     ',',
     " ",
     {"", "cerca de ", "pelo menos ", "até ", "mais de ", "menos de "},
     "entre ",
     " e ",
     {"mil", "milhões", "bilhões", "trilhões"},
     " de euros"},
}};

std::string written(const StatedNumber& number, const Style& style) {
    const std::string plain = number.digits.to_string();
    const std::size_t point = std::min(plain.find('.'), plain.size());
    std::string text;
    for (std::size_t i = 0; i < point; ++i) {
        if (i != 0 && (point - i) % 3 == 0) text += style.separator;
        text += plain[i];
    }
    if (point < plain.size()) text.append(1, style.mark).append(plain, point + 1);
    return text;
}

std::string magnitude_of(const StatedNumber& number, const Style& style) {
    if (number.magnitude == Magnitude::one) return {};
    return " " + std::string(style.magnitudes.at(static_cast<std::size_t>(number.magnitude) - 1));
}

std::string written(const Quantity& quantity, const Style& style) {
    if (quantity.qualifier() != Qualifier::between) {
        return std::string(style.before.at(static_cast<std::size_t>(quantity.qualifier()))) +
               written(quantity.number(), style) + magnitude_of(quantity.number(), style);
    }
    return std::string(style.start) + written(quantity.number(), style) +
           magnitude_of(quantity.number(), style) + std::string(style.join) +
           written(quantity.high(), style) + magnitude_of(quantity.high(), style);
}

StatedNumber any_written_number(Magnitude magnitude) {
    const auto coefficient = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 100),
                                             rc::gen::inRange<std::int64_t>(0, 20'000'000));
    const std::int32_t scale = *rc::gen::inRange(0, 3);
    return {Decimal::of_coefficient(coefficient, -scale), magnitude};
}

Quantity any_written_quantity() {
    const auto magnitude = static_cast<Magnitude>(*rc::gen::inRange(0, 4));
    const StatedNumber low = any_written_number(magnitude);
    const auto qualifier = static_cast<Qualifier>(*rc::gen::inRange(0, 7));
    if (qualifier != Qualifier::between) return {qualifier, low};
    StatedNumber high = any_written_number(magnitude);
    if (high.value() < low.value()) high = low;
    return Quantity::between(low, high);
}

}  // namespace

TEST_CASE("an amount that a language writes is read back") {
    CHECK(rc::check([] {
        const Style& style = styles.at(*rc::gen::inRange<std::size_t>(0, styles.size()));
        const Amount amount(any_written_quantity(), Currency::iso("EUR"));
        const std::string text = written(amount.quantity(), style) + std::string(style.currency);
        RC_LOG() << text << '\n';
        AmountTextOptions options;
        options.language = style.language;
        const Amount read = parse_amount_text(text, options).amount;
        RC_ASSERT(read == amount);
        RC_ASSERT(read.known() == amount.known());
    }));
}

TEST_CASE("what all languages together read is what each that reads it alone reads") {
    CHECK(rc::check([] {
        const Style& style = styles.at(*rc::gen::inRange<std::size_t>(0, styles.size()));
        const Quantity quantity = any_written_quantity();
        const std::string text = written(quantity, style) + std::string(style.currency);
        RC_LOG() << text << '\n';
        const auto amount_in = [&](std::optional<Language> language) -> std::string {
            AmountTextOptions options;
            options.language = language;
            try {
                return parse_amount_text(text, options).amount.to_string();
            } catch (const Error&) {
                return {};
            }
        };
        const std::string in_all = amount_in({});
        if (in_all.empty()) return;
        RC_ASSERT(in_all == Amount(quantity, Currency::iso("EUR")).to_string());
        for (const Style& other : styles) {
            const std::string in_one = amount_in(other.language);
            RC_ASSERT(in_one.empty() || in_one == in_all);
        }
    }));
}

TEST_CASE("an amount in the form of a facts file is that in every language, or refused") {
    CHECK(rc::check([] {
        const Amount amount(any_written_quantity(), Currency::iso("EUR"));
        RC_ASSERT(parse_amount_text(amount.to_string()).amount == amount);
        for (const Style& style : styles) {
            AmountTextOptions options;
            options.language = style.language;
            try {
                RC_ASSERT(parse_amount_text(amount.to_string(), options).amount == amount);
            } catch (const Error& error) {
                RC_ASSERT(error.code() == ErrorCode::bad_amount);
            }
        }
    }));
}
