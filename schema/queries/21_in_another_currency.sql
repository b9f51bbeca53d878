-- How much has a company raised in another currency, each part converted at the rate of its day? It needs decimal_add,
-- decimal_mul and decimal_div of the extension postmoney_sql, which `postmoney sql` has. `missing` counts the parts
-- that nothing converts; where there are some, there is no answer.
WITH RECURSIVE
asked (company, quote) AS (VALUES ('xAI', 'EUR')),
part AS (SELECT row_number() OVER (ORDER BY i.round, i.valid_from) AS number, i.currency AS base, i.valid_from AS day,
                i.decimal AS amount
         FROM inflows i JOIN asked ON i.company = asked.company WHERE i.currency IS NOT NULL),
-- A parity, or else a rate: of a day, of a month, of a quarter, of a year. All but one of a day are as old as the day.
known AS (SELECT DISTINCT base AS code FROM part UNION SELECT quote FROM asked UNION SELECT code FROM parity
          UNION SELECT anchor FROM parity UNION SELECT base FROM exchange_rates),
moment AS (SELECT DISTINCT day FROM part),
anchored AS (SELECT k.code, m.day, coalesce(p.anchor, k.code) AS anchor, coalesce(p.units, '1') AS units
             FROM known k, moment m
             LEFT JOIN parity p ON p.code = k.code AND p.valid_from <= m.day AND p.valid_to > m.day),
candidate AS (
    SELECT a.code AS base, b.code AS quote, a.day, b.units AS numerator, a.units AS denominator, a.day AS as_of,
           0 AS precedence, 0 AS inverse
    FROM anchored a JOIN anchored b ON b.anchor = a.anchor AND b.day = a.day
    UNION ALL
    SELECT r.base, r.quote, m.day, r.numerator, r.denominator, iif(r.precedence = 1, r.on_date, m.day), r.precedence,
           r.inverse
    FROM moment m JOIN exchange_rates r ON r.valid_from <= m.day AND r.valid_to > m.day),
leg AS (SELECT *, row_number() OVER (PARTITION BY base, quote, day ORDER BY precedence, inverse) AS place
        FROM candidate),
-- One of these, or else two over a third currency: those whose older one is the latest, then over EUR, then USD.
way AS (
    SELECT p.number, p.amount, l.numerator, l.denominator, 0 AS crosses, NULL AS as_of, NULL AS third
    FROM part p, asked
    JOIN leg l ON l.base = p.base AND l.quote = asked.quote AND l.day = p.day AND l.place = 1
    UNION ALL
    SELECT p.number, p.amount, decimal_mul(a.numerator, b.numerator), decimal_mul(a.denominator, b.denominator), 1,
           min(a.as_of, b.as_of), a.quote
    FROM part p, asked
    JOIN leg a ON a.base = p.base AND a.day = p.day AND a.place = 1 AND a.quote NOT IN (p.base, asked.quote)
    JOIN leg b ON b.base = a.quote AND b.quote = asked.quote AND b.day = p.day AND b.place = 1),
converted AS (
    SELECT *, row_number() OVER (PARTITION BY number ORDER BY crosses, as_of DESC, third <> 'EUR', third <> 'USD',
                                 third) AS place
    FROM way),
-- Exact as a quotient, and rounded once.
total (number, numerator, denominator, missing) AS (
    SELECT 0, '0', '1', 0
    UNION ALL
    SELECT p.number,
           iif(c.number IS NULL, t.numerator,
               decimal_add(decimal_mul(t.numerator, c.denominator),
                           decimal_mul(decimal_mul(c.amount, c.numerator), t.denominator))),
           iif(c.number IS NULL, t.denominator, decimal_mul(t.denominator, c.denominator)),
           t.missing + (c.number IS NULL)
    FROM total t JOIN part p ON p.number = t.number + 1
    LEFT JOIN converted c ON c.number = p.number AND c.place = 1)
SELECT asked.company, asked.quote AS currency,
       iif(t.missing = 0, decimal_div(t.numerator, t.denominator, u.decimals, 'half_even'), NULL) AS known_decimal,
       t.missing
FROM asked JOIN currency_unit u ON u.code = asked.quote JOIN total t ON t.number = (SELECT count(*) FROM part);
