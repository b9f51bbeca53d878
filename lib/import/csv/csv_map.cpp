#include "postmoney/import/csv_map.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/ascii.hpp"
#include "base/csv/csv_text.hpp"
#include "base/refusal.hpp"
#include "import/csv/csv_fields.hpp"
#include "postmoney/fact/instrument.hpp"
#include "postmoney/fact/party.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney {

namespace {

using Json = nlohmann::ordered_json;

template <CsvTable Table>
[[nodiscard]] constexpr detail::FieldNeed need_in(const detail::FieldRow& row) {
    return row.needs[static_cast<std::size_t>(Table)];
}

template <CsvTable Table>
[[nodiscard]] constexpr auto fields_of_table() {
    constexpr auto count = static_cast<std::size_t>(std::count_if(
        detail::field_rows.begin(), detail::field_rows.end(),
        [](const detail::FieldRow& row) { return need_in<Table>(row) != detail::FieldNeed::none; }));
    std::array<CsvField, count> fields{};
    std::size_t at = 0;
    for (const detail::FieldRow& row : detail::field_rows) {
        const detail::FieldNeed need = need_in<Table>(row);
        if (need == detail::FieldNeed::none) continue;
        fields[at++] = {row.name, need == detail::FieldNeed::needed, row.says};
    }
    return fields;
}

constexpr auto round_fields = fields_of_table<CsvTable::rounds>();
constexpr auto investment_fields = fields_of_table<CsvTable::investments>();
constexpr auto company_fields = fields_of_table<CsvTable::companies>();

constexpr std::array<std::string_view, 3> handle_fields{"company", "name", "date"};

constexpr std::string_view rounds_map = R"({
    "table": "rounds",
    "columns": {"company": "company", "announced": "date", "name": "series", "raised": "amount",
                "currency": "currency", "investor": "investors"},
    "optional": ["announced", "name", "currency", "investor"]})";
constexpr std::string_view investments_map = R"({
    "table": "investments",
    "columns": {"company": "company", "name": "round", "announced": "date", "investor": "investor",
                "amount": "amount", "currency": "currency"},
    "optional": ["announced", "currency"]})";
constexpr std::string_view companies_map = R"({
    "table": "companies",
    "columns": {"name": "company", "country": "country", "founded": "founded", "market": "market"},
    "optional": ["country", "founded", "market"]})";

//--- Reading: one overload for each type of member; the caller puts the field's name in front of its errors

[[noreturn]] void refuse_json_type(const Json& value, std::string_view expected) {
    throw Error::refused(ErrorCode::bad_type, value.dump(-1, ' ', false, Json::error_handler_t::replace),
                         expected);
}

template <class Map>
using AmountRulesOf = std::conditional_t<std::is_const_v<Map>, const AmountRules, AmountRules>;

[[nodiscard]] const std::string& text_of_json(const Json& value) {
    if (!value.is_string()) refuse_json_type(value, "a JSON string");
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty()) throw Error::refused(ErrorCode::bad_text, text, "a text that is not empty");
    return text;
}

void read_member(const Json& value, std::string& member) {
    member = text_of_json(value);
}
void read_member(const Json& value, Source& member);
template <detail::Worded Enum>
void read_member(const Json& value, Enum& member) {
    member = detail::from_word<Enum>(text_of_json(value));
}
void read_member(const Json& value, DecimalMark& member) {
    const std::string& text = text_of_json(value);
    member = text == "comma"   ? DecimalMark::comma
             : text == "point" ? DecimalMark::point
                               : detail::from_word<DecimalMark>(text);
}
void read_member(const Json& value, DigitGrouping& member) {
    constexpr std::array<std::string_view, 5> names{"comma", "point", "space", "apostrophe", "indian"};
    const std::string& text = text_of_json(value);
    const auto* name = std::find(names.begin(), names.end(), text);
    member = name != names.end() ? static_cast<DigitGrouping>(name - names.begin())
                                 : detail::from_word<DigitGrouping>(text);
}
void read_member(const Json& value, AmountUnit& member) {
    const std::string text = detail::lower(text_of_json(value));
    constexpr std::array<std::int32_t, 7> powers{0, 3, 6, 9, 12, 5, 7};
    const auto power = detail::power_of_word(text, Language::en);
    const auto* found = std::find(powers.begin(), powers.end(), power.value_or(-1));
    member = found != powers.end() ? static_cast<AmountUnit>(found - powers.begin())
                                   : detail::from_word<AmountUnit>(text);
}
void read_member(const Json& value, bool& member) {
    if (!value.is_boolean()) refuse_json_type(value, "true or false");
    member = value.get<bool>();
}
void read_member(const Json& value, int& member) {
    if (!value.is_number_integer() || value < 0 || value > 100)
        refuse_json_type(value, "a whole number from 0 to 100");
    member = value.get<int>();
}
void read_member(const Json& value, char& member) {
    const std::string& text = text_of_json(value);
    if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r" ||
        static_cast<unsigned char>(text[0]) >= 0x80) {
        throw Error::refused(ErrorCode::bad_text, text, "one ASCII character, such as , or ; or a tab");
    }
    member = text.front();
}
// One text is a list of one.
void read_member(const Json& value, std::vector<std::string>& member) {
    member.clear();
    if (value.is_string()) {
        member.push_back(text_of_json(value));
        return;
    }
    if (!value.is_array()) refuse_json_type(value, "a JSON array of strings");
    for (const Json& item : value) member.push_back(text_of_json(item));
}
template <class T>
void read_member(const Json& value, std::vector<T>& member) {
    if (!value.is_array()) refuse_json_type(value, "a JSON array of strings");
    for (const Json& item : value) read_member(item, member.emplace_back());
}
void read_member(const Json& value, std::map<std::string, std::string>& member) {
    if (!value.is_object()) refuse_json_type(value, "a JSON object of strings");
    for (const auto& [key, item] : value.items()) {
        detail::within_field(key,
                             [&, &name = key, &text = item] { member.emplace(name, text_of_json(text)); });
    }
}
template <class T>
void read_member(const Json& value, std::map<std::string, T>& member) {
    if (!value.is_object()) refuse_json_type(value, "a JSON object");
    for (const auto& [key, item] : value.items()) {
        detail::within_field(key, [&, &name = key, &inner = item] { read_member(inner, member[name]); });
    }
}
template <class T>
void read_member(const Json& value, std::optional<T>& member) {
    if constexpr (std::is_same_v<T, PartialDate>) {
        member = PartialDate::parse(text_of_json(value));
    } else {
        member.emplace();
        read_member(value, *member);
    }
}

// Reads the members that `visit` lists; any other member is refused.
template <class List>
void read_object(const Json& object, List list) {
    if (!object.is_object()) refuse_json_type(object, "a JSON object");
    std::string names;
    std::set<std::string, std::less<>> known;
    list([&](std::string_view name, auto& member, auto&&...) {
        names.append(names.empty() ? "" : ", ").append(name);
        known.emplace(name);
        const auto found = object.find(std::string(name));
        if (found != object.end()) detail::within_field(name, [&] { read_member(*found, member); });
    });
    for (const auto& [key, value] : object.items()) {
        if (!known.contains(key)) {
            throw Error(ErrorCode::unknown_field, "unknown, expected one of " + names).in_field(key);
        }
    }
}

// The one list of a map's members: what reads, writes and describes it follows.
template <class Map, class Visit>
void list_members(Map& map, Visit visit) {
    const auto list = [&](std::string_view name, auto& member, std::string_view says) {
        visit(name, member, says);
    };
    AmountRulesOf<Map>& amounts = map.amounts;
    list("table", map.table, "`rounds`, `investments` or `companies`");
    list("encoding", map.encoding,
         "`utf-8`, `latin-1` or `windows-1252`; UTF-16 is known by its byte-order mark");
    list("delimiter", map.delimiter, "between cells");
    list("source", map.source,
         "the one source of the table: `id` (default: the file's name), `type` (default: `database`), "
         "`publisher`, `title`, `url`, `published`, `language`");
    list("columns", map.columns, "{field: heading}; the fields are below");
    list("optional", map.optional, "fields whose column a table may lack");
    list("handle", map.handle,
         "what makes a round's handle, of `company`, `name`, `date`; default: all three");
    list("investor_rows", map.investor_rows,
         "`true` in a table of rounds with a row for each investor, which repeats the round and its amount");
    list("currency", amounts.currency, "of amounts that name none and have none in their row");
    list("currencies", map.currencies,
         "{field: currency} of a column whose amounts or prices all have that one, as `raised_amount_usd` "
         "beside the "
         "row's own");
    list("units", map.units,
         "{field: unit}: what its numbers count in, such as `million`, `thousand`, `lakh`, `cr`; `one` where "
         "a "
         "heading only seems to say so");
    list("decimal", amounts.decimal, "the mark before the decimals: `.` or `,`");
    list("grouping", amounts.grouping,
         "the only separator of digits: `,` `.` `'`, a space (of any kind) or `indian` (13,00,000)");
    list(
        "language", amounts.language,
        "of the words in amounts: `en`, `it`, `de`, `fr`, `es` or `pt`; default: any in which a cell has one "
        "reading");
    list("amount_styles", amounts.styles,
         "which of `thousands` (1,300,000), `indian` (13,00,000) and `short` ($8.8M) to take; default: all. "
         "Plain "
         "digits, `14,342,000+` (at least), N/A, undisclosed and empty cells are always read");
    list("magnitudes", amounts.magnitudes, "`[\"cr\", \"lakh\"]` where cells use them");
    list("symbols", amounts.symbols,
         "signs and the currencies they mean: `{\"¥\": \"CNY\", \"Fr.\": \"CHF\"}`");
    list("zero", map.zero, "`disclosed` where 0 is an amount; else it is undisclosed, and counted");
    list("date_formats", map.date_formats,
         "such as `[\"DD/MM/YYYY\"]`, of `YYYY`, `YY`, `M`, `MM`, `MMM` or `MMMM` (a name), `D`, `DD`; "
         "`spreadsheet-days`, `spreadsheet-days-1904`; default: `2018-05-12`, `2018-05`, `2018-Q2`, `2018`");
    list("century_turn", map.century_turn, "for `YY`: 70 takes 70 for 1970 and 69 for 2069");
    list("words", map.words,
         "{field: {cell: word}}: `{\"instrument\": {\"Wandeldarlehen\": \"convertible-note\"}}`");
    list("skip", map.skip,
         "{heading: [cell]}: rows that are left out, and counted: `{\"Type\": [\"Exit\", \"IPO\"]}`");
    list("blank", map.blank,
         "cells that say nothing, besides dashes, n.a., None, unknown, undisclosed and the like");
    list("not_investors", map.not_investors,
         "names that are no investors, besides `and others`, `existing investors`, `business angels` and the "
         "like; "
         "such a text stays on the round");
    list("separator", map.separator, "between the names in a cell; a list where there are several");
}

void read_member(const Json& value, Source& member) {
    read_object(value, [&](auto visit) { Source::fields(visit, member); });
}

// Refuses the second of two members of one name; nlohmann alone would keep the last.
[[nodiscard]] Json parse(std::string_view json) {
    std::vector<std::set<std::string>> names;
    const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) names.emplace_back();
        if (event == Json::parse_event_t::object_end) names.pop_back();
        if (event == Json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second) {
            throw Error(ErrorCode::duplicate_field, "given twice, expected each field once")
                .in_field(parsed.get<std::string>());
        }
        return true;
    };
    try {
        return Json::parse(json, watch);
    } catch (const Json::exception& error) {
        throw Error::refused(ErrorCode::bad_json, json, std::string("a map in JSON (") + error.what() + ")");
    }
}

//--- Checks of the whole

void check_fields(const CsvMap& map) {
    const auto fields = csv_fields(map.table);
    std::string names;
    for (const CsvField& field : fields) names.append(names.empty() ? "" : ", ").append(field.name);
    const auto check = [&](std::string_view member, std::string_view name) {
        if (std::none_of(fields.begin(), fields.end(),
                         [&](const CsvField& field) { return field.name == name; })) {
            throw Error(ErrorCode::unknown_field,
                        "unknown, a table of " + std::string(to_string(map.table)) + " has " + names)
                .in_field(std::string(member) + "." + std::string(name));
        }
    };
    for (const auto& [field, heading] : map.columns) check("columns", field);
    for (const std::string& field : map.optional) check("optional", field);
    for (const CsvField& field : fields) {
        if (field.required && !map.columns.contains(std::string(field.name))) {
            throw Error(ErrorCode::missing_field, "missing, expected the heading of its column")
                .in_field("columns." + std::string(field.name));
        }
    }
}

[[nodiscard]] const detail::FieldRow& known_field(const CsvMap& map, const std::string& field,
                                                  std::string_view member) {
    const std::size_t number = detail::field_number(field);
    if (number < detail::field_rows.size() && map.columns.contains(field))
        return detail::field_rows.at(number);
    throw Error(ErrorCode::unknown_field, "unknown, expected a field of \"columns\"")
        .in_field(std::string(member) + "." + field);
}

void check_units(const CsvMap& map) {
    const auto refuse = [](const std::string& field, std::string_view member, std::string_view those) {
        throw Error(ErrorCode::unknown_field,
                    "holds no " + std::string(those) + ", which alone have " + std::string(member))
            .in_field(std::string(member) + "." + field);
    };
    for (const auto& [field, unit] : map.units)
        if (!has_unit(known_field(map, field, "units"))) refuse(field, "units", "amounts, prices or shares");
    for (const auto& [field, currency] : map.currencies)
        if (!has_currency(known_field(map, field, "currencies")))
            refuse(field, "currencies", "amounts or prices");
}

// A word of a field that has words of its own must be one of them.
void check_words(const CsvMap& map) {
    for (const auto& [field, words] : map.words) {
        static_cast<void>(known_field(map, field, "words"));
        for (const auto& [cell, word] : words) {
            detail::within_field("words." + field + "." + cell, [&, &name = field, &text = word] {
                if (name == "instrument") static_cast<void>(detail::from_word<Instrument>(text));
                if (name == "status") static_cast<void>(detail::from_word<RoundStatus>(text));
                if (name == "type") static_cast<void>(detail::from_word<PartyType>(text));
                if (name == "source_type") static_cast<void>(detail::from_word<SourceType>(text));
            });
        }
    }
}

void check_marks(const AmountRules& rules) {
    if (!rules.decimal || !rules.grouping) return;
    const bool comma = *rules.grouping == DigitGrouping::comma || *rules.grouping == DigitGrouping::indian;
    const bool same = *rules.decimal == DecimalMark::comma ? comma : *rules.grouping == DigitGrouping::point;
    if (!same) return;
    throw Error::refused(ErrorCode::bad_word, to_string(*rules.grouping), "another sign than \"decimal\"")
        .in_field("grouping");
}

void check_map(const CsvMap& map) {
    check_fields(map);
    check_units(map);
    check_words(map);
    check_marks(map.amounts);
    for (const std::string& format : map.date_formats)
        detail::within_field("date_formats", [&] { check_date_format(format, map.century_turn); });
    for (const std::string& field : map.handle) {
        if (std::find(handle_fields.begin(), handle_fields.end(), field) == handle_fields.end()) {
            throw Error::refused(ErrorCode::bad_word, field, "company, name or date").in_field("handle");
        }
    }
    if (map.investor_rows && (map.table != CsvTable::rounds || !map.columns.contains("investor"))) {
        throw Error::refused(ErrorCode::bad_word, "true", "a table of rounds with a column for \"investor\"")
            .in_field("investor_rows");
    }
    if (map.separator.empty()) {
        throw Error::refused(ErrorCode::bad_text, "", "a text that is not empty").in_field("separator");
    }
}

[[nodiscard]] Json json_of(const std::string& text) {
    return text;
}
[[nodiscard]] Json json_of(char c) {
    return std::string(1, c);
}
[[nodiscard]] Json json_of(const PartialDate& date) {
    return date.to_string();
}
[[nodiscard]] Json json_of(bool value) {
    return value ? Json(true) : Json();
}
[[nodiscard]] Json json_of(int value) {
    return value;
}
template <detail::Worded Enum>
[[nodiscard]] Json json_of(Enum value) {
    return std::string(to_string(value));
}
[[nodiscard]] Json json_of(ZeroAmount zero) {
    return zero == ZeroAmount::disclosed ? Json("disclosed") : Json();
}
template <class T>
[[nodiscard]] Json json_of(const std::map<std::string, T>& members);
template <class T>
[[nodiscard]] Json json_of(const std::vector<T>& items) {
    Json array = Json::array();
    for (const T& item : items) array.push_back(json_of(item));
    return array;
}
template <class T>
[[nodiscard]] Json json_of(const std::map<std::string, T>& members) {
    Json object = Json::object();
    for (const auto& [name, member] : members) object[name] = json_of(member);
    return object;
}
template <class T>
[[nodiscard]] Json json_of(const std::optional<T>& member) {
    return member ? json_of(*member) : Json();
}
[[nodiscard]] Json json_of(const Source& source) {
    Json object = Json::object();
    const auto add = [&](std::string_view name, const auto& member) {
        Json value = json_of(member);
        const bool is_blank = value.is_string() && value.template get_ref<const std::string&>().empty();
        if (!value.is_null() && !is_blank) object[std::string(name)] = std::move(value);
    };
    Source::fields(add, source);
    return object;
}

}  // namespace

std::span<const CsvField> csv_fields(CsvTable table) noexcept {
    switch (table) {
        case CsvTable::rounds:
            return round_fields;
        case CsvTable::investments:
            return investment_fields;
        case CsvTable::companies:
            break;
    }
    return company_fields;
}

std::vector<CsvMapMember> csv_map_members() {
    std::vector<CsvMapMember> members;
    const CsvMap map;
    list_members(map, [&](std::string_view name, const auto&, std::string_view says) {
        members.push_back({std::string(name), says});
    });
    return members;
}

CsvMap read_csv_map(std::string_view json, std::string_view name) {
    try {
        const Json parsed = parse(json);
        CsvMap map;
        read_object(parsed, [&](auto visit) { list_members(map, visit); });
        for (const std::string_view required : {"table", "columns"}) {
            if (!parsed.contains(required)) {
                throw Error(ErrorCode::missing_field, "missing, expected in every map").in_field(required);
            }
        }
        check_map(map);
        return map;
    } catch (const Error& error) {
        throw name.empty() ? error : error.at(name, 0);
    }
}

std::string to_json(const CsvMap& map) {
    Json object = Json::object();
    list_members(map, [&](std::string_view name, const auto& member, std::string_view) {
        Json value = json_of(member);
        if (name == "separator" && value.size() == 1) value = Json(value.front());
        if (value.is_null() || (value.empty() && name != "columns")) return;
        object[std::string(name)] = std::move(value);
    });
    return object.dump(2, ' ', false, Json::error_handler_t::replace);
}

bool is_built_in_map(std::string_view name) noexcept {
    return detail::find_word<CsvTable>(name).has_value();
}

CsvMap built_in_map(std::string_view name) {
    switch (detail::from_word<CsvTable>(name)) {
        case CsvTable::rounds:
            return read_csv_map(rounds_map);
        case CsvTable::investments:
            return read_csv_map(investments_map);
        case CsvTable::companies:
            break;
    }
    return read_csv_map(companies_map);
}

}  // namespace postmoney
