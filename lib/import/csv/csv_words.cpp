#include "import/csv/csv_words.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

#include "base/ascii.hpp"
#include "base/csv/csv_text.hpp"
#include "postmoney/fact/party.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/fact/source.hpp"
#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"

namespace postmoney::detail {

namespace {

// A cell of a formula that failed (#REF!) is none of these: what it should say is lost.
constexpr std::string_view nothing_words = "null|(null)|none|nan|nil|nat|<na>|#n/a";

constexpr std::string_view sum_words =
    "total|totals|grand total|subtotal|sub total|sub-total|total raised|total funding|sum|gesamt|summe|"
    "gesamtsumme|zwischensumme|total general|somme|sous-total|totale|totale generale|somma|suma|soma|"
    "total geral|overall total|grand totals|average|median|durchschnitt|moyenne|promedio";

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
    "private investors|investors|investor|various|various investors|multiple investors|several "
    "investors|family and friends|"
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

constexpr std::array<RoundWord, 10> round_words{{
    {"exit|trade sale|acquisition|acquired|m&a|m & a|merger|merger/acquisition|merger & acquisition|"
     "mergers & acquisitions|takeover|buyout|lbo|mbo|buyout/lbo|management buyout|majority "
     "acquisition|acquisizione|"
     "fusione|ubernahme|ausstieg|rachat|fusion|adquisicion|aquisicao|fusao|company sale|asset sale|"
     "acqui-hire|acqui hire|take private|take-private|going private|public to "
     "private|public-to-private|divestiture|"
     "corporate divestiture|asset divestiture|carve-out",
     std::nullopt, "an exit: what a buyer pays is no capital that the company raised",
     "exit|acquired|acquisition|acquihire|acqui|divestiture|takeover|buyout|merger|m&a|lbo|mbo|acquisizione|"
     "ubernahme|"
     "rachat|"
     "adquisicion|aquisicao"},
    {"ipo|initial public offering|going public|public offering|borsengang|introduction en bourse|quotazione|"
     "salida a bolsa|spac|direct listing|listing|public listing|reverse merger|post ipo "
     "equity|post_ipo_equity|"
     "post-ipo equity|post_ipo|post-ipo|pipe|public investment 2nd offering|2nd offering|follow-on public "
     "offering",
     std::nullopt, "money of the stock exchange", "ipo|spac"},
    {"closed down|closure|bankruptcy|insolvency|insolvenz|liquidation|out of "
     "business|shutdown|dead|deadpooled",
     std::nullopt, "the end of a company", "bankruptcy|insolvency|insolvenz|liquidation"},
    {"share repurchase|stock repurchase|share buyback|dividend recapitalization|dividend "
     "recapitalisation|dividend recap|"
     "leveraged recapitalization|leveraged recapitalisation|leveraged recap",
     std::nullopt, "money that goes to a company's owners", "repurchase|buyback"},
    {"spin-off|spin off|spinoff|delisting|delisted", std::nullopt,
     "a change of owners or of a listing, which brings the company no money", "spinoff|delisting"},
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

// What a column of instruments or of a round's status says beside the words of FACTS.md and those of rounds.
template <class Enum>
struct WordRow {
    Enum meaning;
    std::string_view words;   // whole cells
    std::string_view within;  // words within a longer cell
};

constexpr auto instrument_rows = std::to_array<WordRow<Instrument>>({
    {Instrument::safe, "safes|simple agreement for future equity", "safe"},
    {Instrument::equity,
     "equity financing|equity round|equity investment|priced round|priced equity|shares|stock|capital "
     "increase|"
     "kapitalerhohung|augmentation de capital|aumento di capitale|ampliacion de capital|aumento de "
     "capital|eigenkapital|fonds propres|capitaux propres|capital propio|capital proprio|"
     "capitale proprio",
     "preferred|common|ordinary"},
});

constexpr auto status_rows = std::to_array<WordRow<RoundStatus>>({
    {RoundStatus::rumoured, "rumored|rumor|rumour|rumors|rumor/speculation|rumour/speculation|speculation",
     ""},
    {RoundStatus::announced,
     "announced/in progress|pending|angekundigt|annonce|annoncee|annunciato|annunciata|anunciado|anunciada",
     ""},
    {RoundStatus::open, "in progress|ongoing|raising|laufend|en cours|in corso|en curso|em curso", ""},
    {RoundStatus::closed,
     "completed|complete|settled|finalized|finalised|abgeschlossen|cloture|cloturee|chiuso|concluso|cerrado|"
     "cerrada|"
     "fechado|fechada|concluido|concluida",
     ""},
    {RoundStatus::cancelled,
     "canceled|failed|failed/cancelled|failed/"
     "canceled|withdrawn|terminated|abandoned|abgesagt|abgebrochen|annule|"
     "annulee|annullato|annullata|cancelado|cancelada",
     ""},
});

constexpr std::string_view yes_words =
    "yes|y|true|1|1.0|10|x|lead|si|ja|oui|sim|✓|wahr|vrai|verdadero|verdadeiro|vero";
constexpr std::string_view no_words = "no|n|false|0|00|-|nein|non|nao|falsch|faux|falso";

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

// Words that rounds are named by, besides these.
constexpr std::string_view naming_words =
    "venture|corporate|growth|bridge|round|stage|early|later|late|crowdfunding|accelerator|incubator|"
    "expansion|"
    "extension|individual|"
    "runde|tour|ronda|rodada";

// Takes off a number in brackets at the end.
void erase_count(std::string& key) {
    if (!key.ends_with(')') && !key.ends_with(']')) return;
    const std::size_t open = key.find_last_of("([");
    if (open == std::string::npos || !is_ascii_digit(key[open + 1])) return;
    if (key.find_first_not_of("0123456789", open + 1) + 1 == key.size())
        key.erase(key.find_last_not_of(' ', open - 1) + 1);
}

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

// The word of FACTS.md that a cell is, without case, spaces and underscores.
template <class Enum>
[[nodiscard]] std::optional<Enum> exact_word(std::string_view cell) {
    std::string key = lower(cell);
    std::replace_if(
        key.begin(), key.end(), [](char c) { return c == ' ' || c == '_'; }, '-');
    return find_word<Enum>(key);
}

template <class Enum, class Rows>
[[nodiscard]] std::optional<Enum> word_in_rows(std::string_view cell, const Rows& rows) {
    const std::string key = folded(cell);
    std::optional<Enum> found;
    for (const WordRow<Enum>& row : rows) {
        if (in_list(row.words, '|', key)) return row.meaning;
        for_each_word(key, [&](std::string_view word) {
            if (!found && in_list(row.within, '|', word)) found = row.meaning;
        });
    }
    return found;
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
    erase_count(key);  // angels (12)
    return placeholder_set().contains(key);
}

const RoundWord* round_word(std::string_view cell) {
    constexpr std::size_t longest = 40;
    if (cell.empty() || cell.size() > longest) return nullptr;
    const std::string key = folded(cell);
    const auto found = round_word_map().find(key);
    return found == round_word_map().end() ? round_word_within(key) : found->second;
}

template <class Enum>
std::optional<Enum> word_of_cell(std::string_view cell) {
    if (const auto exact = exact_word<Enum>(cell)) return exact;
    constexpr std::size_t longest = 60;
    if (cell.empty() || cell.size() > longest) return std::nullopt;
    if constexpr (std::is_same_v<Enum, Instrument>) {
        const RoundWord* word = round_word(cell);
        return word != nullptr ? word->instrument : word_in_rows<Enum>(cell, instrument_rows);
    } else if constexpr (std::is_same_v<Enum, RoundStatus>) {
        return word_in_rows<Enum>(cell, status_rows);
    } else {
        return std::nullopt;
    }
}
template std::optional<Instrument> word_of_cell<Instrument>(std::string_view);
template std::optional<RoundStatus> word_of_cell<RoundStatus>(std::string_view);
template std::optional<PartyType> word_of_cell<PartyType>(std::string_view);
template std::optional<SourceType> word_of_cell<SourceType>(std::string_view);

bool names_round(std::string_view cell) {
    const std::string key = folded(cell);
    bool found = key.size() == 1 && !is_ascii_digit(key.front());
    for_each_word(key, [&](std::string_view word) {
        found = found || in_list(equity_words, '|', word) || in_list(naming_words, '|', word);
    });
    return found;
}

std::optional<bool> yes_or_no(std::string_view cell) {
    const std::string key = folded(cell);
    if (in_list(yes_words, '|', key)) return true;
    if (key.empty() || in_list(no_words, '|', key)) return false;
    return std::nullopt;
}

bool is_sum(std::string_view name) {
    constexpr std::size_t longest = 30;
    if (name.size() > longest) return false;
    std::string key = folded(name);
    erase_count(key);  // total (2)
    key.erase(key.find_last_not_of(": ") + 1);
    return in_list(sum_words, '|', key);
}

}  // namespace postmoney::detail
