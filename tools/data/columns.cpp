#include "tools/data/columns.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/value/nearest_name.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

constexpr std::size_t kColumnsShown = 30;

std::string shown(std::span<const std::string> available) {
    const std::size_t count = std::min(available.size(), kColumnsShown);
    return fmt::format("{}{}", fmt::join(available.first(count), ", "),
                       count < available.size() ? ", ..." : "");
}

} // namespace

Result<std::vector<std::optional<std::size_t>>>
match_columns(std::span<const FieldColumn> fields, std::span<const std::string> available,
              const std::string& source, std::vector<AbsentField>& absent) {
    std::vector<std::optional<std::size_t>> places;
    for (const FieldColumn& wanted : fields) {
        const auto found = std::ranges::find(available, wanted.column);
        if (found == available.end()) {
            const std::string nearest =
                rulebook::nearest_name(wanted.column, available).value_or("");
            if (wanted.needed) {
                return make_error(
                    "data.no_column",
                    fmt::format("{} has no column '{}' for the field '{}'", source, wanted.column,
                                wanted.field),
                    fmt::format("{}its columns are: {}; data.toml can say which one it is",
                                nearest.empty() ? "" : fmt::format("did you mean '{}'? ", nearest),
                                shown(available)));
            }
            absent.push_back({wanted.field, wanted.column, nearest, source});
            places.emplace_back();
            continue;
        }
        if (std::find(found + 1, available.end(), wanted.column) != available.end()) {
            return make_error("data.two_columns",
                              fmt::format("{} has two columns '{}'", source, wanted.column),
                              "rename one of them");
        }
        places.emplace_back(static_cast<std::size_t>(found - available.begin()));
    }
    return places;
}

} // namespace rulec::input
