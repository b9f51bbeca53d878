#include <iostream>

#include "command.hpp"
#include "csv.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "table.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Json log_json(const LogEntry& entry) {
    return {{"id", json_text(entry.id)},
            {"chain", entry.place.chain.to_string()},
            {"seq", entry.place.seq},
            {"recorded", entry.recorded.to_string()},
            {"kind", std::string(to_string(entry.kind))},
            {"key", text_or_null(entry.key)},
            {"source", text_or_null(entry.source)},
            {"party", text_or_null(entry.party)},
            {"round", text_or_null(entry.round)},
            {"stands", entry.stands},
            {"entry", Json::parse(entry.body)}};
}

[[nodiscard]] std::vector<std::string> log_row(const LogEntry& entry) {
    constexpr std::size_t enough_to_tell_apart = 19;
    return {std::to_string(entry.place.seq),
            entry.recorded.to_string(),
            std::string(to_string(entry.kind)),
            entry.party,
            entry.round,
            entry.source,
            entry.key,
            entry.stands ? "yes" : "no",
            json_text(entry.id).substr(0, enough_to_tell_apart)};
}

[[nodiscard]] std::vector<std::string> headings() {
    return {"seq", "recorded", "kind", "party", "round", "source", "key", "stands", "id"};
}

class LogCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.option("--known-at", known_at_);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const auto known_at = time_of_option("--known-at", known_at_);
        if (list_.csv(program)) {
            print_csv_row(headings());
            ledger.for_each_entry([&](const LogEntry& entry) { print_csv_row(log_row(entry)); }, known_at);
        } else if (program.json) {
            PrintedArray lines;
            ledger.for_each_entry([&](const LogEntry& entry) { lines.print(log_json(entry)); }, known_at);
            lines.end();
        } else {
            print_table(ledger, known_at);
        }
        return 0;
    }

  private:
    // The entries are read twice, because they may be too many to be kept. What others record meanwhile comes
    // last, and is left out.
    static void print_table(const Ledger& ledger, const std::optional<Timestamp>& known_at) {
        TableForm form(headings());
        ledger.for_each_entry([&](const LogEntry& entry) { form.measure(log_row(entry)); }, known_at);
        if (form.rows() == 0) {
            std::cout << "no entries\n";
            return;
        }
        form.fit(terminal_width());
        form.print_headings(std::cout);
        std::size_t printed = 0;
        ledger.for_each_entry(
            [&](const LogEntry& entry) {
                if (printed++ < form.rows()) form.print(std::cout, log_row(entry));
            },
            known_at);
    }

    std::string known_at_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_log() {
    return std::make_unique<LogCommand>();
}
