-- For which rounds does pre-money plus new money differ from the post-money stated?
SELECT company, round, pre_plus_new_money_decimal, post_money_decimal, raised_currency
FROM round_checks
WHERE pre_plus_new_money_minor <> post_money_minor
ORDER BY company, round;
