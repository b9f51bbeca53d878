-- The funding ledger, schema 1. README.md in this folder is the manual.
--
-- Recorded tables hold what was stated and never change: triggers refuse UPDATE, DELETE and any INSERT in place of a
-- row. Derived tables follow from the recorded ones, can be rebuilt from them, and are compared with them by
-- `verify`. Times are microseconds since 1970-01-01T00:00:00Z; {{end_of_time}} (the end of 9999) stands for "still".
-- Money is whole minor units of the currency beside it. Integers that can be beyond 32 bits are declared BIGINT, which
-- readers in other languages need; STRICT refuses that word, so the tables that have it check the types of their
-- columns by themselves. Views hand the declared types on.

-------------------------------------------------------------------------------------------------- recorded

-- One row a chain: the sequence of entries that one ledger wrote. A file writes to one chain, and can hold others that
-- merges brought. When copies of one file both grow, their chains have one id and share their first entries: those are
-- rows of `trunk`, `shared` of them, and the others count on from there.
CREATE TABLE chain (
    chain  INTEGER PRIMARY KEY,
    id     TEXT NOT NULL CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
    trunk  INTEGER REFERENCES chain (chain) DEFERRABLE INITIALLY DEFERRED CHECK (trunk < chain),
    shared INTEGER CHECK (shared >= 0),
    CHECK ((trunk IS NULL) = (shared IS NULL))
) STRICT;
CREATE UNIQUE INDEX chain_id ON chain (id) WHERE trunk IS NULL;

-- The file itself: which chain it writes to, and the lowest schema version whose programs can read it.
CREATE TABLE ledger (
    only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
    own_chain  INTEGER NOT NULL REFERENCES chain (chain) DEFERRABLE INITIALLY DEFERRED,
    min_reader INTEGER NOT NULL CHECK (min_reader >= 1)
) STRICT;

-- A party's number in this file. The rest of a row is derived, and follows the party lines that stand: `root`, the
-- lowest number among the parties that are the same one; and of a root the name and the profile.
CREATE TABLE party (
    party   INTEGER PRIMARY KEY,
    root    INTEGER NOT NULL REFERENCES party (party) DEFERRABLE INITIALLY DEFERRED,
    name    TEXT NOT NULL,
    type    TEXT CHECK ({{one_of type PartyType}}),
    country TEXT,
    founded TEXT,
    market  TEXT
) STRICT;
CREATE INDEX party_root ON party (root);

-- A round's number in this file, its handle, and whose round it is.
CREATE TABLE round (
    round   INTEGER PRIMARY KEY,
    handle  TEXT NOT NULL,
    company INTEGER NOT NULL REFERENCES party (party) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (handle, company)  -- ledgers that were merged may have used one handle for rounds of two companies
) STRICT;
CREATE INDEX round_company ON round (company);

-- Every entry, by recorded, then chain id and seq: the order of arrival, and after a merge the same whatever was merged
-- into what. `body` is its content as canonical JSON (RFC 8785) without `recorded`; `id` is the
-- SHA-256 of body; `hash` is SHA-256(hash of the chain's entry before, or 32 zero bytes; id; recorded as 8 bytes,
-- big-endian). The other columns follow from body and say what the entry is about.
CREATE TABLE entry (
    entry        INTEGER PRIMARY KEY,
    chain        INTEGER NOT NULL REFERENCES chain (chain) DEFERRABLE INITIALLY DEFERRED,
    seq          INTEGER NOT NULL CHECK (seq >= 1),
    id           BLOB NOT NULL,
    hash         BLOB NOT NULL,
    recorded     INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND {{end_of_time}}),
    kind         TEXT NOT NULL CHECK ({{one_of kind EntryKind}}),
    key          TEXT,
    -- the entry that first stated the source
    source       INTEGER REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    -- the company, `from` or `about`; see party.root
    party        INTEGER REFERENCES party (party) DEFERRABLE INITIALLY DEFERRED,
    -- a participation's investor, a relation's `to`
    counterparty INTEGER REFERENCES party (party) DEFERRABLE INITIALLY DEFERRED,
    round        INTEGER REFERENCES round (round) DEFERRABLE INITIALLY DEFERRED,
    -- the entry that this one supersedes or retracts
    target       INTEGER REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    -- of a retraction that supersedes another one: that one
    superseded_retraction INTEGER REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    body         TEXT NOT NULL,
    UNIQUE (chain, seq)
) STRICT;
CREATE INDEX entry_key ON entry (key) WHERE key IS NOT NULL;
-- Of the claims on a party: see source_subject.
CREATE INDEX entry_source ON entry (source) WHERE source IS NOT NULL AND party IS NULL;
CREATE INDEX entry_party ON entry (party) WHERE party IS NOT NULL;
CREATE INDEX entry_counterparty ON entry (counterparty) WHERE counterparty IS NOT NULL;
CREATE INDEX entry_round ON entry (round) WHERE round IS NOT NULL;
CREATE INDEX entry_target ON entry (target) WHERE target IS NOT NULL;
CREATE INDEX entry_superseded_retraction ON entry (superseded_retraction) WHERE superseded_retraction IS NOT NULL;

-- Where else the content of an entry was recorded: in chains that came together after both had recorded it. With the
-- rows of `entry`, these are all places of every chain; `entry` has the first of them.
CREATE TABLE repeat (
    chain    INTEGER NOT NULL REFERENCES chain (chain) DEFERRABLE INITIALLY DEFERRED,
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    entry    INTEGER NOT NULL REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    hash     BLOB NOT NULL,
    recorded INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND {{end_of_time}}),
    PRIMARY KEY (chain, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX repeat_entry ON repeat (entry);

-- One row an entry of each kind, with the columns of that kind. A sum of money has three columns: the text as stated,
-- the number to count in minor units (see Bounds in README.md), and the currency; the last two are null when it is
-- undisclosed. A number that is no money has its canonical decimal text, and a whole part and a ten-digit fraction that
-- sum exactly. ..._last_day is the last day of a date, from which a thing has surely happened.

{{kind_tables}}
CREATE INDEX source_id ON source (id);
CREATE INDEX source_first_entry ON source (first_entry) WHERE first_entry <> entry;
CREATE INDEX market_total_market ON market_total (market);
CREATE INDEX fx_rate_fact ON fx_rate (base, quote, on_date);
CREATE INDEX currency_code ON currency (code);

-------------------------------------------------------------------------------------------------- derived

-- Where an id is found: id_start is its first eight bytes as a big-endian number with a sign. They tell almost all
-- entries apart and keep this small; whoever looks an entry up compares the whole id.
CREATE TABLE entry_by_id (
    id_start BIGINT NOT NULL,
    entry    INTEGER NOT NULL REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (id_start, entry)
) STRICT, WITHOUT ROWID;

-- The parties that entries of a source are about, by the entry that first stated the source.
CREATE TABLE source_subject (
    source INTEGER NOT NULL REFERENCES entry (entry),
    party  INTEGER NOT NULL REFERENCES party (party),
    PRIMARY KEY (source, party)
) STRICT, WITHOUT ROWID;

-- When an entry that is no retraction did not stand, as FACTS.md says under Standing: from known_from until before
-- known_to. The view retractions_known tells it of retractions.
CREATE TABLE withdrawn (
    entry      INTEGER NOT NULL REFERENCES entry (entry),
    known_from BIGINT NOT NULL,
    known_to   BIGINT NOT NULL DEFAULT {{end_of_time}},
    PRIMARY KEY (entry, known_from)
) STRICT, WITHOUT ROWID;

-- The names a party goes by, in Unicode NFC, and the entry each comes from: its party line, or the claim that first
-- named it (by_claim = 1), whose name stays even when the claim is taken back.
CREATE TABLE party_name (
    name     TEXT NOT NULL,
    party    INTEGER NOT NULL REFERENCES party (party),
    entry    INTEGER NOT NULL REFERENCES entry (entry),
    by_claim INTEGER NOT NULL CHECK (by_claim IN (0, 1)),
    PRIMARY KEY (name, party, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE party_identifier (
    scheme TEXT NOT NULL,
    value  TEXT NOT NULL,
    party  INTEGER NOT NULL REFERENCES party (party),
    entry  INTEGER NOT NULL REFERENCES entry (entry),
    PRIMARY KEY (scheme, value, party, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_identifier_party ON party_identifier (party);

-- Parties that a party line shows to be the same one: a row for each party that its names and ids were those of. They
-- are one as long as the line stands.
CREATE TABLE party_union (
    entry INTEGER NOT NULL REFERENCES entry (entry),
    party INTEGER NOT NULL REFERENCES party (party),
    PRIMARY KEY (entry, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_union_party ON party_union (party);

-- What the claims on a round came to under the default resolution policy, as known from known_from until before
-- known_to. Each resolved figure names the entry that won. `counts`: whether totals take it (neither rumoured nor
-- cancelled, of instrument equity, safe, convertible-note or none stated).
CREATE TABLE resolved_round (
    round                INTEGER NOT NULL REFERENCES round (round),
    known_from           BIGINT NOT NULL,
    known_to             BIGINT NOT NULL DEFAULT {{end_of_time}},
    company              INTEGER NOT NULL REFERENCES party (party),
    counts               INTEGER NOT NULL CHECK (counts IN (0, 1)),
    name                 TEXT,
    stage                TEXT,
    status               TEXT,
    status_entry         INTEGER REFERENCES entry (entry),
    instrument           TEXT,
    instrument_entry     INTEGER REFERENCES entry (entry),
    fund_type            TEXT,
    date                 TEXT,
    valid_from           TEXT,
    announced            TEXT,
    closed               TEXT,
    first_sale           TEXT,
    filed                TEXT,
    raised               TEXT,
    raised_minor         BIGINT,
    raised_lower_minor   BIGINT,
    raised_upper_minor   BIGINT,
    raised_currency      TEXT,
    raised_entry         INTEGER REFERENCES entry (entry),
    offered              TEXT,
    offered_minor        BIGINT,
    offered_currency     TEXT,
    offered_entry        INTEGER REFERENCES entry (entry),
    investors            BIGINT,
    investors_entry      INTEGER REFERENCES entry (entry),
    named_investors      INTEGER NOT NULL,
    participations_minor BIGINT,
    closings_minor       BIGINT,
    pre_money_minor      BIGINT,
    pre_money_currency   TEXT,
    pre_money_entry      INTEGER REFERENCES entry (entry),
    valuation_minor      BIGINT,
    valuation_words      TEXT,
    valuation_currency   TEXT,
    valuation_origin     TEXT CHECK ({{one_of valuation_origin ValuationOrigin}}),
    valuation_entry      INTEGER REFERENCES entry (entry),
    pre_plus_new_money_minor BIGINT,
    post_money_minor     BIGINT,
    last_round           INTEGER REFERENCES round (round),
    last_minor           BIGINT,
    last_currency        TEXT,
    growth               TEXT,
    step_up              TEXT,
    PRIMARY KEY (round, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX resolved_round_company ON resolved_round (company, known_to);

-- What an investor put into a round, as known from known_from until before known_to: the amount and whether it led,
-- each by the best of the claims that tell it. untold_position is 1 where the investor got shares of which neither a
-- class nor a number nor a round with a price is known.
CREATE TABLE resolved_participation (
    company         INTEGER NOT NULL REFERENCES party (party),
    round           INTEGER NOT NULL REFERENCES round (round),
    investor        INTEGER NOT NULL REFERENCES party (party),
    known_from      BIGINT NOT NULL,
    known_to        BIGINT NOT NULL DEFAULT {{end_of_time}},
    amount          TEXT,
    amount_minor    BIGINT,
    amount_currency TEXT,
    amount_entry    INTEGER NOT NULL REFERENCES entry (entry),
    lead            INTEGER CHECK (lead IN (0, 1)),
    lead_entry      INTEGER REFERENCES entry (entry),
    untold_position INTEGER NOT NULL CHECK (untold_position IN (0, 1)),
    PRIMARY KEY (company, round, investor, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX resolved_participation_investor ON resolved_participation (investor);

-- The round that each round's number is of, as known from known_from until before known_to: its own, unless an
-- amendment or a file number links its handle to another round's.
CREATE TABLE own_round (
    round      INTEGER NOT NULL REFERENCES round (round),
    known_from BIGINT NOT NULL,
    known_to   BIGINT NOT NULL DEFAULT {{end_of_time}},
    company    INTEGER NOT NULL REFERENCES party (party),
    own_round  INTEGER NOT NULL REFERENCES round (round),
    PRIMARY KEY (round, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX own_round_company ON own_round (company, known_to);
CREATE INDEX own_round_own ON own_round (own_round, known_to);

-- What totals add up, as known from known_from until before known_to: of each round that counts its tranches and
-- what it brings beyond them, less conversions, or a row without currency and amount where nothing is disclosed.
-- `valid_from` is the last day of `date`. `minor` is null when it cannot be told which part is converted.
CREATE TABLE inflow (
    company    INTEGER NOT NULL REFERENCES party (party),
    round      INTEGER NOT NULL REFERENCES round (round),
    part       INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_to   BIGINT NOT NULL DEFAULT {{end_of_time}},
    closing    TEXT,
    date       TEXT,
    valid_from TEXT,
    instrument TEXT,
    currency   TEXT,
    minor      BIGINT,
    PRIMARY KEY (company, round, part, known_from)
) STRICT, WITHOUT ROWID;

-- What a company raised in a currency, under the default policy and instruments, as known from known_from until
-- before known_to. A round whose amount is undisclosed counts with every currency that the company has, and leaves
-- upper_minor null; currency is '' when every amount is undisclosed. known_minor and lower_minor are null when the
-- sum is beyond 64 bits or mixes currencies within a round: it cannot be told.
CREATE TABLE company_total (
    company     INTEGER NOT NULL REFERENCES party (party),
    currency    TEXT NOT NULL,
    known_from  BIGINT NOT NULL,
    known_to    BIGINT NOT NULL DEFAULT {{end_of_time}},
    known_minor BIGINT,
    lower_minor BIGINT,
    upper_minor BIGINT,
    rounds      INTEGER NOT NULL,
    undisclosed INTEGER NOT NULL,
    rounds_untold INTEGER NOT NULL,
    PRIMARY KEY (company, currency, known_from)
) STRICT, WITHOUT ROWID;

-- The same as of a day: a row holds from the day valid_from until before valid_to ('9999-12-31': still), and was known
-- from known_from until before known_to. Rounds without a date count on no day.
CREATE TABLE company_total_by_day (
    company     INTEGER NOT NULL REFERENCES party (party),
    valid_from  TEXT NOT NULL,
    valid_to    TEXT NOT NULL,
    currency    TEXT NOT NULL,
    known_from  BIGINT NOT NULL,
    known_to    BIGINT NOT NULL DEFAULT {{end_of_time}},
    known_minor BIGINT,
    lower_minor BIGINT,
    upper_minor BIGINT,
    rounds      INTEGER NOT NULL,
    undisclosed INTEGER NOT NULL,
    rounds_untold INTEGER NOT NULL,
    PRIMARY KEY (company, valid_from, currency, known_from)
) STRICT, WITHOUT ROWID;

-- What of the money on record the totals of company_total leave out, and for which reason. instrument is '' where the
-- rounds do not say, currency '' where no amount is known; minor is null there, and beyond 64 bits.
CREATE TABLE company_left_out (
    company    INTEGER NOT NULL REFERENCES party (party),
    reason     TEXT NOT NULL CHECK ({{one_of reason LeftOutReason}}),
    instrument TEXT NOT NULL,
    currency   TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to   BIGINT NOT NULL DEFAULT {{end_of_time}},
    rounds     INTEGER NOT NULL,
    minor      BIGINT,
    PRIMARY KEY (company, reason, instrument, currency, known_from)
) STRICT, WITHOUT ROWID;

-- What a company was last said to be worth, as known from known_from until before known_to: of each series of
-- valuations that are not mixed the entry that holds the latest one. `valuation`: post-money, pre-money, unspecified.
CREATE TABLE latest_valuation (
    company    INTEGER NOT NULL REFERENCES party (party),
    series     TEXT NOT NULL CHECK ({{one_of series ValuationSeries}}),
    known_from BIGINT NOT NULL,
    known_to   BIGINT NOT NULL DEFAULT {{end_of_time}},
    entry      INTEGER NOT NULL REFERENCES entry (entry),
    PRIMARY KEY (company, series, known_from)
) STRICT, WITHOUT ROWID;

-- The standing exchange rates that are not used, as another claim on the same pair and date comes before them under the
-- default policy, as known from known_from until before known_to. first_entry: the first one that stated a rate of the
-- pair and date.
CREATE TABLE outranked_rate (
    entry       INTEGER NOT NULL REFERENCES entry (entry),
    known_from  BIGINT NOT NULL,
    known_to    BIGINT NOT NULL DEFAULT {{end_of_time}},
    first_entry INTEGER NOT NULL REFERENCES entry (entry),
    PRIMARY KEY (entry, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX outranked_rate_first ON outranked_rate (first_entry, known_to);

-- The shares that an investor holds of a class of a company, as known from known_from until before known_to: those that
-- its participations state, carried across splits, and what they are worth at the latest price. security_class is ''
-- where the rounds do not say it. `gap` says why there is no value. A position of which neither a class nor shares nor
-- a round with a price are known has no row: see resolved_participation.untold_position.
CREATE TABLE resolved_position (
    company        INTEGER NOT NULL REFERENCES party (party),
    investor       INTEGER NOT NULL REFERENCES party (party),
    security_class TEXT NOT NULL,
    known_from     BIGINT NOT NULL,
    known_to       BIGINT NOT NULL DEFAULT {{end_of_time}},
    rounds         INTEGER NOT NULL,
    untold         INTEGER NOT NULL,
    shares         TEXT,
    splits         TEXT,
    price          TEXT,
    currency       TEXT,
    price_round    INTEGER REFERENCES round (round),
    value_minor    BIGINT,
    gap            TEXT CHECK ({{one_of gap ShareGap}}),
    PRIMARY KEY (company, investor, security_class, known_from),
    CHECK ((price IS NULL) = (currency IS NULL) AND (value_minor IS NULL) = (gap IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX resolved_position_investor ON resolved_position (investor);

-- What all companies together raised, as it stands now. scope 'all': the sum of the current rows of company_total; a
-- year: of those of inflow; '': of inflows without a date. currency is '' of what is undisclosed. The sum is
-- known_high * 10^18 + known_low minor units, of as many amounts as `amounts` says; known_minor is null without any,
-- where rounds cannot be told, and beyond 64 bits.
CREATE TABLE ledger_total (
    scope      TEXT NOT NULL,
    currency   TEXT NOT NULL,
    companies  INTEGER NOT NULL,
    rounds     INTEGER NOT NULL,
    amounts    INTEGER NOT NULL,
    untold     INTEGER NOT NULL,
    known_high BIGINT NOT NULL CHECK (known_high >= 0),
    known_low  BIGINT NOT NULL CHECK (known_low BETWEEN 0 AND 999999999999999999),
    known_minor BIGINT GENERATED ALWAYS AS (iif(amounts = 0 OR untold > 0 OR currency = '', NULL,
        {{sum_minor known_high known_low 18}})) VIRTUAL,
    PRIMARY KEY (scope, currency)
) STRICT, WITHOUT ROWID;

-------------------------------------------------------------------------------------------------- append-only
-- INSERT needs a guard of its own: INSERT OR REPLACE deletes the row in its way without firing DELETE triggers. The
-- triggers are for the SQL of other programs; the library looks before it writes, and its connections run none of
-- them. References are checked at the commit, and no CHECK of a recorded table has a list of more than two: SQLite
-- keeps a journal of each INSERT by itself for a reference that is checked at once, and makes a table for each list.

{{append_only chain: chain = NEW.chain OR (id = NEW.id AND trunk IS NULL AND NEW.trunk IS NULL)}}

{{append_only ledger: only_row = NEW.only_row}}

CREATE TRIGGER party_no_renumbering BEFORE UPDATE OF party ON party
BEGIN SELECT RAISE(ABORT, 'append-only: party numbers never change'); END;
{{no_delete party: party = NEW.party}}

{{append_only round: round = NEW.round; handle = NEW.handle AND company = NEW.company}}

{{append_only entry: entry = NEW.entry; chain = NEW.chain AND seq = NEW.seq}}

{{append_only repeat: chain = NEW.chain AND seq = NEW.seq}}

{{append_only_kinds}}

-------------------------------------------------------------------------------------------------- for the views

-- Looked up by name in nearly every question; the name of a party is in no other index by itself.
CREATE INDEX party_by_name ON party (name) WHERE root = party;

-- How amounts are counted and printed: the currencies of ISO 4217, those withdrawn since 1999, and those that entries
-- define. `format` prints minor / minor_per_unit and minor % minor_per_unit.
CREATE TABLE currency_unit (
    code           TEXT NOT NULL PRIMARY KEY,
    decimals       INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 8),
    minor_per_unit INTEGER NOT NULL GENERATED ALWAYS AS (CAST('1' || substr('00000000', 1,
        decimals) AS INTEGER)) STORED,
    format         TEXT NOT NULL GENERATED ALWAYS AS (iif(decimals = 0, '%d', '%d.%0' || decimals || 'd')) STORED,
    withdrawn_in   TEXT,
    replaced_by    TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO currency_unit (code, decimals) VALUES
{{iso_units}};
INSERT INTO currency_unit (code, decimals, withdrawn_in, replaced_by) VALUES
{{withdrawn_units}};

-- Ratios that laws have fixed, of currencies that others replaced: from the day valid_from until before valid_to
-- `units` of the currency come to one of `anchor`, the last of those that replaced one another. Two currencies of one
-- anchor on a day are at parity.
CREATE TABLE parity (
    code       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    anchor     TEXT NOT NULL,
    units      TEXT NOT NULL,
    PRIMARY KEY (code, valid_from)
) STRICT, WITHOUT ROWID;
INSERT INTO parity VALUES
{{parities}};

-------------------------------------------------------------------------------------------------- views
-- For readers. Each shows what stands now, unless it has known_from and known_to: [known_from, known_to) is
-- half-open, in microseconds as in the tables. valid_from is the day from which a thing has surely happened, the last
-- one of its date, and with valid_to half-open too. Money stands as minor units and, in the column ..._decimal, as
-- exact text. What a view computes has no declared type; where it is an integer of 64 bits, it stands between two
-- subqueries that are empty, and has the type of these.

-- The entries other than retractions that do not stand now.
CREATE VIEW withdrawn_now AS
SELECT entry FROM withdrawn WHERE known_to = {{end_of_time}};

-- When the retractions that correct one another stood and when not; any other one stands. Nothing of that is kept, as
-- one retraction can turn a whole chain of those before it. For each time at which one was recorded they are judged
-- from the latest to the first. `marks` says what those judged so far mean for those to come: ' t7 ', a standing one
-- takes 7 back; ' s7 ', one supersedes 7 and is not taken back, or is superseded itself.
CREATE VIEW retractions_known AS
WITH RECURSIVE
linked AS (
    SELECT e.entry, of.entry AS target, e.superseded_retraction AS superseded, e.recorded
    FROM retraction r JOIN entry e ON e.entry = r.entry LEFT JOIN retraction of ON of.entry = e.target
    WHERE of.entry IS NOT NULL OR e.superseded_retraction IS NOT NULL
       OR EXISTS (SELECT 1 FROM entry n WHERE n.target = e.entry)
       OR EXISTS (SELECT 1 FROM entry n WHERE n.superseded_retraction = e.entry)),
looks AS (
    SELECT t.recorded AS known, l.entry, l.target, l.superseded,
           row_number() OVER (PARTITION BY t.recorded ORDER BY l.entry DESC) AS nth
    FROM (SELECT DISTINCT recorded FROM linked) t JOIN linked l ON l.recorded <= t.recorded),
judged (known, nth, entry, stands, marks) AS (
    SELECT DISTINCT recorded, 0, NULL, NULL, ' ' FROM linked
    UNION ALL
    SELECT l.known, l.nth, l.entry, j.marks NOT GLOB '* [st]' || l.entry || ' *',
           replace(replace(j.marks, ' s' || l.entry || ' ', ' '), ' t' || l.entry || ' ', ' ')
           || iif(l.target IS NULL OR j.marks GLOB '* [st]' || l.entry || ' *', '', 't' || l.target || ' ')
           || iif(l.superseded IS NULL OR (instr(j.marks, ' t' || l.entry || ' ')
                                           AND NOT instr(j.marks, ' s' || l.entry || ' ')),
                  '', 's' || l.superseded || ' ')
    FROM judged j JOIN looks l ON l.known = j.known AND l.nth = j.nth + 1),
turns AS (
    SELECT entry, known, stands, lag(stands) OVER (PARTITION BY entry ORDER BY known) AS stood
    FROM judged WHERE nth > 0)
SELECT t.entry, t.stands, {{typed t.known}} AS known_from, {{typed t.next}} AS known_to
FROM (SELECT entry, stands, known, lead(known, 1, {{end_of_time}}) OVER (PARTITION BY entry ORDER BY known) AS next
      FROM turns WHERE stands IS NOT stood) t;

-- When each entry stood: a row for each time.
CREATE VIEW entries_known AS
SELECT e.entry, {{typed e.recorded}} AS known_from,
       {{typed coalesce((SELECT min(w.known_from) FROM withdrawn w WHERE w.entry = e.entry),
                        {{end_of_time}})}} AS known_to
FROM entry e
WHERE NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.entry = e.entry AND w.known_from = e.recorded)
  AND (e.kind <> 'retraction' OR e.entry NOT IN (SELECT k.entry FROM retractions_known k))
UNION ALL
SELECT w.entry, w.known_to,
       {{typed coalesce((SELECT min(n.known_from) FROM withdrawn n WHERE n.entry = w.entry
                             AND n.known_from >= w.known_to), {{end_of_time}})}}
FROM withdrawn w WHERE w.known_to < {{end_of_time}}
UNION ALL
SELECT k.entry, k.known_from, k.known_to FROM retractions_known k WHERE k.stands;

-- Every entry with where and when it was recorded, and whether it stands.
CREATE VIEW entries AS
SELECT e.entry,
       'sha256:' || lower(hex(e.id)) AS id,
       c.id AS chain,
       e.seq,
       lower(hex(e.hash)) AS hash,
       {{time e.recorded}} AS recorded,
       e.kind,
       e.key,
       (SELECT s.id FROM source s WHERE s.entry = e.source) AS source,
       (SELECT root.name FROM party p JOIN party root ON root.party = p.root WHERE p.party = e.party) AS party,
       (SELECT root.name FROM party p JOIN party root ON root.party = p.root
           WHERE p.party = e.counterparty) AS counterparty,
       (SELECT r.handle FROM round r WHERE r.round = e.round) AS round,
       e.target,
       e.superseded_retraction,
       CASE WHEN e.kind <> 'retraction' THEN NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry)
            WHEN NOT EXISTS (SELECT 1 FROM entry n WHERE n.target = e.entry)
                 AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.superseded_retraction = e.entry) THEN 1
            ELSE e.entry NOT IN (SELECT k.entry FROM retractions_known k
                                 WHERE k.known_to = {{end_of_time}} AND NOT k.stands) END AS stands,
       e.body
FROM entry e JOIN chain c ON c.chain = e.chain;

-- The sources that stand: of several standing lines on one source the one that holds, the latest by (recorded, id).
CREATE VIEW sources AS
SELECT s.id, s.type, s.publisher, s.title, s.url, s.published, s.language, s.accession, s.first_entry, s.entry
FROM source s
WHERE s.entry = {{standing_source s.first_entry}};

-- One row a party, by its current name.
CREATE VIEW parties AS
SELECT p.party, p.name, p.type, p.country, p.founded, p.market
FROM party p WHERE p.root = p.party;

-- The rounds as resolved, and when that was known; with the source of each figure. A company goes by the name it has
-- now.
CREATE VIEW rounds_known AS
SELECT r.handle AS round, p.name AS company, rr.name, rr.stage, rr.status, rr.instrument, rr.fund_type, rr.date,
       rr.announced, rr.closed, rr.first_sale, rr.filed,
       rr.raised, rr.raised_minor, rr.raised_lower_minor, rr.raised_upper_minor, rr.raised_currency,
       {{source_of rr.raised_entry}} AS raised_source,
       rr.offered, rr.offered_minor, rr.offered_currency, rr.investors, rr.named_investors,
       rr.pre_money_minor, rr.pre_money_currency,
       rr.valuation_minor, rr.valuation_currency, rr.valuation_origin,
       {{source_of rr.valuation_entry}} AS valuation_source,
       rr.counts,
       {{decimal rr.raised_minor ru}} AS raised_decimal,
       {{decimal rr.raised_lower_minor ru}} AS raised_lower_decimal,
       {{decimal rr.raised_upper_minor ru}} AS raised_upper_decimal,
       {{decimal rr.offered_minor ou}} AS offered_decimal,
       {{decimal rr.pre_money_minor pu}} AS pre_money_decimal,
       {{decimal rr.valuation_minor vu}} AS valuation_decimal,
       rr.valid_from,
       {{source_of rr.status_entry}} AS status_source,
       {{source_of rr.instrument_entry}} AS instrument_source,
       rr.known_from, rr.known_to
FROM resolved_round rr
JOIN round r ON r.round = rr.round
JOIN party own ON own.party = rr.company
JOIN party p ON p.party = own.root AND p.root = p.party
LEFT JOIN currency_unit ru ON ru.code = rr.raised_currency
LEFT JOIN currency_unit ou ON ou.code = rr.offered_currency
LEFT JOIN currency_unit pu ON pu.code = rr.pre_money_currency
LEFT JOIN currency_unit vu ON vu.code = rr.valuation_currency;

-- The rounds as resolved now.
CREATE VIEW rounds AS
SELECT round, company, name, stage, status, instrument, fund_type, date, announced, closed, first_sale, filed, raised,
       raised_minor, raised_lower_minor, raised_upper_minor, raised_currency, raised_source, offered, offered_minor,
       offered_currency, investors, named_investors, pre_money_minor, pre_money_currency, valuation_minor,
       valuation_currency, valuation_origin, valuation_source, counts, raised_decimal, raised_lower_decimal,
       raised_upper_decimal, offered_decimal, pre_money_decimal, valuation_decimal, valid_from, status_source,
       instrument_source
FROM rounds_known
WHERE known_to = {{end_of_time}};

-- What each company raised, exactly, and when that was known; a row a currency.
CREATE VIEW total_raised_known AS
SELECT p.name AS company, nullif(t.currency, '') AS currency, t.known_minor, t.lower_minor, t.upper_minor, t.rounds,
       t.undisclosed,
       {{decimal t.known_minor u}} AS known_decimal,
       {{decimal t.lower_minor u}} AS lower_decimal,
       {{decimal t.upper_minor u}} AS upper_decimal,
       t.rounds_untold, t.known_from, t.known_to
FROM company_total t
JOIN party own ON own.party = t.company
JOIN party p ON p.party = own.root AND p.root = p.party
LEFT JOIN currency_unit u ON u.code = t.currency;

-- The same now.
CREATE VIEW total_raised AS
SELECT company, currency, known_minor, lower_minor, upper_minor, rounds, undisclosed, known_decimal, lower_decimal,
       upper_decimal, rounds_untold
FROM total_raised_known
WHERE known_to = {{end_of_time}};

-- The standing exchange rates, of each pair and date the one that is used, from the day valid_from until before
-- valid_to: one of a day until there is a later one of the two currencies, in either direction, at most for the days of
-- the default age; one of a period within it. `precedence` is 1 of a day's rate and 2, 3, 4 of a month's, a quarter's
-- and a year's, which serve where there is none with a lower one.
CREATE VIEW standing_rates AS
SELECT f.base, f.quote, f.on_date, f.rate_number AS rate,
       CASE length(f.on_date) WHEN 10 THEN f.on_date WHEN 4 THEN f.on_date || '-01-01'
           ELSE iif(substr(f.on_date, 6, 1) = 'Q', printf('%s-%02d', substr(f.on_date, 1, 4),
               3 * substr(f.on_date, 7) - 2), f.on_date) || '-01' END AS valid_from,
       iif(length(f.on_date) < 10, date(f.on_last_day, '+1 day'), min(date(f.on_date, '+{{rate_days}} days'),
           coalesce((SELECT n.on_date FROM fx_rate n WHERE n.base = f.base AND n.quote = f.quote
                     AND n.on_date > f.on_date AND length(n.on_date) = 10 AND {{used_rate n}}
                     ORDER BY n.on_date LIMIT 1), '{{end_of_days}}'),
           coalesce((SELECT n.on_date FROM fx_rate n WHERE n.base = f.quote AND n.quote = f.base
                     AND n.on_date > f.on_date AND length(n.on_date) = 10 AND {{used_rate n}}
                     ORDER BY n.on_date LIMIT 1), '{{end_of_days}}'))) AS valid_to,
       CASE length(f.on_date) WHEN 10 THEN 1 WHEN 4 THEN 4
           ELSE iif(substr(f.on_date, 6, 1) = 'Q', 3, 2) END AS precedence,
       {{source_of f.entry}} AS source, f.entry
FROM fx_rate f
WHERE {{used_rate f}};

-- What they convert, in both directions: one unit of `base` costs numerator / denominator of `quote`. inverse: 1 where
-- the rate is stated the other way round; of two with one precedence and date the direct one is used.
CREATE VIEW exchange_rates AS
SELECT base, quote, rate AS numerator, '1' AS denominator, on_date, valid_from, valid_to, precedence, 0 AS inverse,
       source, entry
FROM standing_rates
UNION ALL
SELECT quote, base, '1', rate, on_date, valid_from, valid_to, precedence, 1, source, entry
FROM standing_rates;

-- What of the money on record the totals leave out, why, and when that was known.
CREATE VIEW left_out_known AS
SELECT p.name AS company, l.reason, nullif(l.instrument, '') AS instrument, l.rounds, l.minor AS amount_minor,
       nullif(l.currency, '') AS currency,
       {{decimal l.minor u}} AS amount_decimal,
       l.known_from, l.known_to
FROM company_left_out l
JOIN party own ON own.party = l.company
JOIN party p ON p.party = own.root AND p.root = p.party
LEFT JOIN currency_unit u ON u.code = l.currency;

-- The same now.
CREATE VIEW left_out AS
SELECT company, reason, instrument, rounds, amount_minor, currency, amount_decimal
FROM left_out_known
WHERE known_to = {{end_of_time}};

-- What each company had raised as of each day, and when that was known; a row a currency.
CREATE VIEW total_raised_over_time_known AS
SELECT p.name AS company, nullif(t.currency, '') AS currency, t.valid_from, t.valid_to, t.known_minor, t.lower_minor,
       t.upper_minor, t.rounds, t.undisclosed,
       {{decimal t.known_minor u}} AS known_decimal,
       {{decimal t.lower_minor u}} AS lower_decimal,
       {{decimal t.upper_minor u}} AS upper_decimal,
       t.rounds_untold, t.known_from, t.known_to
FROM company_total_by_day t
JOIN party own ON own.party = t.company
JOIN party p ON p.party = own.root AND p.root = p.party
LEFT JOIN currency_unit u ON u.code = t.currency;

-- The same now.
CREATE VIEW total_raised_over_time AS
SELECT company, currency, valid_from, valid_to, known_minor, lower_minor, upper_minor, rounds, undisclosed,
       known_decimal, lower_decimal, upper_decimal, rounds_untold
FROM total_raised_over_time_known
WHERE known_to = {{end_of_time}};

-- Every fact that a claim on a figure or a date states: a row a fact. An entry is of one kind, so that all tables but
-- its own are passed over.
CREATE VIEW stated AS
SELECT root.party, root.name AS company, e.entry, o.own_round AS round, e.source,
       CASE f.field WHEN 'valuation' THEN va.basis WHEN 'metric' THEN 'metric ' || me.name ELSE f.field END AS field,
       CASE f.field {{stated_text}} END AS stated,
       {{stated_minor}} AS minor,
       CASE f.field {{stated_currency}} END AS currency,
       coalesce(rs.on_date, cl.on_date, va.on_date, sp.on_date, tt.on_date,
                iif(me.target = 1, NULL, me.on_date)) AS on_date,
       coalesce(rs.on_last_day, cl.on_last_day, va.on_last_day, sp.on_last_day, tt.on_last_day,
                iif(me.target = 1, NULL, me.on_last_day)) AS valid_from,
       {{typed e.recorded}} AS recorded, e.id
FROM party root
JOIN party p ON p.root = root.party
JOIN entry e ON e.party = p.party
JOIN (SELECT column1 AS kind, column2 AS field FROM (VALUES
        {{stated_fields}})) f ON f.kind = e.kind
LEFT JOIN own_round o ON o.round = e.round AND o.known_to = {{end_of_time}}
LEFT JOIN round_statement rs ON rs.entry = iif(e.kind = 'round', e.entry, NULL)
LEFT JOIN closing cl ON cl.entry = iif(e.kind = 'closing', e.entry, NULL)
LEFT JOIN participation pa ON pa.entry = iif(e.kind = 'participation', e.entry, NULL)
LEFT JOIN valuation va ON va.entry = iif(e.kind = 'valuation', e.entry, NULL)
LEFT JOIN split sp ON sp.entry = iif(e.kind = 'split', e.entry, NULL)
LEFT JOIN stated_total tt ON tt.entry = iif(e.kind = 'stated_total', e.entry, NULL)
LEFT JOIN metric me ON me.entry = iif(e.kind = 'metric', e.entry, NULL)
WHERE root.root = root.party;

-- Every claim on a figure or a date, standing or not, with its source: one row a fact stated. What it says of the
-- source is what ranks the claim now: null when the source was taken back.
CREATE VIEW claims AS
SELECT st.company, r.handle AS round, st.field, st.stated, st.minor, st.currency,
       s.id AS source, now.type AS source_type, now.published AS source_published,
       {{time st.recorded}} AS recorded,
       NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = st.entry) AS stands,
       'sha256:' || lower(hex(st.id)) AS id,
       {{decimal st.minor u}} AS decimal,
       st.entry
FROM stated st
LEFT JOIN round r ON r.round = st.round
LEFT JOIN currency_unit u ON u.code = st.currency
LEFT JOIN source s ON s.entry = st.source
LEFT JOIN source now ON now.entry = {{standing_source st.source}}
WHERE st.stated IS NOT NULL;

-- The same with when each claim stood, and from when on it holds: a row for each time.
CREATE VIEW claims_known AS
SELECT st.company, r.handle AS round, st.field, st.stated, st.minor, st.currency,
       {{decimal st.minor u}} AS decimal,
       s.id AS source, st.entry, st.valid_from, {{typed b.known_from}} AS known_from,
       {{typed coalesce((SELECT min(w.known_from) FROM withdrawn w WHERE w.entry = st.entry
                             AND w.known_from >= b.known_from), {{end_of_time}})}} AS known_to
FROM stated st
JOIN (SELECT entry, recorded AS known_from FROM entry
      UNION ALL SELECT entry, known_to FROM withdrawn WHERE known_to < {{end_of_time}}) b ON b.entry = st.entry
LEFT JOIN round r ON r.round = st.round
LEFT JOIN currency_unit u ON u.code = st.currency
LEFT JOIN source s ON s.entry = st.source
WHERE st.stated IS NOT NULL;

-- Who took part in which round, as each standing claim says.
CREATE VIEW participations AS
SELECT company.name AS company, r.handle AS round, investor.name AS investor, pa.amount, pa.amount_minor,
       pa.amount_currency, pa.lead, s.id AS source,
       {{decimal pa.amount_minor u}} AS amount_decimal,
       pa.entry
FROM participation pa
JOIN entry e ON e.entry = pa.entry
JOIN own_round o ON o.round = e.round AND o.known_to = {{end_of_time}}
JOIN resolved_round rr ON rr.round = o.own_round AND rr.known_to = {{end_of_time}}
JOIN round r ON r.round = o.own_round
JOIN party pc ON pc.party = e.party
JOIN party company ON company.party = pc.root AND company.root = company.party
JOIN party pi ON pi.party = e.counterparty
JOIN party investor ON investor.party = pi.root AND investor.root = investor.party
LEFT JOIN source s ON s.entry = e.source
LEFT JOIN currency_unit u ON u.code = pa.amount_currency
WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = pa.entry);

-- What each investor took part in: a row a round. The amount, and whether it led, is what the best of the claims
-- that tell
-- it says; each has its own source.
CREATE VIEW investments AS
SELECT investor.name AS investor, company.name AS company, r.handle AS round, rr.date, rr.status, rr.counts,
       pr.amount, pr.amount_minor, pr.amount_currency,
       {{decimal pr.amount_minor u}} AS amount_decimal,
       pr.lead,
       {{source_of pr.amount_entry}} AS source,
       {{source_of pr.lead_entry}} AS lead_source
FROM party investor
JOIN party own ON own.root = investor.party
JOIN resolved_participation pr ON pr.investor = own.party AND pr.known_to = {{end_of_time}}
JOIN resolved_round rr ON rr.round = pr.round AND rr.company = pr.company AND rr.known_to = {{end_of_time}}
JOIN round r ON r.round = pr.round
JOIN party pc ON pc.party = pr.company
JOIN party company ON company.party = pc.root AND company.root = company.party
LEFT JOIN currency_unit u ON u.code = pr.amount_currency
WHERE investor.root = investor.party;

-- The nulls of `positions` are typed, because SQLite tells a statement the declared types of the last SELECT.

-- The shares that each investor holds, by company and class. Shares and price are exact text, such as 1000/3 where ten
-- decimals do not hold it. The whole part and the ten-digit fraction of the shares sum exactly; they are null then, and
-- beyond 18 digits.
CREATE VIEW positions AS
SELECT investor.name AS investor, company.name AS company, nullif(po.security_class, '') AS security_class,
       po.rounds, po.untold, po.shares,
       {{typed iif(po.shares GLOB '*/*' OR instr(po.shares || '.', '.') > 19, NULL,
           {{whole_part po.shares}})}} AS shares_whole,
       {{typed iif(po.shares GLOB '*/*' OR instr(po.shares || '.', '.') > 19, NULL,
           {{fraction po.shares}})}} AS shares_fraction,
       po.price, po.currency, r.handle AS price_round, po.splits AS adjusted_for, po.value_minor,
       {{decimal po.value_minor u}} AS value_decimal,
       po.gap
FROM party investor
JOIN party own ON own.root = investor.party
JOIN resolved_position po ON po.investor = own.party AND po.known_to = {{end_of_time}}
JOIN party pc ON pc.party = po.company
JOIN party company ON company.party = pc.root AND company.root = company.party
LEFT JOIN round r ON r.round = po.price_round
LEFT JOIN currency_unit u ON u.code = po.currency
WHERE investor.root = investor.party
UNION ALL
SELECT investor.name, company.name, NULL, count(*), count(*), NULL, {{typed NULL}}, {{typed NULL}}, NULL, NULL, NULL,
       NULL, {{typed NULL}}, NULL, 'undisclosed-shares'
FROM party investor
JOIN party own ON own.root = investor.party
JOIN resolved_participation pr ON pr.investor = own.party AND pr.known_to = {{end_of_time}} AND pr.untold_position = 1
JOIN party pc ON pc.party = pr.company
JOIN party company ON company.party = pc.root AND company.root = company.party
WHERE investor.root = investor.party
GROUP BY investor.party, investor.name, company.party, company.name;

-- Who invested with whom: a row a round and pair, both ways round.
CREATE VIEW co_investors AS
SELECT investor.name AS investor, co.name AS co_investor, company.name AS company, r.handle AS round, rr.date,
       rr.status, rr.counts, a.lead, b.lead AS co_lead
FROM party investor
JOIN party own ON own.root = investor.party
JOIN resolved_participation a ON a.investor = own.party AND a.known_to = {{end_of_time}}
JOIN resolved_participation b ON b.company = a.company AND b.round = a.round AND b.investor <> a.investor
     AND b.known_to = {{end_of_time}}
JOIN resolved_round rr ON rr.round = a.round AND rr.known_to = {{end_of_time}}
JOIN round r ON r.round = a.round
JOIN party co_own ON co_own.party = b.investor
JOIN party co ON co.party = co_own.root AND co.root = co.party
JOIN party pc ON pc.party = a.company
JOIN party company ON company.party = pc.root AND company.root = company.party
WHERE investor.root = investor.party;

-- What companies were said to be worth, as each standing claim says; of a round, while the round is there.
CREATE VIEW valuations AS
SELECT company.name AS company, r.handle AS round, v.basis, v.amount, v.amount_minor, v.amount_currency, v.on_date,
       s.id AS source,
       {{decimal v.amount_minor u}} AS amount_decimal,
       v.on_last_day AS valid_from,
       v.entry
FROM valuation v
JOIN entry e ON e.entry = v.entry
JOIN party pc ON pc.party = e.party
JOIN party company ON company.party = pc.root AND company.root = company.party
LEFT JOIN own_round o ON o.round = e.round AND o.known_to = {{end_of_time}}
LEFT JOIN round r ON r.round = o.own_round
LEFT JOIN source s ON s.entry = e.source
LEFT JOIN currency_unit u ON u.code = v.amount_currency
WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = v.entry)
  AND (e.round IS NULL
       OR EXISTS (SELECT 1 FROM resolved_round rr WHERE rr.round = o.own_round AND rr.known_to = {{end_of_time}}));

-- What each company was last said to be worth, and when that was known; a row for each series of valuations that are
-- not mixed: `valuation` (post-money, pre-money, unspecified), `mark`, `409a`.
CREATE VIEW latest_valuations_known AS
SELECT p.name AS company, lv.series, r.handle AS round, v.basis, v.amount, v.amount_minor, v.amount_currency, v.on_date,
       {{source_of lv.entry}} AS source,
       {{decimal v.amount_minor u}} AS amount_decimal,
       v.on_last_day AS valid_from,
       lv.entry, lv.known_from, lv.known_to
FROM latest_valuation lv
JOIN party own ON own.party = lv.company
JOIN party p ON p.party = own.root AND p.root = p.party
JOIN valuation v ON v.entry = lv.entry
JOIN entry e ON e.entry = lv.entry
LEFT JOIN own_round o ON o.round = e.round AND o.known_to = {{end_of_time}}
LEFT JOIN round r ON r.round = o.own_round
LEFT JOIN currency_unit u ON u.code = v.amount_currency;

-- What each company was last said to be worth: post-money, pre-money or unspecified, of no round or of one neither
-- rumoured nor cancelled.
CREATE VIEW latest_valuations AS
SELECT company, round, basis, amount, amount_minor, amount_currency, on_date, source, amount_decimal, valid_from, entry
FROM latest_valuations_known
WHERE series = 'valuation' AND known_to = {{end_of_time}};

-- What each company was last marked at.
CREATE VIEW latest_marks AS
SELECT company, round, amount, amount_minor, amount_currency, on_date, source, amount_decimal, valid_from, entry
FROM latest_valuations_known
WHERE series = 'mark' AND known_to = {{end_of_time}};

-- What each company was last appraised at for Section 409A.
CREATE VIEW latest_409a_valuations AS
SELECT company, round, amount, amount_minor, amount_currency, on_date, source, amount_decimal, valid_from, entry
FROM latest_valuations_known
WHERE series = '409a' AND known_to = {{end_of_time}};

-- The rounds with a valuation, each against the post-money valuation of the company's last priced round before it; null
-- where dates leave it open which that was, and of rounds for which no new shares pay. growth: this post-money
-- valuation over that one; step_up: this pre-money valuation over it; to four decimals, half to even, null without both
-- and between two currencies.
CREATE VIEW valuation_steps AS
SELECT p.name AS company, r.handle AS round, rr.name, rr.date, rr.valid_from, rr.status, rr.counts,
       rr.valuation_currency, rr.valuation_minor,
       {{decimal rr.valuation_minor vu}} AS valuation_decimal,
       rr.valuation_origin, rr.pre_money_currency, rr.pre_money_minor,
       {{decimal rr.pre_money_minor pu}} AS pre_money_decimal,
       (SELECT l.handle FROM round l WHERE l.round = rr.last_round) AS last_round, rr.last_currency, rr.last_minor,
       {{decimal rr.last_minor lu}} AS last_decimal,
       rr.growth, rr.step_up
FROM party p
JOIN party own ON own.root = p.party
JOIN resolved_round rr ON rr.company = own.party AND rr.known_to = {{end_of_time}}
JOIN round r ON r.round = rr.round
LEFT JOIN currency_unit vu ON vu.code = rr.valuation_currency
LEFT JOIN currency_unit pu ON pu.code = rr.pre_money_currency
LEFT JOIN currency_unit lu ON lu.code = rr.last_currency
WHERE p.root = p.party AND (rr.valuation_minor IS NOT NULL OR rr.pre_money_minor IS NOT NULL);

-- What totals add up now: see the table inflow.
CREATE VIEW inflows AS
SELECT p.party, p.name AS company, r.handle AS round, i.closing, i.date, i.valid_from, i.instrument, i.currency,
       i.minor,
       {{decimal i.minor u}} AS decimal
FROM round r
JOIN party own ON own.party = r.company
JOIN party p ON p.party = own.root AND p.root = p.party
JOIN inflow i ON i.company = p.party AND i.round = r.round
LEFT JOIN currency_unit u ON u.code = i.currency
WHERE i.known_to = {{end_of_time}};

-- What all companies raised, by currency; the currency is null of companies of which nothing is disclosed. A round
-- whose amount is undisclosed is among the rounds of each currency that its company has. Where some rounds cannot be
-- told the sum is null; beyond 64 bits known_minor is, and known_decimal is exact.
CREATE VIEW raised_by_currency AS
SELECT nullif(t.currency, '') AS currency, t.companies, t.rounds, t.known_minor,
       {{sum_decimal t.high t.known_low 18 u}} AS known_decimal,
       t.untold AS rounds_untold
FROM (SELECT currency, companies, rounds, untold, known_minor, known_low,
             iif(amounts = 0 OR untold > 0 OR currency = '', NULL, known_high) AS high
      FROM ledger_total WHERE scope = 'all') t
LEFT JOIN currency_unit u ON u.code = t.currency;

-- What was raised in each year, by currency; the year is null of inflows without a date, and the currency of what is
-- undisclosed.
CREATE VIEW raised_by_year AS
SELECT nullif(t.scope, '') AS year, nullif(t.currency, '') AS currency, t.companies, t.rounds, t.known_minor,
       {{sum_decimal t.high t.known_low 18 u}} AS known_decimal,
       t.untold AS rounds_untold
FROM (SELECT scope, currency, companies, rounds, untold, known_minor, known_low,
             iif(amounts = 0 OR untold > 0 OR currency = '', NULL, known_high) AS high
      FROM ledger_total WHERE scope <> 'all') t
LEFT JOIN currency_unit u ON u.code = t.currency;

-- The same by quarter, such as 2024-Q3; null where the date is a year or missing.
CREATE VIEW raised_by_quarter AS
SELECT t.quarter, t.currency, t.companies, t.rounds,
       {{typed {{sum_minor t.billions t.rest 9}}}} AS known_minor,
       {{sum_decimal t.billions t.rest 9 u}} AS known_decimal,
       t.rounds_untold
FROM (SELECT CASE WHEN date IS NULL OR length(date) < 7 THEN NULL WHEN substr(date, 6, 1) = 'Q' THEN date
                  ELSE printf('%s-Q%d', substr(date, 1, 4), (substr(date, 6, 2) + 2) / 3) END AS quarter,
             currency, {{inflow_sums}}
      FROM inflow i WHERE known_to = {{end_of_time}} GROUP BY 1, 2) t
LEFT JOIN currency_unit u ON u.code = t.currency;

-- The same by the market that the company is in.
CREATE VIEW raised_by_market AS
SELECT t.market, t.currency, t.companies, t.rounds,
       {{typed {{sum_minor t.billions t.rest 9}}}} AS known_minor,
       {{sum_decimal t.billions t.rest 9 u}} AS known_decimal,
       t.rounds_untold
FROM (SELECT p.market, i.currency, {{inflow_sums}}
      FROM inflow i JOIN party p ON p.party = i.company
      WHERE i.known_to = {{end_of_time}} GROUP BY 1, 2) t
LEFT JOIN currency_unit u ON u.code = t.currency;

-- What the standing sources say a company had raised by a day, against its total in that currency as of then: null
-- where some rounds cannot be told.
CREATE VIEW stated_totals AS
SELECT t.company, t.on_date, t.valid_from, t.amount, t.amount_currency, t.amount_minor,
       {{decimal t.amount_minor u}} AS amount_decimal,
       t.computed_minor,
       {{decimal t.computed_minor u}} AS computed_decimal,
       {{typed t.computed_minor - t.amount_minor}} AS difference_minor,
       {{signed_decimal (t.computed_minor-t.amount_minor) u}} AS difference_decimal,
       t.source, t.entry, t.rounds_untold
FROM (SELECT company.name AS company, st.on_date, st.on_last_day AS valid_from, st.amount, st.amount_currency,
             st.amount_minor, so.id AS source, st.entry,
             {{typed CASE WHEN st.amount_currency IS NULL OR d.rounds_untold > 0 THEN NULL
                 ELSE coalesce(d.known_minor, 0) END}} AS computed_minor,
             coalesce(d.rounds_untold, 0) AS rounds_untold
      FROM stated_total st
      JOIN entry e ON e.entry = st.entry
      JOIN party pc ON pc.party = e.party
      JOIN party company ON company.party = pc.root AND company.root = company.party
      LEFT JOIN source so ON so.entry = e.source
      LEFT JOIN company_total_by_day d ON d.company = company.party AND d.currency = st.amount_currency
           AND d.valid_from <= st.on_last_day AND d.valid_to > st.on_last_day AND d.known_to = {{end_of_time}}
      WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = st.entry)) t
LEFT JOIN currency_unit u ON u.code = t.amount_currency;

-- What has to agree within a round: the raised with the participations, the closings and the offered; the count of
-- investors with those named; pre-money + new money with post-money. Sums are of amounts in the currency of the raised.
CREATE VIEW round_checks AS
SELECT p.name AS company, r.handle AS round, rr.status, rr.counts, rr.raised_currency, rr.raised_minor,
       {{decimal rr.raised_minor u}} AS raised_decimal,
       rr.participations_minor,
       {{decimal rr.participations_minor u}} AS participations_decimal,
       rr.closings_minor,
       {{decimal rr.closings_minor u}} AS closings_decimal,
       rr.offered_currency, rr.offered_minor,
       {{decimal rr.offered_minor ou}} AS offered_decimal,
       rr.investors, rr.named_investors,
       rr.pre_plus_new_money_minor,
       {{decimal rr.pre_plus_new_money_minor u}} AS pre_plus_new_money_decimal,
       rr.post_money_minor,
       {{decimal rr.post_money_minor u}} AS post_money_decimal
FROM party p
JOIN party own ON own.root = p.party
JOIN resolved_round rr ON rr.company = own.party AND rr.known_to = {{end_of_time}}
JOIN round r ON r.round = rr.round
LEFT JOIN currency_unit u ON u.code = rr.raised_currency
LEFT JOIN currency_unit ou ON ou.code = rr.offered_currency
WHERE p.root = p.party;

-- What sources say of rounds and parties besides, by their own names for it, of the entries that stand.
CREATE VIEW attributes AS
SELECT root.name AS party, r.handle AS round, a.key AS name, a.value, s.id AS source, e.entry
FROM entry e
JOIN party p ON p.party = e.party
JOIN party root ON root.party = p.root
LEFT JOIN own_round o ON o.round = e.round AND o.known_to = {{end_of_time}}
LEFT JOIN round r ON r.round = o.own_round
LEFT JOIN source s ON s.entry = e.source
JOIN json_each(e.body, '$.attributes') a
WHERE e.kind IN ('round', 'party')
  AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry);
