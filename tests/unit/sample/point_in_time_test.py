#!/usr/bin/env python3
"""What a trigger saw at an instant is what `rulec run --as-of` gives at that instant.

    point_in_time_test.py RULEC RULEBOOK_SAMPLE RULEBOOK_FOLDER

From the rulebook another one is made: its triggers, policies and credit are taken out, and each `when`, `unless`, `suppress when` and
`becomes` stands in a decision of its own. It is run, without any trigger, at every instant at which the rulebook itself has a firing or
`rulec explain` tells of a candidate that `when` stopped. Of every firing `when` must be true there, of what `when` stopped not; of what
fired, `unless` and `suppress` false; a condition that became true is so at its edge, and not a microsecond earlier; and scores and tiers
in messages are those of the instant.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

# By rulebook: how many accounts there are, how many of them are explained, and how much must have been checked.
SIZES = {
    "crawl_walk_run": (320, 110, {"when of firings": 20, "when of the stopped": 30, "edges": 100, "before edges": 60,
                                  "suppress": 200, "suppressed": 5, "tiers in messages": 100}),
    "individuals_to_enterprise": (100, 40, {"when of firings": 100, "when of the stopped": 80, "edges": 60, "before edges": 50,
                                            "suppress": 400, "suppressed": 10, "tiers in messages": 15, "unless": 3}),
}
BLOCK = re.compile(r"^(trigger|policy|credit|rates|test) +(\"[^\"]*\"|\w+)", re.M)
MICROSECOND = timedelta(microseconds=1)


class Checks:
    def __init__(self):
        self.done, self.failed = Counter(), 0

    def holds(self, law, is_so, what):
        self.done[law] += 1
        if not is_so:
            self.failed += 1
            if self.failed < 10:
                print(f"{law}: {what}")


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def written(moment):
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{moment.microsecond:06d}Z" if moment.microsecond else f"{text}Z"


def blocks(text):
    """(kind, name, body, start, end) of what stands in braces behind a word at the start of a line."""
    for match in BLOCK.finditer(text):
        depth, at = 1, text.index("{", match.end()) + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        yield match[1], match[2], text[match.end():at], match.start(), at


def clauses(body, word):
    """Each expression behind the word at the start of a line, up to its `because` or comment."""
    lines = re.findall(rf"^ +{word} +(.*)$", body, re.M)
    return [re.split(r" +because | +//", line)[0].strip() for line in lines]


class Rule:
    def __init__(self, body):
        self.when = (clauses(body, "when") or [None])[0]
        self.unless = clauses(body, "unless")
        condition = re.match(r"becomes (.*?)(?: lasting .*)?$", clauses(body, "on")[0])
        self.becomes = condition[1] if condition else None
        self.policy = (re.findall(r"policy (\w+)", body) or [None])[0]

    def probes(self, name):
        """(name of the decision, expression)."""
        if self.when:
            yield f"when_{name}", self.when
        if self.becomes:
            yield f"becomes_{name}", self.becomes
        for number, expression in enumerate(self.unless):
            yield f"unless_{number}_{name}", expression


def made_rulebook(source, folder):
    """The rulebook of decisions, in the folder; its triggers, and by policy its conditions."""
    shutil.copytree(source, folder)
    triggers, policies, made = {}, {}, ""
    for path in folder.glob("*.rules"):
        text, taken_out = path.read_text(encoding="utf-8"), []
        for kind, name, body, start, end in blocks(text):
            taken_out.append((start, end))
            if kind == "trigger":
                triggers[name] = Rule(body)
                for probe in triggers[name].probes(name):
                    made += decision(*probe)
            if kind == "policy":
                policies[name] = clauses(body, "suppress when")
                for number, expression in enumerate(policies[name]):
                    made += decision(f"suppress_{number}_{name}", expression)
        for start, end in reversed(taken_out):
            text = text[:start] + text[end:]
        path.write_text(text, encoding="utf-8")
    (folder / "probes.rules").write_text(made, encoding="utf-8")
    return triggers, policies


def decision(name, expression):
    return (f"decide {name} -> bool {{ owner sales  choose true when {expression}\n"
            f"  choose false when not ({expression}) }}\n")


def stopped_candidates(explain, accounts):
    """{(trigger, account, instant)}: what `when` stopped, as `rulec explain` tells it."""
    found = set()
    for account in accounts:
        for rule in json.loads(explain(account))["explanations"]:
            for line in rule["lines"]:
                if line["kind"] == "candidate" and "no firing, `when` is" in line["text"]:
                    found.add((rule["rule"], account, instant(line["text"].split(": ")[0])))
    return found


class Past:
    """The decisions at each instant."""

    def __init__(self, folder, instants):
        self.rows = {}
        for moment in instants:
            with (folder / written(moment).replace(":", "") / "accounts.csv").open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    self.rows[row["account"], moment] = row

    def value(self, account, moment, column):
        return self.rows[account, moment][column]


def check_firing(checks, past, rule, policy, row, signed_up):
    name, account, now, start = row["trigger"], row["account"], instant(row["instant"]), instant(row["start"])
    if rule.when:
        checks.holds("when of firings", past.value(account, now, f"when_{name}") == "true", row)
    if rule.becomes:
        checks.holds("edges", past.value(account, start, f"becomes_{name}") == "true", row)
        checks.holds("it still holds", past.value(account, now, f"becomes_{name}") == "true", row)
        if start > signed_up:
            checks.holds("before edges", past.value(account, start - MICROSECOND, f"becomes_{name}") != "true", row)
    if row["status"] in ("fired", "control"):
        for number, _ in enumerate(rule.unless):
            checks.holds("unless", past.value(account, now, f"unless_{number}_{name}") == "false", row)
        for number, _ in enumerate(policy):
            checks.holds("suppress", past.value(account, now, f"suppress_{number}_{rule.policy}") == "false", row)
    if "the policy suppresses it" in row["cause"]:
        seen = [past.value(account, now, f"suppress_{number}_{rule.policy}") for number, _ in enumerate(policy)]
        checks.holds("suppressed", any(value != "false" for value in seen), row)
    tier = re.search(r"tier (\w+)", row["message"])
    if tier:
        tiers = [value for column, value in past.rows[account, now].items() if column.endswith("_tier")]
        checks.holds("tiers in messages", tiers == [tier[1]], row)


def main():
    rulec, sample, rulebook = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    checks, (accounts, explained, least_counts) = Checks(), SIZES[rulebook.name]
    with tempfile.TemporaryDirectory() as scratch:
        data, out = Path(scratch) / "data", Path(scratch) / "out"
        subprocess.run([sample, "--accounts", str(accounts), "--seed", "31", "--out", data], check=True)

        def ran(*words):
            return subprocess.run([rulec, *words], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

        ran("run", rulebook, "--data", data, "--out", out / "firings")
        with (out / "firings" / "firings.csv").open(encoding="utf-8", newline="") as file:
            firings = list(csv.DictReader(file))
        with (data / "accounts.csv").open(encoding="utf-8", newline="") as file:
            signed_up = {row["id"]: instant(row["signed_up_at"]) for row in csv.DictReader(file)}
        triggers, policies = made_rulebook(rulebook, Path(scratch) / "probes")
        stopped = stopped_candidates(
            lambda account: ran("explain", rulebook, "--data", data, "--account", account, "--format", "json"),
            sorted(signed_up)[:explained])
        instants = {moment for _, _, moment in stopped}
        for row in firings:
            instants |= {instant(row["instant"]), instant(row["start"])}
            if triggers[row["trigger"]].becomes:
                instants.add(instant(row["start"]) - MICROSECOND)
        ran("run", Path(scratch) / "probes", "--data", data, "--out", out / "past", "--as-of", ",".join(map(written, sorted(instants))))
        past = Past(out / "past", instants)
    for row in firings:
        rule = triggers[row["trigger"]]
        check_firing(checks, past, rule, policies.get(rule.policy, []), row, signed_up[row["account"]])
    for name, account, moment in stopped:
        checks.holds("when of the stopped", past.value(account, moment, f"when_{name}") != "true", (name, account, moment))
    for law, least in least_counts.items():
        checks.holds("something was checked", checks.done[law] >= least, f"{law}: {checks.done[law]} only")
    print(f"{len(firings)} firings, {len(instants)} instants; {checks.failed} failed: {dict(checks.done)}")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
