#include "export/sql_text.hpp"

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

std::size_t quote_end(std::string_view sql, std::size_t at) {
    const char mark = sql[at];
    for (++at; at < sql.size(); ++at) {
        if (sql[at] != mark) continue;
        if (at + 1 == sql.size() || sql[at + 1] != mark) return at + 1;
        ++at;
    }
    return at;
}

std::size_t closing(std::string_view sql, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < sql.size(); ++at) {
        if (sql[at] == '\'') at = quote_end(sql, at) - 1;
        if (sql[at] == '(') ++depth;
        if (sql[at] == ')' && --depth == 0) return at;
    }
    throw Error::refused(ErrorCode::bad_sql, sql.substr(open, 40), "a parenthesis that closes");
}

std::size_t find_outside(std::string_view sql, std::string_view words, std::size_t from) {
    for (std::size_t at = 0; at < sql.size(); ++at) {
        if (sql[at] == '\'') {
            at = quote_end(sql, at) - 1;
        } else if (sql[at] == '(') {
            at = closing(sql, at);
        } else if (at >= from && sql.substr(at).starts_with(words)) {
            return at;
        }
    }
    return std::string_view::npos;
}

std::vector<std::string> parts_at_commas(std::string_view sql) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    const auto add = [&](std::size_t end) {
        std::string_view part = sql.substr(begin, end - begin);
        while (part.starts_with(' ')) part.remove_prefix(1);
        if (!part.empty()) parts.emplace_back(part);
    };
    for (std::size_t at = 0; at < sql.size(); ++at) {
        if (sql[at] == '\'') at = quote_end(sql, at) - 1;
        if (sql[at] == '(') at = closing(sql, at);
        if (sql[at] != ',') continue;
        add(at);
        begin = at + 1;
    }
    add(sql.size());
    return parts;
}

void replace_each(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string with_end(std::string text) {
    replace_each(text, "@END", "timestamptz '9999-12-31 23:59:59.999999+00'");
    return text;
}

}  // namespace postmoney::detail
