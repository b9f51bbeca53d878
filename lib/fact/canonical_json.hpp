// Canonical JSON: RFC 8785, the JSON Canonicalization Scheme. Of numbers only integers within 2^53: a facts
// line has no other.
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

// Whether a name comes before another one: in the order of their UTF-16 code units (RFC 8785, section 3.2.3).
[[nodiscard]] bool comes_before(std::string_view a, std::string_view b) noexcept;

// An object: its members come in any order, and json() sorts them by name. The names outlive the object.
class CanonicalObject {
  public:
    void clear();
    void text(std::string_view name, std::string_view value);
    void integer(std::string_view name, std::int64_t value);
    void boolean(std::string_view name, bool value);
    void null(std::string_view name);
    // A value that is canonical JSON already: an array, or an object in this one.
    void json(std::string_view name, std::string_view value);

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
[[nodiscard]] std::string json_object(const std::map<std::string, std::string>& members);

// The value of a member of an object in canonical JSON; empty when it has none. Members of inner objects are
// passed over.
[[nodiscard]] std::string_view member_in(std::string_view object, std::string_view name) noexcept;

}  // namespace postmoney::detail
