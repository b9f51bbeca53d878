#include "ledger/write/recorder.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "base/hex.hpp"
#include "base/unicode.hpp"

namespace postmoney::detail {

namespace {

template <class Hex>
[[nodiscard]] std::span<const std::uint8_t> bytes(const Hex& hex) {
    return hex.bytes;
}

// Attributes are many, and nothing is derived from most: these stay with the line, to be destroyed where it
// is.
void leave_attributes(EntryContent& kept, EntryContent& line) {
    if (auto* party = std::get_if<Party>(&kept)) party->attributes.swap(std::get<Party>(line).attributes);
    auto* round = std::get_if<RoundStatement>(&kept);
    if (round == nullptr) return;
    auto file_number = round->attributes.extract(std::string(RoundStatement::file_number_attribute));
    round->attributes.swap(std::get<RoundStatement>(line).attributes);
    if (file_number) round->attributes.insert(std::move(file_number));
}

}  // namespace

Digest chain_hash(Sha256& sha256, const Digest& previous, const EntryId& id, Timestamp recorded) {
    std::array<std::uint8_t, 8> time{};
    auto rest = static_cast<std::uint64_t>(recorded.microseconds());
    for (std::size_t i = time.size(); i-- > 0; rest >>= 8U) time[i] = static_cast<std::uint8_t>(rest & 0xFFU);
    sha256.update(bytes(previous));
    sha256.update(bytes(id));
    sha256.update(std::span<const std::uint8_t>(time));
    return Digest{sha256.finish()};
}

Recorder::Recorder(Connection& connection, DossierReader& dossiers)
    : dossiers_(&dossiers),
      parties_(connection),
      contents_(connection),
      derivation_(connection, dossiers),
      chains_(connection),
      entry_by_id_(connection.handle(), "SELECT entry FROM entry WHERE id = ?1"),
      entry_by_key_(connection.handle(),
                    "SELECT entry, entry, kind FROM entry WHERE key = ?1 ORDER BY entry"),
      source_by_id_(connection.handle(),
                    "SELECT first_entry, entry FROM source WHERE id = ?1 ORDER BY entry"),
      first_source_entry_(connection.handle(), "SELECT first_entry FROM source WHERE entry = ?1"),
      round_by_handle_(connection.handle(),
                       "SELECT round, company FROM round WHERE handle = ?1 ORDER BY round"),
      entry_kind_(connection.handle(),
                  "SELECT kind, party, target, superseded_retraction FROM entry WHERE entry = ?1"),
      insert_entry_(
          connection.handle(),
          "INSERT OR FAIL INTO entry (entry, chain, seq, id, hash, recorded, kind, key, source, party, "
          "counterparty, "
          "round, target, superseded_retraction, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
          "?12, ?13, ?14, ?15)"),
      insert_round_(connection.handle(),
                    "INSERT OR FAIL INTO round (round, handle, company) VALUES (?1, ?2, ?3)"),
      insert_unit_(connection.handle(),
                   "INSERT OR IGNORE INTO currency_unit (code, decimals) VALUES (?1, ?2)"),
      own_chain_(connection.handle(), "SELECT own_chain FROM ledger"),
      insert_repeat_(connection.handle(),
                     "INSERT OR FAIL INTO repeat (chain, seq, entry, hash, recorded) VALUES (?1, ?2, ?3, ?4, "
                     "?5)"),
      last_entry_(connection.handle(), "SELECT coalesce(max(entry), 0) FROM entry"),
      last_round_(connection.handle(), "SELECT coalesce(max(round), 0) FROM round"),
      places_of_(
          connection.handle(),
          "SELECT chain, seq FROM entry WHERE entry = ?1 UNION ALL SELECT chain, seq FROM repeat WHERE entry "
          "= ?1"),
      entries_of_party_(
          connection.handle(),
          "SELECT e.entry FROM party p JOIN entry e ON e.party = p.party WHERE p.root = ?1 UNION ALL "
          "SELECT e.entry FROM party p JOIN entry e ON e.counterparty = p.party WHERE p.root = ?1"),
      entries_of_round_(connection.handle(), "SELECT entry FROM entry WHERE round = ?1"),
      withdrawn_since_(connection.handle(),
                       "SELECT known_from FROM withdrawn WHERE entry = ?1 AND known_to = 253402300799999999"),
      withdrawer_(connection.handle(),
                  "SELECT 1 FROM entry e WHERE (e.target = ?1 OR e.superseded_retraction = ?1) "
                  "AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry) LIMIT 1"),
      withdraw_(connection.handle(), "INSERT INTO withdrawn (entry, known_from) VALUES (?1, ?2)"),
      restore_(connection.handle(),
               "UPDATE withdrawn SET known_to = ?2 WHERE entry = ?1 AND known_to = 253402300799999999"),
      forget_(connection.handle(),
              "DELETE FROM withdrawn WHERE entry = ?1 AND known_to = 253402300799999999"),
      parties_of_source_(connection.handle(),
                         "SELECT p.root FROM entry e JOIN party p ON p.party = e.party WHERE e.source = ?1"),
      companies_of_(connection.handle(),
                    "SELECT p.root FROM party own JOIN entry e ON e.counterparty = own.party JOIN party p ON "
                    "p.party = e.party WHERE own.root = ?1") {
    parties_.choose_by([this](const std::vector<std::int64_t>& roots) { return party_meant(roots); });
}

void Recorder::begin() {
    stale_.clear();
    regrouped_.clear();
    derivation_.forget_unfinished();
    replaying_ = false;
    parties_.read_as_written(false);
    own_chain_.bind();
    chain_ = own_chain_.step() ? own_chain_.integer(0) : 0;
    own_chain_.reset();
    last_entry_.bind();
    entry_ = last_entry_.step() ? last_entry_.integer(0) : 0;
    last_entry_.reset();
    chains_.refresh();
    start_anew();
    const ChainEnd end = chains_.end(chain_);
    seq_ = end.seq;
    hash_ = end.hash;
    last_recorded_ = end.recorded;
    last_beside_ = chains_.several() ? chains_.last_recorded_beside(chain_) : std::nullopt;
    dossiers_->refresh();
}

void Recorder::begin_replay() {
    begin();
    replaying_ = true;
    if (last_beside_ && (!last_recorded_ || *last_beside_ > *last_recorded_)) last_recorded_ = last_beside_;
    last_beside_.reset();
    ends_.clear();
}

void Recorder::go_to(std::int64_t chain) {
    parties_.read_as_written(as_written());
    if (chain == chain_) return;
    ends_[chain_] = {seq_, hash_, std::nullopt};
    auto at = ends_.find(chain);
    if (at == ends_.end()) at = ends_.emplace(chain, chains_.end(chain)).first;
    chain_ = chain;
    seq_ = at->second.seq;
    hash_ = at->second.hash;
}

bool Recorder::record_repeat(const EntryId& id, Timestamp recorded) {
    entry_by_id_.bind(bytes(id));
    const std::int64_t entry = entry_by_id_.step() ? entry_by_id_.integer(0) : 0;
    entry_by_id_.reset();
    if (entry == 0 || on_path(entry)) return false;
    ++seq_;
    hash_ = chain_hash(sha256_, hash_, id, recorded);
    insert_repeat_.bind(chain_, seq_, entry, bytes(hash_), recorded.microseconds()).run();
    return true;
}

bool Recorder::record(FactsLine&& line, Timestamp now, std::optional<Timestamp> recorded) {
    entry_by_id_.bind(bytes(line.id));
    const bool repeated = entry_by_id_.step();
    entry_by_id_.reset();
    if (repeated) return false;
    References references = resolve_references(line.entry);
    check_keys(line.entry, references);
    const Timestamp time = recorded_time(line, now, recorded);
    if (last_recorded_ && time != *last_recorded_) finish();
    write(line, references, time);
    return true;
}

void Recorder::relieve() {
    constexpr std::int64_t most_waiting = 2048;
    if (waiting_ >= most_waiting) finish();
}

void Recorder::finish() {
    // First all that has to go: a round may come from one company to another.
    for (const std::int64_t root : regrouped_) derivation_.end(root, *last_recorded_);
    for (const std::int64_t root : stale_) derivation_.refresh(root, *last_recorded_);
    derivation_.finish();
    regrouped_.clear();
    stale_.clear();
    derivation_.forget_fresh();
    waiting_ = 0;
}

void Recorder::go_back(const Mark& mark) {
    seq_ = mark.seq;
    entry_ = mark.entry;
    hash_ = mark.hash;
    last_recorded_ = mark.last_recorded;
    start_anew();
    dossiers_->refresh();
}

bool Recorder::has_source(std::string_view id) {
    return find_source(id).has_value();
}

//--- References

Recorder::References Recorder::resolve_references(const Entry& entry) {
    References references;
    // The round before the source, as FACTS lists them: round, source, supersedes, of.
    std::visit([&](const auto& content) { resolve_content(content, references, entry); }, entry.content);
    return references;
}

void Recorder::resolve_common(const Entry& entry, References& references) {
    if (entry.source) {
        const auto source = find_source(*entry.source);
        if (!source) {
            throw Error::refused(ErrorCode::unknown_source, *entry.source, "the id of a source on record")
                .in_field("source");
        }
        references.source = source->first_entry;
        references.source_content = source->content;
    }
    if (!entry.supersedes) return;
    references.target = referred_entry("supersedes", *entry.supersedes, entry.kind());
    entry_kind_.bind(*references.target);
    entry_kind_.step();
    const std::string kind(entry_kind_.text(0));
    entry_kind_.reset();
    if (kind != to_string(entry.kind())) {
        throw Error::refused(
            ErrorCode::wrong_kind, *entry.supersedes,
            "an entry of kind " + std::string(to_string(entry.kind())) + ", it is of kind " + kind)
            .in_field("supersedes");
    }
}

std::int64_t Recorder::referred_entry(std::string_view field, std::string_view reference,
                                      std::optional<EntryKind> kind) {
    if (const auto id = referenced_id(reference)) {
        entry_by_id_.bind(bytes(*id));
        const auto found = entry_by_id_.step() ? std::optional(entry_by_id_.integer(0)) : std::nullopt;
        entry_by_id_.reset();
        if (found) return *found;
    } else {
        entry_by_key_.bind(reference);
        std::vector<Meaning> meanings;
        std::vector<Meaning> of_kind;
        while (entry_by_key_.step()) {
            meanings.push_back({entry_by_key_.integer(0), entry_by_key_.integer(1)});
            if (kind && entry_by_key_.text(2) == to_string(*kind)) of_kind.push_back(meanings.back());
        }
        constexpr std::string_view expected = "the key of one entry";
        if (!of_kind.empty()) return meant(of_kind, field, reference, expected);
        if (!meanings.empty()) return meant(meanings, field, reference, expected);
    }
    throw Error::refused(ErrorCode::unknown_entry, reference,
                         "the key of an entry on record, or sha256: and its id")
        .in_field(field);
}

bool Recorder::on_path(std::int64_t entry) {
    places_of_.bind(entry);
    bool found = false;
    while (!found && places_of_.step()) {
        found = chains_.passes(chain_, places_of_.integer(0), places_of_.integer(1));
    }
    places_of_.reset();
    return found;
}

bool Recorder::any_on_path(Statement& entries) {
    bool found = false;
    while (!found && entries.step()) found = on_path(entries.integer(0));
    entries.reset();
    return found;
}

std::int64_t Recorder::meant(const std::vector<Meaning>& meanings, std::string_view field,
                             std::string_view name, std::string_view expected) {
    const std::int64_t first = meanings.front().value;
    const bool several = std::any_of(meanings.begin(), meanings.end(),
                                     [&](const Meaning& meaning) { return meaning.value != first; });
    if (!several) return first;
    for (const Meaning& meaning : meanings) {
        if (on_path(meaning.entry)) return meaning.value;
    }
    if (as_written()) return first;
    throw Error::refused(
        ErrorCode::ambiguous_name, name,
        std::string(expected) + "; other chains use it differently, this ledger's own does not use it")
        .in_field(field);
}

std::optional<std::int64_t> Recorder::look_up(Statement& statement, std::string_view field,
                                              std::string_view name, std::string_view expected) {
    if (!statement.step()) return std::nullopt;
    const std::int64_t first = statement.integer(0);
    std::vector<Meaning> meanings;
    if (chains_.several()) {
        do meanings.push_back({statement.integer(0), statement.integer(1)});
        while (statement.step());
    }
    statement.reset();
    return meanings.empty() ? first : meant(meanings, field, name, expected);
}

std::optional<std::int64_t> Recorder::party_meant(const std::vector<std::int64_t>& roots) {
    if (!chains_.several()) return std::nullopt;
    std::optional<std::int64_t> found;
    for (const std::int64_t root : roots) {
        if (!any_on_path(entries_of_party_.bind(root))) continue;
        if (as_written()) return root;
        if (found) return std::nullopt;  // it is ambiguous in this chain itself
        found = root;
    }
    return !found && as_written() ? roots.front() : found;
}

void Recorder::forget_known() {
    known_parties_.clear();
    known_rounds_.clear();
    known_sources_.clear();
    derivation_.forget_fresh();
}

void Recorder::start_anew() {
    forget_known();
    parties_.refresh_numbers();
    last_round_.bind();
    round_ = last_round_.step() ? last_round_.integer(0) : 0;
    last_round_.reset();
}

std::optional<Recorder::KnownParty> Recorder::find_party(std::string_view field, std::string_view name) {
    const std::string composed = nfc(name);
    const bool keeps = !chains_.several();
    if (const KnownParty* known = keeps ? known_parties_.find(composed) : nullptr) return *known;
    try {
        const auto party = parties_.find(name);
        if (!party) return std::nullopt;
        const KnownParty found{*party, parties_.root(*party)};
        if (keeps) known_parties_.add(composed, found);
        return found;
    } catch (const Error& error) {
        throw error.in_field(field);
    }
}

std::optional<Recorder::KnownRound> Recorder::find_round(std::string_view handle,
                                                         const std::optional<std::string>& company) {
    const bool keeps = !chains_.several();
    if (const KnownRound* known = keeps ? known_rounds_.find(handle) : nullptr) return *known;
    std::vector<KnownRound> rounds;
    round_by_handle_.bind(handle);
    while (round_by_handle_.step()) {
        const std::int64_t party = round_by_handle_.integer(1);
        rounds.push_back({round_by_handle_.integer(0), party, parties_.root(party)});
    }
    if (rounds.empty()) return std::nullopt;
    return keeps ? known_rounds_.add(handle, rounds.front()) : choose_round(rounds, handle, company);
}

std::optional<Recorder::KnownRound> Recorder::choose_round(const std::vector<KnownRound>& rounds,
                                                           std::string_view handle,
                                                           const std::optional<std::string>& company) {
    if (company) {
        const auto named = find_party("company", *company);
        for (const KnownRound& round : rounds) {
            if (named && named->root == round.root) return round;
        }
        if (as_written()) return std::nullopt;  // the chain that says so has a round of its own
    }
    if (rounds.size() == 1) return rounds.front();
    for (const KnownRound& round : rounds) {
        if (any_on_path(entries_of_round_.bind(round.round))) return round;
    }
    if (as_written()) return rounds.front();
    throw Error::refused(
        ErrorCode::ambiguous_name, handle,
        "the handle of one round; other chains use it differently, this ledger's own does not use it")
        .in_field("round");
}

std::optional<Recorder::KnownSource> Recorder::find_source(std::string_view id) {
    const bool keeps = !chains_.several();
    if (const KnownSource* known = keeps ? known_sources_.find(id) : nullptr) return *known;
    const auto first = look_up(source_by_id_.bind(id), "source", id, "the id of one source");
    if (!first) return std::nullopt;
    if (!keeps) return KnownSource{*first, nullptr};
    return known_sources_.add(id, {*first, dossiers_->source(*first)});
}

void Recorder::refer_to_party(std::string_view field, std::string_view name, PartyReference& reference) {
    if (const auto found = find_party(field, name)) {
        reference.party = found->party;
        reference.root = found->root;
    } else {
        reference.new_name = name;
    }
}

void Recorder::refer_to_round(std::string_view handle, References& references,
                              const std::optional<std::string>& company) {
    const auto found = find_round(handle, company);
    if (!found) {
        throw Error::refused(ErrorCode::unknown_round, handle, "the handle of a round on record")
            .in_field("round");
    }
    refer_to_round(*found, references);
}

void Recorder::refer_to_round(const KnownRound& round, References& references) {
    references.round = round.round;
    references.party = {.party = round.company, .root = round.root, .new_name = {}};
}

void Recorder::check_company(std::string_view company, const References& references,
                             std::string_view handle) {
    const auto named = find_party("company", company);
    if (!named || named->root != references.party.root) {
        throw Error::refused(ErrorCode::wrong_company, company,
                             "the company of round " + detail::quoted(handle) + ", " +
                                 detail::quoted(parties_.name(references.party.root)))
            .in_field("company");
    }
}

void Recorder::resolve_content(const Source& source, References& references, const Entry& entry) {
    resolve_common(entry, references);
    // A source that replaces one of another id speaks for the claims that name the old one.
    if (references.target) references.first_source_entry = first_source_entry(*references.target);
    references.source_redefined = source_is_redefined(source, references);
}

bool Recorder::source_is_redefined(const Source& source, const References& references) {
    source_by_id_.bind(std::string_view(source.id));
    bool used = false;
    bool replaces = false;
    while (source_by_id_.step()) {
        if (as_written() && !on_path(source_by_id_.integer(1))) continue;
        used = true;
        replaces = replaces || source_by_id_.integer(0) == references.first_source_entry;
    }
    return used && !replaces;
}

void Recorder::resolve_content(const Party& party, References& references, const Entry& entry) {
    resolve_common(entry, references);
    std::optional<std::int64_t> superseded;
    if (references.target) {
        entry_kind_.bind(*references.target);
        entry_kind_.step();
        superseded = entry_kind_.optional_integer(1);
        entry_kind_.reset();
    }
    references.matched = parties_.match(party, superseded);
}

void Recorder::resolve_content(const RoundStatement& statement, References& references, const Entry& entry) {
    if (const auto found = find_round(statement.round, statement.company)) {
        refer_to_round(*found, references);
        if (statement.company) check_company(*statement.company, references, statement.round);
    } else {
        if (!statement.company) {
            throw Error(ErrorCode::missing_field,
                        "missing, expected on the first line of round " + detail::quoted(statement.round))
                .in_field("company");
        }
        references.round_handle = statement.round;
        refer_to_party("company", *statement.company, references.party);
    }
    resolve_common(entry, references);
}

void Recorder::resolve_content(const Closing& closing, References& references, const Entry& entry) {
    refer_to_round(closing.round, references);
    resolve_common(entry, references);
}

void Recorder::resolve_content(const Participation& participation, References& references,
                               const Entry& entry) {
    refer_to_round(participation.round, references);
    refer_to_party("investor", participation.investor, references.counterparty);
    resolve_common(entry, references);
}

void Recorder::resolve_content(const Valuation& valuation, References& references, const Entry& entry) {
    if (valuation.round && as_written() && !find_round(*valuation.round, valuation.company)) {
        references.round_handle = *valuation.round;
        refer_to_party("company", valuation.company, references.party);
    } else if (valuation.round) {
        refer_to_round(*valuation.round, references, valuation.company);
        check_company(valuation.company, references, *valuation.round);
    } else {
        refer_to_party("company", valuation.company, references.party);
    }
    resolve_common(entry, references);
}

void Recorder::resolve_content(const Relation& relation, References& references, const Entry& entry) {
    refer_to_party("from", relation.from, references.party);
    refer_to_party("to", relation.to, references.counterparty);
    resolve_common(entry, references);
}

void Recorder::resolve_content(const Remark& remark, References& references, const Entry& entry) {
    refer_to_party("about", remark.about, references.party);
    resolve_common(entry, references);
}

void Recorder::resolve_content(const StatedTotal& total, References& references, const Entry& entry) {
    refer_to_party("company", total.company, references.party);
    resolve_common(entry, references);
}

void Recorder::resolve_content(const Metric& metric, References& references, const Entry& entry) {
    refer_to_party("company", metric.company, references.party);
    resolve_common(entry, references);
}

void Recorder::resolve_content(const Retraction& retraction, References& references, const Entry& entry) {
    resolve_common(entry, references);
    references.superseded_retraction = references.target;
    references.target = referred_entry("of", retraction.of, std::nullopt);
}

//--- Keys and `recorded`

bool Recorder::key_is_used(std::string_view key) {
    entry_by_key_.bind(key);
    bool used = false;
    while (!used && entry_by_key_.step()) used = !as_written() || on_path(entry_by_key_.integer(0));
    entry_by_key_.reset();
    return used;
}

void Recorder::check_keys(const Entry& entry, const References& references) {
    if (entry.key) {
        if (key_is_used(*entry.key)) {
            throw Error::refused(ErrorCode::key_reused, *entry.key,
                                 "a new key, it is on record with other content")
                .in_field("key");
        }
    }
    if (const auto* source = std::get_if<Source>(&entry.content);
        source != nullptr && references.source_redefined) {
        throw Error::refused(ErrorCode::source_redefined, source->id,
                             "a new id, it is on record with other content: supersede that entry")
            .in_field("id");
    }
    if (const auto* definition = std::get_if<CurrencyDefinition>(&entry.content)) {
        const auto known = currencies().find(definition->code);
        if (known && known->decimals() != definition->decimals) {
            throw Error::refused(
                ErrorCode::currency_redefined, definition->code,
                "a new code, it has " + std::to_string(known->decimals()) + " decimals already")
                .in_field("code");
        }
    }
}

Timestamp Recorder::recorded_time(const FactsLine& line, Timestamp now,
                                  std::optional<Timestamp> recorded) const {
    const std::optional<Timestamp> given = line.recorded ? line.recorded : recorded;
    // After all that other chains brought, so that an entry never comes before one that it may be about.
    const auto after_others = [&] { return Timestamp::from_microseconds(last_beside_->microseconds() + 1); };
    if (!given) {
        const Timestamp time = last_recorded_ ? std::max(now, *last_recorded_) : now;
        return last_beside_ ? std::max(time, after_others()) : time;
    }
    if (last_beside_ && *given <= *last_beside_) {
        throw Error::refused(ErrorCode::recorded_too_early, given->to_string(),
                             "a time after the last entry of the other chains, " + last_beside_->to_string())
            .in_field("recorded");
    }
    if (last_recorded_ && *given < *last_recorded_) {
        throw Error::refused(ErrorCode::recorded_too_early, given->to_string(),
                             "no time before the chain's last entry, " + last_recorded_->to_string())
            .in_field("recorded");
    }
    if (*given > now) {
        throw Error::refused(ErrorCode::recorded_in_future, given->to_string(),
                             "a time not after now, " + now.to_string())
            .in_field("recorded");
    }
    return *given;
}

//--- Writing

void Recorder::write(FactsLine& line, References& references, Timestamp recorded) {
    const Entry& entry = line.entry;
    ++entry_;
    ++seq_;
    ++waiting_;
    hash_ = chain_hash(sha256_, hash_, line.id, recorded);
    last_recorded_ = recorded;
    create_referred(entry, references);
    insert_entry_
        .bind(entry_, chain_, seq_, bytes(line.id), bytes(hash_), recorded.microseconds(),
              to_string(entry.kind()), entry.key, references.source, references.party.party,
              references.counterparty.party, references.round, references.target,
              references.superseded_retraction, std::string_view(line.body))
        .run();
    contents_.write(entry_, entry.content, line.body,
                    references.first_source_entry == 0 ? entry_ : references.first_source_entry);
    name_parties(entry, references);
    if (const auto* definition = std::get_if<CurrencyDefinition>(&entry.content)) {
        insert_unit_.bind(definition->code, definition->decimals).run();
        dossiers_->add_currency(
            Currency::user_defined(definition->code, static_cast<int>(definition->decimals)));
    }
    keep_source(entry, references);
    refresh_standing(references, recorded);
    begin_standing(entry.kind(), references);
    keep_claim(line, references, recorded);
}

void Recorder::keep_source(const Entry& entry, const References& references) {
    const auto* source = std::get_if<Source>(&entry.content);
    if (source == nullptr || references.first_source_entry != 0 || chains_.several()) return;
    known_sources_.add(source->id, {entry_, std::make_shared<const Source>(*source)});
}

template <class Named>
std::int64_t Recorder::create_party(const Named& named) {
    const std::int64_t party = parties_.create(named);
    derivation_.begin_fresh(party);
    return party;
}

void Recorder::create_referred(const Entry& entry, References& references) {
    PartyReference& own = references.party;
    PartyReference& other = references.counterparty;
    if (const auto* party = std::get_if<Party>(&entry.content)) {
        own.party = references.matched.empty() ? create_party(*party) : references.matched.front();
    }
    if (own.is_new()) own.party = own.root = create_party(own.new_name);
    if (other.is_new()) {
        const bool same = own.is_new() && nfc(own.new_name) == nfc(other.new_name);
        other.party = other.root = same ? *own.party : create_party(other.new_name);
    }
    if (!references.round_handle.empty()) {
        references.round = ++round_;
        insert_round_.bind(round_, references.round_handle, *own.party).run();
        if (!chains_.several()) known_rounds_.add(references.round_handle, {round_, *own.party, own.root});
    }
}

void Recorder::name_parties(const Entry& entry, const References& references) {
    const PartyReference& own = references.party;
    const PartyReference& other = references.counterparty;
    if (own.is_new()) parties_.add_name(*own.party, own.new_name, entry_);
    if (other.is_new() && other.party != own.party) parties_.add_name(*other.party, other.new_name, entry_);
    const auto* party = std::get_if<Party>(&entry.content);
    if (party == nullptr) return;
    parties_.add(*party, *own.party, references.matched, entry_);
    // What these meant may be two parties now.
    known_parties_.forget(nfc(party->name));
    for (const std::string& alias : party->aliases) known_parties_.forget(nfc(alias));
}

void Recorder::keep_claim(FactsLine& line, const References& references, Timestamp recorded) {
    if (chains_.several()) return derivation_.forget_fresh();  // what came up may be of any chain
    const auto company = references.party.party;
    if (!company || !derivation_.is_fresh(*company)) return;
    Claim claim{.entry = std::move(line.entry),
                .id = line.id,
                .recorded = recorded,
                .place = {chains_.rows().at(chain_).id, seq_},
                .source = references.source_content,
                .counterparty = references.counterparty.root,
                .counterparty_name = {}};  // nothing that is derived tells it
    leave_attributes(claim.entry.content, line.entry.content);
    derivation_.add(*company, std::move(claim), entry_);
}

void Recorder::refresh_standing(const References& references, Timestamp recorded) {
    // The latest first: whether an entry stands depends on later ones only.
    std::set<std::int64_t, std::greater<>> open;
    if (references.target) open.insert(*references.target);
    if (references.superseded_retraction) open.insert(*references.superseded_retraction);
    while (!open.empty()) {
        const std::int64_t entry = *open.begin();
        open.erase(open.begin());
        if (!refresh_standing(entry, recorded)) continue;
        forget_known();
        standing_changed(entry);
        entry_kind_.bind(entry);
        entry_kind_.step();
        for (const int column : {2, 3}) {
            if (const auto target = entry_kind_.optional_integer(column)) open.insert(*target);
        }
        entry_kind_.reset();
    }
}

bool Recorder::refresh_standing(std::int64_t entry, Timestamp recorded) {
    withdrawer_.bind(entry);
    const bool stands = !withdrawer_.step();
    withdrawer_.reset();
    withdrawn_since_.bind(entry);
    const bool stood = !withdrawn_since_.step();
    const std::int64_t since = stood ? 0 : withdrawn_since_.integer(0);
    withdrawn_since_.reset();
    if (stands == stood) return false;
    if (!stands) {
        withdraw_.bind(entry, recorded.microseconds()).run();
    } else if (since == recorded.microseconds()) {
        forget_.bind(entry).run();  // withdrawn and back at one time: it never was
    } else {
        restore_.bind(entry, recorded.microseconds()).run();
    }
    return true;
}

std::int64_t Recorder::first_source_entry(std::int64_t source_entry) {
    first_source_entry_.bind(source_entry);
    const std::int64_t first = first_source_entry_.step() ? first_source_entry_.integer(0) : source_entry;
    first_source_entry_.reset();
    return first;
}

void Recorder::regroup(std::int64_t party_line) {
    for (const std::int64_t root : parties_.refresh_roots(party_line)) {
        forget_known();
        parties_.refresh_profile(root);
        regrouped_.insert(root);
        mark(root);
        companies_of_.bind(root);  // their investors are others now
        while (companies_of_.step()) mark(companies_of_.integer(0));
    }
}

void Recorder::begin_standing(EntryKind kind, const References& references) {
    if (kind == EntryKind::party && references.matched.size() > 1) regroup(entry_);
    // A new party has the profile of the line that created it.
    const bool has_profile = kind != EntryKind::party || references.matched.empty();
    if (references.party.party) claims_changed(*references.party.party, !has_profile);
    // No claim names a new source yet.
    if (kind == EntryKind::source && references.first_source_entry != 0)
        source_changed(references.first_source_entry);
}

void Recorder::standing_changed(std::int64_t entry) {
    entry_kind_.bind(entry);
    if (!entry_kind_.step()) return;
    const auto kind = from_word<EntryKind>(entry_kind_.text(0));
    const auto party = entry_kind_.optional_integer(1);
    entry_kind_.reset();
    if (kind == EntryKind::party) regroup(entry);
    if (party) claims_changed(*party, kind == EntryKind::party);
    if (kind == EntryKind::source) source_changed(first_source_entry(entry));
}

void Recorder::claims_changed(std::int64_t party, bool profile_too) {
    const std::int64_t root = derivation_.is_fresh(party) ? party : parties_.root(party);
    if (profile_too) parties_.refresh_profile(root);
    mark(root);
}

void Recorder::source_changed(std::int64_t first_source_entry) {
    parties_of_source_.bind(first_source_entry);
    while (parties_of_source_.step()) mark(parties_of_source_.integer(0));
}

}  // namespace postmoney::detail
