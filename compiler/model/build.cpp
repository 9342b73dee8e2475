#include "compiler/model/build.hpp"

#include "compiler/model/context.hpp"

namespace rulec::model {

Rulebook build(std::span<const ast::File> files, const Sources& sources, const FileReader& read,
               Diagnostics& diagnostics) {
    Rulebook book;
    Context context(files, sources, read, diagnostics, book);
    build_header(context);
    build_teams(context);
    declare_names(context);
    build_schema(context);
    if (book.schema.entities.empty())
        return book; // nothing to be about: reported
    build_files(context);
    declare_rules(context);
    build_definitions(context);
    build_signals(context);
    build_fits(context);
    build_decisions(context);
    build_tables(context);
    build_calendars(context);
    build_triggers(context);
    build_policies(context);
    build_rates(context);
    build_credits(context);
    build_tests(context);
    check_dependencies(context);
    refuse_what_does_not_evaluate(context);
    return book;
}

} // namespace rulec::model
