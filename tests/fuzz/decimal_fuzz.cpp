// Decimals and ratios: the first two lines of the input are the operands.
#include "fuzz_input.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/ratio.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::text_of(data, size);
    const std::string_view first = input.substr(0, input.find('\n'));
    const std::string_view second = input.substr(std::min(first.size() + 1, input.size()));
    fuzz::accepted([&] { static_cast<void>(Ratio::parse(input).to_string()); });
    fuzz::accepted([&] {
        const Decimal a = Decimal::parse(first);
        fuzz::expect(Decimal::parse(a.to_string()) == a, "a decimal reads its own text");
        const Decimal b = Decimal::parse(second);
        fuzz::expect(a + b - b == a, "a sum less an operand is the other");
        fuzz::expect(a * b == b * a, "a product is the same either way");
    });
    return 0;
}
