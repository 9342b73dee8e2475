#include <string_view>

#include <fmt/format.h>

#include "compiler/check/causes.hpp"
#include "compiler/check/triggers.hpp"
#include "compiler/diagnostics/one_line.hpp"

namespace rulec::check {

namespace {

using model::ExprId;
using rulebook::plan::On;
using rulebook::plan::Trigger;

// When such a trigger asks; empty where every event asks anew.
std::string_view asked_when(On::Kind kind) {
    switch (kind) {
    case On::Kind::Silence:
        return "the silence has lasted";
    case On::Kind::Clock:
        return "the clock rings";
    case On::Kind::Becomes:
        return "the condition of `on` comes true";
    case On::Kind::Pattern:
    case On::Kind::Without:
        break;
    }
    return "";
}

class AskedOnce {
public:
    AskedOnce(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics)
        : book_(book), sources_(sources), diagnostics_(diagnostics) {}

    void check(const Trigger& trigger) {
        check(trigger.on.kind, trigger.when, "true");
        for (const auto& unless : trigger.unless)
            check(trigger.on.kind, unless.when, "false");
    }

private:
    void check(On::Kind kind, ExprId condition, std::string_view later) {
        const std::string_view when = asked_when(kind);
        if (when.empty() || !model::present(condition) || !causes_of(book_, condition).may_change)
            return;
        const Span span = book_[condition].span;
        const std::string written = one_line(sources_.text(span));
        if (kind != On::Kind::Becomes) {
            diagnostics_.emit<RB3106>(span, written, when, later);
            return;
        }
        auto& report = diagnostics_.emit<RB3105>(span, written, later);
        if (later == "false")
            report.help("let `on` wait for all of it: `on becomes C and not P`");
    }

    const model::Rulebook& book_;
    const Sources& sources_;
    Diagnostics& diagnostics_;
};

} // namespace

void check_asked_once(const model::Rulebook& book, const Sources& sources,
                      Diagnostics& diagnostics) {
    AskedOnce asked(book, sources, diagnostics);
    for (const Trigger& trigger : book.triggers)
        asked.check(trigger);
}

} // namespace rulec::check
