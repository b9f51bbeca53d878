-- How much had a company raised by the end of a day? [valid_from, valid_to) is half-open.
SELECT currency, known_decimal
FROM total_raised_over_time
WHERE company = 'xAI' AND valid_from <= '2024-11-30' AND valid_to > '2024-11-30'
ORDER BY currency;
