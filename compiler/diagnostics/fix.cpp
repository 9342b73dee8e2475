#include "compiler/diagnostics/fix.hpp"

#include <algorithm>

namespace rulec {
namespace {

// Two insertions at one place overlap too: their order would be arbitrary.
bool overlap(Span left, Span right) {
    bool same_start = left.begin == right.begin;
    return same_start || (left.begin < right.end && right.begin < left.end);
}

bool meets(const std::vector<Edit>& edits, const std::vector<const Edit*>& chosen) {
    return std::ranges::any_of(edits, [&](const Edit& edit) {
        return std::ranges::any_of(
            chosen, [&](const Edit* other) { return overlap(edit.span, other->span); });
    });
}

} // namespace

FixedText apply_fixes(const Diagnostics& diagnostics, const Sources& sources, FileId file) {
    FixedText fixed;
    std::vector<const Edit*> chosen;
    for (const Diagnostic* diagnostic : diagnostics.sorted()) {
        const std::vector<Edit>& edits = diagnostic->edits;
        bool here = !edits.empty() && std::ranges::all_of(edits, [file](const Edit& edit) {
            return edit.span.file == file;
        });
        if (!here)
            continue;
        if (meets(edits, chosen)) {
            ++fixed.left;
            continue;
        }
        for (const Edit& edit : edits)
            chosen.push_back(&edit);
        ++fixed.applied;
    }
    std::ranges::sort(chosen, {}, [](const Edit* edit) { return edit->span.begin; });
    std::string_view text = sources.text(file);
    std::size_t at = 0;
    for (const Edit* edit : chosen) {
        fixed.text += text.substr(at, edit->span.begin - at);
        fixed.text += edit->replacement;
        at = edit->span.end;
    }
    fixed.text += text.substr(std::min(at, text.size()));
    return fixed;
}

} // namespace rulec
