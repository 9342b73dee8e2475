#include "tools/rulec/tell_of_data.hpp"

#include <ostream>

#include "compiler/diagnostics/shown_text.hpp"
#include "tools/output/cell_text.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Cause;
using Counts = std::span<const rulebook::data::TableCounts>;

void tell_absences(const input::LoadNotes& data, Console& console) {
    for (const std::string& table : data.absent_tables)
        console.messages << "rulec: note: the data has no `" << table
                         << "`: no such record is seen\n";
    for (const auto& column : data.absent_columns) {
        console.messages << "rulec: note: " << column.table << ": " << column.field.source
                         << " has no column `" << column.field.column << "`: `"
                         << column.field.field << "` is missing in every record";
        if (!column.field.nearest.empty())
            console.messages << "; did you mean `" << column.field.nearest << "`?";
        console.messages << '\n';
    }
}

// Touches of the day on which a deal is dated come after its first instant.
void tell_dated_closings(const rulebook::plan::Plan& plan, Counts counts, Console& console) {
    for (const auto& credit : plan.credits) {
        const auto& at = plan.nodes[credit.at];
        if (at.op != rulebook::plan::Op::Field)
            continue;
        const auto& deals = plan.schema.entities[credit.deals];
        const std::string& field = deals.fields[at.index].name;
        for (const auto& table : counts)
            for (const auto& dates : table.dates)
                if (table.table == deals.collection && dates.field == field &&
                    dates.dates == dates.values && dates.values > 0)
                    console.messages
                        << "rulec: warning: every `" << field << "` of " << table.table
                        << " is a date and counts as its first instant, so touches of that day "
                           "come after it\n  help: say `date = \"end\"` for the column in "
                           "data.toml\n";
    }
}

void tell_unused_files(const input::LoadNotes& data, Console& console) {
    for (const input::UnusedFile& file : data.unused_files) {
        console.messages << "rulec: warning: nothing is read from `" << harmless(file.name) << '`';
        if (!file.nearest.empty())
            console.messages << "; is it meant to be `" << file.nearest << "`?";
        console.messages << '\n';
    }
}

void tell_warnings(const input::LoadNotes& data, Console& console) {
    for (const std::string& warning : data.warnings)
        console.messages << "rulec: warning: " << warning << '\n';
}

void tell_unusable_values(Counts counts, Console& console) {
    for (const auto& table : counts)
        for (const auto& unknown : table.unknowns) {
            if (unknown.cause == Cause::MissingInput)
                continue;
            console.messages << "rulec: warning: " << table.table << ": " << unknown.rows
                             << (unknown.rows == 1 ? " value" : " values") << " of `"
                             << unknown.field << "` cannot be used and count"
                             << (unknown.rows == 1 ? "s" : "") << " as missing ("
                             << words(unknown.cause) << "); the first is `"
                             << harmless(unknown.example) << "` in " << harmless(unknown.source)
                             << ", row " << unknown.row << '\n';
        }
}

} // namespace

void tell_of_data(const rulebook::plan::Plan& plan, const input::LoadNotes& data,
                  std::span<const rulebook::data::TableCounts> counts, Console& console) {
    tell_absences(data, console);
    tell_unused_files(data, console);
    tell_warnings(data, console);
    tell_unusable_values(counts, console);
    tell_dated_closings(plan, counts, console);
}

void tell_of_later_records(const input::LoadNotes& data, std::int64_t as_of, Console& console) {
    if (!data.taken_at || as_of <= *data.taken_at)
        return;
    console.messages << "rulec: warning: the data was taken at "
                     << output::time_text(*data.taken_at) << ", but has records as late as "
                     << output::time_text(as_of)
                     << ", and is evaluated as of then\n     = help: a mistyped year? Say `--as-of "
                     << output::time_text(*data.taken_at) << "` to leave aside what is later\n";
}

} // namespace rulec::tool
