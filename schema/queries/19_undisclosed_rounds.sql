-- Which rounds count in totals although nobody discloses their amounts?
SELECT company, round, date
FROM inflows
WHERE currency IS NULL
ORDER BY company, round;
