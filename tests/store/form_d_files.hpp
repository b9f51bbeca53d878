// The parts that tests of the Form D import share: made-up filings, and a ledger's answers about a round.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures.hpp"
#include "form_d_generator.hpp"
#include "import_files.hpp"

namespace store_test {

inline std::filesystem::path form_d_fixture(std::string_view name) {
    return std::filesystem::path(POSTMONEY_SOURCE_DIR) / "tests" / "fixtures" / "form-d" / name;
}

inline ImportReport import(Ledger& ledger, const Paths& paths, bool keep_going = false) {
    ImportOptions import_options;
    import_options.keep_going = keep_going;
    return import_form_d(ledger, paths, import_options);
}

// "2 imported, 1 unchanged, 1 superseded, 0 refused".
inline std::string text_of(const ImportReport& report) {
    return std::to_string(report.imported) + " imported, " + std::to_string(report.unchanged) +
           " unchanged, " + std::to_string(report.superseded) + " superseded, " +
           std::to_string(report.refused.size()) + " refused";
}

// A plain notice of 10 January 2024: 2 of 5 million are sold, the first on the 5th.
inline form_d_generator::Filing plain_filing() {
    form_d_generator::Filing filing;
    filing.accession = "0007100001-24-000001";
    filing.filed = "2024-01-10";
    filing.signed_on = "2024-01-09";
    filing.first_sale = "2024-01-05";
    filing.issuers = {{"0007100001", "Dapple Foods, Inc.", ""}};
    filing.persons = {"Ada Quill"};
    filing.industry = "Other Technology";
    filing.security = "isEquityType";
    filing.offered = 5'000'000;
    filing.sold = 2'000'000;
    filing.remaining = 3'000'000;
    filing.investors = 4;
    return filing;
}

// Its amendment of 10 June 2024: 4.5 million sold.
inline form_d_generator::Filing plain_amendment() {
    form_d_generator::Filing filing = plain_filing();
    filing.previous_accession = filing.accession;
    filing.accession = "0007100001-24-000002";
    filing.filed = filing.signed_on = "2024-06-10";
    filing.sold = 4'500'000;
    filing.remaining = 500'000;
    return filing;
}

template <class T>
std::string text_of(const Field<T>& field) {
    if (!field) return "-";
    if constexpr (std::is_same_v<T, std::int64_t>) {
        return std::to_string(field.value());
    } else if constexpr (std::is_same_v<T, std::string>) {
        return field.value();
    } else {
        return field.value().to_string();
    }
}

// The only round of a company. Its pointers to claims are no longer valid.
inline std::string figures(const Ledger& ledger, std::string_view company) {
    const Dossier dossier = ledger.dossier(company);
    std::string text;
    for (const ResolvedRound& round : resolve(dossier).rounds) {
        text += text.empty() ? "" : "; ";
        text += text_of(round.offered) + " offered, " + text_of(round.raised) + " sold, " +
                text_of(round.remaining) + " remaining, first sale " + text_of(round.first_sale) + ", " +
                text_of(round.investors) + " investors (" + text_of(round.non_accredited_investors) +
                "), minimum " + text_of(round.minimum_investment) + ", paid " + text_of(round.commissions) +
                " / " + text_of(round.finders_fees) + " / " + text_of(round.proceeds_to_insiders);
    }
    return text;
}

}  // namespace store_test
