// Programs as bytes: those that are none, or none for the plan, are refused.
#include <functional>

#include <gtest/gtest.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/native/serialize.hpp"
#include "runtime/native/validate.hpp"
#include "tests/unit/native/compiled_rules.hpp"

namespace rulec::tool {
namespace {

using rulebook::native::Cell;
using rulebook::native::Program;
using rulebook::native::Source;
using rulebook::plan::Plan;

constexpr std::uint32_t kNone = 0xfffffff0;

class NativeProgram : public testing::Test {
protected:
    static void SetUpTestSuite() {
        shared_plan = new Plan(native_plan());
        constexpr std::int64_t kLate = std::int64_t{1} << 62U;
        auto request = code_request(*shared_plan, {}, kLate);
        for (std::uint32_t id = 0; id < shared_plan->nodes.size() && request.values.empty(); ++id)
            if (shared_plan->nodes[id].op == rulebook::plan::Op::FitTier)
                request.values.push_back(id);
        auto code = codegen::compile(*shared_plan, request, codegen::Optimization::None);
        ASSERT_TRUE(code) << code.error().message;
        shared_program = new Program(code->program);
    }
    static void TearDownTestSuite() {
        delete shared_plan;
        delete shared_program;
    }

    static rulebook::native::ArrayInfo& array(Program& program, Source source) {
        return *std::ranges::find(program.arrays, source, &rulebook::native::ArrayInfo::source);
    }

    static inline Plan* shared_plan = nullptr;
    static inline Program* shared_program = nullptr;
};

TEST_F(NativeProgram, ComesBackAsItWas) {
    const auto back = rulebook::native::deserialize(rulebook::native::serialize(*shared_program),
                                                    *shared_plan, "acme.so");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, *shared_program);
}

TEST_F(NativeProgram, DamagedBytesNeverGiveAnUnsoundProgram) {
    const std::string bytes = rulebook::native::serialize(*shared_program);
    std::size_t refused = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at)
        for (const int flip : {0x01, 0x80}) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ flip);
            const auto back = rulebook::native::deserialize(damaged, *shared_plan, "acme.so");
            refused += back ? 0 : 1;
            if (back)
                EXPECT_EQ(validate(*back, *shared_plan), std::nullopt);
        }
    EXPECT_GT(refused, bytes.size());
    for (std::size_t size = 0; size < bytes.size(); size += 13)
        EXPECT_FALSE(rulebook::native::deserialize(bytes.substr(0, size), *shared_plan, "acme.so"));
}

TEST_F(NativeProgram, EveryIndexIsChecked) {
    struct Fault {
        const char* name;
        std::function<void(Program&)> plant;
    };
    const Fault faults[] = {
        {"content hash", [](Program& p) { p.content_hash += "0"; }},
        {"entity of an array", [](Program& p) { p.arrays[0].entity = kNone; }},
        {"field", [](Program& p) { array(p, Source::Stored).field = kNone; }},
        {"field of another type", [](Program& p) { array(p, Source::Stored).cell = Cell::Real; }},
        {"asked about a text", [](Program& p) { array(p, Source::OfText).field = kNone; }},
        {"node asked about", [](Program& p) { array(p, Source::OfText).node = kNone; }},
        {"constant", [](Program& p) { array(p, Source::CodeOfText).node = kNone; }},
        {"codes of no text", [](Program& p) { array(p, Source::Codes).field = 0; }},
        {"elements of the root", [](Program& p) { array(p, Source::Begins).entity = 0; }},
        {"ends", [](Program& p) { array(p, Source::Ends).cell = Cell::Integer; }},
        {"calendar window of no number",
         [](Program& p) { array(p, Source::WindowStart).field = kNone; }},
        {"calendar window of no aggregate",
         [](Program& p) { array(p, Source::WindowStart).node = 0; }},
        {"first values of no field", [](Program& p) { array(p, Source::Firsts).field = kNone; }},
        {"first values of accounts", [](Program& p) { array(p, Source::Firsts).entity = 0; }},
        {"calendar window of elements",
         [](Program& p) {
             array(p, Source::WindowStart).entity = array(p, Source::Begins).entity;
         }},
        {"computed node", [](Program& p) { array(p, Source::Computed).node = kNone; }},
        {"rule of a fit", [](Program& p) { p.fits[0].rule = kNone; }},
        {"kind of a rule", [](Program& p) { p.fits[0].rule = p.decisions[0].rule; }},
        {"version of a fit", [](Program& p) { p.fits[0].version = kNone; }},
        {"score", [](Program& p) { p.fits[0].score = kNone; }},
        {"tier", [](Program& p) { p.fits[0].tier = p.fits[0].out; }},
        {"out", [](Program& p) { p.fits[0].out = p.fits[0].score; }},
        {"unknowns", [](Program& p) { p.fits[0].unknowns = kNone; }},
        {"hits", [](Program& p) { p.fits[0].hits.clear(); }},
        {"more hits", [](Program& p) { p.fits[0].hits[0] = p.fits[0].score; }},
        {"rule of a decision", [](Program& p) { p.decisions[0].rule = kNone; }},
        {"choice", [](Program& p) { p.decisions[0].choice = kNone; }},
        {"value of a decision", [](Program& p) { p.decisions[0].value.reset(); }},
        {"array of that", [](Program& p) { p.decisions[0].value = kNone; }},
        {"version of a table", [](Program& p) { p.tables[0].version = kNone; }},
        {"columns of a table", [](Program& p) { p.tables[0].inputs.pop_back(); }},
        {"array of a column", [](Program& p) { p.tables[0].inputs[0] = kNone; }},
        {"node of a value", [](Program& p) { p.values[0].node = kNone; }},
        {"array of a value", [](Program& p) { p.values[0].array = kNone; }},
    };
    ASSERT_EQ(validate(*shared_program, *shared_plan), std::nullopt);
    for (const Fault& fault : faults) {
        Program program = *shared_program;
        fault.plant(program);
        EXPECT_NE(program, *shared_program) << fault.name;
        EXPECT_NE(validate(program, *shared_plan), std::nullopt) << fault.name;
    }
}

// Of an element's field there is no value for an account alone.
TEST_F(NativeProgram, QuestionsNeedTheirRecords) {
    std::size_t refused = 0;
    for (std::uint32_t id = 0; id < shared_plan->nodes.size(); ++id) {
        const auto& node = shared_plan->nodes[id];
        if (node.op != rulebook::plan::Op::Field || node.level == 0)
            continue;
        Program program = *shared_program;
        auto& asked = array(program, Source::Stored);
        asked.source = Source::Interpreted;
        asked.node = id;
        asked.cell = Cell::Integer;
        refused += validate(program, *shared_plan) ? 1 : 0;
    }
    EXPECT_GT(refused, 0U);
}

} // namespace
} // namespace rulec::tool
