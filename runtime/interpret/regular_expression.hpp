// A regular expression of the language (RE2 syntax, UTF-8), compiled once; internal to this folder.
#pragma once

#include <memory>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulebook::interpret {

// Safe to share between threads.
class RegularExpression {
public:
    // Refuses what RE2 refuses (code plan.pattern).
    static Result<RegularExpression> compile(std::string_view pattern);

    ~RegularExpression();
    RegularExpression(RegularExpression&&) noexcept;
    RegularExpression& operator=(RegularExpression&&) noexcept;

    // Whether it matches anywhere in the text.
    bool occurs_in(std::string_view text) const;

private:
    struct Compiled;
    explicit RegularExpression(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> compiled_;
};

} // namespace rulebook::interpret
