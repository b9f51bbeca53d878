#include "import/csv/csv_rows.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/ascii.hpp"
#include "base/csv/csv_text.hpp"
#include "base/unicode.hpp"
#include "import/csv/csv_acquisitions.hpp"
#include "import/csv/csv_encoding.hpp"

namespace postmoney::detail {

namespace {

// Whether a piece of a list belongs to the name before it: "Blue Fund, LLC" is one name.
[[nodiscard]] bool is_legal_form(std::string_view piece) {
    std::string word = lower(piece);
    std::erase(word, '.');
    constexpr std::array<std::string_view, 14> forms{"inc",  "incorporated", "llc", "ltd",  "limited",
                                                     "lp",   "llp",          "plc", "corp", "co",
                                                     "gmbh", "ag",           "sa",  "nv"};
    return std::find(forms.begin(), forms.end(), word) != forms.end();
}

[[nodiscard]] bool is_nobody(std::string_view piece) {
    const std::string word = lower(piece);
    return says_nothing(piece) || word == "undisclosed" || word == "undisclosed investor" ||
           word == "undisclosed investors" || word == "unknown";
}

// The text in lower case, with a hyphen for everything but letters and digits: "Series A+" gives
// "series-a-plus".
[[nodiscard]] std::string slug(std::string_view text) {
    std::string result;
    bool gap = false;
    const auto append = [&](std::string_view piece) {
        if (gap && !result.empty()) result += '-';
        gap = false;
        result += piece;
    };
    const std::string composed = lower(nfc(text));
    for (std::size_t i = 0; i < composed.size(); ++i) {
        const char c = composed[i];
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (c == '+') {
            gap = true;
            append("plus");
            gap = true;
        } else if (letter) {
            append(std::string_view(composed).substr(i, 1));
        } else {
            gap = true;
        }
    }
    return result;
}

[[nodiscard]] std::string join(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& text : texts) result.append(result.empty() ? "" : ", ").append(text);
    return result;
}

}  // namespace

CsvRows::CsvRows(std::istream& in, std::string_view name, const CsvMap& map, const Currencies& currencies)
    : reader_(in, name, map.delimiter), name_(name), map_(&map), currencies_(&currencies) {
    CsvRow header;
    if (!reader_.next(header))
        throw Error(ErrorCode::missing_field, "is empty, expected a header and rows").at(name_, 0);
    try {
        for (std::string& heading : header.cells) heading = trimmed(decode(heading, map.encoding));
        refuse_acquisitions(header.cells);
        find_columns(header.cells);
    } catch (const Error& error) {
        throw error.at(name_, header.number);
    }
    width_ = header.cells.size();
    source_id_ = map.source.id.empty() ? std::filesystem::path(name).filename().string() : map.source.id;
}

Entry CsvRows::source() const {
    Source source = map_->source;
    source.id = source_id_;
    return {.content = std::move(source)};
}

void CsvRows::find_columns(const std::vector<std::string>& header) {
    for (const auto& [field, heading] : map_->columns) {
        const auto column = column_of(header, heading);
        if (column) {
            columns_.emplace(field, *column);
            headings_.emplace(field, header[*column]);
            continue;
        }
        const auto& optional = map_->optional;
        if (std::find(optional.begin(), optional.end(), field) != optional.end()) continue;
        throw Error(ErrorCode::missing_field, "no such column, though the map has it for " +
                                                  detail::quoted(field) + "; the header has " + join(header))
            .in_field(heading);
    }
}

// Finds exactly this heading, else the only one that differs from it just in case, spaces and punctuation.
std::optional<std::size_t> CsvRows::column_of(const std::vector<std::string>& header,
                                              const std::string& heading) const {
    const auto find = [&](const auto& same) -> std::optional<std::size_t> {
        const auto first = std::find_if(header.begin(), header.end(), same);
        if (first == header.end()) return std::nullopt;
        if (std::find_if(first + 1, header.end(), same) != header.end()) {
            throw Error(ErrorCode::duplicate_field, "two columns have this heading, expected one")
                .in_field(heading);
        }
        return static_cast<std::size_t>(first - header.begin());
    };
    if (const auto exact = find([&](const std::string& other) { return other == heading; })) return exact;
    const std::string key = heading_key(heading);
    if (key.empty()) return std::nullopt;
    return find([&](const std::string& other) { return heading_key(other) == key; });
}

Error CsvRows::placed(const Error& error) const {
    Error result(error.code(), error.message());
    if (!error.field().empty()) {
        const auto heading = headings_.find(error.field());
        result = result.in_field(heading == headings_.end() ? error.field() : heading->second);
    }
    return result.at(name_, row_.number);
}

//--- A row's entries

std::vector<Entry> CsvRows::entries() {
    const Cells& cells = row_.cells;
    if (cells.size() != width_) {
        throw Error(ErrorCode::bad_text, "the row has " + std::to_string(cells.size()) + " cells, expected " +
                                             std::to_string(width_) + ", as many as the header");
    }
    if (map_->table == CsvTable::companies) return {company_entry(cells)};
    std::vector<Entry> entries{round_entry(cells)};
    const std::string handle = std::get<RoundStatement>(entries.front().content).round;
    if (map_->table == CsvTable::investments) {
        Participation participation{.round = handle, .investor = required_text(cells, "investor")};
        std::optional<std::string> as_written;
        amount(cells, "amount", participation.amount, as_written);
        entries.push_back(
            {.source = source_id_, .as_written = as_written, .content = std::move(participation)});
        return entries;
    }
    for (std::string& name : names(cells, "investor")) {
        entries.push_back(
            {.source = source_id_, .content = Participation{.round = handle, .investor = std::move(name)}});
    }
    return entries;
}

Entry CsvRows::company_entry(const Cells& cells) {
    Party party{.name = required_text(cells, "name"), .type = word<PartyType>(cells, "type")};
    if (!columns_.contains("type")) party.type = PartyType::company;
    party.aliases = names(cells, "aliases");
    party.country = optional_text(cells, "country");
    if (party.country &&
        (party.country->size() != 2 || !std::all_of(party.country->begin(), party.country->end(),
                                                    [](char c) { return c >= 'A' && c <= 'Z'; }))) {
        throw Error::refused(ErrorCode::bad_text, *party.country,
                             "a country code of two capital letters, as in ISO 3166-1")
            .in_field("country");
    }
    party.founded = date(cells, "founded");
    party.market = optional_text(cells, "market");
    return {.source = source_id_, .content = std::move(party)};
}

Entry CsvRows::round_entry(const Cells& cells) {
    Entry entry{.source = source_id_, .content = RoundStatement{}};
    auto& round = std::get<RoundStatement>(entry.content);
    round.company = required_text(cells, "company");
    round.name = optional_text(cells, "name");
    round.stage = optional_text(cells, "stage");
    round.status = word<RoundStatus>(cells, "status");
    round.instrument = word<Instrument>(cells, "instrument");
    round.announced = date(cells, "announced");
    round.closed = date(cells, "closed");
    round.first_sale = date(cells, "first_sale");
    round.filed = date(cells, "filed");
    amount(cells, "raised", round.raised, entry.as_written);
    round.round = handle_of(round, cells);
    return entry;
}

std::string CsvRows::handle_of(const RoundStatement& round, const Cells& cells) {
    if (auto given = optional_text(cells, "round")) return *std::move(given);
    const auto day = round.closed       ? round.closed
                     : round.announced  ? round.announced
                     : round.first_sale ? round.first_sale
                                        : round.filed;
    const auto& parts = map_->handle;
    const auto chosen = [&](std::string_view part) {
        return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
    };
    const std::string name = chosen("name") && round.name ? slug(*round.name) : std::string();
    const std::string date = chosen("date") && day ? day->to_string() : std::string();
    if (name.empty() && date.empty()) {
        throw Error(ErrorCode::missing_field,
                    "missing, expected a name or a date, to tell the company's rounds apart")
            .in_field(headings_.contains("name") ? "name" : "announced");
    }
    std::string handle = slug(*round.company);
    if (handle.empty()) {
        throw Error::refused(ErrorCode::bad_text, *round.company, "a name with a letter or a digit")
            .in_field("company");
    }
    for (const std::string& part : {name, lower(date)}) {
        if (!part.empty()) handle.append("-").append(part);
    }
    return handle;
}

//--- Cells. Each reader's errors name the field; `placed` turns the field into the heading.

std::string CsvRows::text(const Cells& cells, const std::string& field) const {
    const auto column = columns_.find(field);
    if (column == columns_.end()) return {};
    try {
        return std::string(trimmed(decode(cells[column->second], map_->encoding)));
    } catch (const Error& error) {
        throw error.in_field(field);
    }
}

std::optional<std::string> CsvRows::optional_text(const Cells& cells, const std::string& field) const {
    std::string cell = text(cells, field);
    if (says_nothing(cell)) return std::nullopt;
    return cell;
}

std::string CsvRows::required_text(const Cells& cells, const std::string& field) const {
    std::string cell = text(cells, field);
    if (says_nothing(cell)) throw Error::refused(ErrorCode::missing_field, cell, "a name").in_field(field);
    return cell;
}

std::vector<std::string> CsvRows::names(const Cells& cells, const std::string& field) const {
    std::vector<std::string> result;
    const std::string cell = text(cells, field);
    for (std::size_t start = 0; start <= cell.size();) {
        const std::size_t end = std::min(cell.find(map_->separator, start), cell.size());
        const std::string piece(trimmed(std::string_view(cell).substr(start, end - start)));
        if (!result.empty() && is_legal_form(piece)) {
            result.back().append(map_->separator).append(" ").append(piece);
        } else if (!is_nobody(piece) && std::find(result.begin(), result.end(), piece) == result.end()) {
            result.push_back(piece);
        }
        start = end + map_->separator.size();
    }
    return result;
}

std::optional<PartialDate> CsvRows::date(const Cells& cells, const std::string& field) const {
    const auto cell = optional_text(cells, field);
    if (!cell) return std::nullopt;
    try {
        return read_csv_date(*cell, map_->date_formats);
    } catch (const Error& error) {
        throw error.in_field(field);
    }
}

template <class Enum>
std::optional<Enum> CsvRows::word(const Cells& cells, const std::string& field) const {
    const auto cell = optional_text(cells, field);
    if (!cell) return std::nullopt;
    try {
        return from_word<Enum>(*cell);
    } catch (const Error& error) {
        throw error.in_field(field);
    }
}

std::optional<Currency> CsvRows::row_currency(const Cells& cells) const {
    const auto cell = optional_text(cells, "currency");
    if (!cell) return std::nullopt;
    try {
        return currencies_->get(in_capitals(*cell));
    } catch (const Error& error) {
        throw error.in_field("currency");
    }
}

void CsvRows::amount(const Cells& cells, const std::string& field, std::optional<Amount>& amount,
                     std::optional<std::string>& as_written) {
    const auto heading = headings_.find(field);
    if (heading == headings_.end()) return;
    const std::string cell = text(cells, field);
    try {
        const CsvAmount found = read_csv_amount(cell, map_->amounts, row_currency(cells), *currencies_);
        StyleCounts& styles = styles_[heading->second];
        ++styles.counts[found.style];
        if (found.fits_indian && found.style == AmountStyle::thousands) ++styles.fits_indian;
        amount = found.amount;
        if (found.amount) as_written = cell;
    } catch (const Error& error) {
        throw error.in_field(field);
    }
}

// A number that both groupings write alike, as 13,000, counts for the style of the rest of its column.
std::map<std::string, std::map<std::string, std::int64_t>> CsvRows::amount_styles() const {
    std::map<std::string, std::map<std::string, std::int64_t>> result;
    for (const auto& [heading, styles] : styles_) {
        auto counts = styles.counts;
        if (counts.contains(AmountStyle::indian) && counts[AmountStyle::thousands] == styles.fits_indian) {
            counts[AmountStyle::indian] += styles.fits_indian;
            counts.erase(AmountStyle::thousands);
        }
        for (const auto& [style, count] : counts) {
            if (count != 0) result[heading].emplace(to_string(style), count);
        }
    }
    return result;
}

}  // namespace postmoney::detail
