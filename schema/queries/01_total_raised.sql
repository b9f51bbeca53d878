-- How much has a company raised in total, exactly? One row a currency; lower and upper bound the known sum.
SELECT company, currency, known_decimal, lower_decimal, upper_decimal, rounds, undisclosed
FROM total_raised
WHERE company = 'xAI'
ORDER BY currency;
