// Random programs record, supersede, retract, apply again, open again and merge, on ledgers that may be
// copies of one another. A model checks them: a plain list of entries. What stands of them, from which
// sources, is worked out in the most naive way, after schema/FACTS.md and not after the library; what that
// comes to is asked of the pure functions, which know no store.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "fixtures.hpp"

using namespace store_test;

namespace {

enum class Form : std::uint8_t { exact, at_least, at_most, undisclosed };

struct ModelAmount {
    Form form = Form::undisclosed;
    std::int64_t millions = 0;

    [[nodiscard]] std::string text() const {
        const std::string number = std::to_string(millions) + " million USD";
        switch (form) {
            case Form::exact:
                return number;
            case Form::at_least:
                return "at least " + number;
            case Form::at_most:
                return "at most " + number;
            case Form::undisclosed:
                break;
        }
        return "undisclosed";
    }
};

struct ModelEntry {
    std::string kind;
    std::string line;
    std::string key;
    EntryId id;
    std::size_t supersedes = SIZE_MAX;
    std::size_t retracts = SIZE_MAX;
    std::vector<std::size_t> refers;  // these, and the source that it names
    std::size_t source =
        SIZE_MAX;  // the entry that first stated its source; for a source, the one that it speaks for
    // rounds and closings
    std::string round;
    std::optional<ModelAmount> raised;
    std::string status;
    std::string closed;
    std::string on;
    // sources
    int rank = 5;
    std::string published;
};

constexpr std::array<const char*, 5> source_types{"filing", "company", "database", "press", "rumour"};
constexpr std::array<const char*, 5> statuses{"rumoured", "announced", "open", "closed", "cancelled"};

std::string time_text(std::int64_t seconds) {
    return Timestamp::from_microseconds(1'600'000'000'000'000 + seconds * 1'000'000).to_string();
}

// Every entry that any ledger of a program holds.
struct World {
    std::vector<ModelEntry> entries;
    std::map<std::string, std::string> company_of;  // by the round's handle
};

// The first place of an entry in a ledger.
struct ModelPlace {
    std::int64_t recorded = 0;  // seconds since the beginning
    Place place;
    EntryId id;

    friend auto operator<=>(const ModelPlace&, const ModelPlace&) = default;
};

// With the upper bound in millions.
std::string text_with_bound(const std::vector<Total>& totals) {
    if (totals.empty()) return "nothing";
    const auto millions = [](const Money& money) { return std::to_string(money.minor() / 100'000'000); };
    return text_of(totals) + ", up to " + (totals[0].upper ? millions(*totals[0].upper) : "no bound");
}

// The contents of a ledger, and what follows from them.
class Model {
  public:
    explicit Model(const World& world) : entries(world.entries), company_of(world.company_of) {}

    const std::vector<ModelEntry>& entries;
    const std::map<std::string, std::string>& company_of;
    std::map<std::size_t, ModelPlace> places;  // by the entry's number in the world

    // Returns how many entries were new.
    std::int64_t merge(const Model& other) {
        std::int64_t added = 0;
        for (const auto& [entry, place] : other.places) {
            const auto [at, is_new] = places.emplace(entry, place);
            if (is_new) ++added;
            at->second = std::min(at->second, place);
        }
        return added;
    }

    [[nodiscard]] bool has(std::size_t entry) const { return places.find(entry) != places.end(); }

    // The entries of the ledger, in the order of their places.
    [[nodiscard]] std::vector<std::size_t> order() const {
        std::vector<std::size_t> result;
        for (const auto& place : places) result.push_back(place.first);
        std::sort(result.begin(), result.end(),
                  [&](std::size_t a, std::size_t b) { return places.at(a) < places.at(b); });
        return result;
    }

    // Which entries stand, as known at that time: the rule of FACTS.md, word by word.
    [[nodiscard]] std::vector<bool> standing(std::int64_t known_at) const {
        std::map<std::size_t, bool> found;
        const auto known = [&](std::size_t entry) {
            return has(entry) && places.at(entry).recorded <= known_at;
        };
        const auto stands = [&](const auto& self, std::size_t entry) -> bool {
            if (const auto at = found.find(entry); at != found.end()) return at->second;
            const auto taken_back = [&](std::size_t other) {
                for (std::size_t i = 0; i < entries.size(); ++i) {
                    if (known(i) && entries[i].retracts == other && self(self, i)) return true;
                }
                return false;
            };
            const auto corrected = [&](const auto& again, std::size_t other) -> bool {
                for (std::size_t i = 0; i < entries.size(); ++i) {
                    if (!known(i) || entries[i].supersedes != other) continue;
                    if (!taken_back(i) || again(again, i)) return true;
                }
                return false;
            };
            return found[entry] = !taken_back(entry) && !corrected(corrected, entry);
        };
        std::vector<bool> result(entries.size(), false);
        for (std::size_t i = 0; i < entries.size(); ++i) result[i] = known(i) && stands(stands, i);
        return result;
    }

    // The handles of the rounds that it knows.
    [[nodiscard]] std::vector<std::string> handles() const {
        std::set<std::string> found;
        for (const auto& place : places) {
            if (entries[place.first].kind == "round") found.insert(entries[place.first].round);
        }
        return {found.begin(), found.end()};
    }

    [[nodiscard]] bool names(const std::string& company) const {
        const auto known = handles();
        return std::any_of(known.begin(), known.end(),
                           [&](const std::string& handle) { return company_of.at(handle) == company; });
    }

    // The total of what stands, as text.
    [[nodiscard]] std::string total(const std::string& company, std::int64_t known_at,
                                    const std::string& as_of) const {
        const std::vector<bool> stands = standing(known_at);
        Dossier dossier{.party = 1, .company = company, .claims = {}};
        for (const std::size_t i : order()) {
            const bool is_claim = entries[i].kind == "round" || entries[i].kind == "closing";
            if (is_claim && stands[i] && company_of.at(entries[i].round) == company)
                dossier.claims.push_back(claim(i, stands));
        }
        Viewpoint viewpoint;
        if (!as_of.empty()) viewpoint.as_of = PartialDate::parse(as_of);
        return text_with_bound(total_raised(resolve(dossier, {}, viewpoint), {.as_of = viewpoint.as_of}));
    }

  private:
    [[nodiscard]] Claim claim(std::size_t number, const std::vector<bool>& stands) const {
        const ModelEntry& entry = entries[number];
        Claim claim{.entry = {.content = content_of(entry)},
                    .id = entry.id,
                    .recorded = at(time_text(places.at(number).recorded)),
                    .place = places.at(number).place};
        if (const std::size_t source = source_of(number, stands); source != SIZE_MAX) {
            const ModelEntry& stated = entries[source];
            Source held{.id = "s" + std::to_string(stated.source),
                        .type = static_cast<SourceType>(stated.rank)};
            if (!stated.published.empty()) held.published = PartialDate::parse(stated.published);
            claim.entry.source = held.id;
            claim.source = std::make_shared<const Source>(std::move(held));
        }
        return claim;
    }

    [[nodiscard]] static EntryContent content_of(const ModelEntry& entry) {
        if (entry.kind == "closing") {
            return Closing{.round = entry.round,
                           .on = PartialDate::parse(entry.on),
                           .amount = Amount::parse(entry.raised->text())};
        }
        RoundStatement round;
        round.round = entry.round;
        if (entry.raised) round.raised = Amount::parse(entry.raised->text());
        for (std::size_t i = 0; i < statuses.size(); ++i) {
            if (entry.status == statuses[i]) round.status = static_cast<RoundStatus>(i);
        }
        if (!entry.closed.empty()) round.closed = PartialDate::parse(entry.closed);
        if (!entry.on.empty()) round.on = PartialDate::parse(entry.on);
        return round;
    }

    // What decides among entries where nothing else does: the later `recorded`, then the greater id.
    [[nodiscard]] std::pair<std::int64_t, EntryId> rank(std::size_t entry) const {
        return {places.at(entry).recorded, entries[entry].id};
    }

    // The source as it stands: of the entries that state it the one latest by `recorded`, then id.
    [[nodiscard]] std::size_t source_of(std::size_t claim, const std::vector<bool>& stands) const {
        if (entries[claim].source == SIZE_MAX) return SIZE_MAX;
        std::size_t found = SIZE_MAX;
        for (const std::size_t i : order()) {
            const bool states = entries[i].kind == "source" && entries[i].source == entries[claim].source;
            if (states && stands[i] && (found == SIZE_MAX || rank(i) > rank(found))) found = i;
        }
        return found;
    }
};

std::string library_total(const Ledger& ledger, const std::string& company, std::int64_t known_at,
                          const std::string& as_of) {
    TotalQuery query;
    query.viewpoint.known_at = at(time_text(known_at));
    if (!as_of.empty()) query.viewpoint.as_of = PartialDate::parse(as_of);
    return text_with_bound(ledger.total_raised(company, query));
}

// A ledger and the model of it.
struct Desk {
    std::filesystem::path path;
    Model model;
    std::optional<Ledger> ledger = {};

    void open() {
        ledger.reset();
        ledger.emplace(Ledger::open(path, options()));
    }
};

// One random program: it acts on ledgers and on their models alike.
class Program {
  public:
    explicit Program(std::uint64_t seed) : random_(seed) {
        desks_.push_back({folder_ / "0.db", Model(world_)});
        desks_.back().open();
    }

    void run(int steps) {
        for (int step = 0; step < steps; ++step) {
            now_ += pick(3);  // often stays the same
            desk_ = static_cast<std::size_t>(pick(static_cast<std::int64_t>(desks_.size())));
            switch (pick(12)) {
                case 0:
                    state_source();
                    break;
                case 1:
                case 2:
                    retract();
                    break;
                case 3:
                    state_closing();
                    break;
                case 4:
                    apply_again();
                    break;
                case 5:
                    desk().open();
                    break;
                case 6:
                    add_desk();
                    break;
                case 7:
                    merge();
                    break;
                default:
                    state_round();
                    break;
            }
        }
    }

    void check() {
        for (Desk& one : desks_) check(one, {now_ + 1});
        for (std::size_t i = 1; i < desks_.size(); ++i) merge(desks_.front(), desks_[i]);
        std::set<std::int64_t> times{0, now_ + 1};
        for (const auto& place : desks_.front().model.places) times.insert(place.second.recorded);
        check(desks_.front(), times);
    }
    [[nodiscard]] std::size_t merges() const { return merges_; }

  private:
    Desk& desk() { return desks_[desk_]; }
    [[nodiscard]] const Model& model() const { return desks_[desk_].model; }

    void check(Desk& one, const std::set<std::int64_t>& times) const {
        const Ledger& ledger = *one.ledger;
        for (const std::int64_t known_at : times) {
            check_standing(one, known_at);
            for (const std::string& company : companies_) {
                if (!one.model.names(company)) continue;  // no entry names it
                for (const char* as_of : {"", "2019-12-31", "2020-06-30", "2020-12-31"}) {
                    CHECK(library_total(ledger, company, known_at, as_of) ==
                          one.model.total(company, known_at, as_of));
                }
            }
        }
        CHECK(keys_of(ledger, "SELECT key FROM entries WHERE stands ORDER BY entry") ==
              keys_of(ledger,
                      "SELECT e.key FROM entries_known k JOIN entry e ON e.entry = k.entry "
                      "WHERE k.known_to = 253402300799999999 ORDER BY k.entry"));
        check_sums(ledger);
        const Verification verified = ledger.verify();
        CHECK_MESSAGE(verified.ok, verified.problem);
        CHECK(verified.entries == static_cast<std::int64_t>(one.model.places.size()));
        Ledger copy = in_memory();
        apply_text(copy, exported(ledger));
        CHECK(copy.digest() == ledger.digest());
        if (verified.heads.size() == 1) CHECK(copy.head().hash == ledger.head().hash);
    }

    // The sums that are kept by differences equal the sums of their rows.
    static void check_sums(const Ledger& ledger) {
        const auto text = [](const SqlCell& cell) {
            const auto* number = std::get_if<std::int64_t>(&cell);
            return number != nullptr ? std::to_string(*number)
                                     : std::string(std::get<std::string_view>(cell));
        };
        const auto rows = [&](std::string_view sql) {
            std::vector<std::string> found;
            ledger.query(sql, {.row = [&](std::span<const SqlCell> cells) {
                             std::string& row = found.emplace_back();
                             for (const SqlCell& cell : cells) row += text(cell) + "|";
                         }});
            return found;
        };
        CHECK(
            rows("SELECT scope, currency, companies, rounds, amounts, known_high, known_low FROM "
                 "ledger_total WHERE scope <> 'all' "
                 "ORDER BY 1, 2") ==
            rows("SELECT coalesce(substr(date, 1, 4), ''), coalesce(currency, ''), count(DISTINCT company), "
                 "count(DISTINCT round), count(minor), 0, coalesce(sum(minor), 0) FROM inflow "
                 "WHERE known_to = 253402300799999999 GROUP BY 1, 2 ORDER BY 1, 2"));
        CHECK(rows("SELECT currency, companies, rounds, amounts, known_high, known_low FROM ledger_total "
                   "WHERE scope = 'all' "
                   "ORDER BY 1") ==
              rows("SELECT currency, count(*), sum(rounds), count(known_minor), 0, "
                   "coalesce(sum(known_minor), 0) "
                   "FROM company_total WHERE known_to = 253402300799999999 GROUP BY 1 ORDER BY 1"));
    }

    void merge(Desk& to, Desk& from) {
        const Head head = from.ledger->head();
        const MergeReport report = to.ledger->merge(*from.ledger);
        CHECK(report.added == to.model.merge(from.model));
        CHECK(to.ledger->verify(std::span(&head, 1)).ok);
        ++now_;  // a record after a merge is later than all that the merge brought
        ++merges_;
    }

    void merge() {
        const auto other = static_cast<std::size_t>(pick(static_cast<std::int64_t>(desks_.size())));
        if (other != desk_) merge(desk(), desks_[other]);
    }

    // Adds a new ledger, or a copy of one.
    void add_desk() {
        if (desks_.size() == 3) return;
        Desk added{folder_ / (std::to_string(desks_.size()) + ".db"), Model(world_)};
        if (chance(60)) {
            desk().ledger->backup(added.path);
            added.model.merge(model());
        }
        added.open();
        desks_.push_back(std::move(added));
    }

    [[nodiscard]] std::int64_t pick(std::int64_t below) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(below));
    }
    [[nodiscard]] bool chance(std::int64_t percent) { return pick(100) < percent; }
    [[nodiscard]] std::string day() {
        return "20" + std::to_string(19 + pick(3)) + "-0" + std::to_string(1 + pick(9)) + "-15";
    }

    [[nodiscard]] ModelAmount amount() {
        const std::int64_t form = pick(8);
        return {form < 4 ? Form::exact : static_cast<Form>(form / 2 - 1), 1 + pick(50)};
    }

    // The entries of a kind that can be named.
    [[nodiscard]] std::vector<std::size_t> of_kind(const std::string& kind) const {
        std::vector<std::size_t> found;
        for (const auto& place : model().places) {
            if (kind.empty() || world_.entries[place.first].kind == kind) found.push_back(place.first);
        }
        return found;
    }

    // `"supersedes":...`, for a third of the entries that have something to supersede.
    void supersede(ModelEntry& entry, std::string& fields) {
        const auto candidates = of_kind(entry.kind);
        if (candidates.empty() || !chance(33)) return;
        const std::size_t target =
            candidates[static_cast<std::size_t>(pick(static_cast<std::int64_t>(candidates.size())))];
        // A source id belongs to one source, so a replacement needs another id.
        if (entry.kind == "source") entry.source = world_.entries[target].source;
        entry.supersedes = target;
        entry.refers.push_back(target);
        fields += R"(,"supersedes":)" + reference(target);
    }

    // The name of an entry: its key, or its id.
    [[nodiscard]] std::string reference(std::size_t target) {
        if (chance(50)) return "\"" + world_.entries[target].key + "\"";
        return "\"sha256:" + FactsReader().read(world_.entries[target].line).id.to_string() + "\"";
    }

    void add_source(ModelEntry& entry, std::string& fields) {
        const auto sources = of_kind("source");
        if (sources.empty() || chance(30)) return;
        const std::size_t source =
            sources[static_cast<std::size_t>(pick(static_cast<std::int64_t>(sources.size())))];
        entry.source = world_.entries[source].source;
        entry.refers.push_back(source);
        fields += R"(,"source":"id-)" + world_.entries[source].key + "\"";
    }

    void record(ModelEntry entry, const std::string& fields) {
        entry.key = "k" + std::to_string(world_.entries.size());
        entry.line = R"({"kind":")" + entry.kind + R"(","key":")" + entry.key + "\"" + fields + "}";
        entry.id = FactsReader().read(entry.line).id;
        if (entry.kind == "source" && entry.source == SIZE_MAX) entry.source = world_.entries.size();
        world_.entries.push_back(std::move(entry));
        apply(world_.entries.size() - 1);
    }

    // Applies the entry's line, whether or not it is new to the ledger.
    void apply(std::size_t entry) {
        const bool is_new = !model().has(entry);
        const ApplyReport report = apply_text(*desk().ledger, world_.entries[entry].line, time_text(now_));
        CHECK(report.recorded == (is_new ? 1 : 0));
        CHECK(report.repeated == (is_new ? 0 : 1));
        if (!is_new) return;
        const Head head = desk().ledger->head();
        desk().model.places[entry] = {now_, {head.chain, head.length}, world_.entries[entry].id};
    }

    void state_source() {
        ModelEntry entry;
        entry.kind = "source";
        entry.rank = static_cast<int>(pick(5));
        std::string fields = R"(,"id":"id-k)" + std::to_string(world_.entries.size()) + R"(","type":")" +
                             source_types[static_cast<std::size_t>(entry.rank)] + "\"";
        if (chance(70)) {
            entry.published = day();
            fields += R"(,"published":")" + entry.published + "\"";
        }
        supersede(entry, fields);
        record(std::move(entry), fields);
    }

    void state_round() {
        ModelEntry entry;
        entry.kind = "round";
        entry.round = "r" + std::to_string(pick(5));
        const auto [owner, is_new] =
            world_.company_of.try_emplace(entry.round, companies_[static_cast<std::size_t>(pick(3))]);
        std::string fields = R"(,"round":")" + entry.round + R"(","company":")" + owner->second + "\"";
        if (chance(70)) {
            entry.raised = amount();
            fields += R"(,"raised":")" + entry.raised->text() + "\"";
        }
        if (chance(40)) {
            entry.status = statuses[static_cast<std::size_t>(pick(5))];
            fields += R"(,"status":")" + entry.status + "\"";
        }
        if (chance(50)) {
            entry.closed = day();
            fields += R"(,"closed":")" + entry.closed + "\"";
        }
        if (chance(20)) {
            entry.on = day();
            fields += R"(,"on":")" + entry.on + "\"";
        }
        add_source(entry, fields);
        supersede(entry, fields);
        record(std::move(entry), fields);
    }

    void state_closing() {
        const auto handles = model().handles();
        if (handles.empty()) return;
        ModelEntry entry;
        entry.kind = "closing";
        entry.round = handles[static_cast<std::size_t>(pick(static_cast<std::int64_t>(handles.size())))];
        entry.on = day();
        entry.raised = amount();
        std::string fields = R"(,"round":")" + entry.round + R"(","on":")" + entry.on + R"(","amount":")" +
                             entry.raised->text() + "\"";
        add_source(entry, fields);
        supersede(entry, fields);
        record(std::move(entry), fields);
    }

    void retract() {
        const auto candidates = of_kind("");
        if (candidates.empty()) return;
        ModelEntry entry;
        entry.kind = "retraction";
        const std::size_t target =
            candidates[static_cast<std::size_t>(pick(static_cast<std::int64_t>(candidates.size())))];
        entry.retracts = target;
        entry.refers.push_back(target);
        std::string fields = R"(,"of":)" + reference(target) + R"(,"reason":"x")";
        supersede(entry, fields);
        record(std::move(entry), fields);
    }

    // Applies a line that is on record in this ledger or in another.
    void apply_again() {
        if (world_.entries.empty()) return;
        const auto which = static_cast<std::size_t>(pick(static_cast<std::int64_t>(world_.entries.size())));
        const ModelEntry& entry = world_.entries[which];
        const auto handles = model().handles();
        const bool known_round = entry.kind != "closing" ||
                                 std::find(handles.begin(), handles.end(), entry.round) != handles.end();
        const bool known = std::all_of(entry.refers.begin(), entry.refers.end(),
                                       [&](std::size_t other) { return model().has(other); });
        if (known && known_round) apply(which);
    }

    static void check_standing(const Desk& one, std::int64_t known_at) {
        const std::vector<bool> stands = one.model.standing(known_at);
        std::vector<std::string> expected;
        for (const std::size_t i : one.model.order()) {
            if (stands[i]) expected.push_back(one.model.entries[i].key);
        }
        std::vector<std::string> found;
        one.ledger->for_each_entry(
            [&](const LogEntry& entry) {
                if (entry.stands) found.push_back(entry.key);
            },
            at(time_text(known_at)));
        CHECK(found == expected);
        const std::string time = std::to_string(at(time_text(known_at)).microseconds());
        CHECK(
            keys_of(
                *one.ledger,
                "SELECT e.key FROM entries_known k JOIN entry e ON e.entry = k.entry WHERE k.known_from <= " +
                    time + " AND k.known_to > " + time + " ORDER BY k.entry") == expected);
    }

    static std::vector<std::string> keys_of(const Ledger& ledger, const std::string& sql) {
        std::vector<std::string> keys;
        ledger.query(sql, {.row = [&](std::span<const SqlCell> cells) {
                         keys.emplace_back(std::get<std::string_view>(cells.front()));
                     }});
        return keys;
    }

    const std::vector<std::string> companies_{"Acme", "Borealis", "Cumulus"};
    TempFolder folder_;
    std::mt19937_64 random_;
    std::int64_t now_ = 1;
    World world_;
    std::vector<Desk> desks_;
    std::size_t desk_ = 0;
    std::size_t merges_ = 0;
};

}  // namespace

TEST_CASE("random programs come to what a naive model says, at every time") {
    // POSTMONEY_SEED=n POSTMONEY_PROGRAMS=m runs others: the seeds n to n + m - 1.
    const char* seed_text = std::getenv("POSTMONEY_SEED");
    const char* programs_text = std::getenv("POSTMONEY_PROGRAMS");
    const std::uint64_t first = seed_text != nullptr ? std::stoull(seed_text) : 1;
    const std::uint64_t programs = programs_text != nullptr ? std::stoull(programs_text) : 15;
    MESSAGE("seeds ", first, " to ", first + programs - 1);
    std::size_t merges = 0;
    for (std::uint64_t seed = first; seed < first + programs; ++seed) {
        CAPTURE(seed);
        Program program(seed);
        program.run(50);
        program.check();
        merges += program.merges();
    }
    MESSAGE(programs, " programs of 50 steps, with ", merges, " merges");
    CHECK(merges > 0);
}
