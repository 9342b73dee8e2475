#!/usr/bin/env python3
"""Checks every block of rules in a Markdown page, and runs its tests.

    check_rules_blocks.py RULEC PAGE...

The words behind ```rules say what a block is: `prelude` is added to all later blocks of the page; `error=CODE` must be
refused with that code; `alone` is a rulebook of its own; `each`: the paragraphs of the block are checked one by one. A block
without such words must be free of errors. A block ```csv PATH is a file beside the rules of all later blocks.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(?P<kind>rules|csv)(?P<words>[^\n]*)\n(?P<text>.*?)^```", re.M | re.S)


def run(rulec, verb, folder):
    return subprocess.run([rulec, verb, str(folder), "--format", "json"], capture_output=True, text=True, check=False)


def codes(output):
    return {finding["code"] for finding in json.loads(output)["diagnostics"] if finding["severity"] == "error"}


def check_text(rulec, prelude, files, text, words):
    """What is wrong with the rules, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        for name, content in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_text(content, encoding="utf-8")
        if prelude and "alone" not in words:
            (path / "prelude.rules").write_text(prelude, encoding="utf-8")
        (path / "block.rules").write_text(text, encoding="utf-8")
        checked = run(rulec, "check", path)
        found = codes(checked.stdout)
        expected = {word.removeprefix("error=") for word in words if word.startswith("error=")}
        if found != expected:
            return f"errors {sorted(found)} instead of {sorted(expected)}\n{checked.stdout}{checked.stderr}"
        if expected or 'test "' not in text:
            return None
        tested = run(rulec, "test", path)
        return None if tested.returncode == 0 else f"tests fail\n{tested.stdout}{tested.stderr}"


def check_block(rulec, prelude, files, text, words):
    """What is wrong with the block, or nothing."""
    parts = re.split(r"\n\s*\n", text.strip("\n")) if "each" in words else [text]
    for part in parts:
        fault = check_text(rulec, prelude, files, part + "\n", words)
        if fault:
            return f"{part}\n{fault}" if len(parts) > 1 else fault
    return None


def check_page(rulec, page):
    """Numbers of blocks that passed and failed."""
    source = pathlib.Path(page).read_text(encoding="utf-8")
    prelude, files, passed, failed = "", {}, 0, 0
    for block in BLOCK.finditer(source):
        words = block["words"].split()
        line = source.count("\n", 0, block.start()) + 1
        if block["kind"] == "csv":
            files[words[0]] = block["text"]
            continue
        if "prelude" in words:  # checked with every block that follows
            prelude += block["text"]
            continue
        fault = check_block(rulec, prelude, files, block["text"], words)
        if fault:
            failed += 1
            print(f"{page}:{line}: {fault}")
        else:
            passed += 1
    if passed + failed == 0:
        print(f"{page}: no block of rules")
        failed += 1
    return passed, failed


def main():
    rulec, pages = sys.argv[1], sys.argv[2:]
    results = [check_page(rulec, page) for page in pages]
    passed, failed = sum(r[0] for r in results), sum(r[1] for r in results)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
