-- How much was raised in each quarter, by currency? A round dated by its year alone has no quarter.
SELECT quarter, currency, companies, rounds, known_decimal
FROM raised_by_quarter
WHERE currency IS NOT NULL
ORDER BY quarter, currency;
