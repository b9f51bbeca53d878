#include "ledger/read/list_reader.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/hex.hpp"
#include "base/unicode.hpp"
#include "ledger/read/words_of_search.hpp"

namespace postmoney::detail {

namespace {

// SQL that says whether a row of a kept table held at ?1.
[[nodiscard]] std::string known_now(const std::string& table) {
    return table + ".known_from <= ?1 AND " + table + ".known_to > ?1";
}

[[nodiscard]] std::optional<PartialDate> date_in_column(const Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(PartialDate::parse(row.text(column)));
}

template <class Word>
[[nodiscard]] std::optional<Word> word_in_column(const Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(from_word<Word>(row.text(column)));
}

// The text of the first row; null without one.
[[nodiscard]] std::optional<std::string> first_text(Statement& statement) {
    std::optional<std::string> text;
    if (statement.step()) text = std::string(statement.text(0));
    statement.reset();
    return text;
}

// A source of its current row, whose columns are those of the kind.
[[nodiscard]] Source source_in(const Statement& row) {
    return {.id = std::string(row.text(0)),
            .type = from_word<SourceType>(row.text(1)),
            .publisher = row.optional_text(2),
            .title = row.optional_text(3),
            .url = row.optional_text(4),
            .published = date_in_column(row, 5),
            .language = row.optional_text(6),
            .accession = row.optional_text(7)};
}

// Summaries of rows that come party by party, which their first column names; each row is a round, whose date
// is in a column. `add(summary, is_new)` takes what else the row says, and tells whether the round takes
// place, so that it has a date.
template <class Summary, class Add>
[[nodiscard]] std::vector<Summary> by_party(Statement& rows, int date, const Add& add) {
    std::vector<Summary> summaries;
    LatestDate latest;
    while (rows.step()) {
        const bool is_new = summaries.empty() || summaries.back().party != rows.integer(0);
        if (is_new) {
            summaries.emplace_back().party = rows.integer(0);
            latest = {};
        }
        Summary& summary = summaries.back();
        if (!add(summary, is_new)) continue;
        latest.add(date_in_column(rows, date));
        summary.last_round = latest.date();
    }
    return summaries;
}

}  // namespace

// Keeps of each thing that was found the text that fits best.
class ListReader::Matches {
  public:
    explicit Matches(const WordsOfSearch& words) : words_(&words) {}

    // `name()` tells what the text is of; null: it does not stand.
    template <class Name>
    void add(MatchKind kind, std::string_view text, const Name& name) {
        const auto rank = rank_of(text);
        if (!rank) return;
        if (const std::optional<std::string> found = name()) add(kind, *found, std::string(text), *rank);
    }
    void add(MatchKind kind, const std::string& name, const std::string& text) {
        if (const auto rank = rank_of(text)) add(kind, name, text, *rank);
    }

    [[nodiscard]] bool fits(std::string_view text) { return rank_of(text).has_value(); }

    [[nodiscard]] std::vector<Match> sorted() && {
        std::vector<Match> matches;
        for (auto& [key, match] : found_) matches.push_back(std::move(match));
        std::stable_sort(matches.begin(), matches.end(),
                         [](const Match& a, const Match& b) { return a.rank < b.rank; });
        return matches;
    }

  private:
    void add(MatchKind kind, const std::string& name, const std::string& text, int rank) {
        Match match{.kind = kind, .name = name, .text = text, .rank = rank};
        const auto key = std::make_tuple(kind, name, kind == MatchKind::remark ? text : std::string());
        const auto [at, is_new] = found_.try_emplace(key, match);
        if (is_new) return;
        if (std::tie(match.rank, match.text) < std::tie(at->second.rank, at->second.text))
            at->second = std::move(match);
    }

    [[nodiscard]] std::optional<int> rank_of(std::string_view text) {
        write_search_form(text, form_);
        return words_->rank(form_);
    }

    const WordsOfSearch* words_;
    std::string form_;
    std::map<std::tuple<MatchKind, std::string, std::string>, Match> found_;
};

std::vector<CompanySummary> ListReader::companies() {
    std::map<std::int64_t, std::optional<std::vector<Total>>> raised;
    totals_->for_each_known(known_, [&](std::int64_t company, const std::optional<Total>& total) {
        auto& totals = raised.try_emplace(company, std::vector<Total>()).first->second;
        if (!total) totals.reset();
        if (totals) totals->push_back(*total);
    });
    Statement rounds(connection_->handle(),
                     "SELECT rr.company, rr.date, rr.counts, rr.status FROM resolved_round rr WHERE " +
                         known_now("rr") + " ORDER BY rr.company");
    rounds.bind(known_);
    auto companies = by_party<CompanySummary>(rounds, 1, [&](CompanySummary& company, bool) {
        ++company.rounds;
        company.counted += rounds.integer(2);
        return takes_place(word_in_column<RoundStatus>(rounds, 3));
    });
    for (CompanySummary& company : companies) {
        Profile of = profile(company.party);
        company.name = std::move(of.name);
        company.country = std::move(of.country);
        company.market = std::move(of.market);
        const auto totals = raised.find(company.party);
        company.raised = totals == raised.end() ? std::vector<Total>() : std::move(totals->second);
    }
    return companies;
}

std::vector<InvestorSummary> ListReader::investors() {
    Statement parts(
        connection_->handle(),
        "SELECT pr.investor, pr.company, pr.lead, rr.date, rr.status FROM resolved_participation pr "
        "JOIN resolved_round rr ON rr.round = pr.round AND rr.company = pr.company AND " +
            known_now("rr") + " WHERE " + known_now("pr") + " ORDER BY pr.investor, pr.company");
    parts.bind(known_);
    std::optional<std::int64_t> last_company;
    auto investors = by_party<InvestorSummary>(parts, 3, [&](InvestorSummary& investor, bool is_new) {
        if (is_new) last_company.reset();
        if (!takes_place(word_in_column<RoundStatus>(parts, 4))) return false;
        ++investor.rounds;
        const std::int64_t company = parts.integer(1);
        if (std::exchange(last_company, company) != company) ++investor.companies;
        investor.led += parts.integer(2);
        return true;
    });
    for (InvestorSummary& investor : investors) {
        Profile of = profile(investor.party);
        investor.name = std::move(of.name);
        investor.type = std::move(of.type);
        investor.country = std::move(of.country);
    }
    return investors;
}

std::vector<RoundSummary> ListReader::rounds(const RoundFilter& filter, const RoundOwners& owners) {
    std::string sql =
        "SELECT rr.company, p.name, r.handle, rr.name, rr.stage, rr.status, rr.instrument, rr.date, "
        "rr.raised, "
        "s.id, s.first_entry, rr.investors, rr.named_investors, rr.valuation_words, "
        "rr.valuation_minor, rr.valuation_currency, rr.counts, s.type, "
        // Most sources are stated once and for all.
        "NOT EXISTS (SELECT 1 FROM source t WHERE t.first_entry = s.entry AND t.first_entry <> t.entry) "
        "AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.entry = s.entry) "
        "FROM resolved_round rr JOIN round r ON r.round = rr.round JOIN party p ON p.party = "
        "rr.company LEFT JOIN entry e ON e.entry = rr.raised_entry LEFT JOIN source s ON s.entry = e.source "
        "WHERE " +
        known_now("rr");
    if (owners.company) sql += " AND rr.company = ?2";
    if (owners.investor)
        sql +=
            " AND rr.round IN (SELECT pr.round FROM resolved_participation pr WHERE pr.investor = ?3 AND " +
            known_now("pr") + ")";
    Statement read(connection_->handle(), sql);
    read.bind(known_);
    if (owners.company) read.bind_at(2, *owners.company);
    if (owners.investor) read.bind_at(3, *owners.investor);
    std::vector<RoundSummary> rounds;
    while (read.step()) {
        RoundSummary round{.party = read.integer(0),
                           .company = std::string(read.text(1)),
                           .round = std::string(read.text(2)),
                           .name = std::string(read.text(3)),
                           .stage = std::string(read.text(4)),
                           .status = word_in_column<RoundStatus>(read, 5),
                           .instrument = word_in_column<Instrument>(read, 6),
                           .date = date_in_column(read, 7),
                           .raised = {},
                           .raised_source = std::string(read.text(9)),
                           .source_type = {},
                           .investors = read.optional_integer(11),
                           .named_investors = read.integer(12),
                           .valuation = {},
                           .counts = read.integer(16) != 0};
        if (!read.is_null(8)) round.raised = Amount::parse(read.text(8), dossiers_->currencies());
        if (!read.is_null(13)) {
            round.valuation = Amount::parse(read.text(13), dossiers_->currencies());
        } else if (const auto exact = money(read, 14, 15)) {
            round.valuation = Amount(*exact);
        }
        if (const auto first = read.optional_integer(10)) {
            const bool is_settled = !known_at_ && read.integer(18) != 0;
            round.source_type = is_settled ? word_in_column<SourceType>(read, 17) : type_of_source(*first);
        }
        if (takes(filter, round)) rounds.push_back(std::move(round));
    }
    return rounds;
}

std::optional<SourceType> ListReader::type_of_source(std::int64_t first_entry) {
    const auto [at, is_new] = types_.try_emplace(first_entry);
    if (is_new) {
        if (const auto source = dossiers_->source(first_entry, known_at_)) at->second = source->type;
    }
    return at->second;
}

std::optional<Money> ListReader::money(const Statement& row, int minor, int currency) {
    if (row.is_null(minor) || row.is_null(currency)) return std::nullopt;
    return Money(row.integer(minor), dossiers_->currency(row.text(currency)));
}

std::vector<LeagueMoney> ListReader::monies(const LeagueQuery& query) {
    // What is not asked for is not joined: there are many rows.
    const std::string stage = query.stage.empty() ? "NULL" : "rr.stage";
    const std::string market = query.market.empty() ? "NULL" : "p.market";
    const std::string of_companies =
        "SELECT i.company, i.round, i.date, i.currency, i.minor, " + stage + ", " + market +
        ", 0, NULL FROM inflow i" + (query.market.empty() ? "" : " JOIN party p ON p.party = i.company") +
        (query.stage.empty() ? ""
                             : " LEFT JOIN resolved_round rr ON rr.round = i.round AND " + known_now("rr")) +
        " WHERE " + known_now("i");
    const std::string of_investors =
        "SELECT pr.investor, pr.round, rr.date, pr.amount_currency, pr.amount_minor, rr.stage, "
        "p.market, pr.lead, rr.status FROM resolved_participation pr JOIN resolved_round rr ON rr.round = "
        "pr.round AND rr.company = pr.company AND " +
        known_now("rr") + " JOIN party p ON p.party = pr.company WHERE " + known_now("pr");
    Statement read(connection_->handle(), query.of == LeagueOf::company ? of_companies : of_investors);
    std::vector<LeagueMoney> all;
    read.bind(known_);
    while (read.step()) {
        const auto date = date_in_column(read, 2);
        if (!takes(query, date, read.text(5), read.text(6))) continue;
        if (!takes_place(word_in_column<RoundStatus>(read, 8))) continue;
        LeagueMoney& found = all.emplace_back();
        found.party = read.integer(0);
        found.round = read.integer(1);
        found.date = date;
        if (!read.is_null(3)) found.currency = dossiers_->currency(read.text(3));
        found.money = money(read, 4, 3);
        found.led = read.integer(7) != 0;
    }
    return all;
}

std::vector<SourceSummary> ListReader::sources() {
    // Counted here: SQLite would sort all entries by source first.
    std::unordered_map<std::int64_t, std::int64_t> entries;
    Statement naming(
        connection_->handle(),
        "SELECT e.source FROM entry e WHERE e.source IS NOT NULL AND e.kind <> 'retraction' AND " +
            stood_at("?1"));
    naming.bind(known_);
    while (naming.step()) ++entries[naming.integer(0)];
    std::vector<SourceSummary> sources;
    for (StandingSource& standing : standing_sources()) {
        const auto named = entries.find(standing.first_entry);
        sources.push_back(
            {.source = std::move(standing.source), .entries = named == entries.end() ? 0 : named->second});
    }
    sort_by_key(sources, [](const SourceSummary& each) { return std::string_view(each.source.id); });
    return sources;
}

// Of what stands of one source the latest row says what it is; few are stated more than once.
std::vector<ListReader::StandingSource> ListReader::standing_sources() {
    // SQLite would walk all entries; a cross join keeps the order of the tables.
    Statement read(
        connection_->handle(),
        "SELECT s.id, s.type, s.publisher, s.title, s.url, s.published, s.language, s.accession, "
        "s.first_entry, e.recorded, e.id FROM source s CROSS JOIN entry e ON e.entry = s.entry WHERE " +
            stood_at("?1"));
    std::vector<StandingSource> sources;
    std::unordered_map<std::int64_t, std::size_t> places;  // by the first entry
    read.bind(known_);
    while (read.step()) {
        StandingSource found{.first_entry = read.integer(8),
                             .recorded = read.integer(9),
                             .id = hex_from_blob<EntryId>(read.blob(10)),
                             .source = source_in(read)};
        const auto [at, is_new] = places.try_emplace(found.first_entry, sources.size());
        if (is_new) {
            sources.push_back(std::move(found));
            continue;
        }
        StandingSource& known = sources[at->second];
        if (std::tie(known.recorded, known.id) < std::tie(found.recorded, found.id)) known = std::move(found);
    }
    return sources;
}

std::vector<Match> ListReader::find(std::string_view text) {
    const WordsOfSearch words(text);
    if (words.empty()) throw Error::refused(ErrorCode::bad_text, text, "at least one word");
    Matches matches(words);
    find_names(matches);
    find_rounds(matches);
    find_sources(matches);
    find_remarks(matches);
    return std::move(matches).sorted();
}

// What a text is of is looked up where the text fits: there are many texts, and few that do.

void ListReader::find_names(Matches& matches) {
    Statement owner(connection_->handle(),
                    "SELECT root.name FROM party p JOIN party root ON root.party = p.root JOIN entry e ON "
                    "e.entry = ?3 WHERE p.party = ?2 AND ((?4 = 1 AND e.recorded <= ?1) OR (" +
                        stood_at("?1") + "))");
    Statement names(connection_->handle(), "SELECT name, party, entry, by_claim FROM party_name");
    names.bind();
    while (names.step()) {
        matches.add(MatchKind::party, names.text(0), [&]() -> std::optional<std::string> {
            owner.bind(known_, names.integer(1), names.integer(2), names.integer(3));
            return first_text(owner);
        });
    }
}

void ListReader::find_rounds(Matches& matches) {
    Statement handle(
        connection_->handle(),
        "SELECT r.handle FROM round r JOIN resolved_round rr ON rr.round = r.round WHERE r.round "
        "= ?2 AND " +
            known_now("rr"));
    const auto find = [&](Statement& texts) {
        while (texts.step()) {
            matches.add(MatchKind::round, texts.text(0), [&]() -> std::optional<std::string> {
                handle.bind(known_, texts.integer(1));
                return first_text(handle);
            });
        }
    };
    Statement handles(connection_->handle(), "SELECT handle, round FROM round");
    handles.bind();
    find(handles);
    Statement names(connection_->handle(),
                    "SELECT rr.name, rr.round FROM resolved_round rr WHERE rr.name IS "
                    "NOT NULL AND " +
                        known_now("rr"));
    names.bind(known_);
    find(names);
}

// A row may be of what no longer stands: what fits is read again as it does.
void ListReader::find_sources(Matches& matches) {
    Statement texts(connection_->handle(), "SELECT id, title, first_entry FROM source");
    texts.bind();
    while (texts.step()) {
        if (!matches.fits(texts.text(0)) && (texts.is_null(1) || !matches.fits(texts.text(1)))) continue;
        const auto source = dossiers_->source(texts.integer(2), known_at_);
        if (!source) continue;
        matches.add(MatchKind::source, source->id, source->id);
        if (source->title) matches.add(MatchKind::source, source->id, *source->title);
    }
}

void ListReader::find_remarks(Matches& matches) {
    Statement subject(connection_->handle(),
                      "SELECT root.name FROM entry e JOIN party p ON p.party = e.party JOIN party root ON "
                      "root.party = p.root WHERE e.entry = ?2 AND " +
                          stood_at("?1"));
    Statement texts(connection_->handle(), "SELECT text, entry FROM remark");
    texts.bind();
    while (texts.step()) {
        matches.add(MatchKind::remark, texts.text(0), [&]() -> std::optional<std::string> {
            subject.bind(known_, texts.integer(1));
            return first_text(subject);
        });
    }
}

ListReader::Profile ListReader::profile(std::int64_t party) {
    if (!profile_) {
        profile_.emplace(connection_->handle(),
                         "SELECT name, type, country, market FROM party WHERE party = ?1");
    }
    profile_->bind(party);
    Profile found;
    if (profile_->step()) {
        found = {.name = std::string(profile_->text(0)),
                 .type = std::string(profile_->text(1)),
                 .country = std::string(profile_->text(2)),
                 .market = std::string(profile_->text(3))};
    }
    profile_->reset();
    return found;
}

}  // namespace postmoney::detail
