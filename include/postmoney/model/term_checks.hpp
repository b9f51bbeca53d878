// Which numbers terms may have: those that rounds and exits share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/model/number_text.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace postmoney::model::detail {

//--- Interface ---

// Each throws Error out_of_range with the field, quoting the number.
[[noreturn]] void refuse_number(const std::string& field, const Ratio& value, std::string_view expected);
void check_above_zero(const std::optional<Ratio>& value, const std::string& field);
void check_not_negative(const std::optional<Ratio>& value, const std::string& field);
// At least 0 and below 1; with `whole_too` at most 1.
void check_part(const std::optional<Ratio>& value, const std::string& field, bool whole_too = false);

// Also that the name is none that the table of holdings has for what is no class, and that a cap on
// participation is no less than the preference that it holds.
void check_class(const PreferredClass& of);
// Also throws misuse for a note with the form of a SAFE.
void check_convertible(const Convertible& of);
void check_grants(const std::vector<Grant>& grants, const std::string& field);
void check_options(const Options& options);

//--- Definitions ---

[[noreturn]] inline void refuse_number(const std::string& field, const Ratio& value,
                                       std::string_view expected) {
    throw Error::refused(ErrorCode::out_of_range, number_text(value), expected).in_field(field);
}

inline void check_above_zero(const std::optional<Ratio>& value, const std::string& field) {
    if (value && value->sign() <= 0) refuse_number(field, *value, "a number above zero");
}

inline void check_not_negative(const std::optional<Ratio>& value, const std::string& field) {
    if (value && value->sign() < 0) refuse_number(field, *value, "at least 0");
}

inline void check_part(const std::optional<Ratio>& value, const std::string& field, bool whole_too) {
    if (!value) return;
    const bool above = whole_too ? *value > whole(1) : *value >= whole(1);
    if (value->sign() >= 0 && !above) return;
    refuse_number(field, *value, whole_too ? "a fraction of 0 to 1" : "a fraction of at least 0 and below 1");
}

inline void check_class(const PreferredClass& of) {
    const std::string field = "classes." + of.name + ".";
    for (const std::string_view taken :
         {common_class, std::string_view("Options"), std::string_view("Options available"),
          std::string_view("Warrants")}) {
        if (of.name == taken)
            throw Error::refused(ErrorCode::out_of_range, of.name, "the name of a preferred class")
                .in_field("classes.name");
    }
    check_above_zero(of.price, field + "price");
    check_above_zero(of.conversion_price, field + "conversion_price");
    check_above_zero(of.conversion_ratio, field + "conversion_ratio");
    check_not_negative(of.shares, field + "shares");
    check_not_negative(of.invested, field + "invested");
    check_not_negative(of.preference, field + "preference");
    if (of.participation_cap && *of.participation_cap < of.preference)
        refuse_number(field + "participation_cap", *of.participation_cap,
                      "at least the preference of " + number_text(of.preference) + ", which it holds");
    if (of.dividends) check_not_negative(of.dividends->accrual.rate, field + "dividends.rate");
    for (const HolderShares& each : of.holders) check_not_negative(each.shares, field + "holders.shares");
}

inline void check_convertible(const Convertible& of) {
    const std::string field = "convertibles." + of.id + ".";
    check_above_zero(of.amount, field + "amount");
    check_above_zero(of.cap, field + "cap");
    check_part(of.discount, field + "discount");
    check_not_negative(of.threshold, field + "threshold");
    check_not_negative(of.multiple, field + "multiple");
    if (of.interest) check_not_negative(of.interest->accrual.rate, field + "interest.rate");
    if (of.form && of.type == ConvertibleType::note)
        throw Error(ErrorCode::misuse, "expected the form with a SAFE only; a note has cap_counts")
            .in_field(field + "form");
}

inline void check_grants(const std::vector<Grant>& grants, const std::string& field) {
    for (const Grant& each : grants) {
        check_not_negative(each.shares, field + ".shares");
        check_not_negative(each.strike, field + ".strike");
    }
}

inline void check_options(const Options& options) {
    check_not_negative(options.granted, "options.granted");
    check_not_negative(options.promised, "options.promised");
    check_not_negative(options.available, "options.available");
    check_grants(options.grants, "options.grants");
}

}  // namespace postmoney::model::detail
