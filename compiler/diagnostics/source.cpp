#include "compiler/diagnostics/source.hpp"

#include <algorithm>

namespace rulec {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool begins_code_point(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

constexpr std::uint32_t kBlock = 1024;

std::uint32_t points_in(std::string_view bytes) {
    return static_cast<std::uint32_t>(std::ranges::count_if(bytes, begins_code_point));
}

std::vector<std::uint32_t> points_by_block(std::string_view text) {
    std::vector<std::uint32_t> before{0};
    for (std::size_t at = 0; at + kBlock <= text.size(); at += kBlock)
        before.push_back(before.back() + points_in(text.substr(at, kBlock)));
    return before;
}

} // namespace

std::uint32_t Sources::File::points_before(std::uint32_t offset) const {
    const std::uint32_t block = offset / kBlock;
    return points_before_block[block] +
           points_in(std::string_view(text).substr(std::size_t{block} * kBlock, offset % kBlock));
}

FileId Sources::add(std::string path, std::string text) {
    auto file = std::make_unique<File>(File{std::move(path), std::move(text), {0}, {}});
    std::string_view all = file->text;
    file->points_before_block = points_by_block(all);
    for (std::size_t at = all.find('\n'); at != std::string_view::npos; at = all.find('\n', at + 1))
        file->line_begins.push_back(static_cast<std::uint32_t>(at + 1));
    files_.push_back(std::move(file));
    return static_cast<FileId>(files_.size() - 1);
}

std::string Sources::path_in_folder(std::string_view relative) const {
    if (folder_ == ".")
        return std::string(relative);
    return folder_ + (folder_.ends_with('/') ? "" : "/") + std::string(relative);
}

std::string_view Sources::text(Span span) const {
    if (!span.somewhere())
        return {};
    std::string_view all = text(span.file);
    std::size_t begin = std::min<std::size_t>(span.begin, all.size());
    return all.substr(begin, span.length());
}

Position Sources::position(FileId file, std::uint32_t offset) const {
    const File& in = *files_[file];
    offset = std::min(offset, static_cast<std::uint32_t>(in.text.size()));
    auto behind = std::upper_bound(in.line_begins.begin(), in.line_begins.end(), offset);
    auto line = static_cast<std::uint32_t>(behind - in.line_begins.begin());
    std::uint32_t begin = in.line_begins[line - 1];
    std::string_view before = std::string_view(in.text).substr(begin, offset - begin);
    if (line == 1 && before.starts_with(kByteOrderMark))
        before.remove_prefix(kByteOrderMark.size());
    const std::uint32_t points =
        before.size() <= kBlock
            ? points_in(before)
            : in.points_before(offset) -
                  in.points_before(offset - static_cast<std::uint32_t>(before.size()));
    return {line, points + 1};
}

std::string_view Sources::line_text(FileId file, std::uint32_t line) const {
    const File& in = *files_[file];
    if (line == 0 || line > in.line_begins.size())
        return {};
    std::string_view rest = std::string_view(in.text).substr(in.line_begins[line - 1]);
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r'))
        rest.remove_suffix(1);
    return rest;
}

std::uint32_t Sources::line_begin(FileId file, std::uint32_t line) const {
    const File& in = *files_[file];
    if (line == 0)
        return 0;
    return line <= in.line_begins.size() ? in.line_begins[line - 1]
                                         : static_cast<std::uint32_t>(in.text.size());
}

std::uint32_t Sources::line_count(FileId file) const {
    return static_cast<std::uint32_t>(files_[file]->line_begins.size());
}

} // namespace rulec
