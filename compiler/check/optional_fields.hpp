// Which optional fields can make a condition unknown without anybody having thought of it. Internal
// to this folder.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "compiler/check/causes.hpp"

namespace rulec::check {

// The fields of conditions: those that can make one unknown, and those that some condition asks
// about by `is missing` or `is known`.
class OptionalFields {
public:
    // `frames`: how many records the conditions are about, the root among them.
    explicit OptionalFields(const model::Rulebook& book, std::uint32_t frames = 1)
        : book_(book), frames_(frames) {}

    void add(model::ExprId condition) { add(condition, true); }

    // In source order, the first place of each; without those that are asked about.
    std::vector<std::pair<FieldId, Span>> unguarded() const;

private:
    void add(model::ExprId id, bool can_matter);
    void ask_about(model::ExprId id);

    const model::Rulebook& book_;
    std::uint32_t frames_;
    std::vector<std::pair<FieldId, Span>> found_;
    std::set<FieldId> seen_;
    std::set<FieldId> asked_about_;
};

} // namespace rulec::check
