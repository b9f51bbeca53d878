// FormD: a Notice of Exempt Offering of Securities as filed with the SEC (Form D, 17 CFR 239.500), and what
// it says as entries of a ledger.
//
//   FormD filing;
//   filing.accession = "0007100001-24-000001";
//   filing.issuers.push_back({.cik = "0007100001", .name = "Acme, Inc."});
//   for (const Entry& entry : entries_of(filing)) std::cout << to_string(entry.kind()) << '\n';
//
// The filing is a source of its own. Its round is known by the filing's accession number. An amendment names
// the filing that it amends, and the ledger takes the rounds of both for one, whichever comes first. The
// entries claim only what the notice states: no name of a series, no status, no closing date.
//
// The SEC publishes one filing as a full submission, as a bare document and as rows of its data set. These
// differ: a document alone does not say when it was filed. Each copy is a source, and all of them speak of
// the same round. So their order makes no difference, and the money counts once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postmoney/fact/entry.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

struct FormD {
    struct Issuer {
        std::string cik;  // ten digits
        std::string name;
        std::vector<std::string> previous_names;
        std::map<std::string, std::string>
            attributes;  // everything else in items 1 and 2, by element or column name
    };

    enum class Copy : std::uint8_t { submission, document, data_set };

    std::string accession;  // nnnnnnnnnn-nn-nnnnnn, or "sha256:" and the hash of its values
    Copy copy = Copy::submission;
    std::string submission_type = "D";      // "D" or "D/A"
    std::string previous_accession;         // of the filing that a D/A amends; may be empty
    std::optional<PartialDate> filed;       // when EDGAR took it; a document alone does not say
    std::vector<Issuer> issuers;            // item 1; the primary issuer first
    std::string industry_group;             // item 4
    std::string fund_type;                  // item 4: of a pooled investment fund
    bool business_combination = false;      // item 10: a merger, acquisition or exchange offer
    std::optional<PartialDate> first_sale;  // item 7; null when it is yet to occur
    std::vector<std::string>
        securities;  // item 9: "equity", "debt", "option", "security-to-be-acquired",
                     // "pooled-investment-fund", "tenant-in-common", "mineral-property", "other"
    Amount minimum_investment = Amount::undisclosed();    // item 11
    Amount offered = Amount::undisclosed();               // item 13; may be indefinite
    Amount sold = Amount::undisclosed();                  // item 13
    Amount remaining = Amount::undisclosed();             // item 13; may be indefinite
    std::optional<std::int64_t> investors;                // item 14: those who already have invested
    bool has_non_accredited = false;                      // item 14: there are some, or there may be
    std::int64_t non_accredited = 0;                      // item 14: how many of them
    Amount commissions = Amount::undisclosed();           // item 15
    Amount finders_fees = Amount::undisclosed();          // item 15
    Amount proceeds_to_insiders = Amount::undisclosed();  // item 16: no money raised
    std::optional<PartialDate> signed_on;                 // the earliest signature
    std::map<std::string, std::string> attributes;        // everything else, by element path or column name

    // The day from which its figures hold: the day of filing, else of the signature.
    [[nodiscard]] std::optional<PartialDate> date() const { return filed ? filed : signed_on; }
};

// The handle of the filing's round: "form-d:" and the accession number.
[[nodiscard]] std::string form_d_handle(std::string_view accession);
// The id of the filing's source: the handle, with "/document" or "/data-set" behind it for a copy that is not
// a full submission.
[[nodiscard]] std::string form_d_source_id(std::string_view accession, FormD::Copy copy);

// The filing as entries: its source, its issuers as parties known by their CIK, what it says of its round,
// and how further issuers relate to the first.
[[nodiscard]] std::vector<Entry> entries_of(FormD filing);

//--- Definitions ---

namespace detail {

[[nodiscard]] inline std::string source_id(const FormD& filing) {
    return form_d_source_id(filing.accession, filing.copy);
}

[[nodiscard]] inline Entry form_d_source(const FormD& filing) {
    Source source{.id = source_id(filing),
                  .type = SourceType::filing,
                  .publisher = "SEC EDGAR",
                  .title = "Form " + filing.submission_type + ", " + filing.issuers.front().name,
                  .published = filing.date(),
                  .language = "en"};
    if (!filing.accession.starts_with(id_prefix)) source.accession = filing.accession;
    return {.content = std::move(source)};
}

// Takes the issuer's attributes.
[[nodiscard]] inline Entry form_d_issuer(const FormD& filing, FormD::Issuer& issuer) {
    Party party{.name = issuer.name,
                .type = filing.fund_type.empty() ? std::nullopt : std::optional(PartyType::fund),
                .aliases = issuer.previous_names,
                .ids = {{"cik", issuer.cik}},
                .market = filing.industry_group.empty() ? std::nullopt : std::optional(filing.industry_group),
                .attributes = std::move(issuer.attributes)};
    return {.source = source_id(filing), .content = std::move(party)};
}

// The words of a text in small letters, each with a blank around it: " safes and notes ".
[[nodiscard]] inline std::string words_of(std::string_view text) {
    std::string words = " ";
    for (const char c : text) {
        const bool capital = c >= 'A' && c <= 'Z';
        const bool in_word = capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c == '.' || c == '\'') continue;  // S.A.F.E., SAFE's
        if (in_word) {
            words += capital ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (words.back() != ' ') {
            words += ' ';
        }
    }
    return words.back() == ' ' ? words : words + ' ';
}

[[nodiscard]] inline bool has_any(std::string_view words, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return words.find(part) != std::string_view::npos; });
}

// Whether the words name a Simple Agreement for Future Equity.
[[nodiscard]] inline bool names_safe(std::string_view words) {
    if (has_any(words, {" simple agreement for future equity ", " simple agreements for future equity ",
                        " simple agreement for equity ", " simple agreements for equity ",
                        " simple agreement for future equities ", " simple agreements for future equities "}))
        return true;
    return has_any(words, {" safe ", " safes "}) && !has_any(words, {" safe harbor ", " safe harbour "});
}

[[nodiscard]] inline bool names_convertible_note(std::string_view words) {
    const std::size_t at = words.find(" convertible ");
    return at != std::string_view::npos && has_any(words.substr(at), {" note ", " notes "});
}

// The ledger's instrument for securities (Form D, item 9) and what the notice calls the other ones: equity if
// they include equity or interests in a fund, else the SAFE or convertible note that the description names;
// debt that comes with a right to acquire or a security to be acquired is a convertible note, unless the
// description names a loan, credit or a warrant; else debt if they include debt, else `other`. Null without
// securities.
[[nodiscard]] inline std::optional<Instrument> form_d_instrument(const std::vector<std::string>& securities,
                                                                 std::string_view description) {
    const auto has = [&](std::string_view type) {
        return std::find(securities.begin(), securities.end(), type) != securities.end();
    };
    if (has("equity") || has("pooled-investment-fund")) return Instrument::equity;
    const std::string words = words_of(description);
    if (names_safe(words)) return Instrument::safe;
    if (names_convertible_note(words)) return Instrument::convertible_note;
    const bool converts = has("option") || has("security-to-be-acquired");
    const bool is_loan = has_any(words, {" loan ", " loans ", " credit ", " warrant ", " warrants "});
    if (has("debt")) return converts && !is_loan ? Instrument::convertible_note : Instrument::debt;
    if (!securities.empty()) return Instrument::other;
    return std::nullopt;
}

[[nodiscard]] inline std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

// Takes the filing's attributes.
[[nodiscard]] inline Entry form_d_round(FormD& filing) {
    const auto stated = [](const Amount& amount) {
        return amount == Amount::undisclosed() ? std::nullopt : std::optional(amount);
    };
    const auto described =
        filing.attributes.find(std::string(RoundStatement::securities_description_attribute));
    const std::string_view description =
        described == filing.attributes.end() ? std::string_view() : described->second;
    RoundStatement round{.round = form_d_handle(filing.accession),
                         .company = "cik:" + filing.issuers.front().cik,
                         .instrument = form_d_instrument(filing.securities, description),
                         .first_sale = filing.first_sale,
                         .filed = filing.filed,
                         .raised = stated(filing.sold),
                         .offered = stated(filing.offered),
                         .remaining = stated(filing.remaining),
                         .minimum_investment = stated(filing.minimum_investment),
                         .commissions = stated(filing.commissions),
                         .finders_fees = stated(filing.finders_fees),
                         .proceeds_to_insiders = stated(filing.proceeds_to_insiders),
                         .investors = filing.investors,
                         .signed_on = filing.signed_on,
                         .attributes = std::move(filing.attributes)};
    // An amendment restates the figures as of its own day.
    if (filing.submission_type == "D/A") {
        round.on = filing.date();
        round.attributes[std::string(RoundStatement::amendment_attribute)] = "true";
    }
    // An amendment may take back what the notice before said.
    if (filing.business_combination || filing.submission_type == "D/A")
        round.business_combination = filing.business_combination;
    if (!filing.previous_accession.empty()) {
        round.attributes["previousAccessionNumber"] = filing.previous_accession;
        // No filing amends itself, though some say so.
        if (filing.previous_accession != filing.accession)
            round.amends = form_d_handle(filing.previous_accession);
    }
    if (filing.has_non_accredited || filing.non_accredited > 0)
        round.non_accredited_investors = filing.non_accredited;
    if (!filing.fund_type.empty()) round.fund_type = filing.fund_type;
    if (!filing.securities.empty()) {
        round.attributes[std::string(RoundStatement::securities_attribute)] = joined(filing.securities);
    }
    return {.source = source_id(filing), .content = std::move(round)};
}

}  // namespace detail

inline std::string form_d_handle(std::string_view accession) {
    return "form-d:" + std::string(accession);
}

inline std::string form_d_source_id(std::string_view accession, FormD::Copy copy) {
    std::string handle = form_d_handle(accession);
    if (copy == FormD::Copy::submission) return handle;
    return handle + (copy == FormD::Copy::document ? "/document" : "/data-set");
}

inline std::vector<Entry> entries_of(FormD filing) {
    std::vector<Entry> entries{detail::form_d_source(filing)};
    for (FormD::Issuer& issuer : filing.issuers) entries.push_back(detail::form_d_issuer(filing, issuer));
    entries.push_back(detail::form_d_round(filing));
    for (std::size_t i = 1; i < filing.issuers.size(); ++i) {
        if (filing.issuers[i].cik == filing.issuers.front().cik)
            continue;  // some filings list the primary issuer again
        entries.push_back({.source = detail::source_id(filing),
                           .content = Relation{.from = "cik:" + filing.issuers.front().cik,
                                               .to = "cik:" + filing.issuers[i].cik,
                                               .type = RelationType::co_issuer}});
    }
    return entries;
}

}  // namespace POSTMONEY_NAMESPACE
