#include "import/csv/csv_words.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <vector>

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
     Instrument::convertible_note, "a convertible note",
     "convertible|convertibles|convertibile|convertibili|convertivel|convertiveis|conversivel|conversiveis|"
     "wandeldarlehen|wandelanleihe|wandelschuldverschreibung|cln|clns|cla|clas|ccd|ccds|ocd|ocds"},
    {"debt|debt financing|debt_financing|loan|venture debt|credit|credit line|credit facility|line of credit|"
     "post ipo debt|post_ipo_debt|post-ipo debt|debt - general|darlehen|kredit|venture "
     "loan|pret|dette|prestito|debito|"
     "deuda|prestamo|divida|emprestimo|mezzanine|bond|revenue-based financing|revenue based financing|rbf|"
     "lending capital|venture lending|venture leasing|promissory note|promissory notes",
     Instrument::debt, "debt",
     "debt|loan|loans|bond|bonds|debenture|debentures|ncd|ncds|credit|dette|darlehen|kredit|anleihe|"
     "obligation|obligations|obbligazione|obbligazioni|obligaciones|prestito|prestamo|deuda|emprestimo|"
     "divida"},
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
    std::string_view within;  // words within a longer cell; of instruments alone
};

constexpr auto instrument_rows = std::to_array<WordRow<Instrument>>({
    {Instrument::safe, "safes|simple agreement for future equity", "safe|safes"},
    {Instrument::equity,
     "equity financing|equity round|equity investment|priced round|priced equity|shares|stock|capital "
     "increase|"
     "kapitalerhohung|augmentation de capital|aumento di capitale|ampliacion de capital|aumento de "
     "capital|eigenkapital|fonds propres|capitaux propres|capital propio|capital proprio|"
     "capitale proprio",
     "preferred|preferreds|preference|pref|prefs|common|ordinary|shares|stock|ccps|ocps|vorzugsaktien|"
     "stammaktien"},
});

// Of these too, where a round is named by more than an instrument.
constexpr std::string_view stage_words = "series|serie|seed|equity|eigenkapital|angel|vc|primary";

// A note that does not say whether it converts, and a right to shares, are no one instrument.
constexpr std::string_view note_words = "note|notes";
constexpr std::string_view right_words = "warrant|warrants";

constexpr std::string_view negations = "non|not|no|nicht|nao";

// What stands between two instruments. Anything else joins words about one: `Common Stock (Secondary)`.
constexpr std::string_view joining_words =
    "&|and|or|plus|with|incl|including|inkl|und|oder|mit|sowie|et|ou|avec|y|o|con|e|com|piu|mas|mais";

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

// Longer texts are no words for what a round is.
constexpr std::size_t longest_name = 80;

// Words that rounds are named by, besides those of a stage.
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

// The words of a folded text; an empty one where two parts are joined.
[[nodiscard]] std::vector<std::string_view> words_in(std::string_view text) {
    std::vector<std::string_view> words;
    const auto is_of_word = [](char c) {
        return c == '&' || static_cast<unsigned char>(c) >= 0x80 || is_ascii_digit(c) ||
               (c >= 'a' && c <= 'z');
    };
    while (!text.empty()) {
        const auto end =
            static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_of_word) - text.begin());
        const std::string_view word = text.substr(0, end);
        if (!word.empty()) words.push_back(in_list(joining_words, '|', word) ? std::string_view() : word);
        if (end < text.size() && std::string_view("+/,;").find(text[end]) != std::string_view::npos)
            words.emplace_back();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

[[nodiscard]] const RoundWord& word_of_instrument(Instrument instrument) {
    return *std::find_if(round_words.begin(), round_words.end(),
                         [&](const RoundWord& row) { return row.instrument == instrument; });
}

class Instruments {
  public:
    void add(Instrument one) noexcept { bits_ |= bit(one); }
    void add(Instruments others) noexcept { bits_ |= others.bits_; }
    void remove(Instrument one) noexcept { bits_ &= ~bit(one); }
    [[nodiscard]] bool has(Instrument one) const noexcept { return (bits_ & bit(one)) != 0; }
    [[nodiscard]] bool empty() const noexcept { return bits_ == 0; }
    // The one that there is; null where there are none or several.
    [[nodiscard]] std::optional<Instrument> only() const noexcept {
        if (!std::has_single_bit(bits_)) return std::nullopt;
        return static_cast<Instrument>(std::countr_zero(bits_));
    }

  private:
    [[nodiscard]] static std::uint32_t bit(Instrument one) noexcept {
        return std::uint32_t{1} << static_cast<std::uint32_t>(one);
    }
    std::uint32_t bits_ = 0;
};

// What a text names of the money that a company gets.
struct NamedMoney {
    Instruments instruments;
    const RoundWord* exit = nullptr;  // what is no round
    bool has_stage = false;           // a word of a priced round
    bool has_pre = false;             // what comes before an exit
    bool is_unsure = false;           // a part of it is a note or a right alone
};

// Takes in what one part of a text, between two joining words, says.
class PartOfName {
  public:
    void add(std::string_view word, bool negated) {
        const bool is_convertible =
            in_list(word_of_instrument(Instrument::convertible_note).within, '|', word);
        if (negated) {
            is_inconvertible_ = is_inconvertible_ || is_convertible;
            return;
        }
        is_inconvertible_ = is_inconvertible_ || word == "nonconvertible";
        for (const RoundWord& row : round_words) {
            if (!in_list(row.within, '|', word)) continue;
            if (row.instrument) {
                found_.add(*row.instrument);
            } else if (exit_ == nullptr) {
                exit_ = &row;
            }
        }
        for (const WordRow<Instrument>& row : instrument_rows)
            if (in_list(row.within, '|', word)) found_.add(row.meaning);
        has_note_ = has_note_ || in_list(note_words, '|', word);
        has_right_ = has_right_ || in_list(right_words, '|', word);
        has_stage_ = has_stage_ || in_list(stage_words, '|', word);
        has_pre_ = has_pre_ || word == "pre";
    }

    void end(NamedMoney& whole) {
        // Shares that convert into others are shares, and a loan that converts is a note.
        const bool is_loan = found_.has(Instrument::debt) || has_note_;
        if (found_.has(Instrument::convertible_note)) {
            found_.remove(is_loan || !found_.has(Instrument::equity) ? Instrument::equity
                                                                     : Instrument::convertible_note);
            found_.remove(Instrument::debt);
        } else if (is_inconvertible_ && !found_.has(Instrument::equity)) {
            found_.add(Instrument::debt);
        }
        // What was sold are shares that others held.
        if (found_.has(Instrument::secondary)) found_.remove(Instrument::equity);
        const bool is_open = found_.empty() && exit_ == nullptr && !has_stage_;
        has_note_only_ = has_note_only_ || (is_open && has_note_);
        has_right_only_ = has_right_only_ || (is_open && has_right_);
        whole.instruments.add(found_);
        if (whole.exit == nullptr || (exit_ != nullptr && exit_ < whole.exit)) whole.exit = exit_;
        whole.has_stage = whole.has_stage || has_stage_;
        whole.has_pre = whole.has_pre || has_pre_;
        // A right that comes with something else is no part of what was paid for.
        const bool is_alone = whole.instruments.empty() && !whole.has_stage;
        whole.is_unsure = has_note_only_ || (has_right_only_ && is_alone);
        found_ = {};
        exit_ = nullptr;
        is_inconvertible_ = has_note_ = has_right_ = has_stage_ = has_pre_ = false;
    }

  private:
    Instruments found_;
    const RoundWord* exit_ = nullptr;
    bool is_inconvertible_ = false;
    bool has_note_ = false;
    bool has_right_ = false;
    bool has_stage_ = false;
    bool has_pre_ = false;
    bool has_note_only_ = false;   // a part before, or this one
    bool has_right_only_ = false;  // the same
};

[[nodiscard]] NamedMoney money_named_in(std::string_view text) {
    NamedMoney named;
    PartOfName part;
    const std::vector<std::string_view> words = words_in(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].empty()) {
            part.end(named);
            continue;
        }
        const bool is_without = i + 1 < words.size() && words[i + 1] == "free";  // debt-free
        const bool negated = i != 0 && in_list(negations, '|', words[i - 1]) && !words[i - 1].empty();
        if (!is_without) part.add(words[i], negated);
    }
    part.end(named);
    return named;
}

constexpr RoundWord open_word{"", std::nullopt, "not surely one instrument", "", true};

// The row that a text names; null where it names none or equity, and the open one where it names several of
// which not all count alike, or none surely.
[[nodiscard]] const RoundWord* round_word_within(std::string_view text) {
    const NamedMoney named = money_named_in(text);
    const bool has_safe = named.instruments.has(Instrument::safe);
    const bool has_equity = named.instruments.has(Instrument::equity) || named.has_stage || has_safe;
    if (named.exit != nullptr && !named.has_stage && !named.has_pre && !has_safe) return named.exit;
    Instruments own = named.instruments;
    own.remove(Instrument::safe);
    own.remove(Instrument::equity);
    if (own.empty()) return named.is_unsure ? &open_word : nullptr;
    const auto only = own.only();
    if (!only || named.is_unsure) return &open_word;
    // Notes count as equity does.
    if (has_equity) return only == Instrument::convertible_note ? nullptr : &open_word;
    return &word_of_instrument(*only);
}

// The one instrument that a text names.
[[nodiscard]] std::optional<Instrument> instrument_within(std::string_view text) {
    const NamedMoney named = money_named_in(text);
    const auto only = named.instruments.only();
    if (!only || named.exit != nullptr || named.is_unsure) return std::nullopt;
    const bool is_priced = only == Instrument::equity || only == Instrument::safe;
    return named.has_stage && !is_priced ? std::nullopt : only;
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
    for (const WordRow<Enum>& row : rows)
        if (in_list(row.words, '|', key)) return row.meaning;
    return std::nullopt;
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
    if (cell.empty() || cell.size() > longest_name) return nullptr;
    const std::string key = folded(cell);
    const auto found = round_word_map().find(key);
    return found == round_word_map().end() ? round_word_within(key) : found->second;
}

template <class Enum>
std::optional<Enum> word_of_cell(std::string_view cell) {
    if (const auto exact = exact_word<Enum>(cell)) return exact;
    if (cell.empty() || cell.size() > longest_name) return std::nullopt;
    if constexpr (std::is_same_v<Enum, Instrument>) {
        const RoundWord* word = round_word(cell);
        if (word != nullptr) return word->instrument;
        const auto whole = word_in_rows<Enum>(cell, instrument_rows);
        return whole ? whole : instrument_within(folded(cell));
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
    for (const std::string_view word : words_in(key)) {
        found = found || (!word.empty() && (in_list(stage_words, '|', word) || word == "pre" ||
                                            word == "safe" || in_list(naming_words, '|', word)));
    }
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
