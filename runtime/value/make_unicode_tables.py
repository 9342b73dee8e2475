#!/usr/bin/env python3
"""Writes unicode_tables.inc from the Unicode character database.

The tables are committed, so that text compares alike whatever is installed where the runtime is
built. To move to another version: download UnicodeData.txt and CaseFolding.txt (Debian: package
unicode-data), run this, and say in the changelog that folded comparisons may change.

usage: make_unicode_tables.py VERSION FOLDER_OF_THE_DATABASE > unicode_tables.inc
"""

import sys

MACROS = ["RB_UNICODE_VERSION", "RB_FOLD", "RB_LOWER", "RB_WORD"]


def fields(path):
    for line in open(path, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line:
            yield [field.strip() for field in line.split(";")]


def mapping_ranges(mapping):
    """(first, last, step, delta): code points first, first+step, ..., last move by delta."""
    ranges = []
    for code, target in sorted(mapping.items()):
        delta = target - code
        if ranges:
            first, last, step, range_delta = ranges[-1]
            gap = code - last
            if delta == range_delta and (gap == step or (first == last and gap <= 2)):
                ranges[-1] = (first, code, gap, delta)
                continue
        ranges.append((code, code, 1, delta))
    return ranges


def code_ranges(codes):
    ranges = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return ranges


def write(name, macro, rows):
    print(f"\n// {name}")
    for row in rows:
        first, last, *rest = row
        print(f"{macro}({', '.join([f'0x{first:04X}', f'0x{last:04X}', *map(str, rest)])})")


def main():
    version, folder = sys.argv[1:]
    lower, word = {}, set()
    range_start = None
    for row in fields(f"{folder}/UnicodeData.txt"):
        code, name, category = int(row[0], 16), row[1], row[2]
        if row[13]:
            lower[code] = int(row[13], 16)
        start = range_start if name.endswith("Last>") else code
        range_start = code if name.endswith("First>") else None
        if category[0] in "LMN":
            word.update(range(start, code + 1))
    fold = {
        int(code, 16): int(target, 16)
        for code, status, target, *_ in fields(f"{folder}/CaseFolding.txt")
        if status in "CS"
    }
    print("// Made by make_unicode_tables.py; do not edit.")
    print("// Define those of its macros that are wanted; the others expand to nothing.")
    for macro in MACROS:
        print(f"#ifndef {macro}\n#define {macro}(...)\n#endif")
    print(f"\nRB_UNICODE_VERSION(\"{version}\")")
    write("Simple case folding (status C and S): first, last, step, delta.", "RB_FOLD",
          mapping_ranges(fold))
    write("Simple lower case: first, last, step, delta.", "RB_LOWER", mapping_ranges(lower))
    write("What words are made of: letters, marks and numbers (L*, M*, N*): first, last.",
          "RB_WORD", code_ranges(word))
    print()
    for macro in MACROS:
        print(f"#undef {macro}")


main()
