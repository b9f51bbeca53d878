-- The press says a company raised so much in total. Do the rounds on record by then add up to that?
SELECT on_date, source, amount, computed_decimal, difference_decimal, amount_currency, rounds_untold
FROM stated_totals
WHERE company = 'xAI'
ORDER BY valid_from, source, amount;
