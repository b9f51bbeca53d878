// ViewCommandOptions: which View of the ledger a command asks: --as-of, --known-at, and --in with --rate-age.
#pragma once

#include <string>

#include "command_parser.hpp"
#include "postmoney/postmoney.hpp"
#include "viewpoint_options.hpp"

class ViewCommandOptions {
  public:
    // The two dates; `declare_currency` adds the other two.
    void declare(CommandParser& parser);
    void declare_currency(CommandParser& parser);

    // Throws unknown-currency, bad-number, bad-date and bad-time, naming the option.
    [[nodiscard]] postmoney::View view(const postmoney::Ledger& ledger) const;

  private:
    ViewpointOptions viewpoint_;
    std::string currency_;
    std::string rate_age_;
};
