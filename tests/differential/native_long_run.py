#!/usr/bin/env python3
"""The law of native_law_test over very many rulebooks, on all cores; goes on where it was broken off.

    native_long_run.py BUILD [--rulebooks N] [--jobs N] [--seconds N] [--state FILE]

BUILD is a build folder in which native_law_test is built. What is done is kept in the state file, a line for each block of
seeds: delete it to begin anew (as after any change of the generator or of what is tested). Ends with 0 when all is done and
nothing differed, with 1 where something differed (it is printed, with a corpus file that shows it), and with 2 when the time
was over before.
"""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

BLOCK = 25  # seeds


def done_blocks(state: Path) -> dict[int, tuple[int, int]]:
    """First seed of a block → its records and rows."""
    if not state.exists():
        return {}
    lines = [line.split() for line in state.read_text().splitlines()]
    return {int(line[0]): (int(line[1]), int(line[2])) for line in lines if len(line) == 3}


class LongRun:
    def __init__(self, program: Path, state: Path, until: float):
        self.program, self.state, self.until = program, state, until
        self.done = done_blocks(state)
        self.lock = threading.Lock()
        self.differences: list[str] = []

    def block(self, first: int) -> None:
        if self.differences or time.monotonic() > self.until:
            return
        environment = dict(os.environ, RULEBOOK_CASES=str(BLOCK), RULEBOOK_SEED=str(first))
        ran = subprocess.run([self.program, "--gtest_filter=Native.*", "--gtest_brief=1"], env=environment, capture_output=True,
                             text=True, check=False)
        amounts = re.search(r"(\d+) rulebooks, (\d+) records, (\d+) rows", ran.stdout)
        with self.lock:
            if ran.returncode != 0 or amounts is None or int(amounts[1]) != BLOCK:
                self.differences.append(ran.stdout + ran.stderr)
                return
            self.done[first] = (int(amounts[2]), int(amounts[3]))
            with self.state.open("a") as file:
                file.write(f"{first} {amounts[2]} {amounts[3]}\n")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("build", type=Path)
    arguments.add_argument("--rulebooks", type=int, default=10_000)
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments.add_argument("--seconds", type=float, default=float("inf"))
    arguments.add_argument("--state", type=Path, default=None)
    given = arguments.parse_args()
    state = given.state or given.build / "native_long_run.state"
    run = LongRun(given.build.resolve() / "tests/bin/native_law_test", state, time.monotonic() + given.seconds)
    wanted = range(0, given.rulebooks, BLOCK)
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        list(pool.map(run.block, [first for first in wanted if first not in run.done]))
    for difference in run.differences:
        print(difference)
    finished = [run.done[first] for first in wanted if first in run.done]
    print(f"{len(finished) * BLOCK} rulebooks, {sum(records for records, _ in finished)} records, "
          f"{sum(rows for _, rows in finished)} rows of account and instant, {len(run.differences)} differences")
    if run.differences:
        return 1
    return 0 if len(finished) == len(wanted) else 2


if __name__ == "__main__":
    sys.exit(main())
