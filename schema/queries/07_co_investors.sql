-- With whom does an investor invest, and how often?
SELECT co_investor, count(*) AS rounds, count(DISTINCT company) AS companies
FROM co_investors
WHERE investor = 'NVIDIA' AND counts = 1
GROUP BY co_investor
ORDER BY rounds DESC, co_investor;
