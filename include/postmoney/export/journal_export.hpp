// export_journal: the capital raised as a double-entry journal for ledger, hledger and beancount.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "postmoney/export/journal_name.hpp"
#include "postmoney/ledger/ledger.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/progress.hpp"

namespace POSTMONEY_NAMESPACE {

struct JournalReport {
    std::int64_t transactions = 0;
    std::int64_t remarks = 0;  // comment lines on what is not in the journal, or is not all of a figure

    friend bool operator==(const JournalReport&, const JournalReport&) = default;
};

// Writes what totals add up now, and who put it in, from one moment of the file. Per currency
//
//   Assets:Raised:COMPANY    comes to what the company raised, the `known` of its total, without rounds of
//                            which it cannot be told what is new money (see FACTS.md, conversions);
//   Equity:Invested:INVESTOR comes to minus what the investor put into rounds that count, by the best claims,
//                            where what all put in is no more than what counts of the round in that currency:
//                            else it is not known whose money that is, and none of it is attributed;
//   Equity:Unattributed      is the difference: what no named investor is known to have put in. It is never
//                            positive.
//
// A transaction stands on the day from which it has surely happened, the last one of its date; what has no
// date on 9999-12-31, so that a balance as of any day leaves it out, as totals do. Such a balance is of the
// figures of now: what a notice of then said, which a later one changed, tells the total as of that day. An
// investor's part stands on the day of the round, or that of the last tranche where this is later. Names are
// written as journal_name writes them; where several parties have one name, it is followed by a NUL, escaped,
// and the party's number in the file.
//
// Money alone is in it. What has no amount, or is known only within bounds, and what totals leave out, is
// said in a comment. Throws out-of-range for a day before 1400, which ledger does not know, io, damaged.
// Progress is by what is asked of the ledger: which rounds are attributed, what companies raised, what
// investors put in, which totals are bounds, and what is left out; items are rows of the first three.
POSTMONEY_EXPORT JournalReport export_journal(const Ledger& ledger, JournalFormat format, std::ostream& out,
                                              const ProgressCall& progress = {});

}  // namespace POSTMONEY_NAMESPACE
