// Amounts, money and quantities, as facts files, tables and people write them.
#include <array>
#include <optional>

#include "fuzz_input.hpp"
#include "postmoney/import/csv_values.hpp"
#include "postmoney/text/amount_text.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/quantity.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    fuzz::accepted([&] {
        const Amount amount = Amount::parse(text);
        fuzz::expect(Amount::parse(amount.to_string()) == amount, "an amount reads its own text");
    });
    fuzz::accepted([&] {
        const Money money = Money::parse(text);
        fuzz::expect(Money::parse(money.to_string()) == money, "money reads its own text");
    });
    fuzz::accepted([&] {
        const Quantity quantity = Quantity::parse(text);
        fuzz::expect(Quantity::parse(quantity.to_string()) == quantity, "a quantity reads its own text");
    });
    const AmountRules rules{.styles = {},
                            .magnitudes = {IndianMagnitude::lakh, IndianMagnitude::crore},
                            .symbols = {{"kr", "SEK"}},
                            .currency = "USD"};
    fuzz::accepted([&] { static_cast<void>(read_csv_amount(text, rules)); });
    AmountTextOptions options;
    options.currency = "USD";
    // One language an input, as each takes as long as all the above.
    constexpr std::array languages{std::optional<Language>(), std::optional(Language::en),
                                   std::optional(Language::it), std::optional(Language::es)};
    options.language = languages[size % languages.size()];
    fuzz::accepted([&] {
        const Amount amount = parse_amount_text(text, options).amount;
        fuzz::expect(Amount::parse(amount.to_string()) == amount, "an amount reads its own text");
    });
    return 0;
}
