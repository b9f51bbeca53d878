-- Which entries were taken back or replaced, by which entry, and why?
SELECT old.kind, old.party, old.round, old.recorded, new.kind AS by_kind, new.recorded AS by_recorded,
       (SELECT reason FROM retraction WHERE entry = new.entry) AS reason
FROM withdrawn_now w
JOIN entries old ON old.entry = w.entry
LEFT JOIN entries new ON new.target = old.entry AND new.stands
ORDER BY old.entry, new.entry;
