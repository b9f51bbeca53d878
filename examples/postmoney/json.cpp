#include "json.hpp"

#include <iostream>

void print(const Json& json) {
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
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
