#!/usr/bin/env python3
"""`rulec run --since` does not read records that are byte for byte those of the earlier run; what it writes is what a run over everything
writes all the same.

    since_bytes_test.py RULEC [WALKS [SEED]]

Small data of every make (delimiters, line ends, quotes, keys that are numbers, several files a table) are edited at random: cells, rows,
whole files, and what no export should hold. After each step a run goes on from the one before, and another one reads everything; files,
run.json and what is said on the way must be the same.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RULES = """
rulebook law { version "1"  timezone "Europe/Berlin"  currency USD  about account }
team sales { name "Sales" }
entity account {
  id     : KEY key
  signed : time origin
  size   : int? in 0 to 1000
  level  : enum { low, high }?
  plan   : enum { free, paid } TRACKED
}
entity touch of account as touches ordered by at {
  at : time  channel : text?  motion : motion  minutes : number?
}
entity deal of account as deals known from created_at {
  id : KEY key  created_at : time  closed_at : time? known from closed_at
  status : enum { open, won, lost } known from closed_at, open before
  amount : money
}
fit match {
  owner sales
  points 10 when size >= 10
  points 20 when plan is paid
  points 5 for each of touches where minutes default 0 > 3 at most 20 points
  score 0 to 100
  tier A from 30, B otherwise
}
signal call = touches where channel is "call"
trigger called { owner sales  on call then call within 30 days  when level default low is high  each time  say "called" }
credit split {
  owner sales
  for deals where status is won
  at closed_at
  divide amount
  among touches in 90 days before closed_at
  parties motion
  split equal
  flag small when amount < $500
}
"""
HEADS = {
    "accounts": ["id", "signed", "size", "level", "plan"],
    "accounts_history": ["id", "known_from", "plan"],
    "touches": ["account_id", "at", "channel", "motion", "minutes"],
    "deals": ["id", "account_id", "created_at", "closed_at", "status", "amount"],
}
ACCOUNTS = 24
STEPS = 25  # of each walk


class Make:
    """How the files of a walk are written, and what the runs are asked for."""

    def __init__(self, flags, key="text", delimiter=",", line_end="\n", mark="", last_line_end=True, deal_files=1, grouped=True, dates=False,
                 toml="", plan="tracked"):
        self.plan, self.flags, self.key, self.delimiter, self.line_end, self.mark = plan, flags, key, delimiter, line_end, mark
        self.last_line_end, self.deal_files, self.grouped, self.dates, self.toml = last_line_end, deal_files, grouped, dates, toml


MAKES = {
    "as of the latest": Make(""),
    "as of a day": Make("--as-of 2026-03-01", deal_files=2, toml='[deals]\nfile = "deals*.csv"\n'),
    "numbers as keys": Make("--as-of 2026-03-01", key="int", delimiter=";", line_end="\r\n", mark="\ufeff", grouped=False),
    "one rule": Make("--only split", last_line_end=False, grouped=False),
    "CR, dates": Make("--only split --threads 2", line_end="\r", dates=True),
    "a week later each time": Make("--only split --as-of {day}", dates=True, toml='taken_at = "2026-02-01"\n', plan="fixed"),
    "newer than they say": Make("--only split", toml='taken_at = "2026-01-01"\n', plan="fixed"),
    "tabs, NDJSON": Make("--out-format ndjson", delimiter="\t"),
}

BOTH_WAYS = ["as of the latest", "numbers as keys", "CR, dates", "newer than they say"]


class Data:
    """Tables as lists of rows; a row is a list of cells, or a text that is written as it is."""

    def __init__(self, make, draw):
        self.make, self.draw, self.toml, self.swapped, self.mistaken = make, draw, make.toml, False, False
        self.number, self.newest = 0, 200
        self.tables = {table: [] for table in HEADS}
        for number in range(ACCOUNTS):
            self.add_account(self.key(number * 3))
        if not make.grouped:
            for rows in self.tables.values():
                draw.shuffle(rows)

    def key(self, number):
        return str(number) if self.make.key == "int" else f"a{number:03}"

    def time(self, day):
        month, of_month = divmod(day, 28)
        return f"{2025 + month // 12}-{month % 12 + 1:02}-{of_month + 1:02}T{self.draw.randrange(24):02}:00:00Z"

    def next_key(self):
        self.number += 1
        return str(10_000 + self.number) if self.make.key == "int" else f"d{self.number}"

    def touch(self, key, day):
        return [key, self.time(day), self.draw.choice(["call", "mail", "call", ""]), self.draw.choice(["self_service", "sales_assisted"]),
                self.draw.choice(["", "5", "2.5", "12"])]

    def deal(self, key):
        day = self.draw.randrange(100, 350)
        closed = self.time(day + 28)
        return [self.next_key(), key, self.time(day), closed[:10] if self.make.dates else closed, self.draw.choice(["won", "won", "lost"]),
                f"{self.draw.randrange(10_000, 300_000) / 100:.2f}"]

    def add_account(self, key, at=None):
        draw = self.draw
        for table, rows in {
                "accounts": [[key, self.time(draw.randrange(50)), draw.choice(["", "5", "50"]), draw.choice(["low", "high", "high", ""]),
                              draw.choice(["free", "paid"])]],
                "accounts_history": [[key, self.time(60 + 50 * version), draw.choice(["free", "paid"])] for version in range(draw.randrange(3))],
                "touches": [self.touch(key, draw.randrange(100, 380)) for _ in range(draw.randrange(1, 7))],
                "deals": [self.deal(key) for _ in range(draw.randrange(3))],
        }.items():
            place = len(self.tables[table]) if at is None else draw.randrange(len(self.tables[table]) + 1)
            self.tables[table][place:place] = rows

    def rows(self, table):
        return [row for row in self.tables[table] if isinstance(row, list) and len(row) == len(HEADS[table])]

    def line(self, row):
        if isinstance(row, str):
            return row
        def cell(text):
            if text.startswith("\0"):  # quoted without need
                return '"' + text[1:] + '"'
            return '"' + text.replace('"', '""') + '"' if any(c in text for c in '\r\n"' + self.make.delimiter) else text
        return self.make.delimiter.join(map(cell, row))

    def write(self, folder):
        make = self.make
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for table, rows in self.tables.items():
            head = list(HEADS[table])
            if self.mistaken and table == "deals":
                head[2], head[3] = head[3], head[2]
            files = make.deal_files if table == "deals" else 1
            for number in range(files):
                some = rows[len(rows) * number // files:len(rows) * (number + 1) // files]
                order = list(range(len(head)))
                if self.swapped and table == "touches":
                    order.reverse()
                lines = [self.line([head[i] for i in order])]
                lines += [self.line([row[i] for i in order] if isinstance(row, list) and len(row) == len(head) else row) for row in some]
                text = make.mark + make.line_end.join(lines) + (make.line_end if make.last_line_end else "")
                (folder / f"{table}{number if files > 1 else ''}.csv").write_bytes(text.encode())
        if self.toml:
            (folder / "data.toml").write_text(self.toml)


def other(data, *tables):
    return data.draw.choice(data.rows(data.draw.choice(tables or list(HEADS))))


# What is done to data; how often. Each may meet any state that the others have left.
EDITS = {}


def listed(often):
    def add(change):
        EDITS[change] = often
        return change
    return add


@listed(1)
def nothing(data):
    pass


@listed(1)
def change_an_amount(data):
    other(data, "deals")[5] = f"{data.draw.randrange(10_000, 300_000) / 100:.2f}"


@listed(1)
def add_a_late_touch(data):
    data.tables["touches"].append(data.touch(other(data, "accounts")[0], data.draw.randrange(100, 300)))


@listed(1)
def add_the_newest_touch(data):
    data.newest += 1
    data.tables["touches"].append(data.touch(other(data, "accounts")[0], 200 + data.newest))


@listed(1)
def delete_a_row(data):
    table = data.draw.choice(list(HEADS))
    data.tables[table].remove(data.draw.choice(data.tables[table]))


@listed(1)
def delete_an_account(data):
    """With what belongs to it."""
    key = other(data, "accounts")[0]
    for table, rows in data.tables.items():
        column = 1 if table == "deals" else 0
        data.tables[table] = [row for row in rows if isinstance(row, str) or row[column:column + 1] != [key]]


@listed(1)
def add_an_account(data):
    data.add_account(data.key(data.draw.randrange(100) * 3 + 1), at=data.draw)


@listed(1)
def double_a_row(data):
    table = data.draw.choice(list(HEADS))
    row = data.draw.choice(data.tables[table])
    data.tables[table].insert(data.draw.randrange(len(data.tables[table])), row if isinstance(row, str) else list(row))


@listed(1)
def use_a_deal_key_again(data):
    """At another account, sometimes with nothing else changed."""
    row = list(other(data, "deals"))
    row[1] = other(data, "accounts")[0]
    data.tables["deals"].insert(data.draw.randrange(len(data.tables["deals"])), row)


@listed(1)
def take_a_key_of_another_deal(data):
    other(data, "deals")[0] = other(data, "deals")[0]


@listed(1)
def move_a_deal(data):
    other(data, "deals")[1] = other(data, "accounts")[0]


@listed(1)
def spoil_a_cell(data):
    row = other(data)
    row[data.draw.randrange(len(row))] = data.draw.choice(["a lot", "-1", "2026-13-45", "?", "\x01"])


@listed(1)
def empty_a_cell(data):
    row = other(data)
    row[data.draw.randrange(len(row))] = data.draw.choice(["", " "])


@listed(1)
def lose_a_cell(data):
    """Too few, or too many."""
    row = other(data)
    row[:] = row[:-1] if data.draw.random() < 0.5 else [*row, "more"]


@listed(1)
def quote_a_key(data):
    row = other(data)
    place = data.draw.randrange(2)
    row[place] = row[place][1:] if row[place].startswith("\0") else "\0" + row[place]


@listed(1)
def write_a_key_otherwise(data):
    """The same where it is a number."""
    row = other(data)
    row[0] = data.draw.choice(["0", " ", "+"]) + row[0]


@listed(1)
def leave_a_line_blank(data):
    rows = data.tables[data.draw.choice(list(HEADS))]
    rows.insert(data.draw.randrange(len(rows) + 1), "")


@listed(0.25)
def break_a_quote(data):
    rows = data.tables[data.draw.choice(list(HEADS))]
    rows.insert(data.draw.randrange(len(rows) + 1), '"open')


@listed(1)
def mend_quotes(data):
    for table, rows in data.tables.items():
        data.tables[table] = [row for row in rows if row != '"open']


@listed(1)
def write_lines_into_a_cell(data):
    other(data, "touches")[2] = data.draw.choice(["two\nlines", 'a "quoted" one', "\r", "a,b;c\td"])


@listed(1)
def swap_rows(data):
    rows = data.tables[data.draw.choice(list(HEADS))]
    at = data.draw.randrange(len(rows) - 1)
    rows[at], rows[at + 1] = rows[at + 1], rows[at]


@listed(1)
def lose_the_plan(data):
    """Where no history says it the account is rejected."""
    have = {row[0] for row in data.rows("accounts_history")}
    data.draw.choice([row for row in data.rows("accounts") if row[0] not in have])[4] = ""


@listed(1)
def change_the_history(data):
    if data.rows("accounts_history"):
        row = other(data, "accounts_history")
        row[-1] = data.draw.choice(["free", "paid", ""])


@listed(1)
def add_to_the_history(data):
    data.tables["accounts_history"].append([other(data, "accounts")[0], data.time(data.draw.randrange(300)), "paid"])


@listed(0.25)
def write_a_date(data):
    row = other(data, "deals")
    row[3] = row[3][:10] if data.draw.random() < 0.7 else row[3][:10] + "T10:00:00Z"


@listed(1)
def close_before_it_opens(data):
    row = other(data, "deals")
    row[3] = "2025-01-03" + row[3][10:]


@listed(0.25)
def lose_the_history(data):
    data.tables["accounts_history"] = data.tables["accounts_history"][:1]


@listed(0.25)
def say_when_taken(data):
    lines = [line for line in data.toml.splitlines() if "taken_at" not in line]
    data.toml = "\n".join([f'taken_at = "2026-{data.draw.randrange(1, 9):02}-01"', *lines]) + "\n"


@listed(0.25)
def name_a_null(data):
    if "[touches]" not in data.toml:
        data.toml += '[touches]\nnull = ["?", "mail"]\n'


@listed(0.25)
def turn_columns_round(data):
    data.swapped = not data.swapped


@listed(0.25)
def take_one_column_for_another(data):
    """Nothing but the head says which is which."""
    data.mistaken = not data.mistaken


class Runs:
    def __init__(self, rulec, scratch):
        self.rulec, self.scratch = rulec, scratch
        self.compared, self.not_read, self.different = 0, 0, []
        self.after = {edit: 0 for edit in EDITS}  # how often a run that left something unread came after it

    def run(self, name, flags, *more):
        out = self.scratch / name
        done = subprocess.run([self.rulec, "run", self.scratch / "rules", "--data", self.scratch / "data", "--out", out, "--lenient", *flags,
                               *more], check=False, capture_output=True, text=True)
        if done.returncode not in (0, 2):
            sys.exit(f"rulec run {flags}: {done.returncode}\n{done.stderr}")
        said = [line for line in done.stderr.splitlines() if "accounts evaluated" not in line and "everything is evaluated" not in line]
        if done.returncode == 2:
            return {"said": said}, None
        files = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
        files.pop("run.state", None)
        record = json.loads(files["run.json"])
        since = record.pop("since", None)
        del record["started_at"], record["seconds"]
        record["files"] = [file for file in record["files"] if file != "run.state"]
        return {**files, "run.json": record, "said": said, "text": done.stdout.split("results are in")[0]}, since

    def go_on(self, what, name, flags):
        full, _ = self.run("full", flags)
        again, since = self.run(name, flags, "--since", self.scratch / name)
        self.compared += 1
        if full != again:
            self.note_difference(name, what, full, again)
        return since["not_read"] if since else 0

    def note_difference(self, name, what, full, again):
        self.different.append((name, what, [part for part in {*full, *again} if full.get(part) != again.get(part)]))


def change(data, edit):
    try:
        edit(data)
    except (IndexError, ValueError):
        pass  # there is nothing left to change


def there_and_back(runs, name, make, seed):
    """Each edit alone, and then undone."""
    day = "2026-03-01"
    flags = make.flags.format(day=day).split()
    for edit in EDITS:
        data = Data(make, random.Random(f"{name} {seed}"))
        data.draw = random.Random(f"{name} {seed} {edit.__name__}")
        data.write(runs.scratch / "data")
        if edit is next(iter(EDITS)):
            before = runs.run("before", flags, "--since", runs.scratch / "before")[0]
        shutil.rmtree(runs.scratch / "there", ignore_errors=True)
        shutil.copytree(runs.scratch / "before", runs.scratch / "there")
        shutil.copytree(runs.scratch / "data", runs.scratch / "as_it_was")
        change(data, edit)
        data.write(runs.scratch / "data")
        runs.after[edit] += runs.go_on([edit.__name__], "there", flags) > 0
        shutil.rmtree(runs.scratch / "data")
        (runs.scratch / "as_it_was").rename(runs.scratch / "data")
        again, since = runs.run("there", flags, "--since", runs.scratch / "there")
        if again != before:
            runs.note_difference("there", [edit.__name__, "undone"], before, again)
        runs.not_read += since["not_read"]
        runs.compared += 1


def walk(runs, name, make, seed):
    draw = random.Random(f"{name} {seed}")
    data = Data(make, draw)
    for step in range(STEPS):
        edits = [] if step == 0 else draw.choices(list(EDITS), list(EDITS.values()), k=draw.randrange(1, 3))
        if step % 6 == 5:
            edits.append(mend_quotes)
        for edit in edits:
            change(data, edit)
        data.write(runs.scratch / "data")
        day = f"2026-{step // 4 % 12 + 1:02}-{step % 4 * 7 + 1:02}"
        not_read = runs.go_on([edit.__name__ for edit in edits], name.replace(" ", "_"), make.flags.format(day=day).split())
        runs.not_read += not_read
        for edit in edits:
            runs.after[edit] += not_read > 0


def main():
    walks = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as scratch:
        runs, seldom = Runs(sys.argv[1], Path(scratch)), []
        for name, make in MAKES.items():
            before, compared = runs.not_read, runs.compared
            (runs.scratch / "rules").mkdir(exist_ok=True)
            (runs.scratch / "rules" / "law.rules").write_text(RULES.replace("KEY", make.key).replace("TRACKED", make.plan))
            if name in BOTH_WAYS:
                there_and_back(runs, name, make, first)
            for seed in range(first, first + walks):
                shutil.rmtree(runs.scratch / name.replace(" ", "_"), ignore_errors=True)
                walk(runs, name, make, seed)
            not_read, compared = runs.not_read - before, runs.compared - compared
            print(f"{name}: {not_read} accounts not read in {compared} runs")
            seldom += [name] if not_read < 5 * compared else []
        never = [edit.__name__ for edit, times in runs.after.items() if times == 0]
        print(f"{runs.compared} runs compared, {runs.not_read} accounts not read; something was read always after {never}; "
              f"nearly always with {seldom}; different: {runs.different}")
    return 0 if not runs.different and not seldom else 1


if __name__ == "__main__":
    sys.exit(main())
