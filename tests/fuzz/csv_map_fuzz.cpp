// Maps of tables, in JSON.
#include "fuzz_input.hpp"
#include "postmoney/import/csv_map.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::accepted([&] {
        const std::string json = to_json(read_csv_map(fuzz::text_of(data, size), "map.json"));
        fuzz::expect(to_json(read_csv_map(json)) == json, "a map reads its own JSON");
    });
    return 0;
}
