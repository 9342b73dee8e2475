"""What happens to data between two runs: each edit changes a Data at random. EDITS says how often each is drawn."""

from since_data import HEADS


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
