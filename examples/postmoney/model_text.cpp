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

namespace {

[[nodiscard]] std::string exact_text(const Ratio& value) {
    return model::ends(value) ? model::number_text(value) : value.to_string();
}

}  // namespace

std::string number_cell(const Ratio& value, NumberForm form) {
    if (form == NumberForm::exact) return exact_text(value);
    const Decimal rounded = value.to_decimal(6, Rounding::half_even);
    const std::string text = rounded.normalized().to_string();
    return Ratio(rounded) == value ? text : "~" + text;
}

std::string part_cell(const Ratio& value, NumberForm form) {
    if (form == NumberForm::exact) return exact_text(value);
    return Percentage(value).to_string(4, Rounding::half_even);
}

void print_notes(std::string_view title, const std::vector<std::string>& notes) {
    if (notes.empty()) return;
    std::cout << '\n' << title << '\n';
    for (const std::string& note : notes) std::cout << "- " << printable(note) << '\n';
}
