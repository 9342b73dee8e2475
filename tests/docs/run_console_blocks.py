#!/usr/bin/env python3
"""Runs the console blocks of a Markdown page, in order, and compares what they print.

    run_console_blocks.py FOLDER BUILD_FOLDER PAGE

Commands are written for the project's folder with `build/` beside it; they run in a scratch folder in which `build` is the
build folder's programs. Standard output and standard error are compared together. A block whose fence names a file, as in
```csv exports/accounts.csv, is written to that file first.
"""
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(?:(?P<console>console)|\w+ +(?P<file>[^\n]*\.\w+))\n(?P<text>.*?)^```", re.M | re.S)


def run_block(text, folder):
    """The block as it should read: its commands, each with what it prints now."""
    now = []
    for line in text.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(line[2:], shell=True, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, check=False)
            now += [line, *done.stdout.splitlines()]
    return now


def write_file(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main():
    source, build, page = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    blocks = list(BLOCK.finditer(page.read_text(encoding="utf-8")))
    if not any(block["console"] for block in blocks):
        print(f"{page}: no console block")
        return 1
    passed, failed = 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "build").mkdir()
        for name in ("bin", "lib"):
            os.symlink(build / name, folder / "build" / name)
        os.symlink(source / "rules", folder / "rules")
        for block in blocks:
            if block["file"]:
                write_file(folder, block["file"], block["text"])
                continue
            now = run_block(block["text"], folder)
            if now == block["text"].splitlines():
                passed += 1
            else:
                failed += 1
                print("\n".join(difflib.unified_diff(block["text"].splitlines(), now, str(page), "now", lineterm="")))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
