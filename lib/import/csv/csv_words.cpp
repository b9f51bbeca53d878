#include "import/csv/csv_words.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/csv/csv_text.hpp"
#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"

namespace postmoney::detail {

namespace {

// A cell of a formula that failed (#REF!) is none of these: what it should say is lost.
constexpr std::string_view nothing_words = "null|(null)|none|nan|nil|nat|<na>|#n/a";

constexpr std::string_view sum_words =
    "total|totals|grand total|subtotal|sub total|sub-total|total raised|total funding|sum|gesamt|summe|"
    "gesamtsumme|zwischensumme|total general|somme|sous-total|totale|totale generale|somma|suma|soma|"
    "total geral|total:|sum:|summe:|totale:";

constexpr std::string_view blank_words =
    "-|--|---|?|??|…|n/a|na|nd|n/d|ns|tba|tbd|tbc|confidential|private|not available|not applicable|not "
    "public|"
    "ka|keine angaben|vertraulich|nb|nc|confidentiel|sconosciuto|riservato|confidencial|sin datos|nao "
    "informado";

// Who stands in lists of investors without being one. A row a language.
constexpr std::array<std::string_view, 6> placeholders{
    "others|other|and others|and other|other investors|and other investors|others undisclosed|et al|"
    "existing investors|existing shareholders|previous investors|current investors|insiders|"
    "angels|angel investors|business angels|business angel|undisclosed angels|individual investors|angel|"
    "private investors|various|various investors|multiple investors|several investors|family and friends|"
    "friends and family|among others|more|and more|unnamed investors|unspecified|self|bootstrapped",
    "altri|e altri|altri investitori|investitori esistenti|soci esistenti|investitori privati|vari|"
    "business angel italiani",
    "andere|weitere|u a|ua|und andere|und weitere|weitere investoren|andere investoren|bestehende investoren|"
    "altinvestoren|bestandsinvestoren|privatinvestoren|private investoren|diverse",
    "autres|et autres|autres investisseurs|investisseurs existants|investisseurs historiques|"
    "actionnaires historiques|investisseurs prives|divers",
    "otros|y otros|otros inversores|inversores existentes|inversores actuales|inversores privados|varios",
    "outros|e outros|outros investidores|investidores existentes|investidores atuais|investidores anjo|"
    "investidores privados|varios investidores"};

constexpr std::array<RoundWord, 8> round_words{{
    {"exit|trade sale|acquisition|acquired|m&a|m & a|merger|merger/acquisition|merger & acquisition|"
     "mergers & acquisitions|takeover|buyout|lbo|mbo|buyout/lbo|management buyout|majority "
     "acquisition|acquisizione|"
     "fusione|ubernahme|ausstieg|rachat|fusion|adquisicion|aquisicao|fusao|company sale|asset sale",
     std::nullopt, "an exit: what a buyer pays is no capital that the company raised",
     "exit|acquired|acquisition|acquihire|takeover|buyout|merger|m&a|lbo|mbo|acquisizione|ubernahme|rachat|"
     "adquisicion|aquisicao"},
    {"ipo|initial public offering|going public|public offering|borsengang|introduction en bourse|quotazione|"
     "salida a bolsa|spac|direct listing|listing|public listing|reverse merger|post ipo "
     "equity|post_ipo_equity|"
     "post-ipo equity|post_ipo|post-ipo|pipe",
     std::nullopt, "money of the stock exchange", "ipo|spac"},
    {"closed down|closure|bankruptcy|insolvency|insolvenz|liquidation|out of "
     "business|shutdown|dead|deadpooled",
     std::nullopt, "the end of a company", "bankruptcy|insolvency|insolvenz|liquidation"},
    {"grant|grants|subsidy|government grant|forderung|zuschuss|subvention|subvencion|contributo|"
     "contributo a fondo perduto|subvencao|award|prize|competition|non equity "
     "assistance|non_equity_assistance|"
     "non-equity assistance",
     Instrument::grant, "a grant", "grant|grants|subsidy|forderung|zuschuss|subvention|subvencion|subvencao"},
    {"convertible note|convertible_note|convertible|convertible debt|convertible "
     "loan|wandeldarlehen|obligation convertible|"
     "prestito convertibile|nota convertible|nota convertivel|mutuo conversivel",
     Instrument::convertible_note, "a convertible note", "convertible|wandeldarlehen"},
    {"debt|debt financing|debt_financing|loan|venture debt|credit|credit line|credit facility|line of credit|"
     "post ipo debt|post_ipo_debt|post-ipo debt|debt - general|darlehen|kredit|venture "
     "loan|pret|dette|prestito|debito|"
     "deuda|prestamo|divida|emprestimo|mezzanine|bond",
     Instrument::debt, "debt", "debt|loan|loans|dette|darlehen|kredit|prestito|prestamo|emprestimo"},
    {"secondary|secondary market|secondary_market|secondary sale|secondary transaction|post ipo secondary|"
     "post_ipo_secondary|post-ipo secondary|secondary transaction - private",
     Instrument::secondary, "a sale of shares that others held", "secondary"},
    {"ico|initial coin offering|initial_coin_offering|token sale|ieo|token", Instrument::token,
     "a sale of tokens", "ico|ieo"},
}};

using WordSet = std::unordered_set<std::string>;

void add_words(WordSet& set, std::string_view list) {
    for_each_item(list, '|', [&](std::string_view word) { set.emplace(word); });
}

// Every cell is looked up here, so that the lists are made into sets once.
[[nodiscard]] const WordSet& blank_set() {
    static const WordSet set = [] {
        WordSet words;
        add_words(words, nothing_words);
        add_words(words, blank_words);
        for (const UndisclosedRow& row : undisclosed_rows) add_words(words, row.words);
        return words;
    }();
    return set;
}

[[nodiscard]] const WordSet& placeholder_set() {
    static const WordSet set = [] {
        WordSet words;
        for (const std::string_view row : placeholders) add_words(words, row);
        return words;
    }();
    return set;
}

[[nodiscard]] const std::unordered_map<std::string, const RoundWord*>& round_word_map() {
    static const auto map = [] {
        std::unordered_map<std::string, const RoundWord*> words;
        for (const RoundWord& row : round_words)
            for_each_item(row.words, '|', [&](std::string_view word) { words.emplace(word, &row); });
        return words;
    }();
    return map;
}

// Words of equity, and of what comes before an exit: with one of these a round's name is taken as a whole.
constexpr std::string_view equity_words = "series|serie|seed|equity|angel|pre|vc|safe";

// Calls `visit` with each word of a folded text.
template <class Visit>
void for_each_word(std::string_view text, const Visit& visit) {
    const auto is_of_word = [](char c) {
        return c == '&' || static_cast<unsigned char>(c) >= 0x80 || is_ascii_digit(c) ||
               (c >= 'a' && c <= 'z');
    };
    while (!text.empty()) {
        const auto end =
            static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_of_word) - text.begin());
        if (end != 0) visit(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// The first row of which a word stands in the text; null where one says that it is equity.
[[nodiscard]] const RoundWord* round_word_within(std::string_view text) {
    const RoundWord* found = nullptr;
    bool is_equity = false;
    for_each_word(text, [&](std::string_view word) {
        is_equity = is_equity || in_list(equity_words, '|', word);
        for (const RoundWord& row : round_words) {
            if (found != nullptr && &row >= found) break;
            if (in_list(row.within, '|', word)) found = &row;
        }
    });
    return is_equity ? nullptr : found;
}

}  // namespace

std::string folded(std::string_view text) {
    std::string key;
    bool gap = false;
    key.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        const std::string_view piece = text.substr(0, point.bytes);
        text.remove_prefix(point.bytes);
        if (point.valid && is_text_space(point.value)) {
            gap = !key.empty();
            continue;
        }
        if (piece == ".") continue;
        if (gap) key += ' ';
        gap = false;
        if (!point.valid) {
            key += piece;
        } else if (is_text_dash(point.value)) {
            key += '-';
        } else {
            append_folded(key, piece, point.value);
        }
    }
    return key;
}

bool says_null(std::string_view cell) {
    return cell.empty() || (cell.size() <= 7 && in_list(nothing_words, '|', folded(cell)));
}

bool says_blank(std::string_view cell, std::span<const std::string> own) {
    if (cell.empty()) return true;
    if (std::find(own.begin(), own.end(), cell) != own.end()) return true;
    constexpr std::size_t longest = 40;  // of the words in the lists
    if (cell.size() > longest) return false;
    const std::string key = folded(cell);
    return key.starts_with("undisclosed ") || blank_set().contains(key);
}

bool is_placeholder(std::string_view name, std::span<const std::string> own) {
    if (std::find(own.begin(), own.end(), name) != own.end()) return true;
    std::string key = folded(name);
    // "+ others", "& others" and "3 others" too
    key.erase(0, key.find_first_not_of("+&0123456789 "));
    for (const std::string_view end : {" ua", " et al"})
        if (key.ends_with(end)) key.erase(key.size() - end.size());
    return placeholder_set().contains(key);
}

const RoundWord* round_word(std::string_view cell) {
    constexpr std::size_t longest = 40;
    if (cell.empty() || cell.size() > longest) return nullptr;
    const std::string key = folded(cell);
    const auto found = round_word_map().find(key);
    return found == round_word_map().end() ? round_word_within(key) : found->second;
}

bool is_sum(std::string_view name) {
    constexpr std::size_t longest = 20;
    return name.size() <= longest && in_list(sum_words, '|', folded(name));
}

}  // namespace postmoney::detail
