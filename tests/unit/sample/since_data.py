"""Small data of every make for since_bytes_test.py, and the rulebook that reads them."""

import shutil

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
