-- Who says what on the amount of each round? The claims that stand, the one that is used first.
SELECT c.round, c.stated, rr.raised_entry IS NOT NULL AS used, c.source, c.source_type, c.source_published
FROM claims c
LEFT JOIN resolved_round rr ON rr.raised_entry = c.entry AND rr.known_to = 253402300799999999
WHERE c.company = 'xAI' AND c.field = 'raised' AND c.stands
ORDER BY c.round, used DESC, c.source_published DESC, c.source, c.stated;
