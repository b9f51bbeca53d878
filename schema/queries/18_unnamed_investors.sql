-- How many of the investors that a round declares are not named?
SELECT company, round, investors, named_investors, investors - named_investors AS unnamed
FROM rounds
WHERE investors > named_investors
ORDER BY unnamed DESC, company, round;
