// Canonical JSON (RFC 8785, the JSON Canonicalization Scheme), as far as facts need it: objects of texts,
// whole numbers, booleans, arrays of texts and objects of texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace postmoney::detail {

// The largest whole number that every JSON reader holds exactly (RFC 8785, section 3.2.2.3; I-JSON, RFC
// 7493): 2^53 - 1.
constexpr std::int64_t max_json_integer = (std::int64_t{1} << 53U) - 1;

// Appends the text as a JSON string with the fewest escapes, as RFC 8785 asks.
void append_json_string(std::string& out, std::string_view text);

// Members in any order; json() sorts them by name. Names are those of fields: ASCII, whose byte order is RFC
// 8785's order, nothing to escape, and outlive the object.
class CanonicalObject {
  public:
    void clear();
    void text(std::string_view name, std::string_view value);
    void integer(std::string_view name, std::int64_t value);
    void boolean(std::string_view name, bool value);
    void texts(std::string_view name, const std::vector<std::string>& values);
    void object(std::string_view name, const std::map<std::string, std::string>& members);

    [[nodiscard]] std::string json();

  private:
    struct Member {
        std::string_view name;
        std::size_t begin;  // of its value in values_
        std::size_t end;
    };
    void add(std::string_view name, std::size_t begin) { members_.push_back({name, begin, values_.size()}); }

    std::vector<Member> members_;
    std::string values_;
};

[[nodiscard]] std::string json_array(const std::vector<std::string>& values);
// The text of a member of canonical JSON whose value is an object of texts, which is not empty; empty when
// there is none.
[[nodiscard]] std::string_view object_in(std::string_view canonical, std::string_view name);

}  // namespace postmoney::detail
