-- Which entries were taken back or replaced, by which entry, and why?
WITH corrected (entry, by) AS (
    SELECT target, entry FROM entry WHERE target IS NOT NULL
    UNION ALL SELECT superseded_retraction, entry FROM entry WHERE superseded_retraction IS NOT NULL)
SELECT old.kind, old.party, old.round, old.recorded, new.kind AS by_kind, new.recorded AS by_recorded,
       (SELECT reason FROM retraction WHERE entry = new.entry) AS reason
FROM (SELECT entry FROM withdrawn_now
      UNION ALL SELECT entry FROM retractions_known WHERE known_to = 253402300799999999 AND NOT stands) w
JOIN entries old ON old.entry = w.entry
LEFT JOIN (corrected c JOIN entries new ON new.entry = c.by)
       -- what replaced it is shown also when it was replaced in turn
       ON c.entry = old.entry AND new.entry NOT IN (
          SELECT r.target FROM entries r WHERE r.kind = 'retraction' AND r.stands)
      AND (new.stands OR new.kind <> 'retraction')
ORDER BY old.entry, new.entry;
