#include "table_page.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

#include "text.hpp"

using namespace postmoney;

const std::string& TableChoice::csv(const ProgramOptions& program) const {
    if (program.json && !table_.empty()) throw Error(ErrorCode::misuse, "give --json or --csv, not both");
    return table_;
}

void TablePage::add(std::string name, std::string title, Table table) {
    parts_.push_back({std::move(name), std::move(title), std::move(table)});
}

void TablePage::print() const {
    for (const Part& part : parts_) {
        if (part.title.empty()) {
            part.table.print(std::cout);
        } else {
            print_section(part.title, part.table);
        }
    }
}

const Table& TablePage::table(const std::string& name) const {
    const auto named =
        std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.name == name; });
    if (named == parts_.end()) {
        std::string names;
        for (const Part& part : parts_) names += (names.empty() ? "" : ", ") + part.name;
        throw Error::refused(ErrorCode::misuse, name, "one of " + names).in_field("--csv");
    }
    return named->table;
}
