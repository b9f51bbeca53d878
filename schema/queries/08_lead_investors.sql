-- Who leads the most rounds?
SELECT investor, count(*) AS rounds_led, count(DISTINCT company) AS companies
FROM investments
WHERE lead = 1 AND counts = 1
GROUP BY investor
ORDER BY rounds_led DESC, investor;
