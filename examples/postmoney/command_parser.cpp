#include "command_parser.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <set>
#include <stdexcept>

#include "page.hpp"

namespace {

// COMPANY, --flag or --option VALUE.
std::string shape_of(const CLI::Option& option) {
    if (option.get_positional()) return option.get_name(true);
    return "--" + option.get_lnames().front() + (option.get_items_expected_max() == 0 ? "" : " VALUE");
}

std::string shape_of(const PageItem& item) {
    return item.name + (item.value.empty() ? "" : " VALUE");
}

// An empty value, as of a variable of the shell that is not set, would pass for an option that is not given.
std::string refusal_of_empty(const std::string& value) {
    return value.empty() ? "got \"\", expected a value" : "";
}

template <class Value>
CLI::Option& add_value(CLI::App& app, const std::string& name, Value& value) {
    return *app.add_option(name, value)->check(&refusal_of_empty);
}

}  // namespace

void CommandParser::argument(const std::string& name, std::string& value) {
    add_value(app_, name, value).required(page_.requires_argument(name));
}

void CommandParser::argument(const std::string& name, std::vector<std::filesystem::path>& values) {
    add_value(app_, name, values).required(page_.requires_argument(name));
}

void CommandParser::argument(const std::string& name, std::vector<std::string>& values) {
    add_value(app_, name, values).required(page_.requires_argument(name));
}

void CommandParser::rest(std::vector<std::string>& values) {
    app_.fallthrough(false);
    app_.allow_extras();
    app_.parse_complete_callback([this_app = &app_, &values] { values = this_app->remaining(); });
}

void CommandParser::option(const std::string& name, std::string& value) {
    add_value(app_, name, value);
}

void CommandParser::option(const std::string& name, std::filesystem::path& value) {
    add_value(app_, name, value);
}

void CommandParser::option(const std::string& name, std::vector<std::string>& values) {
    add_value(app_, name, values);
}

void CommandParser::list(const std::string& name, std::vector<std::string>& values) {
    add_value(app_, name, values).delimiter(',');
}

void CommandParser::flag(const std::string& name, bool& value) {
    app_.add_flag(name, value);
}

void CommandParser::check() const {
    std::set<std::string> declared;
    for (const CLI::Option* option : app_.get_options()) {
        // A command has its --help from the program, whose page lists it.
        if (option != app_.get_help_ptr() || app_.get_parent() == nullptr) declared.insert(shape_of(*option));
    }
    std::set<std::string> listed;
    for (const PageItem& item : page_.items) listed.insert(shape_of(item));
    std::vector<std::string> different;
    std::set_symmetric_difference(declared.begin(), declared.end(), listed.begin(), listed.end(),
                                  std::back_inserter(different));
    if (different.empty()) return;
    throw std::logic_error("the help page of `postmoney " + page_.words + "` and its code differ on " +
                           different.front());
}
