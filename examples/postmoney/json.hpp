// JSON as the commands print it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "postmoney/postmoney.hpp"

using Json = nlohmann::ordered_json;  // keys in the order in which they are documented

// Prints it to standard output, indented; text that is no valid UTF-8 is replaced.
void print(const Json& json);

// Prints an array as `print` would, an element a call, so that none of them is kept.
class PrintedArray {
  public:
    void print(const Json& element);
    // To call once, after the last element.
    void end();

  private:
    bool any_ = false;
};

// null for an empty text
[[nodiscard]] Json text_or_null(const std::string& text);

// null where there is no value, else its text
template <class T>
[[nodiscard]] Json text_or_null(const std::optional<T>& value) {
    if (!value) return {};
    if constexpr (std::is_same_v<T, std::string>) {
        return *value;
    } else {
        return value->to_string();
    }
}

[[nodiscard]] std::string json_text(const postmoney::EntryId& id);  // sha256:...
[[nodiscard]] Json json_of(const postmoney::Head& head);
