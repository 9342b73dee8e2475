// Where a clause stands in the source, and when a version of a rule is in force.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace rulebook::plan {

// Where a clause stands in the source and how it reads there; not part of the meaning.
struct SourceNote {
    std::string path;
    std::uint32_t line = 0;
    std::string text; // on one line

    friend bool operator==(const SourceNote&, const SourceNote&) = default;
};

// When a version of a rule is in force: [from, until), in instants.
struct Effective {
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> until;

    bool contains(std::int64_t instant) const {
        return (!from || *from <= instant) && (!until || instant < *until);
    }
    friend bool operator==(const Effective&, const Effective&) = default;
};

} // namespace rulebook::plan
