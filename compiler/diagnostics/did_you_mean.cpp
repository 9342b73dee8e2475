#include "compiler/diagnostics/did_you_mean.hpp"

#include "runtime/value/nearest_name.hpp"

namespace rulec {

std::optional<std::string> surely_meant(std::string_view name,
                                        std::span<const std::string> candidates) {
    constexpr std::size_t kShortestCertain = 3; // letters
    if (name.size() < kShortestCertain)
        return std::nullopt;
    std::optional<std::string> meant;
    for (const std::string& candidate : candidates) {
        if (candidate == name || candidate.empty() ||
            rulebook::edit_distance(name, candidate, 1) > 1)
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
    const auto near = sure ? sure : rulebook::nearest_name(name, candidates);
    if (!near)
        return false;
    diagnostic.help("did you mean `" + *near + "`?");
    if (sure)
        diagnostic.fix(place, *sure);
    return true;
}

} // namespace rulec
