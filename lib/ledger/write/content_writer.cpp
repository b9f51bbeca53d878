#include "ledger/write/content_writer.hpp"

#include <algorithm>
#include <deque>
#include <type_traits>

#include "fact/canonical_json.hpp"
#include "schema/kind_table.hpp"

namespace postmoney::detail {

namespace {

// Binds a content's values. Texts that are made here live in `texts` until the statement has run.
class ColumnBinder {
  public:
    ColumnBinder(Statement& statement, int& index, std::string_view body, std::deque<std::string>& texts)
        : statement_(&statement), index_(&index), body_(body), texts_(&texts) {}

    template <class T>
    void operator()(const FieldName& field, const std::optional<T>& member) const {
        if (!field.is_column()) return;
        if (member) {
            (*this)(field, *member);
        } else {
            const int columns = std::is_same_v<T, Amount> || std::is_same_v<T, PricePerShare> ? 3 : 1;
            for (int i = 0; i < columns; ++i) next(std::nullopt);
        }
    }
    void operator()(const FieldName& field, const std::string& text) const {
        if (field.is_column()) next(std::string_view(text));
    }
    void operator()(const FieldName&, const Amount& amount) const {
        made(amount.to_string());
        if (amount.disclosed()) {
            next(amount.known().minor());
            made(std::string(amount.currency()->code()));
        } else {
            next(std::nullopt);
            next(std::nullopt);
        }
    }
    void operator()(const FieldName& field, const MetricValue& value) const {
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
    void operator()(const FieldName&, const Decimal& value) const { number(value); }
    void operator()(const FieldName&, const ShareCount& shares) const { number(shares.number()); }
    void operator()(const FieldName&, const PricePerShare& price) const {
        made(price.to_string());
        number(price.number());
        made(std::string(price.currency().code()));
    }
    void operator()(const FieldName&, const SplitRatio& ratio) const { made(ratio.to_string()); }
    void operator()(const FieldName&, const PartialDate& date) const { made(date.to_string()); }
    void operator()(const FieldName&, const Currency& currency) const { made(std::string(currency.code())); }
    void operator()(const FieldName&, std::int64_t value) const { next(value); }
    void operator()(const FieldName&, bool value) const { next(std::int64_t{value ? 1 : 0}); }
    void operator()(const FieldName&, const std::vector<std::string>& texts) const {
        if (texts.empty()) {
            next(std::nullopt);
        } else {
            made(json_array(texts));
        }
    }
    void operator()(const FieldName& field, const std::map<std::string, std::string>& members) const {
        if (members.empty()) {
            next(std::nullopt);
        } else {
            next(member_in(body_, field));  // notices have many attributes
        }
    }
    template <Worded Enum>
    void operator()(const FieldName&, Enum value) const {
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

Statement& ContentWriter::statement(const EntryContent& content) {
    auto& prepared = statements_[content.index()];
    if (!prepared) {
        const auto kind = static_cast<EntryKind>(content.index());
        std::string columns;
        std::string parameters;
        for (const std::string& column : written_columns(kind)) {
            columns += (columns.empty() ? "" : ", ") + column;
            parameters += parameters.empty() ? "?" : ", ?";
        }
        const std::string table(table_of(kind));
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
    std::visit([&](const auto& kind) { std::decay_t<decltype(kind)>::fields(bind, kind); }, content);
    insert.run();
}

}  // namespace postmoney::detail
