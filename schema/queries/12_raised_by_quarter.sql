-- How much was raised in each quarter, by currency? What is dated by its year alone stands without a quarter.
SELECT quarter, currency, companies, rounds, known_decimal
FROM raised_by_quarter
WHERE currency IS NOT NULL
ORDER BY quarter, currency;
