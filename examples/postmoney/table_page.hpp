// TablePage: the tables of a page that has several, printed one below another, or one of them as CSV.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "table.hpp"

// --csv TABLE, beside the --json of every command.
class TableChoice {
  public:
    void declare(CommandParser& parser) { parser.option("--csv", table_); }

    // The name of the table; empty where CSV is not asked for. Throws misuse when --json is given too.
    [[nodiscard]] const std::string& csv(const ProgramOptions& program) const;

  private:
    std::string table_;
};

class TablePage {
  public:
    // `name` is what --csv calls the table; an empty title prints none.
    void add(std::string name, std::string title, Table table);

    // Each table that has rows, below its title and a blank line.
    void print() const;
    // Throws misuse for a name that no table has.
    [[nodiscard]] const Table& table(const std::string& name) const;

  private:
    struct Part {
        std::string name;
        std::string title;
        Table table;
    };
    std::vector<Part> parts_;
};
