#include "postmoney/export/csv_export.hpp"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/csv/csv_cell.hpp"
#include "base/output_folder.hpp"
#include "base/progress_meter.hpp"
#include "export/public_views.hpp"

namespace postmoney {

namespace {

using namespace detail;
using ordered_json = nlohmann::ordered_json;

//--- The description

void describe_type(ordered_json& field, const PublicColumn& column) {
    switch (column.meaning) {
        case ColumnMeaning::text:
            field["type"] = "string";
            break;
        case ColumnMeaning::date:
            field["type"] = "date";
            break;
        case ColumnMeaning::instant:
            field["type"] = "datetime";
            field["format"] = "any";
            break;
        case ColumnMeaning::decimal:
            // Not `number`, which many programs read as binary floating point.
            field["type"] = "string";
            field["constraints"] = {{"pattern", "-?[0-9]+([.][0-9]+)?"}};
            field["unit"] = "units of the currency, exact decimal text";
            break;
        case ColumnMeaning::count:
            field["type"] = "integer";
            break;
        case ColumnMeaning::flag:
            field["type"] = "integer";
            field["constraints"] = {{"minimum", 0}, {"maximum", 1}};
            break;
        case ColumnMeaning::minor:
            field["type"] = "integer";
            field["unit"] = "minor units of the currency";
            break;
        case ColumnMeaning::micros:
            field["type"] = "integer";
            field["unit"] = "microseconds since 1970-01-01T00:00:00Z";
            break;
    }
}

[[nodiscard]] ordered_json field_json(const PublicColumn& column) {
    ordered_json field{{"name", column.name}};
    describe_type(field, column);
    if (!column.currency.empty()) field["currency"] = column.currency;
    return field;
}

[[nodiscard]] bool has_entry(const PublicView& view) {
    return view.name != "entries" &&
           std::ranges::find(view.columns, "entry", &PublicColumn::name) != view.columns.end();
}

[[nodiscard]] ordered_json resource_json(const PublicView& view) {
    ordered_json schema{{"fields", ordered_json::array()}, {"missingValues", {""}}};
    for (const PublicColumn& column : view.columns) schema["fields"].push_back(field_json(column));
    if (!view.key.empty()) schema["primaryKey"] = view.key;
    if (has_entry(view)) {
        schema["foreignKeys"] = {
            {{"fields", "entry"}, {"reference", {{"resource", "entries"}, {"fields", "entry"}}}}};
    }
    return {{"name", view.name},
            {"path", view.name + ".csv"},
            {"profile", "tabular-data-resource"},
            {"format", "csv"},
            {"mediatype", "text/csv"},
            {"encoding", "utf-8"},
            {"dialect", {{"delimiter", ","}, {"lineTerminator", "\r\n"}, {"doubleQuote", true}}},
            {"description", view.description},
            {"schema", std::move(schema)}};
}

//--- The rows

[[noreturn]] void refuse_value(const PublicView& view, std::size_t column) {
    throw Error(ErrorCode::damaged, "a value is not of its column's type; the ledger is damaged")
        .in_field(view.name + "." + view.columns[column].name);
}

class RowWriter {
  public:
    RowWriter(const PublicView& view, OutputFile& file) : view_(&view), file_(&file) {}

    void write(std::span<const SqlCell> cells) {
        line_.clear();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i != 0) line_ += ',';
            append(cells[i], i);
        }
        line_ += "\r\n";
        file_->write(line_);
    }

  private:
    void append(const SqlCell& cell, std::size_t column) {
        if (std::holds_alternative<std::monostate>(cell)) return;
        const bool integer = is_integer(view_->columns[column].meaning);
        if (const auto* number = std::get_if<std::int64_t>(&cell); number != nullptr && integer) {
            std::array<char, 24> digits;
            const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
            line_ += std::string_view(digits.data(), end);
        } else if (const auto* text = std::get_if<std::string_view>(&cell); text != nullptr && !integer) {
            append_csv_cell(line_, *text);
        } else if (const auto* blob = std::get_if<SqlBlob>(&cell); blob != nullptr && !integer) {
            append_hex(blob->bytes);
        } else {
            refuse_value(*view_, column);
        }
    }
    void append_hex(std::span<const std::uint8_t> bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        for (const std::uint8_t byte : bytes) {
            line_ += digits[byte >> 4U];
            line_ += digits[byte & 15U];
        }
    }

    const PublicView* view_;
    OutputFile* file_;
    std::string line_;
};

[[nodiscard]] std::int64_t write_view(const Ledger& ledger, const PublicView& view, OutputFile& file) {
    std::string header;
    for (const PublicColumn& column : view.columns) {
        if (!header.empty()) header += ',';
        append_csv_cell(header, column.name);
    }
    file.write(header + "\r\n");
    RowWriter writer(view, file);
    std::int64_t rows = 0;
    try {
        ledger.query("SELECT * FROM " + quoted_name(view.name), {.row = [&](std::span<const SqlCell> cells) {
                         writer.write(cells);
                         ++rows;
                     }});
    } catch (const Error& error) {
        throw error.in_field(view.name);  // such as a sum beyond 64 bits
    }
    file.close();
    return rows;
}

}  // namespace

CsvExportReport export_csv(const Ledger& ledger, const std::filesystem::path& folder,
                           const ProgressCall& progress) {
    OutputFolder output(folder);
    CsvExportReport report;
    ledger.at_one_moment([&] {
        const std::vector<PublicView> views = public_views(ledger);
        ProgressMeter meter(progress, "views", views.size());
        ordered_json package{{"profile", "tabular-data-package"},
                             {"name", "postmoney-ledger"},
                             {"resources", ordered_json::array()}};
        for (const PublicView& view : views) {
            OutputFile file(output.file(view.name + ".csv"));
            report.rows += write_view(ledger, view, file);
            package["resources"].push_back(resource_json(view));
            ++report.views;
            meter.at(static_cast<std::uint64_t>(report.views), static_cast<std::uint64_t>(report.rows));
        }
        OutputFile description(output.file("datapackage.json"));
        description.write(package.dump(2) + "\n");
        description.close();
        meter.finish();
    });
    output.finish();
    return report;
}

}  // namespace postmoney
