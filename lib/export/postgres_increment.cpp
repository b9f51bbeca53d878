#include "export/postgres_increment.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

//--- What changed

// The new entries, and those that they correct, take back or bring back.
[[nodiscard]] std::string touched_since(std::int64_t entry) {
    std::string touched =
        "WITH RECURSIVE touched (entry) AS (SELECT entry FROM entry WHERE entry > " + std::to_string(entry);
    for (const std::string column : {"target", "superseded_retraction"})
        touched += " UNION SELECT e." + column +
                   " FROM touched t CROSS JOIN entry e ON e.entry = t.entry WHERE e." + column +
                   " IS NOT NULL";
    return touched + ") ";
}

// SQL has a list of numbers in a text of bounded length.
void for_each_list(std::span<const std::int64_t> numbers,
                   const std::function<void(const std::string& list)>& visit) {
    constexpr std::size_t most = 10'000;
    while (!numbers.empty()) {
        const auto some = numbers.first(std::min(most, numbers.size()));
        std::string list;
        for (const std::int64_t number : some) list += (list.empty() ? "(" : ", ") + std::to_string(number);
        visit(list + ")");
        numbers = numbers.subspan(some.size());
    }
}

[[nodiscard]] std::int64_t entry_at(const Ledger& ledger, const Head& head) {
    const std::vector<std::int64_t> entry = first_numbers(
        ledger, "SELECT e.entry FROM chain c CROSS JOIN entry e ON e.chain = c.chain WHERE c.id = '" +
                    head.chain.to_string() + "' AND e.seq = " + std::to_string(head.length) +
                    " AND e.hash = x'" + head.hash.to_string() + "'");
    if (!entry.empty()) return entry.front();
    throw Error::refused(ErrorCode::bad_head, head.to_string(),
                         "the head of an entry of this ledger, as head.txt of an earlier export has it");
}

// The last round before those that new entries brought up.
[[nodiscard]] std::int64_t last_round_of(const Ledger& ledger, std::int64_t entry) {
    const std::string number = std::to_string(entry);
    return first_numbers(
               ledger,
               "SELECT coalesce((SELECT min(n.round) FROM entry n WHERE n.entry > " + number +
                   " AND n.round IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.round = n.round"
                   " AND o.entry <= " +
                   number + ")) - 1, (SELECT max(round) FROM round), 0)")
        .at(0);
}

// SQL for a column of the touched entries.
[[nodiscard]] std::string of_touched(const std::string& touched, const std::string& column) {
    return touched + "SELECT DISTINCT e." + column +
           " FROM touched t CROSS JOIN entry e ON e.entry = t.entry WHERE e." + column + " IS NOT NULL";
}

// The homes whose rows may have changed. A source ranks the claims of others; and the companies of an
// investor name it by the number that it has when it is united with another one.
[[nodiscard]] std::set<std::int64_t> changed_homes(const Ledger& ledger, const std::string& touched,
                                                   const Homes& homes) {
    std::set<std::int64_t> changed;
    const auto add = [&](const std::string& sql) {
        for (const std::int64_t party : first_numbers(ledger, sql)) changed.insert(homes.of(party));
    };
    add(of_touched(touched, "party"));
    add(touched +
        "SELECT DISTINCT c.party FROM touched t CROSS JOIN source s ON s.entry = t.entry CROSS JOIN "
        "source_subject c"
        " ON c.source = s.first_entry");
    std::set<std::int64_t> united_homes;
    for (const std::int64_t party : first_numbers(
             ledger,
             touched +
                 "SELECT DISTINCT u.party FROM touched t CROSS JOIN party_union u ON u.entry = t.entry"))
        united_homes.insert(homes.of(party));
    changed.insert(united_homes.begin(), united_homes.end());
    std::vector<std::int64_t> united;
    for (const std::int64_t home : united_homes)
        std::ranges::copy(homes.parties_of(home), std::back_inserter(united));
    for_each_list(united, [&](const std::string& list) {
        add("SELECT DISTINCT party FROM entry WHERE counterparty IN " + list + " AND party IS NOT NULL");
    });
    return changed;
}

//--- Rows

constexpr std::array<std::string_view, 3> growing{"chain", "ledger", "repeat"};
constexpr std::array<std::string_view, 5> standing{"ledger_total", "outranked_rate", "currency_unit",
                                                   "parity", "retractions_known"};
[[nodiscard]] bool holds(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

class IncrementWriter {
  public:
    IncrementWriter(const Ledger& ledger, const Increment& increment, OutputFile& file)
        : increment_(&increment), homes_(ledger), copy_(ledger, homes_, file), file_(&file) {
        for (const std::int64_t home : increment.homes)
            std::ranges::copy(homes_.parties_of(home), std::back_inserter(companies_));
        for (const std::int64_t home : increment.investors)
            std::ranges::copy(homes_.parties_of(home), std::back_inserter(investors_));
    }

    // What the rest asks for, and what has to go before the rest comes.
    void prepare(std::span<const ShippedTable> tables) {
        file_->write("SET CONSTRAINTS ALL DEFERRED;\nSET LOCAL max_parallel_workers_per_gather = 0;\n");
        std::vector<std::int64_t> homes = increment_->homes;
        homes.push_back(0);
        for (const auto& [from, to] : increment_->moved) homes.push_back(from);
        write_numbers("changed_home", "home", homes);
        write_numbers("touched_entry", "entry", increment_->touched);
        for (const ShippedTable& table : tables) {
            if (table.is_company_history()) remove(table, " WHERE " + std::string(in_homes));
            if (table.there.name == "withdrawn") remove(table, " WHERE " + std::string(in_touched));
            if (replaced(table.there.name)) remove(table, "");
        }
        // Only new unions move what is recorded, and they are rare.
        for (const auto& [from, to] : increment_->moved) {
            for (const ShippedTable& table : tables) {
                if (table.there.append_only && table.there.lies_by_company())
                    file_->write("UPDATE " + table.there.name + " SET home = " + std::to_string(to) +
                                 " WHERE home = " + std::to_string(from) + ";\n");
            }
        }
        file_->write("\n");
    }

    void add(const ShippedTable& table) {
        const std::string& name = table.there.name;
        const std::string number = std::to_string(increment_->entry);
        if (holds(growing, name)) {
            add_growing(table);
        } else if (name == "party") {
            add_parties(table);
        } else if (name == "round") {
            add_behind(table, "round > " + std::to_string(increment_->round));
        } else if (table.is_company_history()) {
            add_listed(table, std::string(in_homes), "company", companies_);
        } else if (name == "withdrawn") {
            add_listed(table, std::string(in_touched) + " OR entry > " + number, "entry", increment_->touched,
                       "entry > " + number);
        } else if (replaced(name)) {
            add(table, "", {""});
        } else if (!is_standing(name)) {
            add_behind(table, "entry > " + number);
        }
    }

    [[nodiscard]] std::vector<LoadedRows> loaded() { return std::move(loaded_); }

  private:
    static constexpr std::string_view in_homes = "home IN (SELECT home FROM changed_home)";
    static constexpr std::string_view in_touched = "entry IN (SELECT entry FROM touched_entry)";

    // Whether it is one of those that say how all of something stands, of which single rows cannot be told.
    // Laws are part of the schema.
    [[nodiscard]] static bool is_standing(std::string_view name) { return holds(standing, name); }
    [[nodiscard]] bool replaced(std::string_view name) const {
        return name == "ledger_total" || (name == "outranked_rate" && increment_->rates) ||
               (name == "currency_unit" && increment_->currencies) ||
               (name == "retractions_known" && increment_->retractions);
    }

    void write_numbers(const std::string& table, const std::string& column,
                       std::span<const std::int64_t> numbers) {
        file_->write("CREATE TEMP TABLE " + table + " (" + column +
                     " bigint PRIMARY KEY) ON COMMIT DROP;\nCOPY " + table + " FROM stdin;\n");
        for (const std::int64_t number : numbers) file_->write(std::to_string(number) + "\n");
        file_->write("\\.\nANALYZE " + table + ";\n");
    }
    void remove(const ShippedTable& table, const std::string& condition) {
        file_->write("DELETE FROM " + table.there.name + condition + ";\n");
    }
    void make_arriving(const std::string& name) {
        file_->write("CREATE TEMP TABLE arriving_" + name + " (LIKE " + name + ") ON COMMIT DROP;\n");
    }

    // Rows for which one of the conditions holds here.
    void add(const ShippedTable& table, const std::string& there, const std::vector<std::string>& here) {
        copy_.begin(table, table.there.name);
        for (const std::string& condition : here) copy_.rows(condition.empty() ? "" : " WHERE " + condition);
        loaded_.push_back({.table = &table, .tally = copy_.end(), .where = there});
    }
    // The keys of what lies by company begin with home.
    void add_behind(const ShippedTable& table, const std::string& condition) {
        std::string there = condition;
        if (table.there.lies_by_company()) {
            there = std::string(in_homes) + " AND " + condition;
        } else if (table.has("party")) {
            there = "party IN (SELECT party FROM arriving_party) AND " + condition;
        }
        add(table, there, {condition});
    }
    void add_listed(const ShippedTable& table, const std::string& there, const std::string& column,
                    std::span<const std::int64_t> numbers, const std::string& besides = "0") {
        std::vector<std::string> conditions{besides};
        for_each_list(numbers,
                      [&](const std::string& list) { conditions.push_back(column + " IN " + list); });
        add(table, there, conditions);
    }

    // Few rows, and a merge may add some to any place.
    void add_growing(const ShippedTable& table) {
        const std::string& name = table.there.name;
        make_arriving(name);
        RowTally tally = copy_.copy(table, "arriving_" + name, "");
        file_->write("INSERT INTO " + name + " SELECT * FROM arriving_" + name + " EXCEPT SELECT * FROM " +
                     name + ";\n\n");
        loaded_.push_back({.table = &table, .tally = std::move(tally)});
    }

    // Other rows refer to them, so that they change where they are.
    void add_parties(const ShippedTable& table) {
        make_arriving("party");
        copy_.begin(table, "arriving_party");
        for (const auto* parties : {&companies_, &investors_})
            for_each_list(*parties, [&](const std::string& list) { copy_.rows(" WHERE party IN " + list); });
        RowTally tally = copy_.end();
        std::string changes;
        for (const PublicColumn& column : table.columns) {
            if (column.name != "party")
                changes += (changes.empty() ? "" : ", ") + column.name + " = excluded." + column.name;
        }
        file_->write(
            "INSERT INTO party AS there SELECT * FROM arriving_party ON CONFLICT (party) DO UPDATE SET " +
            changes + " WHERE (there.*) IS DISTINCT FROM (excluded.*);\n\n");
        loaded_.push_back({.table = &table,
                           .tally = std::move(tally),
                           .where = "party IN (SELECT party FROM arriving_party)"});
    }

    const Increment* increment_;
    Homes homes_;
    CopyWriter copy_;
    OutputFile* file_;
    std::vector<std::int64_t> companies_;  // all that have one of the homes
    std::vector<std::int64_t> investors_;
    std::vector<LoadedRows> loaded_;
};

}  // namespace

Increment increment_since(const Ledger& ledger, const Head& head) {
    Increment increment;
    increment.entry = entry_at(ledger, head);
    increment.round = last_round_of(ledger, increment.entry);
    const std::string touched = touched_since(increment.entry);
    increment.touched = first_numbers(
        ledger, touched + "SELECT entry FROM touched WHERE entry <= " + std::to_string(increment.entry));
    const Homes homes(ledger);
    increment.moved = Homes(ledger, increment.entry).moved_to(homes);
    const std::set<std::int64_t> changed = changed_homes(ledger, touched, homes);
    increment.homes.assign(changed.begin(), changed.end());
    std::set<std::int64_t> investors;
    for (const std::int64_t party : first_numbers(ledger, of_touched(touched, "counterparty"))) {
        if (!changed.contains(homes.of(party))) investors.insert(homes.of(party));
    }
    increment.investors.assign(investors.begin(), investors.end());
    for (const std::string& kind : first_column(
             ledger,
             touched + "SELECT DISTINCT e.kind FROM touched t CROSS JOIN entry e ON e.entry = t.entry")) {
        increment.rates = increment.rates || kind == "fx_rate" || kind == "source";
        increment.retractions = increment.retractions || kind == "retraction";
        increment.currencies = increment.currencies || kind == "currency";
    }
    return increment;
}

std::vector<LoadedRows> write_increment(const Ledger& ledger, std::span<const ShippedTable> tables,
                                        const Increment& increment, OutputFile& file) {
    IncrementWriter writer(ledger, increment, file);
    writer.prepare(tables);
    for (const ShippedTable& table : tables) writer.add(table);
    return writer.loaded();
}

}  // namespace postmoney::detail
