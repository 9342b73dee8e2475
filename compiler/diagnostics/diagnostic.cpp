#include "compiler/diagnostics/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace rulec {
namespace {

std::string identity(const CodeInfo& info, Span span, std::string_view message) {
    std::string key(info.code);
    for (std::uint32_t number : {span.file, span.begin, span.end})
        key.append(1, ' ').append(std::to_string(number));
    return key.append(1, ' ').append(message);
}

// What has no place comes first: kNoFile + 1 wraps to 0.
auto order(const Diagnostic& diagnostic) {
    const Span& span = diagnostic.span;
    return std::tuple(static_cast<FileId>(span.file + 1), span.begin, span.end, diagnostic.code(),
                      std::string_view(diagnostic.message));
}

} // namespace

Diagnostic& Diagnostics::add(const CodeInfo& info, Span span, Wording words) {
    bool full = kept_.size() >= kMaximumKept;
    bool repeated = !full && !seen_.insert(identity(info, span, words.message)).second;
    if (!repeated)
        ++counted(info.severity);
    if (full)
        ++omitted_;
    Diagnostic made{&info, info.severity, span, std::move(words.message), std::move(words.help), {},
                    {}};
    if (full || repeated)
        return dropped_ = std::move(made);
    return kept_.emplace_back(std::move(made));
}

std::vector<const Diagnostic*> Diagnostics::sorted() const {
    std::vector<const Diagnostic*> all;
    all.reserve(kept_.size());
    for (const Diagnostic& diagnostic : kept_)
        all.push_back(&diagnostic);
    std::ranges::sort(all, {}, [](const Diagnostic* diagnostic) { return order(*diagnostic); });
    return all;
}

std::size_t Diagnostics::silence(std::string_view code, Span within) {
    auto silenced = [&](const Diagnostic& diagnostic) {
        return diagnostic.severity != Severity::Error && diagnostic.code() == code &&
               (!within.somewhere() || within.contains(diagnostic.span));
    };
    std::size_t number = 0;
    std::deque<Diagnostic> rest;
    for (Diagnostic& diagnostic : kept_) {
        if (!silenced(diagnostic)) {
            rest.push_back(std::move(diagnostic));
            continue;
        }
        --counted(diagnostic.severity);
        ++number;
    }
    kept_ = std::move(rest);
    return number;
}

std::vector<Diagnostic> Diagnostics::take(std::string_view code) {
    std::vector<Diagnostic> taken;
    std::deque<Diagnostic> rest;
    for (Diagnostic& diagnostic : kept_) {
        if (diagnostic.code() != code) {
            rest.push_back(std::move(diagnostic));
            continue;
        }
        --counted(diagnostic.severity);
        seen_.erase(identity(*diagnostic.info, diagnostic.span, diagnostic.message));
        taken.push_back(std::move(diagnostic));
    }
    kept_ = std::move(rest);
    std::ranges::sort(taken, {}, [](const Diagnostic& one) { return order(one); });
    return taken;
}

} // namespace rulec
