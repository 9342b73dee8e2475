#!/usr/bin/env python3
"""The planter fails where a fault cannot be planted, and comes to every fault in time."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import plant_faults
from fault import Fault
from plant_faults import FAULTS, GROUPS


class Planting(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = Path(folder.name)
        (self.project / "runtime/trigger").mkdir(parents=True)
        (self.project / "runtime/trigger/clock.cpp").write_text("a < b; c < d;")

    def test_replaces_the_one_place(self):
        self.assertEqual(plant_faults.planted(Fault("", "clock.cpp", "a < b", "a <= b"), self.project), "a <= b; c < d;")

    def test_a_place_that_is_gone_or_not_the_only_one_is_refused(self):
        for place in ("a > b", " < "):
            with self.assertRaises(plant_faults.Broken):
                plant_faults.planted(Fault("", "clock.cpp", place, ""), self.project)

    def test_a_fault_without_a_place_fails_the_run(self):
        gone = [Fault("gone", "clock.cpp", "a > b", "")]
        with mock.patch.object(plant_faults, "FAULTS", gone), contextlib.redirect_stdout(io.StringIO()) as said, \
                mock.patch.object(sys, "argv", ["plant_faults.py", str(self.project), str(self.project)]):
            self.assertEqual(plant_faults.main(), 1)
        self.assertIn("the place is found 0 times", said.getvalue())


class Rotation(unittest.TestCase):
    def test_comes_to_every_fault(self):
        seen = set()
        for commits in range(len(FAULTS)):
            with mock.patch.object(plant_faults.subprocess, "run", return_value=mock.Mock(stdout=f"{commits}\n")):
                chosen = plant_faults.chosen(FAULTS, 4, Path("."))
            self.assertEqual(len(chosen), 4)
            seen.update(fault.name for fault in chosen)
        self.assertEqual(seen, {fault.name for fault in FAULTS})

    def test_there_are_many_and_no_two_of_one_name(self):
        self.assertGreaterEqual(len(GROUPS["rules"]), 20)
        self.assertGreaterEqual(len(GROUPS["native"]), 30)
        self.assertGreaterEqual(len(GROUPS["scan"]), 25)
        self.assertEqual(len({fault.name for fault in FAULTS}), len(FAULTS))


if __name__ == "__main__":
    unittest.main()
