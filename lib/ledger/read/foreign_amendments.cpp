#include "ledger/read/foreign_amendments.hpp"

#include <set>

#include "postmoney/answer/detail/round_links.hpp"

namespace postmoney::detail {

std::vector<UnknownAmendment> unknown_amendments(const Dossier& dossier, const Viewpoint& viewpoint) {
    std::vector<UnknownAmendment> amendments;
    std::set<std::string_view> own;
    for (const Claim& claim : dossier.claims) {
        const auto* statement = claim.as<RoundStatement>();
        if (statement == nullptr) continue;
        own.insert(statement->round);
        if (!statement->amends || !viewpoint.sees(statement->on)) continue;
        amendments.push_back(
            {dossier.party, dossier.company, statement->round, *statement->amends, claim.id});
    }
    std::erase_if(amendments,
                  [&](const UnknownAmendment& amendment) { return own.contains(amendment.amends); });
    if (amendments.empty()) return amendments;
    const RoundLinks links(dossier);
    for (UnknownAmendment& amendment : amendments) amendment.round = links.name(amendment.round);
    return amendments;
}

ForeignAmendments::ForeignAmendments(Connection& connection)
    : companies_(
          connection.handle(),
          "SELECT root.name FROM round r JOIN party p ON p.party = r.company JOIN party root ON "
          "root.party = p.root WHERE r.handle = ?1 AND p.root <> ?2 AND EXISTS (SELECT 1 FROM entry e "
          "WHERE e.round = r.round AND e.kind = 'round' AND " +
              stood_at("?3") +
              ") AND NOT EXISTS (SELECT 1 FROM round own JOIN party op ON op.party = own.company WHERE "
              "own.handle = ?1 AND op.root = ?2 AND EXISTS (SELECT 1 FROM entry e WHERE e.round = "
              "own.round AND e.kind = 'round' AND e.recorded <= ?3)) ORDER BY r.round") {}

void ForeignAmendments::find(const std::vector<UnknownAmendment>& amendments,
                             std::optional<Timestamp> known_at, std::vector<Finding>& findings) {
    for (const UnknownAmendment& amendment : amendments) {
        companies_.bind(std::string_view(amendment.amends), amendment.party, known_time(known_at));
        if (companies_.step()) {
            findings.push_back({FindingCode::amends_other_company,
                                Severity::warning,
                                amendment.company,
                                amendment.round,
                                "amends",
                                amendment.amends,
                                {},
                                {},
                                "amends a round of " + quoted(companies_.text(0)) +
                                    ": what was raised counts with both companies",
                                {amendment.entry}});
        }
        companies_.reset();
    }
}

}  // namespace postmoney::detail
