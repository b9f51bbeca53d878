-- How much has a company raised in total, exactly? A row a currency; known counts what is stated, lower and upper bound it.
SELECT company, currency, known_decimal, lower_decimal, upper_decimal, rounds, undisclosed
FROM total_raised
WHERE company = 'xAI'
ORDER BY currency;
