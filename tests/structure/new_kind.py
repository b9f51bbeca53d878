#!/usr/bin/env python3
"""Adds a kind of entry to a copy of the project, in three files, and shows that everything follows: the schema is
generated, the library compiles, and a line of the new kind is recorded, kept in its table, exported and verified. The
copy is built as a part of somebody else's project, which is the last of the ways that tests/consumer tries.

usage: new_kind.py ROOT BUILD_FOLDER COMPILER
"""
import pathlib
import shutil
import subprocess
import sys

HEADER = """// BoardSeat: who sits on a company's board.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

struct BoardSeat {
    std::string company;
    std::string holder;
    std::optional<bool> observer = {};

    static constexpr std::string_view description = "Who sits on the board of `entry.party`.";
    static constexpr bool on_company = false;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("company", FieldRole::subject), self.company...);
        visit("holder", self.holder...);
        visit("observer", self.observer...);
    }
    friend bool operator==(const BoardSeat&, const BoardSeat&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
"""

LINE = '{"kind":"board_seat","company":"Acme","holder":"Ann Example","observer":true}'

PROGRAM = """#include <iostream>
#include <sstream>

#include "postmoney/postmoney.hpp"

using namespace postmoney;

int main() {
    auto ledger = Ledger::in_memory();
    std::istringstream facts(LINE);
    ledger.apply(facts, "facts");
    ledger.query("SELECT holder, observer FROM board_seat", {.row = [](std::span<const SqlCell> cells) {
                     std::cout << std::get<std::string_view>(cells[0]) << ' ' << std::get<std::int64_t>(cells[1]) << '\\n';
                 }});
    ledger.export_facts(std::cout);
    return ledger.verify().ok ? 0 : 1;
}
"""


def replace(path, old, new):
    text = path.read_text()
    if text.count(old) != 1:
        sys.exit(f"{path}: expected once: {old}")
    path.write_text(text.replace(old, new))


def add_kind(copy):
    """The three files that a new kind touches."""
    fact = copy / "include/postmoney/fact"
    (fact / "board_seat.hpp").write_text(HEADER)
    entry = fact / "entry.hpp"
    include = '#include "postmoney/fact/closing.hpp"\n'
    replace(entry, include, '#include "postmoney/fact/board_seat.hpp"\n' + include)
    last = "    kind(retraction, Retraction)\n"
    replace(entry, last, last.rstrip("\n").ljust(39) + "\\\n    kind(board_seat, BoardSeat)\n")
    umbrella = '#include "postmoney/fact/claim.hpp"\n'
    replace(copy / "include/postmoney/fact.hpp", umbrella, '#include "postmoney/fact/board_seat.hpp"\n' + umbrella)


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def main():
    root, build, compiler = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    copy, made = build / "source", build / "made"
    shutil.rmtree(copy, ignore_errors=True)
    for folder in ("include", "lib", "schema"):
        shutil.copytree(root / folder, copy / folder)
    shutil.copy(root / "CMakeLists.txt", copy)
    add_kind(copy)
    # The manual asks for a section on the new table; its rows are written by the generator.
    manual = copy / "schema/README.md"
    replace(manual, "\n### retraction\n", "\n### board_seat\n\n### retraction\n")
    consumer = root / "tests/consumer"
    program = build / "program.cpp"
    program.write_text(PROGRAM.replace("LINE", f'R"({LINE})"'))
    run("cmake", "-S", consumer / "project", "-B", made, "-G", "Ninja", "-D", f"CMAKE_CXX_COMPILER={compiler}", "-D",
        "WAY=subdirectory-store", "-D", f"POSTMONEY_SOURCE={copy}", "-D", f"OTHER_PROGRAM={program}", "-D",
        "CMAKE_CXX_FLAGS=-O0", "-D", "CMAKE_UNITY_BUILD=ON")
    run("cmake", "--build", made, "--target", "update_schema")
    sql = (copy / "schema/0001_ledger.sql").read_text()
    for expected in ("CREATE TABLE board_seat (", "board_seat_no_update", "observer INTEGER CHECK (observer IN (0, 1))"):
        if expected not in sql:
            sys.exit(f"the schema lacks: {expected}")
    if "| observer | INTEGER | yes |" not in manual.read_text():
        sys.exit("the manual lacks the new columns")
    run("cmake", "--build", made, "--target", "consumer", "other")
    run("cmake", "-D", f"BUILD_DIR={made}", "-P", consumer / "check.cmake")
    printed = run(made / "other")
    if "Ann Example 1\n" not in printed or '"holder":"Ann Example","kind":"board_seat"' not in printed:
        sys.exit(f"the new kind is not recorded and exported:\n{printed}")
    print("a kind of three fields touches three files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
