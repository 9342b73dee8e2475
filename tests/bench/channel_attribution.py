"""ChannelAttribution, the package that marketing teams learn Markov weights with: where it is, and how it is run. It simulates
journeys; ours solves for them."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# It needs matplotlib and does not say so.
PACKAGES = ("ChannelAttribution==2.2.5", "pandas", "matplotlib")
MAX_STEP = 1000

RUN = """
import json, sys, time
import pandas
import ChannelAttribution
paths = pandas.read_csv(sys.argv[1])
options = dict(var_null="total_null", max_step=int(sys.argv[2]), nsim_start=int(sys.argv[3]), out_more=True, seed=1, flg_pro=False)
seconds = []
for _ in range(int(sys.argv[4])):
    started = time.perf_counter()
    found = ChannelAttribution.markov_model(paths, "path", "total_conversions", **options)
    seconds.append(time.perf_counter() - started)
effects = found["removal_effects"]
print("RESULT", json.dumps({"seconds": seconds, "effects": dict(zip(effects.iloc[:, 0], effects.iloc[:, 1]))}))
"""


def _cache():
    for name, below in (("RULEBOOK_CACHE", ""), ("XDG_CACHE_HOME", "rulebook")):
        if os.environ.get(name):
            return Path(os.environ[name]) / below
    return Path.home() / ".cache" / "rulebook"


def python():
    """An interpreter that has the package, installed beside the other downloads if need be; None with a message where it cannot
    be had."""
    folder = _cache() / "channel_attribution"
    interpreter = folder / "bin" / "python"
    if not (folder / "complete").exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True, capture_output=True, timeout=120)
            subprocess.run([interpreter, "-m", "pip", "install", "--quiet", *PACKAGES], check=True, capture_output=True, timeout=300)
            (folder / "complete").touch()
        except (OSError, subprocess.SubprocessError) as error:
            print(f"skipped: {PACKAGES[0]} cannot be installed: {error}", file=sys.stderr)
            return None
    return interpreter


def run(interpreter, paths, simulations=100_000, times=1):
    """The removal effects by channel, and the seconds of each run, of a file with the columns path, total_conversions and
    total_null. `simulations`: how many journeys it simulates to begin with."""
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run([interpreter, "-c", RUN, Path(paths).resolve(), str(MAX_STEP), str(simulations), str(times)],
                              cwd=scratch, env={**os.environ, "MPLCONFIGDIR": scratch}, capture_output=True, text=True, check=True)
    result = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    found = json.loads(result.removeprefix("RESULT "))
    return found["effects"], found["seconds"]
