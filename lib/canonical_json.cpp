#include "canonical_json.hpp"

#include <algorithm>

namespace postmoney::detail {

namespace {

// Appends the character as RFC 8785 escapes it.
void append_escaped(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::string_view named = "\"\\\b\t\n\f\r";
    constexpr std::string_view letters = "\"\\btnfr";
    const std::size_t at = named.find(c);
    out += '\\';
    if (at != std::string_view::npos) {
        out += letters[at];
    } else {
        out += "u00";
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    const auto needs_escape = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
    };
    out += '"';
    const char* begin = text.data();
    const char* const end = begin + text.size();
    while (true) {
        const char* const special = std::find_if(begin, end, needs_escape);
        out.append(begin, static_cast<std::size_t>(special - begin));
        if (special == end) break;
        append_escaped(out, *special);
        begin = special + 1;
    }
    out += '"';
}

std::string json_array(const std::vector<std::string>& values) {
    std::string json = "[";
    for (const std::string& value : values) {
        if (json.size() > 1) json += ',';
        append_json_string(json, value);
    }
    return json + ']';
}

std::string json_object(const std::map<std::string, std::string>& members) {
    std::string json = "{";
    for (const auto& [name, value] : members) {  // std::map keeps the order that RFC 8785 asks of ASCII names
        if (json.size() > 1) json += ',';
        append_json_string(json, name);
        json += ':';
        append_json_string(json, value);
    }
    return json + '}';
}

void CanonicalObject::clear() {
    members_.clear();
    values_.clear();
}

void CanonicalObject::text(std::string_view name, std::string_view value) {
    const std::size_t begin = values_.size();
    append_json_string(values_, value);
    add(name, begin);
}

void CanonicalObject::integer(std::string_view name, std::int64_t value) {
    const std::size_t begin = values_.size();
    values_ += std::to_string(value);
    add(name, begin);
}

void CanonicalObject::boolean(std::string_view name, bool value) {
    const std::size_t begin = values_.size();
    values_ += value ? "true" : "false";
    add(name, begin);
}

void CanonicalObject::texts(std::string_view name, const std::vector<std::string>& values) {
    const std::size_t begin = values_.size();
    values_ += json_array(values);
    add(name, begin);
}

void CanonicalObject::object(std::string_view name, const std::map<std::string, std::string>& members) {
    const std::size_t begin = values_.size();
    values_ += json_object(members);
    add(name, begin);
}

std::string CanonicalObject::json() {
    std::sort(members_.begin(), members_.end(),
              [](const Member& a, const Member& b) { return a.name < b.name; });
    constexpr std::size_t most_of_a_name = 32;
    std::string json;
    json.reserve(values_.size() + members_.size() * most_of_a_name);
    json += '{';
    for (const auto& [name, begin, end] : members_) {
        if (json.size() > 1) json += ',';
        json += '"';
        json += name;
        json += "\":";
        json.append(values_, begin, end - begin);
    }
    json += '}';
    return json;
}

}  // namespace postmoney::detail
