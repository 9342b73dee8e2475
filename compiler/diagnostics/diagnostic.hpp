// What the compiler has to say about a rulebook: collected here, rendered in render.hpp.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/diagnostics/code.hpp"
#include "compiler/diagnostics/source.hpp"

namespace rulec {

// A second place that explains the first. Without words it is only underlined.
struct Label {
    Span span;
    std::string text;
};

// Replaces the text of a span; an empty span inserts.
struct Edit {
    Span span;
    std::string replacement;
};

struct Diagnostic {
    const CodeInfo* info = nullptr; // static storage
    Severity severity = Severity::Error;
    Span span;
    std::string message;
    std::string help_text; // empty: none
    std::vector<Label> labels;
    std::vector<Edit> edits; // a certain fix: applied together or not at all

    std::string_view code() const { return info->code; }

    Diagnostic& label(Span at, std::string text = {}) {
        labels.push_back({at, std::move(text)});
        return *this;
    }
    // Instead of the help of the row.
    Diagnostic& help(std::string text) {
        help_text = std::move(text);
        return *this;
    }
    // Only where it is certain what was meant: `rulec check --fix` applies it unasked.
    Diagnostic& fix(Span at, std::string replacement) {
        edits.push_back({at, std::move(replacement)});
        return *this;
    }
};

// Collects diagnostics. Not thread-safe.
class Diagnostics {
public:
    // Beyond this many, diagnostics are counted and not kept, so that memory stays bounded.
    static constexpr std::size_t kMaximumKept = 10'000;

    // `diagnostics.emit<RB1203>(span, name, type)`. The reference is valid as long as the
    // collection and until `silence`; a repetition (same code, place, message) goes nowhere.
    template <class Code, class... Given>
    Diagnostic& emit(Span span, Given&&... given) {
        static_assert(Code::Parameters::template accept<Given...>(),
                      "the arguments do not fit the parameters of this row of diagnostics.def");
        return add(Code::kInfo, span, Code::Parameters::fill(Code::kInfo, given...));
    }

    std::size_t count(Severity severity) const {
        return counts_[static_cast<std::size_t>(severity)];
    }
    bool has_errors() const { return count(Severity::Error) > 0; }
    bool empty() const { return kept_.empty(); }
    // How many were counted and not kept.
    std::size_t omitted() const { return omitted_; }

    // By file, position, code, message; those without a place first.
    std::vector<const Diagnostic*> sorted() const;

    // Takes back the warnings and notes of a code that lie inside `within` (an `allow` clause);
    // a `within` that is nowhere means everywhere. Gives their number. Errors stay.
    std::size_t silence(std::string_view code, Span within);

    // Takes out all that have the code, in the order of the source.
    std::vector<Diagnostic> take(std::string_view code);

    Diagnostic& add(const CodeInfo& info, Span span, Wording words);

private:
    std::size_t& counted(Severity severity) { return counts_[static_cast<std::size_t>(severity)]; }

    std::deque<Diagnostic> kept_; // references survive its growth
    std::unordered_set<std::string> seen_;
    std::size_t counts_[3] = {0, 0, 0};
    std::size_t omitted_ = 0;
    Diagnostic dropped_;
};

} // namespace rulec
