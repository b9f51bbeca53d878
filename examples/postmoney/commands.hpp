// The commands of the program. Each prints to standard output and returns the exit status: 0 done, 1 a
// finding of severity error or a failed verify; bad usage and bad input are thrown, and end in status 2.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/postmoney.hpp"

// What the command line says.
struct Arguments {
    std::filesystem::path database;
    bool json = false;
    bool csv = false;  // of `sql`
    std::string name;  // a company, an investor, a round's handle, an amount, a file or a query
    std::string as_of;
    std::string known_at;
    std::string in;
    std::string recorded;
    std::vector<std::string> instruments;
    bool keep_going = false;
    std::string map;                           // of `import csv`: a ready map's name, or a file
    std::string print_map;                     // the same: the ready map to print
    bool dry_run = false;                      // of `import csv` and `merge`
    std::vector<std::filesystem::path> paths;  // of `import form-d`
    bool exclude_funds = false;
    bool replace = false;              // of `restore`
    bool chains_only = false;          // of `verify`
    std::vector<std::string> against;  // of `verify`: heads

    // --recorded, read. Throws bad-time, naming the option.
    [[nodiscard]] std::optional<postmoney::Timestamp> recorded_time() const;
    // The two dates, read. Throws bad-date and bad-time, naming the option.
    [[nodiscard]] postmoney::Viewpoint viewpoint() const;
};

// Opens the ledger to read it; after a write that was cut short, to take that back too. Throws misuse without
// --db.
[[nodiscard]] postmoney::Ledger open_to_read(const Arguments& arguments);

int init(const Arguments& arguments);
int apply(const Arguments& arguments);
int import_csv(const Arguments& arguments);  // without --map it proposes one
int import_form_d(const Arguments& arguments);
int export_facts(const Arguments& arguments);
int backup(const Arguments& arguments);
int merge(const Arguments& arguments);
int restore(const Arguments& arguments);
int head(const Arguments& arguments);
int verify(const Arguments& arguments);
int log(const Arguments& arguments);
int parse(const Arguments& arguments);

int company(const Arguments& arguments);
int investor(const Arguments& arguments);
int round(const Arguments& arguments);
int total(const Arguments& arguments);
int claims(const Arguments& arguments);
int reconcile(const Arguments& arguments);
int sql(const Arguments& arguments);
