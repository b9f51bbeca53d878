#!/usr/bin/env python3
"""Checks the text of the sources. Prints every breach with its file and line; exit status 1 with any.

    functions   A function has at most 60 lines, from the signature to the closing brace. Rows of a table do not count.
    sql         A line has at most 120 columns.
    names       The things that a comment names exist: files, paths, `names` in backticks, calls(), CamelCase and
                snake_case names.
    messages    No text of the library names a command or an option of the program: another program shows it. Scripts
                that it writes may name psql's options.
    namespace   A public header opens POSTMONEY_NAMESPACE, so that the header-only way has its names apart.
    scripts     No script has the name of a module of Python's: the scripts beside it would load it instead.
    helpers     Two sources of one target do not use one name for things that only their own file sees, because these
                would meet in a unity build.

usage: lint.py ROOT [--all]    --all also prints the breaches that PENDING lets pass
"""
import ast
import collections
import fnmatch
import os
import pathlib
import re
import sys

sys.dont_write_bytecode = True  # the folder of the sources stays clean
from source import Source  # noqa: E402

LONGEST_FUNCTION = 60
WIDEST_SQL = 120
CXX_FOLDERS = ("include", "lib", "examples", "tests")
SKIPPED_FOLDERS = {"build", "node_modules", "__pycache__", ".git"}
DATA_FOLDERS = {"corpus", "expected", "fixtures"}

# The sources that a unity build may join; each line is one target.
TARGETS = {
    "postmoney": ["lib/**/*.cpp"],
    "postmoney_cli": ["examples/postmoney/**/*.cpp"],
    "unit_tests": ["tests/unit/*_test.cpp"],
    "property_tests": ["tests/property/*_properties.cpp"],
    "store_tests": ["tests/store/*_test.cpp"],
    "store_property_tests": ["tests/store/*_properties.cpp"],
    "benchmark_suite": ["tests/benchmark/*.cpp"],
    "static_tests": ["tests/static/*.cpp"],
}

# What names the program within a text of the library: a command, or an option.
OF_PROGRAM = re.compile(r"\bpostmoney [a-z]|(?<![\w-])--(?!convert-to)[a-z]|\brun (?:verify|restore|apply|merge|init)\b")
# Sources whose texts are scripts for others, or that are programs themselves.
SCRIPTS = ("lib/export/postgres_*", "lib/schema/*")

# Known breaches, which wait for others who are editing these files: a rule and the pattern of a path. A line without a
# breach is a breach itself.
PENDING = ""

# Names of others that comments may use: programs, standards, functions and files that are not in this repository.
OUTSIDE = set("""
FindSQLite3 JavaScript SplitMix64 log10 range_error
append_only.sql distribute.sql listed_commands.cpp load.sql migrations.cpp references.sql sqlite3.h
""".split())

# A name with such an ending means a file of ours; other endings are those of input.
OUR_ENDINGS = r"(?:cmake|cpp|hpp|h|js|md|py|sh|sql)"
FILE = re.compile(rf"(?<![\w/.*-])[\w./*-]*[\w*]\.{OUR_ENDINGS}\b(?!\.\w)")
PATH = re.compile(r"(?<![\w/.-])(?:tests|lib|include|examples|schema|findings)/[\w./*-]*[\w*]")
CALL = re.compile(r"(?<![\w.-])~?(\w*[a-z]\w*)\((?!s\))")
TICKED = re.compile(r"`~?([A-Za-z_]\w*(?:(?:::|\.)\w+)*)(?:\(\))?`")
CAMEL = re.compile(r"\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+\b")
SNAKE = re.compile(r"(?<![\w/.-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+\b(?!\.\w|/)")
SCOPED = re.compile(r"\b\w+(?:::\w+)+\b")

# The marks of comments, and the files that are read as text.
MARKS = {".sql": "--", ".py": "#", ".sh": "#", ".cmake": "#", ".js": "//"}
TEXTS = {".cpp", ".hpp", ".in", ".txt", ".json", ".jsonl", *MARKS}


def comments_of_lines(text, mark):
    """Comments of languages in which `mark` begins one; a mark within a line needs a blank before it."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.search(rf"(?:^|\s){mark}(?!!)(.*)", line)
        if match:
            yield number, match.group(1)


def docstrings(text):
    """The texts in which Python's modules, classes and functions say what they are, a line each."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            first = node.body[0].lineno
            for offset, part in enumerate(node.body[0].value.value.splitlines()):
                yield first + offset, part


class Lint:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.files = sorted(self.walk())
        self.paths = [self.name(path) for path in self.files]
        self.folders = {str(parent) for path in self.paths for parent in pathlib.PurePath(path).parents}
        self.texts = {path: path.read_text() for path in self.files if self.is_text(path)}
        self.sources = {path: Source(text) for path, text in self.texts.items()
                        if path.suffix in (".cpp", ".hpp") and self.name(path).startswith(CXX_FOLDERS)}
        self.breaches = []

    def walk(self):
        for folder, folders, files in os.walk(self.root):
            folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
            yield from (pathlib.Path(folder) / name for name in files)

    def is_text(self, path):
        return path.suffix in TEXTS and not DATA_FOLDERS & set(path.relative_to(self.root).parts)

    def name(self, path):
        return str(path.relative_to(self.root))

    def breach(self, rule, path, line, text):
        self.breaches.append((rule, self.name(path), line, text))

    def check_functions(self):
        for path, source in self.sources.items():
            for function in source.functions:
                length = function.last - function.line + 1 - function.rows
                if length > LONGEST_FUNCTION:
                    self.breach("functions", path, function.line, f"{function.name} has {length} lines")

    def check_sql(self):
        for path, text in self.texts.items():
            if path.suffix == ".sql":
                for number, line in enumerate(text.splitlines(), 1):
                    if len(line) > WIDEST_SQL:
                        self.breach("sql", path, number, f"the line has {len(line)} columns")

    def check_messages(self):
        for path, source in self.sources.items():
            name = self.name(path)
            if not name.startswith(("include/", "lib/")) or any(fnmatch.fnmatch(name, one) for one in SCRIPTS):
                continue
            for line, text in source.literals:
                found = OF_PROGRAM.search(text)
                if found:
                    self.breach("messages", path, line, f"a text of the library names {found.group()!r}")

    def check_namespace(self):
        for path, text in self.texts.items():
            if not self.name(path).startswith("include/"):
                continue
            for number, line in enumerate(text.splitlines(), 1):
                if re.match(r"namespace postmoney\b", line):
                    self.breach("namespace", path, number, "expected namespace POSTMONEY_NAMESPACE")

    def comments(self):
        """(path, line, text) of every comment."""
        for path, source in self.sources.items():
            for line, text in source.comments:
                for offset, part in enumerate(text.splitlines()):
                    yield path, line + offset, part
        for path, text in self.texts.items():
            mark = MARKS.get(path.suffix) or ("#" if path.name == "CMakeLists.txt" else None)
            if mark:
                for line, comment in comments_of_lines(text, mark):
                    yield path, line, comment
            if path.suffix == ".py":
                for line, comment in docstrings(text):
                    yield path, line, comment

    def known_names(self):
        """Every word that is anywhere but in a comment: of code, literals, SQL, scripts, and the names of files."""
        known = set(OUTSIDE)
        for path, text in self.texts.items():
            if path not in self.sources:
                text = re.sub(rf"(?m)(^|\s){MARKS.get(path.suffix, '#')}.*", "", text)
                known.update(re.findall(r"\w+", text))
        for source in self.sources.values():
            known.update(re.findall(r"\w+", source.code))
            known.update(source.words)
        known.update(path.stem for path in self.files)
        return known

    def exists(self, path):
        """Whether there is such a file or folder. NAME_test.cpp and *_test.cpp mean any; a program needs no ending."""
        if path in OUTSIDE or path.rstrip("/") in self.folders:
            return True
        if any(("/" + p).endswith("/" + path) for p in self.paths):
            return True
        pattern = re.sub(r"(?<![A-Za-z])[A-Z]+(?![A-Za-z])", "*", path).rstrip("/")
        if "*" in pattern and any(fnmatch.fnmatch("/" + p, "*/" + pattern) for p in [*self.paths, *self.folders]):
            return True
        return any(re.match(re.escape(path) + r"([_.]\w+)?\.\w+$", p) for p in self.paths)

    def check_names(self):
        known = self.known_names()
        for path, line, text in self.comments():
            text = re.sub(r"\w+://\S+", "", text)
            for match in dict.fromkeys(m.group() for m in [*FILE.finditer(text), *PATH.finditer(text)]):
                if not self.exists(match):
                    self.breach("names", path, line, f"there is no file {match}")
            text = PATH.sub("", FILE.sub("", text))
            words = [m.group(1) for m in CALL.finditer(text)]
            words += [m.group() for m in [*CAMEL.finditer(text), *SNAKE.finditer(text)]]
            for match in [*TICKED.finditer(text), *SCOPED.finditer(text)]:
                words += re.findall(r"\w+", match.group())
            for word in dict.fromkeys(words):
                placeholder = "NAME" in word or word.isupper() and not word.startswith("POSTMONEY_")
                if word not in known and not placeholder:
                    self.breach("names", path, line, f"nothing is called {word}")

    def check_scripts(self):
        for path in self.files:
            if path.suffix == ".py" and path.stem in sys.stdlib_module_names:
                self.breach("scripts", path, 1, f"{path.stem} is a module of Python's")

    def check_helpers(self):
        for target, patterns in TARGETS.items():
            users = collections.defaultdict(list)
            for path, source in self.sources.items():
                if any(path.match(pattern) or fnmatch.fnmatch(self.name(path), pattern.replace("**/", "*"))
                       for pattern in patterns):
                    for name, line in {h.name: h.line for h in reversed(source.helpers)}.items():
                        users[name].append((path, line))
            for name, places in sorted(users.items()):
                for path, line in places[1:]:
                    first = f"{self.name(places[0][0])}:{places[0][1]}"
                    self.breach("helpers", path, line, f"{name} is also a helper in {first} ({target})")

    def check(self):
        self.check_functions()
        self.check_sql()
        self.check_messages()
        self.check_names()
        self.check_namespace()
        self.check_scripts()
        self.check_helpers()
        return sorted(self.breaches)


def main():
    lint = Lint(sys.argv[1])
    pending = [line.split() for line in PENDING.splitlines() if line]
    shown, passed, used = 0, 0, set()
    for rule, path, line, text in lint.check():
        waiting = [i for i, (of_rule, pattern) in enumerate(pending)
                   if of_rule == rule and fnmatch.fnmatch(path, pattern)]
        used.update(waiting)
        if not waiting or "--all" in sys.argv:
            print(f"{path}:{line}: {text}")
        shown, passed = (shown, passed + 1) if waiting else (shown + 1, passed)
    for i, (rule, pattern) in enumerate(pending):
        if i not in used:
            print(f"tests/structure/lint.py: PENDING names {rule} {pattern}, which has no breach")
            shown += 1
    print(f"{len(lint.sources)} sources, {shown} breaches, {passed} pending")
    return 1 if shown else 0


if __name__ == "__main__":
    sys.exit(main())
