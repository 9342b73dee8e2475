#include "tools/rulec/run_since.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "runtime/time/zone.hpp"
#include "tools/incremental/packed.hpp"
#include "tools/rulec/run_summary.hpp"
#include "tools/rulec/versions.hpp"

namespace rulec::tool {

rulebook::Result<void> check_since(output::FileFormat format, std::size_t instants) {
    if (!output::can_splice(format))
        return rulebook::make_error(
            "run.since",
            fmt::format("`--since` takes rows over from CSV and NDJSON files, not from {}",
                        output::spelling(format)),
            "leave one of the two flags out");
    if (instants > 1)
        return rulebook::make_error("run.since",
                                    "`--since` goes with one instant, not with several",
                                    "run once for each of them, into a folder of its own");
    return {};
}

std::optional<incremental::Since> since_of(const std::string& folder,
                                           const rulebook::plan::Plan& plan,
                                           const std::vector<std::string>& only,
                                           output::FileFormat format) {
    if (folder.empty())
        return std::nullopt;
    incremental::RunSettings settings;
    settings.content_hash = plan.content_hash;
    settings.tool_version = tool_versions().rulec;
    settings.zone_version = rulebook::time::zone_data_version();
    settings.out_format = output::spelling(format);
    settings.only = only;
    std::ranges::sort(settings.only);
    return incremental::Since(plan, folder, std::move(settings),
                              [&plan, only](const rulebook::engine::Results& alone) {
                                  RunSummary summary(plan, only);
                                  summary.add(alone);
                                  incremental::PackedWriter part;
                                  summary.write(part);
                                  return part.take();
                              });
}

void tell_of_since(const incremental::Since& since, const std::string& folder, Console& console) {
    const auto accounts = since.evaluated() + since.kept();
    if (!since.why_all().empty())
        console.messages << fmt::format("rulec: note: everything is evaluated: {}\n",
                                        since.why_all());
    else
        console.messages << fmt::format("rulec: note: {} of {} accounts evaluated, {} as in {}\n",
                                        since.evaluated(), accounts, since.kept(), folder);
}

} // namespace rulec::tool
