// Program: the command line as a whole, made of the listed commands and their pages.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "command.hpp"
#include "page.hpp"

class Program {
  public:
    Program();  // throws logic_error when a page and its command differ
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // Runs the command that the arguments name and returns the exit status. Bad usage, --help and --version
    // are dealt with here; bad input throws.
    [[nodiscard]] int run(int argc, const char* const* argv);

  private:
    struct Entry {
        Page page;
        std::unique_ptr<Command> command;  // null for a group
    };

    void add(const ListedCommand& listed);
    // The first word that is no option and no option's value.
    [[nodiscard]] std::vector<const char*>::const_iterator first_command(
        const std::vector<const char*>& words) const;
    // The page as it is shown, with the options of every command below it.
    [[nodiscard]] std::string help(const Page& page) const;
    // A line for each command whose words begin with these.
    [[nodiscard]] std::string list_of_commands(const std::string& group) const;

    ProgramOptions options_;
    Page page_;
    std::deque<Entry> entries_;  // the parser points at them
    std::unique_ptr<CLI::App> app_;
    const Command* chosen_ = nullptr;
};
