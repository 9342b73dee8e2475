// For programs that compile rules while they run: text of rules, or a plan, to a rulebook with
// native code. What comes out is what native::load_rulebook gives of a file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/native/library.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::jit {

// One file of a rulebook. `path` is what messages call it; it is not opened.
struct RulesText {
    std::string path;
    std::string text;
};

// Gives the content of a file that the rules name (lists, lookups, rates, weights), by its path
// beside them; file.missing where there is none. Called on the thread that compiles.
using ReadFile = std::function<Result<std::string>(std::string_view path)>;

// Without `read`, rules that name files are refused. Fails with the code of the first diagnostic
// (RB1203) and all errors as `rulec check` shows them; what it would warn of is not told. Owns what
// it gives; keeps nothing of what it is given. Safe to call from any thread; calls take turns where
// the text is parsed.
Result<plan::Plan> plan_of(std::span<const RulesText> files, const ReadFile& read = {});

enum class Optimization : bool { None, Full };

struct Options {
    // Full takes some 5 ms for each rule of ordinary size; None a third of it.
    Optimization optimization = Optimization::Full;
    std::size_t threads = 1; // to compile on
    // Names of rules; empty: all. What they read is compiled with them.
    std::vector<std::string> only{};
    // Code that was made before is taken from there, by whatever process, and kept there. Used only
    // where the folder, which is made if need be, belongs to this user and nobody else can write to
    // it: what lies in it is run.
    std::optional<std::filesystem::path> cache{};
};

// The plan with code for every instant: each time that versions of rules come into force or cease
// to be has code of its own. Never fails: where this process may not make code, or there is none
// for this processor, the library has the plan alone, and Library::no_code says why; whoever takes
// it interprets the rules, with equal results. Say it once.
//
// The plan is sound: plan_of and plan::deserialize give no other. The library owns the code, and it
// is unmapped with the last copy of it. Safe to call from any thread, several at a time. It takes
// a moment: call it where nobody waits, and let the interpreter answer until then.
native::Library compile(plan::Plan plan, const Options& options = {});

} // namespace rulebook::jit
