// The command `import csv`: tables that people already have.
#include <fmt/core.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

#include "commands.hpp"
#include "files.hpp"
#include "table.hpp"

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

//--- Without a map: what was found, and what could be done about it

void print_found(const std::string& name, const CsvSample& sample, const CsvProposal& proposal) {
    std::cout << fmt::format("{}: {} columns, the first {} rows look like a table of {}\n\n", name,
                             sample.header.size(), sample.rows.size(), to_string(proposal.map.table));
    Table table({"column", "field", "first values", "found"});
    for (const CsvProposal::Column& column : proposal.columns) {
        table.add({column.heading, column.field.empty() ? "-" : column.field,
                   join(column.first_values, " | "),
                   column.date_formats.empty() ? counts_text(column.amount_styles)
                                               : join(column.date_formats, " or ")});
    }
    table.print(std::cout);
    for (const std::string& remark : proposal.remarks) std::cout << "\nnote: " << remark;
    std::cout << fmt::format("{}\nA map to start from, for `import csv {} --map MAP.json`:\n{}\n",
                             proposal.remarks.empty() ? "" : "\n", name, to_json(proposal.map));
}

int propose(const Arguments& arguments) {
    std::ifstream file = open_file(arguments.name);
    const CsvSample sample = read_csv_sample(file, arguments.name);
    CsvProposal proposal;
    try {
        proposal = propose_map(sample);
    } catch (const Error& error) {
        throw error.at(arguments.name, 1);
    }
    if (!arguments.json) {
        print_found(arguments.name, sample, proposal);
        return 0;
    }
    Json columns = Json::array();
    for (const CsvProposal::Column& column : proposal.columns) {
        columns.push_back({{"column", column.heading},
                           {"field", column.field.empty() ? Json() : Json(column.field)},
                           {"first_values", column.first_values},
                           {"amount_styles", column.amount_styles},
                           {"date_formats", column.date_formats}});
    }
    print({{"file", arguments.name},
           {"columns", columns},
           {"remarks", proposal.remarks},
           {"map", Json::parse(to_json(proposal.map))}});
    return 0;
}

//--- With a map

void print_report(const Arguments& arguments, const CsvReport& report) {
    if (arguments.json) {
        Json refused = Json::array();
        for (const Error& error : report.refused) {
            refused.push_back({{"row", error.line()},
                               {"column", error.field()},
                               {"code", std::string(to_string(error.code()))},
                               {"message", error.message()}});
        }
        print({{"file", arguments.name},
               {"rows", report.rows},
               {"imported", report.imported},
               {"unchanged", report.unchanged},
               {"refused", refused},
               {"amount_styles", report.amount_styles}});
        return;
    }
    std::cout << fmt::format("{}: {} rows, {} {}, {} unchanged, {} refused{}\n", arguments.name, report.rows,
                             report.imported, arguments.dry_run ? "to import" : "imported", report.unchanged,
                             report.refused.size(), arguments.dry_run ? "; nothing was written" : "");
    for (const auto& [column, counts] : report.amount_styles) {
        std::cout << fmt::format("amounts in {}: {}\n", column, counts_text(counts));
    }
}

int record_table(const Arguments& arguments) {
    if (arguments.database.empty()) throw Error(ErrorCode::misuse, "which ledger? give --db FILE");
    CsvOptions options{.dry_run = arguments.dry_run, .keep_going = arguments.keep_going};
    options.recorded = arguments.recorded_time();
    const CsvMap map = map_of(arguments.map);
    std::ifstream file = open_file(arguments.name);
    const CsvReport report = import_csv(arguments.database, file, arguments.name, map, options);
    for (const Error& error : report.refused) std::cerr << error.what() << '\n';
    print_report(arguments, report);
    return report.refused.empty() ? 0 : 2;
}

}  // namespace

// Without --map it proposes one; see `postmoney import csv --help`.
int import_csv(const Arguments& arguments) {
    if (!arguments.print_map.empty()) {
        std::cout << to_json(built_in_map(arguments.print_map)) << '\n';
        return 0;
    }
    if (arguments.name.empty()) throw Error(ErrorCode::misuse, "which table? give a FILE");
    return arguments.map.empty() ? propose(arguments) : record_table(arguments);
}
