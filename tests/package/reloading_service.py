#!/usr/bin/env python3
"""The example service, whose rulebook is replaced while it answers: first by one that is refused, then by another version.

    reloading_service.py PROGRAM RULES
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

ANSWERS = """\
version 1, corner shop: 0 points, tier B, clauses 0, 0 unknown, no call
version 1, stranger: 40 points, tier B, clauses 1, 1 unknown, no call
version 1, studio: 90 points, tier A, clauses 7, 0 unknown, call
version 2, corner shop: 20 points, tier B, clauses 4, 0 unknown, no call
version 2, stranger: 15 points, tier B, clauses 1, 1 unknown, no call
version 2, studio: 100 points, tier A, clauses 3, 0 unknown, call
"""
FEWEST_ANSWERS = 10_000
SECONDS_TO_WAIT = 60


def second_version(rules):
    """Every record is answered in another way than by the first."""
    return (rules.replace('version "1"', 'version "2"').replace("points 40", "points 15")
            .replace("points 30", "points 85").replace("A from 60", "A from 80")
            .replace("in (design, agency)", "is retail"))


class Service:
    """The example service, and the lines that it has printed so far."""

    def __init__(self, program, file):
        self.process = subprocess.Popen([program, file, "3"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        self.lines, self.grown = [], threading.Condition()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            with self.grown:
                self.lines.append(line)
                self.grown.notify_all()

    def wait_for(self, line):
        with self.grown:
            found = self.grown.wait_for(lambda: any(each.startswith(line) for each in self.lines), SECONDS_TO_WAIT)
        if not found:
            raise AssertionError(f"no `{line}` in\n{''.join(self.lines)}")

    def end(self):
        """Its exit code, and all that it printed."""
        self.process.stdin.close()
        self.reader.join()
        self.process.stdout.close()
        return self.process.wait(), "".join(self.lines)


def replace(file, text):
    """As a whole: a service never sees half a file."""
    aside = file.with_suffix(".aside")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, file)


def expect(true, said):
    if not true:
        raise AssertionError(said)


def reload(program, live, rules):
    """What the service said, when all went well."""
    replace(live, rules)
    service = Service(program, live)
    try:
        service.wait_for("in force: version 1, native code")
        service.wait_for("freed: version 1, interpreted")
        replace(live, rules.replace("points 40", "points forty"))
        service.wait_for("refused: RB")
        replace(live, second_version(rules))
        service.wait_for("in force: version 2, native code")
        service.wait_for("freed: version 1, native code")
    finally:
        code, said = service.end()
    expect(code == 0, said)
    expect(ANSWERS in said, said)
    answers = re.search(r"^answers: (\d+), of which 0 are not those of their version$", said, re.M)
    expect(answers is not None and int(answers[1]) > FEWEST_ANSWERS, said)
    expect("old rulebooks still held: 0\n" in said, said)
    return said


def main():
    program, rules = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        print(reload(program, pathlib.Path(folder, "live.rules"), rules))


if __name__ == "__main__":
    main()
