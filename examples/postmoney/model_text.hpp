// Scenarios in, and numbers of the model out, as text.
#pragma once

#include <cstdint>
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

// How numbers stand in a table.
enum class NumberForm : std::uint8_t {
    cut,   // at most 6 places, half-even, with "~" in front of what was cut there
    exact  // a decimal, or a fraction such as 1/3
};

[[nodiscard]] std::string number_cell(const postmoney::Ratio& value, NumberForm form);
// A part of the whole: cut in percent with 4 places, half-even.
[[nodiscard]] std::string part_cell(const postmoney::Ratio& value, NumberForm form);

// A title and a line each; nothing where there is none.
void print_notes(std::string_view title, const std::vector<std::string>& notes);
