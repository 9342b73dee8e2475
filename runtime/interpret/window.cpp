#include "runtime/interpret/window.hpp"

#include <algorithm>

#include "runtime/interpret/span.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

namespace {

constexpr Instants kAll;
constexpr Instants kNone{kAll.last, kAll.first};

Instants back_from(const time::Zone& zone, const plan::Span& span, std::int64_t end) {
    const auto first = first_of_window(zone, span, end);
    return first ? Instants{*first, end} : kNone;
}

Instants from_anchor(const time::Zone& zone, const plan::Window& window, std::int64_t anchor) {
    switch (window.kind) {
    case plan::WindowKind::Since:
        return {anchor, kAll.last};
    case plan::WindowKind::Before:
        return anchor == kAll.first ? kNone : Instants{kAll.first, anchor - 1};
    case plan::WindowKind::Last:
    case plan::WindowKind::LastBefore:
        break;
    }
    return back_from(zone, window.span, anchor);
}

} // namespace

std::optional<Instants> instants_of(Evaluation& evaluation,
                                    const std::vector<plan::Window>& windows) {
    const time::Zone& zone = *evaluation.preparation().zone;
    Instants result;
    for (const plan::Window& window : windows) {
        std::int64_t anchor = evaluation.instant();
        if (window.kind != plan::WindowKind::Last) {
            const plan::Value value = evaluation.value(window.anchor);
            if (!value.known())
                return std::nullopt;
            anchor = value.integer();
        }
        const Instants passed = from_anchor(zone, window, anchor);
        result = {std::max(result.first, passed.first), std::min(result.last, passed.last)};
    }
    return result;
}

} // namespace rulebook::interpret
