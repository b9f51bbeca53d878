"""The parts that the peers in Python share: how work is timed, and how the answers are handed back.

A peer is run as `PROGRAM FOLDER QUESTION...`. The folder has the same rounds as rounds.csv, rounds.journal and
rounds.beancount; the questions are `company`, `year` and `currency`: the sum of what was raised by each. `text` is asked
with `company`: from the text to the totals of all companies. A peer prints a JSON array of
{peer, question, seconds, mib, totals}, where totals is a CSV file to compare with the ledger's answer. Its exit status is
77 if its program is not installed.
"""

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

NOT_INSTALLED = 77


class Answers:
    def __init__(self, folder):
        self.folder = folder
        self.rows = []

    def add(self, peer, question, seconds, unit, totals, mib=None):
        """totals: rows of a key (empty for `currency`), a currency and an amount; unit: `minor` or `decimal`, the amount's."""
        path = os.path.join(self.folder, f"{peer}.{question}.csv".replace(" ", "-"))
        with open(path, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["key", "currency", unit])
            out.writerows(totals)
        self.rows.append({"peer": peer, "question": question, "seconds": seconds, "mib": mib, "totals": path})

    def add_plain_text(self, peer, question, seconds, totals, mib):
        """For a peer that reads its text for each question, so that the totals of all companies are `text` too."""
        for name in ("company", "text") if question == "company" else (question,):
            self.add(peer, name, seconds, "decimal", totals, mib)

    def print(self):
        json.dump(self.rows, sys.stdout)


def median_of(work):
    """The median time of three runs of the work, of fewer when they take more than ten seconds; and its result."""
    times = []
    while len(times) < 3 and sum(times) < 10:
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def run(command, script=""):
    """The command's output, and its peak memory in MiB, which is at least that of this process, where it starts."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write(script)
        process.stdin.close()
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with the status {process.returncode}")
    return output, usage.ru_maxrss / 1024


def ask_program(name, folder, questions, command, totals):
    """Answers by running the command of a question; `totals` reads its output."""
    if shutil.which(name) is None:
        sys.exit(NOT_INSTALLED)
    answers = Answers(folder)
    for question in questions:
        seconds, (output, mib) = median_of(lambda question=question: run(command(question)))
        answers.add_plain_text(name, question, seconds, totals(question, output), mib)
    answers.print()


def peak_mib():
    """The peak memory of this process. ru_maxrss would start with that of the parent process."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return None
