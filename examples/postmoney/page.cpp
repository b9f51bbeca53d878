#include "page.hpp"

#include <sstream>
#include <stdexcept>

namespace {

constexpr std::string_view lower_case = "abcdefghijklmnopqrstuvwxyz-";
constexpr std::size_t margin = 2;  // what each line of a section starts with

// The words of the usage up to the first that is not in lower case.
std::string command_words(const std::string& usage) {
    std::istringstream in(usage);
    std::string words;
    for (std::string word; in >> word && word.find_first_not_of(lower_case) == std::string::npos;)
        words += (words.empty() ? "" : " ") + word;
    return words;
}

// A line `  -h, --help  What it does` or `  --in CUR  What it does`.
PageItem item_of(const std::string& line) {
    const std::size_t gap = line.find("  ", margin);
    if (gap == std::string::npos) throw std::logic_error("a help page says nothing of" + line);
    std::istringstream names(line.substr(margin, gap - margin));
    PageItem item;
    for (std::string word; names >> word;) {
        if (item.name.starts_with("--")) {
            item.value = word;
        } else {
            item.name = word;
        }
    }
    if (item.name.ends_with("...")) item.name.resize(item.name.size() - 3);
    item.text = line.substr(line.find_first_not_of(' ', gap));
    return item;
}

}  // namespace

Page::Page(std::string_view page) : text(page) {
    std::istringstream lines{std::string(page)};
    std::getline(lines, usage);
    std::getline(lines, summary);
    words = command_words(usage);
    bool lists = false;  // within a section of arguments or options
    for (std::string line; std::getline(lines, line);) {
        const std::size_t start = line.find_first_not_of(' ');
        if (start == 0 || start == std::string::npos) {
            lists = line.starts_with("Arguments") || line.starts_with("Options");
        } else if (lists && start == margin) {
            items.push_back(item_of(line));
        } else if (lists && !items.empty()) {
            items.back().text += " " + line.substr(start);
        }
    }
    if (usage.empty() || summary.empty()) throw std::logic_error("a help page is empty");
}

bool Page::requires_argument(const std::string& name) const {
    std::istringstream in(usage);
    for (std::string word; in >> word;) {
        if (word == name || word == name + "...") return true;
    }
    return false;
}

std::string_view Page::section(std::string_view heading) const {
    const std::string line = "\n" + std::string(heading) + ":\n";
    const std::size_t at = text.find(line);
    if (at == std::string_view::npos) throw std::logic_error("a help page has no " + std::string(heading));
    const std::size_t start = at + line.size();
    const std::size_t end = text.find("\n\n", start);
    return end == std::string_view::npos ? text.substr(start) : text.substr(start, end + 1 - start);
}
