-- Which are the ten largest rounds of each currency?
SELECT raised_currency, place, company, round, date, raised_decimal
FROM (SELECT *, row_number() OVER (PARTITION BY raised_currency ORDER BY raised_minor DESC, round) AS place
      FROM rounds
      WHERE counts = 1 AND raised_minor IS NOT NULL)
WHERE place <= 10
ORDER BY raised_currency, place;
