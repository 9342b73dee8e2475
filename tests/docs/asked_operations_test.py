#!/usr/bin/env python3
"""runtime/HOW_IT_RUNS.md names the operations that have no native code, all of them and no other.

    asked_operations_test.py PROJECT
"""
import pathlib
import re
import sys

project = pathlib.Path(sys.argv[1])
registry = (project / "compiler/codegen/native_ops.def").read_text(encoding="utf-8")
page = (project / "runtime/HOW_IT_RUNS.md").read_text(encoding="utf-8")
section = page.split("## What is asked of the interpreter", 1)[1].split("\n## ", 1)[0]
asked = set(re.findall(r"^RB_NATIVE_OP\((\w+), Asked\)", registry, re.M))
named = set(re.findall(r"`([A-Z]\w+)`", "".join(re.findall(r"^\|[^|]*\|([^|]*)\|$", section, re.M))))
for name in sorted(asked - named):
    print(f"runtime/HOW_IT_RUNS.md does not name {name}, which has no native code")
for name in sorted(named - asked):
    print(f"runtime/HOW_IT_RUNS.md names {name}, which has native code, or is none")
print(f"{len(asked)} operations")
sys.exit(0 if asked and asked == named else 1)
