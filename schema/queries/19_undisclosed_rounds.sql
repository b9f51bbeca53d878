-- Which rounds count in totals, and nobody discloses what they brought?
SELECT company, round, date
FROM inflows
WHERE currency IS NULL
ORDER BY company, round;
