#include "model_text.hpp"

#include <iostream>
#include <iterator>

#include "open_file.hpp"

using namespace postmoney;

std::string scenario_text(const std::string& name) {
    if (name == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
    std::ifstream file = open_file(name);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string short_number(const Ratio& value) {
    const Decimal rounded = value.to_decimal(6, Rounding::half_even);
    const std::string text = rounded.normalized().to_string();
    return Ratio(rounded) == value ? text : "~" + text;
}

std::string percent_number(const Ratio& value) {
    return Percentage(value).to_string(4, Rounding::half_even);
}

void print_notes(std::string_view title, const std::vector<std::string>& notes) {
    if (notes.empty()) return;
    std::cout << '\n' << title << '\n';
    for (const std::string& note : notes) std::cout << "- " << printable(note) << '\n';
}
