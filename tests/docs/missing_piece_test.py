#!/usr/bin/env python3
"""Takes one piece of a builtin away and expects the build to name it, as grammar/ADDING.md promises.

    missing_piece_test.py BUILD_FOLDER SOURCE_FOLDER

Each case compiles one file of the project (with the flags of compile_commands.json) against a changed copy of a table.
The unchanged file must compile first, so that a failure is the change's.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

# What is taken away, from which table, which file must notice, and what the compiler must name.
CASES = [
    ("the operation behind a builtin", "runtime/plan/ops.def", r"RB_OP\(Domain,.*\n", "compiler/model/check_calls.cpp",
     "Domain"),
    ("the row of an operation that is evaluated", "runtime/plan/ops.def", r"RB_OP\(Domain,.*\n",
     "runtime/interpret/text_operations.cpp", "Domain"),
    ("the type that a builtin gives", "runtime/plan/types.def", r"RB_TYPE\(Duration,.*\n",
     "compiler/model/check_calls.cpp", "Duration"),
    ("a member in the description of a struct", "runtime/plan/describe.hpp", r", say,", "runtime/plan/serialize.cpp",
     "Trigger"),
]


def command_for(build, source, file):
    """The compile command of a file, as syntax check only."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        if pathlib.Path(entry["file"]) == source / file:
            words = shlex.split(entry["command"])
            words = words[next(i for i, word in enumerate(words) if re.search(r"clang\+\+|g\+\+", word)):]
            out = words.index("-o")
            return words[:out] + words[out + 2:] + ["-fsyntax-only"], entry["directory"]
    raise SystemExit(f"{file} is not compiled in {build}")


def compile_with(build, source, file, shadow):
    command, directory = command_for(build, source, file)
    if shadow:
        command = [command[0], f"-I{shadow}", *command[1:]]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)


def run_case(build, source, case):
    what, table, pattern, file, named = case
    text = (source / table).read_text(encoding="utf-8")
    changed, count = re.subn(pattern, "," if pattern == r", say," else "", text)
    if count != 1:
        return f"{what}: `{pattern}` stands {count} times in {table}"
    if compile_with(build, source, file, None).returncode != 0:
        return f"{what}: {file} does not compile as it is"
    with tempfile.TemporaryDirectory() as shadow:
        copy = pathlib.Path(shadow) / table
        copy.parent.mkdir(parents=True)
        copy.write_text(changed, encoding="utf-8")
        broken = compile_with(build, source, file, shadow)
    if broken.returncode == 0:
        return f"{what}: {file} compiles without it"
    if named not in broken.stderr:
        return f"{what}: the compiler does not name `{named}`:\n{broken.stderr}"
    return None


def main():
    build, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    faults = [fault for case in CASES if (fault := run_case(build, source, case))]
    for fault in faults:
        print(fault)
    print(f"{len(CASES) - len(faults)} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
