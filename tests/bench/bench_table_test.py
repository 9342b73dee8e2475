"""What tools/bench makes of the lines that it is given, and whether rows.toml says what is there. No time is measured."""

import contextlib
import io
import sys
import tomllib
import unittest
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(BENCH))

import bench_table  # noqa: E402

LINES = [
    {"name": "fast", "unit": "M/s", "ours": 80, "hand": 100, "note": "near the memory"},
    {"name": "fast", "peer_name": "One", "peer": 20, "threads": 1, "differs": None},
    {"name": "fast", "peer_name": "Two", "peer": 40, "threads": 1, "differs": "3 of 9 accounts"},
    {"name": "fast", "peer_name": "Three", "absent": "not installed"},
    {"name": "slow", "unit": "ns", "ours": 60, "hand": 30},
    {"name": "alone", "unit": "s", "ours": 2, "limit": 1},
]


def row(name, goals):
    return next(each for each in bench_table.rows_of(LINES, {name: goals}) if each["name"] == name)


class Rows(unittest.TestCase):
    def test_more_is_better_where_it_is_said(self):
        fast = row("fast", {"better": "more", "of_hand": 0.9})
        self.assertEqual((fast["ratio_to_hand"], fast["met"], fast["missed"]), (0.8, False, ["≥ 0.9 x hand"]))

    def test_less_is_better_else(self):
        slow = row("slow", {"of_hand": 0.5, "most": 60})
        self.assertEqual((slow["ratio_to_hand"], slow["met"]), (0.5, True))
        self.assertFalse(row("slow", {"most": 59})["met"])

    def test_a_peer_that_answers_otherwise_is_no_yardstick(self):
        fast = row("fast", {"better": "more", "of_peers": 3})
        self.assertEqual((fast["fastest"], fast["ratio_to_fastest"], fast["met"]), ("One", 4, True))
        self.assertFalse(row("fast", {"better": "more", "of_peer": {"Two": 3}})["met"])

    def test_without_a_peer_a_goal_is_neither_met_nor_missed(self):
        self.assertIsNone(row("slow", {"of_peers": 3})["met"])
        self.assertIsNone(row("fast", {"better": "more", "of_peer": {"Three": 3}})["met"])

    def test_a_limit_is_broken(self):
        self.assertTrue(row("alone", {})["broken"])
        self.assertFalse(row("slow", {})["broken"])

    def test_what_is_absent_or_differs_is_said(self):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            bench_table.show(bench_table.rows_of(LINES, {}))
        lines = printed.getvalue().splitlines()
        self.assertEqual(lines[0].split(), ["row", "unit", "ours", "hand", "One", "Two", "/", "hand", "/", "fastest", "goal", "met"])
        for line in ("fast: near the memory", "fast: Three is absent: not installed",
                     "fast: Two answers otherwise: 3 of 9 accounts; it counts for no goal of the fastest"):
            self.assertIn(line, lines)
        self.assertIn("40*", lines[1])


class Registry(unittest.TestCase):
    registry = tomllib.loads((BENCH / "rows.toml").read_text(encoding="utf-8"))

    def test_goals_are_of_rows_that_some_program_prints(self):
        rows = {row for program in self.registry["programs"].values() for row in program["rows"]}
        self.assertLessEqual(set(self.registry["rows"]), rows)

    def test_scripts_of_peers_are_there(self):
        for program in self.registry["programs"].values():
            for script in program.get("peers", []):
                self.assertTrue((BENCH / "peers" / script.split()[0]).is_file(), script)

    def test_the_page_tells_of_every_row(self):
        page = (BENCH / "README.md").read_text(encoding="utf-8")
        for name in self.registry["rows"]:
            self.assertIn(f"`{name}`", page)


if __name__ == "__main__":
    unittest.main()
