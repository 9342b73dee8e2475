// Files packed by gzip: every member is read, and what is not whole is an error.
#include <random>

#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/unit/input/table_text.hpp"
#include "tools/data/data_source.hpp"
#include "tools/data/unpacked_file.hpp"

namespace rulec::input {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// `text` as one member of gzip.
std::string packed(std::string_view text) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string bytes(deflateBound(&stream, text.size()), '\0');
    std::string input(text);
    stream.next_in = reinterpret_cast<unsigned char*>(input.data());
    stream.avail_in = static_cast<unsigned>(input.size());
    stream.next_out = reinterpret_cast<unsigned char*>(bytes.data());
    stream.avail_out = static_cast<unsigned>(bytes.size());
    deflate(&stream, Z_FINISH);
    bytes.resize(stream.total_out);
    deflateEnd(&stream);
    return bytes;
}

class Unpacked : public ::testing::Test {
protected:
    // What the file holds, read by pieces of `size`; of an error its message.
    std::string read(std::string_view bytes, std::size_t size = 100) const {
        folder.write("data.gz", bytes);
        auto file = UnpackedFile::open(folder.path() / "data.gz");
        std::string text;
        while (file.has_value()) {
            std::string piece(size, '\0');
            const auto got = file->read(piece.data(), size);
            if (!got.has_value()) {
                return got.error().code + ": " + got.error().message;
            }
            text += piece.substr(0, *got);
            if (*got < size) {
                return text;
            }
        }
        return file.error().code + ": " + file.error().message;
    }
    std::string damage(const std::string& how) const {
        return "data.unreadable: " + (folder.path() / "data.gz").string() + " is damaged: " + how;
    }
    std::vector<std::string> rows(const std::string& name, std::string_view bytes) const {
        folder.write(name, bytes);
        auto source = DataSource::open(folder.path(), {});
        const auto reader = source->read({"users", {{"id", true}}});
        std::filesystem::remove(folder.path() / name);
        if (!reader.has_value()) {
            return {"error " + reader.error().code + ": " + reader.error().message};
        }
        return lines_of(**reader);
    }

    Folder folder;
};

TEST_F(Unpacked, PlainFilesAreReadAsTheyAre) {
    EXPECT_EQ(read(""), "");
    EXPECT_EQ(read("\x1F"), "\x1F");
    const std::string text(1'000'000, 'x');
    EXPECT_EQ(read(text, 999'999), text);
    EXPECT_EQ(read(text, 1'000'000), text);
}

TEST_F(Unpacked, AllMembersAreRead) {
    EXPECT_EQ(read(packed("one\n") + packed("") + packed("two\n")), "one\ntwo\n");
    EXPECT_EQ(read(packed("")), "");
    std::mt19937 random(1);
    std::string text;
    std::string bytes; // members end everywhere in the reader's buffer
    for (int member = 0; member < 2'000; ++member) {
        std::string part(random() % 1'500, ' ');
        for (char& letter : part) {
            letter = static_cast<char>(random());
        }
        text += part;
        bytes += packed(part);
    }
    EXPECT_EQ(read(bytes, 777), text);
    EXPECT_EQ(read(bytes, 10'000'000), text);
}

TEST_F(Unpacked, ZerosMayFillUpTheEnd) {
    EXPECT_EQ(read(packed("one\n") + std::string(1, '\0')), "one\n");
    EXPECT_EQ(read(packed("one\n") + std::string(1'000'000, '\0')), "one\n");
}

TEST_F(Unpacked, WhatFollowsAMemberAndIsNoneIsAnError) {
    const std::string part = damage("what follows after the part packed by gzip is not");
    const std::string parts = damage("what follows after the parts packed by gzip is not");
    EXPECT_EQ(read(packed("one\n") + "two\n"), part);
    EXPECT_EQ(read(packed("one\n") + packed("two\n") + "three"), parts);
    EXPECT_EQ(read(packed("one\n") + "\x1F"), part);
    EXPECT_EQ(read(packed("one\n") + std::string(600'000, '\0') + "x"), part);
    EXPECT_EQ(read(packed("one\n") + std::string(3, '\0') + packed("two\n")), part);
}

TEST_F(Unpacked, AMemberThatIsNotWholeIsAnError) {
    const std::string two = packed("two\n");
    for (std::size_t kept = 2; kept < two.size(); ++kept) {
        EXPECT_EQ(read(packed("one\n") + two.substr(0, kept)), damage("it ends too early")) << kept;
    }
    std::string wrong = two;
    wrong[wrong.size() - 6] ^= 1; // of the check sum
    EXPECT_EQ(read(packed("one\n") + wrong), damage("incorrect data check"));
    wrong = two;
    wrong[10] = '\x07'; // the first block is of no kind that there is
    EXPECT_THAT(read(packed("one\n") + wrong), StartsWith(damage("invalid block type")));
}

TEST_F(Unpacked, NoRowIsLostInSilence) {
    for (const std::string& name : {"users.csv.gz", "users.ndjson.gz"}) {
        const bool csv = name == "users.csv.gz";
        const std::string first = csv ? "id\n1\n" : "{\"id\": 1}\n";
        const std::string second = csv ? "2\n" : "{\"id\": 2}\n";
        EXPECT_THAT(rows(name, packed(first) + packed(second)),
                    ElementsAre(name + ":1 1", name + ":2 2"));
        EXPECT_THAT(rows(name, packed(first) + second),
                    ElementsAre(AllOf(StartsWith("error data.unreadable"), HasSubstr(name))));
    }
}

TEST_F(Unpacked, APipeIsRefusedAndNotWaitedFor) {
    for (const std::string& name : {"users.csv", "users.ndjson", "users.parquet"}) {
        const auto path = folder.path() / name;
        ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
        auto source = DataSource::open(folder.path(), {});
        const auto reader = source->read({"users", {{"id", true}}});
        ASSERT_FALSE(reader.has_value());
        EXPECT_EQ(reader.error().code, "data.unreadable");
        EXPECT_EQ(reader.error().message, path.string() + " is a pipe, not a file");
        std::filesystem::remove(path);
    }
    std::filesystem::create_symlink("/dev/zero", folder.path() / "users.csv");
    auto source = DataSource::open(folder.path(), {});
    EXPECT_THAT(source->read({"users", {{"id", true}}}).error().message,
                HasSubstr("users.csv is a device, not a file"));
}

} // namespace
} // namespace rulec::input
