#include "json.hpp"

#include <iostream>

namespace {

[[nodiscard]] std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void print(const Json& json) {
    std::cout << text_of(json) << '\n';
}

void PrintedArray::print(const Json& element) {
    // An array of one element stands between "[\n" and "\n]", with the element as it stands in any array.
    constexpr std::size_t bracket = 2;
    const std::string text = text_of(Json::array({element}));
    std::cout << (any_ ? ",\n" : "[\n") << std::string_view(text).substr(bracket, text.size() - 2 * bracket);
    any_ = true;
}

void PrintedArray::end() {
    std::cout << (any_ ? "\n]\n" : "[]\n");
}

Json text_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

std::string json_text(const postmoney::EntryId& id) {
    return "sha256:" + id.to_string();
}

Json json_of(const postmoney::Head& head) {
    return {{"chain", head.chain.to_string()},
            {"length", head.length},
            {"hash", head.hash.to_string()},
            {"text", head.to_string()}};
}
