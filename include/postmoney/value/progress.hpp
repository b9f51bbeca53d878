// Progress: how far a call that takes a while has come. All that report it do so in one way: first with
// nothing done, then now and then, and once more when all is done, before anything is committed.
//
//   ledger.apply("facts.jsonl", {.progress = [](const Progress& now) {
//                                    std::cerr << now.done << " of " << now.total << ' ' << now.unit << '\n';
//                                }});
//
// It is called on the caller's thread. What it throws ends the call and comes out of it as it was thrown: a
// call that writes has then written nothing, and its ledger can be used on.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

struct Progress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;     // 0 where that is not known
    std::string_view unit = {};  // what these count: "bytes", "files", "entries", "companies"
    std::uint64_t items = 0;     // what came of it so far: lines, rows, filings, rates, entries, companies

    friend bool operator==(const Progress&, const Progress&) = default;
};

// What is called with it; may be empty.
using ProgressCall = std::function<void(const Progress&)>;

}  // namespace POSTMONEY_NAMESPACE
