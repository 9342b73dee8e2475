#include "compiler/diagnostics/did_you_mean.hpp"

#include "runtime/value/nearest_name.hpp"

namespace rulec {

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
    return rulebook::edit_distance(left, right, limit);
}

std::optional<std::string> did_you_mean(std::string_view name,
                                        std::span<const std::string_view> candidates) {
    return rulebook::nearest_name(name, candidates);
}

std::optional<std::string> did_you_mean(std::string_view name,
                                        std::span<const std::string> candidates) {
    return rulebook::nearest_name(name, candidates);
}

std::optional<std::string> surely_meant(std::string_view name,
                                        std::span<const std::string> candidates) {
    constexpr std::size_t kShortestCertain = 3; // letters
    if (name.size() < kShortestCertain)
        return std::nullopt;
    std::optional<std::string> meant;
    for (const std::string& candidate : candidates) {
        if (candidate == name || candidate.empty() || edit_distance(name, candidate, 1) > 1)
            continue;
        if (meant && *meant != candidate)
            return std::nullopt;
        meant = candidate;
    }
    return meant;
}

bool suggest(Diagnostic& diagnostic, Span place, std::string_view name,
             std::span<const std::string> candidates) {
    const auto sure = surely_meant(name, candidates);
    const auto near = sure ? sure : did_you_mean(name, candidates);
    if (!near)
        return false;
    diagnostic.help("did you mean `" + *near + "`?");
    if (sure)
        diagnostic.fix(place, *sure);
    return true;
}

} // namespace rulec
