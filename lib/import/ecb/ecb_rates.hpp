// EcbRates: what the European Central Bank last said of each currency and day, on record and in the files of
// an import, so that only what is new is recorded.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "import/ecb/ecb_reader.hpp"
#include "postmoney/ledger/ledger.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney::detail {

class EcbRates {
  public:
    // The ledger outlives it.
    explicit EcbRates(const Ledger& ledger) : ledger_(&ledger) {}

    // Reads what stands of the ECB's on record of these currencies from the day on, as far as it was not read
    // before: a file of one day does not read the years before it.
    void read_from(const PartialDate& day, std::span<const Currency> currencies);

    // Takes the rate of a file whose last day is `published`, of a currency and day that are read. False when
    // it is what was said last. Throws out-of-range when another file of this import with the same last day
    // says something else: they are one source, and nothing tells which of them is used.
    [[nodiscard]] bool take(const EcbRate& rate, const PartialDate& day, const PartialDate& published);

    // What the source of that last day said last of the currency and day that are read, where it is on record
    // and says something else.
    struct Other {
        Decimal rate;
        EntryId entry;
    };
    [[nodiscard]] std::optional<Other> other_of(const EcbRate& rate, const PartialDate& day,
                                                const PartialDate& published);

  private:
    struct Said {
        Currency currency;
        Decimal rate;
        date::sys_days published;
        bool is_new;    // of this import
        EntryId entry;  // of what is on record
    };

    // Reads the days from one on, until before another one.
    void read(const Currency& currency, const PartialDate& from, const std::optional<PartialDate>& until);
    // What was said of the currency on that day; null for nothing.
    [[nodiscard]] static Said* find(std::vector<Said>& day, const Currency& currency);

    const Ledger* ledger_;
    std::map<Currency, date::sys_days> read_from_;  // the first day that was read
    std::map<date::sys_days, std::vector<Said>> days_;
};

}  // namespace postmoney::detail
