// Currency: a code and the number of decimals of its minor unit. Currencies: ISO 4217 and a ledger's own
// units.
//
//   constexpr auto usd = postmoney::Currency::iso("USD");               // 2 decimals
//   postmoney::Currencies known;
//   known.add(postmoney::Currency::user_defined("USDC", 6));
//   known.get("USDC").decimals();                                       // 6
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {
struct IsoTable;
}  // namespace detail

//--- Interface ---

// A value of 16 bytes, trivially copyable, compared as two words. Two currencies are equal when both their
// codes and their decimals are: two ledgers may define one code as different units.
class alignas(8) Currency {
  public:
    static constexpr int max_decimals = 8;

    // The ISO 4217 currency of that code: one in use (funds codes included) or one withdrawn since 1999-01-01
    // (value/withdrawal.hpp says when). Codes are case-sensitive. Throws unknown_currency.
    [[nodiscard]] static constexpr Currency iso(std::string_view code);
    [[nodiscard]] static constexpr std::optional<Currency> find_iso(std::string_view code) noexcept;

    // A unit beyond ISO 4217. Throws bad_currency when the code is not 3 to 12 of A-Z and 0-9 with a letter
    // first, or decimals is not in 0..8; currency_redefined when ISO 4217 gives the code other decimals.
    [[nodiscard]] static constexpr Currency user_defined(std::string_view code, int decimals);

    // The code, e.g. "USD". The view is valid as long as this object lives, and that of a temporary
    // until the program ends.
    [[nodiscard]] constexpr std::string_view code() const& noexcept;
    [[nodiscard]] constexpr std::string_view code() const&&;

    // Digits after the point of an amount, 0..8: one unit is 10^decimals minor units.
    [[nodiscard]] constexpr int decimals() const noexcept;

    [[nodiscard]] constexpr bool operator==(const Currency& other) const noexcept;

    // Orders by code as text, then by decimals, so that the order agrees with ==.
    [[nodiscard]] constexpr std::strong_ordering operator<=>(const Currency& other) const noexcept;

  private:
    static constexpr std::size_t max_code = 12;
    using Words = std::array<std::uint64_t, 2>;

    constexpr Currency(std::string_view code, int decimals) noexcept;
    explicit constexpr Currency(const Words& words) noexcept
        : bytes_(std::bit_cast<std::array<char, 16>>(words)) {}
    [[nodiscard]] static constexpr Currency of_iso_row(std::uint32_t row) noexcept;
    [[nodiscard]] constexpr Words words() const noexcept { return std::bit_cast<Words>(bytes_); }
    friend struct detail::IsoTable;
    friend struct std::hash<Currency>;

    std::array<char, 16> bytes_;  // the code padded with zeros, then its length at 12 and the decimals at 13
};

// Prints the code.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             const Currency& currency) {
    return out << currency.code();
}

// Every ISO 4217 currency that Currency::iso finds, sorted by code.
[[nodiscard]] constexpr std::span<const Currency> iso_currencies() noexcept;

// The units that a ledger knows: all of ISO 4217, and those added. Copies are independent.
class POSTMONEY_EXPORT Currencies {
  public:
    // The unit of that code; nothing when it is unknown.
    [[nodiscard]] std::optional<Currency> find(std::string_view code) const noexcept;

    // The unit of that code. Throws unknown_currency, which quotes the code.
    [[nodiscard]] Currency get(std::string_view code) const;

    // Adds a unit; a known one changes nothing. Throws currency_redefined when the code is known with other
    // decimals.
    void add(const Currency& unit);

    // The units added, sorted by code, without those of ISO 4217.
    [[nodiscard]] const std::vector<Currency>& user_defined() const noexcept { return units_; }

    friend bool operator==(const Currencies&, const Currencies&) = default;

  private:
    std::vector<Currency> units_;
};

//--- Definitions ---

namespace detail {

// ISO 4217 list one, with amendments up to 180 (2026-01-01): active codes with the digit of their minor unit.
// These codes are left out, because list one gives them no minor unit ("N.A."): XAU, XAG, XPD, XPT, XBA to
// XBD, XDR, XSU, XUA, and XTS and XXX, which are no currency. A ledger that needs one of them defines it with
// the decimals it counts in.
inline constexpr std::string_view iso_active =
    "AED2 AFN2 ALL2 AMD2 AOA2 ARS2 AUD2 AWG2 AZN2 "
    "BAM2 BBD2 BDT2 BHD3 BIF0 BMD2 BND2 BOB2 BOV2 BRL2 BSD2 BTN2 BWP2 BYN2 BZD2 "
    "CAD2 CDF2 CHE2 CHF2 CHW2 CLF4 CLP0 CNY2 COP2 COU2 CRC2 CUP2 CVE2 CZK2 "
    "DJF0 DKK2 DOP2 DZD2 EGP2 ERN2 ETB2 EUR2 FJD2 FKP2 "
    "GBP2 GEL2 GHS2 GIP2 GMD2 GNF0 GTQ2 GYD2 HKD2 HNL2 HTG2 HUF2 "
    "IDR2 ILS2 INR2 IQD3 IRR2 ISK0 JMD2 JOD3 JPY0 "
    "KES2 KGS2 KHR2 KMF0 KPW2 KRW0 KWD3 KYD2 KZT2 LAK2 LBP2 LKR2 LRD2 LSL2 LYD3 "
    "MAD2 MDL2 MGA2 MKD2 MMK2 MNT2 MOP2 MRU2 MUR2 MVR2 MWK2 MXN2 MXV2 MYR2 MZN2 "
    "NAD2 NGN2 NIO2 NOK2 NPR2 NZD2 OMR3 PAB2 PEN2 PGK2 PHP2 PKR2 PLN2 PYG0 QAR2 "
    "RON2 RSD2 RUB2 RWF0 SAR2 SBD2 SCR2 SDG2 SEK2 SGD2 SHP2 SLE2 SOS2 SRD2 SSP2 STN2 SVC2 SYP2 SZL2 "
    "THB2 TJS2 TMT2 TND3 TOP2 TRY2 TTD2 TWD2 TZS2 UAH2 UGX0 USD2 USN2 UYI0 UYU2 UYW4 UZS2 "
    "VED2 VES2 VND0 VUV0 WST2 XAD2 XAF0 XCD2 XCG2 XOF0 XPF0 YER2 ZAR2 ZMW2 ZWG2 ";

// ISO 4217 list three, as published with amendment 180 (2026-01-01): the codes withdrawn since 1999-01-01,
// each with the minor unit that it had in use, the month that the list gives (the latest, where it is there
// for several countries) and the code that replaced it. Those without a minor unit are left out here too:
// XEU, XFO, XFU and XRE. The list itself gives no minor unit: where those who wrote it down in time differ or
// are silent (AON, AOR, CHC, ECS, ECV, GHP, ROL, TJR, ZRN) it is the finer one, in which no amount has to be
// refused.
inline constexpr std::string_view iso_withdrawn =
    "ADP0 2003-07 EUR AFA2 2003-01 AFN ANG2 2025-03 XCG AON2 2000-02 AOR AOR2 2000-02 AOA "
    "ATS2 2002-03 EUR AYM2 2005-10 AZN AZM2 2005-12 AZN BEF0 2002-03 EUR BGL2 2003-11 BGN "
    "BGN2 2026-01 EUR BYB0 2001-01 BYR BYR0 2017-01 BYN CHC2 2004-11 CHW CSD2 2006-10 RSD "
    "CUC2 2021-06 CUP CYP2 2008-01 EUR DEM2 2002-03 EUR ECS2 2000-09 USD ECV2 2000-09 --- "
    "EEK2 2011-01 EUR ESP0 2002-03 EUR FIM2 2002-03 EUR FRF2 2002-03 EUR GHC2 2008-01 GHS "
    "GHP2 2007-06 GHS GRD0 2002-03 EUR HRK2 2023-01 EUR IEP2 2002-03 EUR ITL0 2002-03 EUR "
    "LTL2 2014-12 EUR LUF0 2002-03 EUR LVL2 2014-01 EUR MGF0 2004-12 MGA MRO2 2017-12 MRU "
    "MTL2 2008-01 EUR MZM2 2006-06 MZN NLG2 2002-03 EUR PTE0 2002-03 EUR ROL2 2005-06 RON "
    "RUR2 2004-01 RUB SDD2 2007-07 SDG SIT2 2007-01 EUR SKK2 2009-01 EUR SLL2 2023-12 SLE "
    "SRG2 2003-12 SRD STD2 2017-12 STN TJR2 2001-04 TJS TMM2 2009-01 TMT TPE0 2002-11 USD "
    "TRL0 2005-12 TRY USS2 2014-03 --- VEB2 2008-01 VEF VEF2 2018-08 VES YUM2 2003-07 CSD "
    "ZMK2 2012-12 ZMW ZRN2 1999-06 CDF ZWD2 2008-08 ZWR ZWL2 2024-09 ZWG ZWN2 2006-09 --- "
    "ZWR2 2009-06 ZWL ";

inline constexpr std::size_t iso_width = 5;  // "USD2 "

inline constexpr std::size_t iso_withdrawn_width = 17;  // "DEM2 2002-03 EUR "

inline constexpr std::size_t iso_size =
    iso_active.size() / iso_width + iso_withdrawn.size() / iso_withdrawn_width;

[[nodiscard]] constexpr std::uint32_t iso_key(std::string_view code) noexcept {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(code[i]));
    };
    return byte(0) << 24U | byte(1) << 16U | byte(2) << 8U;
}

// One row a currency, sorted: three letters in the upper bytes and the decimals in the lowest.
inline constexpr std::array<std::uint32_t, iso_size> iso_rows = [] {
    std::array<std::uint32_t, iso_size> rows{};
    std::size_t next = 0;
    const auto add = [&](std::string_view list, std::size_t width) {
        for (std::size_t i = 0; i < list.size(); i += width)
            rows[next++] = iso_key(list.substr(i, 3)) | static_cast<std::uint32_t>(list[i + 3] - '0');
    };
    add(iso_active, iso_width);
    add(iso_withdrawn, iso_withdrawn_width);
    std::sort(rows.begin(), rows.end());
    return rows;
}();

// Where the rows of each pair of first letters begin, and the end, so that a lookup reads one row or two.
inline constexpr std::array<std::uint8_t, 26 * 26 + 1> iso_starts = [] {
    static_assert(iso_size < 256);
    std::array<std::uint8_t, 26 * 26 + 1> starts{};
    std::size_t row = 0;
    for (std::size_t pair = 0; pair < starts.size(); ++pair) {
        const auto first = static_cast<std::uint32_t>('A' + pair / 26) << 24U |
                           static_cast<std::uint32_t>('A' + pair % 26) << 16U;
        while (row < iso_size && iso_rows[row] < first) ++row;
        starts[pair] = static_cast<std::uint8_t>(row);
    }
    return starts;
}();

// The row of an ISO code, or 0.
[[nodiscard]] constexpr std::uint32_t iso_row(std::string_view code) noexcept {
    if (code.size() != 3) return 0;
    const auto first = static_cast<unsigned char>(code[0] - 'A');
    const auto second = static_cast<unsigned char>(code[1] - 'A');
    if (first >= 26 || second >= 26) return 0;
    const std::uint32_t key = iso_key(code);
    const std::size_t pair = std::size_t{first} * 26 + second;
    for (std::size_t row = iso_starts[pair]; row < iso_starts[pair + 1]; ++row)
        if ((iso_rows[row] & ~0xFFU) == key) return iso_rows[row];
    return 0;
}

[[nodiscard]] constexpr int iso_decimals(std::uint32_t row) noexcept {
    return static_cast<int>(row & 0xFFU);
}

[[nodiscard]] constexpr bool currency_code(std::string_view code) noexcept {
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (code.size() < 3 || code.size() > 12 || !letter(code[0])) return false;
    return std::all_of(code.begin(), code.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

// Turns bytes into a word that sorts as a number as they sort as text; and back.
[[nodiscard]] constexpr std::uint64_t text_order(std::uint64_t word) noexcept {
    if constexpr (std::endian::native == std::endian::big) return word;
    return __builtin_bswap64(word);
}

// The same code in memory that is kept until the program, or the module that has it, ends.
[[nodiscard]] POSTMONEY_EXPORT std::string_view kept_code(std::string_view code);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_iso(std::string_view code);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_currency(std::string_view code);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_code(std::string_view code);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_decimals(int decimals);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_redefinition(std::string_view code, int known,
                                                                  int given);

}  // namespace detail

constexpr Currency::Currency(std::string_view code, int decimals) noexcept : bytes_{} {
    std::copy(code.begin(), code.end(), bytes_.begin());
    bytes_[max_code] = static_cast<char>(code.size());
    bytes_[max_code + 1] = static_cast<char>(decimals);
}

// Writes two words, not single bytes: the processor waits when bytes just written are read as a word.
constexpr Currency Currency::of_iso_row(std::uint32_t row) noexcept {
    const std::uint64_t letters = std::uint64_t{row >> 8U} << 40U;
    const std::uint64_t rest = std::uint64_t{3} << 24U | std::uint64_t{row & 0xFFU} << 16U;
    return Currency(Words{detail::text_order(letters), detail::text_order(rest)});
}

constexpr std::optional<Currency> Currency::find_iso(std::string_view code) noexcept {
    const std::uint32_t row = detail::iso_row(code);
    if (row == 0) return std::nullopt;
    return of_iso_row(row);
}

constexpr Currency Currency::iso(std::string_view code) {
    const std::uint32_t row = detail::iso_row(code);
    if (row == 0) detail::refuse_iso(code);
    return of_iso_row(row);
}

constexpr Currency Currency::user_defined(std::string_view code, int decimals) {
    if (!detail::currency_code(code)) detail::refuse_code(code);
    if (decimals < 0 || decimals > max_decimals) detail::refuse_decimals(decimals);
    const std::uint32_t row = detail::iso_row(code);
    if (row != 0 && detail::iso_decimals(row) != decimals)
        detail::refuse_redefinition(code, detail::iso_decimals(row), decimals);
    return Currency(code, decimals);
}

constexpr std::string_view Currency::code() const& noexcept {
    return {bytes_.data(), static_cast<std::size_t>(bytes_[max_code])};
}

constexpr std::string_view Currency::code() const&& {
    const std::string_view own = code();  // of *this, which has a name here
    return std::is_constant_evaluated() ? own : detail::kept_code(own);
}

constexpr int Currency::decimals() const noexcept {
    return bytes_[max_code + 1];
}

constexpr bool Currency::operator==(const Currency& other) const noexcept {
    const auto x = words();
    const auto y = other.words();
    return ((x[0] ^ y[0]) | (x[1] ^ y[1])) == 0;  // one branch, not two
}

constexpr std::strong_ordering Currency::operator<=>(const Currency& other) const noexcept {
    const auto x = words();
    const auto y = other.words();
    if (x[0] != y[0]) return detail::text_order(x[0]) <=> detail::text_order(y[0]);
    return detail::text_order(x[1]) <=> detail::text_order(y[1]);
}

namespace detail {

// Makes the rows into currencies.
struct IsoTable {
    template <std::size_t... I>
    static constexpr std::array<Currency, sizeof...(I)> build(std::index_sequence<I...>) {
        return {Currency::of_iso_row(iso_rows[I])...};
    }
};

inline constexpr auto iso_table = IsoTable::build(std::make_index_sequence<iso_size>());

}  // namespace detail

constexpr std::span<const Currency> iso_currencies() noexcept {
    return detail::iso_table;
}

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Currency> {
    [[nodiscard]] std::size_t operator()(const postmoney::Currency& value) const noexcept {
        const auto words = value.words();
        return std::hash<std::uint64_t>()(words[0] ^ (words[1] * 0x9E3779B97F4A7C15U));
    }
};

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/currency-inl.hpp"
#endif
