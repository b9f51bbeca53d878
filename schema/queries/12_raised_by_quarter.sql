-- How much was raised in each quarter, by currency? A round dated by its year alone has no quarter.
SELECT quarter, currency, companies, rounds, known_decimal, rounds_untold
FROM raised_by_quarter
WHERE currency IS NOT NULL
ORDER BY quarter, currency;
