#include "runtime/interpret/regular_expression.hpp"

#include <string>

#include <re2/re2.h>

namespace rulebook::interpret {

namespace {

RE2::Options quiet() {
    RE2::Options options;
    options.set_log_errors(false);
    return options;
}

} // namespace

struct RegularExpression::Compiled {
    explicit Compiled(std::string_view pattern)
        : expression(re2::StringPiece(pattern.data(), pattern.size()), quiet()) {}
    RE2 expression;
};

RegularExpression::RegularExpression(std::unique_ptr<Compiled> compiled)
    : compiled_(std::move(compiled)) {}
RegularExpression::~RegularExpression() = default;
RegularExpression::RegularExpression(RegularExpression&&) noexcept = default;
RegularExpression& RegularExpression::operator=(RegularExpression&&) noexcept = default;

Result<RegularExpression> RegularExpression::compile(std::string_view pattern) {
    auto compiled = std::make_unique<Compiled>(pattern);
    if (!compiled->expression.ok())
        return make_error("plan.pattern", "the regular expression \"" + std::string(pattern) +
                                              "\" cannot be used: " + compiled->expression.error());
    return RegularExpression(std::move(compiled));
}

bool RegularExpression::occurs_in(std::string_view text) const {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_->expression);
}

} // namespace rulebook::interpret
