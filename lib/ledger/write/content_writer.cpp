#include "ledger/write/content_writer.hpp"

#include <algorithm>
#include <deque>
#include <type_traits>

#include "fact/canonical_json.hpp"

namespace postmoney::detail {

namespace {

// Fields that name a party or a round: `entry` holds their numbers, which joins need.
[[nodiscard]] bool is_reference(std::string_view field) {
    constexpr std::array<std::string_view, 7> names{"round", "company", "investor", "from",
                                                    "to",    "about",   "of"};
    return std::find(names.begin(), names.end(), field) != names.end();
}

// The columns of a content, in the order in which ColumnBinder binds them.
struct ColumnLister {
    std::string* columns;

    template <class T>
    void operator()(std::string_view field, const std::optional<T>&) const {
        if constexpr (std::is_same_v<T, Amount>) {
            money(field);
        } else {
            single(field);
        }
    }
    void operator()(std::string_view field, const Amount&) const { money(field); }
    void operator()(std::string_view field, const MetricValue&) const {
        money(field);
        add(std::string(field) + "_number");
    }
    void operator()(std::string_view field, const Decimal&) const { add(std::string(field) + "_number"); }
    template <class T>
    void operator()(std::string_view field, const T&) const {
        single(field);
    }

  private:
    void single(std::string_view field) const {
        if (is_reference(field)) return;
        add(field == "on" ? "on_date" : std::string(field));  // ON is a word of SQL
    }
    void money(std::string_view field) const {
        const std::string name(field);
        add(name);
        add(name + "_minor");
        add(name + "_currency");
    }
    void add(const std::string& column) const { *columns += ", " + column; }
};

// Binds a content's values. Texts that are made here live in `texts` until the statement has run.
class ColumnBinder {
  public:
    ColumnBinder(Statement& statement, int& index, std::string_view body, std::deque<std::string>& texts)
        : statement_(&statement), index_(&index), body_(body), texts_(&texts) {}

    template <class T>
    void operator()(std::string_view field, const std::optional<T>& member) const {
        if (is_reference(field)) return;
        if (member) {
            (*this)(field, *member);
        } else {
            const int columns = std::is_same_v<T, Amount> ? 3 : 1;
            for (int i = 0; i < columns; ++i) next(std::nullopt);
        }
    }
    void operator()(std::string_view field, const std::string& text) const {
        if (!is_reference(field)) next(std::string_view(text));
    }
    void operator()(std::string_view, const Amount& amount) const {
        made(amount.to_string());
        if (amount.disclosed()) {
            next(amount.known().minor());
            made(std::string(amount.currency()->code()));
        } else {
            next(std::nullopt);
            next(std::nullopt);
        }
    }
    void operator()(std::string_view field, const MetricValue& value) const {
        if (const auto* amount = std::get_if<Amount>(&value)) {
            (*this)(field, *amount);
            next(std::nullopt);
            return;
        }
        const auto& quantity = std::get<Quantity>(value);
        made(quantity.to_string());
        next(std::nullopt);
        next(std::nullopt);
        if (quantity.disclosed()) {
            number(quantity.bounds().known);
        } else {
            next(std::nullopt);
        }
    }
    void operator()(std::string_view, const Decimal& value) const { number(value); }
    void operator()(std::string_view, const PartialDate& date) const { made(date.to_string()); }
    void operator()(std::string_view, const Currency& currency) const { made(std::string(currency.code())); }
    void operator()(std::string_view, std::int64_t value) const { next(value); }
    void operator()(std::string_view, bool value) const { next(std::int64_t{value ? 1 : 0}); }
    void operator()(std::string_view, const std::vector<std::string>& texts) const {
        if (texts.empty()) {
            next(std::nullopt);
        } else {
            made(json_array(texts));
        }
    }
    void operator()(std::string_view field, const std::map<std::string, std::string>& members) const {
        if (members.empty()) {
            next(std::nullopt);
        } else {
            next(object_in(body_, field));  // notices have many attributes
        }
    }
    template <Worded Enum>
    void operator()(std::string_view, Enum value) const {
        next(to_string(value));
    }

  private:
    template <class T>
    void next(const T& value) const {
        statement_->bind_at(++*index_, value);
    }
    void made(std::string text) const { next(std::string_view(texts_->emplace_back(std::move(text)))); }
    // Canonical decimal text: no zeros at the end, the same for equal values.
    void number(const Decimal& value) const { made(value.normalized().to_string()); }

    Statement* statement_;
    int* index_;
    std::string_view body_;
    std::deque<std::string>* texts_;
};

}  // namespace

std::string_view content_table(EntryKind kind) {
    if (kind == EntryKind::party) return "party_statement";
    if (kind == EntryKind::round) return "round_statement";
    return to_string(kind);
}

Statement& ContentWriter::statement(const EntryContent& content) {
    auto& prepared = statements_[content.index()];
    if (!prepared) {
        std::string columns = "entry";
        const bool is_source = std::holds_alternative<Source>(content);
        if (is_source) columns += ", first_entry";
        std::visit(
            [&](const auto& kind) { std::decay_t<decltype(kind)>::fields(kind, ColumnLister{&columns}); },
            content);
        const auto count = std::count(columns.begin(), columns.end(), ',') + 1;
        std::string parameters = "?";
        for (auto i = count; i > 1; --i) parameters += ", ?";
        const std::string table(content_table(static_cast<EntryKind>(content.index())));
        prepared =
            std::make_unique<Statement>(connection_->handle(), "INSERT OR FAIL INTO " + table + " (" +
                                                                   columns + ") VALUES (" + parameters + ")");
    }
    return *prepared;
}

void ContentWriter::write(std::int64_t entry, const EntryContent& content, std::string_view body,
                          std::int64_t first_source_entry) {
    Statement& insert = statement(content);
    std::deque<std::string> texts;
    int index = 0;
    insert.reset();
    insert.bind_at(++index, entry);
    if (std::holds_alternative<Source>(content)) insert.bind_at(++index, first_source_entry);
    const ColumnBinder bind(insert, index, body, texts);
    std::visit([&](const auto& kind) { std::decay_t<decltype(kind)>::fields(kind, bind); }, content);
    insert.run();
}

}  // namespace postmoney::detail
