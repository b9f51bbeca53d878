-- The funding ledger, schema 1. README.md in this folder is the manual.
--
-- Recorded tables hold what was stated and never change: triggers refuse UPDATE, DELETE and any INSERT in place of a row.
-- Derived tables follow from the recorded ones, can be rebuilt from them, and are compared with them by `verify`.
-- Times are microseconds since 1970-01-01T00:00:00Z; 253402300799999999 (the end of 9999) stands for "still".
-- Money is whole minor units of the currency beside it.

-------------------------------------------------------------------------------------------------- recorded

-- One row a chain: the sequence of entries that one ledger wrote. A file writes to one chain, and can hold others that
-- merges brought. When copies of one file both grow, their chains have one id and share their first entries: those are
-- rows of `trunk`, `shared` of them, and the others count on from there.
CREATE TABLE chain (
    chain  INTEGER PRIMARY KEY,
    id     TEXT NOT NULL CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
    trunk  INTEGER REFERENCES chain CHECK (trunk < chain),
    shared INTEGER CHECK (shared >= 0),
    CHECK ((trunk IS NULL) = (shared IS NULL))
) STRICT;
CREATE UNIQUE INDEX chain_id ON chain (id) WHERE trunk IS NULL;

-- The file itself: which chain it writes to, and the lowest schema version whose programs can read it.
CREATE TABLE ledger (
    only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
    own_chain  INTEGER NOT NULL REFERENCES chain,
    min_reader INTEGER NOT NULL CHECK (min_reader >= 1)
) STRICT;

-- A party's number in this file. The rest of a row is derived, and follows the party lines that stand: `root`, the
-- lowest number among the parties that are the same one; and of a root the name and the profile.
CREATE TABLE party (
    party   INTEGER PRIMARY KEY,
    root    INTEGER NOT NULL REFERENCES party,
    name    TEXT NOT NULL,
    type    TEXT CHECK (type IN ('company', 'fund', 'person', 'government', 'product', 'other')),
    country TEXT,
    founded TEXT,
    market  TEXT
) STRICT;
CREATE INDEX party_root ON party (root);

-- A round's number in this file, its handle, and whose round it is.
CREATE TABLE round (
    round   INTEGER PRIMARY KEY,
    handle  TEXT NOT NULL,
    company INTEGER NOT NULL REFERENCES party,
    UNIQUE (handle, company)  -- ledgers that were merged may have used one handle for rounds of two companies
) STRICT;
CREATE INDEX round_company ON round (company);

-- Every entry, by recorded, then chain id and seq: the order of arrival, and after a merge the same whatever was merged
-- into what. `body` is its content as canonical JSON (RFC 8785) without `recorded`; `id` is the
-- SHA-256 of body; `hash` is SHA-256(hash of the chain's entry before, or 32 zero bytes; id; recorded as 8 bytes,
-- big-endian). The other columns follow from body and say what the entry is about.
CREATE TABLE entry (
    entry        INTEGER PRIMARY KEY,
    chain        INTEGER NOT NULL REFERENCES chain,
    seq          INTEGER NOT NULL CHECK (seq >= 1),
    id           BLOB NOT NULL CHECK (length(id) = 32),
    hash         BLOB NOT NULL CHECK (length(hash) = 32),
    recorded     INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999999),
    kind         TEXT NOT NULL CHECK (kind IN ('source', 'party', 'round', 'closing', 'participation', 'valuation',
                     'stated_total', 'metric', 'market_total', 'relation', 'remark', 'fx_rate', 'currency', 'retraction')),
    key          TEXT,
    source       INTEGER REFERENCES entry,  -- the entry that first stated the source
    party        INTEGER REFERENCES party,  -- the company, `from` or `about`; see party.root
    counterparty INTEGER REFERENCES party,  -- a participation's investor, a relation's `to`
    round        INTEGER REFERENCES round,
    target       INTEGER REFERENCES entry,  -- the entry that this one supersedes or retracts
    superseded_retraction INTEGER REFERENCES entry,  -- of a retraction that supersedes another one: that one
    body         TEXT NOT NULL,
    UNIQUE (chain, seq)
) STRICT;
CREATE INDEX entry_id ON entry (id);
CREATE INDEX entry_key ON entry (key) WHERE key IS NOT NULL;
CREATE INDEX entry_source ON entry (source) WHERE source IS NOT NULL;
CREATE INDEX entry_party ON entry (party) WHERE party IS NOT NULL;
CREATE INDEX entry_counterparty ON entry (counterparty) WHERE counterparty IS NOT NULL;
CREATE INDEX entry_round ON entry (round) WHERE round IS NOT NULL;
CREATE INDEX entry_target ON entry (target) WHERE target IS NOT NULL;
CREATE INDEX entry_superseded_retraction ON entry (superseded_retraction) WHERE superseded_retraction IS NOT NULL;

-- Where else the content of an entry was recorded: in chains that came together after both had recorded it. With the
-- rows of `entry`, these are all places of every chain; `entry` has the first of them.
CREATE TABLE repeat (
    chain    INTEGER NOT NULL REFERENCES chain,
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    entry    INTEGER NOT NULL REFERENCES entry,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    recorded INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999999),
    PRIMARY KEY (chain, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX repeat_entry ON repeat (entry);

-- One row an entry of each kind, with the columns of that kind. A sum of money has three columns: the text as stated,
-- the number to count in minor units (see Bounds in README.md), and the currency; the last two are null when undisclosed.

-- first_entry: the entry that first stated this id; itself unless it replaces one.
CREATE TABLE source (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    first_entry INTEGER NOT NULL REFERENCES entry,
    id TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('filing', 'company', 'database', 'press', 'rumour')),
    publisher TEXT,
    title TEXT,
    url TEXT,
    published TEXT,
    language TEXT,
    accession TEXT
) STRICT;

-- aliases: a JSON array; ids: a JSON object, scheme to value.
CREATE TABLE party_statement (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    name TEXT NOT NULL,
    type TEXT,
    aliases TEXT,
    ids TEXT,
    country TEXT,
    founded TEXT,
    market TEXT,
    attributes TEXT
) STRICT;

-- each column that is not null is a claim of its own; on_date: they hold from that day; attributes: a JSON object of what
-- the source says besides.
CREATE TABLE round_statement (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    amends TEXT,
    name TEXT,
    stage TEXT,
    status TEXT CHECK (status IN ('rumoured', 'announced', 'open', 'closed', 'cancelled')),
    instrument TEXT CHECK (instrument IN ('equity', 'safe', 'convertible-note', 'debt', 'grant', 'secondary', 'token', 'other')),
    announced TEXT,
    closed TEXT,
    first_sale TEXT,
    filed TEXT,
    raised TEXT,
    raised_minor INTEGER,
    raised_currency TEXT,
    offered TEXT,
    offered_minor INTEGER,
    offered_currency TEXT,
    remaining TEXT,
    remaining_minor INTEGER,
    remaining_currency TEXT,
    includes_conversions TEXT,
    includes_conversions_minor INTEGER,
    includes_conversions_currency TEXT,
    minimum_investment TEXT,
    minimum_investment_minor INTEGER,
    minimum_investment_currency TEXT,
    commissions TEXT,
    commissions_minor INTEGER,
    commissions_currency TEXT,
    finders_fees TEXT,
    finders_fees_minor INTEGER,
    finders_fees_currency TEXT,
    proceeds_to_insiders TEXT,
    proceeds_to_insiders_minor INTEGER,
    proceeds_to_insiders_currency TEXT,
    investors INTEGER CHECK (investors >= 0),
    non_accredited_investors INTEGER CHECK (non_accredited_investors >= 0),
    fund_type TEXT,
    use_of_proceeds TEXT,
    signed TEXT,
    attributes TEXT,
    on_date TEXT,
    CHECK ((raised_minor IS NULL) = (raised_currency IS NULL) AND raised_minor >= 0),
    CHECK ((offered_minor IS NULL) = (offered_currency IS NULL) AND offered_minor >= 0),
    CHECK ((includes_conversions_minor IS NULL) = (includes_conversions_currency IS NULL) AND includes_conversions_minor >= 0),
    CHECK ((minimum_investment_minor IS NULL) = (minimum_investment_currency IS NULL) AND minimum_investment_minor >= 0),
    CHECK ((remaining_minor IS NULL) = (remaining_currency IS NULL) AND remaining_minor >= 0),
    CHECK ((commissions_minor IS NULL) = (commissions_currency IS NULL) AND commissions_minor >= 0),
    CHECK ((finders_fees_minor IS NULL) = (finders_fees_currency IS NULL) AND finders_fees_minor >= 0),
    CHECK ((proceeds_to_insiders_minor IS NULL) = (proceeds_to_insiders_currency IS NULL) AND proceeds_to_insiders_minor >= 0)
) STRICT;

-- a tranche of a round.
CREATE TABLE closing (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    on_date TEXT NOT NULL,
    amount TEXT NOT NULL,
    amount_minor INTEGER,
    amount_currency TEXT,
    name TEXT,
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
) STRICT;

-- who took part: entry.counterparty in entry.round.
CREATE TABLE participation (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    amount TEXT,
    amount_minor INTEGER,
    amount_currency TEXT,
    lead INTEGER CHECK (lead IN (0, 1)),
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
) STRICT;

-- what entry.party was said to be worth.
CREATE TABLE valuation (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    amount TEXT NOT NULL,
    amount_minor INTEGER,
    amount_currency TEXT,
    basis TEXT NOT NULL CHECK (basis IN ('pre-money', 'post-money', 'unspecified', 'mark', '409a')),
    on_date TEXT NOT NULL,
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
) STRICT;

-- all that entry.party has raised to date, as someone says.
CREATE TABLE stated_total (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    amount TEXT NOT NULL,
    amount_minor INTEGER,
    amount_currency TEXT,
    on_date TEXT NOT NULL,
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
) STRICT;

-- value_number: canonical decimal text of a value that is no money; whole part and ten-digit fraction sum exactly.
CREATE TABLE metric (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    value_minor INTEGER,
    value_currency TEXT,
    value_number TEXT,
    value_whole INTEGER GENERATED ALWAYS AS (CAST(substr(value_number, 1, instr(value_number || '.', '.') - 1) AS INTEGER)) VIRTUAL,
    value_fraction INTEGER GENERATED ALWAYS AS (CAST(substr(substr(value_number, instr(value_number || '.', '.') + 1) || '0000000000', 1, 10) AS INTEGER)) VIRTUAL,
    unit TEXT,
    per TEXT CHECK (per IN ('year', 'month')),
    on_date TEXT NOT NULL,
    target INTEGER CHECK (target IN (0, 1)),
    CHECK ((value_minor IS NULL) = (value_currency IS NULL) AND value_minor >= 0)
) STRICT;

-- a market's funding in a period.
CREATE TABLE market_total (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    market TEXT NOT NULL,
    period TEXT NOT NULL,
    amount TEXT NOT NULL,
    amount_minor INTEGER,
    amount_currency TEXT,
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
) STRICT;

-- entry.party has entry.counterparty as its type.
CREATE TABLE relation (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    type TEXT NOT NULL CHECK (type IN ('competitor', 'affiliate', 'parent', 'founder', 'product', 'successor', 'co-issuer'))
) STRICT;

-- what a source says of entry.party that is no number.
CREATE TABLE remark (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    text TEXT NOT NULL
) STRICT;

-- one unit of base costs rate_number of quote.
CREATE TABLE fx_rate (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    base TEXT NOT NULL,
    quote TEXT NOT NULL,
    on_date TEXT NOT NULL,
    rate_number TEXT,
    rate_whole INTEGER GENERATED ALWAYS AS (CAST(substr(rate_number, 1, instr(rate_number || '.', '.') - 1) AS INTEGER)) VIRTUAL,
    rate_fraction INTEGER GENERATED ALWAYS AS (CAST(substr(substr(rate_number, instr(rate_number || '.', '.') + 1) || '0000000000', 1, 10) AS INTEGER)) VIRTUAL
) STRICT;

-- a unit beyond ISO 4217.
CREATE TABLE currency (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    code TEXT NOT NULL,
    decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 8),
    name TEXT
) STRICT;

-- takes entry.target back.
CREATE TABLE retraction (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX source_id ON source (id);
CREATE INDEX source_first_entry ON source (first_entry) WHERE first_entry <> entry;
CREATE INDEX market_total_market ON market_total (market);
CREATE INDEX fx_rate_pair ON fx_rate (base, quote);
CREATE INDEX currency_code ON currency (code);

-------------------------------------------------------------------------------------------------- derived

-- When an entry did not stand, because a standing entry superseded or retracted it: from known_from until before known_to.
CREATE TABLE withdrawn (
    entry      INTEGER NOT NULL REFERENCES entry,
    known_from INTEGER NOT NULL,
    known_to   INTEGER NOT NULL DEFAULT 253402300799999999,
    PRIMARY KEY (entry, known_from)
) STRICT, WITHOUT ROWID;

-- The names a party goes by, in Unicode NFC, and the entry each comes from: its party line, or the claim that first
-- named it (by_claim = 1), whose name stays even when the claim is taken back.
CREATE TABLE party_name (
    name     TEXT NOT NULL,
    party    INTEGER NOT NULL REFERENCES party,
    entry    INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
    by_claim INTEGER NOT NULL CHECK (by_claim IN (0, 1)),
    PRIMARY KEY (name, party, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE party_identifier (
    scheme TEXT NOT NULL,
    value  TEXT NOT NULL,
    party  INTEGER NOT NULL REFERENCES party,
    entry  INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (scheme, value, party, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_identifier_party ON party_identifier (party);

-- Parties that a party line shows to be the same one: a row for each party that its names and ids were those of. They
-- are one as long as the line stands.
CREATE TABLE party_union (
    entry INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
    party INTEGER NOT NULL REFERENCES party,
    PRIMARY KEY (entry, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_union_party ON party_union (party);

-- What the claims on a round came to under the default resolution policy, as known from known_from until before known_to.
-- Each resolved figure names the entry that won. `counts`: whether totals take it (neither rumoured nor cancelled, of
-- instrument equity, safe, convertible-note or none stated).
CREATE TABLE resolved_round (
    round                INTEGER NOT NULL REFERENCES round,
    known_from           INTEGER NOT NULL,
    known_to             INTEGER NOT NULL DEFAULT 253402300799999999,
    company              INTEGER NOT NULL REFERENCES party,
    counts               INTEGER NOT NULL CHECK (counts IN (0, 1)),
    name                 TEXT,
    stage                TEXT,
    status               TEXT,
    instrument           TEXT,
    fund_type            TEXT,
    date                 TEXT,
    announced            TEXT,
    closed               TEXT,
    first_sale           TEXT,
    filed                TEXT,
    raised               TEXT,
    raised_minor         INTEGER,
    raised_lower_minor   INTEGER,
    raised_upper_minor   INTEGER,
    raised_currency      TEXT,
    raised_entry         INTEGER REFERENCES entry,
    offered              TEXT,
    offered_minor        INTEGER,
    offered_currency     TEXT,
    offered_entry        INTEGER REFERENCES entry,
    investors            INTEGER,
    investors_entry      INTEGER REFERENCES entry,
    named_investors      INTEGER NOT NULL,
    pre_money_minor      INTEGER,
    pre_money_currency   TEXT,
    pre_money_entry      INTEGER REFERENCES entry,
    valuation_minor      INTEGER,
    valuation_currency   TEXT,
    valuation_origin     TEXT CHECK (valuation_origin IN ('post-money', 'pre-money + raised', 'unspecified')),
    valuation_entry      INTEGER REFERENCES entry,
    PRIMARY KEY (round, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX resolved_round_company ON resolved_round (company, known_to);

-- What a company raised in a currency, under the default policy and instruments, as known from known_from until before
-- known_to. A round whose amount is undisclosed counts with every currency that the company has, and leaves upper_minor
-- null; currency is '' when every amount is undisclosed. known_minor and lower_minor are null when the sum is beyond 64 bits
-- or mixes currencies within a round: it cannot be told.
CREATE TABLE company_total (
    company     INTEGER NOT NULL REFERENCES party,
    currency    TEXT NOT NULL,
    known_from  INTEGER NOT NULL,
    known_to    INTEGER NOT NULL DEFAULT 253402300799999999,
    known_minor INTEGER,
    lower_minor INTEGER,
    upper_minor INTEGER,
    rounds      INTEGER NOT NULL,
    undisclosed INTEGER NOT NULL,
    PRIMARY KEY (company, currency, known_from)
) STRICT, WITHOUT ROWID;

-------------------------------------------------------------------------------------------------- append-only
-- INSERT needs a guard of its own: INSERT OR REPLACE deletes the row in its way without firing DELETE triggers.

CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain BEGIN SELECT RAISE(ABORT, 'append-only: chain rows never change'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain BEGIN SELECT RAISE(ABORT, 'append-only: chain rows are never deleted'); END;
CREATE TRIGGER chain_no_replace BEFORE INSERT ON chain WHEN EXISTS (SELECT 1 FROM chain WHERE chain = NEW.chain OR (id = NEW.id AND trunk IS NULL AND NEW.trunk IS NULL))
BEGIN SELECT RAISE(ABORT, 'append-only: chain rows are never replaced'); END;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only: ledger rows never change'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only: ledger rows are never deleted'); END;
CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger WHERE only_row = NEW.only_row)
BEGIN SELECT RAISE(ABORT, 'append-only: ledger rows are never replaced'); END;

CREATE TRIGGER party_no_renumbering BEFORE UPDATE OF party ON party BEGIN SELECT RAISE(ABORT, 'append-only: party numbers never change'); END;
CREATE TRIGGER party_no_delete BEFORE DELETE ON party BEGIN SELECT RAISE(ABORT, 'append-only: party rows are never deleted'); END;
CREATE TRIGGER party_no_replace BEFORE INSERT ON party WHEN EXISTS (SELECT 1 FROM party WHERE party = NEW.party)
BEGIN SELECT RAISE(ABORT, 'append-only: party rows are never replaced'); END;

CREATE TRIGGER round_no_update BEFORE UPDATE ON round BEGIN SELECT RAISE(ABORT, 'append-only: round rows never change'); END;
CREATE TRIGGER round_no_delete BEFORE DELETE ON round BEGIN SELECT RAISE(ABORT, 'append-only: round rows are never deleted'); END;
CREATE TRIGGER round_no_replace BEFORE INSERT ON round WHEN EXISTS (SELECT 1 FROM round WHERE round = NEW.round OR (handle = NEW.handle AND company = NEW.company))
BEGIN SELECT RAISE(ABORT, 'append-only: round rows are never replaced'); END;

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append-only: entry rows never change'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append-only: entry rows are never deleted'); END;
CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry WHEN EXISTS (SELECT 1 FROM entry WHERE entry = NEW.entry OR (chain = NEW.chain AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'append-only: entry rows are never replaced'); END;

CREATE TRIGGER repeat_no_update BEFORE UPDATE ON repeat BEGIN SELECT RAISE(ABORT, 'append-only: repeat rows never change'); END;
CREATE TRIGGER repeat_no_delete BEFORE DELETE ON repeat BEGIN SELECT RAISE(ABORT, 'append-only: repeat rows are never deleted'); END;
CREATE TRIGGER repeat_no_replace BEFORE INSERT ON repeat WHEN EXISTS (SELECT 1 FROM repeat WHERE chain = NEW.chain AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'append-only: repeat rows are never replaced'); END;

CREATE TRIGGER source_no_update BEFORE UPDATE ON source BEGIN SELECT RAISE(ABORT, 'append-only: source rows never change'); END;
CREATE TRIGGER source_no_delete BEFORE DELETE ON source BEGIN SELECT RAISE(ABORT, 'append-only: source rows are never deleted'); END;
CREATE TRIGGER source_no_replace BEFORE INSERT ON source WHEN EXISTS (SELECT 1 FROM source WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: source rows are never replaced'); END;

CREATE TRIGGER party_statement_no_update BEFORE UPDATE ON party_statement BEGIN SELECT RAISE(ABORT, 'append-only: party_statement rows never change'); END;
CREATE TRIGGER party_statement_no_delete BEFORE DELETE ON party_statement BEGIN SELECT RAISE(ABORT, 'append-only: party_statement rows are never deleted'); END;
CREATE TRIGGER party_statement_no_replace BEFORE INSERT ON party_statement WHEN EXISTS (SELECT 1 FROM party_statement WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: party_statement rows are never replaced'); END;

CREATE TRIGGER round_statement_no_update BEFORE UPDATE ON round_statement BEGIN SELECT RAISE(ABORT, 'append-only: round_statement rows never change'); END;
CREATE TRIGGER round_statement_no_delete BEFORE DELETE ON round_statement BEGIN SELECT RAISE(ABORT, 'append-only: round_statement rows are never deleted'); END;
CREATE TRIGGER round_statement_no_replace BEFORE INSERT ON round_statement WHEN EXISTS (SELECT 1 FROM round_statement WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: round_statement rows are never replaced'); END;

CREATE TRIGGER closing_no_update BEFORE UPDATE ON closing BEGIN SELECT RAISE(ABORT, 'append-only: closing rows never change'); END;
CREATE TRIGGER closing_no_delete BEFORE DELETE ON closing BEGIN SELECT RAISE(ABORT, 'append-only: closing rows are never deleted'); END;
CREATE TRIGGER closing_no_replace BEFORE INSERT ON closing WHEN EXISTS (SELECT 1 FROM closing WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: closing rows are never replaced'); END;

CREATE TRIGGER participation_no_update BEFORE UPDATE ON participation BEGIN SELECT RAISE(ABORT, 'append-only: participation rows never change'); END;
CREATE TRIGGER participation_no_delete BEFORE DELETE ON participation BEGIN SELECT RAISE(ABORT, 'append-only: participation rows are never deleted'); END;
CREATE TRIGGER participation_no_replace BEFORE INSERT ON participation WHEN EXISTS (SELECT 1 FROM participation WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: participation rows are never replaced'); END;

CREATE TRIGGER valuation_no_update BEFORE UPDATE ON valuation BEGIN SELECT RAISE(ABORT, 'append-only: valuation rows never change'); END;
CREATE TRIGGER valuation_no_delete BEFORE DELETE ON valuation BEGIN SELECT RAISE(ABORT, 'append-only: valuation rows are never deleted'); END;
CREATE TRIGGER valuation_no_replace BEFORE INSERT ON valuation WHEN EXISTS (SELECT 1 FROM valuation WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: valuation rows are never replaced'); END;

CREATE TRIGGER stated_total_no_update BEFORE UPDATE ON stated_total BEGIN SELECT RAISE(ABORT, 'append-only: stated_total rows never change'); END;
CREATE TRIGGER stated_total_no_delete BEFORE DELETE ON stated_total BEGIN SELECT RAISE(ABORT, 'append-only: stated_total rows are never deleted'); END;
CREATE TRIGGER stated_total_no_replace BEFORE INSERT ON stated_total WHEN EXISTS (SELECT 1 FROM stated_total WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: stated_total rows are never replaced'); END;

CREATE TRIGGER metric_no_update BEFORE UPDATE ON metric BEGIN SELECT RAISE(ABORT, 'append-only: metric rows never change'); END;
CREATE TRIGGER metric_no_delete BEFORE DELETE ON metric BEGIN SELECT RAISE(ABORT, 'append-only: metric rows are never deleted'); END;
CREATE TRIGGER metric_no_replace BEFORE INSERT ON metric WHEN EXISTS (SELECT 1 FROM metric WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: metric rows are never replaced'); END;

CREATE TRIGGER market_total_no_update BEFORE UPDATE ON market_total BEGIN SELECT RAISE(ABORT, 'append-only: market_total rows never change'); END;
CREATE TRIGGER market_total_no_delete BEFORE DELETE ON market_total BEGIN SELECT RAISE(ABORT, 'append-only: market_total rows are never deleted'); END;
CREATE TRIGGER market_total_no_replace BEFORE INSERT ON market_total WHEN EXISTS (SELECT 1 FROM market_total WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: market_total rows are never replaced'); END;

CREATE TRIGGER relation_no_update BEFORE UPDATE ON relation BEGIN SELECT RAISE(ABORT, 'append-only: relation rows never change'); END;
CREATE TRIGGER relation_no_delete BEFORE DELETE ON relation BEGIN SELECT RAISE(ABORT, 'append-only: relation rows are never deleted'); END;
CREATE TRIGGER relation_no_replace BEFORE INSERT ON relation WHEN EXISTS (SELECT 1 FROM relation WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: relation rows are never replaced'); END;

CREATE TRIGGER remark_no_update BEFORE UPDATE ON remark BEGIN SELECT RAISE(ABORT, 'append-only: remark rows never change'); END;
CREATE TRIGGER remark_no_delete BEFORE DELETE ON remark BEGIN SELECT RAISE(ABORT, 'append-only: remark rows are never deleted'); END;
CREATE TRIGGER remark_no_replace BEFORE INSERT ON remark WHEN EXISTS (SELECT 1 FROM remark WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: remark rows are never replaced'); END;

CREATE TRIGGER fx_rate_no_update BEFORE UPDATE ON fx_rate BEGIN SELECT RAISE(ABORT, 'append-only: fx_rate rows never change'); END;
CREATE TRIGGER fx_rate_no_delete BEFORE DELETE ON fx_rate BEGIN SELECT RAISE(ABORT, 'append-only: fx_rate rows are never deleted'); END;
CREATE TRIGGER fx_rate_no_replace BEFORE INSERT ON fx_rate WHEN EXISTS (SELECT 1 FROM fx_rate WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: fx_rate rows are never replaced'); END;

CREATE TRIGGER currency_no_update BEFORE UPDATE ON currency BEGIN SELECT RAISE(ABORT, 'append-only: currency rows never change'); END;
CREATE TRIGGER currency_no_delete BEFORE DELETE ON currency BEGIN SELECT RAISE(ABORT, 'append-only: currency rows are never deleted'); END;
CREATE TRIGGER currency_no_replace BEFORE INSERT ON currency WHEN EXISTS (SELECT 1 FROM currency WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: currency rows are never replaced'); END;

CREATE TRIGGER retraction_no_update BEFORE UPDATE ON retraction BEGIN SELECT RAISE(ABORT, 'append-only: retraction rows never change'); END;
CREATE TRIGGER retraction_no_delete BEFORE DELETE ON retraction BEGIN SELECT RAISE(ABORT, 'append-only: retraction rows are never deleted'); END;
CREATE TRIGGER retraction_no_replace BEFORE INSERT ON retraction WHEN EXISTS (SELECT 1 FROM retraction WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'append-only: retraction rows are never replaced'); END;

-------------------------------------------------------------------------------------------------- views
-- For readers. Each shows what stands now unless it has known_from and known_to; those are half-open, as text that sorts.
-- The entries that do not stand now.
CREATE VIEW withdrawn_now AS
SELECT entry FROM withdrawn WHERE known_to = 253402300799999999;

-- Every entry with where and when it was recorded, and whether it stands.
CREATE VIEW entries AS
SELECT e.entry,
       'sha256:' || lower(hex(e.id)) AS id,
       c.id AS chain,
       e.seq,
       lower(hex(e.hash)) AS hash,
       strftime('%Y-%m-%dT%H:%M:%S', e.recorded / 1000000, 'unixepoch') || printf('.%06dZ', e.recorded % 1000000) AS recorded,
       e.kind,
       e.key,
       (SELECT s.id FROM source s WHERE s.entry = e.source) AS source,
       (SELECT root.name FROM party p JOIN party root ON root.party = p.root WHERE p.party = e.party) AS party,
       (SELECT root.name FROM party p JOIN party root ON root.party = p.root WHERE p.party = e.counterparty) AS counterparty,
       (SELECT r.handle FROM round r WHERE r.round = e.round) AS round,
       e.target,
       e.superseded_retraction,
       NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry) AS stands,
       e.body
FROM entry e JOIN chain c ON c.chain = e.chain;

-- The sources that stand.
CREATE VIEW sources AS
SELECT s.id, s.type, s.publisher, s.title, s.url, s.published, s.language, s.accession, s.first_entry, s.entry
FROM source s
WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = s.entry);

-- One row a party, by its current name.
CREATE VIEW parties AS
SELECT p.party, p.name, p.type, p.country, p.founded, p.market
FROM party p WHERE p.root = p.party;

-- The rounds as resolved now, with the source of each figure.
CREATE VIEW rounds AS
SELECT r.handle AS round, p.name AS company, rr.name, rr.stage, rr.status, rr.instrument, rr.fund_type, rr.date, rr.announced, rr.closed,
       rr.first_sale, rr.filed, rr.raised, rr.raised_minor, rr.raised_lower_minor, rr.raised_upper_minor,
       rr.raised_currency, (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = rr.raised_entry)
       AS raised_source,
       rr.offered, rr.offered_minor, rr.offered_currency, rr.investors, rr.named_investors,
       rr.pre_money_minor, rr.pre_money_currency,
       rr.valuation_minor, rr.valuation_currency, rr.valuation_origin,
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = rr.valuation_entry) AS valuation_source,
       rr.counts
FROM resolved_round rr
JOIN round r ON r.round = rr.round
JOIN party p ON p.party = rr.company
WHERE rr.known_to = 253402300799999999;

-- What each company raised, exactly; a row a currency.
CREATE VIEW total_raised AS
SELECT p.name AS company, nullif(t.currency, '') AS currency, t.known_minor, t.lower_minor, t.upper_minor, t.rounds,
       t.undisclosed
FROM company_total t JOIN party p ON p.party = t.company
WHERE t.known_to = 253402300799999999;

-- Every claim on a figure or a date, standing or not, with its source: one row a fact stated. What it says of the source
-- is what ranks the claim now: null when the source was taken back.
CREATE VIEW claims AS
WITH stated (entry, field, stated, minor, currency) AS (
    SELECT entry, 'raised', raised, raised_minor, raised_currency FROM round_statement WHERE raised IS NOT NULL
    UNION ALL SELECT entry, 'offered', offered, offered_minor, offered_currency FROM round_statement WHERE offered IS NOT NULL
    UNION ALL SELECT entry, 'includes_conversions', includes_conversions, includes_conversions_minor,
                     includes_conversions_currency FROM round_statement WHERE includes_conversions IS NOT NULL
    UNION ALL SELECT entry, 'minimum_investment', minimum_investment, minimum_investment_minor,
                     minimum_investment_currency FROM round_statement WHERE minimum_investment IS NOT NULL
    UNION ALL SELECT entry, 'investors', CAST(investors AS TEXT), NULL, NULL FROM round_statement WHERE investors IS NOT NULL
    UNION ALL SELECT entry, 'name', name, NULL, NULL FROM round_statement WHERE name IS NOT NULL
    UNION ALL SELECT entry, 'stage', stage, NULL, NULL FROM round_statement WHERE stage IS NOT NULL
    UNION ALL SELECT entry, 'status', status, NULL, NULL FROM round_statement WHERE status IS NOT NULL
    UNION ALL SELECT entry, 'instrument', instrument, NULL, NULL FROM round_statement WHERE instrument IS NOT NULL
    UNION ALL SELECT entry, 'announced', announced, NULL, NULL FROM round_statement WHERE announced IS NOT NULL
    UNION ALL SELECT entry, 'closed', closed, NULL, NULL FROM round_statement WHERE closed IS NOT NULL
    UNION ALL SELECT entry, 'first_sale', first_sale, NULL, NULL FROM round_statement WHERE first_sale IS NOT NULL
    UNION ALL SELECT entry, 'filed', filed, NULL, NULL FROM round_statement WHERE filed IS NOT NULL
    UNION ALL SELECT entry, 'use_of_proceeds', use_of_proceeds, NULL, NULL FROM round_statement WHERE use_of_proceeds IS NOT NULL
    UNION ALL SELECT entry, 'closing', amount, amount_minor, amount_currency FROM closing
    UNION ALL SELECT entry, 'participation', coalesce(amount, 'undisclosed'), amount_minor, amount_currency FROM participation
    UNION ALL SELECT entry, basis, amount, amount_minor, amount_currency FROM valuation
    UNION ALL SELECT entry, 'stated_total', amount, amount_minor, amount_currency FROM stated_total
    UNION ALL SELECT entry, 'metric ' || name, value, value_minor, value_currency FROM metric
)
SELECT root.name AS company, r.handle AS round, st.field, st.stated, st.minor, st.currency,
       s.id AS source, now.type AS source_type, now.published AS source_published,
       strftime('%Y-%m-%dT%H:%M:%S', e.recorded / 1000000, 'unixepoch') || printf('.%06dZ', e.recorded % 1000000) AS recorded,
       NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry) AS stands,
       'sha256:' || lower(hex(e.id)) AS id
FROM stated st
JOIN entry e ON e.entry = st.entry
LEFT JOIN party p ON p.party = e.party
LEFT JOIN party root ON root.party = p.root
LEFT JOIN round r ON r.round = e.round
LEFT JOIN source s ON s.entry = e.source
LEFT JOIN source now ON now.entry = (
    SELECT max(o.entry) FROM source o
    WHERE (o.entry = e.source OR (o.first_entry = e.source AND o.first_entry <> o.entry))
      AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = o.entry));

-- Who took part in which round, as each standing claim says.
CREATE VIEW participations AS
SELECT company.name AS company, r.handle AS round, investor.name AS investor, pa.amount, pa.amount_minor,
       pa.amount_currency, pa.lead, s.id AS source
FROM participation pa
JOIN entry e ON e.entry = pa.entry
JOIN round r ON r.round = e.round
JOIN party pc ON pc.party = e.party
JOIN party company ON company.party = pc.root
JOIN party pi ON pi.party = e.counterparty
JOIN party investor ON investor.party = pi.root
LEFT JOIN source s ON s.entry = e.source
WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = pa.entry);

-- What companies were said to be worth, as each standing claim says.
CREATE VIEW valuations AS
SELECT company.name AS company, r.handle AS round, v.basis, v.amount, v.amount_minor, v.amount_currency, v.on_date,
       s.id AS source
FROM valuation v
JOIN entry e ON e.entry = v.entry
JOIN party pc ON pc.party = e.party
JOIN party company ON company.party = pc.root
LEFT JOIN round r ON r.round = e.round
LEFT JOIN source s ON s.entry = e.source
WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = v.entry);

-- What sources say of rounds and parties besides, by their own names for it, of the entries that stand.
CREATE VIEW attributes AS
SELECT root.name AS party, r.handle AS round, a.key AS name, a.value, s.id AS source, e.entry
FROM entry e
JOIN party p ON p.party = e.party
JOIN party root ON root.party = p.root
LEFT JOIN round r ON r.round = e.round
LEFT JOIN source s ON s.entry = e.source
JOIN json_each(e.body, '$.attributes') a
WHERE e.kind IN ('round', 'party')
  AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry);
