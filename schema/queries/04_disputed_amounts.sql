-- For which rounds do the sources state different amounts? The lowest and the highest by round and currency.
SELECT company, round, currency, count(DISTINCT minor) AS amounts,
       min(minor) AS lowest_minor, max(minor) AS highest_minor
FROM claims
WHERE field = 'raised' AND stands AND minor IS NOT NULL
GROUP BY company, round, currency
HAVING count(DISTINCT minor) > 1
ORDER BY company, round, currency;
