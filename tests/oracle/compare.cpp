// Compares the answers of the library with those of the oracle.
//
//   oracle_compare ANSWERS [--show N] [--kind TEXT] [--jobs N]
//
// ANSWERS is what oracle.py writes: a ledger a line, as steps, and all the right answers on it. Each ledger
// is built anew, in memory where nothing is copied, and asked everything. The first difference of each of N
// kinds is printed with the ledger's seed and the lines that it is made of; with TEXT the first N of all
// whose kind holds it. Then how many ledgers have a difference of each kind. The exit status is 1 when there
// is any.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <postmoney/postmoney.hpp>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace {

using nlohmann::json;
using namespace postmoney;

constexpr std::size_t id_digits = 16;  // of an id that are given
constexpr std::string_view any = "*";  // what the contract leaves open

//--- Differences

struct Difference {
    std::vector<std::string> kinds;  // the same for all ledgers that fail alike
    std::string company;             // empty: of the whole ledger
    std::string text;
};

// What was found in all ledgers; the only thing that threads share.
class Report {
  public:
    Report(std::size_t show, std::string only) : show_(show), only_(std::move(only)) {}

    void add(const json& ledger, const std::vector<Difference>& differences) {
        const std::lock_guard lock(mutex_);
        ++ledgers_;
        failed_ += differences.empty() ? 0 : 1;
        std::set<std::string> kinds;
        for (const Difference& one : differences) {
            bool is_new = false;
            for (const std::string& kind : one.kinds) {
                kinds.insert(kind);
                is_new = is_new ||
                         (only_.empty() ? !shown_.contains(kind) : kind.find(only_) != std::string::npos);
            }
            if (is_new && show_ > 0) print(ledger, one);
        }
        for (const std::string& kind : kinds)
            ++kinds_.try_emplace(kind, 0, ledger["seed"]).first->second.first;
    }

    int finish() const {
        for (const auto& [kind, seen] : kinds_) {
            std::cout << seen.first << " ledgers, first seed " << seen.second << ": " << kind << '\n';
        }
        std::cout << failed_ << " of " << ledgers_ << " ledgers differ\n";
        return failed_ == 0 && ledgers_ > 0 ? 0 : 1;
    }

  private:
    // The ledger's lines, without those on other companies than the one whose answer differs.
    void print(const json& ledger, const Difference& one) {
        --show_;
        std::cout << "seed " << ledger["seed"];
        for (const std::string& kind : one.kinds) {
            shown_.insert(kind);
            std::cout << ": " << kind;
        }
        std::cout << '\n' << one.text << '\n';
        for (const json& step : ledger["steps"]) {
            if (step.contains("merge")) {
                std::cout << "  store " << step["store"] << " merges store " << step["merge"] << '\n';
            } else if (step.contains("copy")) {
                std::cout << "  store " << step["store"] << " is a copy of store " << step["copy"] << '\n';
            } else {
                std::cout << "  store " << step["store"] << " records at " << step["recorded"] << '\n';
                for (std::size_t i = 0; i < step["apply"].size(); ++i) {
                    const std::string about = step["about"][i];
                    if (about.empty() || one.company.empty() || about == one.company) {
                        std::cout << "    " << step["apply"][i].get<std::string>() << '\n';
                    }
                }
            }
        }
        std::cout << '\n';
    }

    std::mutex mutex_;
    std::size_t show_;
    std::string only_;
    std::set<std::string> shown_;
    std::int64_t ledgers_ = 0;
    std::int64_t failed_ = 0;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> kinds_;  // ledgers, the first one's seed
};

//--- Reading the file

std::optional<std::string> text_of(const json& value) {
    return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

Viewpoint viewpoint_of(const json& asked) {
    Viewpoint viewpoint;
    if (const auto day = text_of(asked.value("as_of", json()))) viewpoint.as_of = PartialDate::parse(*day);
    if (const auto time = text_of(asked.value("known_at", json())))
        viewpoint.known_at = Timestamp::parse(*time);
    return viewpoint;
}

InstrumentFilter instruments_of(const json& asked) {
    if (asked.is_null()) return {};
    if (asked == "all") return InstrumentFilter::all();
    std::vector<Instrument> instruments;
    for (const json& word : asked) {
        for (int i = 0; i <= static_cast<int>(Instrument::other); ++i) {
            if (to_string(static_cast<Instrument>(i)) == word.get<std::string>()) {
                instruments.push_back(static_cast<Instrument>(i));
            }
        }
    }
    return InstrumentFilter::only(instruments);
}

std::string short_id(const EntryId& id) {
    return id.to_string().substr(0, id_digits);
}

// Text as JSON; what is no UTF-8 is replaced.
std::string dumped(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

//--- The stores of one ledger

// A folder of its own, where files are needed, that goes with the object.
class Folder {
  public:
    explicit Folder(std::int64_t seed)
        : path_(std::filesystem::temp_directory_path() /
                ("postmoney-oracle-" + std::to_string(getpid()) + "-" + std::to_string(seed))) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

class Stores {
  public:
    explicit Stores(const json& steps, std::int64_t seed) {
        for (const json& step : steps) {
            if (step.contains("copy") && !folder_) folder_.emplace(seed);
        }
    }

    Ledger& at(int number) {
        auto& place = stores_[number];
        if (!place) {
            place = std::make_unique<Ledger>(folder_ ? Ledger::open(file(number), options())
                                                     : Ledger::in_memory(options()));
        }
        return *place;
    }

    void copy(int from, int to) {
        at(from).backup(file(to));
        stores_[to] = std::make_unique<Ledger>(Ledger::open(file(to), options()));
    }

  private:
    [[nodiscard]] std::filesystem::path file(int number) const {
        return folder_->path() / (std::to_string(number) + ".db");
    }
    static Ledger::Options options() {
        Ledger::Options result;
        result.clock = [] { return Timestamp::parse("2030-01-01T00:00:00Z"); };
        return result;
    }

    std::optional<Folder> folder_;
    std::map<int, std::unique_ptr<Ledger>> stores_;
};

//--- Tables

struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<json>> rows;

    [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const {
        const auto at = std::find(columns.begin(), columns.end(), column);
        return at == columns.end() ? std::nullopt
                                   : std::optional(static_cast<std::size_t>(at - columns.begin()));
    }
};

json value_of(const SqlCell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* real = std::get_if<double>(&cell)) return "REAL " + std::to_string(*real);
    if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
    if (const auto* blob = std::get_if<SqlBlob>(&cell)) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text;
        for (const std::uint8_t byte : blob->bytes) {
            text += digits[byte >> 4U];
            text += digits[byte & 15U];
        }
        return text;
    }
    return {};
}

Table read_table(const Ledger& ledger, const std::string& sql) {
    Table table;
    SqlVisitor visitor;
    visitor.columns = [&](std::span<const std::string_view> names) {
        table.columns.assign(names.begin(), names.end());
    };
    visitor.row = [&](std::span<const SqlCell> cells) {
        std::vector<json> row;
        row.reserve(cells.size());
        for (const SqlCell& cell : cells) row.push_back(value_of(cell));
        table.rows.push_back(std::move(row));
    };
    ledger.query(sql, visitor);
    return table;
}

using Row = std::vector<std::string>;  // the cells as JSON

// What is in one and not in the other, as often as it is.
std::pair<std::vector<Row>, std::vector<Row>> differing(std::vector<Row> expected, std::vector<Row> actual) {
    std::sort(expected.begin(), expected.end());
    std::sort(actual.begin(), actual.end());
    std::vector<Row> missing;
    std::vector<Row> extra;
    std::set_difference(expected.begin(), expected.end(), actual.begin(), actual.end(),
                        std::back_inserter(missing));
    std::set_difference(actual.begin(), actual.end(), expected.begin(), expected.end(),
                        std::back_inserter(extra));
    return {std::move(missing), std::move(extra)};
}

std::string listed(const Row& row) {
    std::string text;
    for (const std::string& cell : row) text += (text.empty() ? "" : " | ") + cell;
    return text;
}

//--- One ledger

class Comparison {
  public:
    explicit Comparison(const json& ledger) : ledger_(ledger) {}

    std::vector<Difference> run() {
        Stores stores(ledger_["steps"], ledger_["seed"]);
        for (const json& step : ledger_["steps"]) guarded("step", "", [&] { take(stores, step); });
        for (const json& store : ledger_["asked"]) {
            const Ledger& asked = stores.at(store);
            if (asked.digest().to_string() != ledger_["digest"]) differ("digest", "", "  the digest differs");
            for (const json& total : ledger_["totals"]) compare_total(asked, total);
            for (const json& claims : ledger_["claims"]) compare_claims(asked, claims);
            for (const json& order : ledger_["order"]) compare_order(asked, order);
            compare_markets(asked, ledger_["markets"]);
            for (const json& findings : ledger_["findings"]) compare_findings(asked, findings);
            for (const json& shares : ledger_["shares"]) compare_shares(asked, shares);
            compare_conflicts(asked, ledger_["conflicts"]);
            tables_.clear();
            for (const json& view : ledger_["views"]) {
                guarded("view " + view["view"].get<std::string>(), "", [&] { compare_view(asked, view); });
            }
        }
        return std::move(differences_);
    }

  private:
    void differ(std::string kind, std::string company, std::string text) {
        differences_.push_back({{std::move(kind)}, std::move(company), std::move(text)});
    }

    // A question that is refused differs, and the next one is asked.
    template <class Ask>
    void guarded(const std::string& kind, const std::string& company, Ask&& ask) {
        try {
            ask();
        } catch (const std::exception& error) {
            differ(kind + ": refused", company, std::string("  program: ") + error.what());
        }
    }

    void take(Stores& stores, const json& step) {
        const int store = step["store"];
        if (step.contains("copy")) {
            stores.copy(step["copy"], store);
        } else if (step.contains("merge")) {
            stores.at(store).merge(stores.at(step["merge"]));
        } else {
            std::string text;
            for (const json& line : step["apply"]) text += line.get<std::string>() + '\n';
            std::istringstream facts(text);
            ApplyOptions options;
            options.keep_going = true;
            options.recorded = Timestamp::parse(step["recorded"].get<std::string>());
            compare_refusals(step, stores.at(store).apply(facts, "facts", options));
        }
    }

    void compare_refusals(const json& step, const ApplyReport& report) {
        std::map<std::uint64_t, std::string> refused;
        for (const Error& error : report.refused)
            refused[error.line()] = std::string(to_string(error.code()));
        std::map<std::uint64_t, std::string> expected;
        for (const json& refusal : step["refused"]) {
            const std::uint64_t line = refusal[0];
            expected[line] = text_of(refusal[1]).value_or(std::string(any));
            if (expected[line] == any && refused.contains(line)) expected[line] = refused[line];
        }
        for (std::size_t i = 0; i < step["apply"].size(); ++i) {
            const std::string& ours = refused[i + 1];
            const std::string& right = expected[i + 1];
            if (ours == right) continue;
            const std::string line = step["apply"][i];
            differ("refusal of a " + json::parse(line)["kind"].get<std::string>() + ": '" + ours +
                       "', right is '" + right + "'",
                   "", "  " + line);
        }
    }

    //--- The library's questions

    void compare_total(const Ledger& ledger, const json& asked) {
        const std::string company = asked["company"];
        TotalQuery query;
        query.viewpoint = viewpoint_of(asked);
        query.instruments = instruments_of(asked["instruments"]);
        query.exclude_funds = asked["exclude_funds"];
        query.rate_age = date::days(asked["rate_age"].get<int>());
        std::string program;
        std::string right = asked.contains("error") ? "refused: " + asked["error"].get<std::string>() : "";
        try {
            if (const auto code = text_of(asked["in"])) query.in = ledger.currencies().get(*code);
            for (const Total& total : ledger.total_raised(company, query)) {
                const auto minor = [](const std::optional<Money>& money) {
                    return money ? json(money->minor()) : json();
                };
                const json row = {total.currency ? json(std::string(total.currency->code())) : json(),
                                  minor(total.known),
                                  minor(total.lower),
                                  minor(total.upper),
                                  total.rounds,
                                  total.undisclosed,
                                  total.untold};
                program += dumped(row) + ' ';
            }
        } catch (const Error& error) {
            program = "refused: " + std::string(to_string(error.code()));
        }
        if (asked.contains("rows")) {
            for (const json& row : asked["rows"]) right += dumped(row) + ' ';
        }
        guarded("left out", company, [&] { compare_left_out(ledger, query, asked); });
        if (program == right) return;
        json options = asked;
        options.erase("rows");
        options.erase("left_out");
        std::string kind = "total";
        if (!asked["as_of"].is_null()) kind += " --as-of";
        if (!asked["known_at"].is_null()) kind += " --known-at";
        if (!asked["in"].is_null()) kind += " --in";
        differ(kind, company, "  " + dumped(options) + "\n  program: " + program + "\n  right:   " + right);
    }

    void compare_left_out(const Ledger& ledger, const TotalQuery& query, const json& asked) {
        const std::string company = asked["company"];
        std::string program;
        std::string right;
        for (const LeftOut& left : ledger.left_out(company, query)) {
            const json row = {to_string(left.reason),
                              left.instrument ? json(to_string(*left.instrument)) : json(), left.rounds,
                              left.amount ? json(left.amount->minor()) : json(),
                              left.amount ? json(std::string(left.amount->currency().code())) : json()};
            program += dumped(row) + ' ';
        }
        for (const json& row : asked["left_out"]) right += dumped(row) + ' ';
        if (program == right) return;
        json options = asked;
        options.erase("rows");
        options.erase("left_out");
        differ("left out", company,
               "  " + dumped(options) + "\n  program: " + program + "\n  right:   " + right);
    }

    void compare_claims(const Ledger& ledger, const json& asked) {
        const std::string company = asked["company"];
        const Viewpoint viewpoint = viewpoint_of(asked);
        guarded("claims", company, [&] {
            std::vector<Row> ours;
            for (const Claim& claim : ledger.claims(company, viewpoint)) {
                const EntryKind kind = claim.entry.kind();
                if (kind == EntryKind::relation || kind == EntryKind::remark || kind == EntryKind::party)
                    continue;
                if (viewpoint.as_of && kind == EntryKind::metric) continue;
                ours.push_back({short_id(claim.id)});
            }
            compare_rows(viewpoint.as_of ? "claims --as-of" : "claims", company, asked["ids"],
                         std::move(ours));
        });
    }

    // Single values against single values.
    void compare_rows(const std::string& kind, const std::string& company, const json& right,
                      std::vector<Row> ours) {
        std::vector<Row> expected;
        for (const json& value : right) expected.push_back({value.get<std::string>()});
        const auto [missing, extra] = differing(std::move(expected), std::move(ours));
        for (const Row& row : missing) differ(kind + ": missing", company, "  " + listed(row));
        for (const Row& row : extra) differ(kind + ": too many", company, "  " + listed(row));
    }

    void compare_order(const Ledger& ledger, const json& asked) {
        const std::string company = asked["company"];
        guarded("order", company, [&] {
            std::map<std::string, Claim> by_id;
            for (Claim& claim : ledger.claims(company)) by_id.emplace(short_id(claim.id), std::move(claim));
            std::vector<const Claim*> best_first;
            for (const json& id : asked["ids"]) {
                if (const auto at = by_id.find(id.get<std::string>()); at != by_id.end()) {
                    best_first.push_back(&at->second);
                }
            }
            const ResolutionPolicy policy;
            for (std::size_t i = 0; i < best_first.size(); ++i) {
                for (std::size_t j = i + 1; j < best_first.size(); ++j) {
                    if (policy.prefers(*best_first[i], *best_first[j]) &&
                        !policy.prefers(*best_first[j], *best_first[i])) {
                        continue;
                    }
                    differ(
                        "order of two claims", company,
                        "  " + short_id(best_first[i]->id) + " comes before " + short_id(best_first[j]->id));
                    return;
                }
            }
        });
    }

    void compare_markets(const Ledger& ledger, const json& asked) {
        guarded("markets", "", [&] {
            std::map<std::string, const Claim*> used;
            std::vector<Row> totals;
            std::vector<Row> rates;
            const auto claims = ledger.claims_of_kind(EntryKind::market_total);
            for (const Claim& claim : claims) {
                totals.push_back({short_id(claim.id)});
                const auto& total = *claim.as<MarketTotal>();
                const auto [at, is_new] =
                    used.try_emplace(total.market + '\n' + total.period.to_string(), &claim);
                if (!is_new && ResolutionPolicy().prefers(claim, *at->second)) at->second = &claim;
            }
            for (const Claim& claim : ledger.claims_of_kind(EntryKind::fx_rate))
                rates.push_back({short_id(claim.id)});
            std::vector<Row> winners;
            for (const auto& [fact, claim] : used) winners.push_back({short_id(claim->id)});
            compare_rows("standing market totals", "", asked["market_total"], std::move(totals));
            compare_rows("standing rates", "", asked["fx_rate"], std::move(rates));
            compare_rows("market totals used", "", asked["used"], std::move(winners));
        });
    }

    static bool is_ignored(const json& ignore, const Finding& finding) {
        return std::any_of(ignore.begin(), ignore.end(), [&](const json& pair) {
            return pair[0] == to_string(finding.code) && (pair[1] == any || pair[1] == finding.round);
        });
    }

    void compare_findings(const Ledger& ledger, const json& asked) {
        const std::string company = asked["company"];
        guarded("findings", company, [&] {
            std::vector<Row> extra;
            // Of all companies those on none.
            const bool on_none = company.empty();
            for (const Finding& finding : on_none ? ledger.reconcile(viewpoint_of(asked))
                                                  : ledger.reconcile(company, viewpoint_of(asked))) {
                if (finding.code == FindingCode::key_conflict || is_ignored(asked["ignore"], finding))
                    continue;
                if (on_none && !finding.company.empty()) continue;
                extra.push_back({std::string(to_string(finding.code)),
                                 std::string(to_string(finding.severity)), finding.round, finding.field,
                                 finding.stated.value_or(""), finding.computed.value_or("")});
            }
            // What the contract determines most of finds its like first.
            std::vector<Row> expected;
            for (const json& row : asked["rows"]) expected.push_back(row.get<Row>());
            std::stable_sort(expected.begin(), expected.end(), [](const Row& a, const Row& b) {
                return std::count(a.begin(), a.end(), any) < std::count(b.begin(), b.end(), any);
            });
            for (const Row& row : expected) {
                const auto like = std::find_if(extra.begin(), extra.end(), [&](const Row& other) {
                    return std::equal(
                        row.begin(), row.end(), other.begin(),
                        [](const std::string& a, const std::string& b) { return a == any || a == b; });
                });
                if (like != extra.end()) {
                    extra.erase(like);
                } else {
                    differ("finding missing: " + row[0] + ' ' + row[1], company, "  right:   " + listed(row));
                }
            }
            for (const Row& row : extra) {
                differ("finding too many: " + row[0] + ' ' + row[1], company, "  program: " + listed(row));
            }
        });
    }

    template <class T>
    static json text_or_null(const std::optional<T>& value) {
        if (!value) return {};
        if constexpr (std::is_same_v<T, Ratio>) {
            return share_text(*value);
        } else if constexpr (std::is_same_v<T, ShareGap>) {
            return std::string(to_string(*value));
        } else {
            return *value;
        }
    }
    static json text_or_null(const std::string& text) { return text.empty() ? json() : json(text); }

    void compare_shares(const Ledger& ledger, const json& asked) {
        const std::string name = asked["company"];
        guarded("shares", name, [&] {
            const Dossier dossier = ledger.dossier(name);
            const ResolvedCompany now = resolve(dossier);
            const std::vector<SharePriceStep> steps = share_price_steps(now);
            std::vector<Row> ours;
            for (std::size_t i = 0; i < steps.size(); ++i) {
                const SharePriceStep& step = steps[i];
                if (step.last == nullptr) continue;
                ours.push_back({dumped({now.rounds[i].handle, step.last->handle,
                                        text_or_null(step.last_price), text_or_null(step.step),
                                        text_or_null(step.carried.splits_text()), text_or_null(step.gap)})});
            }
            compare_lists("share price steps", name, asked["steps"], std::move(ours));
            const Viewpoint viewpoint = viewpoint_of(asked);
            std::vector<Row> held;
            for (const Position& one : positions(resolve(dossier, {}, viewpoint), viewpoint.as_of)) {
                held.push_back(
                    {dumped({one.investor_name, text_or_null(one.security_class), one.rounds, one.untold,
                             text_or_null(one.shares), text_or_null(one.splits), text_or_null(one.price),
                             one.currency ? json(std::string(one.currency->code())) : json(),
                             text_or_null(one.price_round), one.value ? json(one.value->minor()) : json(),
                             text_or_null(one.gap)})});
            }
            compare_lists("positions --as-of", name, asked["positions"], std::move(held));
        });
    }

    // Lists as JSON against such lists.
    void compare_lists(const std::string& kind, const std::string& company, const json& right,
                       std::vector<Row> ours) {
        json texts = json::array();
        for (const json& row : right) texts.push_back(dumped(row));
        compare_rows(kind, company, texts, std::move(ours));
    }

    void compare_conflicts(const Ledger& ledger, const json& asked) {
        if (asked.is_null()) return;
        guarded("findings of all", "", [&] {
            std::int64_t conflicts = 0;
            for (const Finding& finding : ledger.reconcile()) {
                if (finding.code == FindingCode::key_conflict) ++conflicts;
            }
            if (conflicts != asked) {
                differ("key-conflict", "",
                       "  program: " + std::to_string(conflicts) + " names, right is " + dumped(asked));
            }
        });
    }

    //--- The views

    static bool is_within(const Table& table, const std::vector<json>& row, std::string_view from,
                          std::string_view to, const json& point) {
        const auto first = table.find(from);
        const auto last = table.find(to);
        return first && last && row[*first] <= point && row[*last] > point;
    }

    // Whether the question is about this row of the view.
    static bool is_asked(const Table& table, const std::vector<json>& row, const json& asked) {
        if (asked.contains("at") && !is_within(table, row, "known_from", "known_to", asked["at"]))
            return false;
        if (asked.contains("day") && !is_within(table, row, "valid_from", "valid_to", asked["day"]))
            return false;
        if (!asked.contains("only")) return true;
        const auto column = table.find(asked["only"][0].get<std::string>());
        const json& values = asked["only"][1];
        return column && std::find(values.begin(), values.end(), row[*column]) != values.end();
    }

    void compare_view(const Ledger& ledger, const json& asked) {
        const std::string name = asked["view"];
        const std::string sql = asked.value("sql", "SELECT * FROM " + name);
        auto at = tables_.find(sql);
        if (at == tables_.end()) at = tables_.emplace(sql, read_table(ledger, sql)).first;
        const Table& table = at->second;

        std::vector<std::pair<std::size_t, std::size_t>> columns;  // expected, actual
        for (std::size_t i = 0; i < asked["columns"].size(); ++i) {
            const std::string column = asked["columns"][i];
            if (const auto found = table.find(column)) {
                columns.emplace_back(i, *found);
            } else {
                differ("view " + name + ": no column " + column, "", "");
            }
        }
        std::vector<Row> expected;
        for (const json& row : asked["rows"]) {
            Row& cells = expected.emplace_back();
            for (const auto& [right, ours] : columns) cells.push_back(dumped(row[right]));
        }
        std::vector<Row> actual;
        for (const std::vector<json>& row : table.rows) {
            if (!is_asked(table, row, asked)) continue;
            Row& cells = actual.emplace_back();
            for (const auto& [right, ours] : columns) cells.push_back(dumped(row[ours]));
        }
        auto [missing, extra] = differing(std::move(expected), std::move(actual));
        Row names;
        for (const auto& [right, ours] : columns) names.push_back(table.columns[ours]);
        explain("view " + name, names, std::move(missing), std::move(extra));
    }

    // Rows that differ in few columns are told as one row that differs in these.
    void explain(const std::string& view, const Row& names, std::vector<Row> missing,
                 std::vector<Row> extra) {
        const auto company = std::find(names.begin(), names.end(), "company") - names.begin();
        const auto about = [&](const Row& row) {
            const auto at = static_cast<std::size_t>(company);
            return at < row.size() ? json::parse(row[at]).get<json>() : json();
        };
        for (const Row& row : missing) {
            const auto distance = [&](const Row& other) {
                std::size_t differ_in = 0;
                for (std::size_t i = 0; i < row.size(); ++i) differ_in += row[i] != other[i] ? 1U : 0U;
                return differ_in;
            };
            const auto nearest =
                std::min_element(extra.begin(), extra.end(),
                                 [&](const Row& a, const Row& b) { return distance(a) < distance(b); });
            const json party = about(row);
            const std::string owner = party.is_string() ? party.get<std::string>() : "";
            if (nearest == extra.end() || 2 * distance(*nearest) > row.size()) {
                differ(view + ": row missing", owner,
                       "  columns: " + listed(names) + "\n  right:   " + listed(row));
                continue;
            }
            Difference& difference = differences_.emplace_back();
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (row[i] != (*nearest)[i]) difference.kinds.push_back(view + ": " + names[i]);
            }
            difference.company = owner;
            difference.text = "  columns: " + listed(names) + "\n  program: " + listed(*nearest) +
                              "\n  right:   " + listed(row);
            extra.erase(nearest);
        }
        for (const Row& row : extra) {
            const json party = about(row);
            differ(view + ": row too many", party.is_string() ? party.get<std::string>() : "",
                   "  columns: " + listed(names) + "\n  program: " + listed(row));
        }
    }

    const json& ledger_;
    std::vector<Difference> differences_;
    std::map<std::string, Table> tables_;  // by query, of the store that is asked
};

//--- All ledgers

// Takes lines until there are none. Ledgers have nothing in common, so that each thread has its own.
void compare_lines(std::istream& answers, std::mutex& reading, Report& report) {
    std::string line;
    while (true) {
        {
            const std::lock_guard lock(reading);
            if (!std::getline(answers, line)) return;
        }
        const json ledger = json::parse(line);
        report.add(ledger, Comparison(ledger).run());
    }
}

std::size_t number_of(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) throw std::invalid_argument("not a number");
    return number;
}

int compare(const std::vector<std::string>& arguments) {
    std::string path;
    std::string only;
    std::size_t show = 5;
    std::size_t jobs = std::max(1U, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--show" && i + 1 < arguments.size()) {
            show = number_of(arguments[++i]);
        } else if (arguments[i] == "--kind" && i + 1 < arguments.size()) {
            only = arguments[++i];
        } else if (arguments[i] == "--jobs" && i + 1 < arguments.size()) {
            jobs = number_of(arguments[++i]);
        } else {
            path = arguments[i];
        }
    }
    std::ifstream answers(path);
    if (!answers) {
        std::cerr << "usage: oracle_compare ANSWERS [--show N] [--kind TEXT] [--jobs N]\n";
        return 2;
    }
    Report report(show, only);
    std::mutex reading;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < jobs; ++i) {
        threads.emplace_back([&] { compare_lines(answers, reading, report); });
    }
    for (std::thread& thread : threads) thread.join();
    return report.finish();
}

}  // namespace

int main(int argc, char** argv) {
    // Statistics of memory are kept under one lock, for which the threads would wait half of their time.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    try {
        return compare(std::vector<std::string>(argv + 1, argv + argc));
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
