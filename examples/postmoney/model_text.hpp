// Scenarios in, and numbers of the model out, as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "postmoney/postmoney.hpp"

// The text of a scenario's file, or of standard input for "-". Throws no-such-file.
[[nodiscard]] std::string scenario_text(const std::string& name);

// What `run(text)` makes of a scenario; what it refuses says which file it is in.
template <class Run>
[[nodiscard]] auto of_scenario(const std::string& name, const Run& run) {
    const std::string text = scenario_text(name);
    try {
        return run(text);
    } catch (const postmoney::Error& error) {
        throw error.at(name, 0);
    }
}

// For columns: at most 6 places, half-even; "~" in front of what was cut there.
[[nodiscard]] std::string short_number(const postmoney::Ratio& value);
// In percent with 4 places, half-even.
[[nodiscard]] std::string percent_number(const postmoney::Ratio& value);

// A title and a line each; nothing where there is none.
void print_notes(std::string_view title, const std::vector<std::string>& notes);
