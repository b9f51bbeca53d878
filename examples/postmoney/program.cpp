#include "program.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr int bad_usage = 2;
constexpr const char* options_of_every_command = "Options of every command";

std::string version() {
    return fmt::format("{}.{}.{}", POSTMONEY_VERSION_MAJOR, POSTMONEY_VERSION_MINOR, POSTMONEY_VERSION_PATCH);
}

}  // namespace

Program::Program() : page_(program_page()), app_(std::make_unique<CLI::App>("", "postmoney")) {
    app_->require_subcommand(0, 1);  // run() says it better, and an unknown word is named
    app_->fallthrough();
    app_->set_version_flag("--version", version());
    app_->formatter_fn(
        [this](const CLI::App*, const std::string&, CLI::AppFormatMode) { return help(page_); });
    CommandParser parser(*app_, page_);
    parser.option("--db", options_.database);
    parser.flag("--json", options_.json);
    parser.check();
    for (const ListedCommand& listed : listed_commands()) add(listed);
}

Program::~Program() = default;

void Program::add(const ListedCommand& listed) {
    entries_.push_back({Page(listed.page), listed.make == nullptr ? nullptr : listed.make()});
    Entry& entry = entries_.back();
    const std::string& words = entry.page.words;
    const std::size_t space = words.rfind(' ');
    CLI::App* group = space == std::string::npos ? app_.get() : app_->get_subcommand(words.substr(0, space));
    CLI::App* app = group->add_subcommand(words.substr(space + 1));
    app->formatter_fn(
        [this, &entry](const CLI::App*, const std::string&, CLI::AppFormatMode) { return help(entry.page); });
    CommandParser parser(*app, entry.page);
    if (entry.command == nullptr) {
        app->require_subcommand(0, 1);
    } else {
        app->callback([this, &entry] { chosen_ = entry.command.get(); });
        entry.command->declare(parser);
    }
    parser.check();
}

int Program::run(int argc, const char* const* argv) {
    std::vector<const char*> words(argv, argv + argc);
    // Many ask so first: `help`, or `help COMMAND`.
    if (const auto command = first_command(words);
        command != words.end() && *command == std::string_view("help")) {
        words.erase(command);
        words.push_back("--help");
    }
    try {
        app_->parse(static_cast<int>(words.size()), words.data());
    } catch (const CLI::CallForHelp& asked) {
        // There is no page of an unknown word.
        const std::vector<std::string> unknown = app_->remaining();
        if (unknown.empty()) return app_->exit(asked);
        app_->exit(CLI::ExtrasError(unknown));
        return bad_usage;
    } catch (const CLI::ParseError& error) {
        return app_->exit(error) == 0 ? 0 : bad_usage;
    }
    if (chosen_ == nullptr) {
        std::cerr << "A command is required\nRun with --help for more information.\n";
        return bad_usage;
    }
    return chosen_->run(options_);
}

std::vector<const char*>::const_iterator Program::first_command(const std::vector<const char*>& words) const {
    bool is_value = true;  // as the name of the program is none
    return std::find_if(words.begin(), words.end(), [&](const std::string& word) {
        if (std::exchange(is_value, false)) return false;
        const CLI::Option* option = app_->get_option_no_throw(word);
        is_value = option != nullptr && option->get_items_expected_max() > 0;
        return !word.starts_with('-');
    });
}

std::string Program::help(const Page& page) const {
    std::string text = "Usage: postmoney " + page.usage + " [OPTION]...";
    text += page.text.substr(page.usage.size());
    const std::string mark = "  @commands\n";
    if (const std::size_t at = text.find(mark); at != std::string::npos)
        text.replace(at, mark.size(), list_of_commands(page.words));
    if (&page == &page_) return text;
    return text + fmt::format("\n{}:\n{}", options_of_every_command, page_.section(options_of_every_command));
}

std::string Program::list_of_commands(const std::string& group) const {
    const auto is_listed = [&](const Entry& entry) {
        return entry.command != nullptr && (group.empty() || entry.page.words.starts_with(group + " "));
    };
    std::size_t width = 0;
    for (const Entry& entry : entries_) {
        if (is_listed(entry)) width = std::max(width, entry.page.usage.size());
    }
    std::string text;
    for (const Entry& entry : entries_) {
        if (is_listed(entry))
            text += fmt::format("  {:<{}}  {}\n", entry.page.usage, width, entry.page.summary);
    }
    return text;
}
