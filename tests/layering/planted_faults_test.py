#!/usr/bin/env python3
"""Plants one fault at a time in a small sound house and expects check_layering.py to name it."""

import tempfile
import unittest
from pathlib import Path

import check_layering

SOUND_FILES = {
    "compiler/README.md": "1. `syntax/` — text\n2. `model/` — names\n",
    "runtime/README.md": "1. `value/` — a\n2. `time/` — b\n3. `plan/` — c\n4. `trigger/` — d\n5. `credit/` — e\n6. `engine/` — f\n",
    "compiler/syntax/parser.cpp": '#include <antlr4-runtime.h>\n#include "RulebookParser.h"\n#include "runtime/plan/plan.hpp"\n',
    "compiler/model/model.hpp": '#include "compiler/syntax/ast.hpp"\n#include "runtime/value/number.hpp"\n',
    "runtime/value/number.hpp": "#pragma once\n#include <string>\n",
    "runtime/plan/plan.hpp": '#include "runtime/value/number.hpp"\n',
    "runtime/trigger/trigger.cpp": '#include "runtime/plan/plan.hpp"\n',
    "runtime/credit/credit.cpp": '#include "runtime/plan/plan.hpp"\n',
    "runtime/engine/engine.cpp": '#include "runtime/trigger/trigger.hpp"\n#include "runtime/credit/credit.hpp"\n',
    "tools/rulec/main.cpp": '#include <CLI/CLI.hpp>\n#include "compiler/model/model.hpp"\n#include "tools/data/reader.hpp"\n',
    "tools/data/reader.cpp": "#include <duckdb.h>\n",
}
SOUND_LINKS = {
    "rulebook_value": ("runtime/value", "fmt::fmt"),
    "rulebook_plan": ("runtime/plan", "rulebook_value $<LINK_ONLY:nettle::nettle>"),
    "rulebook_engine": ("runtime/engine", "rulebook_plan"),
    "rulec_syntax": ("compiler/syntax", "rulebook_plan antlr4::runtime"),
    "rulec_model": ("compiler/model", "rulec_syntax"),
    "rulec": ("tools/rulec", "rulec_model rulebook_engine"),
}

# what is planted: (name, files to add or replace, links to add or replace, words of the expected fault)
PLANTED = [
    ("runtime includes the compiler", {"runtime/plan/bad.cpp": '#include "compiler/model/model.hpp"\n'}, {},
     "runtime/ may not know compiler/"),
    ("runtime includes a tool", {"runtime/engine/bad.cpp": '#include "tools/data/reader.hpp"\n'}, {},
     "may not know tools/"),
    ("compiler includes a tool", {"compiler/model/bad.cpp": '#include "tools/rulec/main.hpp"\n'}, {},
     "may not know tools/"),
    ("runtime includes ANTLR", {"runtime/plan/bad.cpp": "#include <antlr4-runtime.h>\n"}, {},
     "antlr4-runtime.h belongs to compiler/syntax"),
    ("runtime includes LLVM", {"runtime/plan/bad.cpp": "#include <llvm/IR/Module.h>\n"}, {},
     "llvm/IR/Module.h belongs to compiler/codegen"),
    ("runtime includes DuckDB", {"runtime/engine/bad.cpp": "#include <duckdb.h>\n"}, {}, "duckdb.h belongs to tools/data"),
    ("a tool other than tools/data includes DuckDB", {"tools/rulec/bad.cpp": "#include <duckdb.h>\n"}, {},
     "duckdb.h belongs to tools/data"),
    ("a generated parser header elsewhere", {"compiler/model/bad.cpp": '#include "RulebookParser.h"\n'}, {},
     "RulebookParser.h belongs to compiler/syntax"),
    ("compiler includes the engine", {"compiler/model/bad.cpp": '#include "runtime/engine/engine.hpp"\n'}, {},
     "the compiler may know value, time, plan and native"),
    ("against the runtime's order", {"runtime/value/bad.hpp": '#include "runtime/plan/plan.hpp"\n'}, {},
     "runtime/plan comes after runtime/value"),
    ("against the compiler's order", {"compiler/syntax/bad.hpp": '#include "compiler/model/model.hpp"\n'}, {},
     "compiler/model comes after compiler/syntax"),
    ("credit includes trigger", {"runtime/credit/bad.cpp": '#include "runtime/trigger/trigger.hpp"\n'}, {},
     "stand side by side"),
    ("spaces in the directive", {"runtime/plan/bad.cpp": '  #  include "compiler/model/model.hpp"\n'}, {},
     "runtime/ may not know compiler/"),
    ("a relative include", {"runtime/plan/bad.cpp": '#include "plan.hpp"\n'}, {}, "written from the root"),
    ("a relative include upwards", {"runtime/plan/bad.cpp": '#include "../../compiler/model/model.hpp"\n'}, {},
     "written from the root"),
    ("an example knows the inside", {"runtime/engine/example/CMakeLists.txt": "find_package(rulebook 0.1 REQUIRED)\n",
                                     "runtime/engine/example/main.cpp": '#include "runtime/engine/run.hpp"\n'}, {},
     "a project of its own knows <rulebook/...> only"),
    ("ANTLR in a header that others include",
     {"compiler/syntax/ast.hpp": "#include <antlr4-runtime.h>\n"}, {},
     "compiler/model/model.hpp:1: includes compiler/syntax/ast.hpp, which brings antlr4-runtime.h along"),
    ("JSON in a header that others reach by a detour",
     {"runtime/plan/plan.hpp": '#include "runtime/plan/bad.hpp"\n', "runtime/plan/bad.hpp": "#include <nlohmann/json.hpp>\n"},
     {}, "includes runtime/plan/plan.hpp, which brings nlohmann/json.hpp along"),
    ("runtime links the compiler", {}, {"rulebook_engine": ("runtime/engine", "rulec_model")},
     "target rulebook_engine: links rulec_model: runtime/ may not know compiler/"),
    ("runtime links DuckDB", {}, {"rulebook_engine": ("runtime/engine", "/opt/libduckdb.so")}, "may not link duckdb"),
    ("runtime links LLVM", {}, {"rulebook_engine": ("runtime/engine", "LLVMCore")}, "may not link llvm"),
    ("runtime reaches ANTLR by a detour", {},
     {"helper": ("grammar", "antlr4::runtime"), "rulebook_plan": ("runtime/plan", "helper")},
     "target rulebook_engine: links antlr4::runtime: runtime/ may not link antlr"),
    ("compiler links the engine", {}, {"rulec_model": ("compiler/model", "rulec_syntax rulebook_engine")},
     "the compiler may know value, time, plan and native"),
    ("runtime links against its order", {}, {"rulebook_value": ("runtime/value", "rulebook_plan")},
     "runtime/plan comes after runtime/value"),
    ("a folder of the runtime is not listed", {"runtime/log/log.hpp": "#pragma once\n"}, {},
     "runtime/README.md: does not list runtime/log/"),
    ("a folder of the compiler is not listed", {"compiler/codegen/jit.cpp": "\n"}, {},
     "compiler/README.md: does not list compiler/codegen/"),
    ("a folder is listed twice", {"compiler/README.md": "1. `syntax/`\n2. `model/`\n3. `syntax/`\n"}, {}, "twice"),
]


def faults_of(extra_files, extra_links):
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name, text in {**SOUND_FILES, **extra_files}.items():
            path = project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        links = {**SOUND_LINKS, **extra_links}
        graph = "".join(f"{name}\tSTATIC_LIBRARY\t{where}\t{linked}\n" for name, (where, linked) in links.items())
        return check_layering.check(project, graph)


class PlantedFaults(unittest.TestCase):
    def test_sound_house_has_no_faults(self):
        report = faults_of({}, {})
        self.assertEqual(report.faults, [])
        self.assertEqual(report.counts, {"files": 9, "includes": 15, "targets": 6, "links": 9, "folders": 7})

    def test_each_planted_fault_is_named(self):
        for name, files, links, expected in PLANTED:
            with self.subTest(name):
                faults = faults_of(files, links).faults
                self.assertTrue(any(expected in fault for fault in faults), f"{name}: expected '{expected}' in {faults}")

    def test_a_private_header_may_be_heavy(self):
        files = {"runtime/plan/private.hpp": "#include <nlohmann/json.hpp>\n",
                 "runtime/plan/plan.cpp": '#include "runtime/plan/private.hpp"\n'}
        self.assertEqual(faults_of(files, {}).faults, [])

    def test_an_example_may_include_its_own_files_and_the_package(self):
        files = {"runtime/engine/example/CMakeLists.txt": "find_package(rulebook 0.1 REQUIRED)\n",
                 "runtime/engine/example/part.hpp": "#include <rulebook/rulebook.hpp>\n",
                 "runtime/engine/example/main.cpp": '#include "part.hpp"\n'}
        self.assertEqual(faults_of(files, {}).faults, [])

    def test_an_empty_house_is_a_fault(self):
        with tempfile.TemporaryDirectory() as folder:
            for side in ("compiler", "runtime", "tools"):
                (Path(folder) / side).mkdir()
            faults = check_layering.check(Path(folder), "").faults
        for what in ("files", "includes", "targets", "links", "folders"):
            self.assertTrue(any(f"looked at no {what}" in fault for fault in faults), what)


if __name__ == "__main__":
    unittest.main()
