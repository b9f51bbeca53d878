-- How much had a company raised as the ledger knew it at a time? [known_from, known_to) is half-open, in microseconds.
SELECT currency, known_decimal, rounds, undisclosed
FROM total_raised_known
WHERE company = 'xAI'
  AND known_from <= strftime('%s', '2025-03-01T00:00:00') * 1000000
  AND known_to > strftime('%s', '2025-03-01T00:00:00') * 1000000
ORDER BY currency;
