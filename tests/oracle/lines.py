"""From when and until when a round's lines hold.

An amendment takes the place of what it amends on a day: until then the earlier notice was right, and both are in no
doubt. Without a day to ask about all lines take part.
"""
from dates import last_day
from order import TRUST

ALWAYS, FOR_EVER = 0, 10**9  # before and after all days


def begin(world, line, lines):
    """The day from which a line holds: its `on`; of one that amends else its `filed`, else when it was published."""
    content = line.line
    if "on" in content:
        return last_day(content["on"])
    day = _notice_day(world, line)
    if day is None or not ("amends" in content or any(_is_before(world, other, line, day) for other in lines)):
        return ALWAYS
    return day


def _notice_day(world, line):
    source = world.source_of(line)
    date = line.line.get("filed") or source and source.get("published")
    return last_day(date) if date else None


def _is_before(world, other, line, day):
    """Whether it is the notice that a filing amends without saying so: an earlier one, under another handle, of the same
    file number."""
    numbers = [one.line.get("attributes", {}).get("fileNumber") for one in (other, line)]
    if numbers[0] is None or numbers[0] != numbers[1] or other.handle == line.handle:
        return False
    if not world.type_of(other) == world.type_of(line) == TRUST["filing"]:
        return False
    earlier = _notice_day(world, other)
    return earlier is not None and earlier < day


def times(world, lines, preferred=None):
    """By entry id the first and the last day on which each line holds."""
    begins = {line.id: begin(world, line, lines) for line in lines}
    if all(day == ALWAYS for day in begins.values()):
        return {one: (ALWAYS, FOR_EVER) for one in begins}
    rank = {line.id: (preferred is not None and line.line.get("source") == preferred, *world.ranks[line.id])
            for line in lines}
    result = {}
    for line in lines:
        starts = begins[line.id]
        nexts = [begins[other.id] for other in lines if begins[other.id] > starts and rank[other.id] > rank[line.id]
                 and _replaces(world, other, line)]
        result[line.id] = starts, min(nexts) - 1 if nexts else FOR_EVER
    return result


def _replaces(world, other, line):
    """Whether a later and better line can take the place of a line: it speaks for the same notices."""
    if world.type_of(other) != world.type_of(line):
        return False
    if other.handle != line.handle or world.source_id(other) == world.source_id(line):
        return True
    publishers = [source and source.get("publisher") for source in (world.source_of(other), world.source_of(line))]
    return publishers[0] is not None and publishers[0] == publishers[1]


def taking_part(claims, ended, type_of, disclosed):
    """Of claims best first, as of a day, those that take part: of the lines in `ended`, which hold no longer, a claim
    does only where no other of its type says anything."""
    told = {type_of(entry) for entry, value in claims if entry.id not in ended and disclosed(value)}
    result = []
    for entry, value in claims:
        if entry.id in ended:
            if type_of(entry) in told:
                continue
            if disclosed(value):
                told.add(type_of(entry))
        result.append((entry, value))
    return result
