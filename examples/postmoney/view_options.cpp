#include "view_options.hpp"

#include "total_query_options.hpp"

using namespace postmoney;

void ViewCommandOptions::declare(CommandParser& parser) {
    viewpoint_.declare(parser);
}

void ViewCommandOptions::declare_currency(CommandParser& parser) {
    parser.option("--in", currency_);
    parser.option("--rate-age", rate_age_);
}

View ViewCommandOptions::view(const Ledger& ledger) const {
    const Viewpoint seen = viewpoint_.viewpoint();
    return ledger.view({.as_of = seen.as_of,
                        .known_at = seen.known_at,
                        .in = currency_of_option(currency_, ledger),
                        .rate_age = rate_age_of_option(rate_age_)});
}
