"""Ships ledgers to a PostgreSQL of its own, on loopback and as a user without rights, and compares every view there with the
file's: the whole, step by step, cut off, killed, tampered with, and merged from many desks.

python3 postgres.py POSTMONEY_PROGRAM SOURCE_FOLDER; exit status 77: skipped.
"""

import collections
import csv
import glob
import io
import itertools
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from random import Random

sys.dont_write_bytecode = True  # the folder of the sources stays clean
import journals  # noqa: E402

SKIPPED = 77


def binaries():
    """The folder of the server's programs, or why there is none."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True) + os.environ["PATH"].split(":")
    found = next((f for f in folders if os.access(os.path.join(f, "initdb"), os.X_OK)), None)
    if found is None or shutil.which("psql") is None:
        return None, "PostgreSQL is not here"
    version = subprocess.run([os.path.join(found, "postgres"), "--version"], capture_output=True, text=True).stdout.split()
    if not version or int(version[2].split(".")[0]) < 14:
        return None, "PostgreSQL is older than 14"
    return found, None


def unprivileged_user():
    """Whom to run the server as: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


class Server:
    """A server that lives as long as the block."""

    def __init__(self, programs, scratch):
        self.programs, self.user = programs, unprivileged_user()
        self.folder = pathlib.Path(scratch) / "server"
        self.folder.mkdir()
        if self.user:
            os.chmod(scratch, 0o755)
            shutil.chown(self.folder, self.user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.dsn = f"host=127.0.0.1 port={self.port} user=owner dbname=postgres"

    def run_as_user(self):
        return {"user": self.user, "extra_groups": []} if self.user else {}

    def __enter__(self):
        data = self.folder / "data"
        command = [f"{self.programs}/initdb", "-D", data, "-A", "trust", "-U", "owner", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self.run_as_user())
        command = [f"{self.programs}/postgres", "-D", data, "-p", str(self.port), "-k", self.folder, "-F",
                   "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=16MB", "-c", "max_connections=10", "-c", "autovacuum=off",
                   "-c", "full_page_writes=off", "-c", "jit=off"]
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self.run_as_user())
        for _ in range(200):
            if self.psql("-c", "SELECT 1", check=False).returncode == 0:
                return self
            time.sleep(0.05)
        self.__exit__()
        sys.exit("the server does not answer: " + (self.folder / "log").read_text())

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    def psql(self, *arguments, check=True, user="owner", script=None):
        command = ["psql", "-X", "-q", "-A", "-t", "-d", self.dsn.replace("user=owner", f"user={user}"), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", input=script, cwd="/")
        if check and done.returncode != 0:
            sys.exit(f"psql {arguments}: {done.stdout}{done.stderr}")
        return done


class Test:
    def __init__(self, program, source, scratch, server):
        self.program, self.source, self.scratch, self.server = program, source, scratch, server
        self.failures, self.names = [], itertools.count()

    def equal(self, what, found, expected):
        if found != expected:
            self.failures.append(f"{what}: found {found!r}, expected {expected!r}")

    def run(self, database, *arguments, check=True):
        command = [self.program, "--db", str(self.scratch / database), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True)
        if check and done.returncode != 0:
            sys.exit(f"{arguments}: {done.stdout}{done.stderr}")
        return done

    def apply(self, database, lines, recorded):
        facts = self.scratch / f"facts-{next(self.names)}"
        facts.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        self.run(database, "apply", "--recorded", recorded, facts)

    def shipped(self, database, *options):
        folder = self.scratch / f"shipped-{next(self.names)}"
        self.run(database, "export", "postgres", folder, *options)
        return folder

    def load(self, folder, *options, user="owner"):
        return self.server.psql(*options, "-f", folder / "load.sql", check=False, user=user)

    def loaded(self, what, folder, *options, user="owner"):
        done = self.load(folder, *options, user=user)
        self.equal(what, (done.returncode, done.stdout + done.stderr), (0, ""))

    def rows_of_file(self, database):
        """Of each view its description, and its rows without order."""
        folder = self.scratch / f"csv-{next(self.names)}"
        self.run(database, "export", "csv", folder)
        resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        rows = {}
        for resource in resources:
            with open(folder / resource["path"], newline="", encoding="utf-8") as file:
                rows[resource["name"]] = sorted(list(csv.reader(file))[1:])
        return resources, rows

    def rows_there(self, resources):
        script = "SET search_path = postmoney;\n"
        for resource in resources:
            columns = []
            for field in resource["schema"]["fields"]:
                name = f'"{field["name"]}"'
                if field.get("unit", "").startswith("microseconds"):
                    name = f"(extract(epoch FROM {name}) * 1000000)::bigint"
                elif (resource["name"], field["name"]) == ("stated", "id"):
                    name = f"encode({name}, 'hex')"
                columns.append(name)
            script += f"COPY (SELECT {', '.join(columns)} FROM {resource['name']}) TO STDOUT (FORMAT csv);\n\\echo @end\n"
        parts = self.server.psql("-v", "ON_ERROR_STOP=1", script=script).stdout.split("@end\n")
        return {r["name"]: sorted(csv.reader(io.StringIO(part, newline=""))) for r, part in zip(resources, parts)}

    def same_views(self, what, database):
        resources, here = self.rows_of_file(database)
        there = self.rows_there(resources)
        for name in here:
            if here[name] != there[name]:
                only_here = [row for row in here[name] if row not in there[name]][:2]
                only_there = [row for row in there[name] if row not in here[name]][:2]
                self.failures.append(f"{what}: {name}: {len(here[name])} rows and {len(there[name])}: the file has "
                                     f"{only_here}, PostgreSQL {only_there}")
        return here

    def harmed(self, folder, name, harm):
        broken = self.scratch / f"harmed-{name}-{next(self.names)}"
        shutil.copytree(folder, broken)
        rows = broken / "rows.sql"
        rows.write_text(harm(rows.read_text(encoding="utf-8")), encoding="utf-8")
        return broken

    def tables_there(self):
        """Of each table its rows, sorted."""
        names = self.server.psql("-c", "SELECT tablename FROM pg_tables WHERE schemaname = 'postmoney' ORDER BY 1").stdout.split()
        script = "".join(f"COPY postmoney.{name} TO STDOUT;\n\\echo @end\n" for name in names)
        parts = self.server.psql("-v", "ON_ERROR_STOP=1", script=script).stdout.split("@end\n")
        return {name: sorted(part.split("\n")) for name, part in zip(names, parts)}

    def same_tables(self, what, database):
        """Whether there are, table by table, the rows that an export of the whole has."""
        rows = (self.shipped(database) / "rows.sql").read_text(encoding="utf-8")
        time = re.compile(r"(?<=[\t\n])([0-9-]{10})T([0-9:]{8})([.][0-9]*?)?0*Z(?=[\t\n])")
        here = {}
        for name, text in re.findall(r"^COPY (\w+) [^\n]*;(\n.*?)^\\\.$", rows, re.M | re.S):
            here[name] = sorted(time.sub(lambda m: f"{m[1]} {m[2]}{m[3] or ''}+00", text)[1:].split("\n"))
        there = self.tables_there()
        self.equal(f"{what}: tables", here.keys() <= there.keys(), True)
        for name in there:
            expected = here.get(name, [""])  # a table without rows
            if there[name] != expected:
                self.failures.append(f"{what}: the table {name}: PostgreSQL alone has {sorted(set(there[name]) - set(expected))[:2]}, "
                                     f"the file {sorted(set(expected) - set(there[name]))[:2]}")

    def schema_is_there(self):
        return self.server.psql("-c", "SELECT count(*) FROM pg_namespace WHERE nspname = 'postmoney'").stdout.strip() == "1"


FIRST = "2025-01-02T08:00:00Z"
CORRECTIONS = [
    {"kind": "round", "key": "k0", "round": "xai-series-d", "company": "xAI", "raised": "7 million USD", "announced": "2025-01"},
    {"kind": "round", "key": "k1", "round": "xai-series-d", "company": "xAI", "raised": "8 million USD", "announced": "2025-01-31",
     "supersedes": "k0"},
    {"kind": "retraction", "key": "k2", "of": "k1", "reason": "wrong"},
    {"kind": "participation", "round": "xai-series-d", "investor": "NVIDIA", "amount": "1.01 USD", "lead": True},
    {"kind": "party", "name": "New Name", "aliases": ["xAI"], "attributes": {"a\\b": "tab\there\nline \\. \\N"}},
    {"kind": "round", "round": "other", "company": "Other \\N Inc", "raised": "5 EUR"},
    {"kind": "source", "id": "better", "type": "press"},
    {"kind": "source", "key": "k3", "id": "worse", "type": "rumour"},
    {"kind": "round", "round": "ranked", "company": "Ranked", "raised": "1 EUR", "source": "better"},
    {"kind": "round", "round": "ranked", "company": "Ranked", "raised": "2 EUR", "source": "worse"},
]
# Changes what is derived of a company without naming it.
RANKING = [{"kind": "source", "id": "worse", "type": "filing", "supersedes": "k3"}]
MORE = [
    {"kind": "retraction", "of": "k2", "reason": "was right"},
    {"kind": "round", "round": "later", "company": "Later", "raised": "92233720368547758.07 CHF", "price_per_share": "0.0000000001 CHF"},
    {"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": "2025-01-06", "rate": "1.0000000001"},
    {"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": "2025-Q1", "rate": "1.1"},
    {"kind": "source", "id": "s", "type": "press", "published": "2025-Q1"},
    {"kind": "stated_total", "company": "xAI", "amount": "12 billion USD", "on": "2025", "source": "s"},
]


def killed_in_the_middle(text):
    """psql kills itself between two tables."""
    parts = text.split("\\.\n\n")
    half = len(parts) // 2
    return "\\.\n\n".join(parts[:half]) + "\\.\n\\! kill -9 $PPID\n" + "\\.\n\n".join(parts[half:])


HARMS = {"cut": lambda text: text[: len(text) // 2], "killed": killed_in_the_middle, "killed at the end": lambda text: text + "\\! kill -9 $PPID\n"}


def whole(test):
    test.run("a.db", "apply", "--recorded", FIRST, pathlib.Path(test.source) / "examples/xai.facts.jsonl")
    test.apply("a.db", journals.hostile_facts(), "2025-01-03T08:00:00.000001Z")
    test.apply("a.db", CORRECTIONS, "2025-01-04T08:00:00Z")
    folder = test.shipped("a.db")
    # Cut off, and killed: nothing is left.
    for name, harm in HARMS.items():
        broken = test.harmed(folder, name, harm)
        test.equal(f"{name}: refused", test.load(broken).returncode != 0, True)
        test.equal(f"{name}: what is left", test.schema_is_there(), False)
    test.loaded("load", folder)
    test.same_views("whole", "a.db")
    test.equal("a second load", test.load(folder).returncode, 3)
    test.loaded("a second load that replaces", folder, "-v", "replace=1")
    types = test.server.psql("-c", "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = 'postmoney'")
    test.equal("types", sorted(types.stdout.split("\n")),
               ["", "bigint", "bytea", "integer", "text", "timestamp with time zone"])
    return folder


def csv_recipe(test):
    """COPY of the CSV export into bigint and text, as the table of recipes says it, and what it warns of."""
    folder = test.scratch / "csv-recipe"
    test.run("a.db", "export", "csv", folder)
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    script = "CREATE SCHEMA recipe;\nSET search_path = recipe;\n"
    for resource in resources:
        kinds = {"integer": "bigint"}
        columns = ", ".join(f'"{f["name"]}" {kinds.get(f["type"], "text")}' for f in resource["schema"]["fields"])
        script += f"CREATE TABLE {resource['name']} ({columns});\n"
        script += f"\\copy {resource['name']} FROM '{folder / resource['path']}' WITH (FORMAT csv, HEADER)\n"
    test.server.psql("-v", "ON_ERROR_STOP=1", script=script)
    script = "SET search_path = recipe;\n"
    for resource in resources:
        script += f"COPY {resource['name']} TO STDOUT (FORMAT csv);\n\\echo @end\n"
    parts = test.server.psql("-v", "ON_ERROR_STOP=1", script=script).stdout.split("@end\n")
    for resource, part in zip(resources, parts):
        with open(folder / resource["path"], newline="", encoding="utf-8") as file:
            expected = sorted(list(csv.reader(file))[1:])
        test.equal(f"the recipe of {resource['name']}", sorted(csv.reader(io.StringIO(part, newline=""))), expected)
    warned = test.server.psql("-c", "SELECT '1.005'::numeric(38, 2), 'NaN'::numeric(38, 2); DROP SCHEMA recipe CASCADE", check=False)
    test.equal("what numeric does", warned.stdout, "1.01|NaN\n")


def tampered(test):
    """--check tells each of these, and psql takes it back."""
    check = ("export", "postgres", "--check", test.server.dsn)
    done = test.run("a.db", *check)
    entries = json.loads(test.run("a.db", "sql", "SELECT count(*) AS n FROM entry", "--json").stdout)[0]["n"]
    test.equal("check", done.stdout, f"the database has the ledger: {entries} entries\n")
    for harm, told in (
        ("UPDATE inflow SET minor = minor + 1 WHERE currency = 'EUR'", "the sum of inflow.minor by currency"),
        ("DELETE FROM remark WHERE entry = (SELECT max(entry) FROM remark)", "the count of remark"),
        ("UPDATE entry SET body = body || ' ' WHERE entry = 7", "whose id is not that of their body"),
        ("UPDATE entry SET recorded = recorded + interval '1 microsecond' WHERE entry = 7", "whose hash does not follow"),
        ("UPDATE entry SET hash = sha256(hash) WHERE entry = (SELECT max(entry) FROM entry)", "the heads"),
    ):
        table = harm.split()[1 if harm[0] == "U" else 2]
        test.server.psql("-c", f"SET search_path = postmoney; CREATE TABLE public.kept AS SELECT * FROM {table}; {harm}")
        done = test.run("a.db", *check, check=False)
        test.equal(f"{harm}: status", done.returncode, 1)
        test.equal(f"{harm}: told", told in done.stderr, True)
        test.server.psql("-c", f"SET search_path = postmoney; SET session_replication_role = replica; DELETE FROM {table}; "
                               f"INSERT INTO {table} SELECT * FROM public.kept; DROP TABLE public.kept")
    test.equal("check, put right", test.run("a.db", *check, check=False).returncode, 0)
    test.equal("check of no server", test.run("a.db", "export", "postgres", "--check", "host=127.0.0.1 port=1", check=False).returncode, 2)


def append_only(test, folder):
    test.server.psql("-c", "CREATE ROLE desk LOGIN; CREATE ROLE analyst LOGIN")
    test.server.psql("-v", "loader=desk", "-v", "reader=analyst", "-f", folder / "append_only.sql")
    changes = ("UPDATE {} SET entry = entry", "DELETE FROM {}", "TRUNCATE {} CASCADE")
    for user, tables in (("owner", ("entry", "valuation", "repeat")), ("desk", ("entry",)), ("analyst", ("entry",))):
        commands = ["SET search_path = postmoney"] + [c.format(t) for t, c in itertools.product(tables, changes)]
        done = test.server.psql(*(part for command in commands for part in ("-c", command)), check=False, user=user)
        for table in tables:
            wanted = f"append-only: {table} rows never change" if user == "owner" else "permission denied for table " + table
            test.equal(f"{user}: changes of {table} refused", done.stderr.count(wanted), len(changes))


def step_by_step(test, folder):
    head = (folder / "head.txt").read_text(encoding="ascii").strip()
    test.equal("the head of one chain", head, test.run("a.db", "head").stdout.strip())
    test.apply("a.db", MORE, "2025-01-05T08:00:00Z")
    later = test.shipped("a.db", "--since", head)
    tampered_with = test.scratch / "tampered"
    shutil.copytree(later, tampered_with)
    rows = (later / "rows.sql").read_text(encoding="utf-8")
    for harm, told in (
        (lambda text: text.replace('"amount":"12 billion USD"', '"amount":"13 billion USD"', 1), "id is not that of their body"),
        (lambda text: text.replace("2025-01-05T08:00:00", "2025-01-05T08:00:01", 1), "hash does not follow"),
    ):
        (tampered_with / "rows.sql").write_text(harm(rows), encoding="utf-8")
        done = test.load(tampered_with, user="desk")
        test.equal(f"since, {told}", (done.returncode, told in done.stderr), (3, True))
    before = test.tables_there()
    for name, harm in HARMS.items():
        test.equal(f"since, {name}: refused", test.load(test.harmed(later, name, harm), user="desk").returncode != 0, True)
        test.equal(f"since, {name}: what is left", test.tables_there() == before, True)
    test.loaded("since", later, user="desk")
    test.same_views("since", "a.db")
    again = test.load(later, user="desk")
    test.equal("since, again", (again.returncode, "this is not the ledger as it was at the head" in again.stderr), (3, True))
    test.apply("a.db", RANKING, "2025-01-06T08:00:00Z")
    later = test.shipped("a.db", "--since", (later / "head.txt").read_text(encoding="ascii").strip())
    test.loaded("since, a source", later, user="desk")
    test.same_tables("since, a source", "a.db")
    raised = test.server.psql("-c", "SELECT raised FROM postmoney.rounds WHERE round = 'ranked'").stdout
    test.equal("since, a source: the round", raised, "2 EUR\n")
    test.loaded("since, nothing new", test.shipped("a.db", "--since", (later / "head.txt").read_text(encoding="ascii").strip()), user="desk")
    test.same_views("since, nothing new", "a.db")
    test.equal("check", test.run("a.db", "export", "postgres", "--check", test.server.dsn, check=False).returncode, 0)
    other = head[:-1] + ("0" if head[-1] != "0" else "1")
    refused = test.run("a.db", "export", "postgres", test.scratch / "no", "--since", other, check=False)
    test.equal("a head of nowhere", (refused.returncode, "[bad-head]" in refused.stderr, (test.scratch / "no").exists()),
               (2, True, False))


def random_lines(random, step, keys):
    """A few lines of any kind that the views read, which correct, unite and take back what came before; `keys` are those of lines so far."""
    companies, funds = [f"Firm {n}" for n in range(9)], [f"Fund {n}" for n in range(9)]
    lines = []
    for n in range(30 if step == 0 else random.choice((1, 1, 1, 2, 5))):
        company, fund, key = random.choice(companies), random.choice(funds), f"{step}-{n}"
        handle = f"{company.lower().replace(' ', '-')}-{random.randint(1, 2)}"
        amount = f"{random.randint(1, 99)} {random.choice(('million USD', 'EUR', 'thousand JPY'))}"
        kind = random.choice(("round", "round", "participation", "participation", "valuation", "party", "party", "source", "source", "source",
                              "stated_total", "fx_rate", "retraction", "retraction", "closing", "remark"))
        day = f"2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        line = {"kind": kind, "key": key}
        if kind in ("participation", "closing") and handle not in keys.setdefault("rounds", set()):
            line["kind"] = kind = "round"
        if kind == "round":
            keys.setdefault("rounds", set()).add(handle)
            line |= {"round": handle, "company": company, "raised": amount, "announced": day, "instrument": "equity"}
        elif kind == "participation":
            line |= {"round": handle, "investor": fund, "amount": amount, "shares": str(random.randint(1, 9))}
        elif kind == "closing":
            line |= {"round": handle, "on": day, "amount": amount}
        elif kind in ("valuation", "stated_total"):
            line |= {"company": company, "on": day, "amount": amount} | ({"basis": "post-money"} if kind == "valuation" else {})
        elif kind == "party":
            line |= {"name": random.choice((company, fund, fund)), "country": random.choice(("US", "IT"))}
            if random.random() < 0.5:
                line["aliases"] = [random.choice(companies if random.random() < 0.2 else funds)]
        elif kind == "source":
            line |= {"id": f"source {random.randint(1, 3)}", "type": random.choice(("press", "filing", "rumour")), "published": day}
            keys.setdefault("sources", set()).add(line["id"])
            if line["id"] in keys.setdefault("lines of sources", {}):
                line["supersedes"] = keys["lines of sources"][line["id"]]
            keys["lines of sources"][line["id"]] = key
        elif kind == "fx_rate":
            line |= {"base": "EUR", "quote": "USD", "on": f"2024-01-0{random.randint(1, 3)}", "rate": f"1.{random.randint(1, 9)}"}
        elif kind == "remark":
            line |= {"about": company, "text": "said"}
        else:
            line |= {"of": random.choice(sorted(keys.get("lines", {"0"}))), "reason": "wrong"}
        if kind not in ("source", "party", "retraction", "remark") and keys.get("sources") and random.random() < 0.6:
            line["source"] = random.choice(sorted(keys["sources"]))
        lines.append(line)
        keys.setdefault("lines", set()).add(key)
    return lines


def random_steps(test):
    """A ledger that grows by steps of any kind, shipped step by step: each time the rows are those of the file, and all references lead
    to rows."""
    random, keys, applied, united = Random(20), {}, 0, 0
    test.run("steps.db", "init")
    test.apply("steps.db", [{"kind": "remark", "about": "Firm 0", "text": "first"}], "2025-03-01T00:00:00Z")
    folder = test.shipped("steps.db")
    test.loaded("steps", folder, "-v", "replace=1")
    test.server.psql("-v", "loader=desk", "-f", folder / "append_only.sql")
    references = folder / "references.sql"
    head = (folder / "head.txt").read_text(encoding="ascii").strip()
    for step in range(50):
        for line in random_lines(random, step, keys):
            facts = test.scratch / "step"
            facts.write_text(json.dumps(line) + "\n", encoding="utf-8")
            # Some lines are refused: of a round of another company, or of what is taken back already.
            done = test.run("steps.db", "apply", "--recorded", f"2025-03-02T00:{step:02}:00Z", facts, check=False)
            applied += done.returncode == 0
        if step % 10 == 7:
            # A desk writes to a copy, and what it wrote is merged: its chain forks off.
            desk = f"desk-of-{step}.db"
            test.run("steps.db", "backup", test.scratch / desk)
            test.apply(desk, [{"kind": "round", "round": f"of desk {step}", "company": f"Firm {step % 6}", "raised": "3 EUR"},
                              {"kind": "remark", "about": "Firm 1", "text": f"of desk {step}"}], f"2025-03-02T00:{step:02}:30Z")
            if step % 20 == 7:
                test.apply("steps.db", [{"kind": "remark", "about": "Firm 1", "text": f"of desk {step}"}], f"2025-03-02T00:{step:02}:40Z")
            test.run("steps.db", "merge", test.scratch / desk)
        folder = test.shipped("steps.db", "--since", head)
        united += "SET home = " in (folder / "rows.sql").read_text(encoding="utf-8")
        test.loaded(f"step {step}", folder, user="desk")
        head = (folder / "head.txt").read_text(encoding="ascii").strip()
        test.same_tables(f"step {step}", "steps.db")
        if step % 6 == 5:
            test.same_views(f"step {step}", "steps.db")
            done = test.server.psql("-f", references, check=False)
            test.equal(f"step {step}: references", (done.returncode, done.stderr), (0, ""))
    test.equal("lines and unions", (applied > 80, united > 1), (True, True))


def desks(test):
    """Eight overlapping ledgers, merged in three orders and shipped as they come."""
    for desk in range(8):
        lines = [{"kind": "round", "round": f"r{r}", "company": f"Company {r}", "raised": f"{r + 1}.0{r} USD", "announced": "2024"}
                 for r in range(desk, desk + 3)]
        lines.append({"kind": "remark", "about": f"Company {desk}", "text": f"of desk {desk}"})
        test.apply(f"desk{desk}.db", lines, f"2025-02-{desk + 1:02}T08:00:00Z")
    rows, ways = [], collections.Counter()
    for order in (range(8), reversed(range(8)), (3, 1, 4, 0, 5, 2, 6, 7)):
        collector = f"collector{len(rows)}.db"
        test.run(collector, "init")
        head = None
        for step, desk in enumerate(order):
            test.run(collector, "merge", test.scratch / f"desk{desk}.db")
            if step % 4 != 3:
                continue
            # A step where the database is as it was then; the whole otherwise.
            folder = test.shipped(collector, "--since", head) if head else None
            stepped = folder is not None and test.load(folder).returncode == 0
            ways[stepped] += 1
            if not stepped:
                folder = test.shipped(collector)
                test.loaded("collector", folder, "-v", "replace=1")
            head = (folder / "head.txt").read_text(encoding="ascii").strip()
        rows.append(test.same_views("collector", collector))
        stepped = test.tables_there()
        test.loaded("collector, the whole", test.shipped(collector), "-v", "replace=1")
        test.equal("step by step and the whole", stepped, test.tables_there())
    test.equal("orders", [rows[0] == other for other in rows], [True] * 3)
    test.equal("a step and the whole", (ways[True] > 0, ways[False] > 3), (True, True))


def main(program, source):
    programs, missing = binaries()
    if missing:
        print(f"skipped: {missing}")
        return SKIPPED
    if os.getuid() == 0 and unprivileged_user() is None:
        print("skipped: there is no user without rights to run the server as")
        return SKIPPED
    with tempfile.TemporaryDirectory() as scratch, Server(programs, scratch) as server:
        test = Test(program, source, pathlib.Path(scratch), server)
        folder = whole(test)
        csv_recipe(test)
        tampered(test)
        append_only(test, folder)
        step_by_step(test, folder)
        desks(test)
        random_steps(test)
    for failure in test.failures:
        print(failure[:2000], file=sys.stderr)
    return 1 if test.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
