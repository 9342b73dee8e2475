#include "tools/rulec/paths_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "tools/data/csv_record.hpp"

namespace rulec::tool {
namespace {

using rulebook::Result;

constexpr std::string_view kBlanks = " \t";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

tl::unexpected<rulebook::Error> unreadable(const std::string& name, std::size_t line,
                                           std::string_view what, std::string help = {}) {
    return rulebook::make_error("paths.unreadable", fmt::format("{}:{}: {}", name, line, what),
                                std::move(help));
}

// The columns that are read.
using Column = std::size_t;
constexpr Column kPath = 0;
constexpr Column kConversions = 1;
constexpr Column kNulls = 2;
constexpr std::size_t kColumns = 3;
constexpr std::string_view kHelp = "a file of paths begins with `path,conversions,nulls`";

// What a column of the header is; nothing for one that is passed over.
Result<std::optional<Column>> column_of(std::string_view header) {
    if (header == "path")
        return kPath;
    if (header == "conversions" || header == "total_conversions")
        return kConversions;
    if (header == "nulls" || header == "null" || header == "total_null" || header == "total_nulls")
        return kNulls;
    for (const std::string_view passed :
         {"value", "conversion_value", "total_value", "total_conversion_value"})
        if (header == passed)
            return std::nullopt;
    return rulebook::make_error("paths.unreadable",
                                fmt::format("there is no use for a column `{}`", header));
}

// Goes through the records of the text, line by line.
class PathsReader {
public:
    PathsReader(std::string_view text, const std::string& name) : text_(text), name_(name) {
        if (text_.starts_with("\xEF\xBB\xBF"))
            text_.remove_prefix(3);
        delimiter_ = input::csv_delimiter_of(text_.substr(0, text_.find_first_of("\r\n")));
    }

    Result<std::vector<CountedPath>> read() {
        std::vector<CountedPath> paths;
        bool header = true;
        while (!text_.empty()) {
            const auto step = input::split_csv_record(text_, delimiter_, true, fields_);
            if (step.outcome == input::CsvOutcome::Record) {
                auto read = header ? read_header() : read_path(paths.emplace_back());
                if (!read)
                    return tl::unexpected(read.error());
                header = false;
            } else if (step.outcome != input::CsvOutcome::Blank) {
                return unreadable(name_, line_,
                                  step.outcome == input::CsvOutcome::TextAfterQuote
                                      ? "text follows a closing quote"
                                      : "a quote is not closed");
            }
            const auto record = text_.substr(0, step.length);
            line_ += std::max<std::size_t>(
                1, static_cast<std::size_t>(std::ranges::count(record, '\n')));
            text_.remove_prefix(step.length);
        }
        if (header)
            return unreadable(name_, 1, "it is empty", std::string(kHelp));
        return paths;
    }

private:
    Result<void> read_header() {
        width_ = fields_.size();
        for (std::size_t i = 0; i < width_; ++i) {
            const auto column = column_of(trimmed(fields_[i].text(scratch_)));
            if (!column)
                return unreadable(name_, line_, column.error().message, std::string(kHelp));
            if (!*column)
                continue;
            if (columns_[**column])
                return unreadable(name_, line_, "a column stands twice", std::string(kHelp));
            columns_[**column] = i;
        }
        constexpr std::array<std::string_view, kColumns> names{"path", "conversions", "nulls"};
        for (std::size_t i = 0; i < kColumns; ++i)
            if (!columns_[i])
                return unreadable(name_, line_, fmt::format("there is no column `{}`", names[i]),
                                  std::string(kHelp));
        return {};
    }

    Result<void> read_path(CountedPath& path) {
        if (fields_.size() != width_)
            return unreadable(
                name_, line_,
                fmt::format("{} fields stand here, and {} in the header", fields_.size(), width_));
        path.line = line_;
        path.path = fields_[*columns_[kPath]].text(scratch_);
        if (auto read = read_count(kConversions, path.conversions); !read)
            return read;
        return read_count(kNulls, path.nulls);
    }

    Result<void> read_count(Column column, std::uint64_t& count) {
        const std::string written(trimmed(fields_[*columns_[column]].text(scratch_)));
        const char* end = written.data() + written.size();
        const auto [stopped, error] = std::from_chars(written.data(), end, count);
        if (written.empty() || error != std::errc() || stopped != end)
            return unreadable(name_, line_, fmt::format("`{}` is no number of journeys", written),
                              "a whole number that is not below 0");
        return {};
    }

    std::string_view text_;
    const std::string& name_;
    char delimiter_ = ',';
    std::size_t line_ = 1;
    std::size_t width_ = 0;
    std::array<std::optional<std::size_t>, kColumns> columns_;
    std::vector<input::CsvField> fields_;
    std::string scratch_;
};

} // namespace

Result<std::vector<CountedPath>> read_paths(std::string_view text, const std::string& name) {
    return PathsReader(text, name).read();
}

Result<rulebook::learn::JourneyGraph> count_paths(const std::vector<CountedPath>& paths,
                                                  const std::string& name) {
    rulebook::learn::JourneyCounts counts;
    std::vector<rulebook::learn::ChannelIndex> channels;
    for (const CountedPath& path : paths) {
        channels.clear();
        for (std::string_view rest = path.path; true;) {
            const std::size_t end = rest.find('>');
            const std::string_view channel = trimmed(rest.substr(0, end));
            if (channel.empty())
                return unreadable(name, path.line,
                                  fmt::format("the path `{}` has an empty channel", path.path),
                                  "write a path as `ads > mail > call`");
            channels.push_back(counts.channel(channel));
            if (end == std::string_view::npos)
                break;
            rest.remove_prefix(end + 1);
        }
        if (auto added = counts.add(channels, path.conversions, path.nulls); !added)
            return tl::unexpected(added.error());
    }
    return counts.graph();
}

} // namespace rulec::tool
