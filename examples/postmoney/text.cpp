#include "text.hpp"

#include <iostream>

using namespace postmoney;

std::string entries_text(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " entry" : " entries");
}

std::string ratio_text(const std::optional<Ratio>& ratio) {
    return ratio ? ratio->to_decimal(4, Rounding::half_even).normalized().to_string() + "x" : "";
}

std::string percent_text(const std::optional<Percentage>& percentage) {
    return percentage ? percentage->to_string(1, Rounding::half_even) : "";
}

std::string lead_text(const std::optional<bool>& lead, std::string_view lead_source,
                      std::string_view amount_source) {
    if (!lead) return "";
    std::string text = *lead ? "yes" : "no";
    if (lead_source != amount_source && !lead_source.empty()) text += " (" + std::string(lead_source) + ")";
    return text;
}

std::string source_of(const Claim& claim) {
    return claim.entry.source.value_or("");
}

void print_table(const Table& table, std::string_view if_empty) {
    if (table.empty()) {
        std::cout << if_empty << '\n';
    } else {
        table.print(std::cout);
    }
}

void print_section(std::string_view title, const Table& table) {
    if (table.empty()) return;
    std::cout << '\n' << title << '\n';
    table.print(std::cout);
}

void print_heading(const PartyProfile& profile) {
    std::string details;
    for (const std::string& part :
         {profile.type, profile.country, profile.founded.empty() ? "" : "founded " + profile.founded,
          profile.market}) {
        if (!part.empty()) details += (details.empty() ? "" : ", ") + part;
    }
    std::cout << printable(profile.name + (details.empty() ? "" : " (" + details + ")")) << '\n';
}

void print_refused(const std::vector<Error>& refused) {
    for (const Error& error : refused) std::cerr << error.what() << '\n';
}
