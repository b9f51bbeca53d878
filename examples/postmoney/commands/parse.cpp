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

[[nodiscard]] Table amount_table(const Amount& amount) {
    const auto upper = upper_of(amount);
    Table table({"stated", "qualifier", "known", "lower", "upper"});
    table.add({amount.to_string(), std::string(to_string(amount.qualifier())),
               amount.disclosed() ? amount.known().to_string() : "-",
               amount.disclosed() ? amount.lower().to_string() : "-", upper ? upper->to_string() : "open"});
    return table;
}

class ParseCommand final : public Command {
  public:
    void declare(CommandParser& parser) override { parser.argument("AMOUNT", amount_); }

    int run(const ProgramOptions& program) const override {
        const Currencies currencies =
            program.database.empty() ? Currencies() : open_to_read(program).currencies();
        const Amount amount = Amount::parse(amount_, currencies);
        if (program.json) {
            print(amount_json(amount));
        } else {
            amount_table(amount).print(std::cout);
        }
        return 0;
    }

  private:
    std::string amount_;
};

}  // namespace

std::unique_ptr<Command> make_parse() {
    return std::make_unique<ParseCommand>();
}
