-- Views of the past for any SQL client, also on a file opened read-only: they are temporary, and read the two dates
-- from a temporary table.
--
--   sqlite3 -readonly acme.db
--   .read schema/as_of.sql
--   UPDATE as_of SET day = '2024-11-30', known_at = '2025-01-02T08:00:00Z';
--   SELECT * FROM total_raised_as_of WHERE company = 'xAI';
--
-- NULL leaves nothing out. In rounds_as_of and inflows_as_of, what a claim says that holds only from a later day (`on`
-- of a round's line) still counts; in total_raised_as_of it does not.

CREATE TEMP TABLE as_of (
    -- the world of that day, inclusive
    day      TEXT CHECK (day IS NULL OR (length(day) = 10 AND date(day, '+0 days') IS day)),
    known_at TEXT CHECK (known_at IS NULL OR (  -- what was recorded by then, inclusive: YYYY-MM-DDTHH:MM:SS[.ffffff]Z
                             known_at GLOB '????-??-??T??:??:??*Z' AND strftime('%s', substr(known_at, 1,
                                 19)) IS NOT NULL
                             AND substr(known_at, 20) NOT GLOB '*[^0-9.Z]*'))
);
INSERT INTO as_of VALUES (NULL, NULL);

-- The same for the views: the day, and the time in microseconds.
CREATE TEMP VIEW as_of_point AS
SELECT coalesce(day, '9999-12-31') AS day,
       iif(known_at IS NULL, 253402300799999998,
           strftime('%s', substr(known_at, 1, 19)) * 1000000 + CAST(substr(trim(substr(known_at, 20),
               '.Z') || '000000', 1, 6) AS INTEGER))
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

-- What the totals of then add up, of what had surely come by the day: see the table inflow.
CREATE TEMP VIEW inflows_as_of AS
SELECT p.party, p.name AS company, r.handle AS round, i.closing, i.date, i.valid_from, i.currency, i.minor,
       iif(i.minor IS NULL, NULL,
           printf(u.format, i.minor / u.minor_per_unit, i.minor % u.minor_per_unit)) AS decimal
FROM as_of_point t
JOIN inflow i ON i.known_from <= t.known_at AND i.known_to > t.known_at
JOIN round r ON r.round = i.round
JOIN party own ON own.party = i.company
JOIN party p ON p.party = own.root
LEFT JOIN currency_unit u ON u.code = i.currency
WHERE t.day = '9999-12-31' OR i.valid_from <= t.day;

-- What each company had raised then, exactly; a row a currency,
-- and one without for rounds of which nothing is disclosed.
CREATE TEMP VIEW total_raised_as_of AS
SELECT r.company, r.currency, r.known_minor, r.known_decimal, r.lower_minor, r.lower_decimal, r.upper_minor,
    r.upper_decimal,
       r.rounds, r.undisclosed
FROM as_of_point t JOIN total_raised_known r ON r.known_from <= t.known_at AND r.known_to > t.known_at
WHERE t.day = '9999-12-31'
UNION ALL
SELECT r.company, r.currency, r.known_minor, r.known_decimal, r.lower_minor, r.lower_decimal, r.upper_minor,
    r.upper_decimal,
       r.rounds, r.undisclosed
FROM as_of_point t JOIN total_raised_over_time_known r ON r.known_from <= t.known_at AND r.known_to > t.known_at
WHERE r.valid_from <= t.day AND r.valid_to > t.day AND t.day < '9999-12-31';
