#include <algorithm>
#include <iostream>
#include <utility>

#include "command.hpp"
#include "company_view.hpp"
#include "open_ledger.hpp"
#include "table_page.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

// The round's place among those of its company. Throws unknown-round where nothing is said of it at that
// time.
[[nodiscard]] std::size_t place_of_round(const CompanyView& view, const std::string& handle) {
    const auto& rounds = view.resolved.rounds;
    for (std::size_t i = 0; i < rounds.size(); ++i) {
        const auto& handles = rounds[i].handles;
        if (std::find(handles.begin(), handles.end(), handle) != handles.end()) return i;
    }
    throw Error::refused(ErrorCode::unknown_round, handle, "a round that anything is said of at that time");
}

[[nodiscard]] Table fields_table(const ResolvedRound& round) {
    Table table({"field", "value", "source", "other claims"});
    ResolvedRound::fields(round, [&](std::string_view name, const auto& field) {
        if (!field) return;
        table.add(
            {std::string(name), text_of(field), source_of(field), std::to_string(field.losing().size())});
    });
    return table;
}

[[nodiscard]] Table closings_table(const ResolvedRound& round) {
    Table table({"on", "closing", "amount", "source"});
    for (const ResolvedClosing& closing : round.closings) {
        table.add({closing.on.to_string(), closing.name, closing.amount.value().to_string(),
                   source_of(closing.amount)});
    }
    return table;
}

[[nodiscard]] Table round_valuations_table(const ResolvedRound& round) {
    Table table({"on", "basis", "valuation", "source"});
    ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
        if (!field) return;
        table.add({field.value().on.to_string(), std::string(to_string(basis)),
                   field.value().amount.to_string(), source_of(field)});
    });
    return table;
}

[[nodiscard]] TablePage round_tables(const CompanyView& view, std::size_t place) {
    const ResolvedRound& round = view.rounds[place];
    Table participants = empty_participants_table();
    add_participants(participants, round);
    Table figures = empty_figures_table();
    add_figures(figures, view, place);
    Table prices = empty_share_prices_table();
    add_share_price(prices, view, place);
    TablePage page;
    page.add("fields", "Fields", fields_table(round));
    page.add("closings", "Closings", closings_table(round));
    page.add("valuations", "Valuations", round_valuations_table(round));
    page.add("participants", "Participants named", std::move(participants));
    page.add("figures", "Figures", std::move(figures));
    page.add("prices", "Price per share", std::move(prices));
    return page;
}

void print_round(const CompanyView& view, std::size_t place) {
    const ResolvedRound& round = view.rounds[place];
    std::cout << printable(std::string(round.label()) + " of " + view.profile.name) << '\n';
    if (!view.has_begun(place)) {
        std::cout << "Nothing of it can have come by " << view.viewpoint.as_of->to_string()
                  << ": its dates begin later\n";
    }
    round_tables(view, place).print();
}

class RoundCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("HANDLE", handle_);
        viewpoint_.declare(parser);
        table_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const std::string& csv = table_.csv(program);
        const Ledger ledger = open_to_read(program);
        const CompanyView view(ledger, ledger.company_of_round(handle_), viewpoint_.viewpoint());
        const std::size_t place = place_of_round(view, handle_);
        if (!csv.empty()) {
            round_tables(view, place).table(csv).print_csv();
        } else if (program.json) {
            Json json = json_of_round(view, place);
            json["company"] = view.profile.name;
            json["may_have_begun"] = view.has_begun(place);
            print(json);
        } else {
            print_round(view, place);
        }
        return 0;
    }

  private:
    std::string handle_;
    ViewpointOptions viewpoint_;
    TableChoice table_;
};

}  // namespace

std::unique_ptr<Command> make_round() {
    return std::make_unique<RoundCommand>();
}
