// Notices that amend a round of another company, as when the issuers of an offering are listed in another
// order: each company has a round of it then, and what was raised counts with both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "postmoney/answer/finding.hpp"
#include "postmoney/fact/dossier.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// A round statement that amends a round which its company does not have.
struct UnknownAmendment {
    std::int64_t party = 0;  // the company's
    std::string company;
    std::string round;
    std::string amends;
    EntryId entry;
};

[[nodiscard]] std::vector<UnknownAmendment> unknown_amendments(const Dossier& dossier,
                                                               const Viewpoint& viewpoint);

class ForeignAmendments {
  public:
    explicit ForeignAmendments(Connection& connection);

    // Adds a finding on each whose round another company had on record at that time.
    void find(const std::vector<UnknownAmendment>& amendments, std::optional<Timestamp> known_at,
              std::vector<Finding>& findings);

  private:
    Statement companies_;
};

}  // namespace postmoney::detail
