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

std::string json_object(const std::map<std::string, std::string>& members) {
    CanonicalObject object;
    for (const auto& [name, value] : members) object.text(name, value);
    return object.json();
}

bool comes_before(std::string_view a, std::string_view b) noexcept {
    const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (at_a == a.end() || at_b == b.end()) return at_a == a.end() && at_b != b.end();
    const auto byte_a = static_cast<unsigned char>(*at_a);
    const auto byte_b = static_cast<unsigned char>(*at_b);
    // The order of bytes of UTF-8 is that of code points. UTF-16 writes those beyond U+FFFF, which begin with
    // 0xF0 or more here, with surrogates, which come before U+E000 to U+FFFF: 0xEE and 0xEF.
    constexpr unsigned char first_beyond = 0xF0;
    constexpr unsigned char first_private = 0xEE;
    const bool beyond_a = byte_a >= first_beyond;
    const bool beyond_b = byte_b >= first_beyond;
    if (beyond_a != beyond_b && byte_a >= first_private && byte_b >= first_private) return beyond_a;
    return byte_a < byte_b;
}

namespace {

// The place behind a JSON string that begins at a quote.
[[nodiscard]] std::size_t behind_string(std::string_view json, std::size_t at) noexcept {
    for (++at; at < json.size() && json[at] != '"'; ++at) {
        if (json[at] == '\\') ++at;
    }
    return at + 1;
}

// The place behind the value that begins there.
[[nodiscard]] std::size_t behind_value(std::string_view json, std::size_t at) noexcept {
    std::size_t depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (depth == 0 && (c == ',' || c == '}')) return at;
        if (c == '"') {
            at = behind_string(json, at);
            continue;
        }
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        ++at;
    }
    return at;
}

}  // namespace

std::string_view member_in(std::string_view object, std::string_view name) noexcept {
    for (std::size_t at = 1; at < object.size() && object[at] == '"';) {
        const std::size_t colon = behind_string(object, at);
        const std::size_t end = behind_value(object, colon + 1);
        if (object.substr(at + 1, colon - at - 2) == name) return object.substr(colon + 1, end - colon - 1);
        at = end + 1;
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

void CanonicalObject::null(std::string_view name) {
    json(name, "null");
}

void CanonicalObject::json(std::string_view name, std::string_view value) {
    const std::size_t begin = values_.size();
    values_ += value;
    add(name, begin);
}

std::string CanonicalObject::json() {
    const auto before = [](const Member& a, const Member& b) { return comes_before(a.name, b.name); };
    // Names of a std::map mostly come in this order.
    if (!std::is_sorted(members_.begin(), members_.end(), before))
        std::sort(members_.begin(), members_.end(), before);
    constexpr std::size_t most_of_a_name = 32;
    std::string json;
    json.reserve(values_.size() + members_.size() * most_of_a_name);
    json += '{';
    for (const auto& [name, begin, end] : members_) {
        if (json.size() > 1) json += ',';
        append_json_string(json, name);
        json += ':';
        json.append(values_, begin, end - begin);
    }
    json += '}';
    return json;
}

}  // namespace postmoney::detail
