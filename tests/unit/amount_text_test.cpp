#include "postmoney/text/amount_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"

using postmoney::AmountText;
using postmoney::AmountTextOptions;
using postmoney::Currency;
using postmoney::DecimalMark;
using postmoney::Language;
using postmoney::parse_amount_text;
using postmoney::ReadPart;
using postmoney::test::refusal;

namespace {

struct Phrase {
    std::string_view text;
    std::string_view language;  // empty: not said
    std::string_view currency;  // empty: not said
    std::string_view expected;  // the amount, or the refusal
};

// The amount that the text is read as, or why it is refused.
std::string read_text(std::string_view text, const AmountTextOptions& options = {}) {
    std::string amount;
    const std::string message =
        refusal([&] { amount = parse_amount_text(text, options).amount.to_string(); });
    return amount.empty() ? message : amount;
}

void check_phrases(const std::vector<Phrase>& phrases) {
    for (const Phrase& phrase : phrases) {
        CAPTURE(phrase.text);
        AmountTextOptions options;
        if (!phrase.language.empty())
            options.language = postmoney::detail::from_word<Language>(phrase.language);
        if (!phrase.currency.empty()) options.currency = phrase.currency;
        CHECK(read_text(phrase.text, options) == phrase.expected);
    }
}

}  // namespace

TEST_CASE("English phrases") {
    check_phrases({
        {"about 100 million dollars", "", "USD", "about 100 million USD"},
        {"$8.8M", "", "USD", "8.8 million USD"},
        {"US$5bn", "", "", "5 billion USD"},
        {"$1.5 billion", "", "USD", "1.5 billion USD"},
        {"£3.2m", "", "", "3.2 million GBP"},
        {"up to 3 million euros", "", "", "at most 3 million EUR"},
        {"at least €5m", "", "", "at least 5 million EUR"},
        {"more than 40 billion US dollars", "", "", "more than 40 billion USD"},
        {"over US$2 billion", "", "", "more than 2 billion USD"},
        {"nearly 100 million euros", "", "", "about 100 million EUR"},
        {"roughly 1.25 billion U.S. dollars", "", "", "about 1.25 billion USD"},
        {"less than 500 thousand euros", "", "", "less than 500 thousand EUR"},
        {"between 5 and 7 million pounds sterling", "", "", "between 5 and 7 million GBP"},
        {"from €5 to €7 million", "", "", "between 5 and 7 million EUR"},
        {"€5-7m", "", "", "between 5 and 7 million EUR"},
        {"€5m–€7m", "", "", "between 5 million and 7 million EUR"},
        {"CHF 500k - 1.2m", "", "", "between 500 thousand and 1.2 million CHF"},
        {">$8M", "", "USD", "more than 8 million USD"},
        {"≥ 5m EUR", "", "", "at least 5 million EUR"},
        {"~10M EUR", "", "", "about 10 million EUR"},
        {"5+ EUR", "", "", "at least 5 EUR"},
        {"10+ million euros", "", "", "at least 10 million EUR"},
        {"10 million euros or more", "", "", "at least 10 million EUR"},
        {"a billion euros", "", "", "1 billion EUR"},
        {"two million euros", "", "", "2 million EUR"},
        {"another 6 billion US dollars", "", "", "6 billion USD"},
        {"EUR 1,250.50", "", "", "1250.50 EUR"},
        {"1,250,000 EUR", "", "", "1250000 EUR"},
        {"US$12,500,000", "", "", "12500000 USD"},
        {"₹5 crore", "", "", "0.05 billion INR"},
        {"1.5 lakh Indian rupees", "", "", "0.15 million INR"},
        {"₹1,51,09,500.00", "", "", "15109500.00 INR"},
        {"1 lakh crore Indian rupees", "", "", "1 trillion INR"},
        {"C$30 million", "", "", "30 million CAD"},
        {"a total of 20 million Swiss francs", "", "", "20 million CHF"},
        {"SEK 250 million", "", "", "250 million SEK"},
        {"¥3 billion", "", "JPY", "3 billion JPY"},
        {"RMB 100 million", "", "", "100 million CNY"},
        {"$25,000,000.00", "", "CAD", "25000000.00 CAD"},
        {"5 trillion yen", "", "", "5 trillion JPY"},
        {"undisclosed amount", "", "", "undisclosed"},
        {"Up To 30 Million Euros", "", "", "at most 30 million EUR"},
        {"$5M USD", "", "", "5 million USD"},
        {"twenty million euros", "", "", "20 million EUR"},
        {"5 billion euros", "", "", "5 billion EUR"},
    });
}

TEST_CASE("Italian phrases") {
    check_phrases({
        {"circa 100 milioni di dollari", "", "USD", "about 100 million USD"},
        {"altri 6 miliardi di dollari", "", "USD", "6 billion USD"},
        {"12 miliardi", "", "USD", "12 billion USD"},
        {"31 miliardi di dollari", "", "USD", "31 billion USD"},
        {"50 miliardi di dollari", "it", "USD", "50 billion USD"},
        {"altri 6 miliardi di dollari USA", "", "", "6 billion USD"},
        {"oltre 2,5 miliardi di euro", "", "", "more than 2.5 billion EUR"},
        {"fino a 30 milioni di euro", "", "", "at most 30 million EUR"},
        {"tra 5 e 7 milioni di euro", "", "", "between 5 and 7 million EUR"},
        {"fra i 40 e i 45 miliardi di euro", "", "", "between 40 and 45 billion EUR"},
        {"almeno 500 mila euro", "", "", "at least 500 thousand EUR"},
        {"500mila euro", "", "", "500 thousand EUR"},
        {"più di 3 mln di euro", "", "", "more than 3 million EUR"},
        {"meno di 10 mln €", "", "", "less than 10 million EUR"},
        {"quasi 1 miliardo di euro", "", "", "about 1 billion EUR"},
        {"un miliardo di euro", "", "", "1 billion EUR"},
        {"€ 1.250.000,50", "", "", "1250000.50 EUR"},
        {"25.000 €", "it", "", "25000 EUR"},
        {"1.250 milioni di euro", "it", "", "1250 million EUR"},
        {"mille miliardi di lire italiane", "", "", "1 trillion ITL"},
        {"20 miliardi di lire", "", "ITL", "20 billion ITL"},
        {"ulteriori 10 milioni di sterline inglesi", "", "", "10 million GBP"},
        {"100 milioni di euro circa", "", "", "about 100 million EUR"},
        {"100 milioni circa di euro", "", "", "about 100 million EUR"},
        {"FINO A 30 MILIONI DI EURO", "", "", "at most 30 million EUR"},
        {"da 5 a 7 milioni di euro", "", "", "between 5 and 7 million EUR"},
        {"dieci milioni di franchi svizzeri", "", "", "10 million CHF"},
        {"2 bilioni di euro", "", "", "2 trillion EUR"},
        {"1.5 miliardi di euro", "", "", "1.5 billion EUR"},
        {"importo non divulgato", "", "", "undisclosed"},
    });
}

TEST_CASE("German phrases") {
    check_phrases({
        {"rund 100 Millionen Euro", "", "", "about 100 million EUR"},
        {"rund 5 Mio. EUR", "", "", "about 5 million EUR"},
        {"mehr als 1,5 Mrd. €", "", "", "more than 1.5 billion EUR"},
        {"bis zu 3 Millionen Euro", "", "", "at most 3 million EUR"},
        {"zwischen 40 und 45 Milliarden US-Dollar", "", "", "between 40 and 45 billion USD"},
        {"über 20 Mio. Schweizer Franken", "", "", "more than 20 million CHF"},
        {"ueber 20 Mio. CHF", "", "", "more than 20 million CHF"},
        {"mindestens 10 Millionen Euro", "", "", "at least 10 million EUR"},
        {"höchstens 10 Millionen Euro", "", "", "at most 10 million EUR"},
        {"weniger als 500 Tsd. Euro", "", "", "less than 500 thousand EUR"},
        {"500 bis 700 Tsd. Euro", "", "", "between 500 and 700 thousand EUR"},
        {"5 bis 7 Mio. €", "", "", "between 5 and 7 million EUR"},
        {"knapp 2 Milliarden Euro", "", "", "about 2 billion EUR"},
        {"eine Milliarde Euro", "", "", "1 billion EUR"},
        {"weitere 6 Milliarden Dollar", "", "USD", "6 billion USD"},
        {"1 Billion Euro", "de", "", "1 trillion EUR"},
        {"2 Billionen Euro", "", "", "2 trillion EUR"},
        {"1.250.000,00 €", "", "", "1250000.00 EUR"},
        {"1'250'000 CHF", "", "", "1250000 CHF"},
        {"25.000 €", "de", "", "25000 EUR"},
        {"zehn Millionen D-Mark", "", "", "10 million DEM"},
        {"5 T€", "de", "", "5 thousand EUR"},
        {"tausend Euro", "", "", "1 thousand EUR"},
        {"15,5 Mio. Pfund Sterling", "", "", "15.5 million GBP"},
        {"nicht genannt", "", "", "undisclosed"},
    });
}

TEST_CASE("French phrases") {
    check_phrases({
        {"environ 100 millions d'euros", "", "", "about 100 million EUR"},
        {"plus de 1,5 milliard d’euros", "", "", "more than 1.5 billion EUR"},
        {"jusqu'à 20 millions d'euros", "", "", "at most 20 million EUR"},
        {"entre 5 et 7 millions d'euros", "", "", "between 5 and 7 million EUR"},
        {"de 5 à 7 millions d'euros", "", "", "between 5 and 7 million EUR"},
        {"au moins 10 M€", "", "", "at least 10 million EUR"},
        {"5,2 Md€", "", "", "5.2 billion EUR"},
        {"3 Mds d'euros", "", "", "3 billion EUR"},
        {"moins de 500 000 €", "", "", "less than 500000 EUR"},
        {"12 500 000 €", "", "", "12500000 EUR"},
        {"1 250,50 €", "", "", "1250.50 EUR"},
        {"un milliard de dollars américains", "", "", "1 billion USD"},
        {"mille milliards d'euros", "", "", "1 trillion EUR"},
        {"1 billion de dollars", "", "USD", "1 trillion USD"},
        {"2 billions d'euros", "", "", "2 trillion EUR"},
        {"dix millions de francs suisses", "", "", "10 million CHF"},
        {"6 milliards d'euros supplémentaires", "", "", "6 billion EUR"},
        {"d'autres 6 milliards d'euros", "", "", "6 billion EUR"},
        {"près de 100 millions d’euros", "", "", "about 100 million EUR"},
        {"100 millions d'euros environ", "", "", "about 100 million EUR"},
        {"25.000 €", "fr", "", "25000 EUR"},
        {"montant non divulgué", "", "", "undisclosed"},
    });
}

TEST_CASE("Spanish phrases") {
    check_phrases({
        {"casi 100 millones de euros", "", "", "about 100 million EUR"},
        {"más de 1.500 millones de euros", "es", "", "more than 1500 million EUR"},
        {"5 mil millones de euros", "", "", "5 billion EUR"},
        {"mil millones de dólares", "", "USD", "1 billion USD"},
        {"hasta 20 millones de dólares estadounidenses", "", "", "at most 20 million USD"},
        {"entre 5 y 7 millones de euros", "", "", "between 5 and 7 million EUR"},
        {"unos 30 millones de euros", "", "", "about 30 million EUR"},
        {"al menos 10 millones de euros", "", "", "at least 10 million EUR"},
        {"menos de 500 mil euros", "", "", "less than 500 thousand EUR"},
        {"un millardo de euros", "", "", "1 billion EUR"},
        {"2 billones de euros", "", "", "2 trillion EUR"},
        {"US$ 5 millones", "", "", "5 million USD"},
        {"5 millones de pesos mexicanos", "", "", "5 million MXN"},
        {"cien millones de euros", "", "", "100 million EUR"},
        {"10 millones de euros o más", "", "", "at least 10 million EUR"},
        {"otros 6 millones de libras esterlinas", "", "", "6 million GBP"},
        {"1.234.567,89 €", "", "", "1234567.89 EUR"},
        {"no revelado", "", "", "undisclosed"},
    });
}

TEST_CASE("Portuguese phrases") {
    check_phrases({
        {"cerca de 100 milhões de euros", "", "", "about 100 million EUR"},
        {"R$ 300 mi", "", "", "300 million BRL"},
        {"R$ 1,2 bi", "", "", "1.2 billion BRL"},
        {"mais de 1,2 bilhão de reais", "", "", "more than 1.2 billion BRL"},
        {"1,2 bilião de euros", "", "", "1.2 trillion EUR"},
        {"2 trilhões de reais", "", "", "2 trillion BRL"},
        {"5 mil milhões de euros", "", "", "5 billion EUR"},
        {"até 20 milhões de dólares americanos", "", "", "at most 20 million USD"},
        {"entre 5 e 7 milhões de reais", "", "", "between 5 and 7 million BRL"},
        {"pelo menos 10 milhões de euros", "", "", "at least 10 million EUR"},
        {"quase um milhão de euros", "", "", "about 1 million EUR"},
        {"500 mil reais", "pt", "", "500 thousand BRL"},
        {"menos de 3 milhões de euros", "", "", "less than 3 million EUR"},
        {"outros 6 bilhões de dólares", "", "USD", "6 billion USD"},
        {"US$ 5 milhões", "", "", "5 million USD"},
        {"valor não divulgado", "", "", "undisclosed"},
    });
}

TEST_CASE("what is no amount, or more than one, is refused") {
    check_phrases({
        {"circa 100 milioni di dollari", "", "",
         R"(got "circa 100 milioni di dollari", expected one currency: the option "currency" says which is meant of USD, AUD, CAD, NZD, SGD, HKD, TWD [bad-amount])"},
        {"$5M", "", "",
         R"(got "$5M", expected one currency: the option "currency" says which is meant of USD, AUD, CAD, NZD, SGD, HKD, TWD, MXN, CLP, COP, ARS [bad-amount])"},
        {"$5M", "", "EUR",
         R"(got "$5M", expected one currency: the option "currency" says which is meant of USD, AUD, CAD, NZD, SGD, HKD, TWD, MXN, CLP, COP, ARS [bad-amount])"},
        {"12 miliardi", "", "",
         R"(got "12 miliardi", expected a currency by its sign, name or code, or by the option "currency" [bad-amount])"},
        {"1,250 USD", "", "",
         R"(got "1,250 USD", expected one reading, but it can be 1250 USD (".") or 1.250 USD (","): the option "language" or "decimal" says which [bad-amount])"},
        {"25.000 €", "", "",
         R"(got "25.000 €", expected one reading, but it can be 25.000 EUR (".") or 25000 EUR (","): the option "language" or "decimal" says which [bad-amount])"},
        {"1 billion euro", "", "",
         R"(got "1 billion euro", expected one reading, but it can be 1 billion EUR (en) or 1 trillion EUR (de): the option "language" says which [bad-amount])"},
        {"6 billions USD", "", "",
         R"(got "6 billions USD", expected one reading, but it can be 6 billion USD (en) or 6 trillion USD (fr): the option "language" says which [bad-amount])"},
        {"1 billion", "", "USD",
         R"(got "1 billion", expected one reading, but it can be 1 billion USD (en) or 1 trillion USD (de fr): the option "language" says which [bad-amount])"},
        {"$5 mil", "", "USD",
         R"(got "$5 mil", expected one reading, but it can be 5 million USD (en) or 5 thousand USD (es pt): the option "language" says which [bad-amount])"},
        {"US$5T", "", "",
         R"(got "US$5T", expected one reading, but it can be 5 trillion USD (en) or 5 thousand USD (de): the option "language" says which [bad-amount])"},
        {"500 mil reais", "", "",
         R"(got "500 mil reais", expected one reading, but it can be 500 million BRL (en) or 500 thousand BRL (pt): the option "language" says which [bad-amount])"},
        {"25.000 EUR", "it", "",
         R"(got "25.000 EUR", expected one reading, but it can be 25.000 EUR (as in a facts file) or 25000 EUR (it): the option "decimal" says which [bad-amount])"},
        {"1 billion EUR", "fr", "",
         R"(got "1 billion EUR", expected one reading, but it can be 1 billion EUR (as in a facts file) or 1 trillion EUR (fr): write the magnitude in figures [bad-amount])"},
        {"1.005 USD", "", "",
         R"(got "1.005 USD", expected whole minor units of USD (2 decimals) [fractional-minor-unit])"},
        {"1.005 €", "en", "",
         R"(got "1.005 EUR", expected whole minor units of EUR (2 decimals) [fractional-minor-unit])"},
        {"circa 100 milioni di patate", "", "",
         R"(got "circa 100 milioni di patate", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "patate" [bad-amount])"},
        {"miliardi di dollari", "", "",
         R"(got "miliardi di dollari", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "miliardi" [bad-amount])"},
        {"6 miliardi di QQQ", "", "",
         R"(got "QQQ", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
        {"6 miliardi di", "", "",
         R"(got "6 miliardi di", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and it ends too early [bad-amount])"},
        {"5 million EUR USD", "", "",
         R"(got "5 million EUR USD", expected one currency, and not "USD" besides [mixed-currencies])"},
        {"$5 million euros", "", "",
         R"(got "$5 million euros", expected one currency, and not "euros" besides [mixed-currencies])"},
        {"€5M/£4M", "", "",
         R"(got "€5M/£4M", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "/" [bad-amount])"},
        {"-5 million EUR", "", "",
         R"(got "-5 million EUR", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "-" [bad-amount])"},
        {"¢500", "", "",
         R"(got "¢500", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "¢"; the option "symbols" names the currency of a sign [bad-amount])"},
        {"5e6 EUR", "", "",
         R"(got "5e6 EUR", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "e" [bad-amount])"},
        {"1.250.00 €", "", "",
         R"(got "1.250.00 €", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "1.250.00" [bad-amount])"},
        {"1,25,00 EUR", "", "",
         R"(got "1,25,00 EUR", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "1,25,00" [bad-amount])"},
        {"soixante-dix millions d'euros", "", "",
         R"(got "soixante-dix millions d'euros", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "dix" [bad-amount])"},
        {"quatre-vingts millions d'euros", "", "",
         R"(got "quatre-vingts millions d'euros", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "vingts" [bad-amount])"},
        {"~€5-7m", "", "",
         R"(got "~€5-7m", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "5" [bad-amount])"},
        {"€7-5m", "", "",
         R"(got "€7-5m", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "5" [bad-amount])"},
        {"500 EUR to 1 million EUR", "", "",
         R"(got "500 EUR to 1 million EUR", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "1" [bad-amount])"},
        {"between 500 and 1.2 million EUR", "", "",
         R"(got "between 500 and 1.2 million EUR", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "1.2" [bad-amount])"},
        {"2,5 miliardi e mezzo di euro", "", "",
         R"(got "2,5 miliardi e mezzo di euro", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "e" [bad-amount])"},
        {"6 miliardi di euro", "fr", "",
         R"(got "6 miliardi di euro", expected an amount such as "about 100 million euros" in fr, and stopped at "miliardi" [bad-amount])"},
        {"5 million €", "", "QQQ",
         R"(field "currency": got "QQQ", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
        {"", "", "",
         R"(got "", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and it ends too early [bad-amount])"},
        {"US$1 million million", "", "",
         R"(got "US$1 million million", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and stopped at "million" [bad-amount])"},
        {"US$100000 trillion", "", "",
         R"(got "100000 trillion USD", expected an amount within 64-bit minor units [overflow])"},
        {"5 million pounds", "", "",
         R"(got "5 million pounds", expected one currency: the option "currency" says which is meant of GBP, EGP, LBP, SYP [bad-amount])"},
        {"¥5bn", "", "",
         R"(got "¥5bn", expected one currency: the option "currency" says which is meant of JPY, CNY [bad-amount])"},
        {"between 5 million EUR", "", "",
         R"(got "between 5 million EUR", expected an amount such as "about 100 million euros" in en, it, de, fr, es or pt, and it ends too early [bad-amount])"},
        {"caff\xe9 5 EUR", "", "", R"(got "caff\xe9 5 EUR", expected valid UTF-8 [bad-text])"},
    });
}

TEST_CASE("an amount of a facts file is that, before any language") {
    for (const std::string_view text : {"6 billion USD", "1 billion EUR", "between 40 and 45 billion USD",
                                        "25.000 EUR", "undisclosed", "indefinite"}) {
        CAPTURE(text);
        const AmountText read = parse_amount_text(text);
        CHECK(read.amount.to_string() == text);
        CHECK(read.parts.empty());
        CHECK(read.languages.empty());
    }
    check_phrases({
        {"at least 5 million USD", "it", "", "at least 5 million USD"},
        {"6 billion USD", "fr", "", "6 billion USD"},
        {"1.5 billion USD", "en", "", "1.5 billion USD"},
        {"6 billion QQQ", "", "",
         R"(got "QQQ", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
        {"0.5 JPY", "", "",
         R"(got "0.5 JPY", expected whole minor units of JPY (0 decimals) [fractional-minor-unit])"},
        {"1.005 USD", "de", "", "1005 USD"},
    });
}

TEST_CASE("the decimal mark settles what a separator is, whatever the language") {
    AmountTextOptions options;
    options.decimal = DecimalMark::comma;
    CHECK(read_text("25.000 EUR", options) == "25000 EUR");
    CHECK(read_text("25.000 €", options) == "25000 EUR");
    CHECK(read_text("1,250 Mio. €", options) == "1.250 million EUR");
    CHECK(read_text("2.5 Mio. €", options).ends_with("and stopped at \"2.5\" [bad-amount]"));
    options.language = Language::es;
    options.decimal = DecimalMark::point;
    CHECK(read_text("1,250.500 millones de euros", options) == "1250.500 million EUR");
    CHECK(read_text("25.000 EUR", options) == "25.000 EUR");
}

TEST_CASE("m€ in Spanish is refused: accounts mean thousands by it, newspapers write M€ for millions") {
    AmountTextOptions options;
    options.language = Language::es;
    CHECK(
        refusal([&] { static_cast<void>(parse_amount_text("5 m€", options)); }) ==
        R"(got "5 m€", expected an amount such as "about 100 million euros" in es, and stopped at "m" [bad-amount])");
    CHECK(parse_amount_text("5 M€", options).amount.to_string() == "5 million EUR");
    options.language = Language::fr;
    CHECK(parse_amount_text("5 m€", options).amount.to_string() == "5 million EUR");
}

TEST_CASE("symbols of the caller's come before those that are known") {
    AmountTextOptions options;
    options.symbols = {{"¥", "CNY"}, {"Fr.", "CHF"}, {"kr", "SEK"}, {"¢", "NOPE"}};
    CHECK(read_text("¥5bn", options) == "5 billion CNY");
    CHECK(read_text("Fr. 5 Mio.", options) == "5 million CHF");
    CHECK(read_text("5 Mio. kr", options) == "5 million SEK");
    CHECK(read_text("5 million swedish kronor", options) == "5 million SEK");
    CHECK(read_text("¢5", options) ==
          R"(got "NOPE", expected an ISO 4217 currency code or a unit that was added [unknown-currency])");
}

TEST_CASE("units of the ledger are read by their codes") {
    AmountTextOptions options;
    options.currencies.add(Currency::user_defined("USDC", 6));
    CHECK(read_text("circa 5 milioni di USDC", options) == "about 5 million USDC");
}

TEST_CASE(
    "a code with only its last letter small is a hundredth of a currency, and is not read as the whole") {
    const std::string pence =
        "got \"GBp\", expected GBP, as GBp looks like its hundredth: 25 GBp would be 0.25 GBP "
        "[unknown-currency]";
    check_phrases({
        {"25 GBp", "", "", pence},
        {"25 GBp", "", "GBP", pence},
        {"GBp 25", "", "", pence},
        {"about 25m GBp", "", "", pence},
        {"25 gbp", "", "", "25 GBP"},
        {"25 Gbp", "", "", "25 GBP"},
        {"KSh 25 million", "", "", "25 million KES"},
        {"SFr. 25", "", "", "25 CHF"},
        {"circa 2 milioni di USc", "", "",
         "got \"USc\", expected USD, as USc looks like its hundredth: 25 USc would be 0.25 USD "
         "[unknown-currency]"},
    });
    AmountTextOptions options;
    options.currencies.add(Currency::user_defined("GBX", 0));
    CHECK(read_text("25m GBX", options) == "25 million GBX");
}

TEST_CASE("a code is a whole word in capitals") {
    check_phrases({
        {"5 milioni di EUR.", "", "", "5 million EUR"},
        {"5 million ALLe", "", "",
         "got \"5 million ALLe\", expected an amount such as \"about 100 million euros\" in en, it, de, fr, "
         "es or pt, "
         "and stopped at \"ALLe\" [bad-amount]"},
    });
}

TEST_CASE("spaces, dashes, apostrophes and accents can be any that people write") {
    check_phrases({
        {"12\u00A0500\u202F000 €", "", "", "12500000 EUR"},
        {"5\u2009Mio.\u00A0€", "", "", "5 million EUR"},
        {"€5\u2012€7m", "", "", "between 5 and 7 million EUR"},
        {"1\u2019250\u2019000 CHF", "", "", "1250000 CHF"},
        {"2 milho\u0303es de euros", "", "", "2 million EUR"},
        {"10 MILHÕES DE EUROS", "", "", "10 million EUR"},
        {"  6   miliardi\tdi euro ", "", "", "6 billion EUR"},
    });
}

TEST_CASE("it is said what was read as what, and in which languages") {
    AmountTextOptions options;
    options.currency = "USD";
    const AmountText read = parse_amount_text("circa altri 2,5 mila miliardi di dollari", options);
    std::string parts;
    for (const ReadPart& part : read.parts)
        parts.append(part.text)
            .append(" = ")
            .append(to_string(part.role))
            .append(" ")
            .append(part.meaning)
            .append("; ");
    CHECK(parts ==
          "circa = qualifier about; altri = filler ; 2,5 = number 2.5; mila = magnitude thousand; miliardi = "
          "magnitude billion; di = filler ; dollari = currency USD; ");
    CHECK(read.languages == std::vector<Language>{Language::it});
    CHECK(parse_amount_text("€5m").languages.size() == 6);
    CHECK(parse_amount_text("10 millions €").languages == std::vector<Language>{Language::en, Language::fr});
}
