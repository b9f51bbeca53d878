// A made-up market as entries of a ledger: companies, their rounds, investors and valuations. For tests and
// benchmarks; the same for the same seed.
//
//   market_generator::visit({.companies = 1000, .seed = 7}, [&](const postmoney::Entry& entry) { ... });
//
// Each company has a source, its party line, 4 rounds, 12 participations and 3 valuations. Every 20 companies
// bring one investor. No company, investor or source is real.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "postmoney/fact/entry.hpp"

namespace market_generator {

struct Parameters {
    std::size_t companies = 1000;
    std::uint64_t seed = 1;
};

// Visits every entry; an entry comes after those that it refers to.
void visit(const Parameters& parameters, const std::function<void(const postmoney::Entry&)>& visit_entry);

// The name of the company with this number, counted from 0.
[[nodiscard]] std::string company_name(std::size_t number);

}  // namespace market_generator
