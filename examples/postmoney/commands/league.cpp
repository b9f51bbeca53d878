#include <algorithm>

#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "view_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::optional<int> year_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    try {
        if (text.size() != 4) throw Error::refused(ErrorCode::bad_date, text, "a year: YYYY");
        static_cast<void>(PartialDate::parse(text));
        return std::stoi(text);
    } catch (const Error& error) {
        throw error.in_field("--year");
    }
}

class LeagueCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.option("--by", by_);
        parser.option("--year", year_);
        parser.option("--stage", stage_);
        parser.option("--market", market_);
        parser.option("--top", top_);
        view_.declare_currency(parser);
        view_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const LeagueQuery query{.of = by(), .year = year_of(year_), .stage = stage_, .market = market_};
        std::vector<LeaguePlace> places = view_.view(ledger).league(query);
        const auto top = count_of_option("--top", top_);
        if (top && *top < places.size()) places.resize(*top);
        print(program, query.of, places);
        return 0;
    }

  private:
    [[nodiscard]] LeagueOf by() const {
        if (by_.empty()) return LeagueOf::company;
        try {
            return detail::from_word<LeagueOf>(by_);
        } catch (const Error& error) {
            throw error.in_field("--by");
        }
    }

    void print(const ProgramOptions& program, LeagueOf of, const std::vector<LeaguePlace>& places) const {
        const bool investors = of == LeagueOf::investor;
        std::vector<ListColumn> columns{{investors ? "investor" : "company"}, {"rounds", CellType::number}};
        if (investors) columns.push_back({"led", CellType::number});
        for (ListColumn column :
             {ListColumn{"total"}, ListColumn{"median"}, ListColumn{"untold", CellType::number}})
            columns.push_back(std::move(column));
        List list(std::move(columns));
        for (const LeaguePlace& place : places) {
            std::vector<std::string> cells{place.name, std::to_string(place.rounds)};
            if (investors) cells.push_back(std::to_string(place.led));
            cells.insert(cells.end(), {cell(place.total), cell(place.median), std::to_string(place.untold)});
            list.add(std::move(cells));
        }
        list.print(program, list_, "no such round on record");
    }

    std::string by_;
    std::string year_;
    std::string stage_;
    std::string market_;
    std::string top_;
    ViewCommandOptions view_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_league() {
    return std::make_unique<LeagueCommand>();
}
