#include "viewpoint_options.hpp"

using namespace postmoney;

void ViewpointOptions::declare(CommandParser& parser) {
    parser.option("--as-of", as_of_);
    parser.option("--known-at", known_at_);
}

Viewpoint ViewpointOptions::viewpoint() const {
    Viewpoint viewpoint;
    try {
        if (!as_of_.empty()) viewpoint.as_of = PartialDate::parse(as_of_);
    } catch (const Error& error) {
        throw error.in_field("--as-of");
    }
    viewpoint.known_at = time_of_option("--known-at", known_at_);
    return viewpoint;
}

std::string_view ViewpointOptions::given() const {
    if (!as_of_.empty()) return "--as-of";
    return known_at_.empty() ? "" : "--known-at";
}

std::optional<Timestamp> time_of_option(const std::string& option, const std::string& value) {
    if (value.empty()) return std::nullopt;
    try {
        return Timestamp::parse(value);
    } catch (const Error& error) {
        throw error.in_field(option);
    }
}
