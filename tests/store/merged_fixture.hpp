// A merged ledger with a row in every table: of three chains, one of which forks off another.
#pragma once

#include "fixtures.hpp"

namespace store_test {

// Makes it at the path, whose folder must allow copies beside it. The entries of `every_table` keep the
// numbers that they have without a merge.
inline void make_merged_ledger(const TempFolder& folder, std::string_view name) {
    Ledger ledger = Ledger::open(folder / name, options());
    apply_text(ledger, every_table);
    std::filesystem::copy_file(folder / name, folder / "copy.db");
    {
        Ledger copy = Ledger::open(folder / "copy.db", options());
        apply_text(copy,
                   R"({"kind":"remark","about":"Rival","text":"of the copy","recorded":"2024-02-01T00:00:00Z"}
{"kind":"remark","about":"Rival","text":"of both","recorded":"2024-02-01T00:00:00Z"}
)");
        Ledger other = in_memory();
        apply_text(
            other,
            R"({"kind":"currency","code":"USDC","decimals":6,"name":"USD Coin","recorded":"2024-02-02T00:00:00Z"}
{"kind":"remark","about":"Rival","text":"of another","recorded":"2024-02-02T00:00:00Z"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2023-05-01","rate":"1.0987","recorded":"2024-02-02T00:00:00Z"}
)");
        apply_text(ledger,
                   R"({"kind":"remark","about":"Rival","text":"of both","recorded":"2024-02-03T00:00:00Z"}
{"kind":"remark","about":"Rival","text":"of the file","recorded":"2024-02-03T00:00:00Z"}
)");
        ledger.merge(copy);
        ledger.merge(other);
    }
    std::filesystem::remove(folder / "copy.db");
}

}  // namespace store_test
