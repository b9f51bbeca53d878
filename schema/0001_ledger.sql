-- Generated from template/0001_ledger.sql by generate_schema.
-- The funding ledger, schema 1. README.md in this folder is the manual.
--
-- Recorded tables hold what was stated and never change: triggers refuse UPDATE, DELETE and any INSERT in place of a
-- row. Derived tables follow from the recorded ones, can be rebuilt from them, and are compared with them by
-- `verify`. Times are microseconds since 1970-01-01T00:00:00Z; 253402300799999999 (the end of 9999) stands for "still".
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
    type    TEXT CHECK (type = 'company' OR type = 'fund' OR type = 'person' OR type = 'government' OR type = 'product'
        OR type = 'other'),
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
    recorded     INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999999),
    kind         TEXT NOT NULL CHECK (kind = 'source' OR kind = 'party' OR kind = 'round' OR kind = 'closing'
        OR kind = 'participation' OR kind = 'valuation' OR kind = 'split' OR kind = 'stated_total' OR kind = 'metric'
        OR kind = 'market_total' OR kind = 'relation' OR kind = 'remark' OR kind = 'fx_rate' OR kind = 'currency'
        OR kind = 'retraction'),
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
    recorded INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999999),
    PRIMARY KEY (chain, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX repeat_entry ON repeat (entry);

-- One row an entry of each kind, with the columns of that kind. A sum of money has three columns: the text as stated,
-- the number to count in minor units (see Bounds in README.md), and the currency; the last two are null when it is
-- undisclosed. A number that is no money has its canonical decimal text, and a whole part and a ten-digit fraction that
-- sum exactly. ..._last_day is the last day of a date, from which a thing has surely happened.

-- The source entries.
CREATE TABLE source (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    first_entry INTEGER NOT NULL REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    id TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type = 'filing' OR type = 'company' OR type = 'database' OR type = 'press'
        OR type = 'rumour'),
    publisher TEXT,
    title TEXT,
    url TEXT,
    published TEXT,
    published_last_day TEXT GENERATED ALWAYS AS (CASE length(published) WHEN 10
        THEN published WHEN 4 THEN published || '-12-31'
    ELSE date(iif(substr(published, 6, 1) = 'Q',
                  printf('%s-%02d', substr(published, 1, 4), 3 * substr(published, 7)), published) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    language TEXT,
    accession TEXT
) STRICT;

-- The party entries.
CREATE TABLE party_statement (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    type TEXT CHECK (type = 'company' OR type = 'fund' OR type = 'person' OR type = 'government' OR type = 'product'
        OR type = 'other'),
    aliases TEXT,
    ids TEXT,
    country TEXT,
    founded TEXT,
    market TEXT,
    attributes TEXT
) STRICT;

-- The round entries: each column that is not null is a claim of its own.
CREATE TABLE round_statement (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    amends TEXT CHECK (amends < x''),
    name TEXT CHECK (name < x''),
    stage TEXT CHECK (stage < x''),
    status TEXT CHECK (status = 'rumoured' OR status = 'announced' OR status = 'open' OR status = 'closed'
        OR status = 'cancelled') CHECK (status < x''),
    instrument TEXT CHECK (instrument = 'equity' OR instrument = 'safe' OR instrument = 'convertible-note'
        OR instrument = 'debt' OR instrument = 'grant' OR instrument = 'secondary' OR instrument = 'token'
        OR instrument = 'other') CHECK (instrument < x''),
    announced TEXT CHECK (announced < x''),
    closed TEXT CHECK (closed < x''),
    first_sale TEXT CHECK (first_sale < x''),
    filed TEXT CHECK (filed < x''),
    raised TEXT CHECK (raised < x''),
    raised_minor BIGINT CHECK (typeof(raised_minor) IN ('integer', 'null')),
    raised_currency TEXT CHECK (raised_currency < x''),
    offered TEXT CHECK (offered < x''),
    offered_minor BIGINT CHECK (typeof(offered_minor) IN ('integer', 'null')),
    offered_currency TEXT CHECK (offered_currency < x''),
    remaining TEXT CHECK (remaining < x''),
    remaining_minor BIGINT CHECK (typeof(remaining_minor) IN ('integer', 'null')),
    remaining_currency TEXT CHECK (remaining_currency < x''),
    includes_conversions TEXT CHECK (includes_conversions < x''),
    includes_conversions_minor BIGINT CHECK (typeof(includes_conversions_minor) IN ('integer', 'null')),
    includes_conversions_currency TEXT CHECK (includes_conversions_currency < x''),
    price_per_share TEXT CHECK (price_per_share < x''),
    price_per_share_number TEXT CHECK (price_per_share_number < x''),
    price_per_share_whole BIGINT GENERATED ALWAYS AS (CAST(substr(price_per_share_number, 1,
        instr(price_per_share_number || '.', '.') - 1) AS INTEGER)) VIRTUAL,
    price_per_share_fraction BIGINT GENERATED ALWAYS AS (CAST(substr(substr(price_per_share_number,
        instr(price_per_share_number || '.', '.') + 1) || '0000000000', 1, 10) AS INTEGER)) VIRTUAL,
    price_per_share_currency TEXT CHECK (price_per_share_currency < x''),
    shares_issued_number TEXT CHECK (shares_issued_number < x''),
    shares_issued_whole BIGINT GENERATED ALWAYS AS (CAST(substr(shares_issued_number, 1,
        instr(shares_issued_number || '.', '.') - 1) AS INTEGER)) VIRTUAL,
    shares_issued_fraction BIGINT GENERATED ALWAYS AS (CAST(substr(substr(shares_issued_number,
        instr(shares_issued_number || '.', '.') + 1) || '0000000000', 1, 10) AS INTEGER)) VIRTUAL,
    security_class TEXT CHECK (security_class < x''),
    minimum_investment TEXT CHECK (minimum_investment < x''),
    minimum_investment_minor BIGINT CHECK (typeof(minimum_investment_minor) IN ('integer', 'null')),
    minimum_investment_currency TEXT CHECK (minimum_investment_currency < x''),
    commissions TEXT CHECK (commissions < x''),
    commissions_minor BIGINT CHECK (typeof(commissions_minor) IN ('integer', 'null')),
    commissions_currency TEXT CHECK (commissions_currency < x''),
    finders_fees TEXT CHECK (finders_fees < x''),
    finders_fees_minor BIGINT CHECK (typeof(finders_fees_minor) IN ('integer', 'null')),
    finders_fees_currency TEXT CHECK (finders_fees_currency < x''),
    proceeds_to_insiders TEXT CHECK (proceeds_to_insiders < x''),
    proceeds_to_insiders_minor BIGINT CHECK (typeof(proceeds_to_insiders_minor) IN ('integer', 'null')),
    proceeds_to_insiders_currency TEXT CHECK (proceeds_to_insiders_currency < x''),
    investors BIGINT CHECK (investors >= 0) CHECK (typeof(investors) IN ('integer', 'null')),
    non_accredited_investors BIGINT CHECK (non_accredited_investors >= 0) CHECK
        (typeof(non_accredited_investors) IN ('integer', 'null')),
    fund_type TEXT CHECK (fund_type < x''),
    business_combination INTEGER CHECK (business_combination IN (0, 1)) CHECK (typeof(business_combination)
        IN ('integer', 'null')),
    use_of_proceeds TEXT CHECK (use_of_proceeds < x''),
    signed TEXT CHECK (signed < x''),
    attributes TEXT CHECK (attributes < x''),
    on_date TEXT CHECK (on_date < x''),
    on_last_day TEXT GENERATED ALWAYS AS (CASE length(on_date) WHEN 10 THEN on_date WHEN 4 THEN on_date || '-12-31'
    ELSE date(iif(substr(on_date, 6, 1) = 'Q',
                  printf('%s-%02d', substr(on_date, 1, 4), 3 * substr(on_date, 7)), on_date) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    CHECK ((raised_minor IS NULL) = (raised_currency IS NULL) AND raised_minor >= 0),
    CHECK ((offered_minor IS NULL) = (offered_currency IS NULL) AND offered_minor >= 0),
    CHECK ((remaining_minor IS NULL) = (remaining_currency IS NULL) AND remaining_minor >= 0),
    CHECK ((includes_conversions_minor IS NULL) = (includes_conversions_currency IS NULL)
        AND includes_conversions_minor >= 0),
    CHECK ((price_per_share IS NULL) = (price_per_share_number IS NULL)),
    CHECK ((price_per_share IS NULL) = (price_per_share_currency IS NULL)),
    CHECK ((minimum_investment_minor IS NULL) = (minimum_investment_currency IS NULL)
        AND minimum_investment_minor >= 0),
    CHECK ((commissions_minor IS NULL) = (commissions_currency IS NULL) AND commissions_minor >= 0),
    CHECK ((finders_fees_minor IS NULL) = (finders_fees_currency IS NULL) AND finders_fees_minor >= 0),
    CHECK ((proceeds_to_insiders_minor IS NULL) = (proceeds_to_insiders_currency IS NULL)
        AND proceeds_to_insiders_minor >= 0)
);

-- A tranche of a round.
CREATE TABLE closing (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    on_date TEXT NOT NULL CHECK (on_date < x''),
    on_last_day TEXT GENERATED ALWAYS AS (CASE length(on_date) WHEN 10 THEN on_date WHEN 4 THEN on_date || '-12-31'
    ELSE date(iif(substr(on_date, 6, 1) = 'Q',
                  printf('%s-%02d', substr(on_date, 1, 4), 3 * substr(on_date, 7)), on_date) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    amount TEXT NOT NULL CHECK (amount < x''),
    amount_minor BIGINT CHECK (typeof(amount_minor) IN ('integer', 'null')),
    amount_currency TEXT CHECK (amount_currency < x''),
    name TEXT CHECK (name < x''),
    instrument TEXT CHECK (instrument = 'equity' OR instrument = 'safe' OR instrument = 'convertible-note'
        OR instrument = 'debt' OR instrument = 'grant' OR instrument = 'secondary' OR instrument = 'token'
        OR instrument = 'other') CHECK (instrument < x''),
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
);

-- Who took part: `entry.counterparty` in `entry.round`.
CREATE TABLE participation (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    amount TEXT CHECK (amount < x''),
    amount_minor BIGINT CHECK (typeof(amount_minor) IN ('integer', 'null')),
    amount_currency TEXT CHECK (amount_currency < x''),
    lead INTEGER CHECK (lead IN (0, 1)) CHECK (typeof(lead) IN ('integer', 'null')),
    instrument TEXT CHECK (instrument = 'equity' OR instrument = 'safe' OR instrument = 'convertible-note'
        OR instrument = 'debt' OR instrument = 'grant' OR instrument = 'secondary' OR instrument = 'token'
        OR instrument = 'other') CHECK (instrument < x''),
    shares_number TEXT CHECK (shares_number < x''),
    shares_whole BIGINT GENERATED ALWAYS AS (CAST(substr(shares_number, 1, instr(shares_number || '.',
        '.') - 1) AS INTEGER)) VIRTUAL,
    shares_fraction BIGINT GENERATED ALWAYS AS (CAST(substr(substr(shares_number, instr(shares_number || '.',
        '.') + 1) || '0000000000', 1, 10) AS INTEGER)) VIRTUAL,
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
);

-- What `entry.party` was said to be worth.
CREATE TABLE valuation (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    amount TEXT NOT NULL CHECK (amount < x''),
    amount_minor BIGINT CHECK (typeof(amount_minor) IN ('integer', 'null')),
    amount_currency TEXT CHECK (amount_currency < x''),
    basis TEXT NOT NULL CHECK (basis = 'pre-money' OR basis = 'post-money' OR basis = 'unspecified' OR basis = 'mark'
        OR basis = '409a') CHECK (basis < x''),
    on_date TEXT NOT NULL CHECK (on_date < x''),
    on_last_day TEXT GENERATED ALWAYS AS (CASE length(on_date) WHEN 10 THEN on_date WHEN 4 THEN on_date || '-12-31'
    ELSE date(iif(substr(on_date, 6, 1) = 'Q',
                  printf('%s-%02d', substr(on_date, 1, 4), 3 * substr(on_date, 7)), on_date) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
);

-- A split of the shares of `entry.party`.
CREATE TABLE split (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    on_date TEXT NOT NULL CHECK (on_date < x''),
    on_last_day TEXT GENERATED ALWAYS AS (CASE length(on_date) WHEN 10 THEN on_date WHEN 4 THEN on_date || '-12-31'
    ELSE date(iif(substr(on_date, 6, 1) = 'Q',
                  printf('%s-%02d', substr(on_date, 1, 4), 3 * substr(on_date, 7)), on_date) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    ratio TEXT NOT NULL CHECK (ratio GLOB '[1-9]*:[1-9]*') CHECK (ratio < x''),
    new_shares BIGINT GENERATED ALWAYS AS (CAST(substr(ratio, 1, instr(ratio, ':') - 1) AS INTEGER)) VIRTUAL,
    old_shares BIGINT GENERATED ALWAYS AS (CAST(substr(ratio, instr(ratio, ':') + 1) AS INTEGER)) VIRTUAL,
    security_class TEXT CHECK (security_class < x'')
);

-- All that `entry.party` raised to date, as someone says.
CREATE TABLE stated_total (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    amount TEXT NOT NULL CHECK (amount < x''),
    amount_minor BIGINT CHECK (typeof(amount_minor) IN ('integer', 'null')),
    amount_currency TEXT CHECK (amount_currency < x''),
    on_date TEXT NOT NULL CHECK (on_date < x''),
    on_last_day TEXT GENERATED ALWAYS AS (CASE length(on_date) WHEN 10 THEN on_date WHEN 4 THEN on_date || '-12-31'
    ELSE date(iif(substr(on_date, 6, 1) = 'Q',
                  printf('%s-%02d', substr(on_date, 1, 4), 3 * substr(on_date, 7)), on_date) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
);

-- A figure that is no funding.
CREATE TABLE metric (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL CHECK (name < x''),
    value TEXT NOT NULL CHECK (value < x''),
    value_minor BIGINT CHECK (typeof(value_minor) IN ('integer', 'null')),
    value_currency TEXT CHECK (value_currency < x''),
    value_number TEXT CHECK (value_number < x''),
    value_whole BIGINT GENERATED ALWAYS AS (CAST(substr(value_number, 1, instr(value_number || '.',
        '.') - 1) AS INTEGER)) VIRTUAL,
    value_fraction BIGINT GENERATED ALWAYS AS (CAST(substr(substr(value_number, instr(value_number || '.',
        '.') + 1) || '0000000000', 1, 10) AS INTEGER)) VIRTUAL,
    unit TEXT CHECK (unit < x''),
    per TEXT CHECK (per = 'year' OR per = 'month') CHECK (per < x''),
    on_date TEXT NOT NULL CHECK (on_date < x''),
    on_last_day TEXT GENERATED ALWAYS AS (CASE length(on_date) WHEN 10 THEN on_date WHEN 4 THEN on_date || '-12-31'
    ELSE date(iif(substr(on_date, 6, 1) = 'Q',
                  printf('%s-%02d', substr(on_date, 1, 4), 3 * substr(on_date, 7)), on_date) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    target INTEGER CHECK (target IN (0, 1)) CHECK (typeof(target) IN ('integer', 'null')),
    CHECK ((value_minor IS NULL) = (value_currency IS NULL) AND value_minor >= 0)
);

-- A market's funding in a period.
CREATE TABLE market_total (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    market TEXT NOT NULL CHECK (market < x''),
    period TEXT NOT NULL CHECK (period < x''),
    period_last_day TEXT GENERATED ALWAYS AS (CASE length(period) WHEN 10 THEN period WHEN 4 THEN period || '-12-31'
    ELSE date(iif(substr(period, 6, 1) = 'Q',
                  printf('%s-%02d', substr(period, 1, 4), 3 * substr(period, 7)), period) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    amount TEXT NOT NULL CHECK (amount < x''),
    amount_minor BIGINT CHECK (typeof(amount_minor) IN ('integer', 'null')),
    amount_currency TEXT CHECK (amount_currency < x''),
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND amount_minor >= 0)
);

-- `entry.party` has `entry.counterparty` as its type.
CREATE TABLE relation (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    type TEXT NOT NULL CHECK (type = 'competitor' OR type = 'affiliate' OR type = 'parent' OR type = 'founder'
        OR type = 'product' OR type = 'successor' OR type = 'co-issuer')
) STRICT;

-- What a source says of `entry.party` that is no number.
CREATE TABLE remark (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL
) STRICT;

-- One unit of base costs rate_number of quote.
CREATE TABLE fx_rate (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    base TEXT NOT NULL CHECK (base < x''),
    quote TEXT NOT NULL CHECK (quote < x''),
    on_date TEXT NOT NULL CHECK (on_date < x''),
    on_last_day TEXT GENERATED ALWAYS AS (CASE length(on_date) WHEN 10 THEN on_date WHEN 4 THEN on_date || '-12-31'
    ELSE date(iif(substr(on_date, 6, 1) = 'Q',
                  printf('%s-%02d', substr(on_date, 1, 4), 3 * substr(on_date, 7)), on_date) || '-01',
              '+1 month', '-1 day') END) VIRTUAL,
    rate_number TEXT NOT NULL CHECK (rate_number < x''),
    rate_whole BIGINT GENERATED ALWAYS AS (CAST(substr(rate_number, 1, instr(rate_number || '.',
        '.') - 1) AS INTEGER)) VIRTUAL,
    rate_fraction BIGINT GENERATED ALWAYS AS (CAST(substr(substr(rate_number, instr(rate_number || '.',
        '.') + 1) || '0000000000', 1, 10) AS INTEGER)) VIRTUAL
);

-- A unit beyond ISO 4217.
CREATE TABLE currency (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL CHECK (code < x''),
    decimals BIGINT NOT NULL CHECK (decimals BETWEEN 0 AND 8) CHECK (typeof(decimals) = 'integer'),
    name TEXT CHECK (name < x'')
);

-- Takes `entry.target` back.
CREATE TABLE retraction (
    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX source_id ON source (id);
CREATE INDEX source_first_entry ON source (first_entry) WHERE first_entry <> entry;
CREATE INDEX market_total_market ON market_total (market);
CREATE INDEX fx_rate_fact ON fx_rate (base, quote, on_date);
CREATE INDEX currency_code ON currency (code);

-------------------------------------------------------------------------------------------------- derived

-- Where an id is found: id_start is its first eight bytes as a big-endian number with a sign. They tell almost all
-- entries apart and keep this small; whoever looks an entry up compares the whole id.
CREATE TABLE entry_by_id (
    id_start BIGINT NOT NULL CHECK (typeof(id_start) = 'integer'),
    entry    INTEGER NOT NULL REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED CHECK (typeof(entry) = 'integer'),
    PRIMARY KEY (id_start, entry)
) WITHOUT ROWID;

-- The parties that entries of a source are about, by the entry that first stated the source.
CREATE TABLE source_subject (
    source INTEGER NOT NULL REFERENCES entry (entry),
    party  INTEGER NOT NULL REFERENCES party (party),
    PRIMARY KEY (source, party)
) STRICT, WITHOUT ROWID;

-- When an entry that is no retraction did not stand, as FACTS.md says under Standing: from known_from until before
-- known_to. The view retractions_known tells it of retractions.
CREATE TABLE withdrawn (
    entry      INTEGER NOT NULL REFERENCES entry (entry) CHECK (typeof(entry) = 'integer'),
    known_from BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to   BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    PRIMARY KEY (entry, known_from)
) WITHOUT ROWID;

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
    round                INTEGER NOT NULL REFERENCES round (round) CHECK (typeof(round) = 'integer'),
    known_from           BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to             BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    company              INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    counts               INTEGER NOT NULL CHECK (counts IN (0, 1)) CHECK (typeof(counts) = 'integer'),
    name                 TEXT CHECK (name < x''),
    stage                TEXT CHECK (stage < x''),
    status               TEXT CHECK (status < x''),
    status_entry         INTEGER REFERENCES entry (entry) CHECK (typeof(status_entry) IN ('integer', 'null')),
    instrument           TEXT CHECK (instrument < x''),
    instrument_entry     INTEGER REFERENCES entry (entry) CHECK (typeof(instrument_entry) IN ('integer', 'null')),
    fund_type            TEXT CHECK (fund_type < x''),
    date                 TEXT CHECK (date < x''),
    valid_from           TEXT CHECK (valid_from < x''),
    announced            TEXT CHECK (announced < x''),
    closed               TEXT CHECK (closed < x''),
    first_sale           TEXT CHECK (first_sale < x''),
    filed                TEXT CHECK (filed < x''),
    raised               TEXT CHECK (raised < x''),
    raised_minor         BIGINT CHECK (typeof(raised_minor) IN ('integer', 'null')),
    raised_lower_minor   BIGINT CHECK (typeof(raised_lower_minor) IN ('integer', 'null')),
    raised_upper_minor   BIGINT CHECK (typeof(raised_upper_minor) IN ('integer', 'null')),
    raised_currency      TEXT CHECK (raised_currency < x''),
    raised_entry         INTEGER REFERENCES entry (entry) CHECK (typeof(raised_entry) IN ('integer', 'null')),
    offered              TEXT CHECK (offered < x''),
    offered_minor        BIGINT CHECK (typeof(offered_minor) IN ('integer', 'null')),
    offered_currency     TEXT CHECK (offered_currency < x''),
    offered_entry        INTEGER REFERENCES entry (entry) CHECK (typeof(offered_entry) IN ('integer', 'null')),
    investors            BIGINT CHECK (typeof(investors) IN ('integer', 'null')),
    investors_entry      INTEGER REFERENCES entry (entry) CHECK (typeof(investors_entry) IN ('integer', 'null')),
    named_investors      INTEGER NOT NULL CHECK (typeof(named_investors) = 'integer'),
    participations_minor BIGINT CHECK (typeof(participations_minor) IN ('integer', 'null')),
    closings_minor       BIGINT CHECK (typeof(closings_minor) IN ('integer', 'null')),
    pre_money_minor      BIGINT CHECK (typeof(pre_money_minor) IN ('integer', 'null')),
    pre_money_currency   TEXT CHECK (pre_money_currency < x''),
    pre_money_entry      INTEGER REFERENCES entry (entry) CHECK (typeof(pre_money_entry) IN ('integer', 'null')),
    valuation_minor      BIGINT CHECK (typeof(valuation_minor) IN ('integer', 'null')),
    valuation_words      TEXT CHECK (valuation_words < x''),
    valuation_currency   TEXT CHECK (valuation_currency < x''),
    valuation_origin     TEXT CHECK (valuation_origin = 'post-money' OR valuation_origin = 'pre-money + new money'
        OR valuation_origin = 'pre-money' OR valuation_origin = 'unspecified') CHECK (valuation_origin < x''),
    valuation_entry      INTEGER REFERENCES entry (entry) CHECK (typeof(valuation_entry) IN ('integer', 'null')),
    pre_plus_new_money_minor BIGINT CHECK (typeof(pre_plus_new_money_minor) IN ('integer', 'null')),
    post_money_minor     BIGINT CHECK (typeof(post_money_minor) IN ('integer', 'null')),
    last_round           INTEGER REFERENCES round (round) CHECK (typeof(last_round) IN ('integer', 'null')),
    last_minor           BIGINT CHECK (typeof(last_minor) IN ('integer', 'null')),
    last_currency        TEXT CHECK (last_currency < x''),
    growth               TEXT CHECK (growth < x''),
    step_up              TEXT CHECK (step_up < x''),
    PRIMARY KEY (round, known_from)
) WITHOUT ROWID;
CREATE INDEX resolved_round_company ON resolved_round (company, known_to);

-- What an investor put into a round, as known from known_from until before known_to: the amount and whether it led,
-- each by the best of the claims that tell it. untold_position is 1 where the investor got shares of which neither a
-- class nor a number nor a round with a price is known.
CREATE TABLE resolved_participation (
    company         INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    round           INTEGER NOT NULL REFERENCES round (round) CHECK (typeof(round) = 'integer'),
    investor        INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(investor) = 'integer'),
    known_from      BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to        BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    amount          TEXT CHECK (amount < x''),
    amount_minor    BIGINT CHECK (typeof(amount_minor) IN ('integer', 'null')),
    amount_currency TEXT CHECK (amount_currency < x''),
    amount_entry    INTEGER NOT NULL REFERENCES entry (entry) CHECK (typeof(amount_entry) = 'integer'),
    lead            INTEGER CHECK (lead IN (0, 1)) CHECK (typeof(lead) IN ('integer', 'null')),
    lead_entry      INTEGER REFERENCES entry (entry) CHECK (typeof(lead_entry) IN ('integer', 'null')),
    untold_position INTEGER NOT NULL CHECK (untold_position IN (0, 1)) CHECK (typeof(untold_position) = 'integer'),
    PRIMARY KEY (company, round, investor, known_from)
) WITHOUT ROWID;
CREATE INDEX resolved_participation_investor ON resolved_participation (investor);

-- The round that each round's number is of, as known from known_from until before known_to: its own, unless an
-- amendment or a file number links its handle to another round's.
CREATE TABLE own_round (
    round      INTEGER NOT NULL REFERENCES round (round) CHECK (typeof(round) = 'integer'),
    known_from BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to   BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    company    INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    own_round  INTEGER NOT NULL REFERENCES round (round) CHECK (typeof(own_round) = 'integer'),
    PRIMARY KEY (round, known_from)
) WITHOUT ROWID;
CREATE INDEX own_round_company ON own_round (company, known_to);
CREATE INDEX own_round_own ON own_round (own_round, known_to);

-- What totals add up, as known from known_from until before known_to: of each round that counts its tranches and
-- what it brings beyond them, less conversions, or a row without currency and amount where nothing is disclosed.
-- `valid_from` is the last day of `date`. `minor` is null when it cannot be told which part is converted.
CREATE TABLE inflow (
    company    INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    round      INTEGER NOT NULL REFERENCES round (round) CHECK (typeof(round) = 'integer'),
    part       INTEGER NOT NULL CHECK (typeof(part) = 'integer'),
    known_from BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to   BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    closing    TEXT CHECK (closing < x''),
    date       TEXT CHECK (date < x''),
    valid_from TEXT CHECK (valid_from < x''),
    instrument TEXT CHECK (instrument < x''),
    currency   TEXT CHECK (currency < x''),
    minor      BIGINT CHECK (typeof(minor) IN ('integer', 'null')),
    PRIMARY KEY (company, round, part, known_from)
) WITHOUT ROWID;

-- What a company raised in a currency, under the default policy and instruments, as known from known_from until
-- before known_to. A round whose amount is undisclosed counts with every currency that the company has, and leaves
-- upper_minor null; currency is '' when every amount is undisclosed. known_minor and lower_minor are null when the
-- sum is beyond 64 bits or mixes currencies within a round: it cannot be told.
CREATE TABLE company_total (
    company     INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    currency    TEXT NOT NULL CHECK (currency < x''),
    known_from  BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to    BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    known_minor BIGINT CHECK (typeof(known_minor) IN ('integer', 'null')),
    lower_minor BIGINT CHECK (typeof(lower_minor) IN ('integer', 'null')),
    upper_minor BIGINT CHECK (typeof(upper_minor) IN ('integer', 'null')),
    rounds      INTEGER NOT NULL CHECK (typeof(rounds) = 'integer'),
    undisclosed INTEGER NOT NULL CHECK (typeof(undisclosed) = 'integer'),
    rounds_untold INTEGER NOT NULL CHECK (typeof(rounds_untold) = 'integer'),
    PRIMARY KEY (company, currency, known_from)
) WITHOUT ROWID;

-- The same as of a day: a row holds from the day valid_from until before valid_to ('9999-12-31': still), and was known
-- from known_from until before known_to. Rounds without a date count on no day.
CREATE TABLE company_total_by_day (
    company     INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    valid_from  TEXT NOT NULL CHECK (valid_from < x''),
    valid_to    TEXT NOT NULL CHECK (valid_to < x''),
    currency    TEXT NOT NULL CHECK (currency < x''),
    known_from  BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to    BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    known_minor BIGINT CHECK (typeof(known_minor) IN ('integer', 'null')),
    lower_minor BIGINT CHECK (typeof(lower_minor) IN ('integer', 'null')),
    upper_minor BIGINT CHECK (typeof(upper_minor) IN ('integer', 'null')),
    rounds      INTEGER NOT NULL CHECK (typeof(rounds) = 'integer'),
    undisclosed INTEGER NOT NULL CHECK (typeof(undisclosed) = 'integer'),
    rounds_untold INTEGER NOT NULL CHECK (typeof(rounds_untold) = 'integer'),
    PRIMARY KEY (company, valid_from, currency, known_from)
) WITHOUT ROWID;

-- What of the money on record the totals of company_total leave out, and for which reason. instrument is '' where the
-- rounds do not say, currency '' where no amount is known; minor is null there, and beyond 64 bits.
CREATE TABLE company_left_out (
    company    INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    reason     TEXT NOT NULL CHECK (reason = 'rumoured' OR reason = 'cancelled' OR reason = 'fund'
        OR reason = 'business-combination' OR reason = 'instrument' OR reason = 'undisclosed' OR reason = 'converted'
        OR reason = 'perhaps' OR reason = 'not-yet') CHECK (reason < x''),
    instrument TEXT NOT NULL CHECK (instrument < x''),
    currency   TEXT NOT NULL CHECK (currency < x''),
    known_from BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to   BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    rounds     INTEGER NOT NULL CHECK (typeof(rounds) = 'integer'),
    minor      BIGINT CHECK (typeof(minor) IN ('integer', 'null')),
    PRIMARY KEY (company, reason, instrument, currency, known_from)
) WITHOUT ROWID;

-- What a company was last said to be worth, as known from known_from until before known_to: of each series of
-- valuations that are not mixed the entry that holds the latest one. `valuation`: post-money, pre-money, unspecified.
CREATE TABLE latest_valuation (
    company    INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    series     TEXT NOT NULL CHECK (series = 'valuation' OR series = 'mark' OR series = '409a') CHECK (series < x''),
    known_from BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to   BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    entry      INTEGER NOT NULL REFERENCES entry (entry) CHECK (typeof(entry) = 'integer'),
    PRIMARY KEY (company, series, known_from)
) WITHOUT ROWID;

-- The standing exchange rates that are not used, as another claim on the same pair and date comes before them under the
-- default policy, as known from known_from until before known_to. first_entry: the first one that stated a rate of the
-- pair and date.
CREATE TABLE outranked_rate (
    entry       INTEGER NOT NULL REFERENCES entry (entry) CHECK (typeof(entry) = 'integer'),
    known_from  BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to    BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    first_entry INTEGER NOT NULL REFERENCES entry (entry) CHECK (typeof(first_entry) = 'integer'),
    PRIMARY KEY (entry, known_from)
) WITHOUT ROWID;
CREATE INDEX outranked_rate_first ON outranked_rate (first_entry, known_to);

-- The shares that an investor holds of a class of a company, as known from known_from until before known_to: those that
-- its participations state, carried across splits, and what they are worth at the latest price. security_class is ''
-- where the rounds do not say it. `gap` says why there is no value. A position of which neither a class nor shares nor
-- a round with a price are known has no row: see resolved_participation.untold_position.
CREATE TABLE resolved_position (
    company        INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(company) = 'integer'),
    investor       INTEGER NOT NULL REFERENCES party (party) CHECK (typeof(investor) = 'integer'),
    security_class TEXT NOT NULL CHECK (security_class < x''),
    known_from     BIGINT NOT NULL CHECK (typeof(known_from) = 'integer'),
    known_to       BIGINT NOT NULL DEFAULT 253402300799999999 CHECK (typeof(known_to) = 'integer'),
    rounds         INTEGER NOT NULL CHECK (typeof(rounds) = 'integer'),
    untold         INTEGER NOT NULL CHECK (typeof(untold) = 'integer'),
    shares         TEXT CHECK (shares < x''),
    splits         TEXT CHECK (splits < x''),
    price          TEXT CHECK (price < x''),
    currency       TEXT CHECK (currency < x''),
    price_round    INTEGER REFERENCES round (round) CHECK (typeof(price_round) IN ('integer', 'null')),
    value_minor    BIGINT CHECK (typeof(value_minor) IN ('integer', 'null')),
    gap            TEXT CHECK (gap = 'undisclosed-shares' OR gap = 'no-date' OR gap = 'split-order'
        OR gap = 'split-class' OR gap = 'maybe-one-split' OR gap = 'no-price' OR gap = 'price-order'
        OR gap = 'currency' OR gap = 'overflow') CHECK (gap < x''),
    PRIMARY KEY (company, investor, security_class, known_from),
    CHECK ((price IS NULL) = (currency IS NULL) AND (value_minor IS NULL) = (gap IS NOT NULL))
) WITHOUT ROWID;
CREATE INDEX resolved_position_investor ON resolved_position (investor);

-- What all companies together raised, as it stands now. scope 'all': the sum of the current rows of company_total; a
-- year: of those of inflow; '': of inflows without a date. currency is '' of what is undisclosed. The sum is
-- known_high * 10^18 + known_low minor units, of as many amounts as `amounts` says; known_minor is null without any,
-- where rounds cannot be told, and beyond 64 bits.
CREATE TABLE ledger_total (
    scope      TEXT NOT NULL CHECK (scope < x''),
    currency   TEXT NOT NULL CHECK (currency < x''),
    companies  INTEGER NOT NULL CHECK (typeof(companies) = 'integer'),
    rounds     INTEGER NOT NULL CHECK (typeof(rounds) = 'integer'),
    amounts    INTEGER NOT NULL CHECK (typeof(amounts) = 'integer'),
    untold     INTEGER NOT NULL CHECK (typeof(untold) = 'integer'),
    known_high BIGINT NOT NULL CHECK (known_high >= 0) CHECK (typeof(known_high) = 'integer'),
    known_low  BIGINT NOT NULL CHECK (known_low BETWEEN 0 AND 999999999999999999) CHECK (typeof(known_low) = 'integer'),
    known_minor BIGINT GENERATED ALWAYS AS (iif(amounts = 0 OR untold > 0 OR currency = '', NULL,
        iif(known_high < 9 OR (known_high = 9 AND known_low <= 223372036854775807),
            known_high * 1000000000000000000 + known_low, NULL))) VIRTUAL,
    PRIMARY KEY (scope, currency)
) WITHOUT ROWID;

-------------------------------------------------------------------------------------------------- append-only
-- INSERT needs a guard of its own: INSERT OR REPLACE deletes the row in its way without firing DELETE triggers. The
-- triggers are for the SQL of other programs; the library looks before it writes, and its connections run none of
-- them. References are checked at the commit, and no CHECK of a recorded table has a list of more than two: SQLite
-- keeps a journal of each INSERT by itself for a reference that is checked at once, and makes a table for each list.

CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'append-only: chain rows never change'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'append-only: chain rows are never deleted'); END;
CREATE TRIGGER chain_no_replace BEFORE INSERT ON chain
WHEN EXISTS (SELECT 1 FROM chain WHERE chain = NEW.chain OR (id = NEW.id AND trunk IS NULL AND NEW.trunk IS NULL))
BEGIN SELECT RAISE(ROLLBACK, 'append-only: chain rows are never replaced'); END;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'append-only: ledger rows never change'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'append-only: ledger rows are never deleted'); END;
CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE only_row = NEW.only_row)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: ledger rows are never replaced'); END;

CREATE TRIGGER party_no_renumbering BEFORE UPDATE OF party ON party
BEGIN SELECT RAISE(ABORT, 'append-only: party numbers never change'); END;
CREATE TRIGGER party_no_delete BEFORE DELETE ON party
BEGIN SELECT RAISE(ABORT, 'append-only: party rows are never deleted'); END;
CREATE TRIGGER party_no_replace BEFORE INSERT ON party
WHEN EXISTS (SELECT 1 FROM party WHERE party = NEW.party)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: party rows are never replaced'); END;

CREATE TRIGGER round_no_update BEFORE UPDATE ON round
BEGIN SELECT RAISE(ABORT, 'append-only: round rows never change'); END;
CREATE TRIGGER round_no_delete BEFORE DELETE ON round
BEGIN SELECT RAISE(ABORT, 'append-only: round rows are never deleted'); END;
CREATE TRIGGER round_no_replace BEFORE INSERT ON round
WHEN EXISTS (SELECT 1 FROM round WHERE round = NEW.round)
    OR EXISTS (SELECT 1 FROM round WHERE handle = NEW.handle AND company = NEW.company)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: round rows are never replaced'); END;

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'append-only: entry rows never change'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'append-only: entry rows are never deleted'); END;
CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE entry = NEW.entry)
    OR EXISTS (SELECT 1 FROM entry WHERE chain = NEW.chain AND seq = NEW.seq)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: entry rows are never replaced'); END;

CREATE TRIGGER repeat_no_update BEFORE UPDATE ON repeat
BEGIN SELECT RAISE(ABORT, 'append-only: repeat rows never change'); END;
CREATE TRIGGER repeat_no_delete BEFORE DELETE ON repeat
BEGIN SELECT RAISE(ABORT, 'append-only: repeat rows are never deleted'); END;
CREATE TRIGGER repeat_no_replace BEFORE INSERT ON repeat
WHEN EXISTS (SELECT 1 FROM repeat WHERE chain = NEW.chain AND seq = NEW.seq)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: repeat rows are never replaced'); END;

CREATE TRIGGER source_no_update BEFORE UPDATE ON source
BEGIN SELECT RAISE(ABORT, 'append-only: source rows never change'); END;
CREATE TRIGGER source_no_delete BEFORE DELETE ON source
BEGIN SELECT RAISE(ABORT, 'append-only: source rows are never deleted'); END;
CREATE TRIGGER source_no_replace BEFORE INSERT ON source
WHEN EXISTS (SELECT 1 FROM source WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: source rows are never replaced'); END;

CREATE TRIGGER party_statement_no_update BEFORE UPDATE ON party_statement
BEGIN SELECT RAISE(ABORT, 'append-only: party_statement rows never change'); END;
CREATE TRIGGER party_statement_no_delete BEFORE DELETE ON party_statement
BEGIN SELECT RAISE(ABORT, 'append-only: party_statement rows are never deleted'); END;
CREATE TRIGGER party_statement_no_replace BEFORE INSERT ON party_statement
WHEN EXISTS (SELECT 1 FROM party_statement WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: party_statement rows are never replaced'); END;

CREATE TRIGGER round_statement_no_update BEFORE UPDATE ON round_statement
BEGIN SELECT RAISE(ABORT, 'append-only: round_statement rows never change'); END;
CREATE TRIGGER round_statement_no_delete BEFORE DELETE ON round_statement
BEGIN SELECT RAISE(ABORT, 'append-only: round_statement rows are never deleted'); END;
CREATE TRIGGER round_statement_no_replace BEFORE INSERT ON round_statement
WHEN EXISTS (SELECT 1 FROM round_statement WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: round_statement rows are never replaced'); END;

CREATE TRIGGER closing_no_update BEFORE UPDATE ON closing
BEGIN SELECT RAISE(ABORT, 'append-only: closing rows never change'); END;
CREATE TRIGGER closing_no_delete BEFORE DELETE ON closing
BEGIN SELECT RAISE(ABORT, 'append-only: closing rows are never deleted'); END;
CREATE TRIGGER closing_no_replace BEFORE INSERT ON closing
WHEN EXISTS (SELECT 1 FROM closing WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: closing rows are never replaced'); END;

CREATE TRIGGER participation_no_update BEFORE UPDATE ON participation
BEGIN SELECT RAISE(ABORT, 'append-only: participation rows never change'); END;
CREATE TRIGGER participation_no_delete BEFORE DELETE ON participation
BEGIN SELECT RAISE(ABORT, 'append-only: participation rows are never deleted'); END;
CREATE TRIGGER participation_no_replace BEFORE INSERT ON participation
WHEN EXISTS (SELECT 1 FROM participation WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: participation rows are never replaced'); END;

CREATE TRIGGER valuation_no_update BEFORE UPDATE ON valuation
BEGIN SELECT RAISE(ABORT, 'append-only: valuation rows never change'); END;
CREATE TRIGGER valuation_no_delete BEFORE DELETE ON valuation
BEGIN SELECT RAISE(ABORT, 'append-only: valuation rows are never deleted'); END;
CREATE TRIGGER valuation_no_replace BEFORE INSERT ON valuation
WHEN EXISTS (SELECT 1 FROM valuation WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: valuation rows are never replaced'); END;

CREATE TRIGGER split_no_update BEFORE UPDATE ON split
BEGIN SELECT RAISE(ABORT, 'append-only: split rows never change'); END;
CREATE TRIGGER split_no_delete BEFORE DELETE ON split
BEGIN SELECT RAISE(ABORT, 'append-only: split rows are never deleted'); END;
CREATE TRIGGER split_no_replace BEFORE INSERT ON split
WHEN EXISTS (SELECT 1 FROM split WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: split rows are never replaced'); END;

CREATE TRIGGER stated_total_no_update BEFORE UPDATE ON stated_total
BEGIN SELECT RAISE(ABORT, 'append-only: stated_total rows never change'); END;
CREATE TRIGGER stated_total_no_delete BEFORE DELETE ON stated_total
BEGIN SELECT RAISE(ABORT, 'append-only: stated_total rows are never deleted'); END;
CREATE TRIGGER stated_total_no_replace BEFORE INSERT ON stated_total
WHEN EXISTS (SELECT 1 FROM stated_total WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: stated_total rows are never replaced'); END;

CREATE TRIGGER metric_no_update BEFORE UPDATE ON metric
BEGIN SELECT RAISE(ABORT, 'append-only: metric rows never change'); END;
CREATE TRIGGER metric_no_delete BEFORE DELETE ON metric
BEGIN SELECT RAISE(ABORT, 'append-only: metric rows are never deleted'); END;
CREATE TRIGGER metric_no_replace BEFORE INSERT ON metric
WHEN EXISTS (SELECT 1 FROM metric WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: metric rows are never replaced'); END;

CREATE TRIGGER market_total_no_update BEFORE UPDATE ON market_total
BEGIN SELECT RAISE(ABORT, 'append-only: market_total rows never change'); END;
CREATE TRIGGER market_total_no_delete BEFORE DELETE ON market_total
BEGIN SELECT RAISE(ABORT, 'append-only: market_total rows are never deleted'); END;
CREATE TRIGGER market_total_no_replace BEFORE INSERT ON market_total
WHEN EXISTS (SELECT 1 FROM market_total WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: market_total rows are never replaced'); END;

CREATE TRIGGER relation_no_update BEFORE UPDATE ON relation
BEGIN SELECT RAISE(ABORT, 'append-only: relation rows never change'); END;
CREATE TRIGGER relation_no_delete BEFORE DELETE ON relation
BEGIN SELECT RAISE(ABORT, 'append-only: relation rows are never deleted'); END;
CREATE TRIGGER relation_no_replace BEFORE INSERT ON relation
WHEN EXISTS (SELECT 1 FROM relation WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: relation rows are never replaced'); END;

CREATE TRIGGER remark_no_update BEFORE UPDATE ON remark
BEGIN SELECT RAISE(ABORT, 'append-only: remark rows never change'); END;
CREATE TRIGGER remark_no_delete BEFORE DELETE ON remark
BEGIN SELECT RAISE(ABORT, 'append-only: remark rows are never deleted'); END;
CREATE TRIGGER remark_no_replace BEFORE INSERT ON remark
WHEN EXISTS (SELECT 1 FROM remark WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: remark rows are never replaced'); END;

CREATE TRIGGER fx_rate_no_update BEFORE UPDATE ON fx_rate
BEGIN SELECT RAISE(ABORT, 'append-only: fx_rate rows never change'); END;
CREATE TRIGGER fx_rate_no_delete BEFORE DELETE ON fx_rate
BEGIN SELECT RAISE(ABORT, 'append-only: fx_rate rows are never deleted'); END;
CREATE TRIGGER fx_rate_no_replace BEFORE INSERT ON fx_rate
WHEN EXISTS (SELECT 1 FROM fx_rate WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: fx_rate rows are never replaced'); END;

CREATE TRIGGER currency_no_update BEFORE UPDATE ON currency
BEGIN SELECT RAISE(ABORT, 'append-only: currency rows never change'); END;
CREATE TRIGGER currency_no_delete BEFORE DELETE ON currency
BEGIN SELECT RAISE(ABORT, 'append-only: currency rows are never deleted'); END;
CREATE TRIGGER currency_no_replace BEFORE INSERT ON currency
WHEN EXISTS (SELECT 1 FROM currency WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: currency rows are never replaced'); END;

CREATE TRIGGER retraction_no_update BEFORE UPDATE ON retraction
BEGIN SELECT RAISE(ABORT, 'append-only: retraction rows never change'); END;
CREATE TRIGGER retraction_no_delete BEFORE DELETE ON retraction
BEGIN SELECT RAISE(ABORT, 'append-only: retraction rows are never deleted'); END;
CREATE TRIGGER retraction_no_replace BEFORE INSERT ON retraction
WHEN EXISTS (SELECT 1 FROM retraction WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'append-only: retraction rows are never replaced'); END;

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
    ('AED', 2), ('AFN', 2), ('ALL', 2), ('AMD', 2), ('AOA', 2), ('ARS', 2), ('AUD', 2), ('AWG', 2), ('AZN', 2), ('BAM',
        2), ('BBD', 2), ('BDT', 2), ('BHD', 3), ('BIF', 0), ('BMD', 2), ('BND', 2), ('BOB', 2), ('BOV', 2), ('BRL', 2),
        ('BSD', 2), ('BTN', 2), ('BWP', 2), ('BYN', 2), ('BZD', 2), ('CAD', 2), ('CDF', 2), ('CHE', 2), ('CHF', 2),
        ('CHW', 2), ('CLF', 4), ('CLP', 0), ('CNY', 2), ('COP', 2), ('COU', 2), ('CRC', 2), ('CUP', 2), ('CVE', 2),
        ('CZK', 2), ('DJF', 0), ('DKK', 2), ('DOP', 2), ('DZD', 2), ('EGP', 2), ('ERN', 2), ('ETB', 2), ('EUR', 2),
        ('FJD', 2), ('FKP', 2), ('GBP', 2), ('GEL', 2), ('GHS', 2), ('GIP', 2), ('GMD', 2), ('GNF', 0), ('GTQ', 2),
        ('GYD', 2), ('HKD', 2), ('HNL', 2), ('HTG', 2), ('HUF', 2), ('IDR', 2), ('ILS', 2), ('INR', 2), ('IQD', 3),
        ('IRR', 2), ('ISK', 0), ('JMD', 2), ('JOD', 3), ('JPY', 0), ('KES', 2), ('KGS', 2), ('KHR', 2), ('KMF', 0),
        ('KPW', 2), ('KRW', 0), ('KWD', 3), ('KYD', 2), ('KZT', 2), ('LAK', 2), ('LBP', 2), ('LKR', 2), ('LRD', 2),
        ('LSL', 2), ('LYD', 3), ('MAD', 2), ('MDL', 2), ('MGA', 2), ('MKD', 2), ('MMK', 2), ('MNT', 2), ('MOP', 2),
        ('MRU', 2), ('MUR', 2), ('MVR', 2), ('MWK', 2), ('MXN', 2), ('MXV', 2), ('MYR', 2), ('MZN', 2), ('NAD', 2),
        ('NGN', 2), ('NIO', 2), ('NOK', 2), ('NPR', 2), ('NZD', 2), ('OMR', 3), ('PAB', 2), ('PEN', 2), ('PGK', 2),
        ('PHP', 2), ('PKR', 2), ('PLN', 2), ('PYG', 0), ('QAR', 2), ('RON', 2), ('RSD', 2), ('RUB', 2), ('RWF', 0),
        ('SAR', 2), ('SBD', 2), ('SCR', 2), ('SDG', 2), ('SEK', 2), ('SGD', 2), ('SHP', 2), ('SLE', 2), ('SOS', 2),
        ('SRD', 2), ('SSP', 2), ('STN', 2), ('SVC', 2), ('SYP', 2), ('SZL', 2), ('THB', 2), ('TJS', 2), ('TMT', 2),
        ('TND', 3), ('TOP', 2), ('TRY', 2), ('TTD', 2), ('TWD', 2), ('TZS', 2), ('UAH', 2), ('UGX', 0), ('USD', 2),
        ('USN', 2), ('UYI', 0), ('UYU', 2), ('UYW', 4), ('UZS', 2), ('VED', 2), ('VES', 2), ('VND', 0), ('VUV', 0),
        ('WST', 2), ('XAD', 2), ('XAF', 0), ('XCD', 2), ('XCG', 2), ('XOF', 0), ('XPF', 0), ('YER', 2), ('ZAR', 2),
        ('ZMW', 2), ('ZWG', 2);
INSERT INTO currency_unit (code, decimals, withdrawn_in, replaced_by) VALUES
    ('ADP', 0, '2003-07', 'EUR'), ('AFA', 2, '2003-01', 'AFN'), ('ANG', 2, '2025-03', 'XCG'), ('AON', 2, '2000-02',
        'AOR'), ('AOR', 2, '2000-02', 'AOA'), ('ATS', 2, '2002-03', 'EUR'), ('AYM', 2, '2005-10', 'AZN'), ('AZM', 2,
        '2005-12', 'AZN'), ('BEF', 0, '2002-03', 'EUR'), ('BGL', 2, '2003-11', 'BGN'), ('BGN', 2, '2026-01', 'EUR'),
        ('BYB', 0, '2001-01', 'BYR'), ('BYR', 0, '2017-01', 'BYN'), ('CHC', 2, '2004-11', 'CHW'), ('CSD', 2, '2006-10',
        'RSD'), ('CUC', 2, '2021-06', 'CUP'), ('CYP', 2, '2008-01', 'EUR'), ('DEM', 2, '2002-03', 'EUR'), ('ECS', 2,
        '2000-09', 'USD'), ('ECV', 2, '2000-09', NULL), ('EEK', 2, '2011-01', 'EUR'), ('ESP', 0, '2002-03', 'EUR'),
        ('FIM', 2, '2002-03', 'EUR'), ('FRF', 2, '2002-03', 'EUR'), ('GHC', 2, '2008-01', 'GHS'), ('GHP', 2, '2007-06',
        'GHS'), ('GRD', 0, '2002-03', 'EUR'), ('HRK', 2, '2023-01', 'EUR'), ('IEP', 2, '2002-03', 'EUR'), ('ITL', 0,
        '2002-03', 'EUR'), ('LTL', 2, '2014-12', 'EUR'), ('LUF', 0, '2002-03', 'EUR'), ('LVL', 2, '2014-01', 'EUR'),
        ('MGF', 0, '2004-12', 'MGA'), ('MRO', 2, '2017-12', 'MRU'), ('MTL', 2, '2008-01', 'EUR'), ('MZM', 2, '2006-06',
        'MZN'), ('NLG', 2, '2002-03', 'EUR'), ('PTE', 0, '2002-03', 'EUR'), ('ROL', 2, '2005-06', 'RON'), ('RUR', 2,
        '2004-01', 'RUB'), ('SDD', 2, '2007-07', 'SDG'), ('SIT', 2, '2007-01', 'EUR'), ('SKK', 2, '2009-01', 'EUR'),
        ('SLL', 2, '2023-12', 'SLE'), ('SRG', 2, '2003-12', 'SRD'), ('STD', 2, '2017-12', 'STN'), ('TJR', 2, '2001-04',
        'TJS'), ('TMM', 2, '2009-01', 'TMT'), ('TPE', 0, '2002-11', 'USD'), ('TRL', 0, '2005-12', 'TRY'), ('USS', 2,
        '2014-03', NULL), ('VEB', 2, '2008-01', 'VEF'), ('VEF', 2, '2018-08', 'VES'), ('YUM', 2, '2003-07', 'CSD'),
        ('ZMK', 2, '2012-12', 'ZMW'), ('ZRN', 2, '1999-06', 'CDF'), ('ZWD', 2, '2008-08', 'ZWR'), ('ZWL', 2, '2024-09',
        'ZWG'), ('ZWN', 2, '2006-09', NULL), ('ZWR', 2, '2009-06', 'ZWL');

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
    ('ANG', '2025-03-31', '9999-12-31', 'XCG', '1'),
    ('AOR', '1999-12-01', '9999-12-31', 'AOA', '1000000'),
    ('ATS', '1999-01-01', '9999-12-31', 'EUR', '13.7603'),
    ('AZM', '2006-01-01', '9999-12-31', 'AZN', '5000'),
    ('BEF', '1999-01-01', '9999-12-31', 'EUR', '40.3399'),
    ('BGL', '1999-07-05', '9999-12-31', 'EUR', '1955.83'),
    ('BGN', '1999-01-01', '9999-12-31', 'EUR', '1.95583'),
    ('BYB', '2000-01-01', '2016-07-01', 'BYR', '1000'),
    ('BYB', '2016-07-01', '9999-12-31', 'BYN', '10000000'),
    ('BYR', '2016-07-01', '9999-12-31', 'BYN', '10000'),
    ('CSD', '2006-10-25', '9999-12-31', 'RSD', '1'),
    ('CYP', '2008-01-01', '9999-12-31', 'EUR', '0.585274'),
    ('DEM', '1999-01-01', '9999-12-31', 'EUR', '1.95583'),
    ('EEK', '2011-01-01', '9999-12-31', 'EUR', '15.6466'),
    ('ESP', '1999-01-01', '9999-12-31', 'EUR', '166.386'),
    ('FIM', '1999-01-01', '9999-12-31', 'EUR', '5.94573'),
    ('FRF', '1999-01-01', '9999-12-31', 'EUR', '6.55957'),
    ('GHC', '2007-07-01', '9999-12-31', 'GHS', '10000'),
    ('GRD', '2001-01-01', '9999-12-31', 'EUR', '340.75'),
    ('HRK', '2023-01-01', '9999-12-31', 'EUR', '7.5345'),
    ('IEP', '1999-01-01', '9999-12-31', 'EUR', '0.787564'),
    ('ITL', '1999-01-01', '9999-12-31', 'EUR', '1936.27'),
    ('LTL', '2015-01-01', '9999-12-31', 'EUR', '3.4528'),
    ('LUF', '1999-01-01', '9999-12-31', 'EUR', '40.3399'),
    ('LVL', '2014-01-01', '9999-12-31', 'EUR', '0.702804'),
    ('MGF', '2003-08-01', '9999-12-31', 'MGA', '5'),
    ('MRO', '2018-01-01', '9999-12-31', 'MRU', '10'),
    ('MTL', '2008-01-01', '9999-12-31', 'EUR', '0.4293'),
    ('MZM', '2006-07-01', '9999-12-31', 'MZN', '1000'),
    ('NLG', '1999-01-01', '9999-12-31', 'EUR', '2.20371'),
    ('PTE', '1999-01-01', '9999-12-31', 'EUR', '200.482'),
    ('ROL', '2005-07-01', '9999-12-31', 'RON', '10000'),
    ('SDD', '2007-01-10', '9999-12-31', 'SDG', '100'),
    ('SIT', '2007-01-01', '9999-12-31', 'EUR', '239.64'),
    ('SKK', '2009-01-01', '9999-12-31', 'EUR', '30.126'),
    ('SLL', '2022-07-01', '9999-12-31', 'SLE', '1000'),
    ('SRG', '2004-01-01', '9999-12-31', 'SRD', '1000'),
    ('STD', '2018-01-01', '9999-12-31', 'STN', '1000'),
    ('TJR', '2000-10-30', '9999-12-31', 'TJS', '1000'),
    ('TMM', '2009-01-01', '9999-12-31', 'TMT', '5000'),
    ('TRL', '2005-01-01', '9999-12-31', 'TRY', '1000000'),
    ('VEB', '2008-01-01', '2018-08-20', 'VEF', '1000'),
    ('VEB', '2018-08-20', '2021-10-01', 'VES', '100000000'),
    ('VEB', '2021-10-01', '9999-12-31', 'VEF', '1000'),
    ('VEF', '2018-08-20', '2021-10-01', 'VES', '100000'),
    ('YUM', '2003-07-31', '2006-10-25', 'CSD', '1'),
    ('YUM', '2006-10-25', '9999-12-31', 'RSD', '1'),
    ('ZMK', '2013-01-01', '9999-12-31', 'ZMW', '1000'),
    ('ZWL', '2024-04-05', '9999-12-31', 'ZWG', '2498.7242');

-------------------------------------------------------------------------------------------------- views
-- For readers. Each shows what stands now, unless it has known_from and known_to: [known_from, known_to) is
-- half-open, in microseconds as in the tables. valid_from is the day from which a thing has surely happened, the last
-- one of its date, and with valid_to half-open too. Money stands as minor units and, in the column ..._decimal, as
-- exact text. What a view computes has no declared type; where it is an integer of 64 bits, it stands between two
-- subqueries that are empty, and has the type of these.

-- The entries other than retractions that do not stand now.
CREATE VIEW withdrawn_now AS
SELECT entry FROM withdrawn WHERE known_to = 253402300799999999;

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
SELECT t.entry, t.stands, (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT
    t.known UNION ALL SELECT minor FROM inflow typed WHERE 0) AS known_from, (SELECT
    minor FROM inflow typed WHERE 0 UNION ALL SELECT t.next UNION ALL SELECT minor
    FROM inflow typed WHERE 0) AS known_to
FROM (SELECT entry, stands, known, lead(known, 1, 253402300799999999) OVER (PARTITION BY entry ORDER BY known) AS next
      FROM turns WHERE stands IS NOT stood) t;

-- When each entry stood: a row for each time.
CREATE VIEW entries_known AS
SELECT e.entry, (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT e.recorded
    UNION ALL SELECT minor FROM inflow typed WHERE 0) AS known_from,
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT coalesce((SELECT
           min(w.known_from) FROM withdrawn w WHERE w.entry = e.entry),
                        253402300799999999) UNION ALL SELECT minor FROM inflow typed WHERE 0) AS known_to
FROM entry e
WHERE NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.entry = e.entry AND w.known_from = e.recorded)
  AND (e.kind <> 'retraction' OR e.entry NOT IN (SELECT k.entry FROM retractions_known k))
UNION ALL
SELECT w.entry, w.known_to,
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT coalesce((SELECT
           min(n.known_from) FROM withdrawn n WHERE n.entry = w.entry
                             AND n.known_from >= w.known_to), 253402300799999999)
                                 UNION ALL SELECT minor FROM inflow typed WHERE 0)
FROM withdrawn w WHERE w.known_to < 253402300799999999
UNION ALL
SELECT k.entry, k.known_from, k.known_to FROM retractions_known k WHERE k.stands;

-- Every entry with where and when it was recorded, and whether it stands.
CREATE VIEW entries AS
SELECT e.entry,
       'sha256:' || lower(hex(e.id)) AS id,
       c.id AS chain,
       e.seq,
       lower(hex(e.hash)) AS hash,
       strftime('%Y-%m-%dT%H:%M:%S', e.recorded / 1000000, 'unixepoch') || printf('.%06dZ',
           e.recorded % 1000000) AS recorded,
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
                                 WHERE k.known_to = 253402300799999999 AND NOT k.stands) END AS stands,
       e.body
FROM entry e JOIN chain c ON c.chain = e.chain;

-- The sources that stand: of several standing lines on one source the one that holds, the latest by (recorded, id).
CREATE VIEW sources AS
SELECT s.id, s.type, s.publisher, s.title, s.url, s.published, s.language, s.accession, s.first_entry, s.entry
FROM source s
WHERE s.entry = (SELECT o.entry FROM source o JOIN entry oe ON oe.entry = o.entry
    WHERE (o.entry = s.first_entry OR (o.first_entry = s.first_entry AND o.first_entry <> o.entry))
      AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = o.entry)
    ORDER BY oe.recorded DESC, oe.id DESC LIMIT 1);

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
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = rr.raised_entry) AS raised_source,
       rr.offered, rr.offered_minor, rr.offered_currency, rr.investors, rr.named_investors,
       rr.pre_money_minor, rr.pre_money_currency,
       rr.valuation_minor, rr.valuation_currency, rr.valuation_origin,
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry
           = rr.valuation_entry) AS valuation_source,
       rr.counts,
       iif(rr.raised_minor IS NULL, NULL, printf(ru.format, rr.raised_minor / ru.minor_per_unit,
           rr.raised_minor % ru.minor_per_unit)) AS raised_decimal,
       iif(rr.raised_lower_minor IS NULL, NULL, printf(ru.format, rr.raised_lower_minor / ru.minor_per_unit,
           rr.raised_lower_minor % ru.minor_per_unit)) AS raised_lower_decimal,
       iif(rr.raised_upper_minor IS NULL, NULL, printf(ru.format, rr.raised_upper_minor / ru.minor_per_unit,
           rr.raised_upper_minor % ru.minor_per_unit)) AS raised_upper_decimal,
       iif(rr.offered_minor IS NULL, NULL, printf(ou.format, rr.offered_minor / ou.minor_per_unit,
           rr.offered_minor % ou.minor_per_unit)) AS offered_decimal,
       iif(rr.pre_money_minor IS NULL, NULL, printf(pu.format, rr.pre_money_minor / pu.minor_per_unit,
           rr.pre_money_minor % pu.minor_per_unit)) AS pre_money_decimal,
       iif(rr.valuation_minor IS NULL, NULL, printf(vu.format, rr.valuation_minor / vu.minor_per_unit,
           rr.valuation_minor % vu.minor_per_unit)) AS valuation_decimal,
       rr.valid_from,
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = rr.status_entry) AS status_source,
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry
           = rr.instrument_entry) AS instrument_source,
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
WHERE known_to = 253402300799999999;

-- What each company raised, exactly, and when that was known; a row a currency.
CREATE VIEW total_raised_known AS
SELECT p.name AS company, nullif(t.currency, '') AS currency, t.known_minor, t.lower_minor, t.upper_minor, t.rounds,
       t.undisclosed,
       iif(t.known_minor IS NULL, NULL, printf(u.format, t.known_minor / u.minor_per_unit,
           t.known_minor % u.minor_per_unit)) AS known_decimal,
       iif(t.lower_minor IS NULL, NULL, printf(u.format, t.lower_minor / u.minor_per_unit,
           t.lower_minor % u.minor_per_unit)) AS lower_decimal,
       iif(t.upper_minor IS NULL, NULL, printf(u.format, t.upper_minor / u.minor_per_unit,
           t.upper_minor % u.minor_per_unit)) AS upper_decimal,
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
WHERE known_to = 253402300799999999;

-- The standing exchange rates, of each pair and date the one that is used, from the day valid_from until before
-- valid_to: one of a day until there is a later one of the two currencies, in either direction, at most for the days of
-- the default age; one of a period within it. `precedence` is 1 of a day's rate and 2, 3, 4 of a month's, a quarter's
-- and a year's, which serve where there is none with a lower one.
CREATE VIEW standing_rates AS
SELECT f.base, f.quote, f.on_date, f.rate_number AS rate,
       CASE length(f.on_date) WHEN 10 THEN f.on_date WHEN 4 THEN f.on_date || '-01-01'
           ELSE iif(substr(f.on_date, 6, 1) = 'Q', printf('%s-%02d', substr(f.on_date, 1, 4),
               3 * substr(f.on_date, 7) - 2), f.on_date) || '-01' END AS valid_from,
       iif(length(f.on_date) < 10, date(f.on_last_day, '+1 day'), min(date(f.on_date, '+8 days'),
           coalesce((SELECT n.on_date FROM fx_rate n WHERE n.base = f.base AND n.quote = f.quote
                     AND n.on_date > f.on_date AND length(n.on_date) = 10 AND NOT
                         EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = n.entry)
                         AND NOT EXISTS (SELECT 1 FROM outranked_rate o WHERE o.entry = n.entry
                         AND o.known_to = 253402300799999999)
                     ORDER BY n.on_date LIMIT 1), '9999-12-31'),
           coalesce((SELECT n.on_date FROM fx_rate n WHERE n.base = f.quote AND n.quote = f.base
                     AND n.on_date > f.on_date AND length(n.on_date) = 10 AND NOT
                         EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = n.entry)
                         AND NOT EXISTS (SELECT 1 FROM outranked_rate o WHERE o.entry = n.entry
                         AND o.known_to = 253402300799999999)
                     ORDER BY n.on_date LIMIT 1), '9999-12-31'))) AS valid_to,
       CASE length(f.on_date) WHEN 10 THEN 1 WHEN 4 THEN 4
           ELSE iif(substr(f.on_date, 6, 1) = 'Q', 3, 2) END AS precedence,
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = f.entry) AS source, f.entry
FROM fx_rate f
WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = f.entry) AND NOT
    EXISTS (SELECT 1 FROM outranked_rate o WHERE o.entry = f.entry AND o.known_to = 253402300799999999);

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
       iif(l.minor IS NULL, NULL, printf(u.format, l.minor / u.minor_per_unit, l.minor
           % u.minor_per_unit)) AS amount_decimal,
       l.known_from, l.known_to
FROM company_left_out l
JOIN party own ON own.party = l.company
JOIN party p ON p.party = own.root AND p.root = p.party
LEFT JOIN currency_unit u ON u.code = l.currency;

-- The same now.
CREATE VIEW left_out AS
SELECT company, reason, instrument, rounds, amount_minor, currency, amount_decimal
FROM left_out_known
WHERE known_to = 253402300799999999;

-- What each company had raised as of each day, and when that was known; a row a currency.
CREATE VIEW total_raised_over_time_known AS
SELECT p.name AS company, nullif(t.currency, '') AS currency, t.valid_from, t.valid_to, t.known_minor, t.lower_minor,
       t.upper_minor, t.rounds, t.undisclosed,
       iif(t.known_minor IS NULL, NULL, printf(u.format, t.known_minor / u.minor_per_unit,
           t.known_minor % u.minor_per_unit)) AS known_decimal,
       iif(t.lower_minor IS NULL, NULL, printf(u.format, t.lower_minor / u.minor_per_unit,
           t.lower_minor % u.minor_per_unit)) AS lower_decimal,
       iif(t.upper_minor IS NULL, NULL, printf(u.format, t.upper_minor / u.minor_per_unit,
           t.upper_minor % u.minor_per_unit)) AS upper_decimal,
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
WHERE known_to = 253402300799999999;

-- Every fact that a claim on a figure or a date states: a row a fact. An entry is of one kind, so that all tables but
-- its own are passed over.
CREATE VIEW stated AS
SELECT root.party, root.name AS company, e.entry, o.own_round AS round, e.source,
       CASE f.field WHEN 'valuation' THEN va.basis WHEN 'metric' THEN 'metric ' || me.name ELSE f.field END AS field,
       CASE f.field WHEN 'name' THEN rs.name WHEN 'stage' THEN rs.stage WHEN 'status'
           THEN rs.status WHEN 'instrument' THEN rs.instrument WHEN 'announced'
           THEN rs.announced WHEN 'closed' THEN rs.closed WHEN 'first_sale' THEN
           rs.first_sale WHEN 'filed' THEN rs.filed WHEN 'raised' THEN rs.raised
           WHEN 'offered' THEN rs.offered WHEN 'remaining' THEN rs.remaining WHEN
           'includes_conversions' THEN rs.includes_conversions WHEN 'price_per_share'
           THEN rs.price_per_share WHEN 'shares_issued' THEN rs.shares_issued_number
           WHEN 'security_class' THEN rs.security_class WHEN 'minimum_investment'
           THEN rs.minimum_investment WHEN 'commissions' THEN rs.commissions WHEN
           'finders_fees' THEN rs.finders_fees WHEN 'proceeds_to_insiders' THEN
           rs.proceeds_to_insiders WHEN 'investors' THEN CAST(rs.investors AS TEXT)
           WHEN 'non_accredited_investors' THEN CAST(rs.non_accredited_investors
           AS TEXT) WHEN 'fund_type' THEN rs.fund_type WHEN 'business_combination'
           THEN iif(rs.business_combination IS NULL, NULL, iif(rs.business_combination, 'true',
           'false')) WHEN 'use_of_proceeds' THEN rs.use_of_proceeds WHEN 'closing'
           THEN cl.amount WHEN 'participation' THEN coalesce(pa.amount, 'undisclosed')
           WHEN 'valuation' THEN va.amount WHEN 'split' THEN sp.ratio WHEN 'stated_total'
           THEN tt.amount WHEN 'metric' THEN me.value END AS stated,
       (SELECT rs.raised_minor WHERE f.field = 'raised'
        UNION ALL SELECT rs.offered_minor WHERE f.field = 'offered'
        UNION ALL SELECT rs.remaining_minor WHERE f.field = 'remaining'
        UNION ALL SELECT rs.includes_conversions_minor WHERE f.field = 'includes_conversions'
        UNION ALL SELECT rs.minimum_investment_minor WHERE f.field = 'minimum_investment'
        UNION ALL SELECT rs.commissions_minor WHERE f.field = 'commissions'
        UNION ALL SELECT rs.finders_fees_minor WHERE f.field = 'finders_fees'
        UNION ALL SELECT rs.proceeds_to_insiders_minor WHERE f.field = 'proceeds_to_insiders'
        UNION ALL SELECT cl.amount_minor WHERE f.field = 'closing'
        UNION ALL SELECT pa.amount_minor WHERE f.field = 'participation'
        UNION ALL SELECT va.amount_minor WHERE f.field = 'valuation'
        UNION ALL SELECT tt.amount_minor WHERE f.field = 'stated_total'
        UNION ALL SELECT me.value_minor WHERE f.field = 'metric') AS minor,
       CASE f.field WHEN 'raised' THEN rs.raised_currency WHEN 'offered' THEN rs.offered_currency
           WHEN 'remaining' THEN rs.remaining_currency WHEN 'includes_conversions'
           THEN rs.includes_conversions_currency WHEN 'minimum_investment' THEN
           rs.minimum_investment_currency WHEN 'commissions' THEN rs.commissions_currency
           WHEN 'finders_fees' THEN rs.finders_fees_currency WHEN 'proceeds_to_insiders'
           THEN rs.proceeds_to_insiders_currency WHEN 'closing' THEN cl.amount_currency
           WHEN 'participation' THEN pa.amount_currency WHEN 'valuation' THEN va.amount_currency
           WHEN 'stated_total' THEN tt.amount_currency WHEN 'metric' THEN me.value_currency END AS currency,
       coalesce(rs.on_date, cl.on_date, va.on_date, sp.on_date, tt.on_date,
                iif(me.target = 1, NULL, me.on_date)) AS on_date,
       coalesce(rs.on_last_day, cl.on_last_day, va.on_last_day, sp.on_last_day, tt.on_last_day,
                iif(me.target = 1, NULL, me.on_last_day)) AS valid_from,
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT e.recorded UNION
           ALL SELECT minor FROM inflow typed WHERE 0) AS recorded, e.id
FROM party root
JOIN party p ON p.root = root.party
JOIN entry e ON e.party = p.party
JOIN (SELECT column1 AS kind, column2 AS field FROM (VALUES
        ('round', 'name'), ('round', 'stage'), ('round', 'status'), ('round', 'instrument'), ('round', 'announced'),
            ('round', 'closed'), ('round', 'first_sale'), ('round', 'filed'), ('round', 'raised'), ('round',
            'offered'), ('round', 'remaining'), ('round', 'includes_conversions'), ('round', 'price_per_share'),
            ('round', 'shares_issued'), ('round', 'security_class'), ('round', 'minimum_investment'), ('round',
            'commissions'), ('round', 'finders_fees'), ('round', 'proceeds_to_insiders'), ('round', 'investors'),
            ('round', 'non_accredited_investors'), ('round', 'fund_type'), ('round', 'business_combination'), ('round',
            'use_of_proceeds'), ('closing', 'closing'), ('participation', 'participation'), ('valuation', 'valuation'),
            ('split', 'split'), ('stated_total', 'stated_total'), ('metric', 'metric'))) f ON f.kind = e.kind
LEFT JOIN own_round o ON o.round = e.round AND o.known_to = 253402300799999999
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
       strftime('%Y-%m-%dT%H:%M:%S', st.recorded / 1000000, 'unixepoch') || printf('.%06dZ',
           st.recorded % 1000000) AS recorded,
       NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = st.entry) AS stands,
       'sha256:' || lower(hex(st.id)) AS id,
       iif(st.minor IS NULL, NULL, printf(u.format, st.minor / u.minor_per_unit,
           st.minor % u.minor_per_unit)) AS decimal,
       st.entry
FROM stated st
LEFT JOIN round r ON r.round = st.round
LEFT JOIN currency_unit u ON u.code = st.currency
LEFT JOIN source s ON s.entry = st.source
LEFT JOIN source now ON now.entry = (SELECT o.entry FROM source o JOIN entry oe ON oe.entry = o.entry
    WHERE (o.entry = st.source OR (o.first_entry = st.source AND o.first_entry <> o.entry))
      AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = o.entry)
    ORDER BY oe.recorded DESC, oe.id DESC LIMIT 1)
WHERE st.stated IS NOT NULL;

-- The same with when each claim stood, and from when on it holds: a row for each time.
CREATE VIEW claims_known AS
SELECT st.company, r.handle AS round, st.field, st.stated, st.minor, st.currency,
       iif(st.minor IS NULL, NULL, printf(u.format, st.minor / u.minor_per_unit,
           st.minor % u.minor_per_unit)) AS decimal,
       s.id AS source, st.entry, st.valid_from, (SELECT minor FROM inflow typed
           WHERE 0 UNION ALL SELECT b.known_from UNION ALL SELECT minor FROM inflow typed WHERE 0) AS known_from,
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT coalesce((SELECT
           min(w.known_from) FROM withdrawn w WHERE w.entry = st.entry
                             AND w.known_from >= b.known_from), 253402300799999999)
                                 UNION ALL SELECT minor FROM inflow typed WHERE 0) AS known_to
FROM stated st
JOIN (SELECT entry, recorded AS known_from FROM entry
      UNION ALL SELECT entry, known_to FROM withdrawn WHERE known_to < 253402300799999999) b ON b.entry = st.entry
LEFT JOIN round r ON r.round = st.round
LEFT JOIN currency_unit u ON u.code = st.currency
LEFT JOIN source s ON s.entry = st.source
WHERE st.stated IS NOT NULL;

-- Who took part in which round, as each standing claim says.
CREATE VIEW participations AS
SELECT company.name AS company, r.handle AS round, investor.name AS investor, pa.amount, pa.amount_minor,
       pa.amount_currency, pa.lead, s.id AS source,
       iif(pa.amount_minor IS NULL, NULL, printf(u.format, pa.amount_minor / u.minor_per_unit,
           pa.amount_minor % u.minor_per_unit)) AS amount_decimal,
       pa.entry
FROM participation pa
JOIN entry e ON e.entry = pa.entry
JOIN own_round o ON o.round = e.round AND o.known_to = 253402300799999999
JOIN resolved_round rr ON rr.round = o.own_round AND rr.known_to = 253402300799999999
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
       iif(pr.amount_minor IS NULL, NULL, printf(u.format, pr.amount_minor / u.minor_per_unit,
           pr.amount_minor % u.minor_per_unit)) AS amount_decimal,
       pr.lead,
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = pr.amount_entry) AS source,
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = pr.lead_entry) AS lead_source
FROM party investor
JOIN party own ON own.root = investor.party
JOIN resolved_participation pr ON pr.investor = own.party AND pr.known_to = 253402300799999999
JOIN resolved_round rr ON rr.round = pr.round AND rr.company = pr.company AND rr.known_to = 253402300799999999
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
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT iif(po.shares GLOB '*/*' OR instr(po.shares || '.',
           '.') > 19, NULL,
           CAST(substr(po.shares, 1, instr(po.shares || '.', '.') - 1) AS INTEGER))
               UNION ALL SELECT minor FROM inflow typed WHERE 0) AS shares_whole,
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT iif(po.shares GLOB '*/*' OR instr(po.shares || '.',
           '.') > 19, NULL,
           CAST(substr(substr(po.shares, instr(po.shares || '.', '.') + 1) || '0000000000', 1,
               10) AS INTEGER)) UNION ALL SELECT minor FROM inflow typed WHERE 0) AS shares_fraction,
       po.price, po.currency, r.handle AS price_round, po.splits AS adjusted_for, po.value_minor,
       iif(po.value_minor IS NULL, NULL, printf(u.format, po.value_minor / u.minor_per_unit,
           po.value_minor % u.minor_per_unit)) AS value_decimal,
       po.gap
FROM party investor
JOIN party own ON own.root = investor.party
JOIN resolved_position po ON po.investor = own.party AND po.known_to = 253402300799999999
JOIN party pc ON pc.party = po.company
JOIN party company ON company.party = pc.root AND company.root = company.party
LEFT JOIN round r ON r.round = po.price_round
LEFT JOIN currency_unit u ON u.code = po.currency
WHERE investor.root = investor.party
UNION ALL
SELECT investor.name, company.name, NULL, count(*), count(*), NULL, (SELECT minor
    FROM inflow typed WHERE 0 UNION ALL SELECT NULL UNION ALL SELECT minor FROM inflow typed WHERE 0),
    (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT NULL UNION ALL SELECT minor FROM inflow typed WHERE 0),
    NULL, NULL, NULL,
       NULL, (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT NULL UNION
           ALL SELECT minor FROM inflow typed WHERE 0), NULL, 'undisclosed-shares'
FROM party investor
JOIN party own ON own.root = investor.party
JOIN resolved_participation pr ON pr.investor = own.party AND pr.known_to = 253402300799999999
    AND pr.untold_position = 1
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
JOIN resolved_participation a ON a.investor = own.party AND a.known_to = 253402300799999999
JOIN resolved_participation b ON b.company = a.company AND b.round = a.round AND b.investor <> a.investor
     AND b.known_to = 253402300799999999
JOIN resolved_round rr ON rr.round = a.round AND rr.known_to = 253402300799999999
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
       iif(v.amount_minor IS NULL, NULL, printf(u.format, v.amount_minor / u.minor_per_unit,
           v.amount_minor % u.minor_per_unit)) AS amount_decimal,
       v.on_last_day AS valid_from,
       v.entry
FROM valuation v
JOIN entry e ON e.entry = v.entry
JOIN party pc ON pc.party = e.party
JOIN party company ON company.party = pc.root AND company.root = company.party
LEFT JOIN own_round o ON o.round = e.round AND o.known_to = 253402300799999999
LEFT JOIN round r ON r.round = o.own_round
LEFT JOIN source s ON s.entry = e.source
LEFT JOIN currency_unit u ON u.code = v.amount_currency
WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = v.entry)
  AND (e.round IS NULL
       OR EXISTS (SELECT 1 FROM resolved_round rr WHERE rr.round = o.own_round AND rr.known_to = 253402300799999999));

-- What each company was last said to be worth, and when that was known; a row for each series of valuations that are
-- not mixed: `valuation` (post-money, pre-money, unspecified), `mark`, `409a`.
CREATE VIEW latest_valuations_known AS
SELECT p.name AS company, lv.series, r.handle AS round, v.basis, v.amount, v.amount_minor, v.amount_currency, v.on_date,
       (SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = lv.entry) AS source,
       iif(v.amount_minor IS NULL, NULL, printf(u.format, v.amount_minor / u.minor_per_unit,
           v.amount_minor % u.minor_per_unit)) AS amount_decimal,
       v.on_last_day AS valid_from,
       lv.entry, lv.known_from, lv.known_to
FROM latest_valuation lv
JOIN party own ON own.party = lv.company
JOIN party p ON p.party = own.root AND p.root = p.party
JOIN valuation v ON v.entry = lv.entry
JOIN entry e ON e.entry = lv.entry
LEFT JOIN own_round o ON o.round = e.round AND o.known_to = 253402300799999999
LEFT JOIN round r ON r.round = o.own_round
LEFT JOIN currency_unit u ON u.code = v.amount_currency;

-- What each company was last said to be worth: post-money, pre-money or unspecified, of no round or of one neither
-- rumoured nor cancelled.
CREATE VIEW latest_valuations AS
SELECT company, round, basis, amount, amount_minor, amount_currency, on_date, source, amount_decimal, valid_from, entry
FROM latest_valuations_known
WHERE series = 'valuation' AND known_to = 253402300799999999;

-- What each company was last marked at.
CREATE VIEW latest_marks AS
SELECT company, round, amount, amount_minor, amount_currency, on_date, source, amount_decimal, valid_from, entry
FROM latest_valuations_known
WHERE series = 'mark' AND known_to = 253402300799999999;

-- What each company was last appraised at for Section 409A.
CREATE VIEW latest_409a_valuations AS
SELECT company, round, amount, amount_minor, amount_currency, on_date, source, amount_decimal, valid_from, entry
FROM latest_valuations_known
WHERE series = '409a' AND known_to = 253402300799999999;

-- The rounds with a valuation, each against the post-money valuation of the company's last priced round before it; null
-- where dates leave it open which that was, and of rounds for which no new shares pay. growth: this post-money
-- valuation over that one; step_up: this pre-money valuation over it; to four decimals, half to even, null without both
-- and between two currencies.
CREATE VIEW valuation_steps AS
SELECT p.name AS company, r.handle AS round, rr.name, rr.date, rr.valid_from, rr.status, rr.counts,
       rr.valuation_currency, rr.valuation_minor,
       iif(rr.valuation_minor IS NULL, NULL, printf(vu.format, rr.valuation_minor / vu.minor_per_unit,
           rr.valuation_minor % vu.minor_per_unit)) AS valuation_decimal,
       rr.valuation_origin, rr.pre_money_currency, rr.pre_money_minor,
       iif(rr.pre_money_minor IS NULL, NULL, printf(pu.format, rr.pre_money_minor / pu.minor_per_unit,
           rr.pre_money_minor % pu.minor_per_unit)) AS pre_money_decimal,
       (SELECT l.handle FROM round l WHERE l.round = rr.last_round) AS last_round, rr.last_currency, rr.last_minor,
       iif(rr.last_minor IS NULL, NULL, printf(lu.format, rr.last_minor / lu.minor_per_unit,
           rr.last_minor % lu.minor_per_unit)) AS last_decimal,
       rr.growth, rr.step_up
FROM party p
JOIN party own ON own.root = p.party
JOIN resolved_round rr ON rr.company = own.party AND rr.known_to = 253402300799999999
JOIN round r ON r.round = rr.round
LEFT JOIN currency_unit vu ON vu.code = rr.valuation_currency
LEFT JOIN currency_unit pu ON pu.code = rr.pre_money_currency
LEFT JOIN currency_unit lu ON lu.code = rr.last_currency
WHERE p.root = p.party AND (rr.valuation_minor IS NOT NULL OR rr.pre_money_minor IS NOT NULL);

-- What totals add up now: see the table inflow.
CREATE VIEW inflows AS
SELECT p.party, p.name AS company, r.handle AS round, i.closing, i.date, i.valid_from, i.instrument, i.currency,
       i.minor,
       iif(i.minor IS NULL, NULL, printf(u.format, i.minor / u.minor_per_unit, i.minor % u.minor_per_unit)) AS decimal
FROM round r
JOIN party own ON own.party = r.company
JOIN party p ON p.party = own.root AND p.root = p.party
JOIN inflow i ON i.company = p.party AND i.round = r.round
LEFT JOIN currency_unit u ON u.code = i.currency
WHERE i.known_to = 253402300799999999;

-- What all companies raised, by currency; the currency is null of companies of which nothing is disclosed. A round
-- whose amount is undisclosed is among the rounds of each currency that its company has. Where some rounds cannot be
-- told the sum is null; beyond 64 bits known_minor is, and known_decimal is exact.
CREATE VIEW raised_by_currency AS
SELECT nullif(t.currency, '') AS currency, t.companies, t.rounds, t.known_minor,
       CASE WHEN t.high IS NULL THEN NULL WHEN t.high = 0 THEN iif(t.known_low IS NULL, NULL, printf(u.format,
           t.known_low / u.minor_per_unit, t.known_low % u.minor_per_unit)) WHEN u.decimals = 0 THEN printf('%d%018d',
           t.high, t.known_low) ELSE substr(printf('%d%018d', t.high, t.known_low), 1, length(printf('%d%018d', t.high,
           t.known_low)) - u.decimals) || '.' || substr(printf('%d%018d', t.high, t.known_low),
           -u.decimals) END AS known_decimal,
       t.untold AS rounds_untold
FROM (SELECT currency, companies, rounds, untold, known_minor, known_low,
             iif(amounts = 0 OR untold > 0 OR currency = '', NULL, known_high) AS high
      FROM ledger_total WHERE scope = 'all') t
LEFT JOIN currency_unit u ON u.code = t.currency;

-- What was raised in each year, by currency; the year is null of inflows without a date, and the currency of what is
-- undisclosed.
CREATE VIEW raised_by_year AS
SELECT nullif(t.scope, '') AS year, nullif(t.currency, '') AS currency, t.companies, t.rounds, t.known_minor,
       CASE WHEN t.high IS NULL THEN NULL WHEN t.high = 0 THEN iif(t.known_low IS NULL, NULL, printf(u.format,
           t.known_low / u.minor_per_unit, t.known_low % u.minor_per_unit)) WHEN u.decimals = 0 THEN printf('%d%018d',
           t.high, t.known_low) ELSE substr(printf('%d%018d', t.high, t.known_low), 1, length(printf('%d%018d', t.high,
           t.known_low)) - u.decimals) || '.' || substr(printf('%d%018d', t.high, t.known_low),
           -u.decimals) END AS known_decimal,
       t.untold AS rounds_untold
FROM (SELECT scope, currency, companies, rounds, untold, known_minor, known_low,
             iif(amounts = 0 OR untold > 0 OR currency = '', NULL, known_high) AS high
      FROM ledger_total WHERE scope <> 'all') t
LEFT JOIN currency_unit u ON u.code = t.currency;

-- The same by quarter, such as 2024-Q3; null where the date is a year or missing.
CREATE VIEW raised_by_quarter AS
SELECT t.quarter, t.currency, t.companies, t.rounds,
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT iif(t.billions < 9223372036 OR (t.billions = 9223372036
           AND t.rest <= 854775807), t.billions * 1000000000 + t.rest, NULL) UNION
           ALL SELECT minor FROM inflow typed WHERE 0) AS known_minor,
       CASE WHEN t.billions IS NULL THEN NULL WHEN t.billions = 0 THEN iif(t.rest IS NULL, NULL, printf(u.format,
           t.rest / u.minor_per_unit, t.rest % u.minor_per_unit)) WHEN u.decimals = 0 THEN printf('%d%09d', t.billions,
           t.rest) ELSE substr(printf('%d%09d', t.billions, t.rest), 1, length(printf('%d%09d', t.billions,
           t.rest)) - u.decimals) || '.' || substr(printf('%d%09d', t.billions, t.rest),
           -u.decimals) END AS known_decimal,
       t.rounds_untold
FROM (SELECT CASE WHEN date IS NULL OR length(date) < 7 THEN NULL WHEN substr(date, 6, 1) = 'Q' THEN date
                  ELSE printf('%s-Q%d', substr(date, 1, 4), (substr(date, 6, 2) + 2) / 3) END AS quarter,
             currency, count(DISTINCT i.company) AS companies, count(DISTINCT i.round) AS rounds,
             iif(sum(i.currency IS NOT NULL AND i.minor IS NULL) > 0, NULL,
                 sum(i.minor / 1000000000) + sum(i.minor % 1000000000) / 1000000000) AS billions,
             sum(i.minor % 1000000000) % 1000000000 AS rest,
             count(DISTINCT iif(i.currency IS NOT NULL AND i.minor IS NULL, i.round, NULL)) AS rounds_untold
      FROM inflow i WHERE known_to = 253402300799999999 GROUP BY 1, 2) t
LEFT JOIN currency_unit u ON u.code = t.currency;

-- The same by the market that the company is in.
CREATE VIEW raised_by_market AS
SELECT t.market, t.currency, t.companies, t.rounds,
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT iif(t.billions < 9223372036 OR (t.billions = 9223372036
           AND t.rest <= 854775807), t.billions * 1000000000 + t.rest, NULL) UNION
           ALL SELECT minor FROM inflow typed WHERE 0) AS known_minor,
       CASE WHEN t.billions IS NULL THEN NULL WHEN t.billions = 0 THEN iif(t.rest IS NULL, NULL, printf(u.format,
           t.rest / u.minor_per_unit, t.rest % u.minor_per_unit)) WHEN u.decimals = 0 THEN printf('%d%09d', t.billions,
           t.rest) ELSE substr(printf('%d%09d', t.billions, t.rest), 1, length(printf('%d%09d', t.billions,
           t.rest)) - u.decimals) || '.' || substr(printf('%d%09d', t.billions, t.rest),
           -u.decimals) END AS known_decimal,
       t.rounds_untold
FROM (SELECT p.market, i.currency, count(DISTINCT i.company) AS companies, count(DISTINCT i.round) AS rounds,
             iif(sum(i.currency IS NOT NULL AND i.minor IS NULL) > 0, NULL,
                 sum(i.minor / 1000000000) + sum(i.minor % 1000000000) / 1000000000) AS billions,
             sum(i.minor % 1000000000) % 1000000000 AS rest,
             count(DISTINCT iif(i.currency IS NOT NULL AND i.minor IS NULL, i.round, NULL)) AS rounds_untold
      FROM inflow i JOIN party p ON p.party = i.company
      WHERE i.known_to = 253402300799999999 GROUP BY 1, 2) t
LEFT JOIN currency_unit u ON u.code = t.currency;

-- What the standing sources say a company had raised by a day, against its total in that currency as of then: null
-- where some rounds cannot be told.
CREATE VIEW stated_totals AS
SELECT t.company, t.on_date, t.valid_from, t.amount, t.amount_currency, t.amount_minor,
       iif(t.amount_minor IS NULL, NULL, printf(u.format, t.amount_minor / u.minor_per_unit,
           t.amount_minor % u.minor_per_unit)) AS amount_decimal,
       t.computed_minor,
       iif(t.computed_minor IS NULL, NULL, printf(u.format, t.computed_minor / u.minor_per_unit,
           t.computed_minor % u.minor_per_unit)) AS computed_decimal,
       (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT t.computed_minor
           - t.amount_minor UNION ALL SELECT minor FROM inflow typed WHERE 0) AS difference_minor,
       iif((t.computed_minor-t.amount_minor) < 0, '-', '') || iif(abs((t.computed_minor-t.amount_minor)) IS NULL, NULL,
           printf(u.format, abs((t.computed_minor-t.amount_minor)) / u.minor_per_unit,
           abs((t.computed_minor-t.amount_minor)) % u.minor_per_unit)) AS difference_decimal,
       t.source, t.entry, t.rounds_untold
FROM (SELECT company.name AS company, st.on_date, st.on_last_day AS valid_from, st.amount, st.amount_currency,
             st.amount_minor, so.id AS source, st.entry,
             (SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT CASE WHEN st.amount_currency IS NULL
                 OR d.rounds_untold > 0 THEN NULL
                 ELSE coalesce(d.known_minor, 0) END UNION ALL SELECT minor FROM
                     inflow typed WHERE 0) AS computed_minor,
             coalesce(d.rounds_untold, 0) AS rounds_untold
      FROM stated_total st
      JOIN entry e ON e.entry = st.entry
      JOIN party pc ON pc.party = e.party
      JOIN party company ON company.party = pc.root AND company.root = company.party
      LEFT JOIN source so ON so.entry = e.source
      LEFT JOIN company_total_by_day d ON d.company = company.party AND d.currency = st.amount_currency
           AND d.valid_from <= st.on_last_day AND d.valid_to > st.on_last_day AND d.known_to = 253402300799999999
      WHERE NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = st.entry)) t
LEFT JOIN currency_unit u ON u.code = t.amount_currency;

-- What has to agree within a round: the raised with the participations, the closings and the offered; the count of
-- investors with those named; pre-money + new money with post-money. Sums are of amounts in the currency of the raised.
CREATE VIEW round_checks AS
SELECT p.name AS company, r.handle AS round, rr.status, rr.counts, rr.raised_currency, rr.raised_minor,
       iif(rr.raised_minor IS NULL, NULL, printf(u.format, rr.raised_minor / u.minor_per_unit,
           rr.raised_minor % u.minor_per_unit)) AS raised_decimal,
       rr.participations_minor,
       iif(rr.participations_minor IS NULL, NULL, printf(u.format, rr.participations_minor / u.minor_per_unit,
           rr.participations_minor % u.minor_per_unit)) AS participations_decimal,
       rr.closings_minor,
       iif(rr.closings_minor IS NULL, NULL, printf(u.format, rr.closings_minor / u.minor_per_unit,
           rr.closings_minor % u.minor_per_unit)) AS closings_decimal,
       rr.offered_currency, rr.offered_minor,
       iif(rr.offered_minor IS NULL, NULL, printf(ou.format, rr.offered_minor / ou.minor_per_unit,
           rr.offered_minor % ou.minor_per_unit)) AS offered_decimal,
       rr.investors, rr.named_investors,
       rr.pre_plus_new_money_minor,
       iif(rr.pre_plus_new_money_minor IS NULL, NULL, printf(u.format, rr.pre_plus_new_money_minor / u.minor_per_unit,
           rr.pre_plus_new_money_minor % u.minor_per_unit)) AS pre_plus_new_money_decimal,
       rr.post_money_minor,
       iif(rr.post_money_minor IS NULL, NULL, printf(u.format, rr.post_money_minor / u.minor_per_unit,
           rr.post_money_minor % u.minor_per_unit)) AS post_money_decimal
FROM party p
JOIN party own ON own.root = p.party
JOIN resolved_round rr ON rr.company = own.party AND rr.known_to = 253402300799999999
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
LEFT JOIN own_round o ON o.round = e.round AND o.known_to = 253402300799999999
LEFT JOIN round r ON r.round = o.own_round
LEFT JOIN source s ON s.entry = e.source
JOIN json_each(e.body, '$.attributes') a
WHERE e.kind IN ('round', 'party')
  AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry);
