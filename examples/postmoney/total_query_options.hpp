// TotalQueryOptions: which total is asked for: --in, --rate-age, --instrument, --exclude-funds and the two
// dates.
#pragma once

#include <optional>
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

    // Which rounds it counts.
    [[nodiscard]] postmoney::TotalFilter filter() const;

  private:
    std::string currency_;
    std::string rate_age_;
    std::vector<std::string> instruments_;
    bool exclude_funds_ = false;
    ViewpointOptions viewpoint_;
};

// The value of --in as a currency of the ledger; null where it is not given. Throws unknown-currency, naming
// the option.
[[nodiscard]] std::optional<postmoney::Currency> currency_of_option(const std::string& code,
                                                                    const postmoney::Ledger& ledger);

// The value of --rate-age: how many days old a rate may be. Throws bad-number, naming the option.
[[nodiscard]] date::days rate_age_of_option(const std::string& days);
