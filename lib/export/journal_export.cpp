#include "postmoney/export/journal_export.hpp"

#include <array>
#include <map>
#include <ostream>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

#include "base/progress_meter.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/printable.hpp"
#include "schema/end_of_time.hpp"
#include "schema/sql_text.hpp"

namespace postmoney {

namespace {

using namespace detail;

constexpr std::string_view day_without_date = end_of_days;
constexpr std::string_view first_day_of_journals = "1400-01-01";
constexpr std::string_view unattributed = "Equity:Unattributed";

//--- Cells

[[nodiscard]] bool is_null(const SqlCell& cell) {
    return std::holds_alternative<std::monostate>(cell);
}

// Empty of NULL.
[[nodiscard]] std::string_view text_cell(const SqlCell& cell) {
    const auto* text = std::get_if<std::string_view>(&cell);
    return text == nullptr ? std::string_view() : *text;
}

// 0 of NULL.
[[nodiscard]] std::int64_t integer_cell(const SqlCell& cell) {
    if (is_null(cell)) return 0;
    const auto* number = std::get_if<std::int64_t>(&cell);
    if (number == nullptr)
        throw Error(ErrorCode::damaged, "a number that is no integer; the ledger is damaged");
    return *number;
}

// Whether the text of an amount states a number alone, without a qualifier.
[[nodiscard]] bool is_plain_amount(std::string_view amount) {
    return !amount.empty() && amount.front() >= '0' && amount.front() <= '9';
}

//--- Questions: each reads kept rows, in the order of the party that it is about
// A join in the order in which it is written gives that order without sorting, which would take memory.

[[nodiscard]] std::string now(const std::string& row) {
    return row + ".known_to = " + std::to_string(end_of_time);
}

// party, name, round, closing, valid_from, currency, minor, decimal, raised
[[nodiscard]] std::string inflows_question() {
    return "SELECT p.party, p.name, r.handle, i.closing, i.valid_from, i.currency, i.minor, " +
           decimal_sql("i.minor", "u") +
           ", rr.raised FROM party p CROSS JOIN inflow i ON i.company = p.party AND " + now("i") +
           " CROSS JOIN round r ON r.round = i.round LEFT JOIN resolved_round rr ON rr.round = i.round AND " +
           now("rr") +
           " LEFT JOIN currency_unit u ON u.code = i.currency WHERE p.root = p.party"
           " ORDER BY p.party, i.round, i.part";
}

// company, round, currency, minor, and 0 of what is there to be attributed, 1 of an investor's part in it;
// round by round
[[nodiscard]] std::string parts_question() {
    return "SELECT i.company, i.round, i.currency, i.minor, 0 FROM inflow i WHERE i.minor > 0 AND " +
           now("i") +
           " UNION ALL SELECT pr.company, pr.round, pr.amount_currency, pr.amount_minor, 1"
           " FROM resolved_participation pr WHERE pr.amount_minor > 0 AND " +
           now("pr") + " ORDER BY 1, 2";
}

// party, name, company, company's name, round, day, currency, minor, decimal, amount, counts, the numbers of
// the company and the round. The day is the later one of the round's and of the last that it brings in that
// currency, so that no more is attributed on any day than has come.
[[nodiscard]] std::string investments_question() {
    const std::string never = "'" + std::string(end_of_days) + "'";
    return "SELECT p.party, p.name, c.party, c.name, r.handle, max(coalesce(rr.valid_from, " + never +
           "), coalesce((SELECT max(coalesce(i.valid_from, " + never +
           ")) FROM inflow i WHERE i.company = pr.company AND i.round = pr.round AND i.currency ="
           " pr.amount_currency AND i.minor > 0 AND " +
           now("i") + "), '')), pr.amount_currency, pr.amount_minor, " + decimal_sql("pr.amount_minor", "u") +
           ", pr.amount, rr.counts, pr.company, pr.round FROM party p CROSS JOIN party own ON own.root = "
           "p.party"
           " CROSS JOIN resolved_participation pr ON pr.investor = own.party AND " +
           now("pr") +
           " CROSS JOIN resolved_round rr ON rr.round = pr.round AND rr.company = pr.company AND " +
           now("rr") +
           " CROSS JOIN round r ON r.round = pr.round CROSS JOIN party oc ON oc.party = pr.company"
           " CROSS JOIN party c ON c.party = oc.root LEFT JOIN currency_unit u ON u.code = pr.amount_currency"
           " WHERE p.root = p.party ORDER BY p.party";
}

//--- The journal

class JournalWriter {
  public:
    JournalWriter(const Ledger& ledger, JournalFormat format, std::ostream& out)
        : ledger_(&ledger), format_(format), out_(&out) {}

    JournalReport write(const ProgressCall& progress) {
        constexpr std::uint64_t questions = 5;
        ProgressMeter meter(progress, "questions", questions);
        // Told between the questions: who is told may ask the ledger, which a question would not let it do.
        std::uint64_t rows = 0;
        write_head();
        find_shared_names();
        rows += find_overdrawn();
        meter.at(1, rows);
        line("; What companies raised.");
        ledger_->query(inflows_question(), {.row = [&](std::span<const SqlCell> row) {
                           write_inflow(row);
                           ++rows;
                       }});
        meter.at(2, rows);
        last_party_ = 0;
        line("");
        line("; What investors put in.");
        ledger_->query(investments_question(), {.row = [&](std::span<const SqlCell> row) {
                           write_investment(row);
                           ++rows;
                       }});
        meter.at(3, rows);
        write_bounds();
        meter.at(4, rows);
        write_left_out();
        out_->flush();
        if (!*out_) throw Error(ErrorCode::io, "the journal cannot be written to the end");
        meter.finish();
        return report_;
    }

  private:
    void line(std::string_view text) {
        text_ += text;
        text_ += '\n';
        out_->write(text_.data(), static_cast<std::streamsize>(text_.size()));
        text_.clear();
    }
    void remark(const std::string& text) {
        line("; " + text);
        ++report_.remarks;
    }

    void write_head() {
        line(
            "; The capital raised, from a ledger of postmoney. Assets:Raised:COMPANY comes to the known "
            "total");
        line(
            "; without rounds of which it is untold what is new money, Equity:Invested:INVESTOR to minus "
            "what it");
        line(
            "; put into rounds that count, where what all put in is no more than what counts. What has no "
            "date");
        line("; stands on " + std::string(day_without_date) + ". Comments say what is not here, and why.");
        if (format_ == JournalFormat::beancount) {
            line("option \"title\" \"Capital raised\"");
            open_account(unattributed, "");
        }
        line("");
    }

    void find_shared_names() {
        ledger_->query(
            "SELECT name FROM party WHERE root = party GROUP BY name HAVING count(*) > 1",
            {.row = [this](std::span<const SqlCell> row) { shared_names_.emplace(text_cell(row[0])); }});
    }

    // The rounds and currencies of which investors' parts come to more than is there. The sums may be beyond
    // 64 bits, which SQLite would refuse. How many rows it read.
    [[nodiscard]] std::uint64_t find_overdrawn() {
        std::uint64_t rows = 0;
        std::pair<std::int64_t, std::int64_t> round;  // its company, and it
        std::map<std::string, Int128, std::less<>> left;
        const auto end_round = [&] {
            for (const auto& [currency, minor] : left) {
                if (minor < 0) overdrawn_.emplace(round.first, round.second, currency);
            }
            left.clear();
        };
        ledger_->query(parts_question(), {.row = [&](std::span<const SqlCell> row) {
                           const std::pair at(integer_cell(row[0]), integer_cell(row[1]));
                           if (at != round) end_round();
                           round = at;
                           const Int128 minor = integer_cell(row[3]);
                           left[std::string(text_cell(row[2]))] += integer_cell(row[4]) != 0 ? -minor : minor;
                           ++rows;
                       }});
        end_round();
        return rows;
    }

    // Parties of one name have accounts of their own.
    [[nodiscard]] std::string account_part(std::string_view name, std::int64_t party) const {
        std::string whole(name);
        if (shared_names_.contains(whole)) whole += '\0' + std::to_string(party);
        return journal_name(whole, format_);
    }

    // ledger and hledger take the digits of a bare code for a number.
    [[nodiscard]] std::string currency_text(std::string_view code) const {
        const bool has_digit = code.find_first_of("0123456789") != std::string_view::npos;
        const std::string mark = format_ == JournalFormat::ledger && has_digit ? "\"" : "";
        return mark + std::string(code) + mark;
    }

    // A text of one line between quotation marks.
    [[nodiscard]] static std::string string_literal(std::string_view text) {
        std::string literal = "\"";
        for (const char c : printable(text)) {
            if (c == '"' || c == '\\') literal += '\\';
            literal += c;
        }
        return literal + "\"";
    }

    void open_account(std::string_view account, std::string_view name) {
        line(std::string(first_day_of_journals) + " open " + std::string(account));
        if (!name.empty()) line("  name: " + string_literal(name));
    }

    // What the transaction is about, of a party's name and what it did.
    [[nodiscard]] std::string title(std::string_view name, std::string_view what) const {
        if (format_ == JournalFormat::beancount) return string_literal(name) + " " + string_literal(what);
        return journal_name(name, format_) + " " + journal_name(what, format_);
    }

    [[nodiscard]] static std::string_view day_of(const SqlCell& valid_from, std::string_view round) {
        if (is_null(valid_from)) return day_without_date;
        const std::string_view day = text_cell(valid_from);
        if (day < first_day_of_journals) {
            throw Error::refused(
                ErrorCode::out_of_range, day,
                "a day from 1400 on, as ledger knows no earlier one, of round " + detail::quoted(round));
        }
        return day;
    }

    struct Transaction {
        std::string_view day;
        std::string title;
        std::string debit;
        std::string credit;
        std::string amount;  // without the currency
        std::string currency;
    };
    void write(const Transaction& transaction) {
        const std::string indent = format_ == JournalFormat::ledger ? "    " : "  ";
        line(std::string(transaction.day) + " * " + transaction.title);
        line(indent + transaction.debit + "  " + transaction.amount + " " + transaction.currency);
        line(indent + transaction.credit + "  -" + transaction.amount + " " + transaction.currency);
        line("");
        ++report_.transactions;
    }

    // Opens the account where it is the party's first transaction and the format asks for it.
    void open_once(std::int64_t party, std::string_view account, std::string_view name) {
        if (format_ == JournalFormat::beancount && party != last_party_) open_account(account, name);
        last_party_ = party;
    }

    void write_inflow(std::span<const SqlCell> row) {
        const std::int64_t party = integer_cell(row[0]);
        const std::string_view name = text_cell(row[1]);
        std::string what(text_cell(row[2]));
        if (!is_null(row[3])) what += " " + std::string(text_cell(row[3]));
        const std::string shown = printable(name) + ", " + printable(what);
        if (is_null(row[5])) return remark(shown + ": undisclosed, so it is not here");
        if (is_null(row[6]))
            return remark(shown + ": how much of it is new money cannot be told, so it is not here");
        const std::string_view raised = text_cell(row[8]);
        const std::string amount(text_cell(row[7]));
        if (!raised.empty() && !is_plain_amount(raised))
            remark(shown + ": the round is stated as " + std::string(raised) + ", and " + amount +
                   " is here");
        if (integer_cell(row[6]) == 0)
            return remark(shown + ": nothing of it is known for sure, so it is not here");
        const std::string account = "Assets:Raised:" + account_part(name, party);
        open_once(party, account, name);
        write({.day = day_of(row[4], what),
               .title = title(name, what),
               .debit = account,
               .credit = std::string(unattributed),
               .amount = amount,
               .currency = currency_text(text_cell(row[5]))});
    }

    void write_investment(std::span<const SqlCell> row) {
        const std::int64_t party = integer_cell(row[0]);
        const std::string_view name = text_cell(row[1]);
        const std::string_view round = text_cell(row[4]);
        const std::string shown =
            printable(name) + " in " + printable(text_cell(row[3])) + ", " + printable(round);
        if (integer_cell(row[10]) == 0)
            return remark(shown + ": the round does not count, so it is not here");
        const std::string_view stated = text_cell(row[9]);
        const std::string amount(text_cell(row[8]));
        if (is_null(row[7])) return remark(shown + ": undisclosed, so it is not here");
        if (overdrawn_.contains(
                {integer_cell(row[11]), integer_cell(row[12]), std::string(text_cell(row[6]))}))
            return remark(shown + ": " + std::string(stated) +
                          ", but what all investors put into the round comes to more " +
                          std::string(text_cell(row[6])) + " than counts of it, so it is not here");
        if (!is_plain_amount(stated))
            remark(shown + ": stated as " + std::string(stated) + ", and " + amount + " is here");
        if (integer_cell(row[7]) == 0)
            return remark(shown + ": nothing of it is known for sure, so it is not here");
        const std::string account = "Equity:Invested:" + account_part(name, party);
        open_once(party, account, name);
        write({.day = day_of(row[5], round),
               .title = title(name, round),
               .debit = std::string(unattributed),
               .credit = account,
               .amount = amount,
               .currency = currency_text(text_cell(row[6]))});
    }

    // The totals of which the known sum is not all that there is to say.
    void write_bounds() {
        line("");
        line("; Totals that are known within bounds only.");
        ledger_->query(
            "SELECT company, currency, known_decimal, lower_decimal, upper_decimal, rounds, undisclosed,"
            " rounds_untold FROM total_raised WHERE lower_minor IS NOT known_minor"
            " OR upper_minor IS NOT known_minor OR undisclosed > 0 OR rounds_untold > 0 OR known_minor IS "
            "NULL",
            {.row = [this](std::span<const SqlCell> row) {
                const auto or_word = [&](std::size_t column, const char* word) {
                    return is_null(row[column]) ? std::string(word) : std::string(text_cell(row[column]));
                };
                const auto count = [&](std::size_t column) {
                    return std::to_string(integer_cell(row[column]));
                };
                remark(printable(text_cell(row[0])) + ", " + or_word(1, "no currency") + ": known " +
                       or_word(2, "untold") + ", at least " + or_word(3, "untold") + ", at most " +
                       or_word(4, "open") + "; of " + count(5) + " rounds " + count(6) + " undisclosed, " +
                       count(7) + " untold");
            }});
    }

    void write_left_out() {
        line("");
        line("; On record, and left out of totals and of this journal.");
        ledger_->query("SELECT company, reason, instrument, rounds, amount_decimal, currency FROM left_out",
                       {.row = [this](std::span<const SqlCell> row) {
                           const std::string_view instrument = text_cell(row[2]);
                           const std::string amount = is_null(row[4]) ? "no amount known"
                                                                      : std::string(text_cell(row[4])) + " " +
                                                                            std::string(text_cell(row[5]));
                           remark(printable(text_cell(row[0])) + ": " + std::string(text_cell(row[1])) +
                                  (instrument.empty() ? "" : ", " + std::string(instrument)) + ", " +
                                  std::to_string(integer_cell(row[3])) + " rounds, " + amount);
                       }});
    }

    const Ledger* ledger_;
    JournalFormat format_;
    std::ostream* out_;
    std::set<std::string, std::less<>> shared_names_;
    // By company, round and currency, see find_overdrawn.
    std::set<std::tuple<std::int64_t, std::int64_t, std::string>> overdrawn_;
    std::int64_t last_party_ = 0;  // whose account is open
    std::string text_;
    JournalReport report_;
};

}  // namespace

JournalReport export_journal(const Ledger& ledger, JournalFormat format, std::ostream& out,
                             const ProgressCall& progress) {
    JournalReport report;
    ledger.at_one_moment([&] { report = JournalWriter(ledger, format, out).write(progress); });
    return report;
}

}  // namespace postmoney
