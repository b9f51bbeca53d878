#include "postmoney/import/csv_map.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/csv/csv_text.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<CsvField, 13> round_fields{{{"company", true},
                                                 {"round"},
                                                 {"name"},
                                                 {"stage"},
                                                 {"status"},
                                                 {"instrument"},
                                                 {"announced"},
                                                 {"closed"},
                                                 {"first_sale"},
                                                 {"filed"},
                                                 {"raised"},
                                                 {"currency"},
                                                 {"investor"}}};
constexpr std::array<CsvField, 13> investment_fields{{{"company", true},
                                                      {"round"},
                                                      {"name"},
                                                      {"stage"},
                                                      {"status"},
                                                      {"instrument"},
                                                      {"announced"},
                                                      {"closed"},
                                                      {"first_sale"},
                                                      {"filed"},
                                                      {"investor", true},
                                                      {"amount"},
                                                      {"currency"}}};
constexpr std::array<CsvField, 6> company_fields{
    {{"name", true}, {"type"}, {"aliases"}, {"country"}, {"founded"}, {"market"}}};

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

template <class Read>
void in_field(std::string_view field, Read read) {
    try {
        read();
    } catch (const Error& error) {
        throw error.field().empty()
            ? error.in_field(field)
            : Error(error.code(), error.message()).in_field(std::string(field) + "." + error.field());
    }
}

[[noreturn]] void refuse_json_type(const Json& value, std::string_view expected) {
    throw Error::refused(ErrorCode::bad_type, value.dump(-1, ' ', false, Json::error_handler_t::replace),
                         expected);
}

[[nodiscard]] const std::string& text_of_json(const Json& value) {
    if (!value.is_string()) refuse_json_type(value, "a JSON string");
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty()) throw Error::refused(ErrorCode::bad_text, text, "a text that is not empty");
    return text;
}

void read_member(const Json& value, Source& member);
void read_member(const Json& value, std::string& member) {
    member = text_of_json(value);
}
template <detail::Worded Enum>
void read_member(const Json& value, Enum& member) {
    member = detail::from_word<Enum>(text_of_json(value));
}
void read_member(const Json& value, char& member) {
    const std::string& text = text_of_json(value);
    if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r" ||
        static_cast<unsigned char>(text[0]) >= 0x80) {
        throw Error::refused(ErrorCode::bad_text, text, "one ASCII character, such as , or ; or a tab");
    }
    member = text.front();
}
template <class T>
void read_member(const Json& value, std::vector<T>& member) {
    if (!value.is_array()) refuse_json_type(value, "a JSON array of strings");
    for (const Json& item : value) read_member(item, member.emplace_back());
}
void read_member(const Json& value, std::map<std::string, std::string>& member) {
    if (!value.is_object()) refuse_json_type(value, "a JSON object of strings");
    for (const auto& [key, item] : value.items()) {
        in_field(key, [&, &name = key, &text = item] { member.emplace(name, text_of_json(text)); });
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
    list([&](std::string_view name, auto& member) {
        names.append(names.empty() ? "" : ", ").append(name);
        known.emplace(name);
        const auto found = object.find(std::string(name));
        if (found != object.end()) in_field(name, [&] { read_member(*found, member); });
    });
    for (const auto& [key, value] : object.items()) {
        if (!known.contains(key)) {
            throw Error(ErrorCode::unknown_field, "unknown, expected one of " + names).in_field(key);
        }
    }
}

template <class Map, class Visit>
void list_members(Map& map, Visit visit) {
    visit("table", map.table);
    visit("encoding", map.encoding);
    visit("delimiter", map.delimiter);
    visit("source", map.source);
    visit("columns", map.columns);
    visit("optional", map.optional);
    visit("handle", map.handle);
    visit("currency", map.amounts.currency);
    visit("amount_styles", map.amounts.styles);
    visit("magnitudes", map.amounts.magnitudes);
    visit("symbols", map.amounts.symbols);
    visit("date_formats", map.date_formats);
    visit("separator", map.separator);
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

void check_map(const CsvMap& map) {
    check_fields(map);
    for (const std::string& format : map.date_formats)
        in_field("date_formats", [&] { check_date_format(format); });
    for (const std::string& field : map.handle) {
        if (std::find(handle_fields.begin(), handle_fields.end(), field) == handle_fields.end()) {
            throw Error::refused(ErrorCode::bad_word, field, "company, name or date").in_field("handle");
        }
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
[[nodiscard]] Json json_of(const std::map<std::string, std::string>& texts) {
    return texts;
}
template <detail::Worded Enum>
[[nodiscard]] Json json_of(Enum value) {
    return std::string(to_string(value));
}
template <class T>
[[nodiscard]] Json json_of(const std::vector<T>& items) {
    Json array = Json::array();
    for (const T& item : items) array.push_back(json_of(item));
    return array;
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
    list_members(map, [&](std::string_view name, const auto& member) {
        Json value = json_of(member);
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
