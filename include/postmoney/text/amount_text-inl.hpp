// The definitions of amount_text.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/text/amount_text.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// Reads a text in every language and with every mark that the options leave open, and compares.
class AmountTextReader {
  public:
    AmountTextReader(std::string_view text, const AmountTextOptions& options)
        : text_(text), options_(&options), tokens_(AmountTokenizer(text, options.symbols).tokens()) {}

    // Throws unless the text has one reading.
    [[nodiscard]] AmountText read() {
        if (const auto languages = undisclosed_in(); !languages.empty())
            return {Amount::undisclosed(), {}, languages};
        for (std::size_t i = 0; i < Words<Language>::values.size(); ++i) read_in(static_cast<Language>(i));
        if (readings_.empty()) refuse_stop();
        if (readings_.size() > 1) refuse_readings();
        Reading& reading = readings_.front();
        const Currency currency = currency_of(reading);
        for (ReadPart& part : reading.phrase.parts)
            if (part.role == TextRole::currency) part.meaning = currency.code();
        return {Amount(std::move(reading.phrase.quantity), currency),
                std::move(reading.phrase.parts),
                {reading.languages.begin(), reading.languages.end()}};
    }

  private:
    struct Reading {
        PhraseReading phrase;
        std::set<Language> languages;
        std::set<DecimalMark> marks;

        [[nodiscard]] std::string shown() const {
            const std::size_t end = phrase.codes.find(' ');
            std::string result = phrase.quantity.to_string();
            if (!phrase.codes.empty()) result.append(" ").append(phrase.codes, 0, end);
            return end == std::string::npos ? result : result + "/...";
        }
    };

    [[noreturn]] void refuse(const std::string& expected, ErrorCode code = ErrorCode::bad_amount) const {
        throw Error::refused(code, text_, expected);
    }

    [[nodiscard]] std::vector<Language> undisclosed_in() const {
        std::string words;
        for (const AmountToken& token : tokens_) {
            const bool is_joined = words.empty() || words.back() == '/' || token.key == "/";
            words.append(is_joined ? "" : " ").append(token.key);
        }
        std::vector<Language> languages;
        for (std::size_t i = 0; i < Words<Language>::values.size(); ++i) {
            const auto language = static_cast<Language>(i);
            if (is_open(language) && says_undisclosed(words, language)) languages.push_back(language);
        }
        return languages;
    }

    [[nodiscard]] bool is_open(Language language) const {
        return !options_->language || *options_->language == language;
    }

    void read_in(Language language) {
        if (!is_open(language)) return;
        if (options_->decimal) {
            read_with(language, *options_->decimal);
            return;
        }
        const DecimalMark own = decimal_mark(language);
        const bool is_read = read_with(language, own);
        // A language that is asked for settles the mark where both would do.
        if (is_read && options_->language) return;
        read_with(language, own == DecimalMark::point ? DecimalMark::comma : DecimalMark::point);
    }

    bool read_with(Language language, DecimalMark mark) {
        PhraseReader reader(tokens_, options_->currencies, language, mark, options_->language.has_value());
        std::optional<PhraseReading> phrase = reader.read();
        if (!phrase) {
            if (reader.stop().token > stop_.token) stop_ = reader.stop();
            return false;
        }
        if (options_->currency && (phrase->codes.empty() || in_list(phrase->codes, ' ', *options_->currency)))
            phrase->codes = *options_->currency;
        const auto same = std::find_if(readings_.begin(), readings_.end(), [&](const Reading& other) {
            return other.phrase.quantity == phrase->quantity && other.phrase.codes == phrase->codes;
        });
        Reading& reading =
            same == readings_.end() ? readings_.emplace_back(Reading{std::move(*phrase), {}, {}}) : *same;
        reading.languages.insert(language);
        reading.marks.insert(mark);
        return true;
    }

    [[nodiscard]] Currency currency_of(const Reading& reading) const {
        const std::string& codes = reading.phrase.codes;
        if (codes.empty()) refuse("a currency by its sign, name or code, or by the option \"currency\"");
        if (codes.find(' ') == std::string::npos) return options_->currencies.get(codes);
        std::string listed;
        for_each_item(codes, ' ',
                      [&](std::string_view code) { listed.append(listed.empty() ? "" : ", ").append(code); });
        refuse("one currency: the option \"currency\" says which is meant of " + listed);
    }

    [[noreturn]] void refuse_stop() const {
        if (stop_.token >= tokens_.size()) refuse(expected_form() + ", and it ends too early");
        const AmountToken& token = tokens_[stop_.token];
        if (stop_.code == ErrorCode::mixed_currencies)
            refuse("one currency, and not " + quoted(token.text) + " besides", stop_.code);
        const std::string_view code = code_of(token);
        const bool is_code = token.kind == TokenKind::word && (currency_code(code) || is_hundredth(code)) &&
                             !options_->currencies.find(code);
        if (is_code) refuse_currency(code);
        std::string expected = expected_form() + ", and stopped at " + quoted(token.text);
        const bool is_sign = token.kind == TokenKind::mark && token.key != "-" && token.key.size() > 1;
        if (is_sign) expected += "; the option \"symbols\" names the currency of a sign";
        refuse(expected);
    }

    [[nodiscard]] std::string expected_form() const {
        std::string form = "an amount such as \"about 100 million euros\" in ";
        return form + (options_->language ? std::string(word(*options_->language)) : list_words<Language>());
    }

    [[noreturn]] void refuse_readings() const {
        const Reading& first = readings_.front();
        const auto differ = [&](auto member) {
            return std::any_of(readings_.begin() + 1, readings_.end(),
                               [&](const Reading& reading) { return reading.*member != first.*member; });
        };
        const bool by_language = differ(&Reading::languages);
        const bool by_mark = differ(&Reading::marks);
        std::string expected = "one reading, but it can be ";
        for (std::size_t i = 0; i < readings_.size(); ++i) {
            const Reading& reading = readings_[i];
            if (i != 0) expected += i + 1 == readings_.size() ? " or " : ", ";
            expected += reading.shown();
            std::string by;
            for (const Language language : reading.languages)
                if (by_language) by.append(by.empty() ? "" : " ").append(word(language));
            for (const DecimalMark mark : reading.marks)
                if (by_mark) by.append(by.empty() ? "" : " ").append(quoted(word(mark)));
            expected += " (" + by + ")";
        }
        expected += ": the option ";
        if (by_language || !options_->language) expected += "\"language\"";
        if (by_mark) expected += expected.ends_with('"') ? " or \"decimal\"" : "\"decimal\"";
        refuse(expected + " says which");
    }

    std::string_view text_;
    const AmountTextOptions* options_;
    std::vector<AmountToken> tokens_;
    std::vector<Reading> readings_;
    PhraseStop stop_;
};

}  // namespace detail

POSTMONEY_INLINE AmountText parse_amount_text(std::string_view text, const AmountTextOptions& options) {
    if (options.currency) {
        try {
            static_cast<void>(options.currencies.get(*options.currency));
        } catch (const Error& error) {
            throw error.in_field("currency");
        }
    }
    const bool asks = options.language || options.decimal;
    std::optional<Amount> facts;
    try {
        facts = Amount::parse(text, options.currencies);
    } catch (const Error& error) {
        // What has the form of FACTS.md and is refused there is not read in another way, unless that is
        // asked.
        if (!asks && error.code() != ErrorCode::bad_amount) throw;
    }
    if (facts && !asks) return {*facts};
    const bool other_mark = options.decimal == DecimalMark::comma && text.find('.') != std::string_view::npos;
    if (!facts || other_mark) return detail::AmountTextReader(text, options).read();
    std::optional<AmountText> read;
    try {
        read = detail::AmountTextReader(text, options).read();
    } catch (const Error&) {
        return {*facts};  // only a facts file reads it
    }
    if (read->amount == *facts) return {*facts};
    const bool by_mark = text.find('.') != std::string_view::npos && !options.decimal;
    throw Error::refused(
        ErrorCode::bad_amount, text,
        "one reading, but it can be " + facts->to_string() + " (as in a facts file) or " +
            read->amount.to_string() + " (" + std::string(to_string(read->languages.front())) +
            "): " + (by_mark ? "the option \"decimal\" says which" : "write the magnitude in figures"));
}

}  // namespace POSTMONEY_NAMESPACE
