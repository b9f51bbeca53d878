"""Which entries stand.

An entry, a retraction too, stands when no standing retraction names it, and every entry that supersedes it, directly or
through others, is taken back by a standing retraction. So a correction is final: only a retraction of it brings back
what it replaced. What refers to an entry is recorded after it, so that the rule never runs in a circle.
"""
from collections import defaultdict


def standing(entries):
    """The ids of those that stand, among all that are known at a time."""
    retractions, replacements = defaultdict(list), defaultdict(list)
    for entry in entries:
        if entry.target is not None:
            retractions[entry.target.id].append(entry.id)
        if entry.replaces is not None:
            replacements[entry.replaces.id].append(entry.id)
    known = {}

    def taken_back(one):
        return any(stands(retraction) for retraction in retractions.get(one, ()))

    def all_that_replace(one):
        for replacement in replacements.get(one, ()):
            yield replacement
            yield from all_that_replace(replacement)

    def stands(one):
        if one not in known:
            known[one] = not taken_back(one) and all(taken_back(other) for other in all_that_replace(one))
        return known[one]

    touched = set(retractions) | set(replacements)
    return {entry.id for entry in entries if entry.id not in touched or stands(entry.id)}
