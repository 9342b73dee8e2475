// Tests of a rulebook, resolved: records to build and what to expect of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/diagnostics/source.hpp"
#include "compiler/model/expression.hpp"
#include "runtime/plan/schema.hpp"

namespace rulec::model {

// The value of a field in a test's record; unknown: `missing`. Times are instants already: offsets
// from the origin are applied.
struct TestCell {
    rulebook::plan::FieldIndex field = 0;
    rulebook::plan::Value value;
};

// From `known_from` on (microseconds since 1970 UTC) tracked fields had these values; one that is
// not here was as before.
struct TestVersion {
    std::int64_t known_from = 0;
    std::vector<TestCell> cells;
};

struct TestRecord {
    rulebook::plan::EntityIndex entity = 0;
    std::vector<TestCell> cells;      // a field that is not here was left out
    std::vector<TestVersion> history; // by known_from; none: what is tracked holds from the origin
    std::vector<TestRecord> children; // as written
    Span span;
};

struct ExpectedCondition {
    ExprId condition = kError;
};

enum class ExpectedFiring : std::uint8_t {
    Fires,
    FiresTimes,
    NeverFires,
    Suppressed,
    NeverSuppressed,
    Control,
    Pending
};

struct ExpectedFirings {
    std::uint32_t rule = 0; // index in Rulebook::rules
    ExpectedFiring expectation = ExpectedFiring::Fires;
    std::vector<std::int64_t> instants;
    std::int64_t times = 0; // of FiresTimes
};

struct ExpectedAmount {
    rulebook::plan::Value party; // unknown: nobody, `unattributed` or `unknown`
    std::string party_name;
    std::int64_t amount = 0; // minor units
};

struct ExpectedCredit {
    std::uint32_t rule = 0;
    std::vector<ExpectedAmount> amounts;
};

struct ExpectedFlags {
    std::uint32_t rule = 0;
    std::vector<std::string> flags;
    bool never = false; // none of them, on any deal
};

struct Expectation {
    std::variant<ExpectedCondition, ExpectedFirings, ExpectedCredit, ExpectedFlags> node;
    Span span;
};

struct Test {
    std::string name;
    TestRecord root;
    std::int64_t as_of = 0;
    std::vector<std::uint32_t> controls;         // triggers whose control group the account is in
    std::vector<std::uint32_t> control_policies; // and policies: index in Rulebook::policies
    std::vector<Expectation> expectations;
    Span span;
};

} // namespace rulec::model
