#include "runtime/value/nearest_name.hpp"

#include <algorithm>
#include <vector>

namespace rulebook {
namespace {

char folded(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// Without underscores, hyphens, blanks and case: `createdAt`, `created-at` meet `created_at`.
std::string letters_only(std::string_view name) {
    std::string letters;
    for (char letter : name)
        if (letter != '_' && letter != '-' && letter != ' ')
            letters += folded(letter);
    return letters;
}

template <class Candidates>
std::optional<std::string> nearest(std::string_view name, const Candidates& candidates) {
    std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
    std::string letters = letters_only(name);
    std::optional<std::string> best;
    for (const auto& candidate : candidates) {
        std::string_view other = candidate;
        if (other == name || other.empty())
            continue;
        if (!letters.empty() && letters_only(other) == letters)
            return std::string(other);
        std::size_t distance = edit_distance(name, other, limit);
        // A one-letter name is as far from every other as can be.
        if (distance > limit || distance >= std::max(name.size(), other.size()))
            continue;
        best = std::string(other);
        if (distance == 0)
            break;
        limit = distance - 1; // from here on only nearer ones
    }
    return best;
}

} // namespace

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
    std::size_t longer = std::max(left.size(), right.size());
    if (longer - std::min(left.size(), right.size()) > limit)
        return limit + 1;
    std::vector<std::size_t> before_last(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t column = 0; column <= right.size(); ++column)
        last[column] = column;
    for (std::size_t line = 1; line <= left.size(); ++line) {
        row[0] = line;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            char here = folded(left[line - 1]);
            char there = folded(right[column - 1]);
            row[column] = std::min({last[column] + 1, row[column - 1] + 1,
                                    last[column - 1] + (here == there ? 0U : 1U)});
            bool swapped = line > 1 && column > 1 && here == folded(right[column - 2]) &&
                           folded(left[line - 2]) == there;
            if (swapped)
                row[column] = std::min(row[column], before_last[column - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return std::min(last[right.size()], limit + 1);
}

std::optional<std::string> nearest_name(std::string_view name,
                                        std::span<const std::string_view> candidates) {
    return nearest(name, candidates);
}

std::optional<std::string> nearest_name(std::string_view name,
                                        std::span<const std::string> candidates) {
    return nearest(name, candidates);
}

} // namespace rulebook
