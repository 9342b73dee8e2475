#!/usr/bin/env python3
"""Compares the zones of the runtime with Python's zoneinfo, every zone and transition 1990-2037.

usage: compare_zones.py DUMP_ZONES_PROGRAM        ends with 77 (skipped) where Python has other rules
"""

import bisect
import datetime
import os
import subprocess
import sys
import zoneinfo

FIRST = int(datetime.datetime(1990, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
LAST = int(datetime.datetime(2038, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
DAY = 24 * 3600


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def rules_of_python():
    """The folder of the rules that zoneinfo reads, and their version."""
    for folder in zoneinfo.TZPATH:
        path = os.path.join(folder, "tzdata.zi")
        if os.path.exists(path):
            return folder, open(path).readline().split()[-1]
    skip("Python's zoneinfo has no tzdata.zi")


class Zone:
    """A zone as zoneinfo sees it: the transitions are found by looking, not by reading files."""

    def __init__(self, name):
        self.zone = zoneinfo.ZoneInfo(name)
        self.known = {}
        self.first_offset = self.offset(FIRST)
        self.changes = []
        before, step = self.first_offset, DAY
        for end in range(FIRST + step, LAST + step, step):
            after = self.offset(end)
            start = end - step
            while before != after:
                low, high = start, end  # low has `before`, high has another
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (middle, high) if self.offset(middle) == before else (low, middle)
                before = self.offset(high)
                if high < LAST:
                    self.changes.append((high, before))
                start = high

    def offset(self, seconds):
        offset = datetime.datetime.fromtimestamp(seconds, self.zone).utcoffset()
        return offset.days * DAY + offset.seconds

    def earliest(self, local):
        """The earliest instant whose local time is `local` or later."""
        if local not in self.known:
            self.known[local] = self.look_for_earliest(local)
        return self.known[local]

    def look_for_earliest(self, local):
        low = bisect.bisect_left(self.changes, (local - 2 * DAY,))
        high = bisect.bisect_left(self.changes, (local + 2 * DAY,))
        near = [at for at, _ in self.changes[low:high]]
        points = [local - 2 * DAY, *near]
        candidates = near + [local - self.offset(point) for point in points]
        return min(at for at in candidates if at + self.offset(at) >= local)


def compare(lines):
    zones, rules, faults, checked = {}, {}, [], {"zone": 0, "change": 0, "day": 0, "local": 0}
    seen_changes = {}
    for line in lines:
        kind, name, *numbers = line.split()
        numbers = [int(number) for number in numbers]
        if kind == "zone":
            with open(os.path.join(FOLDER, name), "rb") as file:
                content = file.read()
            if content not in rules:
                rules[content] = Zone(name)
            zones[name] = rules[content]
        zone = zones[name]
        if kind == "zone":
            right = numbers[0] == zone.first_offset
        elif kind == "change":
            seen_changes.setdefault(name, []).append(tuple(numbers))
            right = tuple(numbers) in zone.changes
        elif kind == "day":
            right = numbers[1] == zone.earliest(numbers[0] * DAY)
        else:
            right = numbers[1] == zone.earliest(numbers[0])
        checked[kind] += 1
        if not right:
            faults.append(line)
    for name, zone in zones.items():
        if seen_changes.get(name, []) != zone.changes:
            faults.append(f"the transitions of {name}")
    return checked, faults, set(zones)


FOLDER, python_version = rules_of_python()
dump = subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True).stdout.splitlines()
version = dump[0].split()[1]
if version != python_version:
    skip(f"the runtime has the rules of {version}, Python those of {python_version}")
checked, faults, names = compare(dump[1:])
missing = zoneinfo.available_timezones() - names - {"localtime"}
print(f"compared with zoneinfo {python_version}: {checked}")
for fault in faults[:20]:
    print(f"differs: {fault}")
if missing:
    print(f"missing: {sorted(missing)[:20]}")
if faults or missing or min(checked.values()) < 500:
    sys.exit(1)
