#!/usr/bin/env python3
"""Fails when the house's folders know more of each other than the READMEs of compiler/ and runtime/ allow.

    check_layering.py PROJECT LINK_GRAPH

Looks at every #include of the project's own sources and at the link graph that CMake wrote. Ends with the counts of what it
looked at: a check that saw nothing is a failure.
"""

import re
import sys
from pathlib import Path

SIDES = ("compiler", "runtime")
SOURCE_SUFFIXES = {".hpp", ".h", ".cpp", ".c", ".def", ".inc"}
RUNTIME_FOLDERS_OF_THE_COMPILER = ("runtime/value", "runtime/time", "runtime/plan", "runtime/native")
PEERS = {frozenset({"runtime/trigger", "runtime/credit"})}

# Who may include a third-party header. Matched against the start of the included path.
OWNERS = {
    "antlr4": ("compiler/syntax",),
    "Rulebook": ("compiler/syntax",),  # what ANTLR makes: RulebookParser.h and so on
    "llvm": ("compiler/codegen",),
    "duckdb": ("tools/data",),
    "snappy": ("tools/output",),
    "flatbuffers/": ("tools/output",),
    "cctz/": ("runtime/time",),
    "Eigen/": ("runtime/learn",),
    "CLI/": ("tools",),
    "spdlog/": ("tools",),
}
# Slow to compile, or not for others to see: no header that brings them along is included from another folder.
HEAVY = ("antlr4", "Rulebook", "llvm", "duckdb", "cctz/", "CLI/", "spdlog/", "Eigen/", "nlohmann/json.hpp", "boost/multiprecision",
         "fmt/chrono.h")
# What no target of the runtime may reach by linking. Matched against any part of a linked name, in small letters.
FOREIGN_TO_RUNTIME = ("antlr", "llvm", "duckdb")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
README_FOLDER = re.compile(r"^\d+\.\s+`([a-z_]+)/`", re.MULTILINE)


class Report:
    """Faults, and counts of what was looked at."""

    def __init__(self):
        self.faults = []
        self.counts = {"files": 0, "includes": 0, "targets": 0, "links": 0, "folders": 0}

    def fault(self, where, what):
        self.faults.append(f"{where}: {what}")


def listed_order(project, side):
    """Folders of `compiler` or `runtime` in the order of its README, as paths from the project's root."""
    readme = project / side / "README.md"
    names = README_FOLDER.findall(readme.read_text(encoding="utf-8")) if readme.exists() else []
    return [f"{side}/{name}" for name in names]


def folder_of(path):
    """`runtime/plan/plan.hpp` -> `runtime/plan`; `tools/setup` -> `tools`."""
    parts = Path(path).parts
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def why_not(user, used, orders):
    """Why code in folder `user` may not know folder `used`; None if it may."""
    if user == used:
        return None
    user_side, used_side = user.split("/")[0], used.split("/")[0]
    if user_side == "tools" or user_side == "tests":
        return None
    if used_side in ("tools", "tests"):
        return f"{user} may not know {used_side}/"
    if user_side == "runtime" and used_side == "compiler":
        return "runtime/ may not know compiler/"
    if user_side == "compiler" and used_side == "runtime":
        return None if used in RUNTIME_FOLDERS_OF_THE_COMPILER else f"of the runtime, the compiler may know value, time, plan and native, not {used}"
    if frozenset({user, used}) in PEERS:
        return f"{user} and {used} stand side by side and may not know each other"
    order = orders.get(user_side, [])
    if user in order and used in order and order.index(used) > order.index(user):
        return f"{used} comes after {user} in {user_side}/README.md"
    return None


def check_third_party(report, where, folder, included):
    for start, owners in OWNERS.items():
        if included.startswith(start) and not any(folder == o or folder.startswith(o + "/") for o in owners):
            report.fault(where, f"{included} belongs to {', '.join(owners)}")


def read_includes(project, report):
    """(path from the root, line, quote or bracket, what is included) of every #include in the house."""
    includes = []
    for side in ("compiler", "runtime", "tools"):
        for path in sorted((project / side).rglob("*")):
            if path.suffix not in SOURCE_SUFFIXES or not path.is_file():
                continue
            text = path.read_text(encoding="utf-8")
            report.counts["files"] += 1
            for match in INCLUDE.finditer(text):
                line = text.count("\n", 0, match.start(2)) + 1
                includes.append((path.relative_to(project).as_posix(), line, *match.groups()))
    report.counts["includes"] += len(includes)
    return includes


def projects_of_their_own(project):
    """Folders of examples that are built against an installed package, as paths from the root."""
    lists = (path for side in SIDES for path in sorted((project / side).rglob("CMakeLists.txt")))
    return {path.parent.relative_to(project).as_posix() for path in lists
            if "find_package(rulebook " in path.read_text(encoding="utf-8")}


def check_includes(project, includes, orders, report):
    top_folders = {p.name for p in project.iterdir() if p.is_dir()}
    apart = projects_of_their_own(project)
    for path, line, quote, included in includes:
        where, folder = f"{path}:{line}", folder_of(path)
        if Path(path).parent.as_posix() in apart:
            if Path(included).parts[0] in top_folders:
                report.fault(where, f"includes {included}: a project of its own knows <rulebook/...> only")
        elif Path(included).parts[0] in top_folders:
            reason = why_not(folder, folder_of(included), orders)
            if reason:
                report.fault(where, f"includes {included}: {reason}")
        elif included.startswith(".") or (quote == '"' and (project / path).with_name(included).exists()):
            report.fault(where, f'includes "{included}"; paths are written from the root of the project')
        else:
            check_third_party(report, where, folder, included)


def check_heavy_headers(includes, report):
    """No folder makes another one compile a heavy header, be it by a chain of our own."""
    brings = {path: included for path, _, _, included in includes if included.startswith(HEAVY)}
    grew = True
    while grew:
        found = {path: brings[included] for path, _, _, included in includes if included in brings and path not in brings}
        brings.update(found)
        grew = bool(found)
    for path, line, _, included in includes:
        if included in brings and folder_of(path) != folder_of(included):
            report.fault(f"{path}:{line}", f"includes {included}, which brings {brings[included]} along; "
                         "only .cpp files and private headers include that")


def read_link_graph(text):
    """name -> (folder, linked names)"""
    graph = {}
    for line in text.splitlines():
        name, _kind, folder, linked = line.split("\t")
        names = [re.sub(r"^\$<LINK_ONLY:(.*)>$", r"\1", each) for each in linked.split()]
        graph[name] = (folder, names)
    return graph


def reached_from(graph, name):
    seen, waiting = set(), [name]
    while waiting:
        for linked in graph.get(waiting.pop(), ("", []))[1]:
            if linked not in seen:
                seen.add(linked)
                waiting.append(linked)
    return seen


def check_links(graph, orders, report):
    for name, (folder, linked) in sorted(graph.items()):
        report.counts["targets"] += 1
        report.counts["links"] += len(linked)
        if folder.split("/")[0] not in SIDES:
            continue
        for reached in sorted(reached_from(graph, name)):
            if reached in graph:
                reason = why_not("/".join(folder.split("/")[:2]), "/".join(graph[reached][0].split("/")[:2]), orders)
                if reason:
                    report.fault(f"target {name}", f"links {reached}: {reason}")
            if folder.startswith("runtime"):
                for foreign in FOREIGN_TO_RUNTIME:
                    if foreign in reached.lower():
                        report.fault(f"target {name}", f"links {reached}: runtime/ may not link {foreign}")


def check_readmes(project, orders, report):
    for side in SIDES:
        present = {f"{side}/{p.name}" for p in (project / side).iterdir()
                   if p.is_dir() and any(f.suffix in SOURCE_SUFFIXES for f in p.rglob("*"))}
        report.counts["folders"] += len(present)
        for folder in sorted(present - set(orders[side])):
            report.fault(f"{side}/README.md", f"does not list {folder}/")
        for folder in orders[side]:
            if orders[side].count(folder) > 1:
                report.fault(f"{side}/README.md", f"lists {folder}/ twice")


def check(project, link_graph_text):
    """All checks over the project in folder `project` (a Path)."""
    report = Report()
    orders = {side: listed_order(project, side) for side in SIDES}
    includes = read_includes(project, report)
    check_includes(project, includes, orders, report)
    check_heavy_headers(includes, report)
    check_links(read_link_graph(link_graph_text), orders, report)
    check_readmes(project, orders, report)
    for what, count in report.counts.items():
        if count == 0:
            report.fault("layering", f"looked at no {what}: is this the right folder?")
    return report


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    report = check(Path(arguments[1]), Path(arguments[2]).read_text(encoding="utf-8"))
    for fault in report.faults:
        print(fault)
    print("layering: looked at " + ", ".join(f"{n} {what}" for what, n in report.counts.items())
          + f"; {len(report.faults)} faults")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
