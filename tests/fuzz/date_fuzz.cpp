// Partial dates and times, as facts files and tables write them. The first line of the input is the text, the
// second a format.
#include <array>
#include <string>

#include "fuzz_input.hpp"
#include "postmoney/import/csv_values.hpp"
#include "postmoney/value/timestamp.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::text_of(data, size);
    const std::string_view text = input.substr(0, input.find('\n'));
    const std::string format(input.substr(std::min(text.size() + 1, input.size())));
    fuzz::accepted([&] {
        const PartialDate date = PartialDate::parse(text);
        fuzz::expect(PartialDate::parse(date.to_string()) == date, "a date reads its own text");
        fuzz::expect(date.first_day() <= date.last_day(), "a date begins before it ends");
    });
    fuzz::accepted([&] {
        const Timestamp time = Timestamp::parse(text);
        fuzz::expect(Timestamp::parse(time.to_string()) == time, "a time reads its own text");
    });
    if (!fuzz::accepted([&] { check_date_format(format); })) return 0;
    const std::array<std::string, 1> formats{format};
    fuzz::accepted([&] { static_cast<void>(read_csv_date(text, formats)); });
    return 0;
}
