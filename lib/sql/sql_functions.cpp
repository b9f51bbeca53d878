#include "sql/sql_functions.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "postmoney/value/amount.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/partial_date.hpp"
#include "sql/sqlite_api.hpp"

namespace POSTMONEY_NAMESPACE::detail {

namespace {

//--- Arguments

[[nodiscard]] std::string_view text_of_value(sqlite3_value* value) {
    const auto* bytes = sqlite3_value_text(value);
    if (bytes == nullptr) throw std::bad_alloc();
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

[[nodiscard]] constexpr bool is_space(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Blanks around a number are skipped, as in SQLite's own extension.
[[nodiscard]] std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

// A registered function, which SQLite hands to each call as user data.
struct Function {
    const char* name;
    int arguments;  // -1: at least one
};

[[nodiscard]] const Function& function_of(sqlite3_context* context) {
    return *static_cast<const Function*>(sqlite3_user_data(context));
}
[[nodiscard]] const char* name_of(sqlite3_context* context) {
    return function_of(context).name;
}
[[nodiscard]] void* user_data_of(const Function& function) {
    return const_cast<Function*>(&function);  // SQLite hands it back and does not touch it
}

// The arguments of one call. Each reader throws what it refuses, naming the argument.
class Arguments {
  public:
    Arguments(sqlite3_context* context, int count, sqlite3_value** values)
        : context_(context), values_(values, static_cast<std::size_t>(count)) {}

    [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
    [[nodiscard]] bool any_null() const {
        for (sqlite3_value* value : values_) {
            if (sqlite3_value_type(value) == SQLITE_NULL) return true;
        }
        return false;
    }

    // The value that `reading` gives; a refusal names the argument.
    template <class Reading>
    std::invoke_result_t<Reading> read(std::size_t i, const Reading& reading) const {
        try {
            return reading();
        } catch (const Error& error) {
            refuse(i, error);
        }
    }

    // Text is trimmed of blanks. A binary fraction is refused, because it is not a decimal.
    [[nodiscard]] Decimal decimal(std::size_t i) const { return decimal(i, sqlite3_value_type(values_[i])); }
    // The same for one argument of which null means that there is nothing to do.
    template <class Use>
    void decimal_unless_null(std::size_t i, const Use& use) const {
        const int type = sqlite3_value_type(values_[i]);
        if (type != SQLITE_NULL) use(decimal(i, type));
    }
    [[nodiscard]] std::int64_t integer(std::size_t i) const {
        if (sqlite3_value_type(values_[i]) != SQLITE_INTEGER) refuse_type(i, "an INTEGER");
        return sqlite3_value_int64(values_[i]);
    }
    [[nodiscard]] std::string_view text(std::size_t i) const {
        if (sqlite3_value_type(values_[i]) != SQLITE_TEXT) refuse_type(i, "TEXT");
        return text_of_value(values_[i]);
    }
    [[nodiscard]] std::int32_t scale(std::size_t i) const {
        const std::int64_t scale = integer(i);
        if (!in_exponent_range(scale)) {
            refuse(i, Error::refused(ErrorCode::out_of_range, std::to_string(scale),
                                     "a scale within -1000000..1000000"));
        }
        return static_cast<std::int32_t>(scale);
    }
    [[nodiscard]] Rounding rounding(std::size_t i) const {
        return read(i, [&] { return rounding_from_word(text(i)); });
    }
    // The unit of that code. The argument `decimals`, if there is one, gives the decimals of a unit beyond
    // ISO 4217.
    [[nodiscard]] Currency currency(std::size_t i, std::string_view code, std::size_t decimals) const {
        return read(i, [&] {
            if (const auto iso = Currency::find_iso(code)) return *iso;
            if (decimals >= size())
                throw Error::refused(ErrorCode::unknown_currency, code,
                                     "an ISO 4217 currency code, or the unit's decimals as last argument");
            const std::int64_t given = integer(decimals);
            return Currency::user_defined(code, std::in_range<int>(given) ? static_cast<int>(given) : -1);
        });
    }
    // Currencies with the unit that the last word of the text names, if it names one beyond ISO 4217.
    [[nodiscard]] Currencies currencies(std::size_t i, std::size_t decimals) const {
        Currencies known;
        const std::string_view code = text(i).substr(text(i).rfind(' ') + 1);
        if (decimals < size() && currency_code(code)) known.add(currency(i, code, decimals));
        return known;
    }

  private:
    [[nodiscard]] Decimal decimal(std::size_t i, int type) const {
        sqlite3_value* const value = values_[i];
        switch (type) {
            case SQLITE_INTEGER:
                return Decimal(sqlite3_value_int64(value));
            case SQLITE_TEXT:
                return read(i,
                            [&] { return Decimal::parse_scientific(without_blanks(text_of_value(value))); });
            case SQLITE_FLOAT:
                refuse(i, Error::refused(ErrorCode::float_number, text_of_value(value),
                                         "INTEGER or TEXT: REAL is binary floating point"));
            default:
                refuse(i, Error(ErrorCode::bad_type, "got a BLOB, expected INTEGER or TEXT"));
        }
    }
    [[noreturn]] void refuse(std::size_t i, const Error& error) const {
        throw error.in_field(std::string(name_of(context_)) + " argument " + std::to_string(i + 1));
    }
    [[noreturn]] void refuse_type(std::size_t i, const std::string& expected) const {
        if (sqlite3_value_type(values_[i]) == SQLITE_BLOB)
            refuse(i, Error(ErrorCode::bad_type, "got a BLOB, expected " + expected));
        refuse(i, Error::refused(ErrorCode::bad_type, text_of_value(values_[i]), expected));
    }

    sqlite3_context* context_;
    std::span<sqlite3_value*> values_;
};

//--- Results

void give(sqlite3_context* context, std::string_view text) {
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void give(sqlite3_context* context, const Decimal& value) {
    give(context, value.to_string());
}

// Runs `work` and turns its exception into the SQL error, because none may pass through SQLite's frames.
template <class Work>
void guarded(sqlite3_context* context, const Work& work) noexcept {
    try {
        try {
            work();
        } catch (const std::bad_alloc&) {
            sqlite3_result_error_nomem(context);
        } catch (const Error& error) {
            const std::string message = error.in_field(name_of(context)).what();
            sqlite3_result_error(context, message.data(), static_cast<int>(message.size()));
        } catch (const std::exception& exception) {  // from the integers: std::range_error and the like
            const std::string message = std::string(name_of(context)) + ": " + exception.what();
            sqlite3_result_error(context, message.data(), static_cast<int>(message.size()));
        }
    } catch (...) {  // while composing the message
        sqlite3_result_error_nomem(context);
    }
}

//--- Functions of a row

// The product as SQLite's extension prints it: zeros at its end are cut off down to the smaller scale of the
// two factors.
[[nodiscard]] Decimal product_of(const Decimal& a, const Decimal& b) {
    Decimal product = a * b;
    const std::int32_t least = std::min(a.scale(), b.scale());
    if (product.scale() <= least) return product;
    if (product.is_zero()) return Decimal::of_coefficient(0, -least);
    Integer coefficient = product.coefficient();
    const auto stripped =
        coefficient.strip_trailing_zeros(static_cast<std::uint32_t>(product.scale() - least));
    return Decimal::of_coefficient(std::move(coefficient),
                                   product.exponent() + static_cast<std::int32_t>(stripped));
}

[[nodiscard]] int sign_of(std::weak_ordering order) {
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

void decimal(sqlite3_context* context, const Arguments& arguments) {
    give(context, arguments.decimal(0));
}
void decimal_add(sqlite3_context* context, const Arguments& arguments) {
    const Decimal first = arguments.decimal(0);  // named, so that the first argument is refused first
    give(context, first + arguments.decimal(1));
}
void decimal_sub(sqlite3_context* context, const Arguments& arguments) {
    const Decimal first = arguments.decimal(0);
    give(context, first - arguments.decimal(1));
}
void decimal_mul(sqlite3_context* context, const Arguments& arguments) {
    const Decimal first = arguments.decimal(0);
    give(context, product_of(first, arguments.decimal(1)));
}
void decimal_cmp(sqlite3_context* context, const Arguments& arguments) {
    const Decimal first = arguments.decimal(0);
    sqlite3_result_int(context, sign_of(first <=> arguments.decimal(1)));
}
void decimal_div(sqlite3_context* context, const Arguments& arguments) {
    const Decimal dividend = arguments.decimal(0);
    const Decimal divisor = arguments.decimal(1);
    const std::int32_t scale = arguments.scale(2);
    give(context, divide(dividend, divisor, scale, arguments.rounding(3)));
}
void decimal_round(sqlite3_context* context, const Arguments& arguments) {
    const Decimal number = arguments.decimal(0);
    const std::int32_t scale = arguments.scale(1);
    give(context, number.round(scale, arguments.rounding(2)));
}

// The argument that `wins` against all others, the first of equal ones.
template <class Wins>
void give_extreme(sqlite3_context* context, const Arguments& arguments, const Wins& wins) {
    Decimal best = arguments.decimal(0);
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        Decimal next = arguments.decimal(i);
        if (wins(next, best)) best = std::move(next);
    }
    give(context, best);
}
[[nodiscard]] bool is_less(const Decimal& a, const Decimal& b) {
    return a < b;
}
[[nodiscard]] bool is_greater(const Decimal& a, const Decimal& b) {
    return a > b;
}
void decimal_min(sqlite3_context* context, const Arguments& arguments) {
    give_extreme(context, arguments, is_less);
}
void decimal_max(sqlite3_context* context, const Arguments& arguments) {
    give_extreme(context, arguments, is_greater);
}

void money(sqlite3_context* context, const Arguments& arguments) {
    const std::int64_t minor = arguments.integer(0);
    give(context, Money(minor, arguments.currency(1, arguments.text(1), 2)).to_string());
}
[[nodiscard]] Money parsed_money(const Arguments& arguments) {
    return arguments.read(0, [&] { return Money::parse(arguments.text(0), arguments.currencies(0, 1)); });
}
void money_parse(sqlite3_context* context, const Arguments& arguments) {
    sqlite3_result_int64(context, parsed_money(arguments).minor());
}
void money_currency(sqlite3_context* context, const Arguments& arguments) {
    give(context, parsed_money(arguments).currency().code());
}
void amount_agrees(sqlite3_context* context, const Arguments& arguments) {
    const auto amount = [&](std::size_t i) {
        return arguments.read(i,
                              [&] { return Amount::parse(arguments.text(i), arguments.currencies(i, 2)); });
    };
    const Amount first = amount(0);
    switch (agreement(first, amount(1))) {
        case Agreement::agree:
            return sqlite3_result_int(context, 1);
        case Agreement::disagree:
            return sqlite3_result_int(context, 0);
        case Agreement::not_comparable:
            return sqlite3_result_null(context);
    }
}

[[nodiscard]] PartialDate parsed_date(const Arguments& arguments) {
    return arguments.read(0, [&] { return PartialDate::parse(arguments.text(0)); });
}
void partial_date_first(sqlite3_context* context, const Arguments& arguments) {
    give(context, day_text(parsed_date(arguments).first_day()));
}
void partial_date_last(sqlite3_context* context, const Arguments& arguments) {
    give(context, day_text(parsed_date(arguments).last_day()));
}

struct RowFunction : Function {
    void (*call)(sqlite3_context*, const Arguments&);
};

constexpr std::array row_functions{
    RowFunction{{"decimal", 1}, decimal},
    RowFunction{{"decimal_add", 2}, decimal_add},
    RowFunction{{"decimal_sub", 2}, decimal_sub},
    RowFunction{{"decimal_mul", 2}, decimal_mul},
    RowFunction{{"decimal_cmp", 2}, decimal_cmp},
    RowFunction{{"decimal_div", 4}, decimal_div},
    RowFunction{{"decimal_round", 3}, decimal_round},
    RowFunction{{"decimal_min", -1}, decimal_min},
    RowFunction{{"decimal_max", -1}, decimal_max},
    RowFunction{{"money", 2}, money},
    RowFunction{{"money", 3}, money},
    RowFunction{{"money_parse", 1}, money_parse},
    RowFunction{{"money_parse", 2}, money_parse},
    RowFunction{{"money_currency", 1}, money_currency},
    RowFunction{{"money_currency", 2}, money_currency},
    RowFunction{{"amount_agrees", 2}, amount_agrees},
    RowFunction{{"amount_agrees", 3}, amount_agrees},
    RowFunction{{"partial_date_first", 1}, partial_date_first},
    RowFunction{{"partial_date_last", 1}, partial_date_last},
};

void call_row_function(sqlite3_context* context, int count, sqlite3_value** values) {
    const auto& function = static_cast<const RowFunction&>(function_of(context));
    guarded(context, [&] {
        const Arguments arguments(context, count, values);
        if (count == 0) throw Error(ErrorCode::missing_field, "takes one argument or more, got none");
        if (arguments.any_null()) return sqlite3_result_null(context);
        function.call(context, arguments);
    });
}

//--- Functions of many rows

class Aggregate {
  public:
    Aggregate() = default;
    Aggregate(const Aggregate&) = delete;
    Aggregate& operator=(const Aggregate&) = delete;
    virtual ~Aggregate() = default;
    virtual void add(const Arguments& arguments) = 0;
    virtual void remove(const Arguments&) {}  // removes the oldest row of a window
    virtual void give_result(sqlite3_context* context) const = 0;
};

// Starts at 0 as SQLite's does: the sum of rows that are all null is 0, and the sum of no rows is null.
class Sum : public Aggregate {
  public:
    void add(const Arguments& arguments) override {
        arguments.decimal_unless_null(0, [&](const Decimal& value) { sum_ += value; });
    }
    void remove(const Arguments& arguments) override {
        arguments.decimal_unless_null(0, [&](const Decimal& value) { sum_ -= value; });
    }
    void give_result(sqlite3_context* context) const override { give(context, sum_); }

  private:
    Decimal sum_;
};

// The sum of the rows divided by their number, rounded once.
class Average : public Aggregate {
  public:
    void add(const Arguments& arguments) override {
        if (arguments.any_null()) return;
        const Rule rule{arguments.scale(1), arguments.rounding(2)};
        if (!rule_) rule_ = rule;
        if (rule != *rule_) throw Error(ErrorCode::misuse, "takes the same scale and mode for all rows");
        sum_ += arguments.decimal(0);
        ++count_;
    }
    void remove(const Arguments& arguments) override {
        if (arguments.any_null()) return;
        sum_ -= arguments.decimal(0);
        --count_;
    }
    void give_result(sqlite3_context* context) const override {
        if (count_ == 0) return sqlite3_result_null(context);
        give(context, divide(sum_, Decimal(count_), rule_->scale, rule_->mode));
    }

  private:
    struct Rule {
        std::int32_t scale;
        Rounding mode;
        bool operator==(const Rule&) const = default;
    };

    std::optional<Rule> rule_;
    Decimal sum_;
    std::int64_t count_ = 0;
};

template <bool wins(const Decimal&, const Decimal&)>
class Extreme : public Aggregate {
  public:
    void add(const Arguments& arguments) override {
        arguments.decimal_unless_null(0, [&](Decimal next) {
            if (!best_ || wins(next, *best_)) best_ = std::move(next);
        });
    }
    void give_result(sqlite3_context* context) const override {
        if (best_) give(context, *best_);
    }

  private:
    std::optional<Decimal> best_;
};

template <class Kind>
[[nodiscard]] Aggregate* make_aggregate() {
    return new Kind();
}

struct AggregateFunction : Function {
    bool window;  // whether rows can be removed
    Aggregate* (*make)();
};

constexpr std::array aggregate_functions{
    AggregateFunction{{"decimal_sum", 1}, true, make_aggregate<Sum>},
    AggregateFunction{{"decimal_avg", 3}, true, make_aggregate<Average>},
    AggregateFunction{{"decimal_min", 1}, false, make_aggregate<Extreme<is_less>>},
    AggregateFunction{{"decimal_max", 1}, false, make_aggregate<Extreme<is_greater>>},
};

// The state of a group. SQLite keeps a pointer for each group, which is null at first.
[[nodiscard]] Aggregate** aggregate_of(sqlite3_context* context, bool make) {
    return static_cast<Aggregate**>(
        sqlite3_aggregate_context(context, make ? static_cast<int>(sizeof(void*)) : 0));
}

template <void (Aggregate::*step)(const Arguments&)>
void step_aggregate(sqlite3_context* context, int count, sqlite3_value** values) {
    guarded(context, [&] {
        Aggregate** const aggregate = aggregate_of(context, true);
        if (aggregate == nullptr) throw std::bad_alloc();
        if (*aggregate == nullptr)
            *aggregate = static_cast<const AggregateFunction&>(function_of(context)).make();
        ((*aggregate)->*step)(Arguments(context, count, values));
    });
}

void give_aggregate(sqlite3_context* context) {
    Aggregate** const aggregate = aggregate_of(context, false);
    if (aggregate == nullptr || *aggregate == nullptr) return sqlite3_result_null(context);
    guarded(context, [&] { (*aggregate)->give_result(context); });
}

// SQLite calls this once for each group, even when the statement was given up.
void finish_aggregate(sqlite3_context* context) {
    give_aggregate(context);
    Aggregate** const aggregate = aggregate_of(context, false);
    if (aggregate != nullptr) delete *aggregate;
}

//--- The collation

// The number that the text writes, if it writes one.
[[nodiscard]] std::optional<Decimal> number_in(std::string_view text) noexcept {
    text = without_blanks(text);
    // This check comes first, so that texts that are not numbers do not each cost an exception.
    if (text.empty() || text.find_first_not_of("0123456789.+-eE") != std::string_view::npos)
        return std::nullopt;
    try {
        return Decimal::parse_scientific(text);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

// Sorts numbers by their values, and behind them all other texts by their bytes, because an order cannot
// refuse.
int compare_decimals(void*, int left_size, const void* left_bytes, int right_size, const void* right_bytes) {
    const std::string_view left(static_cast<const char*>(left_bytes), static_cast<std::size_t>(left_size));
    const std::string_view right(static_cast<const char*>(right_bytes), static_cast<std::size_t>(right_size));
    const auto a = number_in(left);
    const auto b = number_in(right);
    if (a && b) return sign_of(*a <=> *b);
    if (a || b) return a ? -1 : 1;
    return left.compare(right);
}

}  // namespace

int register_sql_functions(sqlite3* database, SqlCallers callers) noexcept {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC |
                      (callers == SqlCallers::anyone ? SQLITE_INNOCUOUS : SQLITE_DIRECTONLY);
    int result =
        sqlite3_create_collation_v2(database, "decimal", SQLITE_UTF8, nullptr, compare_decimals, nullptr);
    for (const RowFunction& function : row_functions) {
        if (result != SQLITE_OK) return result;
        result =
            sqlite3_create_function_v2(database, function.name, function.arguments, flags,
                                       user_data_of(function), call_row_function, nullptr, nullptr, nullptr);
    }
    for (const AggregateFunction& function : aggregate_functions) {
        if (result != SQLITE_OK) return result;
        result = sqlite3_create_window_function(
            database, function.name, function.arguments, flags, user_data_of(function),
            step_aggregate<&Aggregate::add>, finish_aggregate, function.window ? give_aggregate : nullptr,
            function.window ? step_aggregate<&Aggregate::remove> : nullptr, nullptr);
    }
    return result;
}

}  // namespace POSTMONEY_NAMESPACE::detail
