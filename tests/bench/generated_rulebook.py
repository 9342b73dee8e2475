"""Writes rulebooks of any size, always the same for the same size."""

RULES_PER_FILE = 100

HEADER = """\
rulebook generated {
  version  "1"
  timezone "America/New_York"
  currency USD
  about    account
}
team marketing { name "Marketing"  reviewers "@acme/marketing" }
enum plan ordered { free, basic, team, enterprise }
entity account {
  id             : text key
  signed_up_at   : time origin
  annual_revenue : money?
  employees      : int? in 0 to 10_000_000
  industry       : enum { design, agency, media, other }?
  region         : enum { NA, EMEA, APAC, LATAM } fixed
  plan           : plan tracked
  seats          : int?
}
entity event of account as events ordered by at {
  at   : time
  name : text
}
"""


def fit(i):
    low = 10 + i % 90
    return f"""\
fit fit_{i} {{
  owner marketing
  "How closely an account matches profile {i}"
  points 30 when employees in {low} to under {low * 50}           because "headcount"
  points 20 when industry in (design, agency)                     because "industry"
  points 5  when count(events where name is "event_{i % 40}") >= {1 + i % 5}
  score 0 to 100
  tier A from 60, B from 40, C from 20, D otherwise
}}
"""


def decision(i):
    return f"""\
decide plan_{i} -> plan {{
  owner marketing
  choose enterprise when (seats default 0) > {100 + i % 400} and region in (NA, EMEA)
  choose team       when (seats default 0) > {10 + i % 80}
  choose basic      otherwise
}}
"""


def table(i):
    return f"""\
table offer_{i} -> (offer: plan, discount: percent) {{
  owner marketing
  hit first
  | seats        | region     || offer | discount | because   |
  | 1 to {3 + i % 7}     | any        || basic | 0%       | "small"   |
  | > {3 + i % 7}        | (NA, EMEA) || team  | {5 + i % 20}%      | "growing" |
  | otherwise                 || basic | 0%       |           |
}}
"""


def write(folder, rules):
    """A rulebook of `rules` rules: of ten, six are fits, three decisions, one a table."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rulebook.rules").write_text(HEADER, encoding="utf-8")
    makers = (fit, fit, decision, fit, fit, decision, fit, fit, decision, table)
    for start in range(0, rules, RULES_PER_FILE):
        text = "".join(makers[i % len(makers)](i) for i in range(start, min(start + RULES_PER_FILE, rules)))
        (folder / f"rules_{start}.rules").write_text(text, encoding="utf-8")
