#include "fact/canonical_json.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

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

// The first character that JSON does not take as it is, eight looked at a time: a byte of a word is below n,
// or zero, when taking n, or 1, from it borrows from the bit above. (Sean Eron Anderson, Bit Twiddling Hacks)
[[nodiscard]] const char* find_special(const char* at, const char* end) {
    constexpr std::uint64_t each = 0x0101010101010101U;
    constexpr std::uint64_t high_bits = each * 0x80U;
    const auto below = [](std::uint64_t bytes, std::uint64_t limit) {
        return (bytes - each * limit) & ~bytes;
    };
    const auto equal = [&](std::uint64_t bytes, char c) {
        return below(bytes ^ (each * static_cast<unsigned char>(c)), 1);
    };
    for (std::uint64_t bytes = 0; end - at >= 8; at += 8) {
        std::memcpy(&bytes, at, sizeof bytes);
        if (((below(bytes, 0x20) | equal(bytes, '"') | equal(bytes, '\\')) & high_bits) != 0) break;
    }
    return std::find_if(at, end,
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; });
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    const char* begin = text.data();
    const char* const end = begin + text.size();
    while (true) {
        const char* const special = find_special(begin, end);
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
    json += ']';
    return json;
}

namespace {

[[nodiscard]] std::string json_object(const std::map<std::string, std::string>& members) {
    std::string json = "{";
    for (const auto& [name, value] : members) {  // std::map keeps the order that RFC 8785 asks of ASCII names
        if (json.size() > 1) json += ',';
        append_json_string(json, name);
        json += ':';
        append_json_string(json, value);
    }
    json += '}';
    return json;
}

// Whether the character stands behind an odd number of backslashes.
[[nodiscard]] bool is_escaped(std::string_view json, std::size_t at) {
    const std::size_t before = json.find_last_not_of('\\', at - 1);
    return (at - before) % 2 == 0;
}

}  // namespace

std::string_view object_in(std::string_view canonical, std::string_view name) {
    // Nothing else can look like this: a quote within a string is escaped, and no object is in another one's
    // member.
    const std::string start = "\"" + std::string(name) + "\":{";
    const std::size_t found = canonical.find(start);
    if (found == std::string_view::npos) return {};
    const std::size_t begin = found + start.size() - 1;
    bool in_string = false;
    for (std::size_t at = canonical.find('"', begin); at < canonical.size();
         at = canonical.find('"', at + 1)) {
        if (in_string && is_escaped(canonical, at)) continue;
        in_string = !in_string;
        if (!in_string && canonical.substr(at + 1).starts_with('}'))
            return canonical.substr(begin, at + 2 - begin);
    }
    return {};
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
