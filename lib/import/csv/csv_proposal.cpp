// Finds out by its headings and first values what a table could be.
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/csv/csv_text.hpp"
#include "import/csv/csv_acquisitions.hpp"
#include "import/csv/csv_amount.hpp"
#include "import/csv/csv_cells.hpp"
#include "import/csv/csv_columns.hpp"
#include "import/csv/csv_date_formats.hpp"
#include "import/csv/csv_headings.hpp"
#include "import/csv/csv_names.hpp"
#include "import/csv/csv_words.hpp"
#include "postmoney/fact/instrument.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/import/csv_map.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney {

namespace {

using Rows = std::span<const std::vector<std::string>>;

[[nodiscard]] std::string cell_of(const std::vector<std::string>& row, std::size_t column) {
    return column < row.size() ? std::string(detail::trimmed(row[column])) : std::string();
}

[[nodiscard]] bool is_amount(detail::CsvFieldId field) {
    return detail::row_of(field).kind == detail::CellKind::amount;
}

// What the amounts in a sample say about how they are written.
struct AmountsFound {
    std::map<std::string, std::int64_t> styles;
    std::vector<std::string> remarks;
    bool without_currency = false;
};

class Proposer {
  public:
    Proposer(std::span<const std::string> header, Rows rows) : header_(header), rows_(rows) {
        // Each is compared with hundreds of known ones.
        for (const std::string& text : header) {
            keys_.push_back(detail::heading_words(text, false));
            stems_.push_back(detail::heading_words(text, true));
        }
    }

    [[nodiscard]] CsvProposal propose() {
        find_columns();
        find_counts();
        find_currencies();
        find_currency_column();
        choose_table();
        find_closing();
        find_day_of_figures();
        refuse_titles();
        choose_units();
        choose_separator();
        leave_lead();
        choose_rows();
        choose_types();
        choose_statuses();
        for (std::size_t i = 0; i < header_.size(); ++i) describe(i);
        choose_dates();
        choose_currency();
        describe_numbers();
        name_exits();
        list_unused();
        doubt_unused_currencies();
        return std::move(proposal_);
    }

  private:
    void remark(std::string text) { proposal_.remarks.push_back(std::move(text)); }

    [[nodiscard]] std::optional<std::size_t> place(detail::CsvFieldId field) const {
        const auto& found = places_[static_cast<std::size_t>(field)];
        return found;
    }
    [[nodiscard]] bool has(detail::CsvFieldId field) const { return place(field).has_value(); }
    [[nodiscard]] bool is_used(std::size_t column) const {
        return std::find(places_.begin(), places_.end(), std::optional(column)) != places_.end();
    }
    [[nodiscard]] std::string heading(detail::CsvFieldId field) const {
        return has(field) ? header_[*place(field)] : std::string();
    }
    [[nodiscard]] std::string cell(const std::vector<std::string>& row, detail::CsvFieldId field) const {
        return has(field) ? cell_of(row, *place(field)) : std::string();
    }

    // Fields that a heading alone does not tell: a type may be of a company, and a status, too.
    [[nodiscard]] static bool is_told_by_cells(detail::CsvFieldId field) {
        return field == detail::CsvFieldId::instrument || field == detail::CsvFieldId::status;
    }
    void take(detail::CsvFieldId field, std::size_t column) {
        places_[static_cast<std::size_t>(field)] = column;
        proposal_.map.columns[detail::field_name(field)] = header_[column];
    }
    // The cells of a column that say something, each once, as they come.
    [[nodiscard]] std::vector<std::string> distinct_cells(std::size_t column) const {
        std::vector<std::string> cells;
        std::set<std::string> seen;
        for (const auto& row : rows_) {
            const std::string text = cell_of(row, column);
            if (!detail::says_blank(text) && seen.insert(text).second) cells.push_back(text);
        }
        return cells;
    }
    // Some of the texts, quoted.
    [[nodiscard]] static std::string quoted_list(const std::vector<std::string>& texts) {
        constexpr std::size_t most = 5;
        std::string list;
        for (std::size_t i = 0; i < std::min(most, texts.size()); ++i)
            list.append(list.empty() ? "" : ", ").append(detail::quoted(texts[i]));
        return list + (texts.size() > most ? " and others" : "");
    }

    //--- Columns

    // By the whole heading first, then by what is left of it without units and currencies.
    void find_columns() {
        for (const bool stem : {false, true}) {
            for (const detail::HeadingRow& row : detail::heading_rows) {
                if (has(row.field) || is_told_by_cells(row.field)) continue;
                detail::for_each_item(row.headings, '|',
                                      [&](std::string_view known) { find_column(row, known, stem); });
            }
        }
        auto& raised = places_[static_cast<std::size_t>(detail::CsvFieldId::raised)];
        auto& usd = places_[static_cast<std::size_t>(detail::CsvFieldId::raised_usd)];
        if (!raised && usd) std::swap(raised, usd);
    }

    void find_column(const detail::HeadingRow& row, std::string_view known, bool stem) {
        if (has(row.field)) return;
        const std::string key = detail::heading_words(known, false);
        for (std::size_t i = 0; i < header_.size(); ++i) {
            if ((stem ? stems_ : keys_)[i] != key || is_used(i)) continue;
            // Numbers name nobody.
            if (row.field == detail::CsvFieldId::investor && holds_numbers(i)) continue;
            places_[static_cast<std::size_t>(row.field)] = i;
            if (row.language && !language_) language_ = row.language;
            return;
        }
    }

    // Whether a column's cells are numbers, as far as they say anything.
    [[nodiscard]] bool holds_numbers(std::size_t column) const {
        bool any = false;
        for (const auto& row : rows_) {
            const std::string text = cell_of(row, column);
            if (detail::says_blank(text)) continue;
            if (!detail::is_only_number(text)) return false;
            any = true;
        }
        return any;
    }

    // Numbers under a heading of investors say how many these were.
    void find_counts() {
        for (std::size_t i = 0; i < header_.size(); ++i) {
            if (is_used(i) || !is_heading_of(detail::CsvFieldId::investor, i) || !holds_numbers(i)) continue;
            const std::string name =
                "the column " + detail::quoted(header_[i]) + " holds numbers, no names: it ";
            const bool is_free = !has(detail::CsvFieldId::investors);
            remark(name + (is_free
                               ? "is taken for how many invested (\"investors\")"
                               : "is not used, as " + detail::quoted(heading(detail::CsvFieldId::investors)) +
                                     " says how many invested"));
            if (is_free) places_[static_cast<std::size_t>(detail::CsvFieldId::investors)] = i;
        }
    }

    // Whether tables have a column's heading for that field.
    [[nodiscard]] bool is_heading_of(detail::CsvFieldId field, std::size_t column) const {
        static const auto known = [] {
            std::set<std::pair<detail::CsvFieldId, std::string>> found;
            for (const detail::HeadingRow& row : detail::heading_rows) {
                detail::for_each_item(row.headings, '|', [&](std::string_view text) {
                    found.emplace(row.field, detail::heading_words(text, false));
                });
            }
            return found;
        }();
        return known.contains({field, keys_[column]}) || known.contains({field, stems_[column]});
    }

    // The column whose heading is that of an amount with a word for its currency.
    void find_currencies() {
        for (std::size_t i = 0; i < places_.size(); ++i) {
            const auto field = static_cast<detail::CsvFieldId>(i);
            const detail::CsvFieldId currency = detail::currency_of(field);
            if (!has(field) || !is_amount(field) || has(currency)) continue;
            const std::array amounts{keys_[*place(field)], stems_[*place(field)]};
            for (std::size_t column = 0; column < header_.size() && !has(currency); ++column) {
                const bool fits = std::any_of(amounts.begin(), amounts.end(), [&](const std::string& amount) {
                    const std::string& key = keys_[column];
                    return !amount.empty() && (key == amount + "currency" || key == amount + "currencycode" ||
                                               key == amount + "ccy" || key == "currencyof" + amount);
                });
                if (fits && !is_used(column)) places_[static_cast<std::size_t>(currency)] = column;
            }
        }
    }

    // A column of currency codes beats any default, whatever its heading.
    void find_currency_column() {
        if (has(detail::CsvFieldId::currency) || !has(detail::CsvFieldId::raised)) return;
        const Currencies known;
        for (std::size_t i = 0; i < header_.size(); ++i) {
            if (is_used(i)) continue;
            std::int64_t codes = 0;
            std::int64_t others = 0;
            for (const auto& row : rows_) {
                const std::string text = cell_of(row, i);
                if (detail::says_blank(text)) continue;
                ++(text.size() == 3 && known.find(text) ? codes : others);
            }
            if (codes == 0 || others != 0) continue;
            places_[static_cast<std::size_t>(detail::CsvFieldId::currency)] = i;
            return;
        }
    }

    void choose_table() {
        CsvMap& map = proposal_.map;
        const bool tells_rounds = has(detail::CsvFieldId::announced) || has(detail::CsvFieldId::round);
        const bool of_rounds =
            has(detail::CsvFieldId::raised) ||
            ((has(detail::CsvFieldId::name) || has(detail::CsvFieldId::investor)) && tells_rounds) ||
            (has(detail::CsvFieldId::name) && has(detail::CsvFieldId::investor));
        map.table = of_rounds ? CsvTable::rounds : CsvTable::companies;
        if (!has(detail::CsvFieldId::company)) {
            proposal_.complete = false;
            std::string names;
            for (const std::string& text : header_) names.append(names.empty() ? "" : ", ").append(text);
            remark("no heading names a company: write under \"columns\" which of these does: " + names);
        }
        for (std::size_t i = 0; i < places_.size(); ++i) {
            if (!places_.at(i)) continue;
            std::string field(detail::field_rows.at(i).name);
            const auto table = static_cast<std::size_t>(map.table);
            // In a table without anything else about rounds, a name is the company's, and a plain date is its
            // founding or means nothing.
            if (map.table == CsvTable::companies && field == "company") field = "name";
            const std::size_t number = detail::field_number(field);
            if (detail::field_rows.at(number).needs.at(table) == detail::FieldNeed::none) {
                if (field == "amount") parts_ = places_.at(i);
                places_.at(i).reset();
                continue;
            }
            map.columns.emplace(std::move(field), header_[*places_.at(i)]);
        }
    }

    // Of two dates of a deal, the one that is not of its announcement is of its closing. Not where rows say
    // that nothing came: a round that closed counts, whatever its status.
    void find_closing() {
        if (proposal_.map.table == CsvTable::companies || has(detail::CsvFieldId::closed) ||
            !has(detail::CsvFieldId::announced))
            return;
        const auto deal = std::find(keys_.begin(), keys_.end(), "dealdate") - keys_.begin();
        const auto column = static_cast<std::size_t>(deal);
        if (column == keys_.size() || is_used(column)) return;
        if (!has_rows_without_money()) {
            take(detail::CsvFieldId::closed, column);
            return;
        }
        const std::string other = heading(detail::CsvFieldId::announced);
        take(detail::CsvFieldId::announced, column);
        remark("the column " + detail::quoted(header_[column]) +
               " is taken for the day of announcement, and " + detail::quoted(other) +
               " not used: some rows were cancelled or rumoured, and a round with a day of closing counts");
    }

    [[nodiscard]] bool has_rows_without_money() const {
        for (std::size_t i = 0; i < header_.size(); ++i) {
            if (!is_heading_of(detail::CsvFieldId::status, i)) continue;
            for (const std::string& text : distinct_cells(i)) {
                const auto status = detail::word_of_cell<RoundStatus>(text);
                if (status == RoundStatus::cancelled || status == RoundStatus::rumoured) return true;
            }
        }
        return false;
    }

    // The day of a total and of a company's value. PitchBook's total is that of each deal's day.
    void find_day_of_figures() {
        const bool is_of_companies = proposal_.map.table == CsvTable::companies;
        const bool has_total = has(detail::CsvFieldId::total_raised);
        const bool has_value = is_of_companies && has(detail::CsvFieldId::valuation);
        if (has(detail::CsvFieldId::as_of)) {
            const std::size_t column = *place(detail::CsvFieldId::as_of);
            const bool is_of_value = keys_[column].find("valuation") != std::string::npos;
            const bool fits = is_of_value ? has_value && !has_total : has_value || has_total;
            if (fits) return;
            places_[static_cast<std::size_t>(detail::CsvFieldId::as_of)].reset();
            proposal_.map.columns.erase("as_of");
            if (is_of_value && has_value) {
                remark("the column " + detail::quoted(header_[column]) +
                       " is not used: \"as_of\" is the day of the total, too; use it if that is the same");
            }
        }
        const bool is_running =
            has_total && stems_[*place(detail::CsvFieldId::total_raised)] == "raisedtodate";
        if (is_of_companies || !is_running) return;
        const detail::CsvFieldId day =
            has(detail::CsvFieldId::closed) ? detail::CsvFieldId::closed : detail::CsvFieldId::announced;
        if (!has(day)) return;
        take(detail::CsvFieldId::as_of, *place(day));
        remark("the column " + detail::quoted(heading(detail::CsvFieldId::total_raised)) +
               " is taken for what was raised up to each row's " + detail::quoted(heading(day)) +
               " (\"as_of\")");
    }

    // "Series A - Acme" is the title of a round, not a company.
    void refuse_titles() {
        if (!has(detail::CsvFieldId::company)) return;
        constexpr std::string_view begins =
            "series|seed|pre-seed|preseed|venture|angel|grant|debt|private|convertible|equity";
        std::size_t titles = 0;
        for (const auto& row : rows_) {
            const std::string text = cell(row, detail::CsvFieldId::company);
            const std::string key = detail::folded(text.substr(0, text.find(' ')));
            if (text.find(" - ") != std::string::npos && detail::in_list(begins, '|', key)) ++titles;
        }
        if (titles == 0 || 2 * titles < rows_.size()) return;
        proposal_.complete = false;
        remark(
            "the column " + detail::quoted(heading(detail::CsvFieldId::company)) +
            " holds titles of rounds, not names of companies: say under \"columns\" which column has these");
    }

    //--- Units and currencies

    void choose_units() {
        for (std::size_t i = 0; i < places_.size(); ++i) {
            const auto field = static_cast<detail::CsvFieldId>(i);
            if (has(field) && detail::has_unit(detail::row_of(field))) choose_unit(field);
        }
    }

    void choose_unit(detail::CsvFieldId field) {
        CsvMap& map = proposal_.map;
        const std::string& text = header_[*place(field)];
        const auto [unit, other] = detail::unit_in_heading(text);
        const std::string column = "the column " + detail::quoted(text);
        if (!other.empty()) {
            remark(
                column + " seems to count in " + detail::quoted(other) +
                ", which no word of \"units\" means, and will be refused: write its numbers in whole units "
                "of the currency first");
        }
        if (unit) {
            map.units[detail::field_name(field)] = *unit;
            remark(column + " seems to count in units of a " + std::string(to_string(*unit)) +
                   ": check \"units\" before use");
        }
        if (!detail::has_currency(detail::row_of(field))) return;
        const std::string said = detail::currency_in_heading(text).code;
        const bool is_main = field == detail::CsvFieldId::raised || field == detail::CsvFieldId::amount;
        const bool has_column = has(detail::CsvFieldId::currency) || has(detail::currency_of(field));
        if (said.empty() || field == detail::CsvFieldId::raised_usd) return;
        if (is_main && !has_column && !map.amounts.currency) {
            map.amounts.currency = said;
        } else {
            map.currencies[detail::field_name(field)] = said;
        }
    }

    //--- Investors

    void choose_separator() {
        if (!has(detail::CsvFieldId::investor)) return;
        std::map<std::string, std::int64_t> counts;
        std::set<std::string, std::less<>> alone;
        for (const auto& row : rows_) {
            const std::string text = cell(row, detail::CsvFieldId::investor);
            bool has_any = false;
            for (const std::string separator :
                 {"\n", "|", ";", ",", " / ", "/", " and ", " & ", " und ", " et ", " y ", " e "}) {
                if (text.find(separator) == std::string::npos) continue;
                ++counts[separator];
                has_any = true;
            }
            if (!has_any) alone.insert(text);
        }
        auto& separator = proposal_.map.separator;
        for (const std::string sure : {"\n", "|", ";", ","}) {
            if (counts[sure] == 0) continue;
            separator = {sure};
            break;
        }
        const bool has_sure = counts[separator.front()] != 0;
        for (const std::string sure : {"|", ";", ","})
            if (counts[sure] != 0 && sure != separator.front()) add_other_separator(sure, separator.front());
        for (const std::string unsure : {" / ", "/", " and ", " & ", " und ", " et ", " y ", " e "}) {
            if (counts[unsure] == 0 || (unsure == "/" && counts[" / "] != 0)) continue;
            if (are_names(unsure, separator.front(), alone)) {
                if (has_sure || separator.size() > 1) {
                    separator.push_back(unsure);
                } else {
                    separator = {unsure};
                }
            } else {
                remark("the column " + detail::quoted(heading(detail::CsvFieldId::investor)) + " has " +
                       detail::quoted(unsure) + ": if it stands between two names, add it to \"separator\"");
            }
        }
        lists_names_ = has_sure || counts[separator.front()] != 0;
    }

    // A comma beside semicolons may be within a name, so that only cells without a semicolon show that it
    // parts names too. That of a legal form parts none.
    void add_other_separator(const std::string& other, std::string chosen) {
        bool alone = false;
        bool beside = false;
        for (const auto& row : rows_) {
            const std::string text = cell(row, detail::CsvFieldId::investor);
            const std::vector<std::string> one{chosen};
            const std::vector<std::string> both{chosen, other};
            if (detail::split_names(text, both, {}).size() == detail::split_names(text, one, {}).size())
                continue;
            (text.find(chosen) == std::string::npos ? alone : beside) = true;
        }
        if (!alone && !beside) return;
        const std::string name =
            "the column " + detail::quoted(heading(detail::CsvFieldId::investor)) + " has ";
        const std::string both = detail::quoted(chosen) + " and " + detail::quoted(other);
        if (beside) {
            remark(name + both + " in one cell: if " + detail::quoted(other) +
                   " stands between two names, add it to \"separator\"");
        } else {
            proposal_.map.separator.push_back(other);
            remark(name + detail::quoted(chosen) + " in some cells and " + detail::quoted(other) +
                   " in others: both are taken to stand between names (\"separator\")");
        }
    }

    // Yes beside several investors does not say which of them led.
    void leave_lead() {
        if (!has(detail::CsvFieldId::lead) || !lists_names_) return;
        for (const auto& row : rows_) {
            const std::string lead = cell(row, detail::CsvFieldId::lead);
            const auto pieces =
                detail::split_names(cell(row, detail::CsvFieldId::investor), proposal_.map.separator, {});
            const auto names = std::count_if(pieces.begin(), pieces.end(), [](const std::string& piece) {
                return !detail::says_blank(piece) && !detail::is_placeholder(piece);
            });
            if (names < 2 || detail::yes_or_no(lead) != true) continue;
            remark("the column " + detail::quoted(heading(detail::CsvFieldId::lead)) + " has " +
                   detail::quoted(lead) +
                   " beside several investors, and not which of them led: it is not used");
            places_[static_cast<std::size_t>(detail::CsvFieldId::lead)].reset();
            proposal_.map.columns.erase("lead");
            return;
        }
    }

    // Whether what such a separator parts stands alone elsewhere: then these are names.
    [[nodiscard]] bool are_names(const std::string& unsure, const std::string& sure,
                                 const std::set<std::string, std::less<>>& alone) const {
        const std::vector<std::string> both{unsure, sure};
        for (const auto& row : rows_) {
            const std::string text = cell(row, detail::CsvFieldId::investor);
            if (text.find(unsure) == std::string::npos) continue;
            for (const std::string& name : detail::split_names(text, both, {}))
                if (!alone.contains(name) && !detail::is_placeholder(name)) return false;
        }
        return true;
    }

    //--- What a row is

    struct RowsOfRounds {
        std::int64_t rounds = 0;
        std::int64_t repeating = 0;  // rounds of several rows that have one amount
        std::int64_t differing = 0;  // rounds of several rows that have several
        bool shares_differ = false;  // between the rows of one round
    };

    [[nodiscard]] std::string key_of_round(const std::vector<std::string>& row) const {
        const std::string handle = cell(row, detail::CsvFieldId::round);
        if (!handle.empty()) return handle;
        return cell(row, detail::CsvFieldId::company) + "\n" + cell(row, detail::CsvFieldId::name) + "\n" +
               cell(row, detail::CsvFieldId::announced);
    }

    [[nodiscard]] RowsOfRounds rows_of_rounds() const {
        std::map<std::string, std::set<std::string>> amounts;
        std::map<std::string, std::set<std::string>> investors;
        std::map<std::string, std::set<std::string>> shares;
        for (const auto& row : rows_) {
            const std::string key = key_of_round(row);
            amounts[key].insert(cell(row, detail::CsvFieldId::raised));
            investors[key].insert(cell(row, detail::CsvFieldId::investor));
            shares[key].insert(cell(row, detail::CsvFieldId::shares));
        }
        RowsOfRounds found;
        for (const auto& [key, cells] : amounts) {
            ++found.rounds;
            if (investors[key].size() < 2) continue;
            ++(cells.size() == 1 ? found.repeating : found.differing);
            found.shares_differ = found.shares_differ || shares[key].size() > 1;
        }
        return found;
    }

    void choose_rows() {
        CsvMap& map = proposal_.map;
        if (map.table != CsvTable::rounds || !has(detail::CsvFieldId::investor) || lists_names_) return;
        const RowsOfRounds found = rows_of_rounds();
        const std::string key = detail::heading_words(heading(detail::CsvFieldId::investor), false);
        const bool is_one = key == "investor" || key == "investorname" || key == "fund" || key == "fundname";
        const bool says_part = says_investment();
        const bool is_of_round = has(detail::CsvFieldId::raised) && found.differing == 0;
        if (found.differing != 0) {
            take_for_investments();
        } else if (is_of_round && ((parts_ && (found.repeating != 0 || is_one)) || found.shares_differ)) {
            take_for_both();
        } else if (found.repeating != 0 && says_part) {
            tell_both(found,
                      "The column repeats one amount on each investor's row of a round, and its heading says "
                      "that it is "
                      "an investment: say which");
        } else if (found.repeating != 0) {
            map.investor_rows = true;
            if (has(detail::CsvFieldId::raised)) {
                remark("the column " + detail::quoted(heading(detail::CsvFieldId::raised)) +
                       " repeats one amount on each investor's row of a round: it is taken for the round's "
                       "(\"investor_rows\")");
            }
        } else if (is_one) {
            if (has(detail::CsvFieldId::raised))
                undecided(found);
            else
                take_for_investments();
        }
    }

    // Each row has the round's amount and the investor's, or the investor's shares.
    void take_for_both() {
        CsvMap& map = proposal_.map;
        map.table = CsvTable::investments;
        std::string parts;
        if (parts_) {
            take(detail::CsvFieldId::amount, *parts_);
            choose_unit(detail::CsvFieldId::amount);
            parts = detail::quoted(header_[*parts_]) + " for what its investor paid (\"amount\")";
        }
        if (has(detail::CsvFieldId::shares)) {
            parts.append(parts.empty() ? "" : ", ")
                .append(detail::quoted(heading(detail::CsvFieldId::shares)));
            parts += " for the shares that it got (\"shares\")";
        }
        remark("a row is one investor's part: " + detail::quoted(heading(detail::CsvFieldId::raised)) +
               " is taken for what the round raised (\"raised\"), " + parts);
    }

    // Of a round that has one row, nothing tells whose these are.
    void leave_shares() {
        if (!has(detail::CsvFieldId::shares)) return;
        remark(
            "the column " + detail::quoted(heading(detail::CsvFieldId::shares)) +
            " is not used: nothing tells whether its shares are the round's, under \"shares\" of a table of "
            "rounds, or the investor's, under \"shares\" of a table of investments");
        places_[static_cast<std::size_t>(detail::CsvFieldId::shares)].reset();
        proposal_.map.columns.erase("shares");
    }

    void take_for_investments() {
        CsvMap& map = proposal_.map;
        map.table = CsvTable::investments;
        if (!has(detail::CsvFieldId::raised)) return;
        places_[static_cast<std::size_t>(detail::CsvFieldId::amount)] = *place(detail::CsvFieldId::raised);
        places_[static_cast<std::size_t>(detail::CsvFieldId::raised)].reset();
        map.columns["amount"] = map.columns.extract("raised").mapped();
        if (map.units.contains("raised")) map.units["amount"] = map.units.extract("raised").mapped();
        if (map.currencies.contains("raised"))
            map.currencies["amount"] = map.currencies.extract("raised").mapped();
    }

    [[nodiscard]] bool says_investment() const {
        const std::string key = detail::heading_words(heading(detail::CsvFieldId::raised), true);
        return key.find("invest") != std::string::npos || key.find("ticket") != std::string::npos;
    }

    // Each round has one row, with one investor and one amount: nothing tells whose amount it is.
    void undecided(const RowsOfRounds& found) {
        const std::string key = detail::heading_words(heading(detail::CsvFieldId::raised), true);
        if (key.find("raised") != std::string::npos || key.find("round") != std::string::npos) {
            proposal_.map.investor_rows = true;
            leave_shares();
        } else if (says_investment()) {
            take_for_investments();
        } else {
            tell_both(found, "Each round has one row, so the rows do not tell: say which");
        }
    }

    void tell_both(const RowsOfRounds& found, const std::string& why) {
        proposal_.complete = false;
        std::map<std::string, Decimal> raised;
        for (const auto& row : rows_) {
            try {
                const CsvAmount amount = read_csv_amount(cell(row, detail::CsvFieldId::raised),
                                                         any_currency(), {}, one_currency());
                if (amount.amount && amount.amount->disclosed())
                    raised[key_of_round(row)] = amount.amount->quantity().bounds().known;
            } catch (const Error&) {
                // Named where the column is described.
            }
        }
        Decimal sum;
        for (const auto& [key, amount] : raised) sum = sum + amount;
        const std::string rounds = std::to_string(found.rounds) + " rounds and ";
        remark(
            "a row is a round and what it raised (\"table\": \"rounds\" with \"investor_rows\": true and the "
            "column "
            "under \"raised\": these rows come to " +
            rounds + sum.normalized().to_string() +
            " raised), or one investor's part in it (\"table\": \"investments\" and the column under "
            "\"amount\": they "
            "come to " +
            rounds + "nothing raised that is known). " + why);
    }

    //--- Types and statuses

    struct TypesFound {
        std::vector<std::string> exits;
        std::vector<std::string> instruments;
        std::vector<std::string> names;  // of rounds, which leave the instrument open
        std::vector<std::string> mixed;  // of several instruments, or of none surely
        std::vector<std::string> unknown;
    };

    [[nodiscard]] TypesFound types_in(std::size_t column) const {
        TypesFound found;
        for (const std::string& text : distinct_cells(column)) {
            const detail::RoundWord* word = detail::round_word(text);
            (word != nullptr && word->is_exit()       ? found.exits
             : word != nullptr && word->is_open       ? found.mixed
             : detail::word_of_cell<Instrument>(text) ? found.instruments
             : detail::names_round(text)              ? found.names
                                                      : found.unknown)
                .push_back(text);
        }
        return found;
    }

    // A column of types beside that of the name says which rows are debt, and which are no rounds. Where it
    // has names of rounds as well it is their stage, whose words tell the instrument as a name's do.
    void choose_types() {
        if (proposal_.map.table == CsvTable::companies) return;
        for (std::size_t i = 0; i < header_.size(); ++i) {
            const bool is_type = is_heading_of(detail::CsvFieldId::instrument, i) ||
                                 is_heading_of(detail::CsvFieldId::name, i);
            if (!is_type || is_used(i)) continue;
            types_.push_back(i);
            choose_type(i, types_in(i));
        }
    }

    void choose_type(std::size_t column, const TypesFound& found) {
        const std::string name = "the column " + detail::quoted(header_[column]);
        const bool says_any = !found.exits.empty() || !found.instruments.empty() || !found.mixed.empty();
        const bool is_known = found.unknown.empty() && (says_any || !found.names.empty());
        const bool is_instrument = !found.instruments.empty() && found.names.empty();
        if (is_instrument && !has(detail::CsvFieldId::instrument)) {
            take(detail::CsvFieldId::instrument, column);
            remark_mixed(column, found.mixed);
            if (found.unknown.empty()) return;
            remark(name + " holds " + quoted_list(found.unknown) +
                   ", which will be refused: \"words\" says which instrument it is");
            return;
        }
        if ((says_any || is_known) && !has(detail::CsvFieldId::stage)) {
            take(detail::CsvFieldId::stage, column);
            remark_mixed(column, found.mixed);
        } else if (!found.instruments.empty()) {
            remark(name + " is not used, though it says " + quoted_list(found.instruments) +
                   ": what is no equity there counts as raised unless it stands under \"instrument\"");
        }
        if (found.unknown.empty()) return;
        remark(name + " has " + quoted_list(found.unknown) +
               ", no words of an instrument or a round that are known: such rows count as raised, unless "
               "\"skip\" or \"words\" says otherwise");
    }

    void remark_mixed(std::size_t column, const std::vector<std::string>& mixed) {
        if (mixed.empty()) return;
        remark("the column " + detail::quoted(header_[column]) + " holds " + quoted_list(mixed) +
               ", which will be refused, as it is not surely one instrument: \"words\" says what it counts "
               "as, or a column under \"instrument\"");
    }

    // Where rounds were cancelled or rumoured the status decides what counts; then a word that is not known
    // is refused rather than passed over.
    void choose_statuses() {
        if (proposal_.map.table == CsvTable::companies) return;
        for (std::size_t i = 0; i < header_.size() && !has(detail::CsvFieldId::status); ++i) {
            if (is_used(i) || !is_heading_of(detail::CsvFieldId::status, i)) continue;
            bool decides = false;
            std::vector<std::string> unknown;
            const std::vector<std::string> cells = distinct_cells(i);
            for (const std::string& text : cells) {
                const auto status = detail::word_of_cell<RoundStatus>(text);
                if (!status) unknown.push_back(text);
                decides = decides || status == RoundStatus::cancelled || status == RoundStatus::rumoured;
            }
            const std::string name = "the column " + detail::quoted(header_[i]);
            if (!cells.empty() && (unknown.empty() || decides)) take(detail::CsvFieldId::status, i);
            if (unknown.empty()) continue;
            remark(decides ? name + " holds " + quoted_list(unknown) +
                                 ", which will be refused: \"words\" says which status it is"
                           : name + " is not used: " + quoted_list(unknown) +
                                 " are no words that are known for the status of a round");
        }
    }

    //--- Columns described

    static const Currencies& one_currency() {
        static const Currencies currencies = [] {
            Currencies one;
            one.add(Currency::user_defined("UNNAMED", 2));
            return one;
        }();
        return currencies;
    }
    static AmountRules any_currency() {
        AmountRules rules;
        rules.magnitudes = {IndianMagnitude::lakh, IndianMagnitude::crore};
        rules.currency = "UNNAMED";
        return rules;
    }

    void describe(std::size_t i) {
        CsvProposal::Column column{.heading = header_[i],
                                   .field = {},
                                   .first_values = {},
                                   .amount_styles = {},
                                   .date_formats = {},
                                   .as_read = {}};
        std::optional<detail::CsvFieldId> field;
        for (std::size_t f = 0; f < places_.size(); ++f)
            if (!field && places_.at(f) == i) field = static_cast<detail::CsvFieldId>(f);
        if (field) {
            const auto& columns = proposal_.map.columns;
            const auto own = columns.find(detail::field_name(*field));
            const bool is_own = own != columns.end() && own->second == column.heading;
            const auto found =
                is_own ? own : std::find_if(columns.begin(), columns.end(), [&](const auto& item) {
                    return item.second == column.heading;
                });
            if (found != columns.end()) column.field = found->first;
        }
        std::vector<std::string> filled;
        for (const auto& row : rows_) {
            std::string text = cell_of(row, i);
            if (detail::says_blank(text)) continue;
            auto& shown = column.first_values;
            if (shown.size() < 3 && std::find(shown.begin(), shown.end(), text) == shown.end())
                shown.push_back(text);
            filled.push_back(std::move(text));
        }
        if (field && detail::row_of(*field).kind == detail::CellKind::date) choose_formats(column, filled);
        if (field && is_amount(*field)) describe_amounts(column, *field);
        proposal_.columns.push_back(std::move(column));
    }

    void describe_amounts(CsvProposal::Column& column, detail::CsvFieldId field) {
        AmountRules rules = any_currency();
        const auto unit = proposal_.map.units.find(column.field);
        if (unit != proposal_.map.units.end()) rules.unit = unit->second;
        settle_marks(field, rules);
        std::set<std::string> told;
        const bool is_main = field == detail::CsvFieldId::raised || field == detail::CsvFieldId::amount;
        for (const auto& row : rows_) {
            const std::string text = cell(row, field);
            try {
                const CsvAmount amount = read_sample_amount(text, rules);
                ++column.amount_styles[std::string(to_string(amount.style))];
                if (amount.amount && amount.amount->disclosed() && is_main)
                    without_currency_ = without_currency_ || amount.amount->currency()->code() == "UNNAMED";
            } catch (const Error& error) {
                constexpr std::size_t most = 5;
                if (told.size() == most || !told.insert(text).second) continue;
                remark("the column " + detail::quoted(column.heading) + " holds " + detail::quoted(text) +
                       ", which will be refused: " + error.message());
            }
        }
        if (!rules.unit && has_only_small_amounts(field, rules)) doubt_small_amounts(column, field, rules);
        for (const std::string& text : column.first_values) column.as_read.push_back(as_read(text, rules));
        const bool needs_day =
            field == detail::CsvFieldId::total_raised ||
            (field == detail::CsvFieldId::valuation && proposal_.map.table == CsvTable::companies);
        if (needs_day && !has(detail::CsvFieldId::as_of)) {
            remark("the column " + detail::quoted(column.heading) +
                   " needs a day: add \"published\" under \"source\", or a column under \"as_of\"");
        }
    }

    [[nodiscard]] bool has_only_small_amounts(detail::CsvFieldId field, const AmountRules& rules) const {
        std::size_t amounts = 0;
        for (const auto& row : rows_) {
            try {
                const CsvAmount amount = read_csv_amount(cell(row, field), rules, {}, one_currency());
                if (!amount.amount || !amount.amount->disclosed()) continue;
                if (amount.amount->quantity().bounds().known >= Decimal(10000)) return false;
                ++amounts;
            } catch (const Error&) {
                return false;
            }
        }
        return amounts != 0;
    }

    // Rounds of a few units of money are rather ones of millions. PitchBook counts in these, and no heading
    // of it says so.
    void doubt_small_amounts(const CsvProposal::Column& column, detail::CsvFieldId field,
                             AmountRules& rules) {
        const std::string name =
            "the column " + detail::quoted(column.heading) + " has no amount of 10000 or more";
        const std::string key = detail::heading_words(column.heading, false);
        const bool is_pitchbook = std::any_of(
            detail::heading_rows.begin(), detail::heading_rows.end(), [&](const detail::HeadingRow& row) {
                return row.field == field && row.source == detail::pitchbook &&
                       detail::in_list(row.headings, '|', key);
            });
        if (!is_pitchbook) {
            remark(name + ": if it counts in thousands or millions, say so in \"units\"");
            return;
        }
        rules.unit = AmountUnit::million;
        proposal_.map.units[detail::field_name(field)] = AmountUnit::million;
        remark(name + ", and PitchBook counts in millions: check \"units\" before use");
    }

    // Reads the cell with the language that the headings are in, if it needs one; then the map names it.
    [[nodiscard]] CsvAmount read_sample_amount(const std::string& text, AmountRules& rules) {
        CsvAmount amount;
        try {
            amount = read_csv_amount(text, rules, {}, one_currency());
        } catch (const Error&) {
            if (rules.language || !language_) throw;
            AmountRules with_language = rules;
            with_language.language = language_;
            amount = read_csv_amount(text, with_language, {}, one_currency());
            rules.language = language_;
            proposal_.map.amounts.language = language_;
        }
        if (amount.amount && amount.amount->disclosed() && proposal_.map.amounts.magnitudes.empty()) {
            AmountRules plain = rules;
            plain.magnitudes.clear();
            try {
                static_cast<void>(read_csv_amount(text, plain, {}, one_currency()));
            } catch (const Error&) {
                proposal_.map.amounts.magnitudes = rules.magnitudes;
            }
        }
        return amount;
    }

    [[nodiscard]] static std::string as_read(const std::string& text, const AmountRules& rules) {
        try {
            const CsvAmount amount = read_csv_amount(text, rules, {}, one_currency());
            if (!amount.amount) return "nothing";
            std::string result = amount.amount->to_string();
            const std::size_t unnamed = result.find(" UNNAMED");
            if (unnamed != std::string::npos) result.erase(unnamed);
            return result;
        } catch (const Error&) {
            return "?";
        }
    }

    // What the import will find out of the whole column, of the sample.
    void settle_marks(detail::CsvFieldId field, AmountRules& rules) {
        detail::ColumnMarks marks;
        for (const auto& row : rows_) marks.add(cell(row, field), rules);
        if (marks.point != marks.comma) rules.decimal = marks.point ? DecimalMark::point : DecimalMark::comma;
    }

    // Reads the numbers and prices of the sample as the import will, and says which it will refuse.
    void describe_numbers() {
        const std::vector<std::string> header(header_.begin(), header_.end());
        std::optional<detail::CsvColumns> columns;
        try {
            columns.emplace(header, proposal_.map);
        } catch (const Error&) {
            return;  // the import names it before it reads a number
        }
        const Currencies currencies;
        detail::CsvCells cells(proposal_.map, *columns, currencies, {},
                               [this](const detail::CsvColumn& column) -> std::optional<detail::ColumnMarks> {
                                   detail::ColumnMarks marks;
                                   for (const auto& row : rows_)
                                       marks.add(cell_of(row, column.place), column.rules);
                                   return marks;
                               });
        for (std::size_t i = 0; i < places_.size(); ++i) {
            const auto field = static_cast<detail::CsvFieldId>(i);
            if (columns->find(field) == nullptr) continue;
            const detail::CellKind kind = detail::row_of(field).kind;
            const bool is_number = kind == detail::CellKind::count || kind == detail::CellKind::shares ||
                                   kind == detail::CellKind::price;
            if (is_number) describe_number(columns->find(field)->place, field, cells);
        }
    }

    void describe_number(std::size_t place, detail::CsvFieldId field, detail::CsvCells& cells) {
        CsvProposal::Column& column = proposal_.columns[place];
        const std::string name = "the column " + detail::quoted(column.heading);
        std::map<std::string, std::string> read;
        std::size_t refused = 0;
        bool without_currency = false;
        for (const auto& row : rows_) {
            if (row.size() != header_.size()) continue;
            const detail::CsvRow cells_of_row{.number = 0, .cells = row};
            cells.set_row(cells_of_row, true);
            const std::string text = cell_of(row, place);
            if (read.contains(text)) continue;
            try {
                read[text] = number_as_read(field, cells, without_currency);
            } catch (const Error& error) {
                read[text] = "?";
                constexpr std::size_t most = 5;
                if (++refused > most) continue;
                remark(name + " holds " + detail::quoted(text) +
                       ", which will be refused: " + error.message());
            }
        }
        for (const std::string& text : column.first_values)
            column.as_read.push_back(read.contains(text) ? read[text] : "?");
        if (without_currency && !without_currency_) {
            remark(name +
                   " has prices without a currency: say which in \"currency\", or in \"currencies\" under " +
                   detail::quoted(detail::field_name(field)));
        }
    }

    [[nodiscard]] static std::string number_as_read(detail::CsvFieldId field, detail::CsvCells& cells,
                                                    bool& without_currency) {
        if (detail::row_of(field).kind == detail::CellKind::price) {
            const auto price = cells.price(field);
            if (!price) return "nothing";
            without_currency = without_currency || !price->currency;
            return price->number.to_string() +
                   (price->currency ? " " + std::string(price->currency->code()) : std::string());
        }
        if (detail::row_of(field).kind == detail::CellKind::count) {
            const auto count = cells.count(field);
            return count ? std::to_string(*count) : "nothing";
        }
        const auto number = cells.number(field);
        return number ? number->to_string() : "nothing";
    }

    void choose_formats(CsvProposal::Column& column, const std::vector<std::string>& cells) {
        const detail::FormatsFound found = detail::formats_for(cells);
        column.date_formats = found.formats;
        const std::string name = "the column " + detail::quoted(column.heading);
        if (found.turn_needed && !proposal_.map.century_turn) {
            proposal_.map.century_turn = 70;
            remark(name + " has years of two digits: \"century_turn\" 70 takes 70 for 1970 and 69 for 2069");
        }
        if (found.alternatives.size() > 1) {
            std::string names;
            for (const std::string& format : found.alternatives)
                names.append(names.empty() ? "" : " or ").append(format);
            remark(name + " can be read as " + names + ": keep the one that it is in \"date_formats\"");
        }
        std::size_t told = 0;
        for (const std::string& text : found.unread) {
            constexpr std::size_t most = 5;
            if (++told > most) break;
            remark(name + " holds " + detail::quoted(text) + ", which will be refused" +
                   (found.day_numbers
                        ? ": if these are day numbers of a spreadsheet, write \"spreadsheet-days\" in "
                          "\"date_formats\""
                        : ""));
        }
        for (const std::string& text : column.first_values) {
            try {
                column.as_read.push_back(
                    read_csv_date(text, found.formats, proposal_.map.century_turn).to_string());
            } catch (const Error&) {
                column.as_read.emplace_back("?");
            }
        }
    }

    // Formats narrow what is read: where none but ISO's is needed, none is proposed.
    void choose_dates() {
        auto& formats = proposal_.map.date_formats;
        for (const CsvProposal::Column& column : proposal_.columns) {
            for (const std::string& format : column.date_formats) {
                if (std::find(formats.begin(), formats.end(), format) == formats.end())
                    formats.push_back(format);
            }
        }
        if (std::all_of(formats.begin(), formats.end(), detail::is_iso_format)) formats.clear();
    }

    // Amounts that name no currency have the one in their heading, or one that a person has to say.
    void choose_currency() {
        const CsvMap& map = proposal_.map;
        if (!without_currency_ || has(detail::CsvFieldId::currency) || map.amounts.currency) return;
        const detail::CsvFieldId field =
            has(detail::CsvFieldId::raised) ? detail::CsvFieldId::raised : detail::CsvFieldId::amount;
        if (map.currencies.contains(detail::field_name(field))) return;
        const std::string may_be = detail::currency_in_heading(heading(field)).may_be;
        remark("the column " + detail::quoted(heading(field)) +
               " has amounts without a currency: say which in \"currency\"" +
               (may_be.empty() ? "" : ", of " + may_be + ", which its heading can mean"));
    }

    // Rows that are no rounds have to be left out by name.
    void name_exits() {
        if (proposal_.map.table == CsvTable::companies) return;
        if (has(detail::CsvFieldId::name) && !has(detail::CsvFieldId::instrument))
            remark_mixed(*place(detail::CsvFieldId::name), types_in(*place(detail::CsvFieldId::name)).mixed);
        std::vector<std::size_t> columns = types_;
        for (const detail::CsvFieldId field : {detail::CsvFieldId::stage, detail::CsvFieldId::name})
            if (has(field)) columns.insert(columns.begin(), *place(field));
        std::set<std::size_t> seen;
        for (const std::size_t column : columns) {
            if (!seen.insert(column).second) continue;
            for (const std::string& text : distinct_cells(column)) {
                const detail::RoundWord* word = detail::round_word(text);
                if (word == nullptr || !word->is_exit()) continue;
                proposal_.map.skip[header_[column]].push_back(text);
                remark("rows with " + detail::quoted(text) + " in the column " +
                       detail::quoted(header_[column]) +
                       " are left out by \"skip\": " + std::string(word->meaning));
            }
        }
    }

    void list_unused() {
        for (const CsvProposal::Column& column : proposal_.columns) {
            const auto& skip = proposal_.map.skip;
            if (column.field.empty() && !skip.contains(column.heading))
                proposal_.unused.push_back(column.heading);
        }
    }

    // Beside an amount, what its heading says is a currency is not to be passed over.
    void doubt_unused_currencies() {
        const auto is_used_amount = [&](std::size_t i) {
            const auto field = static_cast<detail::CsvFieldId>(i);
            return has(field) && detail::has_currency(detail::row_of(field));
        };
        bool has_amounts = false;
        for (std::size_t i = 0; i < places_.size(); ++i) has_amounts = has_amounts || is_used_amount(i);
        for (std::size_t i = 0; has_amounts && i < header_.size(); ++i) {
            if (is_used(i) || !says_currency(keys_[i])) continue;
            remark("the column " + detail::quoted(header_[i]) +
                   " seems to say a currency, and is not used: if amounts are in it, add it under "
                   "\"currency\", or under that of the amount, such as \"pre_money_currency\"");
        }
    }

    [[nodiscard]] static bool says_currency(const std::string& key) {
        constexpr std::array<std::string_view, 9> words{"currency", "ccy",    "wahrung", "waehrung", "devise",
                                                        "moneda",   "valuta", "moeda",   "divisa"};
        return std::any_of(words.begin(), words.end(),
                           [&](std::string_view word) { return key.find(word) != std::string::npos; });
    }

    std::span<const std::string> header_;
    Rows rows_;
    std::vector<std::string> keys_;   // of the headings, with all their words
    std::vector<std::string> stems_;  // without units and currencies
    std::optional<std::size_t>
        parts_;  // the column of what an investor paid, beside that of the round's amount
    std::vector<std::size_t> types_;  // columns of types beside that of the name
    std::array<std::optional<std::size_t>, detail::field_rows.size()> places_{};
    std::optional<Language> language_;  // of the headings
    CsvProposal proposal_;
    bool without_currency_ = false;
    bool lists_names_ = false;
};

}  // namespace

CsvProposal propose_map(std::span<const std::string> header, std::span<const std::vector<std::string>> rows) {
    detail::refuse_acquisitions({header.begin(), header.end()});
    return Proposer(header, rows).propose();
}

CsvProposal propose_map(const CsvSample& sample) {
    CsvProposal proposal = propose_map(sample.header, sample.rows);
    proposal.map.delimiter = sample.delimiter;
    proposal.map.encoding = sample.encoding;
    return proposal;
}

}  // namespace postmoney
