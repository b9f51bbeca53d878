// ViewpointOptions: --as-of and --known-at, the two dates that a question is asked with.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "command_parser.hpp"
#include "postmoney/postmoney.hpp"

class ViewpointOptions {
  public:
    void declare(CommandParser& parser);

    // Throws bad-date and bad-time, naming the option.
    [[nodiscard]] postmoney::Viewpoint viewpoint() const;

    // The option that is given; empty where neither is.
    [[nodiscard]] std::string_view given() const;

  private:
    std::string as_of_;
    std::string known_at_;
};

// The value of the option as a time; nothing where the option is not given. Throws bad-time, naming the
// option.
[[nodiscard]] std::optional<postmoney::Timestamp> time_of_option(const std::string& option,
                                                                 const std::string& value);
