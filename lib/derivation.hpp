// Derivation: keeps the derived tables on a company in line with the claims on it.
#pragma once

#include "dossier_reader.hpp"
#include "history_table.hpp"

namespace postmoney::detail {

class Derivation {
  public:
    Derivation(Connection& connection, DossierReader& dossiers);

    // Brings what is derived about a company up to what stands now, as known from that time on.
    void refresh(std::int64_t root, Timestamp known_from);
    // Ends all that is derived about it, as known from that time on; what has not changed, `refresh` takes up
    // again.
    void end(std::int64_t root, Timestamp known_from);

  private:
    DossierReader* dossiers_;
    Statement round_number_;
    HistoryTable rounds_;
    HistoryTable totals_;
};

}  // namespace postmoney::detail
