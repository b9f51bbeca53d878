// CommandParser: ties what a help page lists to the variables that it is read into.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace CLI {
class App;
}

struct Page;

// The page says whether an argument may be left out; the variable keeps its value where nothing is given.
class CommandParser {
  public:
    CommandParser(CLI::App& app, const Page& page) : app_(app), page_(page) {}

    void argument(const std::string& name, std::string& value);
    void argument(const std::string& name, std::vector<std::filesystem::path>& values);
    void argument(const std::string& name, std::vector<std::string>& values);
    // All that is given beyond what is declared, such as options of any name with their values; the options
    // of every command then stand before the command.
    void rest(std::vector<std::string>& values);
    void option(const std::string& name, std::string& value);
    void option(const std::string& name, std::filesystem::path& value);
    // Takes several values, and may be given again.
    void option(const std::string& name, std::vector<std::string>& values);
    // The same, with commas between the values too.
    void list(const std::string& name, std::vector<std::string>& values);
    void flag(const std::string& name, bool& value);

    // Throws logic_error unless the page lists the very options and arguments that were declared, each flag
    // without a value and each other option with one. So the program does not start with a page that says
    // something else.
    void check() const;

  private:
    CLI::App& app_;
    const Page& page_;
};
