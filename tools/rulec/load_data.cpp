#include "tools/rulec/load_data.hpp"

#include <ostream>

#include "runtime/time/zone.hpp"
#include "runtime/value/calendar_text.hpp"
#include "tools/data/data_codes.hpp"
#include "tools/rulec/progress.hpp"
#include "tools/rulec/tell_of_data.hpp"

namespace rulec::tool {

void declare_data_flags(Flags& flags, DataFlags& given) {
    flags.required_option(
        "--data", "DATA", given.folder,
        "Folder with one file per kind of record, and data.toml if they need one; or an NDJSON or "
        "DuckDB file");
    flags.option("--map", "FILE", given.map, "Use this file instead of data.toml in the folder");
    flags.option("--as-of", "T", given.as_of,
                 "The instant of evaluation: a time, a date (its first instant), or `latest`");
}

input::LoadRequest load_request(const rulebook::plan::Plan& plan, const DataFlags& given) {
    input::LoadRequest request;
    request.folder = given.folder;
    if (!given.map.empty())
        request.map = given.map;
    request.timezone = plan.timezone;
    return request;
}

ExitCode unusable_data(const rulebook::Error& error, Console& console) {
    const bool has_page = input::find_data_code(error.code) != nullptr;
    return console.unusable(error.message, error.help, has_page ? error.code : "");
}

tl::expected<input::LoadedData, ExitCode> load_data(const rulebook::plan::Plan& plan,
                                                    const DataFlags& given, Console& console) {
    Progress progress(console, "reading");
    auto loaded = input::load_dataset(
        plan.schema, load_request(plan, given),
        [&](std::string_view table, std::uint64_t rows) { progress.show_rows(table, rows); });
    progress.finish();
    if (!loaded)
        return tl::unexpected(unusable_data(loaded.error(), console));
    tell_of_data(plan, *loaded, loaded->dataset.counts(), console);
    return std::move(*loaded);
}

rulebook::Result<std::optional<std::int64_t>> as_of_flag(const rulebook::plan::Plan& plan,
                                                         const DataFlags& given) {
    return instant_of(plan, given.as_of);
}

rulebook::Result<std::optional<std::int64_t>> instant_of(const rulebook::plan::Plan& plan,
                                                         const std::string& given) {
    if (given == "latest")
        return std::optional<std::int64_t>{};
    const auto* zone = rulebook::time::find_zone(plan.timezone);
    if (zone == nullptr)
        return rulebook::make_error("run.zone",
                                    "this program knows no time zone `" + plan.timezone + "`");
    if (const auto date = rulebook::read_date(given))
        return std::optional(rulebook::time::start_of_day(*zone, *date).microseconds);
    const auto written = rulebook::read_time(given);
    if (written) { // without an offset: read as it is in data
        const rulebook::Time instant =
            written->instant().value_or(rulebook::time::instant_of(*zone, written->local));
        if (rulebook::in_calendar(instant))
            return std::optional(instant.microseconds);
    }
    return rulebook::make_error(
        "run.as_of",
        "`" + given + "` is no instant" +
            (!written && written.error() == rulebook::Fault::TooManyDecimals
                 ? ": it is finer than a microsecond"
                 : ""),
        "write a time such as 2026-06-30T09:00:00Z, a date such as 2026-06-30, or `latest`; what "
        "has no offset is in the rulebook's zone");
}

} // namespace rulec::tool
