// StandingWriter: keeps the table `withdrawn`: when each entry that is no retraction did not stand.
//
// Of retractions nothing is kept: one of them can turn a whole chain of those before it. How they stand is
// followed when it is asked, by StandingReader.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/read/standing_reader.hpp"
#include "ledger/write/references.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class StandingWriter {
  public:
    explicit StandingWriter(Connection& connection);

    // Takes in the entry that was just written and refers to others so. Returns the entries on record that
    // stand from that time on, or no more, the latest first; retractions are left out.
    [[nodiscard]] std::vector<std::int64_t> take_in(std::int64_t entry, const References& references,
                                                    Timestamp recorded);
    // Others may have written, or what was written is taken back.
    void forget() noexcept {
        standing_.forget();
        chain_.reset();
    }

  private:
    // Retractions one of another, down to an entry that is none, of each of which no other corrects the one
    // below it. One more retraction of the last of them turns the entry, and it need not be followed through
    // them.
    struct RetractionChain {
        std::int64_t last;
        std::int64_t entry;
        bool stands = false;  // the entry
        bool grew = false;    // how those between stand is not what was followed before
    };
    // Keeps the chain that the entry begins, if it does.
    void begin_chain(std::int64_t entry, const References& references);

    struct Withdrawal {
        std::int64_t known_from;
        std::int64_t known_to;
    };
    [[nodiscard]] std::optional<Withdrawal> last_withdrawal(std::int64_t entry);
    void set_standing(std::int64_t entry, bool stands, std::int64_t recorded);
    void withdraw(std::int64_t entry, std::int64_t recorded);
    void restore(std::int64_t entry, std::int64_t recorded);

    StandingReader standing_;
    std::optional<RetractionChain> chain_;  // of the last correction, where it is one
    Statement last_withdrawal_;
    Statement begin_withdrawal_;
    Statement end_withdrawal_;
    Statement forget_withdrawal_;
};

}  // namespace postmoney::detail
