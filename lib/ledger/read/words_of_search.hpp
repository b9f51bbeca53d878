// WordsOfSearch: the words that a search asks for, and how well a text fits them.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unicode.hpp"

namespace postmoney::detail {

class WordsOfSearch {
  public:
    explicit WordsOfSearch(std::string_view text) {
        const std::string all = search_form(text);
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t end = std::min(all.find_first_of(" \t\r\n", at), all.size());
            if (end > at) words_.push_back(all.substr(at, end - at));
            at = end + 1;
        }
        for (const std::string& word : words_) joined_ += (joined_.empty() ? "" : " ") + word;
    }

    [[nodiscard]] bool empty() const noexcept { return words_.empty(); }

    // The rank of a text, which is folded; see Match. Null where a word is not in it.
    [[nodiscard]] std::optional<int> rank(std::string_view text) const {
        const auto is_in = [&](const std::string& word) { return text.find(word) != std::string_view::npos; };
        if (!std::all_of(words_.begin(), words_.end(), is_in)) return std::nullopt;
        if (text == joined_) return 0;
        if (text.starts_with(joined_)) return 1;
        return begin_words_of(text) ? 2 : 3;
    }
    // Whether each word begins a word of the text, which is folded.
    [[nodiscard]] bool begin_words_of(std::string_view text) const {
        return !empty() && std::all_of(words_.begin(), words_.end(),
                                       [&](const std::string& word) { return begins_a_word(text, word); });
    }

  private:
    [[nodiscard]] static bool is_letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    }
    [[nodiscard]] static bool begins_a_word(std::string_view text, std::string_view word) {
        for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            if (at == 0 || !is_letter(text[at - 1])) return true;
        }
        return false;
    }

    std::vector<std::string> words_;
    std::string joined_;
};

}  // namespace postmoney::detail
