#include "postmoney/import/scenario.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/refusal.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

namespace {

using ScenarioJson = nlohmann::ordered_json;
using model::AccrualKind;
using model::Convertible;
using model::DayCount;

//--- Reading a member; the caller puts its name in front of errors

[[noreturn]] void refuse_json_value(const ScenarioJson& value, std::string_view expected) {
    if (value.is_null()) {
        throw Error::refused(ErrorCode::missing_field, "null",
                             std::string(expected) + "; null is a blank to fill in, or to leave out");
    }
    throw Error::refused(value.is_number_float() ? ErrorCode::float_number : ErrorCode::bad_type,
                         value.dump(-1, ' ', false, ScenarioJson::error_handler_t::replace), expected);
}

[[nodiscard]] const std::string& text_in(const ScenarioJson& value) {
    if (!value.is_string()) refuse_json_value(value, "a JSON string");
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty()) throw Error::refused(ErrorCode::bad_text, text, "a text that is not empty");
    return text;
}

void read_value(const ScenarioJson& value, std::string& member) {
    member = text_in(value);
}
void read_value(const ScenarioJson& value, bool& member) {
    if (!value.is_boolean()) refuse_json_value(value, "true or false");
    member = value.get<bool>();
}
void read_value(const ScenarioJson& value, Ratio& member) {
    constexpr std::string_view expected =
        "a number as a JSON string, such as \"12.5\" or \"1/3\", or a JSON integer";
    if (value.is_number_unsigned()) {
        member = Ratio(Decimal(value.get<std::uint64_t>()));
    } else if (value.is_number_integer()) {
        member = Ratio(Decimal(value.get<std::int64_t>()));
    } else if (value.is_string()) {
        const std::string& text = text_in(value);
        member = text.find('/') == std::string::npos ? Ratio(Decimal::parse(text)) : Ratio::parse(text);
    } else {
        refuse_json_value(value, expected);
    }
}
void read_value(const ScenarioJson& value, std::int64_t& member) {
    Ratio number;
    read_value(value, number);
    member = number.to_decimal(0, Rounding::never).to_int64();
}
void read_value(const ScenarioJson& value, std::int32_t& member) {
    std::int64_t number = 0;
    read_value(value, number);
    if (number < 0 || number > 60)
        throw Error::refused(ErrorCode::out_of_range, std::to_string(number), "0 to 60");
    member = static_cast<std::int32_t>(number);
}
void read_value(const ScenarioJson& value, date::sys_days& member) {
    const PartialDate read = PartialDate::parse(text_in(value));
    if (read.precision() != DatePrecision::day)
        throw Error::refused(ErrorCode::bad_date, read.to_string(), "a day, YYYY-MM-DD");
    member = read.first_day();
}
void read_value(const ScenarioJson& value, std::optional<Currency>& member) {
    member = Currency::iso(text_in(value));
}
void read_value(const ScenarioJson& value, Rounding& member) {
    std::string word = text_in(value);
    for (char& letter : word) {
        if (letter == '-') letter = '_';
    }
    member = rounding_from_word(word);
    if (member == Rounding::never) throw Error::refused(ErrorCode::bad_word, word, "a mode that rounds");
}
template <detail::Worded Enum>
void read_value(const ScenarioJson& value, Enum& member) {
    member = detail::from_word<Enum>(text_in(value));
}

template <class T>
concept Members = requires(T& object) {
    visit_members(object, [](std::string_view, auto&) {});
};

template <Members T>
void read_value(const ScenarioJson& value, T& member);
template <class T>
void read_value(const ScenarioJson& value, std::vector<T>& member);
template <class T>
void read_value(const ScenarioJson& value, std::optional<T>& member) {
    member.emplace();
    read_value(value, *member);
}

// A member that has to be there.
template <class T>
struct Needed {
    T& member;
};
template <class T>
Needed<T> needed(T& member) {
    return {member};
}
template <class T>
void read_value(const ScenarioJson& value, Needed<T>& member) {
    read_value(value, member.member);
}
template <class T>
inline constexpr bool is_needed = false;
template <class T>
inline constexpr bool is_needed<Needed<T>> = true;

//--- The members of each object

// What is stated of interest or dividends; `from` can be the day of issue.
struct AccrualText {
    Ratio rate;
    std::optional<date::sys_days> from;
    AccrualKind kind = AccrualKind::simple;
    std::optional<std::int64_t> periods_a_year;
    DayCount day_count = DayCount::actual_365_fixed;
    bool converts = true;
    model::OnConversion on_conversion = model::OnConversion::forfeited;
    bool dividends = false;
};

template <class Visit>
void visit_members(AccrualText& of, Visit visit) {
    auto rate = needed(of.rate);
    auto day_count = needed(of.day_count);
    visit("rate", rate);
    visit("from", of.from);
    visit("kind", of.kind);
    visit("periods_a_year", of.periods_a_year);
    visit("day_count", day_count);
    if (of.dividends) {
        visit("on_conversion", of.on_conversion);
    } else {
        visit("converts", of.converts);
    }
}
template <class Visit>
void visit_members(model::HolderShares& of, Visit visit) {
    auto holder = needed(of.holder);
    auto shares = needed(of.shares);
    visit("holder", holder);
    visit("shares", shares);
}

// A class, and what of it has to be looked at once all is read.
struct ClassText {
    model::PreferredClass made;
    std::optional<AccrualText> dividends;
};
template <class Visit>
void visit_members(ClassText& text, Visit visit) {
    model::PreferredClass& of = text.made;
    auto name = needed(of.name);
    if (!text.dividends) text.dividends.emplace().dividends = true;
    visit("name", name);
    visit("price", of.price);
    visit("conversion_price", of.conversion_price);
    visit("conversion_ratio", of.conversion_ratio);
    visit("shares", of.shares);
    visit("invested", of.invested);
    visit("preference", of.preference);
    visit("participation", of.participation);
    visit("participation_cap", of.participation_cap);
    visit("seniority", of.seniority);
    visit("anti_dilution", of.anti_dilution);
    visit("anti_dilution_counts", of.anti_dilution_counts);
    visit("issued", of.issued);
    visit("dividends", *text.dividends);
    visit("holders", of.holders);
}

struct Mfn {
    std::string takes;
};
template <class Visit>
void visit_members(Mfn& of, Visit visit) {
    visit("takes", of.takes);
}

struct ConvertibleText {
    Convertible made;
    std::optional<AccrualText> interest;
    std::optional<Mfn> mfn;
};
template <class Visit>
void visit_members(ConvertibleText& text, Visit visit) {
    Convertible& of = text.made;
    auto id = needed(of.id);
    auto type = needed(of.type);
    auto amount = needed(of.amount);
    visit("id", id);
    visit("holder", of.holder);
    visit("type", type);
    visit("amount", amount);
    visit("issued", of.issued);
    visit("form", of.form);
    visit("cap", of.cap);
    visit("discount", of.discount);
    visit("mfn", text.mfn);
    visit("cap_counts", of.cap_counts);
    visit("interest", text.interest);
    visit("threshold", of.threshold);
    visit("maturity", of.maturity);
    visit("method", of.method);
    visit("converts", of.converts);
    visit("seniority", of.seniority);
    visit("multiple", of.multiple);
    visit("multiple_of", of.multiple_of);
    visit("exit_discount", of.exit_discount);
}
template <class Visit>
void visit_members(model::Grant& of, Visit visit) {
    auto shares = needed(of.shares);
    auto strike = needed(of.strike);
    visit("holder", of.holder);
    visit("shares", shares);
    visit("strike", strike);
    visit("of", of.of);
}
template <class Visit>
void visit_members(model::Options& of, Visit visit) {
    visit("granted", of.granted);
    visit("promised", of.promised);
    visit("available", of.available);
    visit("grants", of.grants);
}
template <class Visit>
void visit_members(model::Holding& of, Visit visit) {
    auto holder = needed(of.holder);
    auto shares = needed(of.shares);
    visit("holder", holder);
    visit("class", of.class_name);
    visit("shares", shares);
}
template <class Visit>
void visit_members(model::ProRata& of, Visit visit) {
    visit("counts", of.counts);
    visit("target", of.target);
}
template <class Visit>
void visit_members(model::RoundInvestor& of, Visit visit) {
    auto holder = needed(of.holder);
    visit("holder", holder);
    visit("amount", of.amount);
    visit("pro_rata", of.pro_rata);
}
template <class Visit>
void visit_members(model::PoolTerms& of, Visit visit) {
    visit("target", of.target);
    visit("of", of.of);
    visit("increase", of.increase);
}
template <class Visit>
void visit_members(model::PayToPlayClass& of, Visit visit) {
    auto name = needed(of.name);
    visit("name", name);
    visit("ratio", of.ratio);
}
template <class Visit>
void visit_members(model::PayToPlay& of, Visit visit) {
    auto classes = needed(of.classes);
    auto offered = needed(of.offered);
    visit("classes", classes);
    visit("offered", offered);
    visit("partial", of.partial);
    visit("priced", of.priced);
}
template <class Visit>
void visit_members(model::SecondarySale& of, Visit visit) {
    auto from = needed(of.from);
    auto to = needed(of.to);
    auto shares = needed(of.shares);
    visit("from", from);
    visit("to", to);
    visit("class", of.class_name);
    visit("shares", shares);
    visit("price", of.price);
}
template <class Visit>
void visit_members(model::AntiDilutionTerms& of, Visit visit) {
    visit("exempt", of.exempt);
    visit("pieces", of.pieces);
    visit("in_price", of.in_price);
}

struct SplitText {
    std::string class_name;
    std::string ratio;
};
template <class Visit>
void visit_members(SplitText& of, Visit visit) {
    auto ratio = needed(of.ratio);
    visit("class", of.class_name);
    visit("ratio", ratio);
}

struct RoundText {
    model::RoundTerms made;
    std::optional<SplitText> split;
};
template <class Visit>
void visit_members(RoundText& text, Visit visit) {
    model::RoundTerms& of = text.made;
    visit("name", of.name);
    visit("handle", of.handle);
    visit("pre_money", of.pre_money);
    visit("post_money", of.post_money);
    visit("price", of.price);
    visit("shares", of.shares);
    visit("new_money", of.new_money);
    visit("sold", of.sold);
    visit("investors", of.investors);
    visit("pool", of.pool);
    visit("anti_dilution", of.anti_dilution);
    visit("conversion_price_places", of.anti_dilution.conversion_price_places);
    visit("conversion_price_mode", of.anti_dilution.conversion_price_mode);
    visit("pay_to_play", of.pay_to_play);
    visit("secondary", of.secondary);
    visit("split", text.split);
    visit("choose", of.choose);
    visit("price_places", of.price_places);
    visit("price_mode", of.price_mode);
    visit("share_mode", of.share_mode);
}

struct RoundScenarioText {
    model::RoundScenario made;
    std::vector<ClassText> classes;
    std::vector<ConvertibleText> convertibles;
    RoundText round;
    std::optional<Currency> currency;
};
template <class Visit>
void visit_members(RoundScenarioText& text, Visit visit) {
    model::RoundScenario& of = text.made;
    visit("title", of.title);
    visit("company", of.company);
    visit("currency", text.currency);
    visit("date", of.date);
    visit("holdings", of.holdings);
    visit("classes", text.classes);
    visit("convertibles", text.convertibles);
    visit("options", of.options);
    visit("warrants", of.warrants);
    visit("round", text.round);
    // of the whole scenario too, as they round every figure
    visit("price_places", text.round.made.price_places);
    visit("price_mode", text.round.made.price_mode);
    visit("share_mode", text.round.made.share_mode);
}

template <class Visit>
void visit_members(model::NamedAmount& of, Visit visit) {
    auto name = needed(of.name);
    auto amount = needed(of.amount);
    visit("name", name);
    visit("amount", amount);
}
template <class Visit>
void visit_members(model::CarveOutTier& of, Visit visit) {
    auto share = needed(of.share);
    visit("to", of.to);
    visit("share", share);
}
template <class Visit>
void visit_members(model::Recipient& of, Visit visit) {
    auto holder = needed(of.holder);
    auto share = needed(of.share);
    visit("holder", holder);
    visit("share", share);
}
template <class Visit>
void visit_members(model::CarveOut& of, Visit visit) {
    visit("name", of.name);
    visit("share", of.share);
    visit("amount", of.amount);
    visit("tiers", of.tiers);
    visit("when", of.when);
    visit("recipients", of.recipients);
}
template <class Visit>
void visit_members(model::ConversionGroup& of, Visit visit) {
    auto classes = needed(of.classes);
    auto threshold = needed(of.threshold);
    visit("classes", classes);
    visit("threshold", threshold);
    visit("of", of.of);
    visit("needs", of.needs);
}
template <class Visit>
void visit_members(model::CurveTerms& of, Visit visit) {
    auto from = needed(of.from);
    auto to = needed(of.to);
    auto steps = needed(of.steps);
    visit("from", from);
    visit("to", to);
    visit("steps", steps);
}
template <class Visit>
void visit_members(model::PoolLeft& of, Visit visit) {
    visit("available", of.available);
}

struct ExitScenarioText {
    model::ExitScenario made;
    std::vector<ClassText> classes;
    std::vector<ConvertibleText> convertibles;
    std::optional<RoundScenarioText> from_model;
    std::string title;
    std::optional<Currency> currency;
};
template <class Visit>
void visit_members(ExitScenarioText& text, Visit visit) {
    model::ExitScenario& of = text.made;
    visit("title", text.title);
    visit("currency", text.currency);
    visit("date", of.date);
    visit("proceeds", of.proceeds);
    visit("payments", of.payments);
    visit("curve", of.curve);
    visit("classes", text.classes);
    visit("common", of.common);
    visit("convertibles", text.convertibles);
    visit("options", of.options);
    visit("pool", of.pool);
    visit("warrants", of.warrants);
    visit("debt", of.debt);
    visit("carve_outs", of.carve_outs);
    visit("conversion_groups", of.conversion_groups);
    visit("ties", of.ties);
    visit("decides", of.decides);
    visit("places", of.places);
    visit("from_model", text.from_model);
}

//--- Reading objects and lists

template <class T>
void read_members(const ScenarioJson& object, T& made) {
    if (!object.is_object()) refuse_json_value(object, "a JSON object");
    std::string names;
    std::set<std::string, std::less<>> known;
    visit_members(made, [&](std::string_view name, auto& member) {
        names.append(names.empty() ? "" : ", ").append(name);
        known.emplace(name);
        const auto found = object.find(std::string(name));
        if (found != object.end()) {
            detail::within_field(name, [&] { read_value(*found, member); });
        } else if constexpr (is_needed<std::remove_cvref_t<decltype(member)>>) {
            throw Error(ErrorCode::missing_field, "missing, expected it in each such object").in_field(name);
        }
    });
    for (const auto& [key, value] : object.items()) {
        if (!known.contains(key))
            throw Error(ErrorCode::unknown_field, "unknown, expected one of " + names).in_field(key);
    }
}

template <Members T>
void read_value(const ScenarioJson& value, T& member) {
    if constexpr (std::is_same_v<T, model::ProRata>) {
        if (value == ScenarioJson(true)) return;  // the whole of the holder's own part
    }
    read_members(value, member);
}

template <class T>
void read_value(const ScenarioJson& value, std::vector<T>& member) {
    if (!value.is_array()) refuse_json_value(value, "a JSON array");
    member.clear();
    std::size_t place = 0;
    for (const ScenarioJson& item : value)
        detail::within_field(std::to_string(++place), [&] {
            read_value(item, member.emplace_back());
            if constexpr (std::is_same_v<T, model::Counted>) {
                if (std::count(member.begin(), member.end(), member.back()) > 1)
                    refuse_json_value(item, "each word once");
            }
        });
}

// Refuses the second of two members of one name; nlohmann alone would keep the last.
[[nodiscard]] ScenarioJson parse_text(std::string_view json) {
    std::vector<std::set<std::string>> names;
    const auto watch = [&](int, ScenarioJson::parse_event_t event, ScenarioJson& parsed) {
        if (event == ScenarioJson::parse_event_t::object_start) names.emplace_back();
        if (event == ScenarioJson::parse_event_t::object_end) names.pop_back();
        if (event == ScenarioJson::parse_event_t::key &&
            !names.back().insert(parsed.get<std::string>()).second) {
            throw Error(ErrorCode::duplicate_field, "given twice, expected each field once")
                .in_field(parsed.get<std::string>());
        }
        return true;
    };
    try {
        return ScenarioJson::parse(json, watch);
    } catch (const ScenarioJson::exception& error) {
        throw Error::refused(ErrorCode::bad_json, json,
                             std::string("a scenario in JSON (") + error.what() + ")");
    }
}

//--- What follows from several members

[[nodiscard]] model::Accrual accrual_of(const AccrualText& text,
                                        const std::optional<date::sys_days>& issued) {
    if (!text.from && !issued)
        throw Error(ErrorCode::missing_field, "expected the day from which it runs, here or as `issued`")
            .in_field("from");
    if (text.kind == AccrualKind::compound && !text.periods_a_year)
        throw Error(ErrorCode::missing_field, "expected how often it compounds").in_field("periods_a_year");
    return {text.rate, text.from ? *text.from : *issued, text.kind, text.periods_a_year.value_or(0),
            text.day_count};
}

[[nodiscard]] std::vector<model::PreferredClass> classes_of(std::vector<ClassText> texts) {
    std::vector<model::PreferredClass> made;
    for (ClassText& text : texts) {
        model::PreferredClass& of = text.made;
        if (text.dividends && !text.dividends->rate.is_zero()) {
            detail::within_field("classes." + of.name + ".dividends", [&] {
                of.dividends = {accrual_of(*text.dividends, of.issued), text.dividends->on_conversion};
            });
        }
        for (const model::PreferredClass& other : made) {
            if (other.name == of.name)
                throw Error::refused(ErrorCode::duplicate_field, of.name, "each class once")
                    .in_field("classes.name");
        }
        if (of.participation_cap.has_value() != (of.participation == model::Participating::capped))
            throw Error(ErrorCode::misuse, "expected a cap exactly where participation is capped")
                .in_field("classes." + of.name + ".participation_cap");
        made.push_back(std::move(of));
    }
    return made;
}

[[nodiscard]] std::vector<Convertible> convertibles_of(std::vector<ConvertibleText> texts) {
    std::vector<Convertible> made;
    for (ConvertibleText& text : texts) {
        Convertible& of = text.made;
        if (of.holder.empty()) of.holder = of.id;
        if (text.mfn) of.mfn_takes = text.mfn->takes;
        detail::within_field("convertibles." + of.id, [&] {
            if (text.interest) {
                detail::within_field("interest", [&] {
                    of.interest = {accrual_of(*text.interest, of.issued), text.interest->converts};
                });
            }
            if (of.multiple && !of.multiple_of)
                throw Error(ErrorCode::missing_field, "expected principal or principal-and-interest")
                    .in_field("multiple_of");
        });
        for (const Convertible& other : made) {
            if (other.id == of.id)
                throw Error::refused(ErrorCode::duplicate_field, of.id, "each id once")
                    .in_field("convertibles.id");
        }
        made.push_back(std::move(of));
    }
    return made;
}

[[nodiscard]] Ratio split_ratio(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) throw Error::refused(ErrorCode::bad_number, text, "new:old, such as 3:1");
    return Ratio::of(Decimal::parse(text.substr(0, colon)), Decimal::parse(text.substr(colon + 1)));
}

[[nodiscard]] model::RoundScenario round_scenario(RoundScenarioText text) {
    model::RoundScenario made = std::move(text.made);
    if (text.currency) made.currency = *text.currency;
    made.classes = classes_of(std::move(text.classes));
    made.convertibles = convertibles_of(std::move(text.convertibles));
    made.round = std::move(text.round.made);
    if (text.round.split) {
        detail::within_field("round.split.ratio", [&] {
            made.round.split =
                model::ShareSplit{text.round.split->class_name, split_ratio(text.round.split->ratio)};
        });
    }
    return made;
}

}  // namespace

model::RoundScenario read_round_scenario(std::string_view json) {
    RoundScenarioText text;
    read_members(parse_text(json), text);
    return round_scenario(std::move(text));
}

model::ExitScenario read_exit_scenario(std::string_view json) {
    ExitScenarioText text;
    read_members(parse_text(json), text);
    model::ExitScenario made = std::move(text.made);
    made.classes = classes_of(std::move(text.classes));
    made.convertibles = convertibles_of(std::move(text.convertibles));
    if (text.from_model) {
        // One that is stated on either side is that of both; run_exit refuses two.
        if (!text.currency) text.currency = text.from_model->currency;
        if (!text.from_model->currency) text.from_model->currency = text.currency;
        made.from_model = round_scenario(std::move(*text.from_model));
    }
    if (text.currency) made.currency = *text.currency;
    return made;
}

}  // namespace postmoney
