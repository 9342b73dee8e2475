#include "tools/rulec/instants.hpp"

#include <algorithm>

#include "runtime/value/ascii.hpp"
#include "runtime/value/calendar_text.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/rulec/load_data.hpp"

namespace rulec::tool {
namespace {

// What stands in no name of a file elsewhere is left out: 2026-01-31T090000Z.
std::string folder_of(const std::string& written, std::optional<std::int64_t> as_of) {
    if (!as_of)
        return "latest";
    if (const auto date = rulebook::read_date(written)) {
        std::string name;
        rulebook::append_date(name, *date);
        return name;
    }
    std::string name = output::time_text(*as_of);
    std::erase(name, ':');
    return name;
}

} // namespace

rulebook::Result<std::vector<WantedInstant>> wanted_instants(const rulebook::plan::Plan& plan,
                                                             const std::string& written) {
    std::vector<WantedInstant> instants;
    for (std::size_t from = 0; from <= written.size();) {
        const std::size_t comma = std::min(written.find(',', from), written.size());
        const std::string one(
            rulebook::trim_ascii(std::string_view(written).substr(from, comma - from)));
        from = comma + 1;
        const auto as_of = instant_of(plan, one);
        if (!as_of)
            return tl::unexpected(as_of.error());
        if (std::ranges::find(instants, *as_of, &WantedInstant::as_of) != instants.end())
            return rulebook::make_error("run.as_of", "`" + one + "` stands twice in `--as-of`");
        const bool is_date = *as_of && rulebook::read_date(one).has_value();
        std::string folder = folder_of(one, *as_of);
        instants.push_back({*as_of, folder, is_date ? folder : ""});
    }
    return instants;
}

} // namespace rulec::tool
