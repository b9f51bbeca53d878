-- On which rounds do the sources state different amounts? By round and currency, the lowest and the highest. What is
-- stated as `at most` or `less than` is a bound and no amount.
SELECT company, round, currency, count(DISTINCT minor) AS amounts,
       min(minor) AS lowest_minor, max(minor) AS highest_minor
FROM claims
WHERE field = 'raised' AND stands AND minor IS NOT NULL
  AND stated NOT GLOB 'at most *' AND stated NOT GLOB 'less than *'
GROUP BY company, round, currency
HAVING count(DISTINCT minor) > 1
ORDER BY company, round, currency;
