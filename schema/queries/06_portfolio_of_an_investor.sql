-- What did an investor take part in?
SELECT company, round, date, lead, amount, amount_decimal, amount_currency
FROM investments
WHERE investor = 'NVIDIA' AND counts = 1
ORDER BY date, company, round;
