// postmoney: keeps a funding ledger from the command line.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "commands.hpp"

namespace {

constexpr int bad_input = 2;

using Command = int (*)(const Arguments&);

// Adds the commands to the parser; `chosen` is the one that the user named.
class CommandLine {
  public:
    CommandLine()
        : app_("Keeps the funding ledger of startups: rounds, investors, valuations, and who says so.",
               "postmoney") {
        app_.require_subcommand(0, 1);  // run() says it better, and an unknown word is named
        app_.fallthrough();
        app_.add_option("--db", arguments_.database, "The ledger file");
        app_.add_flag("--json", arguments_.json, "Print JSON, for machines");
        app_.set_version_flag("--version", version());
        add_writing();
        add_imports();
        add_questions();
    }

    CLI::App& app() { return app_; }
    [[nodiscard]] int run() const {
        if (chosen_ == nullptr) {
            std::cerr << "A command is required\nRun with --help for more information.\n";
            return bad_input;
        }
        return chosen_(arguments_);
    }

  private:
    static std::string version() {
        return std::to_string(POSTMONEY_VERSION_MAJOR) + "." + std::to_string(POSTMONEY_VERSION_MINOR) + "." +
               std::to_string(POSTMONEY_VERSION_PATCH);
    }

    CLI::App* add(const std::string& name, const std::string& description, Command command) {
        CLI::App* sub = app_.add_subcommand(name, description);
        sub->callback([this, command] { chosen_ = command; });
        return sub;
    }
    void add_name(CLI::App* sub, const std::string& what, const std::string& description,
                  bool required = true) {
        sub->add_option(what, arguments_.name, description)->required(required);
    }
    void add_dates(CLI::App* sub) {
        sub->add_option("--as-of", arguments_.as_of,
                        "The world of that day: YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY");
        add_known_at(sub);
    }
    void add_known_at(CLI::App* sub) {
        sub->add_option("--known-at", arguments_.known_at,
                        "What was recorded by that time: YYYY-MM-DDTHH:MM:SSZ");
    }

    void add_writing() {
        add("init", "Make a new ledger", init);
        CLI::App* sub = add("apply", "Record the lines of a facts file, all or none", apply);
        add_name(sub, "FILE", "The facts file, - for standard input");
        sub->add_option("--recorded", arguments_.recorded, "The time to record for lines that give none");
        sub->add_flag("--keep-going", arguments_.keep_going, "Record the good lines and list the bad ones");
        sub = app_.add_subcommand("export", "Write the ledger in another form");
        sub->require_subcommand(0, 1);
        CLI::App* facts = sub->add_subcommand("facts", "Write the whole ledger as a facts file");
        facts->callback([this] { chosen_ = export_facts; });
        add_name(facts, "FILE", "Where to write it, standard output by default", false);
        add_name(add("backup", "Copy the ledger, checked, while others use it", backup), "FILE",
                 "The new file");
        sub = add("merge", "Join another ledger to this one, with its chains as they are", merge);
        add_name(sub, "OTHER", "The other ledger, which stays as it is");
        sub->add_flag("--dry-run", arguments_.dry_run, "Show what would come of it, and write nothing");
        sub = add("restore", "Put a copy of a backup, checked, in the ledger's place", restore);
        add_name(sub, "BACKUP", "The file to restore");
        sub->add_flag("--replace", arguments_.replace, "Replace the ledger that is there");
        add("head", "Where the chain ends, as a text to keep elsewhere", head);
        sub = add("verify", "Check the file, its chain of hashes and all that is derived", verify);
        sub->add_flag("--chains-only", arguments_.chains_only,
                      "Only the entries and their hashes: many times as fast, and blind to the other tables");
        sub->add_option("--against", arguments_.against,
                        "A head that was kept elsewhere: is all up to it still there?");
    }

    void add_imports() {
        CLI::App* sub = app_.add_subcommand("import", "Record what is in files of other forms");
        sub->require_subcommand(0, 1);
        CLI::App* form_d = sub->add_subcommand(
            "form-d", "Record Form D notices: XML, EDGAR submissions, data sets, folders, zips");
        form_d->callback([this] { chosen_ = import_form_d; });
        form_d->add_option("PATH", arguments_.paths, "Files and folders")->required();
        form_d->add_flag("--keep-going", arguments_.keep_going,
                         "Record the good filings and list the bad ones");
        form_d->add_option("--recorded", arguments_.recorded, "The time to record");
        CLI::App* csv =
            sub->add_subcommand("csv", "Record the rows of a table; without --map, propose a map");
        csv->callback([this] { chosen_ = import_csv; });
        add_name(csv, "FILE", "The table", false);
        csv->add_option("--map", arguments_.map,
                        "What its columns mean: rounds, investments, companies, or a JSON file");
        csv->add_option("--print-map", arguments_.print_map,
                        "Print the ready map of this name, to start from");
        csv->add_flag("--dry-run", arguments_.dry_run, "Show counts and refusals, and write nothing");
        csv->add_flag("--keep-going", arguments_.keep_going, "Record the good rows and list the bad ones");
        csv->add_option("--recorded", arguments_.recorded, "The time to record");
    }

    void add_questions() {
        CLI::App* sub = add(
            "company", "What a company raised, when, from whom, at what valuation, and who says so", company);
        add_name(sub, "COMPANY", "Any of its names, or scheme:value");
        add_dates(sub);
        sub = add("investor", "What an investor took part in, and with whom", investor);
        add_name(sub, "INVESTOR", "Any of its names, or scheme:value");
        add_dates(sub);
        sub = add("round", "Everything on one round, each figure with its source", round);
        add_name(sub, "HANDLE", "The round's handle");
        add_dates(sub);
        sub = add("total", "What a company raised in total, exactly", total);
        add_name(sub, "COMPANY", "Any of its names, or scheme:value");
        sub->add_option("--in", arguments_.in, "Convert each round to this currency at the rate of its date");
        sub->add_option("--instrument", arguments_.instruments,
                        "Count only these: equity, safe, convertible-note, debt, grant, secondary, token, "
                        "other; or all")
            ->delimiter(',');
        sub->add_flag("--exclude-funds", arguments_.exclude_funds,
                      "Leave out what pooled investment funds raise");
        add_dates(sub);
        sub = add("claims", "Every claim on a company's figures, the used one first", claims);
        add_name(sub, "COMPANY", "Any of its names, or scheme:value");
        add_dates(sub);
        sub = add("reconcile", "Which figures agree, which do not, and why", reconcile);
        add_name(sub, "COMPANY", "Any of its names, or scheme:value; all companies by default", false);
        add_dates(sub);
        sub = add("sql", "Run a query that only reads, on the tables and views of the ledger", sql);
        add_name(sub, "QUERY", "One SELECT, - for standard input");
        sub->add_flag("--csv", arguments_.csv, "Print CSV");
        add_known_at(add("log", "Every entry in the order of its arrival", log));
        add_name(add("parse", "How an amount is read", parse), "AMOUNT", "Such as \"about 100 million USD\"");
    }

    CLI::App app_;
    Arguments arguments_;
    Command chosen_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
    try {
        std::ios::sync_with_stdio(false);
        CommandLine line;
        try {
            line.app().parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return line.app().exit(error) == 0 ? 0 : bad_input;
        }
        const int status = line.run();
        std::cout.flush();
        if (!std::cout) throw postmoney::Error(postmoney::ErrorCode::io, "standard output cannot be written");
        return status;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return bad_input;
    }
}
