-- Who invested in a company, in which round, with how much, and did they lead?
SELECT date, round, investor, lead, amount, amount_decimal, amount_currency, source, lead_source
FROM investments
WHERE company = 'xAI'
ORDER BY date, round, investor;
