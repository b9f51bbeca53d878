// Finds out by its headings and first values what a table could be.
#include <algorithm>
#include <istream>
#include <sstream>

#include "base/csv/csv_reader.hpp"
#include "base/csv/csv_text.hpp"
#include "import/csv/csv_acquisitions.hpp"
#include "import/csv/csv_encoding.hpp"
#include "postmoney/import/csv_map.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney {

namespace {

using detail::heading_key;
using Rows = std::span<const std::vector<std::string>>;

//--- Headings

// The headings of each field, as heading_key writes them. The first field that has a column's heading takes
// the column.
struct Synonyms {
    std::string_view field;
    std::vector<std::string_view> keys;
};

[[nodiscard]] const std::vector<Synonyms>& round_synonyms() {
    static const std::vector<Synonyms> synonyms{
        {"company",
         {"company", "companyname", "startup", "startupname", "organization", "organisation", "name"}},
        {"announced",
         {"date", "announced", "announcedon", "announceddate", "fundingdate", "fundedat", "fundedon",
          "dateddmmyyyy", "rounddate", "announcementdate"}},
        {"closed", {"closed", "closedon", "closingdate", "closedate"}},
        {"name",
         {"series", "round", "roundname", "fundinground", "fundingroundtype", "investmenttype",
          "investmentntype", "roundtype", "stage"}},
        {"raised",
         {"raised", "amount", "amountraised", "raisedamount", "amountinusd", "raisedamountusd", "raisedusd",
          "amountusd", "fundingamount", "moneyraised", "roundsize", "size"}},
        {"currency", {"currency", "currencycode", "raisedcurrency", "amountcurrency", "raisedcurrencycode"}},
        {"investor",
         {"investors", "investorsname", "investornames", "investorsnames", "investor", "investorname",
          "leadinvestors"}}};
    return synonyms;
}

[[nodiscard]] const std::vector<Synonyms>& company_synonyms() {
    static const std::vector<Synonyms> synonyms{
        {"name",
         {"company", "companyname", "startup", "startupname", "organization", "organisation", "name"}},
        {"aliases", {"aliases", "alias", "alsoknownas", "othernames"}},
        {"country", {"country", "countrycode"}},
        {"founded", {"founded", "foundedat", "foundedon", "foundedyear", "yearfounded"}},
        {"market", {"market", "category", "industry", "sector", "industryvertical"}}};
    return synonyms;
}

[[nodiscard]] std::map<std::string, std::string> match(std::span<const std::string> header,
                                                       const std::vector<Synonyms>& synonyms) {
    std::map<std::string, std::string> columns;
    for (const auto& [field, keys] : synonyms) {
        for (const std::string_view key : keys) {
            const auto found = std::find_if(header.begin(), header.end(),
                                            [&](const std::string& h) { return heading_key(h) == key; });
            if (found == header.end()) continue;
            columns.emplace(field, *found);
            break;
        }
    }
    return columns;
}

// The kind of table that has these columns. A column for a single investor makes it a table of investments.
[[nodiscard]] CsvTable table_of(const std::map<std::string, std::string>& columns) {
    const auto investor = columns.find("investor");
    if (investor != columns.end()) {
        const std::string key = heading_key(investor->second);
        return key == "investor" || key == "investorname" ? CsvTable::investments : CsvTable::rounds;
    }
    return columns.contains("raised") || columns.contains("name") ? CsvTable::rounds : CsvTable::companies;
}

//--- Values

[[nodiscard]] std::string cell_of(const std::vector<std::string>& row, std::size_t column) {
    return column < row.size() ? std::string(detail::trimmed(row[column])) : std::string();
}

constexpr std::array<std::string_view, 17> usual_formats{
    "YYYY-MM-DD",  "DD/MM/YYYY",   "MM/DD/YYYY", "D/M/YYYY",   "M/D/YYYY",    "DD-MM-YYYY",
    "MM-DD-YYYY",  "DD.MM.YYYY",   "D.M.YYYY",   "YYYY/MM/DD", "DD-MMM-YYYY", "D MMM YYYY",
    "MMM D, YYYY", "MMMM D, YYYY", "MMM YYYY",   "YYYY-MM",    "YYYY"};

[[nodiscard]] bool reads(std::string_view cell, std::string_view format) {
    try {
        const std::string formats[] = {std::string(format)};
        static_cast<void>(read_csv_date(cell, formats));
        return true;
    } catch (const Error&) {
        return false;
    }
}

[[nodiscard]] bool read_by_any(std::string_view cell, const std::vector<std::string>& formats) {
    return std::any_of(formats.begin(), formats.end(),
                       [&](const std::string& format) { return reads(cell, format); });
}

// Adds formats of months and years for the cells that none reads yet: 2020-03 among days.
void add_coarser(const std::vector<std::string>& cells, std::vector<std::string>& formats) {
    for (const std::string_view format : usual_formats) {
        if (formats.empty() || format.find('D') != std::string_view::npos) continue;
        const bool useful = std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) {
            return reads(cell, format) && !read_by_any(cell, formats);
        });
        if (useful) formats.emplace_back(format);
    }
}

// The formats that read the most cells. A format is left out if it reads its cells as an earlier one does;
// the earlier one is stricter.
[[nodiscard]] std::vector<std::string> best_formats(const std::vector<std::string>& cells) {
    std::vector<std::string> best;
    std::ptrdiff_t most = 1;
    for (const std::string_view format : usual_formats) {
        const auto count =
            std::count_if(cells.begin(), cells.end(), [&](const auto& c) { return reads(c, format); });
        if (count < most) continue;
        if (count > most) best.clear();
        most = count;
        const bool looser = std::any_of(best.begin(), best.end(), [&](const std::string& other) {
            const std::string both[] = {other, std::string(format)};
            return std::all_of(cells.begin(), cells.end(), [&](const std::string& cell) {
                if (!reads(cell, format)) return true;
                try {
                    static_cast<void>(read_csv_date(cell, both));
                    return true;
                } catch (const Error&) {
                    return false;
                }
            });
        });
        if (!looser) best.emplace_back(format);
    }
    return best;
}

class Proposer {
  public:
    Proposer(std::span<const std::string> header, Rows rows) : header_(header), rows_(rows) {}

    [[nodiscard]] CsvProposal propose() {
        choose_columns();
        for (std::size_t i = 0; i < header_.size(); ++i) describe(i);
        choose_dates();
        choose_currency();
        return std::move(proposal_);
    }

  private:
    void choose_columns() {
        CsvMap& map = proposal_.map;
        map.columns = match(header_, round_synonyms());
        map.table = table_of(map.columns);
        // In a table without anything else about rounds, "name" is the company's, and a plain date is its
        // founding or means nothing.
        if (map.columns.contains("company") && map.table == CsvTable::companies) {
            map.columns = match(header_, company_synonyms());
        }
        if (!map.columns.contains(map.table == CsvTable::companies ? "name" : "company")) {
            std::string names;
            for (const std::string& heading : header_)
                names.append(names.empty() ? "" : ", ").append(heading);
            throw Error::refused(
                ErrorCode::unknown_kind, names,
                "a heading such as company, startup or organization; write a map, or start from a ready "
                "one, and say which column it is");
        }
        if (map.table == CsvTable::investments && map.columns.contains("raised")) {
            map.columns["amount"] = map.columns.extract("raised").mapped();
        }
    }

    void describe(std::size_t i) {
        CsvProposal::Column column{
            .heading = header_[i], .field = {}, .first_values = {}, .amount_styles = {}, .date_formats = {}};
        for (const auto& [field, heading] : proposal_.map.columns) {
            if (heading == column.heading) column.field = field;
        }
        std::vector<std::string> filled;
        for (const auto& row : rows_) {
            std::string cell = cell_of(row, i);
            if (column.field == "raised" || column.field == "amount") count_style(cell, column);
            auto& shown = column.first_values;
            if (detail::says_nothing(cell)) continue;
            if (shown.size() < 3 && std::find(shown.begin(), shown.end(), cell) == shown.end())
                shown.push_back(cell);
            filled.push_back(std::move(cell));
        }
        if (is_date(column.field)) choose_formats(column, filled);
        proposal_.columns.push_back(std::move(column));
    }

    [[nodiscard]] static bool is_date(std::string_view field) {
        return field == "announced" || field == "closed" || field == "founded";
    }

    void count_style(const std::string& cell, CsvProposal::Column& column) {
        AmountRules rules{.styles = {},
                          .magnitudes = {IndianMagnitude::lakh, IndianMagnitude::crore},
                          .symbols = {},
                          .currency = "UNNAMED"};
        Currencies currencies;
        currencies.add(Currency::user_defined("UNNAMED", 2));
        try {
            const CsvAmount amount = read_csv_amount(cell, rules, {}, currencies);
            ++column.amount_styles[std::string(to_string(amount.style))];
            if (!amount.amount || !amount.amount->disclosed()) return;
            without_currency_ = without_currency_ || amount.amount->currency()->code() == "UNNAMED";
            rules.magnitudes.clear();
            static_cast<void>(read_csv_amount(cell, rules, {}, currencies));
        } catch (const Error&) {
            if (rules.magnitudes.empty()) {
                proposal_.map.amounts.magnitudes = {IndianMagnitude::lakh, IndianMagnitude::crore};
                return;
            }
            remark("the column " + detail::quoted(column.heading) + " holds " + detail::quoted(cell) +
                   ", which is no amount that is known here");
        }
    }

    void choose_formats(CsvProposal::Column& column, const std::vector<std::string>& cells) {
        const std::string name = "the column " + detail::quoted(column.heading);
        auto& formats = column.date_formats;
        formats = best_formats(cells);
        if (formats.size() > 1) {
            std::string names;
            for (const std::string& format : formats)
                names.append(names.empty() ? "" : " or ").append(format);
            remark(name + " can be read as " + names + ": keep the one that it is in \"date_formats\"");
        }
        add_coarser(cells, formats);
        for (const std::string& cell : cells) {
            if (formats.empty()) {
                remark(name + " holds " + detail::quoted(cell) + ": say in \"date_formats\" how to read it");
                return;
            }
            if (!read_by_any(cell, formats))
                remark(name + " holds " + detail::quoted(cell) + ", which will be refused");
        }
    }

    void remark(std::string text) { proposal_.remarks.push_back(std::move(text)); }

    void choose_dates() {
        auto& formats = proposal_.map.date_formats;
        for (const CsvProposal::Column& column : proposal_.columns) {
            for (const std::string& format : column.date_formats) {
                if (std::find(formats.begin(), formats.end(), format) == formats.end())
                    formats.push_back(format);
            }
        }
    }

    // Amounts that name no currency have the one in their heading, or one that a person has to say.
    void choose_currency() {
        const auto& columns = proposal_.map.columns;
        if (!without_currency_ || columns.contains("currency")) return;
        const auto amounts = columns.find(proposal_.map.table == CsvTable::investments ? "amount" : "raised");
        if (heading_key(amounts->second).ends_with("usd")) {
            proposal_.map.amounts.currency = "USD";
        } else {
            remark("the column " + detail::quoted(amounts->second) +
                   " has amounts without a currency: say which in \"currency\"");
        }
    }

    std::span<const std::string> header_;
    Rows rows_;
    CsvProposal proposal_;
    bool without_currency_ = false;
};

//--- The beginning of a file

// Reads the text with one delimiter. The text may end in the middle of a row.
[[nodiscard]] CsvSample sample_of(const std::string& text, std::string_view name, char delimiter,
                                  std::size_t rows, bool whole) {
    CsvSample sample{.header = {}, .rows = {}, .delimiter = delimiter, .encoding = CsvEncoding::utf8};
    std::istringstream in(text);
    detail::CsvReader reader(in, name, delimiter);
    detail::CsvRow row;
    try {
        while (sample.rows.size() < rows && reader.next(row)) {
            (sample.header.empty() ? sample.header : sample.rows.emplace_back()) = row.cells;
        }
    } catch (const Error&) {
        if (whole || sample.header.empty()) throw;
    }
    return sample;
}

void decode(CsvSample& sample) {
    const auto all = [&](CsvEncoding encoding) {
        CsvSample decoded = sample;
        for (std::string& cell : decoded.header) cell = detail::decode(cell, encoding);
        for (auto& row : decoded.rows) {
            for (std::string& cell : row) cell = detail::decode(cell, encoding);
        }
        decoded.encoding = encoding;
        sample = std::move(decoded);
    };
    try {
        all(CsvEncoding::utf8);
    } catch (const Error&) {
        all(CsvEncoding::latin1);
    }
}

}  // namespace

CsvSample read_csv_sample(std::istream& csv, std::string_view name, std::size_t rows) {
    constexpr std::size_t limit = std::size_t{1} << 20U;
    std::string text(limit, '\0');
    csv.read(text.data(), static_cast<std::streamsize>(limit));
    text.resize(static_cast<std::size_t>(csv.gcount()));
    const bool whole = text.size() < limit;
    CsvSample best;
    std::optional<Error> failure;  // of the first delimiter: under a wrong one, quoted cells are not CSV
    for (const char delimiter : {',', ';', '\t'}) {
        try {
            CsvSample other = sample_of(text, name, delimiter, rows, whole);
            if (other.header.size() > best.header.size()) best = std::move(other);
        } catch (const Error& error) {
            if (!failure) failure = error;
        }
    }
    if (best.header.empty() && failure) throw Error(*failure);
    if (best.header.empty())
        throw Error(ErrorCode::missing_field, "is empty, expected a header and rows").at(name, 0);
    try {
        decode(best);
    } catch (const Error& error) {
        throw error.at(name, 0);
    }
    return best;
}

CsvProposal propose_map(std::span<const std::string> header, std::span<const std::vector<std::string>> rows) {
    detail::refuse_acquisitions({header.begin(), header.end()});
    return Proposer(header, rows).propose();
}

CsvProposal propose_map(const CsvSample& sample) {
    CsvProposal proposal = propose_map(sample.header, sample.rows);
    proposal.map.delimiter = sample.delimiter;
    proposal.map.encoding = sample.encoding;
    return proposal;
}

}  // namespace postmoney
