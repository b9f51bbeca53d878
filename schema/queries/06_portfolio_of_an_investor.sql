-- What did an investor take part in?
SELECT company, round, date, lead, amount, amount_decimal, amount_currency
FROM investments
WHERE investor = 'NVIDIA'
ORDER BY date, company, round;
