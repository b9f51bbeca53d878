#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "view_options.hpp"

using namespace postmoney;

namespace {

// Reads the option's value where it is given. Throws what `read` refuses, naming the option.
template <class Read>
[[nodiscard]] auto read_option(const std::string& option, const std::string& value, const Read& read)
    -> std::optional<decltype(read(value))> {
    if (value.empty()) return std::nullopt;
    try {
        return read(value);
    } catch (const Error& error) {
        throw error.in_field(option);
    }
}

class RoundsCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.option("--company", filter_.company);
        parser.option("--investor", filter_.investor);
        parser.option("--stage", filter_.stage);
        parser.option("--instrument", instrument_);
        parser.option("--from", from_);
        parser.option("--to", to_);
        parser.option("--min", min_);
        parser.option("--source-type", source_type_);
        parser.flag("--without-source", filter_.without_source);
        view_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const RoundFilter filter = filter_of(ledger);
        List list({{"date"},
                   {"company"},
                   {"round"},
                   {"name"},
                   {"stage"},
                   {"status"},
                   {"instrument"},
                   {"raised"},
                   {"source"},
                   {"investors", CellType::number},
                   {"named", CellType::number},
                   {"valuation"},
                   {"counts", CellType::yes_no}});
        for (const RoundSummary& round : view_.view(ledger).rounds(filter)) {
            list.add({cell(round.date), round.company, round.round, round.name, round.stage,
                      cell(round.status), cell(round.instrument), cell(round.raised), round.raised_source,
                      cell(round.investors), std::to_string(round.named_investors), cell(round.valuation),
                      round.counts ? "yes" : "no"});
        }
        list.print(program, list_, "no such round on record");
        return 0;
    }

  private:
    [[nodiscard]] RoundFilter filter_of(const Ledger& ledger) const {
        RoundFilter filter = filter_;
        const auto date_of = [](const std::string& text) { return PartialDate::parse(text); };
        filter.instrument = read_option("--instrument", instrument_, detail::from_word<Instrument>);
        filter.from = read_option("--from", from_, date_of);
        filter.to = read_option("--to", to_, date_of);
        filter.min = read_option("--min", min_, [&](const std::string& text) {
            return Amount::parse(text, ledger.currencies()).number();
        });
        filter.source_type = read_option("--source-type", source_type_, detail::from_word<SourceType>);
        return filter;
    }

    RoundFilter filter_;
    std::string instrument_;
    std::string from_;
    std::string to_;
    std::string min_;
    std::string source_type_;
    ViewCommandOptions view_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_rounds() {
    return std::make_unique<RoundsCommand>();
}
