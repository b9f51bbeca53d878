// The signs and names of currencies. To teach one, add a row, or its code to the rows of a sign that it
// shares.
//
// Names stand as in amount_words.hpp. A name that several currencies share, as dollar, has all their codes.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "postmoney/text/language.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

//--- Signs

struct CurrencySign {
    std::string_view text;
    std::string_view codes;  // with spaces between
};

// Longer signs before those that they end in or begin with.
inline constexpr auto currency_signs = std::to_array<CurrencySign>({
    {"US-$", "USD"}, {"US$", "USD"},    {"CAD$", "CAD"},
    {"AUD$", "AUD"}, {"NZD$", "NZD"},   {"SGD$", "SGD"},
    {"HKD$", "HKD"}, {"HK$", "HKD"},    {"NZ$", "NZD"},
    {"NT$", "TWD"},  {"AU$", "AUD"},    {"CA$", "CAD"},
    {"MX$", "MXN"},  {"A$", "AUD"},     {"C$", "CAD"},
    {"S$", "SGD"},   {"R$", "BRL"},     {"$", "USD AUD CAD NZD SGD HKD TWD MXN CLP COP ARS"},
    {"€", "EUR"},    {"£", "GBP"},      {"¥", "JPY CNY"},
    {"₹", "INR"},    {"₩", "KRW"},      {"₽", "RUB"},
    {"₺", "TRY"},    {"₪", "ILS"},      {"₫", "VND"},
    {"₱", "PHP"},    {"฿", "THB"},      {"₦", "NGN"},
    {"₴", "UAH"},    {"₸", "KZT"},      {"₡", "CRC"},
    {"₲", "PYG"},    {"元", "CNY TWD"}, {"円", "JPY"},
});

// The sign that the text begins with; null when it begins with none.
[[nodiscard]] constexpr const CurrencySign* sign_at_start(std::string_view text) {
    for (const CurrencySign& sign : currency_signs)
        if (text.starts_with(sign.text)) return &sign;
    return nullptr;
}

//--- Names

struct CurrencyRow {
    std::optional<Language> language;
    std::string_view words;
    std::string_view codes;
};

inline constexpr std::string_view dollars = "USD AUD CAD NZD SGD HKD TWD";
inline constexpr std::string_view francs = "CHF XOF XAF XPF FRF BEF LUF";
inline constexpr std::string_view pesos = "MXN ARS CLP COP PHP UYU DOP";
inline constexpr std::string_view pounds = "GBP EGP LBP SYP";
inline constexpr std::string_view crowns = "SEK NOK DKK ISK CZK";
inline constexpr std::string_view rupees = "INR PKR LKR NPR MUR";

inline constexpr auto currency_rows = std::to_array<CurrencyRow>({
    {{}, "eur|euro|euros", "EUR"},
    {{}, "usd", "USD"},
    {{}, "gbp", "GBP"},
    {{}, "chf|sfr", "CHF"},
    {{}, "rmb|renminbi|yuan|yuans", "CNY"},
    {{}, "yen|yens", "JPY"},
    {{}, "kr", "SEK NOK DKK ISK"},
    {{}, "zl|zloty|zlotys", "PLN"},
    {{}, "kc", "CZK"},
    {{}, "ft|forint|forints", "HUF"},
    {{}, "rs", rupees},
    {{}, "rp", "IDR"},
    {{}, "rm|ringgit", "MYR"},
    {{}, "rand", "ZAR"},
    {{}, "ksh|kshs", "KES"},
    {{}, "baht", "THB"},
    {{}, "naira", "NGN"},
    {{}, "won|wons", "KRW"},
    {{}, "dirham|dirhams|dh|dhs", "AED MAD"},
    {{}, "lei", "RON MDL"},
    {{}, "tl", "TRY"},
    {{}, "shekel|shekels|nis", "ILS"},
    {Language::en, "dollar|dollars", dollars},
    {Language::en, "us dollar|us dollars|u s dollar|u s dollars|american dollar|american dollars", "USD"},
    {Language::en, "canadian dollar|canadian dollars", "CAD"},
    {Language::en, "australian dollar|australian dollars", "AUD"},
    {Language::en, "singapore dollar|singapore dollars", "SGD"},
    {Language::en, "hong kong dollar|hong kong dollars", "HKD"},
    {Language::en, "new zealand dollar|new zealand dollars", "NZD"},
    {Language::en, "pound|pounds", pounds},
    {Language::en, "sterling|pounds sterling|pound sterling|british pounds", "GBP"},
    {Language::en, "franc|francs", francs},
    {Language::en, "swiss franc|swiss francs", "CHF"},
    {Language::en, "rupee|rupees", rupees},
    {Language::en, "indian rupee|indian rupees", "INR"},
    {Language::en, "krona|kronor|krone|kroner|crowns", crowns},
    {Language::en, "swedish kronor|swedish krona|swedish crowns", "SEK"},
    {Language::en, "norwegian kroner|norwegian krone|norwegian crowns", "NOK"},
    {Language::en, "danish kroner|danish krone|danish crowns", "DKK"},
    {Language::en, "real|reais|reals|brazilian real|brazilian reais", "BRL"},
    {Language::en, "peso|pesos", pesos},
    {Language::en, "mexican pesos", "MXN"},
    {Language::en, "ruble|rubles|rouble|roubles", "RUB BYN"},
    {Language::en, "lira|liras|lire", "TRY ITL"},
    {Language::en, "turkish lira|turkish liras", "TRY"},
    {Language::en, "rupiah", "IDR"},
    {Language::en, "riyal|riyals", "SAR QAR YER"},
    {Language::en, "saudi riyal|saudi riyals", "SAR"},
    {Language::it, "dollaro|dollari", dollars},
    {Language::it, "dollari americani|dollari statunitensi|dollari usa|dollari us|dollaro americano", "USD"},
    {Language::it, "dollari canadesi", "CAD"},
    {Language::it, "dollari australiani", "AUD"},
    {Language::it, "sterlina|sterline", pounds},
    {Language::it, "sterline inglesi|sterline britanniche", "GBP"},
    {Language::it, "franco|franchi", francs},
    {Language::it, "franchi svizzeri", "CHF"},
    {Language::it, "rupia|rupie", rupees},
    {Language::it, "rupie indiane", "INR"},
    {Language::it, "corona|corone", crowns},
    {Language::it, "corone svedesi", "SEK"},
    {Language::it, "corone norvegesi", "NOK"},
    {Language::it, "corone danesi", "DKK"},
    {Language::it, "lira|lire", "ITL TRY"},
    {Language::it, "lire italiane", "ITL"},
    {Language::it, "lire turche", "TRY"},
    {Language::it, "real|reais", "BRL"},
    {Language::it, "pesos", pesos},
    {Language::it, "rublo|rubli", "RUB BYN"},
    {Language::de, "dollar", dollars},
    {Language::de, "us dollar|amerikanische dollar|amerikanischer dollar", "USD"},
    {Language::de, "kanadische dollar|kanadischer dollar", "CAD"},
    {Language::de, "australische dollar|australischer dollar", "AUD"},
    {Language::de, "pfund", pounds},
    {Language::de, "pfund sterling|britische pfund|britischer pfund", "GBP"},
    {Language::de, "franken|schweizer franken|stutz", "CHF"},
    {Language::de, "francs", francs},
    {Language::de, "rupie|rupien", rupees},
    {Language::de, "indische rupien", "INR"},
    {Language::de, "krone|kronen", crowns},
    {Language::de, "schwedische kronen", "SEK"},
    {Language::de, "norwegische kronen", "NOK"},
    {Language::de, "danische kronen", "DKK"},
    {Language::de, "mark|d mark|deutsche mark", "DEM"},
    {Language::de, "real|reais", "BRL"},
    {Language::de, "pesos", pesos},
    {Language::de, "rubel", "RUB BYN"},
    {Language::fr, "dollar|dollars", dollars},
    {Language::fr, "dollars americains|dollar americain|dollars us|dollars des etats unis", "USD"},
    {Language::fr, "dollars canadiens", "CAD"},
    {Language::fr, "dollars australiens", "AUD"},
    {Language::fr, "livre|livres", pounds},
    {Language::fr, "livre sterling|livres sterling", "GBP"},
    {Language::fr, "franc|francs", francs},
    {Language::fr, "francs suisses|franc suisse", "CHF"},
    {Language::fr, "francs cfa", "XOF XAF"},
    {Language::fr, "roupie|roupies", rupees},
    {Language::fr, "roupies indiennes", "INR"},
    {Language::fr, "couronne|couronnes", crowns},
    {Language::fr, "couronnes suedoises", "SEK"},
    {Language::fr, "couronnes norvegiennes", "NOK"},
    {Language::fr, "couronnes danoises", "DKK"},
    {Language::fr, "real|reais|reals", "BRL"},
    {Language::fr, "peso|pesos", pesos},
    {Language::fr, "rouble|roubles", "RUB BYN"},
    {Language::es, "dolar|dolares", dollars},
    {Language::es, "dolares estadounidenses|dolares americanos|dolares norteamericanos", "USD"},
    {Language::es, "dolares canadienses", "CAD"},
    {Language::es, "dolares australianos", "AUD"},
    {Language::es, "libra|libras", pounds},
    {Language::es, "libras esterlinas|libra esterlina", "GBP"},
    {Language::es, "franco|francos", francs},
    {Language::es, "francos suizos", "CHF"},
    {Language::es, "rupia|rupias", rupees},
    {Language::es, "rupias indias", "INR"},
    {Language::es, "corona|coronas", crowns},
    {Language::es, "coronas suecas", "SEK"},
    {Language::es, "coronas noruegas", "NOK"},
    {Language::es, "coronas danesas", "DKK"},
    {Language::es, "real|reales", "BRL"},
    {Language::es, "peso|pesos", pesos},
    {Language::es, "pesos mexicanos", "MXN"},
    {Language::es, "pesos argentinos", "ARS"},
    {Language::es, "pesos chilenos", "CLP"},
    {Language::es, "pesos colombianos", "COP"},
    {Language::es, "peseta|pesetas", "ESP"},
    {Language::es, "rublo|rublos", "RUB BYN"},
    {Language::es, "sol|soles", "PEN"},
    {Language::pt, "dolar|dolares", dollars},
    {Language::pt, "dolares americanos|dolares norte americanos|dolares dos eua", "USD"},
    {Language::pt, "dolares canadenses|dolares canadianos", "CAD"},
    {Language::pt, "dolares australianos", "AUD"},
    {Language::pt, "libra|libras", pounds},
    {Language::pt, "libras esterlinas|libra esterlina", "GBP"},
    {Language::pt, "franco|francos", francs},
    {Language::pt, "francos suicos", "CHF"},
    {Language::pt, "rupia|rupias", rupees},
    {Language::pt, "rupias indianas", "INR"},
    {Language::pt, "coroa|coroas", crowns},
    {Language::pt, "coroas suecas", "SEK"},
    {Language::pt, "coroas norueguesas", "NOK"},
    {Language::pt, "coroas dinamarquesas", "DKK"},
    {Language::pt, "real|reais", "BRL"},
    {Language::pt, "peso|pesos", pesos},
    {Language::pt, "escudo|escudos", "PTE CVE"},
    {Language::pt, "rublo|rublos", "RUB BYN"},
});

}  // namespace POSTMONEY_NAMESPACE::detail
