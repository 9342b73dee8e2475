#!/usr/bin/env python3
"""Writes the only ```cpp block of a Markdown page to a file.

    take_block.py PAGE FILE
"""
import pathlib
import re
import sys

blocks = re.findall(r"^```cpp\n(.*?)^```", pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"), re.M | re.S)
if len(blocks) != 1:
    sys.exit(f"{sys.argv[1]} has {len(blocks)} blocks of C++ instead of one")
pathlib.Path(sys.argv[2]).write_text(blocks[0], encoding="utf-8")
