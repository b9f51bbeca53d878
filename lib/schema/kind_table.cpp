#include "schema/kind_table.hpp"

#include <algorithm>

#include "postmoney/value/detail/compiled.hpp"
#include "schema/sql_text.hpp"

namespace POSTMONEY_NAMESPACE::detail {

namespace {

template <class Enum>
[[nodiscard]] std::string words_in_code() {
    constexpr auto& words = Words<Enum>::values;
    constexpr std::size_t most = 5;  // more of them are looked up in FACTS.md
    if (words.size() > most) return "a word of FACTS.md";
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i != 0) text += i + 1 == words.size() ? " or " : ", ";
        text += "`" + std::string(words[i]) + "`";
    }
    return text;
}

// Adds the columns of each field that it visits.
class ColumnBuilder {
  public:
    explicit ColumnBuilder(KindTable& table) : table_(&table) {}

    template <class T>
    void operator()(const FieldName& field, const std::optional<T>& member) {
        optional_ = true;
        (*this)(field, member ? *member : blank_value<T>());  // fields are told apart by their types
        optional_ = false;
    }
    void operator()(const FieldName& field, const std::string&) {
        if (field.is_column()) add(field, column_name(field), "TEXT", "as stated");
    }
    void operator()(const FieldName& field, const Amount&) { money(field); }
    void operator()(const FieldName& field, const MetricValue&) {
        money(field);
        number(field, "canonical decimal text of a value that is no money", true);
    }
    void operator()(const FieldName& field, const Decimal&) {
        number(field, "canonical decimal text", optional_);
    }
    void operator()(const FieldName& field, const ShareCount&) { number(field, field.meaning, optional_); }
    void operator()(const FieldName& field, const PricePerShare&) {
        const std::string name = column_name(field);
        add(field, name, "TEXT", "as stated");
        number(field, "canonical decimal text of the price", optional_);
        table_->columns.push_back({.name = name + "_currency",
                                   .type = "TEXT",
                                   .may_be_null = optional_,
                                   .meaning = "currency code"});
        for (const char* part : {"_number", "_currency"})
            table_->conditions.push_back("(" + name + " IS NULL) = (" + name + part + " IS NULL)");
    }
    void operator()(const FieldName& field, const SplitRatio&) {
        const std::string name = column_name(field);
        add(field, name, "TEXT", "new shares for old ones, as stated", name + " GLOB '[1-9]*:[1-9]*'");
        const auto side = [&](const std::string& column, const std::string& text,
                              const std::string& meaning) {
            table_->columns.push_back({.name = column,
                                       .type = std::string(wide_integer),
                                       .generated = "CAST(" + text + " AS INTEGER)",
                                       .meaning = meaning});
        };
        side("new_shares", "substr(" + name + ", 1, instr(" + name + ", ':') - 1)",
             "how many there are then");
        side("old_shares", "substr(" + name + ", instr(" + name + ", ':') + 1)", "for how many before");
    }
    void operator()(const FieldName& field, const PartialDate&) {
        const std::string name = column_name(field);
        add(field, name, "TEXT", "date");
        if (!field.has_last_day) return;
        table_->columns.push_back({.name = std::string(field.text) + "_last_day",
                                   .type = "TEXT",
                                   .may_be_null = optional_,
                                   .generated = last_day_sql(name),
                                   .meaning = "its last day"});
    }
    void operator()(const FieldName& field, const Currency&) {
        add(field, column_name(field), "TEXT", "currency code");
    }
    void operator()(const FieldName& field, std::int64_t) {
        const std::string name = column_name(field);
        const bool bounded = field.most != std::numeric_limits<std::int64_t>::max();
        add(field, name, std::string(wide_integer), "a count",
            bounded ? name + " BETWEEN 0 AND " + std::to_string(field.most) : name + " >= 0");
    }
    void operator()(const FieldName& field, bool) {
        add(field, column_name(field), "INTEGER", "1: yes", column_name(field) + " IN (0, 1)");
    }
    void operator()(const FieldName& field, const std::vector<std::string>&) {
        optional_ = true;
        add(field, column_name(field), "TEXT", "JSON array");
        optional_ = false;
    }
    void operator()(const FieldName& field, const std::map<std::string, std::string>&) {
        optional_ = true;
        add(field, column_name(field), "TEXT", "JSON object");
        optional_ = false;
    }
    template <Worded Enum>
    void operator()(const FieldName& field, Enum) {
        add(field, column_name(field), "TEXT", words_in_code<Enum>(),
            one_of_sql(column_name(field), Words<Enum>::values));
    }

  private:
    void add(const FieldName& field, const std::string& name, const std::string& type,
             std::string_view meaning, const std::string& condition = {}) {
        table_->columns.push_back({.name = name,
                                   .type = type,
                                   .may_be_null = optional_,
                                   .condition = condition,
                                   .meaning = std::string(field.meaning.empty() ? meaning : field.meaning)});
    }
    void money(const FieldName& field) {
        const std::string name = column_name(field);
        add(field, name, "TEXT", "as stated");
        table_->columns.push_back({.name = name + "_minor",
                                   .type = std::string(wide_integer),
                                   .meaning = "the number to count, minor units"});
        table_->columns.push_back({.name = name + "_currency", .type = "TEXT", .meaning = "currency code"});
        table_->conditions.push_back("(" + name + "_minor IS NULL) = (" + name + "_currency IS NULL) AND " +
                                     name + "_minor >= 0");
    }
    // The text of the number, and the two parts of it that sum exactly.
    void number(const FieldName& field, std::string_view meaning, bool may_be_null) {
        const std::string text = column_name(field) + "_number";
        table_->columns.push_back(
            {.name = text, .type = "TEXT", .may_be_null = may_be_null, .meaning = std::string(meaning)});
        table_->columns.push_back({.name = column_name(field) + "_whole",
                                   .type = std::string(wide_integer),
                                   .may_be_null = may_be_null,
                                   .generated = whole_part_sql(text),
                                   .meaning = "its whole part, sums exactly"});
        table_->columns.push_back({.name = column_name(field) + "_fraction",
                                   .type = std::string(wide_integer),
                                   .may_be_null = may_be_null,
                                   .generated = fraction_sql(text),
                                   .meaning = "its first ten decimals as an integer, sums exactly"});
    }

    KindTable* table_;
    bool optional_ = false;
};

}  // namespace

std::string column_name(std::string_view field) {
    return field == "on" ? "on_date" : std::string(field);
}

KindTable kind_table(EntryKind kind) {
    return visit_kind(kind, [kind]<ContentKind Kind>() {
        KindTable table{.name = std::string(table_of(kind)),
                        .description = std::string(Kind::description),
                        .columns = {},
                        .conditions = {}};
        if constexpr (std::is_same_v<Kind, Source>) {
            table.columns.push_back(
                {.name = "first_entry",
                 .type = "INTEGER",
                 .may_be_null = false,
                 .meaning = "the entry that first stated this id; itself unless it replaces one"});
        }
        Kind content;
        Kind::fields(ColumnBuilder(table), content);
        return table;
    });
}

std::vector<std::string> written_columns(EntryKind kind) {
    std::vector<std::string> names{"entry"};
    for (TableColumn& column : kind_table(kind).columns) {
        if (column.generated.empty()) names.push_back(std::move(column.name));
    }
    return names;
}

std::vector<std::string> fields_of_role(FieldRole role) {
    std::vector<std::string> names;
    const auto add = [&](const FieldName& field) {
        const std::string name(field.text);
        if (field.role == role && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    for_each_kind([&](EntryKind kind) { visit_kind(kind, [&]<ContentKind Kind>() { Kind::fields(add); }); });
    return names;
}

}  // namespace POSTMONEY_NAMESPACE::detail
