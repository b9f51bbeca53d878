// Page: the help page of a command, a plain text. Its first line is what to type: [COMPANY] may be left out,
// PATH... may be several. The second line is the summary. Below, sections of any name may stand; those of
// arguments and options are read, so that what a command takes is written once.
//
//   total COMPANY
//   What a company raised in total
//
//   Adds up the rounds that are neither rumoured nor cancelled.
//
//   Arguments:
//     COMPANY      Any of its names
//
//   Options:
//     --in CUR     Convert to this currency
//     --exact      A flag, which has no word after it; a longer text
//                  goes on below
//
// A line `  @as_of` stands for the text of shared/as_of.txt, `  @commands` for the list of commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

// An argument or an option, as the page lists it.
struct PageItem {
    std::string name;   // COMPANY or --in
    std::string value;  // CUR; empty for an argument and a flag
    std::string text;
};

struct Page {
    // Throws logic_error for a text of another form.
    explicit Page(std::string_view page);

    std::string_view text;  // all of it, which must live on
    std::string usage;      // the first line
    std::string words;      // the command alone, such as `import csv`; empty on the program's own page
    std::string summary;
    std::vector<PageItem> items;

    // Whether the usage demands the argument.
    [[nodiscard]] bool requires_argument(const std::string& name) const;
    // The lines below the heading, up to an empty line. Throws logic_error when there is no such heading.
    [[nodiscard]] std::string_view section(std::string_view heading) const;
};
