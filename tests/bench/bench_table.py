"""What tools/bench makes of the lines that the benchmarks print: one row for each name, with its hand loop, its peers and its goals."""

import os
from pathlib import Path


def machine():
    cores = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":", 1)[1].strip() for line in cores if line.startswith("model name")), "unknown processor")
    bytes_of_memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    known = {"processor": model, "cores": os.cpu_count(), "gibibytes": round(bytes_of_memory / 2**30), "load": os.getloadavg()[0]}
    says = f"{known['cores']} cores, {model}, {known['gibibytes']} GiB; {load()}"
    return {**known, "says": says}


def load():
    """Who runs beside us moves every figure."""
    return f"load {os.getloadavg()[0]:.1f}"


def ratio(ours, theirs, better):
    """More than 1: ours is better."""
    if not ours or not theirs:
        return None
    return ours / theirs if better == "more" else theirs / ours


def merged(results):
    """By name: what is ours, and the peers, whichever line told them."""
    rows = {}
    for line in results:
        row = rows.setdefault(line["name"], {"name": line["name"], "unit": "", "ours": None, "hand": None, "peers": {}, "notes": []})
        for key in ("unit", "ours", "hand", "limit", "better"):
            if line.get(key) is not None:
                row[key] = line[key]
        if line.get("peer_name"):
            row["peers"][line["peer_name"]] = {key: line.get(key) for key in ("peer", "threads", "differs", "note", "absent")}
        elif line.get("note"):
            row["notes"].append(line["note"])
    return list(rows.values())


def goals_of(row, goals):
    """Each goal in words, and whether it is met: None where there is nothing to compare with."""
    def at_least(value, least):
        return None if value is None else value >= least

    told = []
    if "most" in goals:
        told.append((f"≤ {goals['most']:g}", None if row["ours"] is None else row["ours"] <= goals["most"]))
    if "least" in goals:
        told.append((f"≥ {goals['least']:g}", at_least(row["ours"], goals["least"])))
    if "of_hand" in goals:
        told.append((f"≥ {goals['of_hand']:g} x hand", at_least(row["ratio_to_hand"], goals["of_hand"])))
    if "of_peers" in goals:
        told.append((f"≥ {goals['of_peers']:g} x fastest", at_least(row["ratio_to_fastest"], goals["of_peers"])))
    for name, least in goals.get("of_peer", {}).items():
        theirs = row["peers"].get(name, {}).get("peer")
        told.append((f"≥ {least:g} x {name}", at_least(ratio(row["ours"], theirs, row["better"]), least)))
    return told


def judged(row, goals):
    row["better"] = goals.get("better", row.get("better", "less"))
    row["ratio_to_hand"] = ratio(row["ours"], row["hand"], row["better"])
    right = {name: peer["peer"] for name, peer in row["peers"].items() if peer["peer"] and not peer["differs"]}
    best = max if row["better"] == "more" else min
    row["fastest"] = best(right, key=right.get) if right else None
    row["ratio_to_fastest"] = ratio(row["ours"], right.get(row["fastest"]), row["better"])
    told = goals_of(row, goals)
    row["goal"] = ", ".join(words for words, _ in told)
    row["missed"] = [words for words, met in told if met is False]
    row["met"] = False if row["missed"] else True if any(met for _, met in told) else None
    limit = row.get("limit")
    row["broken"] = limit is not None and (row["ours"] < limit if row["better"] == "more" else row["ours"] > limit)
    return row


def rows_of(results, goals):
    return [judged(row, goals.get(row["name"], {})) for row in merged(results)]


def number(value):
    return "" if value is None else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def said(row):
    """What does not fit into a column."""
    lines = [f"{row['name']}: {note}" for note in row["notes"]]
    for name, peer in row["peers"].items():
        if peer["absent"]:
            lines.append(f"{row['name']}: {name} is absent: {peer['absent']}")
        elif peer["differs"]:
            lines.append(f"{row['name']}: {name} answers otherwise: {peer['differs']}; it counts for no goal of the fastest")
        elif peer["note"]:
            lines.append(f"{row['name']}: {name}: {peer['note']}")
    return lines + [f"{row['name']}: missed: {words}" for words in row["missed"]]


def cells(row, peers):
    met = {True: "yes", False: "no", None: ""}[row["met"]]
    theirs = [number(row["peers"].get(name, {}).get("peer")) + ("*" if row["peers"].get(name, {}).get("differs") else "") for name in peers]
    return [row["name"], row["unit"], number(row["ours"]) + (" !" if row["broken"] else ""), number(row["hand"]), *theirs,
            number(row["ratio_to_hand"]), number(row["ratio_to_fastest"]), number(row.get("limit")) or row["goal"], met]


def show(rows):
    peers = sorted({name for row in rows for name, peer in row["peers"].items() if peer["peer"]})
    head = ["row", "unit", "ours", "hand", *peers, "/ hand", "/ fastest", "goal", "met"]
    table = [head] + [cells(row, peers) for row in rows]
    widths = [max(len(line[i]) for line in table) for i in range(len(head))]
    left = (0, 1, len(head) - 2, len(head) - 1)
    for line in table:
        print("  ".join(cell.ljust(w) if i in left else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths))).rstrip())
    for row in rows:
        for line in said(row):
            print(line)
