#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "tools/rulec/verb.hpp"
#include "tools/rulec/versions.hpp"

namespace rulec::tool {
namespace {

ExitCode run(const std::string& format, Console& console) {
    const Versions versions = tool_versions();
    if (format == "json") {
        nlohmann::ordered_json json = {{"rulec", versions.rulec},
                                       {"plan_format", versions.plan_format},
                                       {"zone_data", versions.zone_data}};
        console.results << json.dump(2) << '\n';
    } else {
        console.results << "rulec " << versions.rulec << "\nplan format " << versions.plan_format
                        << "\ntime zones " << versions.zone_data << '\n';
    }
    return ExitCode::Fine;
}

} // namespace

Action declare_version(Flags& flags) {
    auto format = std::make_shared<std::string>();
    flags.format(*format);
    flags.example("rulec version --format json", "for a build log");
    return [format](Console& console) { return run(*format, console); };
}

} // namespace rulec::tool
