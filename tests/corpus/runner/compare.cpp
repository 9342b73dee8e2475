#include "tests/corpus/runner/compare.hpp"

#include <algorithm>

#include "compiler/diagnostics/render.hpp"
#include "tests/corpus/runner/annotation.hpp"

namespace rulebook::corpus {
namespace {

using rulec::Diagnostic;
using rulec::FileId;
using rulec::Severity;

class Comparer {
public:
    Comparer(const Case& of, const CaseText& text, const rulec::Diagnostics& diagnostics)
        : case_(of), text_(text), diagnostics_(diagnostics) {}

    Comparison run() {
        for (const Diagnostic* diagnostic : diagnostics_.sorted())
            sort_in(*diagnostic);
        for (FileId file : text_.own)
            compare_file(file);
        compare_name();
        return std::move(result_);
    }

private:
    bool is_own(FileId file) const { return std::ranges::find(text_.own, file) != text_.own.end(); }

    void sort_in(const Diagnostic& diagnostic) {
        const rulec::Span& span = diagnostic.span;
        if (!span.somewhere())
            by_file_[text_.own.front()].push_back(&diagnostic);
        else if (is_own(span.file))
            by_file_[span.file].push_back(&diagnostic);
        else if (diagnostic.severity == Severity::Error)
            result_.failures.push_back("came where no case can state it:\n" + shown(diagnostic));
    }

    void compare_file(FileId file) {
        std::string_view source = text_.rulebook.sources.text(file);
        std::vector<Annotation> annotations = annotations_in(source);
        std::vector<const Diagnostic*>& unmatched = by_file_[file];
        std::map<std::uint32_t, std::string> rewritten;
        for (const Annotation& annotation : annotations) {
            ++result_.expectations;
            result_.codes.insert(annotation.code);
            auto match = std::ranges::find_if(unmatched, [&](const Diagnostic* diagnostic) {
                return fits(annotation, *diagnostic);
            });
            if (match == unmatched.end()) {
                missing(file, annotation);
                continue;
            }
            std::string now = rendered(**match, text_.rulebook.sources);
            if (now != annotation.rendered) {
                outdated(file, annotation, now);
                rewritten[annotation.line] = std::move(now);
            }
            unmatched.erase(match);
        }
        for (const Diagnostic* diagnostic : unmatched)
            result_.failures.push_back("came, but the case does not state it:\n" +
                                       shown(*diagnostic));
        if (!rewritten.empty())
            result_.updates[file] = with_rendered(source, annotations, rewritten);
    }

    bool fits(const Annotation& annotation, const Diagnostic& diagnostic) const {
        if (annotation.code != diagnostic.code() || annotation.severity != diagnostic.severity)
            return false;
        if (annotation.is_nowhere() || !diagnostic.span.somewhere())
            return annotation.is_nowhere() && !diagnostic.span.somewhere();
        auto place = text_.rulebook.sources.position(diagnostic.span.file, diagnostic.span.begin);
        return annotation.about == place.line;
    }

    void compare_name() {
        bool failed = diagnostics_.has_errors();
        if (failed && !case_.must_fail())
            result_.failures.emplace_back("has errors, so its name must begin with `bad_`");
        if (!failed && case_.must_fail())
            result_.failures.emplace_back("has no errors, so its name must not begin with `bad_`");
    }

    std::string at(FileId file, std::uint32_t line) const {
        return std::string(text_.rulebook.sources.path(file)) + ':' + std::to_string(line) + ": ";
    }
    void missing(FileId file, const Annotation& annotation) {
        result_.failures.push_back(at(file, annotation.about) +
                                   "did not come: " + std::string(name(annotation.severity)) + '[' +
                                   annotation.code + "] " + annotation.rendered);
    }
    void outdated(FileId file, const Annotation& annotation, const std::string& now) {
        ++result_.outdated;
        result_.failures.push_back(at(file, annotation.line) + "reads otherwise now (--update)\n" +
                                   "  stated: " + annotation.rendered + "\n  now:    " + now);
    }
    std::string shown(const Diagnostic& diagnostic) const {
        return render_text(diagnostic, text_.rulebook.sources, rulec::Colour::Never);
    }

    const Case& case_;
    const CaseText& text_;
    const rulec::Diagnostics& diagnostics_;
    std::map<FileId, std::vector<const Diagnostic*>> by_file_;
    Comparison result_;
};

} // namespace

Comparison compare(const Case& of, const CaseText& text, const rulec::Diagnostics& diagnostics) {
    return Comparer(of, text, diagnostics).run();
}

} // namespace rulebook::corpus
