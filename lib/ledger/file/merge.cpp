#include "ledger/file/merge.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/progress_meter.hpp"
#include "ledger/file/replay.hpp"
#include "ledger/file/verification.hpp"
#include "ledger/read/chain_paths.hpp"
#include "ledger/read/name_conflicts.hpp"

namespace postmoney::detail {

namespace {

void refuse_problem(const Connection& connection, const std::string& problem) {
    if (problem.empty()) return;
    throw Error(ErrorCode::damaged, "fails verify, nothing is merged: " + problem)
        .at(connection.path().string(), 0);
}

// The places of one file's chains, by their hashes: one covers all that comes before it.
class Places {
  public:
    explicit Places(Connection& connection) : chains_(connection) { chains_.refresh(); }

    [[nodiscard]] const std::map<std::int64_t, ChainRow>& rows() const { return chains_.rows(); }
    [[nodiscard]] ChainEnd end(std::int64_t chain) { return chains_.end(chain); }

    [[nodiscard]] std::optional<ChainEnd> at(std::int64_t chain, std::int64_t seq) {
        return chains_.at(chain, seq);
    }

    // The chain of that id that has the place with the hash.
    [[nodiscard]] std::optional<std::int64_t> find(const ChainId& id, const ChainEnd& place) {
        for (const auto& [chain, row] : rows()) {
            if (row.id != id) continue;
            const auto own = at(chain, place.seq);
            if (own && own->hash == place.hash) return chain;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Timestamp> last_recorded() { return chains_.last_recorded_beside(0); }

  private:
    ChainPaths chains_;
};

// Where the places of another file's chain go.
struct Route {
    std::int64_t known = 0;  // those up to this one are on record
    std::int64_t to = 0;     // the others go to this chain
};

// Finds what is new in another file, and the chains that it goes to: those that it goes on from, or new ones.
class Routes {
  public:
    Routes(Connection& to, Connection& from) : to_(to), from_(from) {
        for (const auto& [chain, row] : to_.rows()) {
            rows_[chain] = row;
            ends_[chain] = to_.end(chain).seq;
        }
        for (const auto& [chain, row] : from_.rows()) plan(row);  // a trunk before its branches
    }

    [[nodiscard]] const std::map<std::int64_t, Route>& routes() const { return routes_; }
    [[nodiscard]] const std::vector<ChainRow>& created() const { return created_; }
    // How many chains have something new.
    [[nodiscard]] std::int64_t chains() const { return chains_; }
    // Whether all that is new is later than all that is on record.
    [[nodiscard]] bool comes_after() {
        const auto last = to_.last_recorded();
        return !last || (first_new_ && *first_new_ > *last);
    }

  private:
    void plan(const ChainRow& row) {
        const std::int64_t end = from_.end(row.chain).seq;
        Route& route = routes_[row.chain];
        route.known = known(row, end);
        if (route.known >= end) return;
        ++chains_;
        const auto recorded = from_.at(row.chain, route.known + 1)->recorded;
        if (!first_new_ || *recorded < *first_new_) first_new_ = recorded;
        const auto before = chain_before(row, route.known);
        if (before && ends_.at(*before) == route.known) {
            route.to = *before;
        } else {
            route.to = create(row.id, before, route.known);
        }
        ends_[route.to] = end;
    }

    // The last place of the chain that is on record; of those that it shares with its trunk, the trunk
    // decides.
    [[nodiscard]] std::int64_t known(const ChainRow& row, std::int64_t end) {
        if (row.trunk && row.shared > 0 && !is_known(*row.trunk, row.shared)) return row.shared;
        std::int64_t low = row.shared;
        std::int64_t high = end;
        while (low < high) {
            const std::int64_t middle = low + (high - low + 1) / 2;
            if (to_.find(row.id, *from_.at(row.chain, middle))) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    // The chain of the other file that a place of the chain is in.
    [[nodiscard]] std::int64_t holder(std::int64_t chain, std::int64_t seq) const {
        for (const ChainRow* row = &from_.rows().at(chain); row->trunk && seq <= row->shared;) {
            chain = *row->trunk;
            row = &from_.rows().at(chain);
        }
        return chain;
    }

    [[nodiscard]] bool is_known(std::int64_t chain, std::int64_t seq) const {
        return seq <= routes_.at(holder(chain, seq)).known;
    }

    // The chain here that has the place, or will have it; null for the place before the first.
    [[nodiscard]] std::optional<std::int64_t> chain_before(const ChainRow& row, std::int64_t seq) {
        if (seq == 0) {
            for (const auto& [chain, other] : rows_) {
                if (other.id == row.id && ends_.at(chain) == 0) return chain;
            }
            return std::nullopt;
        }
        const std::int64_t in = holder(row.chain, seq);
        if (in != row.chain && !is_known(row.chain, seq)) return routes_.at(in).to;
        return to_.find(row.id, *from_.at(in, seq));
    }

    [[nodiscard]] std::int64_t create(const ChainId& id, std::optional<std::int64_t> trunk,
                                      std::int64_t shared) {
        ChainRow row{rows_.empty() ? 1 : rows_.rbegin()->first + 1, id, trunk, shared};
        for (const auto& [chain, other] : rows_) {
            if (!row.trunk && other.id == id)
                row.trunk = chain;  // the same chain, apart from its first entry on
        }
        rows_[row.chain] = row;
        created_.push_back(row);
        return row.chain;
    }

    Places to_;
    Places from_;
    std::map<std::int64_t, ChainRow> rows_;      // here, with those to be created
    std::map<std::int64_t, std::int64_t> ends_;  // of these, when all is merged
    std::map<std::int64_t, Route> routes_;
    std::vector<ChainRow> created_;
    std::int64_t chains_ = 0;
    std::optional<Timestamp> first_new_;
};

// What is new of another file, in order.
class NewPlaces {
  public:
    NewPlaces(Connection& from, const Routes& routes) : reader_(from), routes_(&routes.routes()) {}

    [[nodiscard]] bool next() {
        while (reader_.next()) {
            if (reader_.seq() > routes_->at(reader_.chain()).known) return true;
        }
        return false;
    }
    [[nodiscard]] const PlaceReader& place() const { return reader_; }
    [[nodiscard]] std::int64_t chain() const { return routes_->at(reader_.chain()).to; }

  private:
    PlaceReader reader_;
    const std::map<std::int64_t, Route>* routes_;
};

// Records places in a ledger, where they come to the hashes that they had.
class CheckedReplay {
  public:
    CheckedReplay(Connection& connection, ProgressMeter& meter)
        : replay_(connection, [&](const PlaceToReplay& place, const Replay::Record& record) {
              check(place, record);
              meter.step();
          }) {}

    [[nodiscard]] Replay& replay() noexcept { return replay_; }

  private:
    void check(const PlaceToReplay& place, const Replay::Record& record) const {
        try {
            if (record() && std::ranges::equal(replay_.hash().bytes, place.hash)) return;
        } catch (const Error& error) {
            throw error.at(place.file->path().string(), 0);
        }
        throw Error(ErrorCode::damaged,
                    "entry " + std::to_string(place.entry) + " is not where its chain has it")
            .at(place.file->path().string(), 0);
    }

    Replay replay_;
};

// Records what is new after what is on record.
void append(Connection& to, Connection& from, const Routes& routes, ProgressMeter& meter) {
    CheckedReplay checked(to, meter);
    Replay& replay = checked.replay();
    for (const ChainRow& row : routes.created()) replay.chains().add(row);
    NewPlaces places(from, routes);
    while (places.next()) replay.add(places.chain(), places.place());
    replay.finish();
}

// Records all of both in a scratch ledger.
void record_both(Connection& scratch, Connection& to, Connection& from, const Routes& routes,
                 ProgressMeter& meter) {
    Transaction transaction(scratch);
    CheckedReplay checked(scratch, meter);
    Replay& replay = checked.replay();
    ChainPaths chains(to);
    chains.refresh();
    for (const auto& [chain, row] : chains.rows()) replay.chains().add(row);
    for (const ChainRow& row : routes.created()) replay.chains().add(row);
    Statement(scratch.handle(), "INSERT INTO ledger VALUES (1, ?1, ?2)")
        .bind(to.integer("SELECT own_chain FROM ledger"), to.integer("SELECT min_reader FROM ledger"))
        .run();
    PlaceReader own(to);
    NewPlaces others(from, routes);
    bool more_own = own.next();
    bool more_others = others.next();
    while (more_own || more_others) {
        if (more_own && (!more_others || own.order() < others.place().order())) {
            replay.add(own.chain(), own);
            more_own = own.next();
        } else {
            replay.add(others.chain(), others.place());
            more_others = others.next();
        }
    }
    replay.finish();
    transaction.commit();
}

std::vector<std::string> texts(Connection& connection, const std::string& sql) {
    std::vector<std::string> result;
    Statement read(connection.handle(), sql);
    while (read.step()) result.emplace_back(read.text(0));
    return result;
}

void copy_table(Connection& to, Connection& scratch, const std::string& table) {
    std::string columns;
    std::string parameters;
    int count = 0;
    for (const std::string& column : texts(scratch, "SELECT name FROM pragma_table_info('" + table + "')")) {
        columns += (count == 0 ? "" : ", ") + column;
        parameters += count == 0 ? "?" : ", ?";
        ++count;
    }
    Statement read(scratch.handle(), "SELECT " + columns + " FROM " + table);
    Statement insert(to.handle(), "INSERT INTO " + table + " (" + columns + ") VALUES (" + parameters + ")");
    while (read.step()) {
        insert.reset();
        for (int column = 0; column < count; ++column) insert.bind_value(column + 1, read, column);
        insert.run();
    }
}

// Gives the ledger the scratch ledger's rows: the one place where rows are taken away, within a transaction
// that puts them back in their new order.
void overwrite(Connection& to, Connection& scratch) {
    to.execute("PRAGMA defer_foreign_keys = ON");
    const auto tables = texts(
        scratch,
        "SELECT name FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*' AND type = 'table' ORDER BY rowid");
    for (const std::string& table : tables) to.execute("DELETE FROM " + table);
    for (const std::string& table : tables) copy_table(to, scratch, table);
}

void report_on(MergeReport& report, Connection& merged, std::int64_t before) {
    report.added = merged.integer("SELECT count(*) FROM entry") - before;
    report.conflicts = static_cast<std::int64_t>(name_conflicts(merged, std::nullopt).size());
    report.digest = digest_of(merged);
    report.head = head_of(merged);
}

}  // namespace

MergeReport merge_ledger(Connection& to, Connection& from, const MergeOptions& options) {
    std::optional<Transaction> transaction;
    if (!options.dry_run) transaction.emplace(to);
    const Snapshot own_snapshot(to);
    const Snapshot snapshot(from);
    MergeReport report;
    report.entries = from.integer("SELECT count(*) FROM entry");
    const std::int64_t before = to.integer("SELECT count(*) FROM entry");
    ProgressMeter meter(options.progress, "entries", 2 * static_cast<std::uint64_t>(report.entries + before));
    // Both are recorded anew, unless what is new comes after all else.
    Connection scratch{Connection::Scratch()};
    refuse_problem(from, entries_problem(from, scratch, &meter));
    refuse_problem(to, entries_problem(to, scratch, &meter));
    Routes routes(to, from);
    report.chains = routes.chains();
    if (routes.chains() == 0) {
        report_on(report, to, before);
        meter.finish();
        return report;
    }
    if (!options.dry_run && routes.comes_after()) {
        refuse_problem(to, first_problem(to, &meter));
        append(to, from, routes, meter);
    } else {
        record_both(scratch, to, from, routes, meter);
        if (options.dry_run) {
            report_on(report, scratch, before);
            meter.finish();
            return report;
        }
        overwrite(to, scratch);
    }
    report_on(report, to, before);
    meter.finish();
    transaction->commit();
    return report;
}

}  // namespace postmoney::detail
