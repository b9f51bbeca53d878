#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "table.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::optional<Money> upper_of(const Amount& amount) {
    return amount.disclosed() ? amount.upper() : std::nullopt;
}

[[nodiscard]] Json amount_json(const Amount& amount) {
    const auto upper = upper_of(amount);
    return {{"amount", amount.to_string()},
            {"qualifier", std::string(to_string(amount.qualifier()))},
            {"currency", amount.disclosed() ? Json(std::string(amount.currency()->code())) : Json()},
            {"known", amount.disclosed() ? Json(amount.known().amount_string()) : Json()},
            {"lower", amount.disclosed() ? Json(amount.lower().amount_string()) : Json()},
            {"upper", upper ? Json(upper->amount_string()) : Json()}};
}

// With what was read as what, where it was not in the form of the facts file.
[[nodiscard]] Json reading_json(const AmountText& reading) {
    Json json = amount_json(reading.amount);
    if (reading.languages.empty()) return json;
    json["languages"] = Json::array();
    for (const Language language : reading.languages)
        json["languages"].push_back(std::string(to_string(language)));
    json["read"] = Json::array();
    for (const ReadPart& part : reading.parts) {
        json["read"].push_back({{"text", part.text},
                                {"as", std::string(to_string(part.role))},
                                {"meaning", part.meaning.empty() ? Json() : Json(part.meaning)}});
    }
    return json;
}

[[nodiscard]] Table amount_table(const Amount& amount) {
    const auto upper = upper_of(amount);
    Table table({"stated", "qualifier", "known", "lower", "upper"});
    table.add({amount.to_string(), std::string(to_string(amount.qualifier())),
               amount.disclosed() ? amount.known().to_string() : "-",
               amount.disclosed() ? amount.lower().to_string() : "-", upper ? upper->to_string() : "open"});
    return table;
}

[[nodiscard]] Table parts_table(const std::vector<ReadPart>& parts) {
    Table table({"read", "as", "meaning"});
    for (const ReadPart& part : parts)
        table.add({part.text, std::string(to_string(part.role)), part.meaning.empty() ? "-" : part.meaning});
    return table;
}

class ParseCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("AMOUNT", amount_);
        parser.option("--language", language_);
        parser.option("--currency", currency_);
        parser.option("--decimal", decimal_);
        parser.list("--symbols", symbols_);
    }

    int run(const ProgramOptions& program) const override {
        const AmountText reading = parse_amount_text(amount_, options(program));
        if (program.json) {
            print(reading_json(reading));
            return 0;
        }
        amount_table(reading.amount).print(std::cout);
        if (!reading.parts.empty()) {
            std::cout << '\n';
            parts_table(reading.parts).print(std::cout);
        }
        return 0;
    }

  private:
    [[nodiscard]] AmountTextOptions options(const ProgramOptions& program) const {
        AmountTextOptions options;
        if (!program.database.empty()) options.currencies = open_to_read(program).currencies();
        if (!currency_.empty()) options.currency = currency_;
        if (!language_.empty()) options.language = word_in<Language>("--language", language_);
        if (!decimal_.empty()) options.decimal = word_in<DecimalMark>("--decimal", decimal_);
        for (const std::string& symbol : symbols_) {
            const std::size_t equals = symbol.rfind('=');
            if (equals == 0 || equals == std::string::npos)
                throw Error::refused(ErrorCode::bad_word, symbol, "SIGN=CUR").in_field("--symbols");
            options.symbols[symbol.substr(0, equals)] = symbol.substr(equals + 1);
        }
        return options;
    }

    template <class Enum>
    [[nodiscard]] static Enum word_in(std::string_view option, const std::string& text) {
        try {
            return detail::from_word<Enum>(text);
        } catch (const Error& error) {
            throw error.in_field(option);
        }
    }

    std::string amount_;
    std::string language_;
    std::string currency_;
    std::string decimal_;
    std::vector<std::string> symbols_;
};

}  // namespace

std::unique_ptr<Command> make_parse() {
    return std::make_unique<ParseCommand>();
}
