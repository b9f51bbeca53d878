#include "ledger/write/references.hpp"

#include <span>

#include "base/id_start.hpp"
#include "base/unicode.hpp"

namespace postmoney::detail {

ReferenceResolver::ReferenceResolver(Connection& connection, DossierReader& dossiers, NameScope& scope,
                                     PartyRegistry& parties)
    : dossiers_(&dossiers),
      scope_(&scope),
      parties_(&parties),
      entry_by_id_(connection.handle(),
                   "SELECT e.entry FROM entry_by_id i CROSS JOIN entry e ON e.entry = i.entry WHERE "
                   "i.id_start = ?1 AND e.id = ?2"),
      entry_by_key_(connection.handle(), "SELECT entry, kind FROM entry WHERE key = ?1 ORDER BY entry"),
      source_by_id_(connection.handle(),
                    "SELECT first_entry, entry FROM source WHERE id = ?1 ORDER BY entry"),
      first_source_entry_(connection.handle(), "SELECT first_entry FROM source WHERE entry = ?1"),
      round_by_handle_(connection.handle(),
                       "SELECT round, company FROM round WHERE handle = ?1 ORDER BY round"),
      kind_and_party_(connection.handle(), "SELECT kind, party FROM entry WHERE entry = ?1"),
      code_of_currency_(connection.handle(), "SELECT code FROM currency WHERE entry = ?1") {}

References ReferenceResolver::resolve(const Entry& entry) {
    const EntryNames names = names_in(entry.content);
    References references;
    if (names.round) {
        resolve_round(entry.kind(), names, references);
    } else if (names.subject) {
        references.subject = party_named(names.subject);
    }
    if (names.counterparty) references.counterparty = party_named(names.counterparty);
    resolve_source(entry, references);
    resolve_supersedes(entry, references);
    if (names.target) {
        references.superseded_retraction = references.target;
        references.target = referred_entry(names.target, std::nullopt);
    }
    // A source that replaces one of another id speaks for the claims that name the old one.
    if (entry.kind() == EntryKind::source && references.target)
        references.first_source_entry = first_source_entry(*references.target);
    if (const auto* party = std::get_if<Party>(&entry.content)) {
        const auto superseded = references.target ? party_of(*references.target) : std::nullopt;
        references.matched_parties = parties_->match(*party, superseded);
    }
    return references;
}

void ReferenceResolver::resolve_round(EntryKind kind, const EntryNames& names, References& references) {
    if (const auto found = find_round(names.round, names.subject)) {
        references.round = found->round;
        references.subject = {.party = found->company, .root = found->root};
        if (names.subject) check_company(names, references);
        return;
    }
    // A line on a round brings it up. In a replay so does a claim of a chain that means another company's
    // round.
    const bool brings_it_up = kind == EntryKind::round || (names.subject && scope_->reads_as_written());
    if (!brings_it_up) {
        throw Error::refused(ErrorCode::unknown_round, *names.round.name, "the handle of a round on record")
            .in_field(names.round.field);
    }
    if (!names.subject) {
        throw Error(ErrorCode::missing_field,
                    "missing, expected on the first line of round " + detail::quoted(*names.round.name))
            .in_field(names.subject.field);
    }
    references.new_round = *names.round.name;
    references.subject = party_named(names.subject);
}

void ReferenceResolver::check_company(const EntryNames& names, const References& references) {
    const auto named = find_party(names.subject);
    if (named && named->root == references.subject.root) return;
    throw Error::refused(ErrorCode::wrong_company, *names.subject.name,
                         "the company of round " + detail::quoted(*names.round.name) + ", " +
                             detail::quoted(parties_->name(references.subject.root)))
        .in_field(names.subject.field);
}

void ReferenceResolver::resolve_source(const Entry& entry, References& references) {
    if (!entry.source) return;
    const auto source = find_source(*entry.source);
    if (!source) {
        throw Error::refused(ErrorCode::unknown_source, *entry.source, "the id of a source on record")
            .in_field("source");
    }
    references.source = source->first_entry;
    references.source_content = source->content;
}

void ReferenceResolver::resolve_supersedes(const Entry& entry, References& references) {
    if (!entry.supersedes) return;
    references.target = referred_entry({"supersedes", &*entry.supersedes}, entry.kind());
    kind_and_party_.bind(*references.target);
    kind_and_party_.step();
    const std::string kind(kind_and_party_.text(0));
    kind_and_party_.reset();
    if (kind == to_string(entry.kind())) return;
    throw Error::refused(
        ErrorCode::wrong_kind, *entry.supersedes,
        "an entry of kind " + std::string(to_string(entry.kind())) + ", it is of kind " + kind)
        .in_field("supersedes");
}

PartyReference ReferenceResolver::party_named(const NamingField& naming) {
    if (const auto found = find_party(naming)) return {.party = found->party, .root = found->root};
    return {.new_name = *naming.name};
}

//--- Looking up

std::optional<std::int64_t> ReferenceResolver::find_entry(const EntryId& id) {
    entry_by_id_.bind(start_of(id), std::span<const std::uint8_t>(id.bytes));
    const auto found = entry_by_id_.step() ? std::optional(entry_by_id_.integer(0)) : std::nullopt;
    entry_by_id_.reset();
    return found;
}

std::int64_t ReferenceResolver::referred_entry(const NamingField& reference, std::optional<EntryKind> kind) {
    if (const auto id = referenced_id(*reference.name)) {
        if (const auto found = find_entry(*id)) return *found;
    } else {
        entry_by_key_.bind(std::string_view(*reference.name));
        std::vector<Meaning> meanings;
        std::vector<Meaning> of_kind;
        while (entry_by_key_.step()) {
            meanings.push_back({entry_by_key_.integer(0), entry_by_key_.integer(0)});
            if (kind && entry_by_key_.text(1) == to_string(*kind)) of_kind.push_back(meanings.back());
        }
        const std::vector<Meaning>& fitting = of_kind.empty() ? meanings : of_kind;
        if (!fitting.empty())
            return scope_->choose(fitting, reference.field, *reference.name, "the key of one entry");
    }
    throw Error::refused(ErrorCode::unknown_entry, *reference.name,
                         "the key of an entry on record, or sha256: and its id")
        .in_field(reference.field);
}

std::optional<ReferenceResolver::KnownParty> ReferenceResolver::find_party(const NamingField& naming) {
    const std::string composed = nfc(*naming.name);
    const bool keeps = scope_->is_whole_file();
    if (const KnownParty* known = keeps ? known_parties_.find(composed) : nullptr) return *known;
    try {
        const auto party = parties_->find(*naming.name);
        if (!party) return std::nullopt;
        const KnownParty found{*party, parties_->root(*party)};
        if (keeps) known_parties_.add(composed, found);
        return found;
    } catch (const Error& error) {
        throw error.in_field(naming.field);
    }
}

std::optional<ReferenceResolver::KnownRound> ReferenceResolver::find_round(const NamingField& handle,
                                                                           const NamingField& company) {
    const bool keeps = scope_->is_whole_file();
    if (const KnownRound* known = keeps ? known_rounds_.find(*handle.name) : nullptr) return *known;
    std::vector<KnownRound> rounds;
    round_by_handle_.bind(std::string_view(*handle.name));
    while (round_by_handle_.step()) {
        const std::int64_t party = round_by_handle_.integer(1);
        rounds.push_back({round_by_handle_.integer(0), party, parties_->root(party)});
    }
    if (rounds.empty()) return std::nullopt;
    return keeps ? known_rounds_.add(*handle.name, rounds.front()) : choose_round(rounds, handle, company);
}

std::optional<ReferenceResolver::KnownRound> ReferenceResolver::choose_round(
    const std::vector<KnownRound>& rounds, const NamingField& handle, const NamingField& company) {
    if (company) {
        const auto named = find_party(company);
        for (const KnownRound& round : rounds) {
            if (named && named->root == round.root) return round;
        }
        if (scope_->reads_as_written()) return std::nullopt;  // the chain that says so has a round of its own
    }
    if (rounds.size() == 1) return rounds.front();
    for (const KnownRound& round : rounds) {
        if (scope_->uses_round(round.round)) return round;
    }
    if (scope_->reads_as_written()) return rounds.front();
    NameScope::refuse_ambiguous(handle.field, *handle.name, "the handle of one round");
}

std::optional<ReferenceResolver::KnownSource> ReferenceResolver::find_source(std::string_view id) {
    const bool keeps = scope_->is_whole_file();
    if (const KnownSource* known = keeps ? known_sources_.find(id) : nullptr) return *known;
    const auto first = scope_->choose(source_by_id_.bind(id), "source", id, "the id of one source");
    if (!first) return std::nullopt;
    if (!keeps) return KnownSource{*first, nullptr};
    return known_sources_.add(id, {*first, dossiers_->source(*first)});
}

std::int64_t ReferenceResolver::first_source_entry(std::int64_t source_entry) {
    first_source_entry_.bind(source_entry);
    const std::int64_t first = first_source_entry_.step() ? first_source_entry_.integer(0) : source_entry;
    first_source_entry_.reset();
    return first;
}

std::optional<std::int64_t> ReferenceResolver::party_of(std::int64_t entry) {
    kind_and_party_.bind(entry);
    const auto party = kind_and_party_.step() ? kind_and_party_.optional_integer(1) : std::nullopt;
    kind_and_party_.reset();
    return party;
}

//--- New names

bool ReferenceResolver::key_is_used(std::string_view key) {
    entry_by_key_.bind(key);
    bool used = false;
    while (!used && entry_by_key_.step()) used = scope_->sees(entry_by_key_.integer(0));
    entry_by_key_.reset();
    return used;
}

void ReferenceResolver::check_source_id(const Source& source, const References& references) {
    source_by_id_.bind(std::string_view(source.id));
    bool used = false;
    bool replaced = false;
    while (!replaced && source_by_id_.step()) {
        if (!scope_->sees(source_by_id_.integer(1))) continue;
        used = true;
        replaced = source_by_id_.integer(0) == references.first_source_entry;
    }
    source_by_id_.reset();
    if (!used || replaced) return;
    throw Error::refused(ErrorCode::source_redefined, source.id,
                         "a new id, it is on record with other content: supersede that entry")
        .in_field("id");
}

void ReferenceResolver::check_new_names(const Entry& entry, const References& references) {
    if (entry.key && key_is_used(*entry.key)) {
        throw Error::refused(ErrorCode::key_reused, *entry.key,
                             "a new key, it is on record with other content")
            .in_field("key");
    }
    if (const auto* source = std::get_if<Source>(&entry.content)) check_source_id(*source, references);
    if (const auto* definition = std::get_if<CurrencyDefinition>(&entry.content))
        check_currency(*definition, references);
}

void ReferenceResolver::check_currency(const CurrencyDefinition& definition, const References& references) {
    const auto refuse = [&](const std::string& expected) {
        throw Error::refused(ErrorCode::currency_redefined, definition.code, expected).in_field("code");
    };
    const auto known = dossiers_->currencies().find(definition.code);
    if (known && known->decimals() != definition.decimals)
        refuse("a new code, it has " + std::to_string(known->decimals()) + " decimals already");
    if (!references.target) return;
    code_of_currency_.bind(*references.target);
    const std::string code(code_of_currency_.step() ? code_of_currency_.text(0) : definition.code);
    code_of_currency_.reset();
    if (code != definition.code)
        refuse("the code of the entry that it supersedes, " + detail::quoted(code) +
               ": only the name of a currency can be corrected");
}

//--- What is kept

void ReferenceResolver::learn(const Entry& entry, std::int64_t number, const References& references) {
    if (const auto* party = std::get_if<Party>(&entry.content)) {
        // What these meant may be two parties now.
        known_parties_.forget(nfc(party->name));
        for (const std::string& alias : party->aliases) known_parties_.forget(nfc(alias));
    }
    if (!scope_->is_whole_file()) return;
    if (!references.new_round.empty()) {
        known_rounds_.add(references.new_round,
                          {*references.round, *references.subject.party, references.subject.root});
    }
    const auto* source = std::get_if<Source>(&entry.content);
    if (source != nullptr && references.first_source_entry == 0)
        known_sources_.add(source->id, {number, std::make_shared<const Source>(*source)});
}

void ReferenceResolver::forget() {
    known_parties_.clear();
    known_rounds_.clear();
    known_sources_.clear();
}

}  // namespace postmoney::detail
