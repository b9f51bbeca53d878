#include "ledger/write/content_writer.hpp"

#include <algorithm>
#include <type_traits>

#include "fact/canonical_json.hpp"
#include "schema/kind_table.hpp"

namespace postmoney::detail {

namespace {

// Adds a content's values to a row.
class ColumnWriter {
  public:
    ColumnWriter(RowBuffer& row, std::string_view body) : row_(&row), body_(body) {}

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
        row_->add(value);
    }
    void made(const std::string& text) const { next(std::string_view(text)); }
    // Canonical decimal text: no zeros at the end, the same for equal values.
    void number(const Decimal& value) const { made(value.normalized().to_string()); }

    RowBuffer* row_;
    std::string_view body_;
};

}  // namespace

RowBuffer& ContentWriter::rows(const EntryContent& content) {
    auto& rows = rows_[content.index()];
    if (!rows) {
        const auto kind = static_cast<EntryKind>(content.index());
        const auto names = written_columns(kind);
        std::string columns;
        for (const std::string& column : names) columns += (columns.empty() ? "" : ", ") + column;
        rows = std::make_unique<RowBuffer>(
            *connection_, "INSERT OR FAIL INTO " + std::string(table_of(kind)) + " (" + columns + ")",
            names.size());
    }
    return *rows;
}

void ContentWriter::add(std::int64_t entry, const EntryContent& content, std::string_view body,
                        std::int64_t first_source_entry) {
    RowBuffer& row = rows(content);
    row.add(entry);
    if (std::holds_alternative<Source>(content)) row.add(first_source_entry);
    const ColumnWriter write(row, body);
    std::visit([&](const auto& kind) { std::decay_t<decltype(kind)>::fields(write, kind); }, content);
    row.end_row();
}

}  // namespace postmoney::detail
