-- Views of the past for any SQL client, also on a file opened read-only: they are temporary, and read the two dates from a
-- temporary table.
--
--   sqlite3 -readonly acme.db
--   .read schema/as_of.sql
--   UPDATE as_of SET day = '2024-11-30', known_at = '2025-01-02T08:00:00Z';
--   SELECT * FROM total_raised_as_of WHERE company = 'xAI';
--
-- NULL leaves nothing out. In rounds_as_of and inflows_as_of, what a claim says that holds only from a later day (`on` of a
-- round's line) still counts; in total_raised_as_of it does not.

CREATE TEMP TABLE as_of (
    day      TEXT CHECK (day IS NULL OR (length(day) = 10 AND date(day, '+0 days') IS day)),  -- the world of that day, inclusive
    known_at TEXT CHECK (known_at IS NULL OR (  -- what was recorded by then, inclusive: YYYY-MM-DDTHH:MM:SS[.ffffff]Z
                             known_at GLOB '????-??-??T??:??:??*Z' AND strftime('%s', substr(known_at, 1, 19)) IS NOT NULL
                             AND substr(known_at, 20) NOT GLOB '*[^0-9.Z]*'))
);
INSERT INTO as_of VALUES (NULL, NULL);

-- The same for the views: the day, and the time in microseconds.
CREATE TEMP VIEW as_of_point AS
SELECT coalesce(day, '9999-12-31') AS day,
       iif(known_at IS NULL, 253402300799999998,
           strftime('%s', substr(known_at, 1, 19)) * 1000000 + CAST(substr(trim(substr(known_at, 20), '.Z') || '000000', 1, 6) AS INTEGER))
       AS known_at
FROM as_of;

-- The rounds as resolved then, of those that had surely happened by the day.
CREATE TEMP VIEW rounds_as_of AS
SELECT r.*
FROM as_of_point t JOIN rounds_known r ON r.known_from <= t.known_at AND r.known_to > t.known_at
WHERE r.valid_from <= t.day OR t.day = '9999-12-31';

-- The claims that stood then and held by the day.
CREATE TEMP VIEW claims_as_of AS
SELECT c.*
FROM as_of_point t JOIN claims_known c ON c.known_from <= t.known_at AND c.known_to > t.known_at
WHERE c.valid_from IS NULL OR c.valid_from <= t.day;

-- What ranked the claims that stood then.
CREATE TEMP VIEW claim_rank_as_of AS
SELECT e.entry,
       CASE s.type WHEN 'filing' THEN 1 WHEN 'company' THEN 2 WHEN 'database' THEN 3 WHEN 'press' THEN 4 WHEN 'rumour' THEN 5
            ELSE 6 END AS trust,
       CASE length(s.published) WHEN 10 THEN s.published WHEN 4 THEN s.published || '-12-31'
            WHEN 7 THEN date(iif(substr(s.published, 6, 1) = 'Q', printf('%s-%02d', substr(s.published, 1, 4), 3 * substr(s.published, 7)),
                                 s.published) || '-01',
                             '+1 month', '-1 day') END AS published,
       s.accession, e.recorded, c.id AS chain, e.seq
FROM as_of_point t
JOIN entry e ON e.recorded <= t.known_at
JOIN chain c ON c.chain = e.chain
LEFT JOIN source s ON s.entry = (
    SELECT max(o.entry) FROM source o JOIN entry oe ON oe.entry = o.entry
    WHERE (o.entry = e.source OR (o.first_entry = e.source AND o.first_entry <> o.entry)) AND oe.recorded <= t.known_at
      AND NOT EXISTS (SELECT 1 FROM withdrawn w
                      WHERE w.entry = o.entry AND w.known_from <= t.known_at AND w.known_to > t.known_at))
WHERE NOT EXISTS (SELECT 1 FROM withdrawn w
                  WHERE w.entry = e.entry AND w.known_from <= t.known_at AND w.known_to > t.known_at);

-- What the totals of then add up, of what had surely come by the day: see inflows.
CREATE TEMP VIEW inflows_as_of AS
SELECT i.party, i.company, i.round, i.closing, i.date,
       CASE length(i.date) WHEN 10 THEN i.date WHEN 4 THEN i.date || '-12-31'
            WHEN 7 THEN date(iif(substr(i.date, 6, 1) = 'Q', printf('%s-%02d', substr(i.date, 1, 4), 3 * substr(i.date, 7)),
                                 i.date) || '-01',
                             '+1 month', '-1 day') END AS valid_from,
       i.currency, i.minor,
       iif(i.minor IS NULL, NULL,
           printf(u.format, i.minor / u.minor_per_unit, i.minor % u.minor_per_unit)) AS decimal
FROM (SELECT p.party, p.name AS company, r.handle AS round, c.name AS closing,
             iif(e.entry IS NULL, rr.date, c.on_date) AS date,
             coalesce(rr.raised_currency, c.amount_currency) AS currency,
             CASE WHEN rr.raised_minor IS NULL THEN c.amount_minor
                  WHEN rr.round NOT IN (SELECT ve.round FROM round_statement vs JOIN entry ve ON ve.entry = vs.entry
                                        WHERE vs.includes_conversions IS NOT NULL) THEN rr.raised_minor
                  ELSE (SELECT CASE WHEN v.minor IS NULL THEN rr.raised_minor
                                    WHEN v.currency = rr.raised_currency THEN max(0, rr.raised_minor - v.minor) END
                        FROM (SELECT max(minor) AS minor, max(currency) AS currency FROM (
                                SELECT vs.includes_conversions_minor AS minor, vs.includes_conversions_currency AS currency
                                FROM entry ve JOIN round_statement vs ON vs.entry = ve.entry
                                     JOIN claim_rank_as_of k ON k.entry = ve.entry
                                WHERE ve.round = rr.round AND vs.includes_conversions IS NOT NULL
                                ORDER BY vs.includes_conversions_minor IS NULL, k.trust, k.published DESC, k.accession DESC,
                                         k.recorded DESC, k.chain DESC, k.seq DESC LIMIT 1)) v)
                  END AS minor
      FROM as_of_point t
      JOIN resolved_round rr ON rr.known_from <= t.known_at AND rr.known_to > t.known_at
      JOIN round r ON r.round = rr.round
      JOIN party own ON own.party = rr.company
      JOIN party p ON p.party = own.root AND p.root = p.party
      LEFT JOIN entry e ON e.round = iif(rr.raised_minor IS NULL, rr.round, NULL) AND e.kind = 'closing' AND e.entry = (
          SELECT iif(o.amount_minor IS NULL, NULL, o.entry)
          FROM closing mine JOIN entry oe ON oe.round = rr.round
               JOIN closing o ON o.entry = oe.entry AND o.on_date = mine.on_date AND o.name IS mine.name
               JOIN claim_rank_as_of k ON k.entry = oe.entry
          WHERE mine.entry = e.entry
          ORDER BY o.amount_minor IS NULL, k.trust, k.published DESC, k.accession DESC, k.recorded DESC, k.chain DESC,
                   k.seq DESC LIMIT 1)
      LEFT JOIN closing c ON c.entry = e.entry
      WHERE rr.counts = 1) i
LEFT JOIN currency_unit u ON u.code = i.currency
WHERE (SELECT day FROM as_of_point) = '9999-12-31' OR valid_from <= (SELECT day FROM as_of_point);

-- What each company had raised then, exactly; a row a currency, and one without for rounds of which nothing is disclosed.
CREATE TEMP VIEW total_raised_as_of AS
SELECT r.company, r.currency, r.known_minor, r.known_decimal, r.lower_minor, r.lower_decimal, r.upper_minor, r.upper_decimal,
       r.rounds, r.undisclosed
FROM as_of_point t JOIN total_raised_known r ON r.known_from <= t.known_at AND r.known_to > t.known_at
WHERE t.day = '9999-12-31'
UNION ALL
SELECT r.company, r.currency, r.known_minor, r.known_decimal, r.lower_minor, r.lower_decimal, r.upper_minor, r.upper_decimal,
       r.rounds, r.undisclosed
FROM as_of_point t JOIN total_raised_over_time_known r ON r.known_from <= t.known_at AND r.known_to > t.known_at
WHERE r.valid_from <= t.day AND r.valid_to > t.day AND t.day < '9999-12-31';
