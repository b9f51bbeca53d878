// The letters of ASCII as lower case or as capitals; every other byte stays as it is, so UTF-8 stays valid.
#pragma once

#include <string>
#include <string_view>

namespace postmoney::detail {

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

[[nodiscard]] inline std::string in_capitals(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

}  // namespace postmoney::detail
