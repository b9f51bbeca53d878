// Cells of tables: amounts and dates as people write them. What is read as an amount is one of the facts
// file, and a setting that names what was found anyhow changes nothing.
#include "fuzz_input.hpp"
#include "postmoney/import/csv_map.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    fuzz::accepted([&] {
        const CsvAmount amount = read_csv_amount(text, {.currency = "EUR"});
        if (!amount.amount || !amount.amount->disclosed()) return;
        fuzz::expect(Amount::parse(amount.amount->to_string()).to_string() == amount.amount->to_string(),
                     "a cell's amount is one of the facts file");
    });
    for (const DecimalMark mark : {DecimalMark::point, DecimalMark::comma}) {
        fuzz::accepted([&] {
            AmountRules rules{.currency = "EUR"};
            rules.decimal = mark;
            rules.unit = AmountUnit::crore;
            rules.magnitudes = {IndianMagnitude::lakh, IndianMagnitude::crore};
            static_cast<void>(read_csv_amount(text, rules));
        });
    }
    const std::string formats[] = {"DD/MM/YYYY", "D MMM YY", "spreadsheet-days"};
    fuzz::accepted([&] {
        const PartialDate date = read_csv_date(text, formats, 70);
        fuzz::expect(PartialDate::parse(date.to_string()) == date, "a cell's date is one of the facts file");
    });
    fuzz::accepted([&] { static_cast<void>(read_csv_date(text, {})); });
    return 0;
}
