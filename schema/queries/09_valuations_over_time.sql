-- How did a company's valuation grow from round to round? growth is post-money over the last post-money, step_up is
-- pre-money over the last post-money; null where either is a bound or a range.
SELECT date, round, valuation_decimal, valuation_currency, valuation_origin, pre_money_decimal, last_round, growth,
       step_up
FROM valuation_steps
WHERE company = 'xAI'
ORDER BY valid_from, round;
