#!/usr/bin/env python3
"""Checks who includes whom, on the text of the sources, against rooms.txt. Prints every breach; exit status 1 with any.

usage: rooms.py ROOT           --arrows prints the arrows between rooms instead
"""
import collections
import pathlib
import re
import sys

STANDARD = re.compile(r"[a-z_0-9]+$")  # <vector>; other libraries' headers have a dot or a folder in their names
SYSTEM = {"fcntl.h", "unistd.h"}  # POSIX, for what the standard library cannot do with files
# Headers of a library may lie outside a folder of its name.
LIBRARY = {"archive.h": "archive", "archive_entry.h": "archive", "csv.h": "csv", "pugixml.hpp": "pugixml",
           "simdjson.h": "simdjson", "sqlite3.h": "sqlite3", "sqlite3ext.h": "sqlite3", "utf8proc.h": "utf8proc"}
PUBLIC_LIBRARIES = {"boost", "date"}
DEFINITIONS = "-inl.hpp"  # NAME-inl.hpp: the definitions of NAME.hpp, which includes it at its end
COMPILED = {"fact/facts_line.hpp"}  # public, but not part of postmoney::core, so in no umbrella of core's
PRIVATE_TO_LIBRARY = re.compile(r"sqlite3|SQLiteCpp|(^|/)lib/|postmoney/(.*/)?detail/")


class Structure:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.include = self.root / "include" / "postmoney"
        self.lib = self.root / "lib"
        self.breaches = []
        self.rooms = {}
        for line in (self.root / "tests/structure/rooms.txt").read_text().splitlines():
            if not line or line.startswith("#"):
                continue
            room, *may, libraries = re.split(r"\s{2,}", line.strip())
            self.rooms[room] = (set(may[0].split()) - {"-"}, set(libraries.split()) - {"-"})
        self.order = list(self.rooms)
        self.files = self.library_files()

    def library_files(self):
        """Every header and source by the name that it is included by, without `postmoney/` for the public ones."""
        files = {}
        for top in (self.include, self.lib):
            for path in sorted(top.rglob("*.[ch]pp")):
                files.setdefault(str(path.relative_to(top)), []).append(path)
        return [(name, path) for name, paths in files.items() for path in paths]

    def breach(self, path, text):
        self.breaches.append(f"{path.relative_to(self.root)}: {text}")

    def room_of(self, name):
        """The innermost room of a file: import/csv for import/csv_map.hpp. None for a face on top of the rooms."""
        if "/" not in name:
            return None
        fits = [room for room in self.rooms if re.match(re.escape(room) + r"[/_.]", name)]
        return max(fits, key=len, default="")

    @staticmethod
    def includes(path):
        return re.findall(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', path.read_text(), re.MULTILINE)

    def check_file(self, name, path):
        public = self.include in path.parents
        room = self.room_of(name)
        if room == "":
            return self.breach(path, "is in no room of rooms.txt")
        for included in self.includes(path):
            if STANDARD.match(included) or included in SYSTEM:
                continue
            library = LIBRARY.get(included, included.split("/")[0])
            own = included.removeprefix("postmoney/")
            is_own = library == "postmoney" or (self.lib / included).exists()
            if not is_own:
                allowed = {"fmt"} if name == "fmt.hpp" else self.rooms[room][1] if room else set()
                if library not in allowed or (public and library not in PUBLIC_LIBRARIES | {"fmt"}):
                    self.breach(path, f"includes {included}, a library that its room may not use")
                continue
            if public and library != "postmoney":
                self.breach(path, f"includes {included}, which is not public")
            if room is None:
                continue
            other = self.room_of(own)
            if other is None and own not in ("fwd.hpp", "version.hpp"):
                self.breach(path, f"includes {included}, which stands above the rooms")
            elif other not in (None, room) and other not in self.rooms[room][0]:
                self.breach(path, f"includes {included} of {other}, which {room} may not include")

    def check_umbrellas(self):
        """The header beside a room includes each header in it and nothing else."""
        for umbrella in sorted(self.include.glob("*.hpp")):
            folder = self.include / umbrella.stem
            if not folder.is_dir():
                continue
            expected = {f"postmoney/{p.relative_to(self.include)}" for p in folder.glob("*.hpp")
                        if not p.name.endswith(DEFINITIONS)}
            expected -= {f"postmoney/{name}" for name in COMPILED}
            got = set(self.includes(umbrella))
            for missing in sorted(expected - got):
                self.breach(umbrella, f"does not include {missing}")
            for extra in sorted(got - expected):
                self.breach(umbrella, f"includes {extra}, which is not in the room beside it")

    def check_circles(self):
        """No header reaches itself."""
        targets = {}
        for name, path in self.files:
            key = ("postmoney/" if self.include in path.parents else "") + name
            own_definitions = key.removesuffix(".hpp") + DEFINITIONS
            targets[key] = (path, [included for included in self.includes(path) if included != own_definitions])
        state = {}

        def visit(key, trail):
            if state.get(key) == "done" or key not in targets:
                return
            if state.get(key) == "open":
                circle = trail[trail.index(key):] + [key]
                self.breach(targets[key][0], "includes itself: " + " -> ".join(circle))
                return
            state[key] = "open"
            for included in targets[key][1]:
                visit(included, trail + [key])
            state[key] = "done"

        for key in targets:
            visit(key, [])

    def check_order(self):
        """Where the library is not linked, definitions stand below all that they include, whichever header comes
        first: an include of a header that is still being read gives nothing."""
        def own_definitions(key):
            return key.removesuffix(".hpp") + DEFINITIONS

        paths = {f"postmoney/{name}": path for name, path in self.files if self.include in path.parents}
        includes = {key: [i for i in self.includes(path) if i in paths] for key, path in paths.items()}

        def read(key, seen, open_headers):
            seen.add(key)
            open_headers.append(key)
            for included in includes[key]:
                if included not in seen:
                    read(included, seen, open_headers)
                elif included in open_headers and included != own_definitions(key):
                    inner = open_headers[open_headers.index(included) + 1]
                    if inner != own_definitions(included):  # it includes them at its end
                        self.breach(paths[key], f"comes before the end of {included} when {open_headers[0]} is read first")
            open_headers.pop()

        for key in paths:
            if not key.endswith(DEFINITIONS):
                read(key, set(), [])

    def check_table(self):
        """A line names only rooms that stand above it."""
        for i, (room, (may, _)) in enumerate(self.rooms.items()):
            for other in sorted(may - set(self.order[:i])):
                self.breach(self.root / "tests/structure/rooms.txt", f"{room} may not name {other}")

    def check_programs(self):
        """Examples use only what is public."""
        for path in sorted((self.root / "examples").rglob("*.[ch]pp")):
            for included in self.includes(path):
                if PRIVATE_TO_LIBRARY.search(included):
                    self.breach(path, f"includes {included}, which is private to the library")

    def arrows(self):
        arrows = collections.Counter()
        for name, path in self.files:
            room = self.room_of(name)
            for included in self.includes(path):
                other = self.room_of(included.removeprefix("postmoney/"))
                own = included.startswith("postmoney/") or (self.lib / included).exists()
                if room and other and own and room != other:
                    arrows[room, other] += 1
        return arrows

    def check(self):
        self.check_table()
        for name, path in self.files:
            self.check_file(name, path)
        self.check_umbrellas()
        self.check_circles()
        self.check_order()
        self.check_programs()
        return self.breaches


def main():
    structure = Structure(sys.argv[1])
    if "--arrows" in sys.argv:
        arrows = structure.arrows()
        for (room, other), count in sorted(arrows.items(), key=lambda a: structure.order.index(a[0][0])):
            print(f"{room} -> {other}: {count}")
        print(f"{len(structure.rooms)} rooms, {len(arrows)} arrows")
        return 0
    breaches = structure.check()
    print(*breaches, sep="\n")
    print(f"{len(structure.files)} files in {len(structure.rooms)} rooms, {len(breaches)} breaches")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
