-- Who says what about the amount of each round? The most trusted claim comes first; totals use it.
SELECT c.round, c.stated, c.source, c.source_type, c.source_published
FROM claims c
JOIN claim_rank k ON k.entry = c.entry
WHERE c.company = 'xAI' AND c.field = 'raised' AND c.stands
ORDER BY c.round, c.stated = 'undisclosed', k.trust, k.published DESC, k.accession DESC, k.recorded DESC, k.chain DESC,
         k.seq DESC;
