// The cache of compiled kernels: what is found is what was kept, whoever else writes and whatever
// happened to the files.
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/codegen/object_cache.hpp"
#include "tests/unit/native/compiled_rules.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;
using codegen::ObjectCache;
using rulebook::Digest;
using Objects = std::vector<std::string>;

Digest key(int number) {
    return rulebook::sha256(std::to_string(number));
}

class Cache : public testing::Test {
protected:
    fs::path folder() const { return folder_.path() / "native"; }

    std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(folder()))
            found.push_back(entry.path());
        return found;
    }

    static std::string read(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    static ino_t inode(const fs::path& path) {
        struct stat there{};
        EXPECT_EQ(::stat(path.c_str(), &there), 0);
        return there.st_ino;
    }

    TemporaryFolder folder_;
};

TEST_F(Cache, FindsWhatWasKept) {
    const ObjectCache cache(folder());
    EXPECT_TRUE(cache.is_on());
    EXPECT_EQ(cache.find(key(1)), std::nullopt);
    const Objects objects{"one", "", std::string("t\0wo", 4)};
    cache.keep(key(1), objects);
    cache.keep(key(2), {});
    EXPECT_EQ(cache.find(key(1)), objects);
    EXPECT_EQ(ObjectCache(folder()).find(key(1)), objects);
    EXPECT_EQ(cache.find(key(2)), Objects{});
    EXPECT_EQ(cache.find(key(3)), std::nullopt);
}

TEST_F(Cache, DamagedEntriesAreNotFoundAndAreReplaced) {
    const ObjectCache cache(folder());
    const Objects objects{"the first object", "the second"};
    cache.keep(key(1), objects);
    ASSERT_EQ(files().size(), 1U);
    const fs::path entry = files()[0];
    const std::string sound = read(entry);
    for (std::size_t at = 0; at < sound.size(); ++at) {
        std::string damaged = sound;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        std::ofstream(entry, std::ios::binary) << damaged;
        EXPECT_EQ(cache.find(key(1)), std::nullopt) << at;
        std::ofstream(entry, std::ios::binary) << sound.substr(0, at);
        EXPECT_EQ(cache.find(key(1)), std::nullopt) << at;
    }
    cache.keep(key(1), objects);
    EXPECT_EQ(cache.find(key(1)), objects);
}

TEST_F(Cache, WhatIsNoFileIsNotFound) {
    const ObjectCache cache(folder());
    const fs::path entry = folder() / (rulebook::hexadecimal(key(1)) + ".objects");
    fs::create_directory(entry);
    EXPECT_EQ(cache.find(key(1)), std::nullopt);
    fs::remove(entry);
    ASSERT_EQ(mkfifo(entry.c_str(), 0600), 0);
    EXPECT_EQ(cache.find(key(1)), std::nullopt);
}

TEST_F(Cache, AnEntryUnderAnotherKeyIsNotFound) {
    const ObjectCache cache(folder());
    cache.keep(key(1), {"one"});
    const fs::path one = files()[0];
    fs::copy(one, folder() / (rulebook::hexadecimal(key(2)) + ".objects"));
    EXPECT_EQ(cache.find(key(2)), std::nullopt);
}

TEST_F(Cache, KeepsWhatWasUsedLast) {
    const std::string object(1000, 'x');
    const ObjectCache cache(folder(), 3500);
    for (int i = 1; i <= 3; ++i) {
        cache.keep(key(i), {object});
        const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(10 - i);
        fs::last_write_time(folder() / (rulebook::hexadecimal(key(i)) + ".objects"), long_ago);
    }
    EXPECT_TRUE(cache.find(key(1))); // used now: the second is the oldest
    cache.keep(key(4), {object});
    EXPECT_EQ(cache.find(key(2)), std::nullopt);
    for (const int stays : {1, 3, 4})
        EXPECT_TRUE(cache.find(key(stays))) << stays;
    cache.keep(key(5), {std::string(4000, 'x')}); // too large for all of it
    EXPECT_EQ(cache.find(key(5)), std::nullopt);
    EXPECT_EQ(files().size(), 3U);
}

TEST_F(Cache, WhatDeadWritersLeftGoes) {
    const ObjectCache cache(folder());
    const fs::path old = folder() / "0.objects.1.unfinished";
    const fs::path young = folder() / "0.objects.2.unfinished";
    std::ofstream(old) << "x";
    std::ofstream(young) << "x";
    fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(2));
    cache.keep(key(1), {"one"});
    EXPECT_FALSE(fs::exists(old));
    EXPECT_TRUE(fs::exists(young));
}

TEST_F(Cache, IsOffWhereOthersCanWriteOrNothingCanBeWritten) {
    fs::create_directory(folder());
    fs::permissions(folder(), fs::perms::owner_all | fs::perms::group_all);
    const ObjectCache shared(folder());
    EXPECT_FALSE(shared.is_on());
    shared.keep(key(1), {"one"});
    EXPECT_EQ(shared.find(key(1)), std::nullopt);
    EXPECT_TRUE(files().empty());
    folder_.write("file", "no folder");
    EXPECT_FALSE(ObjectCache(folder_.path() / "file").is_on());
    EXPECT_FALSE(ObjectCache(folder_.path() / "file" / "below").is_on());
}

TEST_F(Cache, ManyWriteAtATime) {
    constexpr int kKeys = 3;
    const auto objects = [](int number) {
        return Objects{std::string(20'000, static_cast<char>('a' + number)), "end"};
    };
    std::atomic<int> wrong = 0, found = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 6; ++i)
            threads.emplace_back([&, i] {
                const ObjectCache cache(folder());
                for (int again = 0; again < 60; ++again) {
                    const int number = (i + again) % kKeys;
                    if (again % 2 == 0)
                        cache.keep(key(number), objects(number));
                    if (const auto seen = cache.find(key(number))) {
                        ++found;
                        wrong += *seen == objects(number) ? 0 : 1;
                    }
                }
            });
    }
    EXPECT_EQ(wrong, 0);
    EXPECT_GT(found, 0);
    EXPECT_EQ(files().size(), static_cast<std::size_t>(kKeys)); // nothing unfinished is left
}

// A file that stays the same one was used; one that was made anew is another.
TEST_F(Cache, KernelsAreCompiledOnce) {
    const auto plan = native_plan();
    const auto compile = [&](codegen::Optimization optimization, const ObjectCache& cache) {
        const auto request = code_request(plan, {}, std::int64_t{1} << 62U);
        const auto code = codegen::compile(plan, request, optimization, 1, &cache);
        EXPECT_TRUE(code) << code.error().message;
        return code && code->kernels.size() == code->program.kernels.size();
    };
    const ObjectCache cache(folder());
    EXPECT_TRUE(compile(codegen::Optimization::Full, cache));
    ASSERT_EQ(files().size(), 1U);
    const fs::path entry = files()[0];
    const ino_t made = inode(entry);
    EXPECT_TRUE(compile(codegen::Optimization::Full, cache));
    EXPECT_EQ(inode(entry), made);

    const std::string sound = read(entry);
    std::ofstream(entry, std::ios::binary) << sound.substr(0, sound.size() / 2);
    EXPECT_TRUE(compile(codegen::Optimization::Full, cache));
    EXPECT_EQ(read(entry).size(), sound.size());
    EXPECT_TRUE(cache.is_on());

    EXPECT_TRUE(compile(codegen::Optimization::None, cache)); // other code: an entry of its own
    EXPECT_EQ(files().size(), 2U);
}

} // namespace
} // namespace rulec::tool
