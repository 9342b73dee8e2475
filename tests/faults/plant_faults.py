#!/usr/bin/env python3
"""Plants faults in copies of the machines, the credit engine and native code, and expects the tests to fail for each.

    plant_faults.py PROJECT BUILD [--group rules|native|scan] [--few N] [--jobs N] [--only WORDS]

BUILD is a build folder (Ninja) in which the tests below are built. Per fault only the sources that it touches are compiled, into
copies of the libraries they belong to, and the tests are linked against these. First of all the tests must pass without a fault.
--few N: N of the faults, others from commit to commit; that every fault's place is found is checked always.
"""

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import codegen_faults
import credit_faults
import scan_faults
import trigger_faults

GROUPS = {
    "rules": trigger_faults.FAULTS + credit_faults.FAULTS,  # machines and credit
    "native": codegen_faults.FAULTS,
    "scan": scan_faults.FAULTS,
}
FAULTS = [fault for group in GROUPS.values() for fault in group]
# Who must notice the faults of a folder, where they do not say it themselves.
TESTS = {
    "runtime/trigger": ["trigger_example_test", "trigger_law_test", "interpret_test"],
    "runtime/interpret": ["trigger_example_test", "trigger_law_test", "interpret_test"],
    "runtime/credit": ["credit_oracle_test"],
    "runtime/credit/columns": ["credit_oracle_test", "credit_columns_law_test"],
    "compiler/codegen": ["native_law_test"],
    "runtime/batch": ["native_law_test"],
}
CASES = {  # whole rulebooks, which are compiled
    "native_law_test": "90", "records_law_test": "40", "scan_run_law_test": "60", "answered_scan_law_test": "150",
    "credit_columns_law_test": "400"}
OTHER_CASES = "3000"
# Without a fault: ctest runs the law over more.
CASES_WITHOUT_FAULT = {"native_law_test": "8", "records_law_test": "8", "scan_run_law_test": "20", "scan_law_test": "500",
                       "answered_scan_law_test": "30"}
SECONDS = 400  # a fault may make a test run on for ever


class Broken(Exception):
    """The faults cannot be planted: a failure of this check, not of the tests."""


def tests_of(fault) -> tuple[str, ...]:
    return fault.tests or tuple(TESTS[fault.folder])


def planted(fault, project: Path) -> str:
    text = (project / fault.path).read_text()
    if text.count(fault.before) != 1:
        raise Broken(f"{fault.file}: the place is found {text.count(fault.before)} times, not once: {fault.before!r}")
    return text.replace(fault.before, fault.after)


def run(command: str, folder: Path) -> None:
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise Broken(f"{command}\n{done.stdout}{done.stderr}")


class House:
    """What the build folder tells: how each source is compiled, and how a test is linked."""

    def __init__(self, project: Path, build: Path, tests: list[str]):
        self.project, self.build = project.resolve(), build.resolve()
        entries = json.loads((self.build / "compile_commands.json").read_text())
        self.compile = {entry["file"]: entry for entry in entries}
        self.link = {test: self.link_command(test) for test in tests}

    def link_command(self, test: str) -> str:
        shown = subprocess.run(["ninja", "-t", "commands", f"tests/bin/{test}"], cwd=self.build, capture_output=True, text=True,
                               check=True)
        return shown.stdout.strip().splitlines()[-1]

    def users(self, changed: str) -> list[str]:
        """The sources to be compiled anew: the file itself, or all that a header reaches."""
        if changed.endswith(".cpp"):
            return [changed]
        reached, waiting = set(), [changed]
        folders = (*TESTS, "runtime/scan", "tests/oracle", "tests/credit_oracle", "tests/unit/scan")
        candidates = [path for folder in folders for path in (self.project / folder).iterdir() if path.suffix in (".cpp", ".hpp")]
        while waiting:
            header = waiting.pop()
            for path in candidates:
                name = str(path.relative_to(self.project))
                if name not in reached and f'#include "{header}"' in path.read_text():
                    reached.add(name)
                    if name.endswith(".hpp"):
                        waiting.append(name)
        return sorted(name for name in reached if name.endswith(".cpp"))

    def object_of(self, source: str) -> Path:
        command = self.compile[str(self.project / source)]["command"]
        return Path(re.search(r" -o (\S+)", command).group(1))

    def compile_in(self, copy: Path, source: str) -> Path:
        """Compiles a source with the copy's files before the project's."""
        entry = self.compile[str(self.project / source)]
        made = copy / (Path(source).name + ".o")
        file = copy / source if (copy / source).exists() else self.project / source
        command = entry["command"]
        # The shared cache of compiled files has no use for what is compiled once.
        command = re.sub(r"^.*?(\S*/(?:clang\+\+|g\+\+|c\+\+)\S* )", r"\1", command)
        command = command.replace(f"-I{self.project} ", f"-I{copy} -I{self.project} ", 1)
        command = re.sub(r" -M\S* \S+| -MD", "", command)
        command = re.sub(r" -o \S+ -c \S+", f" -o {made} -c {file}", command)
        # Quick, and without a word about what the fault leaves unused.
        command = command.replace(" -O2 ", " -O1 ").replace(" -g1 ", " ").replace(" -Werror", " -w")
        run(command, Path(entry["directory"]))
        return made

    def library_of(self, source: str) -> str:
        object_path = self.object_of(source)
        folder = object_path.parts[:object_path.parts.index("CMakeFiles")]
        target = object_path.parts[len(folder) + 1].removesuffix(".dir")
        return str(Path(*folder) / f"lib{target}.a")

    def link_in(self, copy: Path, test: str, objects: dict[str, Path]) -> Path:
        """Links a test with the objects in the place of those of the same source."""
        command = self.link[test]
        for source, made in objects.items():
            original = self.object_of(source)
            if str(original) in command:
                command = command.replace(str(original), str(made))
                continue
            library = self.library_of(source)
            if library not in self.link[test]:  # the test does without it
                continue
            changed = copy / Path(library).name
            if not changed.exists():
                shutil.copy(self.build / library, changed)
            member = copy / original.name
            if member != made:
                shutil.copy(made, member)
            run(f"ar r {changed} {member}", self.build)
            command = command.replace(library, str(changed))
        program = copy / test
        run(re.sub(r" -o \S+", f" -o {program}", command), self.build)
        return program


class Ending(NamedTuple):
    """How a test ended: `how` it noticed that something is wrong, empty where it did not; and what it said."""
    how: str
    said: str


def ending_of(program: Path, project: Path, cases: str) -> Ending:
    environment = dict(os.environ, RULEBOOK_CASES=cases, RULEBOOK_SEED="0", RULEBOOK_REPORT="short")
    try:
        done = subprocess.run([program, "--gtest_fail_fast", "--gtest_brief=1"], cwd=project, env=environment,
                              capture_output=True, text=True, errors="replace", timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return Ending("it runs on", "")
    return Ending("it fails" if done.returncode != 0 else "", f"exit code {done.returncode}\n{done.stdout}{done.stderr}")


def noticed(house: House, fault) -> str:
    with tempfile.TemporaryDirectory(prefix="rulebook-fault-") as folder:
        copy = Path(folder)
        changed = fault.path
        (copy / changed).parent.mkdir(parents=True)
        (copy / changed).write_text(planted(fault, house.project))
        objects = {source: house.compile_in(copy, source) for source in house.users(changed)}
        for test in tests_of(fault):
            program = house.link_in(copy, test, objects)
            if how := ending_of(program, house.project, CASES.get(test, OTHER_CASES)).how:
                return how
    return ""


def tried(house: House, fault) -> bool:
    started = time.monotonic()
    try:
        how = noticed(house, fault)
        # Only machines and the interpreter can run on for ever: code that is slow proves nothing.
        caught = how == "it fails" or (how != "" and fault in GROUPS["rules"])
        verdict = f"caught, {how}" if caught else f"MISSED {how}"
    except Broken as broken:
        caught, verdict = False, f"broken: {broken}"
    print(f"{fault.name}: {verdict} ({time.monotonic() - started:.1f} s)", flush=True)
    return caught


def chosen(faults, few: int, project: Path):
    """Others from commit to commit, the same for one."""
    if not few or few >= len(faults):
        return faults
    shown = subprocess.run(["git", "rev-list", "--count", "HEAD"], cwd=project, capture_output=True, text=True)
    first = int(shown.stdout.strip() or 0) * few % len(faults)
    return [faults[(first + i) % len(faults)] for i in range(few)]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("project", type=Path)
    arguments.add_argument("build", type=Path)
    arguments.add_argument("--group", choices=GROUPS, default=None)
    arguments.add_argument("--few", type=int, default=0)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--only", default="")
    given = arguments.parse_args()
    try:
        for fault in FAULTS:
            planted(fault, given.project)
        of_group = GROUPS[given.group] if given.group else FAULTS
        faults = [fault for fault in chosen(of_group, given.few, given.project) if given.only in fault.name]
        tests = sorted({test for fault in faults for test in tests_of(fault)})
        house = House(given.project, given.build, tests)
        for test in tests:
            ending = ending_of(house.build / "tests/bin" / test, house.project, CASES_WITHOUT_FAULT.get(test, OTHER_CASES))
            if ending.how:
                raise Broken(f"{test}: without a fault {ending.how}, {ending.said}")
        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            results = list(pool.map(lambda fault: tried(house, fault), faults))
    except Broken as broken:
        print(f"broken: {broken}")
        return 1
    caught = sum(results)
    print(f"{len(results)} of {len(FAULTS)} faults planted, {caught} caught")
    return 0 if results and caught == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
