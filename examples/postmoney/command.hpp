// Command: one thing that the program does. A command is two files in commands/, NAME.cpp and its help page
// NAME.txt; the build finds them and lists the command, so that no other file knows its name.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "command_parser.hpp"
#include "postmoney/postmoney.hpp"

// The options of every command, which program.txt describes.
struct ProgramOptions {
    std::filesystem::path database;
    bool json = false;
};

class Command {
  public:
    Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    virtual ~Command() = default;

    // Names the variable that each argument and option of the page is read into.
    virtual void declare(CommandParser& /*parser*/) {}
    // Prints the answer to standard output and returns the exit status: 0 done, 1 a finding of severity error
    // or a failed verify, 2 some input refused. Throws for other bad usage and bad input.
    [[nodiscard]] virtual int run(const ProgramOptions& program) const = 0;
};

// A page of commands/, and what makes its command: null where the page is of a group of commands, such as
// `import`.
struct ListedCommand {
    std::string_view page;
    std::unique_ptr<Command> (*make)();
};

// All pages of commands/ in alphabetical order, and program.txt. embed_pages.cmake writes their definitions.
[[nodiscard]] std::span<const ListedCommand> listed_commands();
[[nodiscard]] std::string_view program_page();
