-- How much was raised in each market, by currency?
SELECT market, currency, companies, rounds, known_decimal, rounds_untold
FROM raised_by_market
WHERE currency IS NOT NULL
ORDER BY market, currency;
