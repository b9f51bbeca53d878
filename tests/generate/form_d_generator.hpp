// Made-up Form D filings in the forms that the SEC hands out, as many as wanted, the same for the same seed.
// For tests and benchmarks.
//
//   const auto filings = form_d_generator::filings({.count = 1000, .seed = 7});
//   write_notices(folder, filings);   // a primary_doc.xml or a full submission each
//   write_dataset(folder, filings);   // the six tables
//
// No issuer, person or address is real. The filings are as untidy as real ones: amendments of amendments and
// of missing filings, indefinite offerings, sales yet to occur, several issuers, sums that do not add up,
// empty columns.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace form_d_generator {

struct Issuer {
    std::string cik;
    std::string name;
    std::string previous_name;  // may be empty
};

struct Filing {
    std::string accession;
    std::string previous_accession;  // of an amendment
    bool predecessor_missing = false;
    std::string file_number;  // the SEC's, the same in amendments; empty: made from the accession number
    std::string filed;        // YYYY-MM-DD
    std::string signed_on;
    std::string first_sale;  // empty: yet to occur
    std::vector<Issuer> issuers;
    std::vector<std::string> persons;
    std::string industry;
    std::string fund_type;                // of a pooled investment fund
    std::string security;                 // "isEquityType"
    std::optional<std::int64_t> offered;  // null: indefinite
    std::int64_t sold = 0;
    std::optional<std::int64_t> remaining;  // null: indefinite
    std::int64_t investors = 0;
    bool non_accredited = false;
    std::int64_t non_accredited_count = 0;
    std::int64_t commissions = 0;
    bool estimated = false;
    bool recipient = false;
};

struct Parameters {
    std::size_t count = 100;
    std::uint64_t seed = 1;
};

[[nodiscard]] std::vector<Filing> filings(const Parameters& parameters);

// The notice alone, and the whole submission as EDGAR takes it in, with its SGML header.
[[nodiscard]] std::string notice(const Filing& filing);
[[nodiscard]] std::string submission(const Filing& filing);

// Writes one file for each filing, "ACCESSION.xml" or "ACCESSION.txt"; `extension` says which.
void write_notices(const std::filesystem::path& folder, const std::vector<Filing>& filings,
                   const std::string& extension);
// Writes the six tables. Every third date has a year of two digits.
void write_dataset(const std::filesystem::path& folder, const std::vector<Filing>& filings);

}  // namespace form_d_generator
