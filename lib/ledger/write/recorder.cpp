#include "ledger/write/recorder.hpp"

#include <map>
#include <string>
#include <utility>

namespace postmoney::detail {

namespace {

// Attributes are many, and nothing is derived from most: these stay with the line, to be destroyed where it
// is.
void leave_attributes(EntryContent& kept, EntryContent& line) {
    if (auto* party = std::get_if<Party>(&kept)) party->attributes.swap(std::get<Party>(line).attributes);
    auto* round = std::get_if<RoundStatement>(&kept);
    if (round == nullptr) return;
    std::map<std::string, std::string> linking;
    for (const auto name : {RoundStatement::file_number_attribute, RoundStatement::amendment_attribute}) {
        if (auto node = round->attributes.extract(std::string(name))) linking.insert(std::move(node));
    }
    round->attributes.swap(std::get<RoundStatement>(line).attributes);
    round->attributes.merge(linking);
}

}  // namespace

Recorder::Recorder(Connection& connection, DossierReader& dossiers)
    : connection_(&connection),
      dossiers_(&dossiers),
      data_version_(connection.handle(), "PRAGMA data_version"),
      chain_(connection),
      scope_(connection, chain_),
      parties_(connection, &scope_),
      derivation_(connection, dossiers),
      rates_(connection, dossiers),
      references_(connection, dossiers, scope_, parties_),
      writer_(connection, dossiers, parties_, derivation_),
      standing_(connection),
      stale_(connection, parties_, derivation_, rates_) {}

void Recorder::begin() {
    begin_keeping();
    if (std::exchange(left_, std::nullopt) == file_state()) return;
    chain_.begin();
    start_anew();
}

void Recorder::begin_replay() {
    begin_keeping();
    left_.reset();
    chain_.begin_replay();
    start_anew();
}

void Recorder::begin_keeping() {
    stale_.forget();
    derivation_.forget_maybe_one();
    waiting_ = 0;
    holds_ = false;
    is_refreshing_ = false;
    connection_->set_keeper([this] {
        if (holds_) let_go_();
        refresh();
    });
}

bool Recorder::record(FactsLine&& line, Timestamp now, std::optional<Timestamp> recorded) {
    check_unbroken();
    relieve();
    const bool waits = may_wait(line.entry);
    if (!waits) writer_.write_waiting();
    if (writer_.find_waiting(line.id)) return false;
    if (const auto known = references_.find_entry(line.id)) return record_repeat(*known, line, recorded);
    References references = references_.resolve(line.entry);
    references_.check_new_names(line.entry, references);
    const Timestamp time = chain_.time_of_next(line.recorded ? line.recorded : recorded, now);
    const auto& last = chain_.position().last_recorded;
    if (last && time != *last) refresh();
    chain_.append(line.id, time);
    write(line, references, waits);
    return true;
}

bool Recorder::may_wait(const Entry& entry) const {
    // Others name it by its key, what it corrects changes, or it changes what names and units mean.
    if (entry.key || entry.supersedes || !scope_.is_whole_file()) return false;
    switch (entry.kind()) {
        case EntryKind::round:
        case EntryKind::closing:
        case EntryKind::participation:
        case EntryKind::valuation:
        case EntryKind::split:
        case EntryKind::stated_total:
        case EntryKind::metric:
        case EntryKind::relation:
        case EntryKind::remark:
            return true;
        default:
            return false;
    }
}

bool Recorder::record_repeat(std::int64_t entry, const FactsLine& line, std::optional<Timestamp> recorded) {
    if (!chain_.is_replay() || chain_.has(entry)) return false;
    chain_.append_repeat(entry, line.id, *recorded);
    return true;
}

void Recorder::write(FactsLine& line, References& references, bool may_wait) {
    ++waiting_;
    const EntryKind kind = line.entry.kind();
    const std::int64_t number = writer_.write(line, references, chain_, may_wait);
    references_.learn(line.entry, number, references);
    const auto changed = standing_.take_in(number, references, *chain_.position().last_recorded);
    // A party line can show several to be one; a source line, too, holds from now on beside what it replaces.
    const bool changes_names = references.matched_parties.size() > 1 || references.first_source_entry != 0;
    if (!changed.empty() || changes_names) forget_known();
    for (const std::int64_t entry : changed) stale_.standing_changed(entry);
    stale_.entry_written(number, kind, references);
    keep_claim(line, number, references);
}

void Recorder::keep_claim(FactsLine& line, std::int64_t number, const References& references) {
    if (!scope_.is_whole_file()) return derivation_.forget_fresh();  // what came up may be of any chain
    const auto company = references.subject.party;
    if (!company || !derivation_.is_fresh(*company)) return;
    Claim claim{.entry = std::move(line.entry),
                .id = line.id,
                .recorded = *chain_.position().last_recorded,
                .place = chain_.place(),
                .source = references.source_content,
                .counterparty = references.counterparty.root,
                .counterparty_name = {}};  // nothing that is derived tells it
    leave_attributes(claim.entry.content, line.entry.content);
    derivation_.add(*company, std::move(claim), number);
}

void Recorder::relieve() {
    constexpr std::int64_t most_waiting = 2048;
    constexpr std::int64_t most_kept = 4096;
    if (holds_ || (waiting_ < most_waiting && derivation_.kept_claims() < most_kept)) return;
    refresh();
    derivation_.forget_fresh();
}

Recorder::FileState Recorder::file_state() {
    data_version_.bind();
    const std::int64_t version = data_version_.step() ? data_version_.integer(0) : 0;
    data_version_.reset();
    return {version, connection_->roll_backs()};
}

void Recorder::refresh() {
    check_unbroken();
    is_refreshing_ = true;
    writer_.write_waiting();
    const auto& last = chain_.position().last_recorded;
    if (waiting_ != 0 && last) stale_.refresh(*last);
    waiting_ = 0;
    is_refreshing_ = false;
}

void Recorder::check_unbroken() const {
    if (is_refreshing_)
        throw Error(ErrorCode::misuse,
                    "an error came while what the entries come to was written: nothing more of this "
                    "transaction can be recorded or read");
}

void Recorder::finish() {
    refresh();
    if (!chain_.is_replay()) left_ = file_state();
}

ChainPosition Recorder::hold(std::function<void()> let_go) {
    check_unbroken();
    relieve();
    writer_.write_waiting();
    let_go_ = std::move(let_go);
    holds_ = true;
    return chain_.position();
}

void Recorder::go_back(const ChainPosition& position) {
    chain_.go_back(position);
    is_refreshing_ = false;  // what it wrote was taken back
    start_anew();
}

void Recorder::forget_known() {
    references_.forget();
    derivation_.forget_fresh();
}

void Recorder::start_anew() {
    forget_known();
    standing_.forget();
    writer_.refresh_numbers();
    dossiers_->refresh();
}

}  // namespace postmoney::detail
