-- Which are the ten largest rounds of each currency? A round without an amount of its own, or with a bound that says
-- less, is as large as what it brought.
SELECT currency, place, company, round, date,
       printf(u.format, minor / u.minor_per_unit, minor % u.minor_per_unit) AS amount
FROM (SELECT *, row_number() OVER (PARTITION BY currency ORDER BY minor DESC, company, round) AS place
      FROM (SELECT i.currency, i.company, i.round, r.date,
                   max(coalesce(iif(r.raised_currency = i.currency, r.raised_minor, 0), 0), sum(i.minor)) AS minor
            FROM inflows i JOIN rounds r ON r.company = i.company AND r.round = i.round
            WHERE i.currency IS NOT NULL
            GROUP BY i.currency, i.company, i.round)
      WHERE minor IS NOT NULL) t
JOIN currency_unit u ON u.code = t.currency
WHERE place <= 10
ORDER BY currency, place;
