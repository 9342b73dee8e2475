#include "tools/rulec/tell_of_data.hpp"

#include <ostream>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/shown_text.hpp"
#include "runtime/value/calendar.hpp"
#include "tools/output/cell_text.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Cause;
using Counts = std::span<const rulebook::data::TableCounts>;

// `accounts` of `accounts_history`; empty for any other table.
std::string_view collection_of_history(std::string_view table) {
    constexpr std::string_view kEnd = "_history";
    return table.ends_with(kEnd) ? table.substr(0, table.size() - kEnd.size()) : "";
}

const rulebook::plan::Entity* entity_with_history(const rulebook::plan::Plan& plan,
                                                  std::string_view table) {
    const auto& entities = plan.schema.entities;
    const auto found = std::ranges::find(entities, collection_of_history(table),
                                         &rulebook::plan::Entity::collection);
    return found == entities.end() ? nullptr : &*found;
}

DataWarning no_history(const std::string& what, const std::string& fields, const char* help,
                       const input::LoadNotes& data) {
    const std::string when =
        data.taken_at ? output::time_text(*data.taken_at) : "the newest record's instant";
    return {"data.no_history",
            what + ": " + fields + " unknown before " + when +
                ", and whatever becomes true of it then is found anew with each export",
            help};
}

// Whether the history has what its own table lacks.
bool said_by_history(const rulebook::plan::Plan& plan, const input::LoadNotes& data,
                     const input::AbsentColumn& column) {
    const auto& entities = plan.schema.entities;
    const auto entity =
        std::ranges::find(entities, column.table, &rulebook::plan::Entity::collection);
    if (entity == entities.end())
        return false;
    const auto field = entity->field_named(column.field.field);
    const std::string history = column.table + "_history";
    return field && entity->fields[*field].tracked &&
           std::ranges::find(data.absent_tables, history) == data.absent_tables.end() &&
           std::ranges::none_of(data.absent_columns, [&](const input::AbsentColumn& other) {
               return other.table == history && other.field.field == column.field.field;
           });
}

// The rules that read records of the table, "`a`, `b`"; empty: none does.
std::string rules_reading(const rulebook::plan::Plan& plan, std::string_view table) {
    std::vector<std::string> names;
    for (const rulebook::plan::Rule& rule : plan.rules)
        if (std::ranges::any_of(rule.reads, [&](const rulebook::plan::FieldRead& read) {
                return plan.schema.entities[read.entity].collection == table;
            }))
            names.push_back(fmt::format("`{}`", rule.name));
    return fmt::format("{}", fmt::join(names, ", "));
}

// An export that went wrong looks like a customer base to which nothing ever happened.
void add_absent_tables(const rulebook::plan::Plan& plan, const input::LoadNotes& data,
                       std::vector<DataWarning>& warnings) {
    for (const std::string& table : data.absent_tables)
        if (const std::string rules = rules_reading(plan, table); !rules.empty())
            warnings.push_back(
                {"data.absent_table",
                 fmt::format("the data has no `{}`, which {} {}: no such record is seen", table,
                             rules, rules.find(',') == std::string::npos ? "reads" : "read"),
                 "export it, or say in data.toml which file it is"});
}

void tell_absences(const rulebook::plan::Plan& plan, const input::LoadNotes& data,
                   Console& console) {
    for (const std::string& table : data.absent_tables)
        if (entity_with_history(plan, table) == nullptr && rules_reading(plan, table).empty())
            console.messages << "rulec: note: the data has no `" << table
                             << "`: no such record is seen\n";
    for (const auto& column : data.absent_columns) {
        if (entity_with_history(plan, column.table) != nullptr)
            continue;
        console.messages << "rulec: note: " << column.table << ": " << column.field.source
                         << " has no column `" << column.field.column << "`: `"
                         << column.field.field
                         << (said_by_history(plan, data, column)
                                 ? "` is what `" + column.table + "_history` says"
                                 : "` is missing in every record");
        if (!column.field.nearest.empty())
            console.messages << "; did you mean `" << column.field.nearest << "`?";
        console.messages << '\n';
    }
}

// Touches of the day on which a deal is dated come after its first instant.
void add_dated_closings(const rulebook::plan::Plan& plan, Counts counts,
                        std::vector<DataWarning>& warnings) {
    std::set<std::pair<rulebook::plan::EntityIndex, std::uint32_t>> looked_at; // rules share fields
    for (const auto& credit : plan.credits) {
        const auto& at = plan.nodes[credit.at];
        if (at.op != rulebook::plan::Op::Field || !looked_at.emplace(credit.deals, at.index).second)
            continue;
        const auto& deals = plan.schema.entities[credit.deals];
        const std::string& field = deals.fields[at.index].name;
        for (const auto& table : counts)
            for (const auto& dates : table.dates)
                if (table.table == deals.collection && dates.field == field &&
                    dates.dates == dates.values && dates.values > 0)
                    warnings.push_back(
                        {"data.dated_closings",
                         "every `" + field + "` of " + table.table +
                             " is a date and counts as its first instant, so touches of that day "
                             "come after it",
                         "say `date = \"end\"` for the column in data.toml"});
    }
}

void add_what_is_not_read(const input::LoadNotes& data, std::vector<DataWarning>& warnings) {
    for (const input::UnusedFile& file : data.unused_files)
        warnings.push_back(
            {"data.unused_file",
             "nothing is read from `" + file.name + "`" +
                 (file.nearest.empty() ? "" : "; is it meant to be `" + file.nearest + "`?"),
             ""});
    for (const auto& [table, array] : data.misspelt_arrays)
        warnings.push_back({"data.unused_array",
                            table + ": nothing is read from `" + array.name + "` in " +
                                array.source + ", row " + std::to_string(array.row) +
                                "; did you mean `" + array.nearest + "`?",
                            ""});
    for (const std::string& query : data.warnings)
        warnings.push_back({"data.changing_query", query, ""});
}

std::string unusable_text(const std::string& table, const rulebook::data::UnknownCount& unknown) {
    const bool one = unknown.rows == 1;
    std::string text = table + ": " + std::to_string(unknown.rows) +
                       (one ? " value of `" : " values of `") + unknown.field +
                       "` cannot be used and count" + (one ? "s" : "") + " as missing (" +
                       std::string(words(unknown.cause)) + "); the first is ";
    if (!unknown.complaint.empty())
        text += "`" + unknown.example + "` ";
    text += "in " + unknown.source + ", row " + std::to_string(unknown.row);
    return unknown.complaint.empty() ? text : text + ": it " + unknown.complaint;
}

std::string query_help(std::string_view code) {
    return fmt::format(
        "where the data cannot be mended, a query in data.toml (`sql`) can read them otherwise: "
        "`rulec explain-code {}`",
        code);
}

// Help once: it is the same for all.
void add_unusable_values(Counts counts, std::vector<DataWarning>& warnings) {
    constexpr std::string_view kCode = "data.unusable_values";
    std::string help = query_help(kCode);
    for (const auto& table : counts)
        for (const auto& unknown : table.unknowns) {
            if (unknown.cause == Cause::MissingInput)
                continue;
            const bool written =
                unknown.cause == Cause::UnreadableInput || unknown.cause == Cause::UnknownEnumValue;
            warnings.push_back({std::string(kCode), unusable_text(table.table, unknown),
                                written ? std::exchange(help, {}) : std::string()});
        }
}

std::string tracked_fields(const rulebook::plan::Entity& entity) {
    std::string names;
    std::size_t count = 0;
    for (const auto& field : entity.fields)
        if (field.tracked) {
            names += (count++ == 0 ? "`" : ", `") + field.name + "`";
        }
    return names + (count == 1 ? " is" : " are");
}

void add_absent_histories(const rulebook::plan::Plan& plan, const input::LoadNotes& data,
                          std::vector<DataWarning>& warnings) {
    for (const std::string& table : data.absent_tables)
        if (const auto* entity = entity_with_history(plan, table))
            warnings.push_back(no_history("the data has no `" + table + "`",
                                          tracked_fields(*entity),
                                          "export it, or declare them without `tracked`", data));
    for (const auto& column : data.absent_columns)
        if (entity_with_history(plan, column.table) != nullptr)
            warnings.push_back(no_history(column.table + ": " + column.field.source +
                                              " has no column `" + column.field.column + "`",
                                          "`" + column.field.field + "` is",
                                          "add the column, or declare the field without `tracked`",
                                          data));
}

} // namespace

std::vector<DataWarning> data_warnings(const rulebook::plan::Plan& plan,
                                       const input::LoadNotes& data, Counts counts) {
    std::vector<DataWarning> warnings;
    add_absent_tables(plan, data, warnings);
    add_absent_histories(plan, data, warnings);
    add_what_is_not_read(data, warnings);
    add_unusable_values(counts, warnings);
    add_dated_closings(plan, counts, warnings);
    return warnings;
}

void tell(const DataWarning& warning, Console& console) {
    console.messages << "rulec: warning[" << warning.code << "]: " << harmless(warning.message)
                     << '\n';
    if (!warning.help.empty())
        console.messages << "     = help: " << harmless(warning.help) << '\n';
}

void tell_of_data(const rulebook::plan::Plan& plan, const input::LoadNotes& data, Counts counts,
                  Console& console) {
    tell_absences(plan, data, console);
    for (const DataWarning& warning : data_warnings(plan, data, counts))
        tell(warning, console);
}

void tell_of_rejected_values(const rulebook::data::Rejects& rejects, Console& console) {
    using rulebook::data::RejectCode;
    constexpr std::size_t kMostNames = 3;
    const std::string_view unreadable = code_of(RejectCode::Unreadable);
    const std::string_view unknown = code_of(RejectCode::UnknownValue);
    std::vector<std::string> columns; // few: fields of rules
    std::string_view code;
    for (std::size_t i = 0; i < rejects.size(); ++i) {
        const auto reject = rejects[i];
        if (reject.code != unreadable && reject.code != unknown)
            continue;
        std::string column = fmt::format("`{}` of {}", reject.column, reject.table);
        if (std::ranges::find(columns, column) == columns.end())
            columns.push_back(std::move(column));
        code = code.empty() ? reject.code : code;
    }
    if (columns.empty())
        return;
    const bool more = columns.size() > kMostNames;
    columns.resize(std::min(columns.size(), kMostNames));
    console.messages
        << harmless(
               fmt::format("rulec: note: values of {}{} cannot be used: their records are rejected",
                           fmt::join(columns, ", "), more ? ", …" : ""))
        << "\n     = help: " << query_help(code) << '\n';
}

namespace {

// " (events: `at` in events.csv, row 5)"; or nothing.
std::string place_of(const std::optional<rulebook::data::LatestRecord>& latest) {
    return latest ? fmt::format(" ({}: `{}` in {}, row {})", latest->table, latest->field,
                                latest->source, latest->row)
                  : "";
}

} // namespace

std::optional<DataWarning> later_records(const input::LoadNotes& data,
                                         const std::optional<rulebook::data::LatestRecord>& latest,
                                         std::int64_t as_of, std::int64_t now) {
    // A clock may be set some hours off.
    const std::int64_t taken_at = data.taken_at.value_or(now + rulebook::kMicrosecondsPerDay);
    if (as_of <= taken_at)
        return std::nullopt;
    std::string text = (data.taken_at ? "the data was taken at " + output::time_text(taken_at) +
                                            ", but has records as late as "
                                      : "the newest record is of the future: ") +
                       output::time_text(as_of);
    text += place_of(latest);
    return DataWarning{
        "data.later_records",
        text + (data.taken_at ? ", and" : "; everything") + " is evaluated as of then",
        data.taken_at ? "a mistyped year? Say `--as-of " + output::time_text(taken_at) +
                            "` to leave aside what is later"
                      : "a mistyped year? Mend it, or say by `--as-of` which instant is meant"};
}

tl::unexpected<rulebook::Error>
far_future(std::int64_t as_of, const std::optional<rulebook::data::LatestRecord>& latest) {
    return rulebook::make_error(
        "data.far_future",
        fmt::format("the newest record is of {}{}, more than a hundred years from now",
                    output::time_text(as_of),
                    place_of(latest && latest->instant == as_of ? latest : std::nullopt)),
        "a mistyped year? Mend it, or say by `--as-of` which instant is meant");
}

std::optional<DataWarning> later_instant(const input::LoadNotes& data, std::int64_t as_of) {
    // Within a day nobody is surprised: an export of the night, a date's first instant.
    if (!data.taken_at || as_of - *data.taken_at <= rulebook::kMicrosecondsPerDay)
        return std::nullopt;
    return DataWarning{"data.later_instant",
                       "the data was taken at " + output::time_text(*data.taken_at) +
                           ": what changed from then to " + output::time_text(as_of) +
                           " is not in it",
                       ""};
}

void tell_of_unknown_time(const input::LoadNotes& data, std::int64_t latest, std::int64_t as_of,
                          Console& console) {
    if (!data.taken_at && as_of - latest > rulebook::kMicrosecondsPerDay)
        console.messages << "rulec: note: the newest record is of " << output::time_text(latest)
                         << ": nothing is known of the time from then to "
                         << output::time_text(as_of) << '\n';
}

void tell_of_later_origin(const rulebook::plan::Plan& plan, const rulebook::data::Dataset& dataset,
                          rulebook::data::RowIndex root, std::int64_t as_of, Console& console) {
    const auto since = dataset.origin_of(root);
    if (!since || *since <= as_of)
        return;
    console.messages << "rulec: note: " << plan.schema.root_entity().name << ' '
                     << harmless(dataset.key_text(plan.schema.root, root))
                     << " is not there yet at that instant, only from " << output::time_text(*since)
                     << ": `rulec run` leaves it out, and this says what would be\n";
}

} // namespace rulec::tool
