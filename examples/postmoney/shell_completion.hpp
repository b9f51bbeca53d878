// Completions for shells and the manual, made from the help pages.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "page.hpp"

// The pages of the program and of its commands, in alphabetical order.
struct ProgramPages {
    Page program;
    std::vector<Page> commands;  // those of groups too

    ProgramPages();

    // The words that may follow these: the commands of a group, or of the program.
    [[nodiscard]] std::vector<const Page*> below(const std::string& words) const;
};

void print_bash_completion(std::ostream& out, const ProgramPages& pages);
void print_zsh_completion(std::ostream& out, const ProgramPages& pages);
void print_fish_completion(std::ostream& out, const ProgramPages& pages);
// A page of section 1 in the language of man(7).
void print_manual(std::ostream& out, const ProgramPages& pages);
