#include "canonical_json.hpp"

#include <algorithm>

namespace postmoney::detail {

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out += "\\u00";
                    out += digits[static_cast<unsigned char>(c) >> 4U];
                    out += digits[static_cast<unsigned char>(c) & 15U];
                } else {
                    out += c;
                }
        }
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

void CanonicalObject::text(std::string_view name, std::string_view value) {
    append_json_string(members_.emplace_back(name, std::string()).second, value);
}

void CanonicalObject::integer(std::string_view name, std::int64_t value) {
    members_.emplace_back(name, std::to_string(value));
}

void CanonicalObject::boolean(std::string_view name, bool value) {
    members_.emplace_back(name, value ? "true" : "false");
}

void CanonicalObject::texts(std::string_view name, const std::vector<std::string>& values) {
    members_.emplace_back(name, json_array(values));
}

void CanonicalObject::object(std::string_view name, const std::map<std::string, std::string>& members) {
    members_.emplace_back(name, json_object(members));
}

std::string CanonicalObject::json() {
    std::sort(members_.begin(), members_.end());
    std::string json = "{";
    for (const auto& [name, value] : members_) {
        if (json.size() > 1) json += ',';
        append_json_string(json, name);
        json += ':';
        json += value;
    }
    return json + '}';
}

}  // namespace postmoney::detail
