#!/usr/bin/env python3
"""Installs the package into a folder of its own and builds programs against that alone.

    install_package_test.py SOURCE_FOLDER BUILD_FOLDER CMAKE GENERATOR C_COMPILER CXX_COMPILER

The runtime is installed first, then jit and tools. What is built sees neither the source tree nor the build folder; the
example service runs while its rulebook is replaced.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import reloading_service

SOURCE, BUILD, CMAKE, GENERATOR, C_COMPILER, CXX_COMPILER = sys.argv[1:7]
EXAMPLE = pathlib.Path(SOURCE, "runtime/single/example_service")
PUBLIC_ENTRIES = ["rulebook/rulebook.hpp", "rulebook/rulebook_jit.hpp"]
RULES = (EXAMPLE / "shop.rules").read_text(encoding="utf-8")


def run(*command, fails=False, **options):
    """What it printed, both ways together."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, **options)
    if (done.returncode != 0) != fails:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        cls.prefix = cls.folder / "moved" / "prefix"
        cls.install("runtime")
        cls.runtime_only = cls.configure(pathlib.Path(SOURCE, "tests/package/runtime_only"))
        cls.runtime_files = cls.installed()
        # Without jit there is no such component.
        cls.without_jit = run(*cls.cmake_arguments(EXAMPLE, "without_jit"), fails=True)
        cls.install("jit")
        cls.install("tools")
        # What is installed may be moved.
        at_last = cls.folder / "prefix"
        cls.prefix.rename(at_last)
        cls.prefix = at_last
        shutil.rmtree(cls.folder / "moved")
        cls.rulec = cls.prefix / "bin" / "rulec"
        shutil.rmtree(cls.runtime_only)
        cls.runtime_only = cls.configure(pathlib.Path(SOURCE, "tests/package/runtime_only"))
        cls.service = cls.configure(EXAMPLE)
        for each in (cls.runtime_only, cls.service):
            run(CMAKE, "--build", each)
        rules = cls.folder / "rules"
        rules.mkdir()
        (rules / "shop.rules").write_text(RULES, encoding="utf-8")
        for kind in ("rbk", "so"):
            run(cls.rulec, "compile", rules, "-o", cls.folder / f"shop.{kind}")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    @classmethod
    def install(cls, component):
        run(CMAKE, "--install", BUILD, "--prefix", cls.prefix, "--component", component)

    @classmethod
    def installed(cls):
        return sorted(path.relative_to(cls.prefix).as_posix() for path in cls.prefix.rglob("*") if path.is_file())

    @classmethod
    def cmake_arguments(cls, source, name):
        return [CMAKE, "-G", GENERATOR, "-S", source, "-B", cls.folder / name, f"-DCMAKE_PREFIX_PATH={cls.prefix}",
                f"-DCMAKE_C_COMPILER={C_COMPILER}", f"-DCMAKE_CXX_COMPILER={CXX_COMPILER}", "-DCMAKE_BUILD_TYPE=Release",
                "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF"]

    @classmethod
    def configure(cls, source):
        # From a copy: nothing beside it can be seen.
        copy = cls.folder / f"{source.name}_source"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(source, copy)
        run(*cls.cmake_arguments(copy, source.name))
        return cls.folder / source.name

    def test_the_runtime_alone_is_the_runtime_alone(self):
        self.assertIn("lib/librulebook_runtime.a", self.runtime_files)
        for file in self.runtime_files:
            self.assertNotRegex(file, r"jit|compiler/|bin/|duckdb")
        self.assertIn("its own files (install the component jit)", self.without_jit)

    def test_headers_include_installed_headers_only(self):
        include = self.prefix / "include"
        headers = [path for path in include.rglob("*") if path.is_file()]
        self.assertGreater(len(headers), 50)
        for header in headers:
            for included in re.findall(r'^\s*#\s*include\s*"([^"]+)"', header.read_text(encoding="utf-8"), re.M):
                self.assertTrue((include / "rulebook" / included).is_file(), f"{header} includes {included}")
            # Users see the standard library and tl::expected, and nothing else that is not ours.
            for foreign in re.findall(r"^\s*#\s*include\s*<([^>]*[./][^>]*)>", header.read_text(encoding="utf-8"), re.M):
                self.assertIn(foreign, ("tl/expected.hpp", "stdint.h"), header)
        for entry in PUBLIC_ENTRIES:
            self.assertTrue((include / entry).is_file(), entry)

    def test_nothing_that_is_built_sees_the_source_tree(self):
        for build in (self.runtime_only, self.service):
            commands = (build / "compile_commands.json").read_text(encoding="utf-8")
            self.assertIn(str(self.prefix / "include"), commands)
            seen = commands + (build / "CMakeCache.txt").read_text(encoding="utf-8")
            if shutil.which("ninja") and GENERATOR == "Ninja":
                dependencies = run("ninja", "-C", build, "-t", "deps")
                self.assertIn("rulebook/rulebook.hpp", dependencies)
                seen += dependencies
            for folder in (SOURCE, BUILD):
                self.assertNotIn(folder + "/", seen)
        for file in self.prefix.glob("lib/cmake/rulebook/*"):
            self.assertNotIn(SOURCE, file.read_text(encoding="utf-8"), file)

    def test_the_runtime_needs_no_compiler(self):
        program = self.runtime_only / "runtime_only"
        needed = run("ldd", program).lower()
        self.assertIn("libstdc++", needed)
        symbols = run("nm", "-C", program)
        self.assertIn("rulebook::single::Scorer::evaluate", symbols)
        for foreign in ("llvm", "antlr", "duckdb"):
            self.assertNotIn(foreign, needed)
            self.assertNotRegex(symbols, rf"(?i)\b{foreign}\w*::|\b{foreign}_\w+\(")
        self.assertNotIn("rulec::", symbols)
        # And the same look does find the compiler in the other program.
        self.assertIn("llvm::Module", run("nm", "-C", self.service / "scoring_service"))
        for kind, way in (("rbk", "interpreted"), ("so", "native code")):
            self.assertEqual(run(program, self.folder / f"shop.{kind}"), f"40 points, {way}; in a run 40\n")

    @unittest.skipUnless(shutil.which("g++"), "there is no g++")
    def test_another_compiler_can_use_it(self):
        build = self.folder / "by_gcc"
        run(CMAKE, "-G", GENERATOR, "-S", self.folder / "runtime_only_source", "-B", build,
            f"-DCMAKE_PREFIX_PATH={self.prefix}", "-DCMAKE_CXX_COMPILER=g++", "-DCMAKE_CXX_FLAGS=-Werror")
        run(CMAKE, "--build", build)
        self.assertEqual(run(build / "runtime_only", self.folder / "shop.so"), "40 points, native code; in a run 40\n")

    def test_installed_tools_find_what_they_need(self):
        data = self.folder / "data"
        run(self.prefix / "bin" / "rulebook-sample", "--accounts", "10", "--seed", "1", "--out", data)
        out = self.folder / "out"
        run(self.rulec, "run", pathlib.Path(SOURCE, "rules/crawl_walk_run"), "--data", data, "--out", out,
            "--out-format", "parquet")
        self.assertTrue((out / "accounts.parquet").is_file())
        # By DuckDB, which is installed with them.
        parquet = self.folder / "parquet"
        parquet.mkdir()
        shutil.copy(out / "accounts.parquet", parquet / "anything.parquet")
        read = subprocess.run([self.rulec, "run", self.folder / "rules", "--data", parquet, "--map", self.map(),
                               "--out", self.folder / "of_parquet", "--as-of", "2026-07-01"], text=True,
                              capture_output=True, check=False)
        self.assertIn("accounts: 10 in = 10 evaluated", read.stdout, read.stderr)

    def map(self):
        file = self.folder / "map.toml"
        file.write_text('[accounts]\nsql = "select account as id, \'retail\' as industry, null as employees, '
                        'null as annual_revenue from read_parquet(\'anything.parquet\')"\n', encoding="utf-8")
        return file

    def test_the_service_takes_a_changed_file_into_force_while_it_answers(self):
        said = reloading_service.reload(self.service / "scoring_service", self.folder / "live.rules", RULES)
        print(re.search("^throughput: .*", said, re.M)[0])

    def test_the_service_takes_compiled_files(self):
        live = self.folder / "live.so"
        shutil.copy(self.folder / "shop.so", live)
        service = reloading_service.Service(self.service / "scoring_service", live)
        try:
            service.wait_for("in force: version 1, native code")
        finally:
            code, said = service.end()
        self.assertEqual(code, 0, said)
        self.assertNotIn("interpreted", said)

    def test_other_versions_are_not_taken(self):
        version = json.loads(run(self.rulec, "version", "--format", "json"))["rulec"]
        major, minor, _ = (int(part) for part in version.split("."))
        for wanted, found in ((f"{major}.{minor}", True), (f"{major}.{minor + 1}", False), (f"{major + 1}.0", False)):
            source = self.folder / f"wants_{wanted}"
            source.mkdir()
            (source / "CMakeLists.txt").write_text(
                "cmake_minimum_required(VERSION 3.25)\nproject(wants LANGUAGES CXX)\n"
                f"find_package(rulebook {wanted} REQUIRED COMPONENTS runtime)\n", encoding="utf-8")
            run(*self.cmake_arguments(source, f"wants_{wanted}_build"), fails=not found)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
