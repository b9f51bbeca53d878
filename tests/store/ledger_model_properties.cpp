// Random programs of recording, superseding, retracting, applying again and opening again, against a model: a
// plain list of entries, whose standing and totals are computed in the most naive way, after schema/FACTS.md
// and not after the library.
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
    [[nodiscard]] std::int64_t known() const { return form == Form::at_most ? 0 : millions; }
    [[nodiscard]] bool open() const { return form == Form::at_least; }
};

struct ModelEntry {
    std::string kind;
    std::string line;
    std::string key;
    std::int64_t recorded = 0;    // seconds after the beginning
    std::vector<std::size_t> of;  // the entries that it supersedes or retracts
    std::size_t source =
        SIZE_MAX;  // the entry that first stated its source; of a source: the one that it speaks for
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

// What a ledger holds, and what follows from it.
class Model {
  public:
    std::vector<ModelEntry> entries;
    std::map<std::string, std::string> company_of;  // by the round's handle

    // Which entries stand, as known at that time.
    [[nodiscard]] std::vector<bool> standing(std::int64_t known_at) const {
        std::vector<bool> stands(entries.size(), false);
        for (std::size_t i = entries.size(); i-- > 0;) {
            if (entries[i].recorded > known_at) continue;
            stands[i] = true;
            for (std::size_t j = i + 1; j < entries.size(); ++j) {
                const auto& of = entries[j].of;
                if (stands[j] && std::find(of.begin(), of.end(), i) != of.end()) stands[i] = false;
            }
        }
        return stands;
    }

    [[nodiscard]] bool names(const std::string& company) const {
        return std::any_of(company_of.begin(), company_of.end(),
                           [&](const auto& round) { return round.second == company; });
    }

    // As text_of(totals) in the fixtures prints it.
    [[nodiscard]] std::string total(const std::string& company, std::int64_t known_at,
                                    const std::string& as_of) const {
        const std::vector<bool> stands = standing(known_at);
        std::int64_t known = 0;
        std::int64_t upper = 0;
        std::int64_t rounds = 0;
        std::int64_t undisclosed = 0;
        bool open = false;
        bool any_amount = false;
        for (const auto& [handle, owner] : company_of) {
            if (owner != company) continue;
            std::vector<std::size_t> statements;
            std::map<std::string, std::vector<std::size_t>> closings;  // by day
            for (std::size_t i = 0; i < entries.size(); ++i) {
                const ModelEntry& entry = entries[i];
                if (!stands[i] || entry.round != handle) continue;
                if (!as_of.empty() && entry.on > as_of) continue;
                if (entry.kind == "round") statements.push_back(i);
                if (entry.kind == "closing") closings[entry.on].push_back(i);
            }
            if (statements.empty() && closings.empty()) continue;
            const auto field = [&](const auto& has) { return winner(statements, has, stands); };
            const std::size_t status = field([](const ModelEntry& e) { return !e.status.empty(); });
            if (status != SIZE_MAX &&
                (entries[status].status == "rumoured" || entries[status].status == "cancelled"))
                continue;
            const std::size_t closed = field([](const ModelEntry& e) { return !e.closed.empty(); });
            const std::string date = closed == SIZE_MAX ? "" : entries[closed].closed;
            const bool dated = as_of.empty() || !date.empty();
            if (!as_of.empty() && !date.empty() && date > as_of) {
                if (closings.empty()) continue;
            }
            const bool come = as_of.empty() || (dated && date <= as_of);
            const std::size_t raised = winner_of_amounts(statements, stands);
            if (raised != SIZE_MAX && entries[raised].raised->form != Form::undisclosed) {
                if (dated && !come) continue;
                const ModelAmount& amount = *entries[raised].raised;
                if (come) {
                    known += amount.known();
                    ++rounds;
                }
                any_amount = true;
                upper += amount.millions;
                open = open || amount.open();
                continue;
            }
            bool disclosed = false;
            for (const auto& [day, claims] : closings) {
                const ModelAmount& amount = *entries[winner_of_amounts(claims, stands)].raised;
                if (amount.form == Form::undisclosed) {
                    open = true;
                    continue;
                }
                disclosed = true;
                any_amount = true;
                known += amount.known();
                upper += amount.millions;
                open = open || amount.open();
            }
            if (closings.empty() && (come || !dated)) open = true;
            if (!come && closings.empty()) continue;
            ++rounds;
            if (!disclosed) {
                ++undisclosed;
                open = true;
            }
        }
        if (rounds == 0) return "nothing";
        const std::string money =
            any_amount ? std::to_string(known) + (known == 0 ? ".00 USD" : "000000.00 USD") : "0";
        return money + " over " + std::to_string(rounds) + ", " + std::to_string(undisclosed) +
               " undisclosed, up to " + (open ? "no bound" : std::to_string(upper));
    }

  private:
    // The claim that wins; SIZE_MAX when none has the field.
    template <class Has>
    [[nodiscard]] std::size_t winner(const std::vector<std::size_t>& claims, const Has& has,
                                     const std::vector<bool>& stands) const {
        std::size_t best = SIZE_MAX;
        for (const std::size_t claim : claims) {
            if (!has(entries[claim])) continue;
            if (best == SIZE_MAX || better(claim, best, stands)) best = claim;
        }
        return best;
    }

    // Of those that state an amount; undisclosed never beats a disclosed one.
    [[nodiscard]] std::size_t winner_of_amounts(const std::vector<std::size_t>& claims,
                                                const std::vector<bool>& stands) const {
        const std::size_t disclosed = winner(
            claims, [](const ModelEntry& e) { return e.raised && e.raised->form != Form::undisclosed; },
            stands);
        if (disclosed != SIZE_MAX) return disclosed;
        return winner(
            claims, [](const ModelEntry& e) { return e.raised.has_value(); }, stands);
    }

    [[nodiscard]] bool better(std::size_t a, std::size_t b, const std::vector<bool>& stands) const {
        const std::size_t source_a = source_of(a, stands);
        const std::size_t source_b = source_of(b, stands);
        const int rank_a = source_a == SIZE_MAX ? 5 : entries[source_a].rank;
        const int rank_b = source_b == SIZE_MAX ? 5 : entries[source_b].rank;
        if (rank_a != rank_b) return rank_a < rank_b;
        const std::string published_a = source_a == SIZE_MAX ? "" : entries[source_a].published;
        const std::string published_b = source_b == SIZE_MAX ? "" : entries[source_b].published;
        if (published_a != published_b) return published_a > published_b;
        return a > b;  // recorded and place grow with the index
    }

    // The source as it stands: the latest of the entries that state it.
    [[nodiscard]] std::size_t source_of(std::size_t claim, const std::vector<bool>& stands) const {
        if (entries[claim].source == SIZE_MAX) return SIZE_MAX;
        std::size_t found = SIZE_MAX;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (entries[i].kind == "source" && entries[i].source == entries[claim].source && stands[i])
                found = i;
        }
        return found;
    }
};

std::string library_total(const Ledger& ledger, const std::string& company, std::int64_t known_at,
                          const std::string& as_of) {
    TotalQuery query;
    query.viewpoint.known_at = at(time_text(known_at));
    if (!as_of.empty()) query.viewpoint.as_of = PartialDate::parse(as_of);
    const std::vector<Total> totals = ledger.total_raised(company, query);
    if (totals.empty()) return "nothing";
    const auto millions = [](const Money& money) { return std::to_string(money.minor() / 100'000'000); };
    return text_of(totals) + ", up to " + (totals[0].upper ? millions(*totals[0].upper) : "no bound");
}

// One random program: it acts on a ledger and on the model alike.
class Program {
  public:
    explicit Program(std::uint64_t seed) : random_(seed), ledger_(open()) {}

    void run(int steps) {
        for (int step = 0; step < steps; ++step) {
            now_ += pick(3);  // often the same time as before
            switch (pick(10)) {
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
                    ledger_.reset();
                    ledger_.emplace(open());
                    break;
                default:
                    state_round();
                    break;
            }
        }
    }

    void check() const {
        std::set<std::int64_t> times{0, now_ + 1};
        for (const ModelEntry& entry : model_.entries) times.insert(entry.recorded);
        for (const std::int64_t known_at : times) {
            check_standing(known_at);
            for (const std::string& company : companies_) {
                if (!model_.names(company)) continue;  // nobody has spoken of it
                for (const char* as_of : {"", "2019-12-31", "2020-06-30", "2020-12-31"}) {
                    CHECK(library_total(*ledger_, company, known_at, as_of) ==
                          model_.total(company, known_at, as_of));
                }
            }
        }
        const Verification verified = ledger_->verify();
        CHECK_MESSAGE(verified.ok, verified.problem);
        CHECK(verified.entries == static_cast<std::int64_t>(model_.entries.size()));
        Ledger copy = in_memory();
        apply_text(copy, exported(*ledger_));
        CHECK(copy.head().hash == ledger_->head().hash);
        CHECK(copy.digest() == ledger_->digest());
    }

  private:
    [[nodiscard]] Ledger open() const { return Ledger::open(folder_ / "l.db", options()); }
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
        for (std::size_t i = 0; i < model_.entries.size(); ++i) {
            if (kind.empty() || model_.entries[i].kind == kind) found.push_back(i);
        }
        return found;
    }

    // `"supersedes":...`, for a third of the entries that have something to supersede.
    void supersede(ModelEntry& entry, std::string& fields) {
        const auto candidates = of_kind(entry.kind);
        if (candidates.empty() || !chance(33)) return;
        const std::size_t target =
            candidates[static_cast<std::size_t>(pick(static_cast<std::int64_t>(candidates.size())))];
        // A source id is one source's: what replaces another one needs another id.
        if (entry.kind == "source") entry.source = model_.entries[target].source;
        entry.of.push_back(target);
        fields += R"(,"supersedes":)" + reference(target);
    }

    // By its key, or by its id.
    [[nodiscard]] std::string reference(std::size_t target) {
        if (chance(50)) return "\"" + model_.entries[target].key + "\"";
        return "\"sha256:" + FactsReader().read(model_.entries[target].line).id.to_string() + "\"";
    }

    void add_source(ModelEntry& entry, std::string& fields) {
        const auto sources = of_kind("source");
        if (sources.empty() || chance(30)) return;
        const std::size_t source =
            sources[static_cast<std::size_t>(pick(static_cast<std::int64_t>(sources.size())))];
        entry.source = model_.entries[source].source;
        fields += R"(,"source":"id-)" + model_.entries[source].key + "\"";
    }

    void record(ModelEntry entry, const std::string& fields) {
        entry.key = "k" + std::to_string(model_.entries.size());
        entry.line = R"({"kind":")" + entry.kind + R"(","key":")" + entry.key + "\"" + fields + "}";
        entry.recorded = now_;
        if (entry.kind == "source" && entry.source == SIZE_MAX) entry.source = model_.entries.size();
        CHECK(apply_text(*ledger_, entry.line, time_text(now_)).recorded == 1);
        model_.entries.push_back(std::move(entry));
    }

    void state_source() {
        ModelEntry entry;
        entry.kind = "source";
        entry.rank = static_cast<int>(pick(5));
        std::string fields = R"(,"id":"id-k)" + std::to_string(model_.entries.size()) + R"(","type":")" +
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
            model_.company_of.try_emplace(entry.round, companies_[static_cast<std::size_t>(pick(3))]);
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
        if (model_.company_of.empty()) return;
        ModelEntry entry;
        entry.kind = "closing";
        auto at = model_.company_of.begin();
        std::advance(at, pick(static_cast<std::int64_t>(model_.company_of.size())));
        entry.round = at->first;
        entry.on = day();
        entry.raised = amount();
        std::string fields = R"(,"round":")" + entry.round + R"(","on":")" + entry.on + R"(","amount":")" +
                             entry.raised->text() + "\"";
        add_source(entry, fields);
        supersede(entry, fields);
        record(std::move(entry), fields);
    }

    void retract() {
        if (model_.entries.empty()) return;
        ModelEntry entry;
        entry.kind = "retraction";
        const auto target = static_cast<std::size_t>(pick(static_cast<std::int64_t>(model_.entries.size())));
        entry.of.push_back(target);
        std::string fields = R"(,"of":)" + reference(target) + R"(,"reason":"x")";
        supersede(entry, fields);
        record(std::move(entry), fields);
    }

    void apply_again() {
        if (model_.entries.empty()) return;
        const auto which = static_cast<std::size_t>(pick(static_cast<std::int64_t>(model_.entries.size())));
        const ApplyReport report = apply_text(*ledger_, model_.entries[which].line, time_text(now_));
        CHECK(report.recorded == 0);
        CHECK(report.repeated == 1);
    }

    void check_standing(std::int64_t known_at) const {
        const std::vector<bool> stands = model_.standing(known_at);
        std::vector<std::string> expected;
        for (std::size_t i = 0; i < stands.size(); ++i) {
            if (stands[i]) expected.push_back(model_.entries[i].key);
        }
        std::vector<std::string> found;
        ledger_->for_each_entry(
            [&](const LogEntry& entry) {
                if (entry.stands) found.push_back(entry.key);
            },
            at(time_text(known_at)));
        CHECK(found == expected);
    }

    const std::vector<std::string> companies_{"Acme", "Borealis", "Cumulus"};
    TempFolder folder_;
    std::mt19937_64 random_;
    std::int64_t now_ = 1;
    Model model_;
    std::optional<Ledger> ledger_;
};

}  // namespace

TEST_CASE("random programs come to what a naive model says, at every time") {
    // POSTMONEY_SEED=n POSTMONEY_PROGRAMS=m runs others: the seeds n to n + m - 1.
    const char* seed_text = std::getenv("POSTMONEY_SEED");
    const char* programs_text = std::getenv("POSTMONEY_PROGRAMS");
    const std::uint64_t first = seed_text != nullptr ? std::stoull(seed_text) : 1;
    const std::uint64_t programs = programs_text != nullptr ? std::stoull(programs_text) : 100;
    MESSAGE("seeds ", first, " to ", first + programs - 1);
    for (std::uint64_t seed = first; seed < first + programs; ++seed) {
        CAPTURE(seed);
        Program program(seed);
        program.run(30);
        program.check();
    }
}
