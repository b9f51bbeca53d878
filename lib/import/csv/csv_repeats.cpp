#include "import/csv/csv_repeats.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include "base/id_start.hpp"
#include "postmoney/text/detail/amount_words.hpp"

namespace postmoney::detail {

namespace {

using JsonBody = nlohmann::json;

// Members that are no claims, or that name what the claims are on.
constexpr std::string_view no_claims =
    "kind|source|as_written|note|supersedes|key|name|aliases|attributes|company|round|investor|on|basis";
constexpr std::string_view no_claims_of_rounds =
    "kind|source|as_written|note|supersedes|key|attributes|company|round";

// The members that say on what a valuation or a total is.
[[nodiscard]] bool is_on_same(const JsonBody& one, const JsonBody& other) {
    const auto same = [&](const char* member) {
        return one.value(member, std::string()) == other.value(member, std::string());
    };
    const std::string kind = one.value("kind", std::string());
    if (kind == "valuation") return same("basis") && (one.contains("round") || same("on"));
    return kind != "stated_total" || same("on");
}

[[nodiscard]] std::string shown_value(const JsonBody& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

bool CsvRepeats::has_later(std::int64_t source) {
    const auto known = has_later_.find(source);
    if (known != has_later_.end()) return known->second;
    bool found = false;
    ledger_->query(
        "SELECT 1 FROM source_subject t CROSS JOIN entry o ON o.party = t.party WHERE t.source = ?1 AND "
        "o.source = ?1 AND o.entry <= ?2 AND o.recorded > (SELECT recorded FROM entry WHERE entry = ?1) "
        "LIMIT "
        "1",
        {source, last_}, {.columns = {}, .row = [&](std::span<const SqlCell>) { found = true; }});
    constexpr std::size_t most = 1000;
    if (has_later_.size() == most) has_later_.clear();
    has_later_.emplace(source, found);
    return found;
}

std::optional<CsvNotUsed> CsvRepeats::instead_of(const EntryId& id) {
    std::int64_t entry = 0;
    std::int64_t source = 0;
    std::string body;
    const SqlBlob bytes{std::span<const std::uint8_t>(id.bytes)};
    ledger_->query(
        "SELECT e.entry, e.source, e.body FROM entry_by_id i CROSS JOIN entry e ON e.entry = i.entry WHERE "
        "i.id_start = ?1 AND e.id = ?2 AND e.entry <= ?3 AND e.source IS NOT NULL",
        {start_of(id), bytes, last_}, {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                                           entry = std::get<std::int64_t>(cells[0]);
                                           source = std::get<std::int64_t>(cells[1]);
                                           body = std::get<std::string_view>(cells[2]);
                                       }});
    if (entry == 0 || !has_later(source)) return std::nullopt;
    const JsonBody own = JsonBody::parse(body);
    const std::string_view passed_over = own.at("kind") == "round" ? no_claims_of_rounds : no_claims;
    std::optional<CsvNotUsed> found;
    std::set<std::string> settled;  // members of which the line in use was seen
    ledger_->query(
        "SELECT lower(hex(o.id)), o.body FROM entry e CROSS JOIN entry o ON o.party IS e.party WHERE e.entry "
        "= ?1 AND o.source = ?2 AND o.entry <> e.entry AND o.entry <= ?3 AND o.kind = e.kind AND o.round IS "
        "e.round AND o.counterparty IS e.counterparty AND (o.recorded > e.recorded OR EXISTS (SELECT 1 FROM "
        "withdrawn_now w WHERE w.entry = e.entry)) AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE "
        "w.entry = o.entry) ORDER BY o.recorded DESC, o.id DESC",
        {entry, source, last_},
        {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
             if (found) return;
             const JsonBody other = JsonBody::parse(std::get<std::string_view>(cells[1]));
             if (!is_on_same(own, other)) return;
             for (const auto& [name, value] : own.items()) {
                 if (in_list(passed_over, '|', name) || !other.contains(name)) continue;
                 const bool is_latest = settled.insert(name).second;
                 if (!is_latest || other.at(name) == value || found) continue;
                 found = CsvNotUsed{.row = 0,
                                    .field = name,
                                    .said = shown_value(value),
                                    .used = shown_value(other.at(name)),
                                    .entry = "sha256:" + std::string(std::get<std::string_view>(cells[0]))};
             }
         }});
    return found;
}

}  // namespace postmoney::detail
