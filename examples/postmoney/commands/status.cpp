#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "table.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::string span_text(const auto& first, const auto& last) {
    return first ? first->to_string() + " to " + last->to_string() : "";
}

[[nodiscard]] Json status_json(const LedgerStatus& status) {
    Json kinds = Json::object();
    for (const auto& [kind, count] : status.kinds) kinds[std::string(to_string(kind))] = count;
    Json heads = Json::array();
    for (const Head& head : status.heads) heads.push_back(json_of(head));
    return {{"schema", status.schema},
            {"bytes", status.bytes},
            {"entries", status.entries},
            {"kinds", kinds},
            {"parties", status.parties},
            {"rounds", status.rounds},
            {"first_round", text_or_null(status.first_round)},
            {"last_round", text_or_null(status.last_round)},
            {"first_recorded", text_or_null(status.first_recorded)},
            {"last_recorded", text_or_null(status.last_recorded)},
            {"last_entry", status.last_entry ? Json(json_text(*status.last_entry)) : Json()},
            {"chains", heads}};
}

[[nodiscard]] Table facts_table(const std::filesystem::path& file, const LedgerStatus& status) {
    Table facts({"name", "value"});
    facts.add({"file", file.string()});
    facts.add({"size", std::to_string(status.bytes) + " bytes"});
    facts.add({"schema", "version " + std::to_string(status.schema)});
    facts.add({"chains", std::to_string(status.heads.size())});
    facts.add({"parties", std::to_string(status.parties)});
    facts.add({"rounds", std::to_string(status.rounds)});
    facts.add({"dated", span_text(status.first_round, status.last_round)});
    facts.add({"recorded", span_text(status.first_recorded, status.last_recorded)});
    if (status.last_entry) facts.add({"last entry", json_text(*status.last_entry)});
    facts.add({"entries", std::to_string(status.entries)});
    return facts;
}

void print_csv(const std::filesystem::path& file, const LedgerStatus& status) {
    Table facts = facts_table(file, status);
    for (const auto& [kind, count] : status.kinds)
        facts.add({"entries of " + std::string(to_string(kind)), std::to_string(count)});
    facts.print_csv();
}

void print_text(const std::filesystem::path& file, const LedgerStatus& status) {
    facts_table(file, status).print_rows(std::cout);
    Table kinds({"kind", "entries"});
    for (const auto& [kind, count] : status.kinds)
        kinds.add({std::string(to_string(kind)), std::to_string(count)});
    if (kinds.empty()) return;
    std::cout << '\n';
    kinds.print(std::cout);
}

class StatusCommand final : public Command {
  public:
    void declare(CommandParser& parser) override { list_.declare(parser); }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const LedgerStatus status = ledger.status();
        if (list_.csv(program)) {
            print_csv(ledger_file(program), status);
        } else if (program.json) {
            print(status_json(status));
        } else {
            print_text(ledger_file(program), status);
        }
        return 0;
    }

  private:
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_status() {
    return std::make_unique<StatusCommand>();
}
