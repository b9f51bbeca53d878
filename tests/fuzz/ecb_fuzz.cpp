// Files of the European Central Bank's reference rates, CSV and XML. What is read can be recorded, and says
// each day and each currency of it once.
#include <set>

#include "fuzz_input.hpp"
#include "import/ecb/ecb_reader.hpp"
#include "postmoney/postmoney.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
    detail::EcbFile file;
    if (!fuzz::accepted([&] { file = detail::read_ecb_file(text, "rates", Currencies()); })) return 0;
    fuzz::expect(!file.days.empty(), "a file has a day");
    std::set<date::sys_days> days;
    for (const detail::EcbDay& day : file.days) {
        fuzz::expect(days.insert(day.day.first_day()).second, "a day is there once");
        std::set<Currency> currencies;
        for (const detail::EcbRate& rate : day.rates) {
            fuzz::expect(currencies.insert(rate.currency).second, "a currency is there once a day");
            fuzz::expect(rate.rate.sign() > 0, "a rate is above 0");
            const FxRate fact{Currency::iso("EUR"), rate.currency, day.day, rate.rate};
            static_cast<void>(canonical_json(Entry{.content = fact}));
        }
    }
    return 0;
}
