-- Which are the ten largest rounds of each currency? A round without an amount of its own is as large as its closings.
SELECT currency, place, company, round, date, minor, amount
FROM (SELECT i.currency, i.company, i.round, r.date, sum(i.minor) AS minor,
             group_concat(i.decimal, ' + ') AS amount,
             row_number() OVER (PARTITION BY i.currency ORDER BY sum(i.minor) DESC, i.company, i.round) AS place
      FROM inflows i
      JOIN rounds r ON r.company = i.company AND r.round = i.round
      WHERE i.minor IS NOT NULL
      GROUP BY i.currency, i.company, i.round)
WHERE place <= 10
ORDER BY currency, place;
