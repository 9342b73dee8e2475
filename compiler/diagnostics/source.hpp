// Rule text with its path, and places in it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rulec {

using FileId = std::uint32_t;
inline constexpr FileId kNoFile = 0xffffffff;

// Bytes [begin, end) of a file. A default one is nowhere: it belongs to what has no place in a
// text.
struct Span {
    FileId file = kNoFile;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    constexpr bool somewhere() const { return file != kNoFile; }
    constexpr std::uint32_t length() const { return end - begin; }
    constexpr bool contains(Span other) const {
        return file == other.file && begin <= other.begin && other.end <= end;
    }
    // From the start of this one to the end of `last`, which is in the same file.
    constexpr Span to(Span last) const { return {file, begin, last.end}; }
    // The empty place just behind it: where something is missing.
    constexpr Span after() const { return {file, end, end}; }

    friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

// Both count from 1; columns count code points, so that they agree with what an editor shows.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;

    friend constexpr auto operator<=>(const Position&, const Position&) = default;
};

// The texts of one rulebook. Owns them; views stay valid as long as it lives. Reading is
// thread-safe once all files are added.
class Sources {
public:
    // Text of up to 4 GiB - 1; whoever reads files caps them far below. `path` is shown as given.
    FileId add(std::string path, std::string text);

    // The rulebook's folder, as whoever reads diagnostics would name it.
    void set_folder(std::string folder) { folder_ = std::move(folder); }
    const std::string& folder() const { return folder_; }
    // A file beside the rules, by its path in that folder, in the same way.
    std::string path_in_folder(std::string_view relative) const;

    std::size_t size() const { return files_.size(); }
    std::string_view path(FileId file) const { return files_[file]->path; }
    std::string_view text(FileId file) const { return files_[file]->text; }
    std::string_view text(Span span) const;

    // Of a byte offset; one behind the end of the text is read as the end.
    Position position(FileId file, std::uint32_t offset) const;
    // Without its line break. Line numbers beyond the file give an empty text.
    std::string_view line_text(FileId file, std::uint32_t line) const;
    std::uint32_t line_begin(FileId file, std::uint32_t line) const;
    std::uint32_t line_count(FileId file) const;

private:
    struct File {
        std::string path;
        std::string text;
        std::vector<std::uint32_t> line_begins;
        // How many code points begin before each block of bytes: lines may be long.
        std::vector<std::uint32_t> points_before_block;

        std::uint32_t points_before(std::uint32_t offset) const;
    };
    // On the heap, so that views survive the growth of the vector.
    std::vector<std::unique_ptr<const File>> files_;
    std::string folder_ = ".";
};

} // namespace rulec
