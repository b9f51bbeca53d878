-- How much was raised in each year, by currency?
SELECT year, currency, companies, rounds, known_decimal, rounds_untold
FROM raised_by_year
WHERE currency IS NOT NULL
ORDER BY year, currency;
