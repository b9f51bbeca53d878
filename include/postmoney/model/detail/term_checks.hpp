// Which numbers terms may have: those that rounds and exits share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/model/number_text.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model::detail {

//--- Interface ---

// Where a number stands: `list` and `name` of its object, which may be empty, and the member. The text is
// made only for a refusal.
struct FieldPath {
    FieldPath(std::string_view of_member) : member(of_member) {}  // NOLINT(google-explicit-constructor)
    FieldPath(const char* of_member) : member(of_member) {}       // NOLINT(google-explicit-constructor)
    FieldPath(std::string_view of_list, std::string_view of_name, std::string_view of_member)
        : list(of_list), name(of_name), member(of_member) {}

    [[nodiscard]] std::string text() const {
        std::string made;
        for (const std::string_view part : {list, name}) {
            if (!part.empty()) made.append(part).append(".");
        }
        return made.append(member);
    }

    std::string_view list = {};
    std::string_view name = {};
    std::string_view member;
};

// Each throws Error out_of_range with the field, quoting the number.
[[noreturn]] void refuse_number(const FieldPath& field, const Ratio& value, std::string_view expected);
void check_above_zero(const Ratio& value, const FieldPath& field);
void check_not_negative(const Ratio& value, const FieldPath& field);
// At least 0 and below 1; with `whole_too` at most 1.
void check_part(const Ratio& value, const FieldPath& field, bool whole_too = false);

// Also that the name is none that the table of holdings has for what is no class, that a cap on participation
// is no less than the preference that it holds, and that a ratio of conversion is that of the prices beside
// it.
void check_class(const PreferredClass& of);
// Also throws misuse for a note with the form of a SAFE.
void check_convertible(const Convertible& of);
void check_grants(const std::vector<Grant>& grants, std::string_view list);
void check_options(const Options& options);

//--- Definitions ---

[[noreturn]] inline void refuse_number(const FieldPath& field, const Ratio& value,
                                       std::string_view expected) {
    throw Error::refused(ErrorCode::out_of_range, number_text(value), expected).in_field(field.text());
}

inline void check_above_zero(const Ratio& value, const FieldPath& field) {
    if (value.sign() <= 0) refuse_number(field, value, "a number above zero");
}

inline void check_not_negative(const Ratio& value, const FieldPath& field) {
    if (value.sign() < 0) refuse_number(field, value, "at least 0");
}

inline void check_part(const Ratio& value, const FieldPath& field, bool whole_too) {
    const bool above = value.sign() > 0 && (whole_too ? value > one : value >= one);
    if (value.sign() >= 0 && !above) return;
    refuse_number(field, value, whole_too ? "a fraction of 0 to 1" : "a fraction of at least 0 and below 1");
}

// The same of a number that may be left out.
inline void check_above_zero(const std::optional<Ratio>& value, const FieldPath& field) {
    if (value) check_above_zero(*value, field);
}
inline void check_not_negative(const std::optional<Ratio>& value, const FieldPath& field) {
    if (value) check_not_negative(*value, field);
}
inline void check_part(const std::optional<Ratio>& value, const FieldPath& field, bool whole_too = false) {
    if (value) check_part(*value, field, whole_too);
}

inline void check_class(const PreferredClass& of) {
    const auto at = [&](std::string_view member) { return FieldPath("classes", of.name, member); };
    for (const std::string_view taken :
         {common_class, std::string_view("Options"), std::string_view("Options available"),
          std::string_view("Warrants")}) {
        if (of.name == taken)
            throw Error::refused(ErrorCode::out_of_range, of.name, "the name of a preferred class")
                .in_field("classes.name");
    }
    check_above_zero(of.price, at("price"));
    check_above_zero(of.conversion_price, at("conversion_price"));
    check_above_zero(of.conversion_ratio, at("conversion_ratio"));
    check_not_negative(of.shares, at("shares"));
    check_not_negative(of.invested, at("invested"));
    check_not_negative(of.preference, at("preference"));
    if (of.conversion_price && !of.conversion_ratio && !of.issue_price())
        throw Error(ErrorCode::missing_field,
                    "expected the price of issue, which over the conversion price of " +
                        said(*of.conversion_price) +
                        " gives the common for a share, or conversion_ratio in place of the conversion price")
            .in_field(at("price").text());
    const auto issued_at = of.conversion_ratio && of.conversion_price ? of.issue_price() : std::nullopt;
    if (issued_at && *of.conversion_ratio != *issued_at / *of.conversion_price) {
        refuse_number(at("conversion_ratio"), *of.conversion_ratio,
                      said(*issued_at / *of.conversion_price) + ", which the price of " + said(*issued_at) +
                          " over the conversion price of " + said(*of.conversion_price) +
                          " gives, or one of the two left out");
    }
    if (of.participation_cap && *of.participation_cap < of.preference)
        refuse_number(at("participation_cap"), *of.participation_cap,
                      "at least the preference of " + number_text(of.preference) + ", which it holds");
    if (of.dividends) check_not_negative(of.dividends->accrual.rate, at("dividends.rate"));
    for (const HolderShares& each : of.holders) check_not_negative(each.shares, at("holders.shares"));
}

inline void check_convertible(const Convertible& of) {
    const auto at = [&](std::string_view member) { return FieldPath("convertibles", of.id, member); };
    check_above_zero(of.amount, at("amount"));
    check_above_zero(of.cap, at("cap"));
    check_part(of.discount, at("discount"));
    check_not_negative(of.threshold, at("threshold"));
    check_not_negative(of.multiple, at("multiple"));
    if (of.interest) check_not_negative(of.interest->accrual.rate, at("interest.rate"));
    if (of.form && of.type == ConvertibleType::note)
        throw Error(ErrorCode::misuse, "expected the form with a SAFE only; a note has cap_counts")
            .in_field(at("form").text());
}

inline void check_grants(const std::vector<Grant>& grants, std::string_view list) {
    for (const Grant& each : grants) {
        check_not_negative(each.shares, {list, {}, "shares"});
        check_not_negative(each.strike, {list, {}, "strike"});
    }
}

inline void check_options(const Options& options) {
    check_not_negative(options.granted, "options.granted");
    check_not_negative(options.promised, "options.promised");
    check_not_negative(options.available, "options.available");
    check_grants(options.grants, "options.grants");
}

}  // namespace POSTMONEY_NAMESPACE::model::detail
