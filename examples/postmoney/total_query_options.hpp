// TotalQueryOptions: which total is asked for: --in, --rate-age, --instrument, --exclude-funds and the two
// dates.
#pragma once

#include <string>
#include <vector>

#include "command_parser.hpp"
#include "postmoney/postmoney.hpp"
#include "viewpoint_options.hpp"

class TotalQueryOptions {
  public:
    void declare(CommandParser& parser);

    // Throws unknown-currency, bad-word, bad-number, bad-date and bad-time, naming the option.
    [[nodiscard]] postmoney::TotalQuery query(const postmoney::Ledger& ledger) const;

  private:
    std::string currency_;
    std::string rate_age_;
    std::vector<std::string> instruments_;
    bool exclude_funds_ = false;
    ViewpointOptions viewpoint_;
};
