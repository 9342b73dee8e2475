// Files of native code: what is sound is loaded, whatever else is refused.
#include <cstring>
#include <limits>
#include <thread>

#include <gtest/gtest.h>

#include "runtime/native/library_seal.hpp"
#include "runtime/native/load_library.hpp"
#include "runtime/plan/serialize.hpp"
#include "tests/unit/native/compiled_rules.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"

namespace rulec::tool {
namespace {

using rulebook::native::load_library;
using rulebook::plan::Plan;

constexpr std::size_t kBehindTheMagic = 8;

class NativeLibraryFile : public testing::Test {
protected:
    static void SetUpTestSuite() {
        shared_plan = new Plan(native_plan());
        shared_bytes = new std::string(native_file(*shared_plan));
    }
    static void TearDownTestSuite() {
        delete shared_plan;
        delete shared_bytes;
    }

    std::string path() const { return folder_.name() + "/acme.so"; }

    std::string code_of_loading(const std::string& bytes) const {
        folder_.write("acme.so", bytes);
        const auto loaded = load_library(path());
        if (loaded)
            return "loaded";
        EXPECT_NE(loaded.error().message.find("acme.so: "), std::string::npos);
        return loaded.error().code;
    }

    // The file with another number behind the magic of its rulebook_code, sealed again.
    static std::string with_number(std::size_t place, std::uint32_t number) {
        std::string object = *shared_bytes;
        object.resize(object.size() - rulebook::native::seal("", "").size());
        const std::size_t found = object.rfind(RULEBOOK_CODE_MAGIC);
        EXPECT_NE(found, std::string::npos);
        std::memcpy(object.data() + found + place, &number, sizeof number);
        return rulebook::native::seal(object, rulebook::plan::serialize(*shared_plan));
    }

    static inline Plan* shared_plan = nullptr;
    static inline std::string* shared_bytes = nullptr;
    TemporaryFolder folder_;
};

TEST_F(NativeLibraryFile, HasPlanAndCodeForAllInstants) {
    folder_.write("acme.so", *shared_bytes);
    const auto library = load_library(path());
    ASSERT_TRUE(library) << library.error().message;
    EXPECT_EQ(library->plan, *shared_plan);
    EXPECT_FALSE(library->no_code) << library->no_code->message;
    ASSERT_EQ(library->codes.size(), 3U); // before both versions of the fit, and one for each
    std::optional<std::int64_t> until;
    for (const auto& code : library->codes) {
        EXPECT_EQ(code.program.instants.from, until);
        until = code.program.instants.until;
        EXPECT_EQ(code.kernels.size(), code.program.kernels.size());
        EXPECT_EQ(code.tables.size(), code.program.tables.size());
    }
    EXPECT_EQ(until, std::nullopt);
    EXPECT_EQ(library->codes[0].program.fits.size(), 0U);
    EXPECT_EQ(library->codes[1].program.fits.size(), 1U);
    EXPECT_EQ(library->code_at(std::numeric_limits<std::int64_t>::max()), &library->codes[2]);
    EXPECT_EQ(library->code_at(std::numeric_limits<std::int64_t>::min()), &library->codes[0]);
}

TEST_F(NativeLibraryFile, IsTheSameForTheSamePlan) {
    EXPECT_EQ(native_file(*shared_plan), *shared_bytes);
}

TEST_F(NativeLibraryFile, CutShortIsRefused) {
    std::size_t tried = 0;
    for (std::size_t size = 0; size < shared_bytes->size(); size += 499, ++tried)
        EXPECT_EQ(code_of_loading(shared_bytes->substr(0, size)), "native.damaged") << size;
    EXPECT_GT(tried, 20U);
    EXPECT_EQ(code_of_loading(shared_bytes->substr(0, shared_bytes->size() - 1)), "native.damaged");
}

// There it looks most as if it were whole.
TEST_F(NativeLibraryFile, CutShortBehindTheCodesMagicIsRefused) {
    const std::string_view magic = RULEBOOK_CODE_MAGIC;
    const std::size_t found = shared_bytes->find(magic);
    ASSERT_NE(found, std::string::npos);
    EXPECT_EQ(code_of_loading(shared_bytes->substr(0, found + magic.size())), "native.damaged");
}

TEST_F(NativeLibraryFile, DamageIsRefused) {
    for (std::size_t at = 0; at < shared_bytes->size(); at += 1999) {
        std::string damaged = *shared_bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        EXPECT_EQ(code_of_loading(damaged), "native.damaged") << at;
    }
    EXPECT_EQ(code_of_loading(*shared_bytes + "x"), "native.damaged");
}

TEST_F(NativeLibraryFile, ForeignFilesAreRefused) {
    EXPECT_EQ(code_of_loading(""), "native.damaged");
    EXPECT_EQ(code_of_loading("fit a {}"), "native.damaged");
    EXPECT_EQ(code_of_loading(rulebook::plan::serialize(*shared_plan)), "native.damaged");
    EXPECT_EQ(load_library(folder_.name()).error().code, "native.damaged");
    EXPECT_EQ(load_library(folder_.name() + "/none.so").error().code, "native.unreadable");
    EXPECT_EQ(load_library("/proc/self/exe").error().code, "native.damaged");
    EXPECT_EQ(load_library("/dev/zero").error().code, "native.damaged");
}

// As where a process may not load code: sealed, and yet nothing that the system loads.
TEST_F(NativeLibraryFile, WhatCannotBeLoadedIsInterpreted) {
    const std::string plan = rulebook::plan::serialize(*shared_plan);
    folder_.write("acme.so", rulebook::native::seal("\177ELF and no more" + plan, plan));
    const auto library = load_library(path());
    ASSERT_TRUE(library) << library.error().message;
    EXPECT_EQ(library->plan, *shared_plan);
    EXPECT_EQ(library->code_at(0), nullptr);
    ASSERT_TRUE(library->no_code);
    EXPECT_EQ(library->no_code->code, "native.memory");
    EXPECT_EQ(code_of_loading(rulebook::native::seal("\177ELF and no plan", plan)),
              "native.damaged");
}

TEST_F(NativeLibraryFile, OtherVersionsAreRefused) {
    std::string other = *shared_bytes;
    other[other.size() - std::strlen(RULEBOOK_CODE_MAGIC) - 1] = 99;
    EXPECT_EQ(code_of_loading(other), "native.version");
    EXPECT_EQ(code_of_loading(with_number(kBehindTheMagic, 99)), "native.version");
}

TEST_F(NativeLibraryFile, CodeForOtherProcessorsIsRefused) {
    EXPECT_EQ(code_of_loading(with_number(kBehindTheMagic + 4, 999)), "native.cpu");
    for (const auto level : rulebook::native::cpu_levels())
        EXPECT_EQ(
            code_of_loading(with_number(kBehindTheMagic + 4, static_cast<std::uint32_t>(level))),
            runs_here(level) ? "loaded" : "native.cpu");
}

TEST_F(NativeLibraryFile, MayBeReplacedWhileItIsLoaded) {
    folder_.write("acme.so", *shared_bytes);
    const auto before = load_library(path());
    const Plan other = native_plan("other");
    folder_.write("acme.so", native_file(other));
    const auto after = load_library(path());
    ASSERT_TRUE(before && after);
    EXPECT_EQ(before->plan.name, "acme");
    EXPECT_EQ(after->plan.name, "other");
    EXPECT_NE(before->codes[2].kernels, after->codes[2].kernels);
}

TEST_F(NativeLibraryFile, IsLoadedByManyThreadsAtATime) {
    folder_.write("acme.so", *shared_bytes);
    std::atomic<int> loaded = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int again = 0; again < 8; ++again)
                    if (const auto library = load_library(path());
                        library && library->plan == *shared_plan)
                        ++loaded;
            });
    }
    EXPECT_EQ(loaded, 32);
}

} // namespace
} // namespace rulec::tool
