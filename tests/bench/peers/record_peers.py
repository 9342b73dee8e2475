"""Workload B, the fit of 13 clauses about one record at a time: Zen (a compiled expression) and json-rules-engine; nanoseconds at the
median."""

import json
import os
import shutil
import statistics
import subprocess
import time
from pathlib import Path

import measure

OPTIONS = measure.arguments()
ROW = "record.typed"
RECORDS = 2_000

POINTS = ("(employees >= 200 and employees < 5000 ? 3000 : 0)", "(industry in ['design', 'agency', 'media'] ? 2000 : 0)",
          "(decision_makers >= 1 ? 2500 : 0)", "(region == 'LATAM' ? -2500 : 0)",
          "(annual_revenue != null and annual_revenue >= 100000000 ? 1500 : 0)", "(plan in ['team', 'enterprise'] ? 1000 : 0)",
          "floor((min([max([active_projects, 1]), 10]) - 1) * 1000 / 9 + 0.5)", "(invites >= 10 ? 800 : 0)",
          "(seats >= 4 and seats <= 50 ? 500 : 0)", "(seats > 50 ? 700 : 0)", "(days_since_seen > 30 ? -1000 : 0)",
          "(days_since_seen > 90 ? -1500 : 0)", "(plan == 'free' and active_projects >= 3 ? 500 : 0)")


def tier_of(score):
    return "A" if score >= 8000 else "B" if score >= 6000 else "C" if score >= 4000 else "D"


def zen(module, records):
    """Answers, and nanoseconds of each call."""
    expression = module.compile_expression(f"min([max([{' + '.join(POINTS)}, 0]), 10000])")

    def scored(record):
        score = int(expression.evaluate(record))
        return score, tier_of(score)

    found = [scored(record) for record in records]
    took = []
    for record in records * 3:
        started = time.perf_counter_ns()
        scored(record)
        took.append(time.perf_counter_ns() - started)
    return found, statistics.median(took)


def json_rules_engine(folder, records):
    given = "\n".join(json.dumps(record) for record in records)
    done = subprocess.run(["node", Path(__file__).with_name("record_peer.mjs"), folder], input=given, capture_output=True, text=True)
    if done.returncode != 0:
        return None, done.stderr.strip().splitlines()[-1:]
    answer = json.loads(done.stdout)
    return [tuple(found) for found in answer["found"]], answer["nanoseconds"]


def main():
    import fit_data
    import made_up
    columns, known = made_up.records(RECORDS)
    expected = fit_data.ours(OPTIONS.build, fit_data.table_of(columns, known))
    records = []
    for place in range(RECORDS):
        record = {name: made_up.ENUMS[name][values[place]] if name in made_up.ENUMS else int(values[place]) for name, values in columns.items()}
        records.append({**record, "annual_revenue": record["annual_revenue"] if known[place] else None})
    for name, module, peer in measure.installed(ROW, {"Zen": ("zen", zen)}):
        found, nanoseconds = peer(module, records)
        measure.report(ROW, name, nanoseconds, differs=measure.differing(found, expected, "records"))
    folder = Path(os.environ.get("RULEBOOK_BENCH_NODE", ""))
    if not (folder / "node_modules" / "json-rules-engine").is_dir() or shutil.which("node") is None:
        measure.absent(ROW, "json-rules-engine")
        return
    found, nanoseconds = json_rules_engine(folder, records)
    if found is None:
        measure.absent(ROW, "json-rules-engine", f"failed: {nanoseconds}")
        return
    measure.report(ROW, "json-rules-engine", nanoseconds, differs=measure.differing(found, expected, "records"))


if __name__ == "__main__":
    main()
