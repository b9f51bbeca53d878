// LeftOutSums: what totals leave out, reason by reason, in sums that may be beyond 64 bits.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "postmoney/answer/detail/conversions.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

enum class LeftOutReason : std::uint8_t;
struct TotalOptions;

}  // namespace POSTMONEY_NAMESPACE

namespace POSTMONEY_NAMESPACE::detail {

// Sums of what is left out, in minor units that may be beyond 64 bits.
class LeftOutSums {
  public:
    struct Key {
        LeftOutReason reason;
        std::optional<Instrument> instrument;
        std::optional<Currency> currency;  // null: no amount is known

        friend bool operator<(const Key& a, const Key& b) {
            return std::tie(a.reason, a.instrument, a.currency) <
                   std::tie(b.reason, b.instrument, b.currency);
        }
    };
    struct Sum {
        std::set<const ResolvedRound*> rounds = {};
        Int128 minor = 0;
    };

    // `brought` is what its rounds bring as of the same day.
    LeftOutSums(const ResolvedCompany& company, const BroughtByRounds& brought, const TotalOptions& options);

    [[nodiscard]] const std::map<Key, Sum>& sums() const noexcept { return sums_; }

  private:
    // What is known of one instrument and currency of a round.
    struct Part {
        Int128 on_record = 0;  // with all days come
        Int128 begun = 0;      // if what has perhaps come had come
        Int128 come = 0;
        Int128 counted = 0;  // what conversions leave of it
        bool any_come = false;
    };
    using Parts = std::map<InflowGroups::key_type, Part>;

    [[nodiscard]] Parts parts_of(const ResolvedRound& round, const RoundInflows& whole,
                                 const RoundInflows& before, const RoundInflows& after) const;
    // Why nothing of the round counts, whatever has come, or nothing of an instrument that is not taken.
    [[nodiscard]] std::optional<LeftOutReason> exclusion(const ResolvedRound& round,
                                                         bool takes_instrument) const;
    [[nodiscard]] std::optional<LeftOutReason> exclusion(const ResolvedRound& round,
                                                         const std::optional<Instrument>& instrument) const;
    void add(const ResolvedRound& round, const RoundInflows& before, const RoundInflows& after);
    void add(const ResolvedRound& round, const InflowGroups::key_type& key, const Part& part);
    void add_undisclosed(const ResolvedRound& round, const RoundInflows& brought, bool has_come);
    void add_undisclosed_tranches(const ResolvedRound& round, const RoundInflows& whole,
                                  const RoundInflows& before);
    void add_foreign(const ResolvedRound& round, const ForeignConversions& conversions);

    const TotalOptions* options_;
    std::map<Key, Sum> sums_;
};

// Null beyond 64-bit minor units.
[[nodiscard]] std::optional<Money> money_within_range(Int128 minor, const Currency& currency);

}  // namespace POSTMONEY_NAMESPACE::detail
