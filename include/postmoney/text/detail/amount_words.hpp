// The words of amounts, language by language. To teach a word, add it to its row; a language is a row in each
// table.
//
// Words stand as append_folded leaves them, in lower case and without accents: milhoes, grosser. What an
// apostrophe or a hyphen ends is a word of its own: jusqu a, us dollar. `|` is between the words and phrases
// of a row. A row without a language is of all.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "postmoney/text/language.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/quantity.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Calls take(item) for each item of a list.
template <class Take>
constexpr void for_each_item(std::string_view list, char separator, Take take) {
    while (true) {
        const std::size_t end = list.find(separator);
        take(list.substr(0, end));
        if (end == std::string_view::npos) return;
        list.remove_prefix(end + 1);
    }
}

[[nodiscard]] constexpr bool in_list(std::string_view list, char separator, std::string_view item) {
    bool found = false;
    for_each_item(list, separator, [&](std::string_view other) { found = found || other == item; });
    return found;
}

// Whether a row is of the language.
template <class Row>
[[nodiscard]] constexpr bool speaks(const Row& row, Language language) {
    return !row.language || *row.language == language;
}

//--- Magnitudes

enum class MagnitudeUse : std::uint8_t {
    plain,
    alone,   // may stand without a number, for one: mil millones, mille euro
    phrase,  // of phrases, not of cells in tables, where other languages mean another number by it
    // Another language has this word for less, and writes it far more often. It then has this meaning only
    // where the rest of the phrase can be of this language: see PhraseReader.
    false_friend
};

struct MagnitudeRow {
    std::optional<Language> language;
    std::string_view words;
    std::int32_t power;
    MagnitudeUse use = MagnitudeUse::plain;
};

// Short scale in English and Brazil, long scale elsewhere. Powers beyond 12 no amount can hold. A word for a
// thousand or a lakh in front of another multiplies it: mil millones, mille milliards, lakh crore.
inline constexpr auto magnitude_rows = std::to_array<MagnitudeRow>({
    {{}, "k", 3},
    {{}, "m|mm|mn|mln|mio", 6},
    {{}, "b|bn|md|mds|mld|mrd", 9},
    {{}, "tn", 12},
    {Language::en, "thousand|thousands", 3},
    {Language::en, "million|millions", 6},
    {Language::en, "mil|mill", 6, MagnitudeUse::phrase},
    {Language::en, "billion|billions", 9},
    {Language::en, "trillion|trillions|t", 12},
    {Language::en, "lakh|lakhs|lac|lacs", 5},
    {Language::en, "crore|crores|cr", 7},
    {Language::it, "mila", 3},
    {Language::it, "mille", 3, MagnitudeUse::alone},
    {Language::it, "milione|milioni", 6},
    {Language::it, "miliardo|miliardi", 9},
    {Language::it, "bilione|bilioni", 12},
    {Language::de, "tsd|t", 3},
    {Language::de, "tausend", 3, MagnitudeUse::alone},
    {Language::de, "million|millionen", 6},
    {Language::de, "milliarde|milliarden|mia", 9},
    {Language::de, "billionen|bio", 12},
    {Language::de, "billion", 12, MagnitudeUse::false_friend},
    {Language::fr, "mille", 3, MagnitudeUse::alone},
    {Language::fr, "million|millions", 6},
    {Language::fr, "milliard|milliards", 9},
    {Language::fr, "billions", 12},
    {Language::fr, "billion", 12, MagnitudeUse::false_friend},
    {Language::es, "miles", 3},
    {Language::es, "mil", 3, MagnitudeUse::alone},
    {Language::es, "millon|millones|mill", 6},
    {Language::es, "millardo|millardos", 9},
    {Language::es, "billon|billones", 12},
    {Language::pt, "mil", 3, MagnitudeUse::alone},
    {Language::pt, "milhao|milhoes|mi", 6},
    {Language::pt, "bilhao|bilhoes|bi", 9},  // Brazil
    {Language::pt, "biliao|bilioes", 12},    // Portugal
    {Language::pt, "trilhao|trilhoes|tri", 12},
});

// The power of ten that a word in the cell of a table stands for in a language: 6 for `mn`.
[[nodiscard]] constexpr std::optional<std::int32_t> power_of_word(std::string_view word, Language language) {
    for (const MagnitudeRow& row : magnitude_rows) {
        const bool fits = speaks(row, language) && row.use == MagnitudeUse::plain;
        if (fits && in_list(row.words, '|', word)) return row.power;
    }
    return std::nullopt;
}

//--- Numbers that are words

struct NumberRow {
    std::optional<Language> language;
    int first;               // the number of the first words
    int step;                // from there to the next
    std::string_view words;  // `/` is between the words of one number
};

inline constexpr auto number_rows = std::to_array<NumberRow>({
    {Language::en, 1, 1, "one/a/an|two|three|four|five|six|seven|eight|nine|ten"},
    {Language::en, 20, 10, "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"},
    {Language::it, 1, 1, "un/uno/una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci"},
    {Language::it, 20, 10, "venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta|cento"},
    {Language::de, 1, 1, "eine/ein/einer/einem/einen|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn"},
    {Language::de, 20, 10, "zwanzig|dreissig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig|hundert"},
    {Language::fr, 1, 1, "un/une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix"},
    {Language::fr, 20, 10, "vingt|trente|quarante|cinquante|soixante"},
    {Language::fr, 100, 100, "cent"},
    {Language::es, 1, 1, "un/uno/una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez"},
    {Language::es, 20, 10, "veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien"},
    {Language::pt, 1, 1, "um/uma|dois/duas|tres|quatro|cinco|seis|sete|oito|nove|dez"},
    {Language::pt, 20, 10, "vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cem"},
});

// The number that a word stands for in a language; 0 when it is none.
[[nodiscard]] constexpr int number_of_word(std::string_view word, Language language) {
    int found = 0;
    for (const NumberRow& row : number_rows) {
        if (!speaks(row, language)) continue;
        int number = row.first;
        for_each_item(row.words, '|', [&](std::string_view words) {
            if (in_list(words, '/', word)) found = number;
            number += row.step;
        });
    }
    return found;
}

//--- Qualifiers

enum class WordPlace : std::uint8_t { before, behind, either };  // of the number

struct QualifierRow {
    std::optional<Language> language;
    std::string_view words;
    Qualifier meaning;
    WordPlace place = WordPlace::before;
};

// "Almost" and "just under" are `about`, whose bounds hold what they say; `less than` would leave 0 known.
inline constexpr auto qualifier_rows = std::to_array<QualifierRow>({
    {{}, "~|≈|±|ca|c", Qualifier::about},
    {{}, ">", Qualifier::more_than},
    {{}, "<", Qualifier::less_than},
    {{}, "≥|> =|⩾", Qualifier::at_least},
    {{}, "≤|< =|⩽", Qualifier::at_most},
    {{}, "+", Qualifier::at_least, WordPlace::behind},
    {Language::en, "about|around|approximately|approx|roughly|circa", Qualifier::about, WordPlace::either},
    {Language::en, "some|nearly|almost|close to|just under|in the region of", Qualifier::about},
    {Language::en, "or so", Qualifier::about, WordPlace::behind},
    {Language::en, "at least|no less than|not less than|a minimum of|upwards of", Qualifier::at_least},
    {Language::en, "or more|and more|plus|at least", Qualifier::at_least, WordPlace::behind},
    {Language::en, "more than|over|above|in excess of|just over|north of", Qualifier::more_than},
    {Language::en, "up to|at most|no more than|not more than|as much as|a maximum of|max",
     Qualifier::at_most},
    {Language::en, "or less|at most|max", Qualifier::at_most, WordPlace::behind},
    {Language::en, "less than|under|below|fewer than", Qualifier::less_than},
    {Language::it, "circa|all incirca|approssimativamente", Qualifier::about, WordPlace::either},
    {Language::it, "quasi|intorno a|intorno ai|attorno a|attorno ai|poco meno di", Qualifier::about},
    {Language::it, "almeno|non meno di|come minimo|minimo", Qualifier::at_least},
    {Language::it, "o piu|e piu|almeno", Qualifier::at_least, WordPlace::behind},
    {Language::it, "oltre|oltre i|piu di|piu dei|sopra i|poco piu di", Qualifier::more_than},
    {Language::it, "fino a|fino ai|al massimo|al piu|non piu di|massimo", Qualifier::at_most},
    {Language::it, "al massimo", Qualifier::at_most, WordPlace::behind},
    {Language::it, "meno di|sotto i|inferiore a|inferiore ai", Qualifier::less_than},
    {Language::de, "rund|etwa|zirka|circa|ungefahr|knapp|fast|beinahe|nahezu|um die|an die|gegen|annahernd",
     Qualifier::about},
    {Language::de, "mindestens|wenigstens|zumindest|nicht weniger als", Qualifier::at_least},
    {Language::de, "oder mehr|und mehr|mindestens", Qualifier::at_least, WordPlace::behind},
    {Language::de, "mehr als|uber|ueber|gut", Qualifier::more_than},
    {Language::de, "bis zu|hochstens|hoechstens|maximal|nicht mehr als", Qualifier::at_most},
    {Language::de, "weniger als|unter", Qualifier::less_than},
    {Language::fr, "environ|a peu pres|approximativement", Qualifier::about, WordPlace::either},
    {Language::fr, "pres de|quelque|presque|autour de|aux alentours de", Qualifier::about},
    {Language::fr, "au moins|pas moins de|un minimum de|au minimum", Qualifier::at_least},
    {Language::fr, "ou plus|et plus|au moins|au minimum", Qualifier::at_least, WordPlace::behind},
    {Language::fr, "plus de|plus d|au dela de|superieur a", Qualifier::more_than},
    {Language::fr, "jusqu a|au plus|au maximum|un maximum de|maximum", Qualifier::at_most},
    {Language::fr, "au plus|au maximum|maximum", Qualifier::at_most, WordPlace::behind},
    {Language::fr, "moins de|moins d|inferieur a", Qualifier::less_than},
    {Language::es, "aproximadamente|mas o menos", Qualifier::about, WordPlace::either},
    {Language::es, "casi|cerca de|unos|unas|alrededor de|en torno a|aprox", Qualifier::about},
    {Language::es, "al menos|por lo menos|como minimo|no menos de", Qualifier::at_least},
    {Language::es, "o mas|y mas|como minimo|al menos", Qualifier::at_least, WordPlace::behind},
    {Language::es, "mas de|mas que|por encima de|superior a", Qualifier::more_than},
    {Language::es, "hasta|como maximo|a lo sumo|no mas de|un maximo de", Qualifier::at_most},
    {Language::es, "como maximo", Qualifier::at_most, WordPlace::behind},
    {Language::es, "menos de|por debajo de|inferior a", Qualifier::less_than},
    {Language::pt, "aproximadamente|mais ou menos", Qualifier::about, WordPlace::either},
    {Language::pt, "quase|cerca de|por volta de|em torno de|uns|umas|aprox", Qualifier::about},
    {Language::pt, "pelo menos|ao menos|no minimo|nao menos de", Qualifier::at_least},
    {Language::pt, "ou mais|e mais|no minimo|pelo menos", Qualifier::at_least, WordPlace::behind},
    {Language::pt, "mais de|mais do que|acima de|superior a", Qualifier::more_than},
    {Language::pt, "ate|no maximo|nao mais de|um maximo de", Qualifier::at_most},
    {Language::pt, "no maximo", Qualifier::at_most, WordPlace::behind},
    {Language::pt, "menos de|menos do que|abaixo de|inferior a", Qualifier::less_than},
});

//--- Ranges

struct RangeRow {
    std::optional<Language> language;
    std::string_view start;  // before the lower end; empty when nothing has to stand there
    std::string_view join;   // between the two ends
};

inline constexpr auto range_rows = std::to_array<RangeRow>({
    {{}, "", "-"},
    {Language::en, "between", "and"},
    {Language::en, "", "to"},
    {Language::it, "tra|fra|tra i|fra i|tra gli|fra gli", "e|ed|e i|e gli"},
    {Language::it, "", "a|ai"},
    {Language::de, "zwischen", "und"},
    {Language::de, "", "bis|bis zu"},
    {Language::fr, "entre", "et"},
    {Language::fr, "", "a"},
    {Language::es, "entre", "y|e"},
    {Language::es, "", "a"},
    {Language::pt, "entre", "e"},
    {Language::pt, "", "a"},
});

//--- Words that change nothing

struct FillerRow {
    std::optional<Language> language;
    std::string_view before;     // before the number
    std::string_view of;         // between the magnitude and the currency
    std::string_view end;        // at the end
    bool names_need_of = false;  // whether one has to stand before the name of a currency: 2 milioni di euro
};

inline constexpr auto filler_rows = std::to_array<FillerRow>({
    {Language::en, "another|additional|an additional|further|a further|other|the|from|a total of|total of|of",
     "of|in", "in total|in all|altogether"},
    {Language::it, "altri|altre|ulteriori|i|gli|il|lo|la|l|ben|da|dai|di|per|un totale di|totale di|un altro",
     "di|d|in", "in totale|complessivi|complessivamente", true},
    {Language::de, "weitere|weiteren|weiterer|die|den|der|das|insgesamt|von|noch|nochmals|in hohe von", "in",
     "insgesamt"},
    {Language::fr, "autres|d autres|les|le|la|l|de|des|un total de|total de|un montant de", "de|d|en",
     "au total|supplementaires", true},
    {Language::es, "otros|otras|los|las|el|la|de|un total de|total de|por", "de|en", "en total|adicionales",
     true},
    {Language::pt, "outros|outras|os|as|o|a|de|um total de|total de|por", "de|em",
     "no total|ao todo|adicionais", true},
});

[[nodiscard]] constexpr bool names_need_of(Language language) {
    for (const FillerRow& row : filler_rows)
        if (row.language == language) return row.names_need_of;
    return false;
}

//--- What is not told

struct UndisclosedRow {
    std::optional<Language> language;
    std::string_view words;
};

// Whole texts that say there is an amount, and not which.
inline constexpr auto undisclosed_rows = std::to_array<UndisclosedRow>({
    {{}, "n/a|na|-"},
    {Language::en, "undisclosed|not disclosed|unknown|undisclosed amount|an undisclosed amount"},
    {Language::it, "non divulgato|non dichiarato|non reso noto|importo non divulgato|non comunicato"},
    {Language::de, "nicht genannt|unbekannt|nicht bekannt|keine angabe|k a"},
    {Language::fr, "non divulgue|non communique|montant non divulgue|inconnu"},
    {Language::es, "no revelado|no divulgado|no comunicado|importe no revelado|desconocido"},
    {Language::pt, "nao divulgado|nao revelado|valor nao divulgado|desconhecido"},
});

[[nodiscard]] constexpr bool says_undisclosed(std::string_view text, Language language) {
    for (const UndisclosedRow& row : undisclosed_rows)
        if (speaks(row, language) && in_list(row.words, '|', text)) return true;
    return false;
}

}  // namespace POSTMONEY_NAMESPACE::detail
