"""Reads the DDL of `postmoney export postgres`, without a server: what belongs to a company can lie on a machine of its own.

python3 postgres_ddl.py POSTMONEY_PROGRAM. A table of distribute.sql is either distributed by `home` or a reference table. Each
key of a distributed one begins with home; a reference from a distributed table leads to the same home or to a reference table,
and none leads from a reference table to a distributed one; in each query of a view, all distributed tables are tied together
by equal homes, also with those of the query around it. No column can round or take NaN. Each of these rules is also
shown to notice DDL that breaks it.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

EXACT_TYPES = {"bigint", "bytea", "timestamptz", "text"}
# A distributed relation that is a view: it hands `home` on.
VIEWS_WITH_HOME = {"stated"}


def closing(text, at):
    """The place of the parenthesis that closes the one at `at`."""
    depth = 0
    while True:
        if text[at] == "'":
            at = text.index("'", at + 1)
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
        at += 1


def statements(script):
    return [line[:-1] for line in re.sub(r"--[^\n]*", "", script).split("\n") if line.endswith(";")]


class Ddl:
    def __init__(self, folder):
        self.schema = (folder / "schema.sql").read_text(encoding="utf-8")
        self.keys = statements((folder / "keys.sql").read_text(encoding="utf-8"))
        self.distribution = statements((folder / "distribute.sql").read_text(encoding="utf-8"))

    def tables(self):
        """Of each table its lines."""
        found = re.findall(r"^CREATE TABLE (\w+) \(\n(.*?)\n\);$", self.schema, re.M | re.S)
        return {name: [line.strip().rstrip(",") for line in body.split("\n")] for name, body in found}

    def distributed(self):
        return {match[1] for match in map(re.compile(r"SELECT create_distributed_table\('(\w+)', 'home'").match, self.distribution) if match}

    def references(self):
        return {match[1] for match in map(re.compile(r"SELECT create_reference_table\('(\w+)'\)").match, self.distribution) if match}

    def views(self):
        return {match[1]: match[2] for match in map(re.compile(r"CREATE VIEW (\w+) AS (.*)").match, self.keys) if match}

    def problems(self):
        return [*self.placement(), *self.column_types(), *self.key_problems(), *self.reference_problems(), *self.view_problems()]

    def placement(self):
        tables, distributed, references = set(self.tables()), self.distributed(), self.references()
        if not tables or not distributed or distributed & references or distributed | references != tables:
            yield f"tables {sorted(tables ^ (distributed | references))} lie nowhere or twice"
        for name, lines in self.tables().items():
            if (name in distributed) != ("home bigint NOT NULL" in lines):
                yield f"{name}: home is for distributed tables, and never null"

    def column_types(self):
        for name, lines in self.tables().items():
            for line in lines:
                kind = re.match(r"\w+ (\w+)", line)
                if not line.startswith("CHECK (") and (kind is None or kind[1] not in EXACT_TYPES):
                    yield f"{name}: {line} may round"

    def key_problems(self):
        distributed, seen = self.distributed(), set()
        for statement in self.keys:
            unique = re.match(r"CREATE UNIQUE INDEX \w+ ON (\w+) \((.*)", statement)
            key = re.match(r"ALTER TABLE (\w+) ADD (?:PRIMARY KEY|UNIQUE) \((.*)\)$", statement) or unique
            if key is None:
                continue
            seen.add(key[1])
            if key[1] in distributed and not key[2].startswith("home, "):
                yield f"a key of {key[1]} does not begin with the company: {key[2]}"
        for name in set(self.tables()) - seen:
            yield f"{name} has no key"

    def reference_problems(self):
        distributed, count = self.distributed(), 0
        form = re.compile(r"ALTER TABLE (\w+) ADD CONSTRAINT \w+ FOREIGN KEY \((.*?)\) REFERENCES (\w+) \((.*?)\)")
        for table, columns, target, there in (match.groups() for match in map(form.match, self.keys) if match):
            count += 1
            homes = columns.startswith("home, "), there.startswith("home, ")
            if homes != ((True, True) if target in distributed else (False, False)) or (target in distributed and table not in distributed):
                yield f"the reference from {table} ({columns}) to {target} leads elsewhere"
        if count < 40:
            yield f"only {count} references are declared"

    def view_problems(self):
        views = self.views()
        for name, text in views.items():
            for problem in self.query_problems(text, None):
                yield f"the view {name}: {problem}"
        if len(views) < 30:
            yield f"only {len(views)} views"

    def query_problems(self, text, outer):
        """`outer`: the aliases of distributed tables around a query that can see them, all of which are of one home."""
        for part in self.parts(text):
            flat, nested = self.flattened(part)
            used = re.findall(r"\b(?:FROM|JOIN) (\w+)(?: (?!WHERE|JOIN|LEFT|ON|GROUP|ORDER|UNION)(\w+))?", flat)
            distributed = self.distributed() | VIEWS_WITH_HOME
            aliases = {alias or table for table, alias in used if table in distributed}
            for table, _ in used:
                if table not in distributed | self.references() | set(self.views()) | {"Q", "LATERAL", "jsonb_each_text"}:
                    yield f"reads {table}"
            tied = (set(outer or ()) - aliases) or set(sorted(aliases)[:1])  # an alias hides one of that name outside
            pairs = re.findall(r"\b(\w+)\.home = (\w+)\.home\b", flat)
            for _ in aliases:
                for one, other in pairs:
                    if one in tied or other in tied:
                        tied |= {one, other}
            if aliases - tied:
                yield f"joins {sorted(aliases - tied)} with what may lie elsewhere: {part[:100]}"
            for before, inside in nested:
                sees = None if re.search(r"\b(FROM|JOIN)$", before.strip()) else tied
                yield from self.query_problems(inside, sees)

    @staticmethod
    def parts(text):
        """The queries of UNION ALL that are in no parentheses."""
        depth, begin, at = 0, 0, 0
        while at < len(text):
            if text[at] == "'":
                at = text.index("'", at + 1)
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if depth == 0 and text.startswith(" UNION ", at):
                yield text[begin:at]
                begin = at + 6
            at += 1
        yield text[begin:]

    def flattened(self, text):
        """The text with Q for each query in parentheses, and those queries with what stands before them."""
        flat, nested, at = "", [], 0
        while at < len(text):
            if text[at] == "'":
                end = text.index("'", at + 1) + 1
                flat += "''"
                at = end
            elif text.startswith("(SELECT ", at):
                end = closing(text, at)
                nested.append((flat, text[at + 1:end]))
                flat += "Q"
                at = end + 1
            else:
                flat += text[at]
                at += 1
        return flat, nested


def broken(ddl):
    """Changes that break a rule each, and what is to be told of it."""
    for at, statement in enumerate(ddl.keys):
        if ".home = " in statement:
            for match in re.finditer(r"\w+\.home = \w+\.home AND ", statement):
                yield "joins", {"keys": ddl.keys[:at] + [statement[:match.start()] + statement[match.end():]] + ddl.keys[at + 1:]}
        elif re.match(r"ALTER TABLE \w+ ADD (PRIMARY|UNIQUE)", statement) and "(home, " in statement:
            yield "does not begin", {"keys": ddl.keys[:at] + [statement.replace("(home, ", "(", 1)] + ddl.keys[at + 1:]}
        elif "FOREIGN KEY (home, " in statement:
            yield "leads elsewhere", {"keys": ddl.keys[:at] + [statement.replace("(home, ", "(")] + ddl.keys[at + 1:]}
    for inexact in ("numeric(38,2)", "double precision", "real", "numeric"):
        yield "may round", {"schema": ddl.schema.replace("home bigint", "home " + inexact, 1)}
    for at, statement in enumerate(ddl.distribution):
        if "create_" in statement:
            yield "lie nowhere", {"distribution": ddl.distribution[:at] + ddl.distribution[at + 1:]}


def main(program):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for arguments in (("init",), ("export", "postgres", scratch / "shipped")):
            subprocess.run([program, "--db", scratch / "a.db", *arguments], check=True, capture_output=True)
        ddl = Ddl(scratch / "shipped")
    failures = list(ddl.problems())
    count = 0
    for told, change in broken(ddl):
        harmed = Ddl.__new__(Ddl)
        harmed.__dict__.update(ddl.__dict__, **change)
        count += 1
        if not any(told in problem for problem in harmed.problems()):
            failures.append(f"nothing is told of a change that should be said to '{told}': {next(iter(change))}")
            if "keys" in change:
                failures += set(change["keys"]) - set(ddl.keys)
    if count < 60:
        failures.append(f"only {count} changes were tried")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
