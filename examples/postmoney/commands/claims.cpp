#include "command.hpp"
#include "company_view.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::string type_text(const Claim& claim) {
    return claim.source ? std::string(to_string(claim.source->type)) : "";
}

[[nodiscard]] std::string published_text(const Claim& claim) {
    return claim.source && claim.source->published ? claim.source->published->to_string() : "";
}

[[nodiscard]] Table claims_table(const std::vector<StatedFact>& facts) {
    Table table({"round", "field", "stated", "used", "source", "type", "published", "recorded"});
    for (const StatedFact& fact : facts) {
        const Claim& claim = *fact.claim;
        table.add({fact.round, fact.field, fact.stated, fact.used ? "yes" : "", source_of(claim),
                   type_text(claim), published_text(claim), claim.recorded.to_string()});
    }
    return table;
}

[[nodiscard]] Json facts_json(const std::vector<StatedFact>& facts, const std::string& company) {
    Json array = Json::array();
    for (const StatedFact& fact : facts) {
        const Claim& claim = *fact.claim;
        array.push_back({{"company", company},
                         {"round", text_or_null(fact.round)},
                         {"field", fact.field},
                         {"stated", fact.stated},
                         {"used", fact.used},
                         {"source", text_or_null(source_of(claim))},
                         {"source_type", text_or_null(type_text(claim))},
                         {"published", text_or_null(published_text(claim))},
                         {"as_written", text_or_null(claim.entry.as_written.value_or(""))},
                         {"recorded", claim.recorded.to_string()},
                         {"entry", json_text(claim.id)}});
    }
    return array;
}

class ClaimsCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        viewpoint_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const CompanyView view(ledger, company_, viewpoint_.viewpoint());
        const auto facts = stated_facts(view.resolved);
        if (list_.csv(program)) {
            claims_table(facts).print_csv();
        } else if (program.json) {
            print(facts_json(facts, view.profile.name));
        } else {
            print_table(claims_table(facts), "no claims on figures");
        }
        return 0;
    }

  private:
    std::string company_;
    ViewpointOptions viewpoint_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_claims() {
    return std::make_unique<ClaimsCommand>();
}
