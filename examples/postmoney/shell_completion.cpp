#include "shell_completion.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ostream>
#include <sstream>

#include "command.hpp"

namespace {

[[nodiscard]] std::string last_word(const Page& page) {
    return page.words.substr(page.words.rfind(' ') + 1);
}

[[nodiscard]] bool is_option(const PageItem& item) {
    return item.name.starts_with("--");
}

// In single quotes of a POSIX shell.
[[nodiscard]] std::string in_quotes(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

// The options of the page and those of every command, with blanks between them.
[[nodiscard]] std::string options_text(const ProgramPages& pages, const Page& page) {
    std::string text;
    for (const auto* items : {&page.items, &pages.program.items}) {
        for (const PageItem& item : *items) {
            if (is_option(item)) text += (text.empty() ? "" : " ") + item.name;
        }
    }
    return text;
}

// The commands as the patterns of a `case`: import|"import csv".
[[nodiscard]] std::string patterns(const ProgramPages& pages) {
    std::string text;
    for (const Page& page : pages.commands) text += (text.empty() ? "\"" : "|\"") + page.words + "\"";
    return text;
}

// The options that take a value, as the patterns of a `case`.
[[nodiscard]] std::string options_with_value(const ProgramPages& pages) {
    std::vector<std::string> names;
    const auto add = [&](const Page& page) {
        for (const PageItem& item : page.items) {
            if (is_option(item) && !item.value.empty()) names.push_back(item.name);
        }
    };
    add(pages.program);
    std::for_each(pages.commands.begin(), pages.commands.end(), add);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "|") + name;
    return text;
}

// The part of bash and zsh that finds the command among the words before the one that is completed.
void print_command_finder(std::ostream& out, const ProgramPages& pages, const std::string& words,
                          const std::string& first, const std::string& end) {
    out << "    for ((i = " << first << "; i < " << end << "; i++)); do\n"
        << "        case ${" << words << "[i]} in\n"
        << "            " << options_with_value(pages) << ") ((i++)) ;;\n"
        << "            -*) ;;\n"
        << "            *)\n"
        << "                case \"${command:+$command }${" << words << "[i]}\" in\n"
        << "                    " << patterns(pages) << ")\n"
        << "                        command=\"${command:+$command }${" << words << "[i]}\" ;;\n"
        << "                esac ;;\n"
        << "        esac\n"
        << "    done\n";
}

// A line of the manual, in which nothing is taken for a request or an escape.
[[nodiscard]] std::string manual_line(const std::string& line) {
    std::string text = line.starts_with('.') || line.starts_with('\'') ? "\\&" : "";
    for (const char c : line) {
        if (c == '\\') {
            text += "\\e";
        } else if (c == '-') {
            text += "\\-";
        } else {
            text += c;
        }
    }
    return text;
}

// The page below its summary, as it stands.
void print_manual_body(std::ostream& out, const Page& page) {
    std::istringstream lines{std::string(page.text)};
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    out << ".nf\n" << manual_line(page.summary) << '\n';
    while (std::getline(lines, line)) {
        if (line != "  @commands") out << manual_line(line) << '\n';
    }
    out << ".fi\n";
}

}  // namespace

ProgramPages::ProgramPages() : program(program_page()) {
    for (const ListedCommand& listed : listed_commands()) commands.emplace_back(listed.page);
}

std::vector<const Page*> ProgramPages::below(const std::string& words) const {
    std::vector<const Page*> found;
    for (const Page& page : commands) {
        const std::size_t space = page.words.rfind(' ');
        const std::string group = space == std::string::npos ? "" : page.words.substr(0, space);
        if (group == words) found.push_back(&page);
    }
    return found;
}

void print_bash_completion(std::ostream& out, const ProgramPages& pages) {
    const auto words_below = [&](const std::string& group) {
        std::string text;
        for (const Page* page : pages.below(group)) text += (text.empty() ? "" : " ") + last_word(*page);
        return text;
    };
    out << "# Completion of postmoney for bash, made by `postmoney completion bash`.\n"
        << "_postmoney() {\n"
        << "    local cur=${COMP_WORDS[COMP_CWORD]} command= words= i\n";
    print_command_finder(out, pages, "COMP_WORDS", "1", "COMP_CWORD");
    out << "    case ${COMP_WORDS[COMP_CWORD - 1]} in\n"
        << "        " << options_with_value(pages) << ") return ;;  # a value: files, by the shell itself\n"
        << "    esac\n"
        << "    case $command in\n"
        << "        '') words=" << in_quotes(words_below("") + " " + options_text(pages, pages.program))
        << " ;;\n";
    for (const Page& page : pages.commands) {
        const std::string below = words_below(page.words);
        out << "        " << in_quotes(page.words)
            << ") words=" << in_quotes(below + (below.empty() ? "" : " ") + options_text(pages, page))
            << " ;;\n";
    }
    out << "    esac\n"
        << "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
        << "}\n"
        << "complete -o default -F _postmoney postmoney\n";
}

void print_zsh_completion(std::ostream& out, const ProgramPages& pages) {
    const auto described = [](const std::string& name, const std::string& text) {
        return in_quotes(name + ":" + text);
    };
    out << "#compdef postmoney\n"
        << "# Completion of postmoney for zsh, made by `postmoney completion zsh`.\n"
        << "_postmoney() {\n"
        << "    local command= i\n"
        << "    local -a commands options\n";
    print_command_finder(out, pages, "words", "2", "CURRENT");
    out << "    case ${words[CURRENT - 1]} in\n"
        << "        " << options_with_value(pages) << ") _files; return ;;\n"
        << "    esac\n"
        << "    case $command in\n";
    const auto print_case = [&](const Page& page) {
        out << "        " << in_quotes(page.words) << ")\n            commands=(";
        for (const Page* below : pages.below(page.words))
            out << "\n                " << described(last_word(*below), below->summary);
        out << ")\n            options=(";
        for (const auto* items : {&page.items, &pages.program.items}) {
            for (const PageItem& item : *items) {
                if (is_option(item)) out << "\n                " << described(item.name, item.text);
            }
            if (&page == &pages.program) break;
        }
        out << ") ;;\n";
    };
    print_case(pages.program);
    std::for_each(pages.commands.begin(), pages.commands.end(), print_case);
    out << "    esac\n"
        << "    (( ${#commands} )) && _describe command commands\n"
        << "    [[ ${words[CURRENT]} == -* ]] && _describe option options\n"
        << "    (( ${#commands} )) || _files\n"
        << "}\n"
        << "_postmoney \"$@\"\n";
}

void print_fish_completion(std::ostream& out, const ProgramPages& pages) {
    const auto quoted = [](const std::string& text) {
        std::string result = "'";
        for (const char c : text)
            result += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        return result + "'";
    };
    const auto option = [&](const std::string& condition, const PageItem& item) {
        if (!is_option(item)) return;
        out << "complete -c postmoney";
        if (!condition.empty()) out << " -n " << quoted(condition);
        out << " -l " << item.name.substr(2) << (item.value.empty() ? "" : " -r") << " -d "
            << quoted(item.text) << '\n';
    };
    out << "# Completion of postmoney for fish, made by `postmoney completion fish`.\n";
    for (const PageItem& item : pages.program.items) option("", item);
    for (const Page& page : pages.commands) {
        const std::size_t space = page.words.rfind(' ');
        const std::string group = space == std::string::npos ? "" : page.words.substr(0, space);
        std::string others;
        for (const Page* other : pages.below(group)) others.append(" ").append(last_word(*other));
        const std::string here = group.empty() ? "__fish_use_subcommand"
                                               : "__fish_seen_subcommand_from " + group +
                                                     "; and not __fish_seen_subcommand_from" + others;
        out << "complete -c postmoney -n " << quoted(here) << " -a " << last_word(page) << " -d "
            << quoted(page.summary) << '\n';
        std::string seen = "__fish_seen_subcommand_from " + last_word(page);
        if (!group.empty()) seen = "__fish_seen_subcommand_from " + group + "; and " + seen;
        for (const PageItem& item : page.items) option(seen, item);
    }
}

void print_manual(std::ostream& out, const ProgramPages& pages) {
    out << fmt::format(".TH POSTMONEY 1 \"\" \"postmoney {}.{}.{}\"\n", POSTMONEY_VERSION_MAJOR,
                       POSTMONEY_VERSION_MINOR, POSTMONEY_VERSION_PATCH)
        << ".SH NAME\n"
        << "postmoney \\- " << manual_line(pages.program.summary) << '\n'
        << ".SH SYNOPSIS\n"
        << ".B postmoney\n"
        << manual_line(pages.program.usage + " [OPTION]...") << '\n'
        << ".SH DESCRIPTION\n";
    print_manual_body(out, pages.program);
    out << ".SH COMMANDS\n";
    for (const Page& page : pages.commands) {
        out << ".SS " << manual_line(page.usage) << '\n';
        print_manual_body(out, page);
    }
}
