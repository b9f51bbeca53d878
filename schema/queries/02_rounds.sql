-- What did a company raise, when, at what valuation, and who says so?
SELECT date, round, name, raised, raised_decimal, raised_currency, raised_source, valuation_decimal, valuation_source
FROM rounds
WHERE company = 'xAI'
ORDER BY valid_from, round;
