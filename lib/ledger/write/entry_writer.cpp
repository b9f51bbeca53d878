#include "ledger/write/entry_writer.hpp"

#include <algorithm>
#include <span>

#include "base/id_start.hpp"
#include "base/unicode.hpp"

namespace postmoney::detail {

EntryWriter::EntryWriter(Connection& connection, DossierReader& dossiers, PartyRegistry& parties,
                         Derivation& derivation)
    : connection_(&connection),
      dossiers_(&dossiers),
      parties_(&parties),
      derivation_(&derivation),
      contents_(connection),
      last_entry_number_(connection.handle(), "SELECT coalesce(max(entry), 0) FROM entry"),
      last_round_number_(connection.handle(), "SELECT coalesce(max(round), 0) FROM round"),
      entries_(connection,
               "INSERT OR FAIL INTO entry (entry, chain, seq, id, hash, recorded, kind, key, source, party, "
               "counterparty, round, target, superseded_retraction, body)",
               15),
      ids_(connection, "INSERT OR FAIL INTO entry_by_id (id_start, entry)", 2),
      insert_round_(connection.handle(),
                    "INSERT OR FAIL INTO round (round, handle, company) VALUES (?1, ?2, ?3)"),
      insert_unit_(connection.handle(),
                   "INSERT OR IGNORE INTO currency_unit (code, decimals) VALUES (?1, ?2)"),
      insert_subject_(connection.handle(),
                      "INSERT OR IGNORE INTO source_subject (source, party) VALUES (?1, ?2)") {}

void EntryWriter::refresh_numbers() {
    const auto read = [](Statement& number) {
        number.bind();
        const std::int64_t last = number.step() ? number.integer(0) : 0;
        number.reset();
        return last;
    };
    last_entry_ = read(last_entry_number_);
    last_round_ = read(last_round_number_);
    parties_->refresh_numbers();
    subjects_.clear();
    connection_->forget_waiting();
    waiting_.clear();
}

std::optional<std::int64_t> EntryWriter::find_waiting(const EntryId& id) const {
    const auto at = std::ranges::find(waiting_, id, &std::pair<EntryId, std::int64_t>::first);
    return at == waiting_.end() ? std::nullopt : std::optional(at->second);
}

void EntryWriter::write_waiting() {
    connection_->write_waiting();
    waiting_.clear();
}

std::int64_t EntryWriter::write(const FactsLine& line, References& references, const ChainWriter& chain,
                                bool may_wait) {
    const Entry& entry = line.entry;
    const ChainPosition& position = chain.position();
    const auto bytes = [](const auto& hex) { return std::span<const std::uint8_t>(hex.bytes); };
    const std::int64_t number = ++last_entry_;
    create_parties(entry, references);
    create_round(references);
    const auto add = [&](const auto&... values) { (entries_.add(values), ...); };
    add(number, chain.chain(), position.seq, bytes(line.id), bytes(position.hash),
        position.last_recorded->microseconds(), to_string(entry.kind()), entry.key, references.source,
        references.subject.party, references.counterparty.party, references.round, references.target,
        references.superseded_retraction, std::string_view(line.body));
    entries_.end_row();
    ids_.add(start_of(line.id));
    ids_.add(number);
    ids_.end_row();
    contents_.add(number, entry.content, line.body,
                  references.first_source_entry == 0 ? number : references.first_source_entry);
    waiting_.emplace_back(line.id, number);
    if (!may_wait) write_waiting();
    // The names of new parties refer to the entry.
    if (references.subject.is_new() || references.counterparty.is_new()) entries_.write();
    if (ids_.empty()) waiting_.clear();
    add_subject(references);
    name_parties(entry, references);
    if (const auto* definition = std::get_if<CurrencyDefinition>(&entry.content))
        define_currency(*definition);
    return number;
}

template <class Named>
std::int64_t EntryWriter::create_party(const Named& named) {
    const std::int64_t party = parties_->create(named);
    derivation_->begin_fresh(party);
    return party;
}

void EntryWriter::create_parties(const Entry& entry, References& references) {
    PartyReference& own = references.subject;
    PartyReference& other = references.counterparty;
    if (const auto* party = std::get_if<Party>(&entry.content)) {
        const auto& matched = references.matched_parties;
        own.party = matched.empty() ? create_party(*party) : matched.front();
    }
    if (own.is_new()) own.party = own.root = create_party(own.new_name);
    if (other.is_new()) {
        const bool same = own.is_new() && nfc(own.new_name) == nfc(other.new_name);
        other.party = other.root = same ? *own.party : create_party(other.new_name);
    }
}

void EntryWriter::create_round(References& references) {
    if (references.new_round.empty()) return;
    references.round = ++last_round_;
    insert_round_.bind(last_round_, references.new_round, *references.subject.party).run();
}

void EntryWriter::name_parties(const Entry& entry, const References& references) {
    const PartyReference& own = references.subject;
    const PartyReference& other = references.counterparty;
    if (own.is_new()) parties_->add_name(*own.party, own.new_name, last_entry_);
    if (other.is_new() && other.party != own.party)
        parties_->add_name(*other.party, other.new_name, last_entry_);
    if (const auto* party = std::get_if<Party>(&entry.content))
        parties_->add(*party, *own.party, references.matched_parties, last_entry_);
}

void EntryWriter::add_subject(const References& references) {
    constexpr std::size_t most_kept = 4096;
    if (!references.source || !references.subject.party) return;
    if (subjects_.size() >= most_kept) subjects_.clear();
    if (!subjects_.emplace(*references.source, *references.subject.party).second) return;
    insert_subject_.bind(*references.source, *references.subject.party).run();
}

void EntryWriter::define_currency(const CurrencyDefinition& definition) {
    insert_unit_.bind(definition.code, definition.decimals).run();
    dossiers_->add_currency(Currency::user_defined(definition.code, static_cast<int>(definition.decimals)));
}

}  // namespace postmoney::detail
