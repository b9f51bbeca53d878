#include <fmt/core.h>

#include <filesystem>
#include <iostream>
#include <iterator>
#include <map>

#include "command.hpp"
#include "json.hpp"
#include "open_file.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"
#include "table.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

// A ready map by its name, else the map in that file.
[[nodiscard]] CsvMap map_of(const std::string& name) {
    if (is_built_in_map(name)) return built_in_map(name);
    std::ifstream file = open_file(name);
    return read_csv_map(std::string(std::istreambuf_iterator<char>(file), {}), name);
}

[[nodiscard]] std::string counts_text(const std::map<std::string, std::int64_t>& counts) {
    std::string text;
    for (const auto& [style, count] : counts)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, style);
    return text;
}

template <class Texts>
[[nodiscard]] std::string join(const Texts& texts, const char* separator) {
    std::string result;
    for (const std::string& text : texts) result.append(result.empty() ? "" : separator).append(text);
    return result;
}

//--- Without a map: what was found, and what could be done about it ---

// The texts with what was read of them, where that is another text.
[[nodiscard]] std::string read_text(const CsvProposal::Column& column) {
    std::string text;
    for (std::size_t i = 0; i < column.as_read.size() && i < column.first_values.size(); ++i) {
        const std::string& read = column.as_read[i];
        text.append(text.empty() ? "" : " | ").append(read == column.first_values[i] ? "=" : read);
    }
    return text;
}

void print_found(const std::string& name, const CsvSample& sample, const CsvProposal& proposal) {
    std::cout << fmt::format("{}: {} columns, the first {} rows {} a table of {}\n\n", name,
                             sample.header.size(), sample.rows.size(),
                             proposal.complete ? "look like" : "could be", to_string(proposal.map.table));
    Table table({"column", "field", "first values", "read as", "found"});
    for (const CsvProposal::Column& column : proposal.columns) {
        table.add({column.heading, column.field.empty() ? "-" : column.field,
                   join(column.first_values, " | "), read_text(column),
                   column.date_formats.empty() ? counts_text(column.amount_styles)
                                               : join(column.date_formats, " or ")});
    }
    table.print(std::cout);
    if (!proposal.unused.empty()) std::cout << "\nnot used: " << join(proposal.unused, ", ") << '\n';
    for (const std::string& remark : proposal.remarks) std::cout << "\nnote: " << remark;
    if (!proposal.remarks.empty()) std::cout << '\n';
    if (proposal.complete) {
        std::cout << fmt::format("\nA map to start from, for `import csv {} --map MAP.json`:\n{}\n", name,
                                 to_json(proposal.map));
    } else {
        std::cout << fmt::format("\nNo map is proposed. What is known of one, to be completed:\n{}\n",
                                 to_json(proposal.map));
    }
}

[[nodiscard]] Json found_json(const std::string& name, const CsvProposal& proposal) {
    Json columns = Json::array();
    for (const CsvProposal::Column& column : proposal.columns) {
        columns.push_back({{"column", column.heading},
                           {"field", text_or_null(column.field)},
                           {"first_values", column.first_values},
                           {"as_read", column.as_read},
                           {"amount_styles", column.amount_styles},
                           {"date_formats", column.date_formats}});
    }
    Json map = Json::parse(to_json(proposal.map));
    return {{"file", name},
            {"columns", columns},
            {"unused", proposal.unused},
            {"remarks", proposal.remarks},
            {"map", proposal.complete ? map : Json()},
            {"incomplete_map", proposal.complete ? Json() : map}};
}

[[nodiscard]] CsvProposal proposal_for(const CsvSample& sample, const std::string& name) {
    try {
        return propose_map(sample);
    } catch (const Error& error) {
        throw error.at(name, 1);
    }
}

void propose(const std::string& name, bool json) {
    std::ifstream file = open_file(name);
    const CsvSample sample = read_csv_sample(file, name);
    const CsvProposal proposal = proposal_for(sample, name);
    if (json) {
        print(found_json(name, proposal));
    } else {
        print_found(name, sample, proposal);
    }
}

//--- With a map ---

[[nodiscard]] Json csv_not_used_json(const CsvReport& report) {
    if (!report.first_not_used) return {};
    const CsvNotUsed& first = *report.first_not_used;
    return {{"row", first.row},
            {"field", first.field},
            {"said", first.said},
            {"used", first.used},
            {"entry", first.entry}};
}

[[nodiscard]] Json csv_report_json(const std::string& name, const CsvReport& report) {
    Json refused = Json::array();
    for (const Error& error : report.refused) {
        refused.push_back({{"row", error.line()},
                           {"column", error.field()},
                           {"code", std::string(to_string(error.code()))},
                           {"message", error.message()}});
    }
    Json disagreements = Json::array();
    for (const CsvDisagreement& one : report.first_disagreements)
        disagreements.push_back({{"row", one.row}, {"raised", one.raised}, {"raised_usd", one.raised_usd}});
    return {{"file", name},
            {"rows", report.rows},
            {"imported", report.imported},
            {"unchanged", report.unchanged},
            {"skipped", report.skipped},
            {"refused", refused},
            {"amount_styles", report.amount_styles},
            {"zeros_undisclosed", report.zeros},
            {"inferred_instruments", report.inferred_instruments},
            {"maybe_one_round", report.maybe_one_round},
            {"two_amounts", report.two_amounts},
            {"not_used", report.not_used},
            {"first_not_used", csv_not_used_json(report)},
            {"usd_disagreements", report.usd_disagreements},
            {"first_disagreements", disagreements},
            {"unused_columns", report.unused_columns}};
}

[[nodiscard]] std::string disagreements_text(const CsvReport& report) {
    if (report.usd_disagreements == 0) return {};
    std::string rows;
    for (const CsvDisagreement& one : report.first_disagreements) {
        rows += fmt::format("{}row {}: {}, not {}", rows.empty() ? "" : "; ", one.row, one.raised,
                            one.raised_usd);
    }
    return fmt::format(
        "{} rows have another amount in \"raised_usd\" than in \"raised\", beyond rounding; \"raised\" is "
        "taken, and the other kept as an attribute of the round: {}{}\n",
        report.usd_disagreements, rows,
        report.usd_disagreements > std::ssize(report.first_disagreements) ? "; and others" : "");
}

[[nodiscard]] std::string csv_not_used_text(const CsvReport& report) {
    if (!report.first_not_used) return {};
    const CsvNotUsed& first = *report.first_not_used;
    return fmt::format(
        "{} rows are on record but not used, as their source says something else later. Row {} says {} in "
        "\"{}\", and {} of {} is used: `retract` that line where the row is right, or give the map's "
        "\"source\" "
        "an \"id\" of its own and a later \"published\"\n",
        report.not_used, first.row, first.said, first.field, first.used, first.entry);
}

[[nodiscard]] std::string csv_report_text(const std::string& name, const CsvReport& report, bool dry_run) {
    std::string text =
        fmt::format("{}: {} rows, {} {}, {} unchanged, {} refused{}{}\n", name, report.rows, report.imported,
                    dry_run ? "to import" : "imported", report.unchanged, report.refused.size(),
                    report.skipped == 0 ? "" : fmt::format(", {} left out by \"skip\"", report.skipped),
                    dry_run ? "; nothing was written" : "");
    for (const auto& [column, counts] : report.amount_styles)
        text += fmt::format("amounts in {}: {}\n", column, counts_text(counts));
    if (report.zeros != 0)
        text += fmt::format("{} amounts of 0 taken for undisclosed: the map's \"zero\" says otherwise\n",
                            report.zeros);
    for (const auto& [instrument, count] : report.inferred_instruments)
        text +=
            fmt::format("{} rows of {}, as the name or the stage of their round says\n", count, instrument);
    text += csv_not_used_text(report);
    text += disagreements_text(report);
    if (report.two_amounts != 0) {
        text += fmt::format(
            "{} rounds have two amounts in this table: rows that share company, name and date are one round, "
            "unless the map's \"handle\" or a column for \"round\" tells them apart\n",
            report.two_amounts);
    }
    if (report.maybe_one_round != 0) {
        text += fmt::format("{} rounds may be one with another (maybe-one-round): `reconcile` names them\n",
                            report.maybe_one_round);
    }
    if (!report.unused_columns.empty())
        text += fmt::format("columns not used: {}\n", join(report.unused_columns, ", "));
    return text;
}

class ImportCsvCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("FILE", file_);
        parser.option("--map", map_);
        parser.option("--print-map", print_map_);
        parser.flag("--dry-run", dry_run_);
        parser.flag("--keep-going", keep_going_);
        parser.option("--recorded", recorded_);
    }

    int run(const ProgramOptions& program) const override {
        if (!print_map_.empty()) {
            std::cout << to_json(built_in_map(print_map_)) << '\n';
            return 0;
        }
        if (file_.empty()) throw Error(ErrorCode::misuse, "which table? give a FILE");
        if (!map_.empty()) return record_rows(program);
        propose(file_, program.json);
        return 0;
    }

  private:
    [[nodiscard]] int record_rows(const ProgramOptions& program) const {
        const std::filesystem::path& ledger = ledger_file(program);
        CsvOptions options{.dry_run = dry_run_, .keep_going = keep_going_};
        options.recorded = time_of_option("--recorded", recorded_);
        const CsvMap map = map_of(map_);
        const CsvReport report = import_rows(ledger, map, options);
        print_refused(report.refused);
        if (program.json) {
            print(csv_report_json(file_, report));
        } else {
            std::cout << csv_report_text(file_, report, dry_run_);
        }
        return report.refused.empty() ? 0 : 2;
    }

    [[nodiscard]] CsvReport import_rows(const std::filesystem::path& ledger, const CsvMap& map,
                                        CsvOptions options) const {
        if (file_ == "-") {
            LongCall call;
            options.progress = call.progress();
            return import_csv(ledger, std::cin, file_, map, options);
        }
        std::ifstream file = open_file(file_);
        std::error_code unknown;
        const std::uintmax_t size = std::filesystem::file_size(file_, unknown);
        LongCall call("", unknown ? 0 : size);
        options.progress = call.progress();
        return import_csv(ledger, file, file_, map, options);
    }

    std::string file_;
    std::string map_;
    std::string print_map_;
    bool dry_run_ = false;
    bool keep_going_ = false;
    std::string recorded_;
};

}  // namespace

std::unique_ptr<Command> make_import_csv() {
    return std::make_unique<ImportCsvCommand>();
}
