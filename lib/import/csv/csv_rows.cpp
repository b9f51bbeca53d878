#include "import/csv/csv_rows.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/ascii.hpp"
#include "base/csv/csv_text.hpp"
#include "base/unicode.hpp"
#include "import/csv/csv_acquisitions.hpp"
#include "import/csv/csv_amount.hpp"
#include "import/csv/csv_encoding.hpp"
#include "import/csv/csv_words.hpp"

namespace postmoney::detail {

namespace {

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

// The date of a round by which a table tells it from others.
[[nodiscard]] std::optional<PartialDate> date_of_round(const RoundStatement& round) {
    if (round.closed) return round.closed;
    if (round.announced) return round.announced;
    return round.first_sale ? round.first_sale : round.filed;
}

// Schemes whose names are ids, whether or not one is on record.
constexpr std::array<std::string_view, 5> known_schemes{"cik", "lei", "isin", "uei", "crunchbase"};

constexpr std::int64_t most_listed = 10;  // of the rows whose amounts disagree

[[nodiscard]] bool is_disclosed(const std::optional<Amount>& amount) {
    return amount && amount->disclosed();
}

}  // namespace

CsvRows::CsvRows(std::istream& in, std::string_view name, const CsvMap& map, CsvContext context)
    : in_(&in),
      start_(in.tellg()),
      name_(name),
      map_(&map),
      context_(std::move(context)),
      reader_(in, name, map.delimiter),
      row_(header_of(reader_, name, map)),
      columns_(columns_of(row_, name, map)),
      cells_(
          map, columns_, context_.currencies,
          [this](std::string_view text) { return context_.names.contains(text); },
          [this](const CsvColumn& column) { return marks_of(column); }),
      source_id_(map.source.id.empty() ? std::filesystem::path(name).filename().string() : map.source.id) {}

CsvRow CsvRows::header_of(CsvReader& reader, std::string_view name, const CsvMap& map) {
    CsvRow header;
    if (!reader.next(header))
        throw Error(ErrorCode::missing_field, "is empty, expected a header and rows").at(name, 0);
    try {
        const CsvEncoding encoding = reader.has_byte_order_mark() ? CsvEncoding::utf8 : map.encoding;
        for (std::string& heading : header.cells) heading = std::string(trimmed(decode(heading, encoding)));
        refuse_acquisitions(header.cells);
    } catch (const Error& error) {
        throw error.at(name, header.number);
    }
    return header;
}

CsvColumns CsvRows::columns_of(const CsvRow& header, std::string_view name, const CsvMap& map) {
    try {
        return {header.cells, map};
    } catch (const Error& error) {
        throw error.at(name, header.number);
    }
}

// Reads the file a second time, for the cells of one column.
std::optional<ColumnMarks> CsvRows::marks_of(const CsvColumn& column) const {
    const auto state = in_->rdstate();
    in_->clear();
    const auto here = in_->tellg();
    if (start_ < std::istream::pos_type(0) || here < std::istream::pos_type(0) || !in_->seekg(start_)) {
        in_->clear(state);
        return std::nullopt;
    }
    ColumnMarks marks;
    CsvReader reader(*in_, name_, map_->delimiter);
    CsvRow row;
    try {
        reader.next(row);  // the header
        const CsvEncoding encoding = reader.has_byte_order_mark() ? CsvEncoding::utf8 : map_->encoding;
        while (reader.next(row)) {
            if (row.cells.size() != columns_.width()) continue;
            marks.add(decode(row.cells[column.place], encoding), column.rules);
        }
    } catch (const Error&) {
        // What is no CSV is refused where it is read.
    }
    in_->clear();
    in_->seekg(here);
    in_->clear(state);
    return marks;
}

Entry CsvRows::source() const {
    Source source = map_->source;
    source.id = source_id_;
    return {.content = std::move(source)};
}

bool CsvRows::next() {
    while (reader_.next(row_)) {
        cells_.set_row(row_, reader_.has_byte_order_mark());
        if (!cells_.is_skipped()) return true;
        ++skipped_;
    }
    return false;
}

Error CsvRows::placed(const Error& error, std::uint64_t number) const {
    std::string message = error.message();
    if (error.code() == ErrorCode::wrong_company)
        message += "; the map's \"handle\" or a column for \"round\" tells rounds apart";
    Error result(error.code(), message);
    if (!error.field().empty()) result = result.in_field(columns_.heading_of(error.field()));
    return result.at(name_, number);
}

void CsvRows::add_to(CsvReport& report) const {
    report.skipped = skipped_;
    report.zeros = cells_.zeros();
    report.usd_disagreements = usd_disagreements_;
    report.first_disagreements = first_disagreements_;
    report.inferred_instruments = inferred_;
    report.unused_columns = columns_.unused();
    report.amount_styles = cells_.amount_styles();
}

//--- A row's entries

std::vector<Entry> CsvRows::entries() {
    if (row_.cells.size() != columns_.width()) {
        throw Error(ErrorCode::bad_text, "the row has " + std::to_string(row_.cells.size()) +
                                             " cells, expected " + std::to_string(columns_.width()) +
                                             ", as many as the header");
    }
    std::vector<Entry> entries;
    add_row_source(entries);
    if (map_->table == CsvTable::companies) {
        add_company(entries);
    } else {
        add_round(entries);
    }
    add_names(entries);
    return entries;
}

void CsvRows::add(std::vector<Entry>& entries, EntryContent content,
                  std::optional<std::string> as_written) const {
    entries.push_back(
        {.source = row_source_, .as_written = std::move(as_written), .content = std::move(content)});
}

void CsvRows::add_row_source(std::vector<Entry>& entries) {
    row_source_ = source_id_;
    const auto id = cells_.optional_text(CsvFieldId::source_id);
    const auto url = cells_.optional_text(CsvFieldId::source_url);
    const auto type = cells_.word<SourceType>(CsvFieldId::source_type);
    const auto published = cells_.date(CsvFieldId::source_date);
    const auto publisher = cells_.optional_text(CsvFieldId::source_publisher);
    if (!id && !url && !type && !published && !publisher) return;
    // What tells the row's source from others, when it has neither id nor URL.
    std::string told = source_id_;
    if (publisher) told += ", " + *publisher;
    if (type) told.append(", ").append(to_string(*type));
    if (published) told += ", " + published->to_string();
    row_source_ = id ? *id : url ? *url : told;
    Source source{
        .id = row_source_, .type = type.value_or(map_->source.type), .publisher = publisher, .url = url};
    source.published = published;
    entries.push_back({.content = std::move(source)});
}

void CsvRows::add_company(std::vector<Entry>& entries) {
    Party party{.name = cells_.required_name(CsvFieldId::name),
                .type = cells_.word<PartyType>(CsvFieldId::type)};
    if (!cells_.has(CsvFieldId::type)) party.type = PartyType::company;
    party.aliases = cells_.names(CsvFieldId::aliases).names;
    party.country = cells_.optional_text(CsvFieldId::country);
    if (party.country &&
        (party.country->size() != 2 || !std::all_of(party.country->begin(), party.country->end(),
                                                    [](char c) { return c >= 'A' && c <= 'Z'; }))) {
        throw Error::refused(
            ErrorCode::bad_text, *party.country,
            "a country code of two capital letters, as in ISO 3166-1; the map's \"words\" translates others")
            .in_field("country");
    }
    party.founded = cells_.date(CsvFieldId::founded);
    party.market = cells_.optional_text(CsvFieldId::market);
    const std::string company = party.name;
    add(entries, std::move(party));
    add_company_figures(entries, company);
}

void CsvRows::add_company_figures(std::vector<Entry>& entries, const std::string& company) {
    WrittenAmount total = cells_.amount(CsvFieldId::total_raised);
    if (is_disclosed(total.amount)) {
        add(entries,
            StatedTotal{.company = company,
                        .amount = *total.amount,
                        .on = day_of("total_raised", cells_.date(CsvFieldId::as_of))},
            std::move(total.as_written));
    }
    if (map_->table != CsvTable::companies) return;
    WrittenAmount value = cells_.amount(CsvFieldId::valuation);
    if (!is_disclosed(value.amount)) return;
    Valuation valuation{.company = company,
                        .amount = *value.amount,
                        .on = day_of("valuation", cells_.date(CsvFieldId::as_of))};
    add(entries, std::move(valuation), std::move(value.as_written));
}

PartialDate CsvRows::day_of(std::string_view what, std::optional<PartialDate> date) const {
    if (date) return *date;
    if (map_->source.published) return *map_->source.published;
    throw Error(
        ErrorCode::missing_field,
        "has no date, expected one in the column for \"as_of\", or \"published\" in the map's \"source\"")
        .in_field(what);
}

void CsvRows::add_round(std::vector<Entry>& entries) {
    Entry entry{.source = row_source_, .content = RoundStatement{}};
    RoundStatement round;
    round.company = cells_.required_name(CsvFieldId::company);
    round.instrument = instrument();
    round.name = cells_.optional_text(CsvFieldId::name);
    round.stage = cells_.optional_text(CsvFieldId::stage);
    round.status = cells_.word<RoundStatus>(CsvFieldId::status);
    round.announced = cells_.date(CsvFieldId::announced);
    round.closed = cells_.date(CsvFieldId::closed);
    refuse_closing(round);
    round.first_sale = cells_.date(CsvFieldId::first_sale);
    round.filed = cells_.date(CsvFieldId::filed);
    round.investors = cells_.count(CsvFieldId::investors);
    add_amounts(entry, round);
    round.round = handle_of(round);
    if (map_->investor_rows) refuse_other_amount(round);
    ListedNames investors;
    if (map_->table == CsvTable::rounds) investors = cells_.names(CsvFieldId::investor);
    if (!investors.placeholders.empty() && !map_->investor_rows)
        round.attributes[columns_.heading_of("investor")] = investors.placeholders;
    entry.content = round;
    entries.push_back(std::move(entry));
    if (map_->table == CsvTable::investments) {
        add_investment(entries, round);
    } else {
        add_investors(entries, round, investors);
    }
    add_valuation(entries, CsvFieldId::pre_money, ValuationBasis::pre_money, round);
    add_valuation(entries, CsvFieldId::post_money, ValuationBasis::post_money, round);
    add_valuation(entries, CsvFieldId::valuation, ValuationBasis::unspecified, round);
    add_company_figures(entries, *round.company);
}

// A round that closed brings money whatever its status, so that a day of closing has to be one.
void CsvRows::refuse_closing(const RoundStatement& round) const {
    const bool is_without = round.status == RoundStatus::cancelled || round.status == RoundStatus::rumoured;
    if (!is_without || !round.closed) return;
    throw Error::refused(
        ErrorCode::bad_date, cells_.raw(CsvFieldId::closed),
        "no day of closing, as the row's status is " + std::string(to_string(*round.status)) +
            ", and what closed counts: the map's \"columns\" has the column under \"announced\", or "
            "\"words\" "
            "says another status")
        .in_field("closed");
}

// What was raised, in the currency of the source. Its figure in US dollars is another spelling of that, which
// the round keeps where it says something else.
void CsvRows::add_raised(Entry& entry, RoundStatement& round) {
    WrittenAmount raised = cells_.amount(CsvFieldId::raised);
    WrittenAmount usd = cells_.amount(CsvFieldId::raised_usd);
    if (!is_disclosed(raised.amount) && is_disclosed(usd.amount)) std::swap(raised, usd);
    if (is_disclosed(raised.amount) && is_disclosed(usd.amount)) {
        // No rate on record decides whether the source converted rightly.
        const bool is_converted = raised.amount->currency() != usd.amount->currency();
        const bool differs = !is_converted && agreement(*raised.amount, *usd.amount) != Agreement::agree;
        if (is_converted || differs)
            round.attributes[columns_.heading_of("raised_usd")] = usd.amount->to_string();
        if (differs && usd_disagreements_++ < most_listed) {
            first_disagreements_.push_back(
                {row_.number, raised.amount->to_string(), usd.amount->to_string()});
        }
    }
    round.raised = std::move(raised.amount);
    entry.as_written = std::move(raised.as_written);
}

void CsvRows::add_amounts(Entry& entry, RoundStatement& round) {
    add_raised(entry, round);
    if (const auto price = cells_.price(CsvFieldId::price_per_share)) {
        if (!price->currency) {
            throw Error::refused(
                ErrorCode::bad_amount, cells_.raw(CsvFieldId::price_per_share),
                "a currency in the cell, in the row's column for it, or as the map's \"currency\" "
                "or \"currencies\"")
                .in_field("price_per_share");
        }
        round.price_per_share = PricePerShare(price->number, *price->currency);
    }
    if (map_->table != CsvTable::rounds) return;
    if (const auto shares = cells_.number(CsvFieldId::shares)) round.shares_issued = ShareCount(*shares);
}

// A row of another amount for the same round has, as likely as not, each investor's part.
void CsvRows::refuse_other_amount(const RoundStatement& round) {
    const std::string raised = round.raised ? round.raised->to_string() : std::string();
    const auto [earlier, is_new] = earlier_.try_emplace(round.round, EarlierRow{raised, row_.number});
    if (is_new || earlier->second.raised == raised) return;
    throw Error::refused(
        ErrorCode::bad_amount, raised,
        (earlier->second.raised.empty() ? std::string("none") : earlier->second.raised) + ", as row " +
            std::to_string(earlier->second.row) +
            " has it for the same round. If these are parts of it, the map's \"table\" is investments")
        .in_field("raised");
}

// Which of two amounts counts no row could say: lines recorded at one time have no order.
void CsvRows::refuse_other_part(const Participation& part) {
    const auto known = context_.parties.find(part.investor);
    const std::string party =
        known == context_.parties.end() ? part.investor : "\n" + std::to_string(known->second);
    const auto digest = hash_(part.round + '\n' + party);
    PartKey key{};
    std::memcpy(key.data(), digest.data(), sizeof key);
    const bool told = is_disclosed(part.amount);
    const std::string amount = told ? part.amount->to_string() : std::string();
    const std::string shares = part.shares ? part.shares->to_string() : std::string();
    EarlierPart& earlier = parts_.try_emplace(key, EarlierPart{{}, {}, row_.number}).first->second;
    const auto refuse = [&](CsvFieldId field, const std::string& got, const std::string& expected) {
        throw Error::refused(ErrorCode::bad_amount, got,
                             expected + ", as row " + std::to_string(earlier.row) +
                                 " has it for the same investor in the same round: add two payments up in "
                                 "one row, or tell two "
                                 "rounds apart by the map's \"handle\" or a column for \"round\"")
            .in_field(field_name(field));
    };
    const auto is_other = [&] {
        if (amount.empty() || earlier.amount.empty() || amount == earlier.amount) return false;
        const Amount before = Amount::parse(earlier.amount, context_.currencies);
        return part.amount->known() != before.known() || part.amount->lower() != before.lower() ||
               part.amount->upper() != before.upper();
    };
    if (is_other()) refuse(CsvFieldId::amount, amount, earlier.amount);
    if (!shares.empty() && !earlier.shares.empty() && shares != earlier.shares)
        refuse(CsvFieldId::shares, shares, earlier.shares);
    if (earlier.amount.empty()) earlier.amount = amount;
    if (earlier.shares.empty()) earlier.shares = shares;
}

void CsvRows::add_valuation(std::vector<Entry>& entries, CsvFieldId field, ValuationBasis basis,
                            const RoundStatement& round) {
    WrittenAmount value = cells_.amount(field);
    if (!is_disclosed(value.amount)) return;
    const auto date = date_of_round(round);
    if (!date) {
        throw Error(ErrorCode::missing_field, "has no date: the row has none for its round")
            .in_field(field_name(field));
    }
    Valuation valuation{.company = *round.company, .amount = *value.amount, .basis = basis, .on = *date};
    valuation.round = round.round;
    add(entries, std::move(valuation), std::move(value.as_written));
}

// A column that says no of an investor whose name says yes; an empty cell says neither.
void CsvRows::refuse_no_lead(const std::string& name) const {
    if (cells_.yes(CsvFieldId::lead) != false || !cells_.optional_text(CsvFieldId::lead)) return;
    throw Error::refused(ErrorCode::bad_text, cells_.raw(CsvFieldId::lead),
                         "what the row's list of investors says: that " + detail::quoted(name) + " led")
        .in_field("lead");
}

void CsvRows::add_investors(std::vector<Entry>& entries, const RoundStatement& round,
                            const ListedNames& investors) {
    const std::optional<bool> said =
        cells_.has(CsvFieldId::lead) ? cells_.yes(CsvFieldId::lead) : std::nullopt;
    if (said == true && investors.names.size() > 1) {
        throw Error::refused(ErrorCode::bad_text, cells_.raw(CsvFieldId::lead),
                             "the name of who led, as the row has " + std::to_string(investors.names.size()) +
                                 " investors; \"words\" says it, or \"columns\" leaves the column out")
            .in_field("lead");
    }
    std::vector<std::string> lead_names = investors.leads;
    if (!said) {
        for (std::string& name : cells_.names(CsvFieldId::lead).names) lead_names.push_back(std::move(name));
    } else if (!investors.leads.empty()) {
        refuse_no_lead(investors.leads.front());
    }
    const auto add_one = [&](const std::string& name, bool lead) {
        Participation participation{.round = round.round, .investor = name};
        if (lead) participation.lead = true;
        add(entries, std::move(participation));
    };
    for (const std::string& name : investors.names) {
        const auto lead = std::find(lead_names.begin(), lead_names.end(), name);
        add_one(name, said == true || lead != lead_names.end());
    }
    for (const std::string& name : lead_names) {
        if (std::find(investors.names.begin(), investors.names.end(), name) == investors.names.end())
            add_one(name, true);
    }
}

void CsvRows::add_investment(std::vector<Entry>& entries, const RoundStatement& round) {
    const auto [investor, led] = cells_.investor();
    if (is_placeholder(investor, map_->not_investors)) {
        throw Error::refused(ErrorCode::missing_field, investor,
                             "the name of an investor; the map's \"skip\" leaves such rows out")
            .in_field("investor");
    }
    Participation participation{.round = round.round, .investor = investor};
    WrittenAmount paid = cells_.amount(CsvFieldId::amount);
    participation.amount = std::move(paid.amount);
    if (const auto shares = cells_.number(CsvFieldId::shares)) participation.shares = ShareCount(*shares);
    if (led) {
        refuse_no_lead(investor);
        participation.lead = true;
    } else if (cells_.has(CsvFieldId::lead)) {
        const auto lead = cells_.yes(CsvFieldId::lead);
        const auto names = cells_.names(CsvFieldId::lead).names;
        if (lead.value_or(std::find(names.begin(), names.end(), investor) != names.end()))
            participation.lead = true;
    }
    refuse_other_part(participation);
    add(entries, std::move(participation), std::move(paid.as_written));
}

// A ledger takes `scheme:value` for an id, unless a party is on record by that name.
void CsvRows::add_names(std::vector<Entry>& entries) const {
    std::vector<Entry> parties;
    const auto check = [&](const std::string& name) {
        if (name.find(':') == std::string::npos || !is_scheme_value(name)) return;
        const std::string_view scheme = std::string_view(name).substr(0, name.find(':'));
        const bool is_id =
            context_.schemes.contains(scheme) ||
            std::find(known_schemes.begin(), known_schemes.end(), scheme) != known_schemes.end();
        if (!is_id) parties.push_back({.source = source_id_, .content = Party{.name = name}});
    };
    for (const Entry& entry : entries) {
        if (const auto* round = std::get_if<RoundStatement>(&entry.content)) check(*round->company);
        if (const auto* part = std::get_if<Participation>(&entry.content)) check(part->investor);
    }
    entries.insert(entries.begin(), std::make_move_iterator(parties.begin()),
                   std::make_move_iterator(parties.end()));
}

// What the row says, or what the name or the stage of the round tells: a grant is no equity.
std::optional<Instrument> CsvRows::instrument() {
    const auto refuse_exit = [&](CsvFieldId field, const RoundWord& word) {
        throw Error::refused(
            ErrorCode::unknown_kind, cells_.raw(field),
            "a round: this is " + std::string(word.meaning) +
                ". The map's \"skip\" leaves such rows out, \"words\" says what else it means")
            .in_field(field_name(field));
    };
    std::optional<Instrument> told;
    std::optional<CsvFieldId> open;
    for (const CsvFieldId field : {CsvFieldId::instrument, CsvFieldId::stage, CsvFieldId::name}) {
        if (!cells_.has(field)) continue;
        const bool is_translated = cells_.is_translated(field);
        // What the map says that a cell is, is final: a word of an exit does not make it one.
        const std::string text = cells_.text(field);
        if (is_translated && text == cells_.raw(field)) continue;
        const RoundWord* word = round_word(text);
        if (word == nullptr || (is_translated && !word->instrument)) continue;
        if (word->is_exit()) refuse_exit(field, *word);
        if (field == CsvFieldId::instrument && word->instrument) return word->instrument;
        if (!told) told = word->instrument;
        if (!open && word->is_open && field != CsvFieldId::instrument) open = field;
    }
    if (const auto said = cells_.word<Instrument>(CsvFieldId::instrument)) return said;
    if (!told && open) refuse_open(*open);
    if (told) ++inferred_[std::string(to_string(*told))];
    return told;
}

// How much of the amount is capital that the company raised, no name of several instruments says.
void CsvRows::refuse_open(CsvFieldId field) const {
    const std::string cell = cells_.raw(field);
    throw Error::refused(
        ErrorCode::bad_word, cell,
        "what is surely one instrument: a column for \"instrument\" says which it is, or the map's \"words\" "
        "what it counts as, as {" +
            detail::quoted(field_name(field)) + ": {" + detail::quoted(cell) + ": \"Debt\"}}, or " +
            detail::quoted(cell) + " for capital that was raised")
        .in_field(field_name(field));
}

std::string CsvRows::handle_of(const RoundStatement& round) const {
    if (auto given = cells_.optional_text(CsvFieldId::round)) return *std::move(given);
    const auto day = date_of_round(round);
    const auto& parts = map_->handle;
    const auto chosen = [&](std::string_view part) {
        return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
    };
    const std::string name = chosen("name") && round.name ? slug(*round.name) : std::string();
    const std::string date = chosen("date") && day ? day->to_string() : std::string();
    if (name.empty() && date.empty()) {
        throw Error(ErrorCode::missing_field,
                    "missing, expected a name or a date, to tell the company's rounds apart")
            .in_field(cells_.has(CsvFieldId::name) ? "name" : "announced");
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

}  // namespace postmoney::detail
