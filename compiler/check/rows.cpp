#include "compiler/check/rows.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rulec::check {

namespace {

// Sides of boxes that are compared, for all questions about one table together: a second or two.
constexpr std::size_t kBudget = 10'000'000;
constexpr std::size_t kMostSides = 4'000'000; // of all boxes of a table together
constexpr std::size_t kMostBoxesOfRow = 256;

} // namespace

Rows::Rows(const model::Rulebook& book, const std::vector<std::vector<model::ExprId>>& rows)
    : axes_(book), budget_(kBudget) {
    for (const auto& conditions : rows)
        for (const model::ExprId condition : conditions)
            axes_.collect(condition);
    holes_ = axes_.holes();
    std::size_t sides = 0;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        std::vector<Box> boxes{axes_.everything()};
        bool exact = sides < kMostSides;
        budget_ = exact ? budget_ : 0;
        if (!exact)
            break;
        for (const model::ExprId condition : rows[row]) {
            if (!model::present(condition))
                continue;
            const Truth truth = axes_.truth(condition);
            std::vector<Box> narrowed;
            for (const Box& box : boxes)
                for (const Box& side : truth.when_true)
                    if (auto meeting = intersection(box, side))
                        narrowed.push_back(std::move(*meeting));
            exact = exact && truth.exact && narrowed.size() <= kMostBoxesOfRow;
            boxes = std::move(narrowed);
            if (!exact)
                break;
        }
        if (!exact)
            boxes.clear();
        for (Box& box : boxes)
            box.row = row;
        sides += boxes.size() * axes_.all().size();
        boxes_.push_back(std::move(boxes));
        exact_.push_back(exact);
    }
    boxes_.resize(rows.size());
    exact_.resize(rows.size());
    for (const auto& boxes : boxes_)
        for (const Box& box : boxes)
            all_.push_back(&box);
    index_.emplace(all_);
}

// What may meet the box, within the budget: nothing once that is used up.
std::optional<std::vector<const Box*>> Rows::candidates(const Box& box) {
    auto found = index_->candidates(box, budget_);
    budget_ -= found ? std::min(budget_, found->size()) : budget_;
    return found;
}

std::optional<std::vector<std::uint32_t>> Rows::shadowed_by(std::size_t row) {
    if (!exact_[row])
        return std::nullopt;
    std::vector<std::uint32_t> shadowing;
    for (const Box& box : boxes_[row]) {
        auto earlier = candidates(box);
        if (!earlier)
            return std::nullopt;
        std::erase_if(*earlier, [&](const Box* other) { return other->row >= row; });
        for (const Box& hole : holes_)
            earlier->push_back(&hole);
        const Coverage found = cover(box, std::move(*earlier), budget_);
        if (found.verdict != Coverage::Verdict::Covered)
            return std::nullopt;
        shadowing.insert(shadowing.end(), found.rows.begin(), found.rows.end());
    }
    std::erase(shadowing, kNoRow);
    std::ranges::sort(shadowing);
    shadowing.erase(std::ranges::unique(shadowing).begin(), shadowing.end());
    return shadowing;
}

// Fields are independent of each other, so any combination of their values is a possible record;
// other axes may be tied together in ways that boxes do not show.
bool Rows::only_fields(const Box& box) const {
    const Box all = axes_.everything();
    for (std::size_t axis = 0; axis < box.sides.size(); ++axis)
        if (!axes_.all()[axis].field && box.sides[axis] != all.sides[axis])
            return false;
    return true;
}

std::string Rows::describe(const Box& box) const {
    std::string text;
    for (std::size_t axis = 0; axis < box.sides.size(); ++axis) {
        const std::string value = axes_.example(axis, box.sides[axis]);
        if (value.empty())
            continue;
        if (!text.empty())
            text += ", ";
        text += axes_.name(axis) + (value == "missing" ? " is missing" : " is " + value);
    }
    return text.empty() ? "anything" : text;
}

std::vector<std::uint32_t> Rows::later_rows_meeting(std::size_t row) {
    std::vector<std::uint32_t> meeting;
    for (const Box& box : boxes_[row])
        if (const auto found = candidates(box))
            for (const Box* other : *found)
                if (other->row > row && other->meets(box))
                    meeting.push_back(other->row);
    std::ranges::sort(meeting);
    meeting.erase(std::ranges::unique(meeting).begin(), meeting.end());
    return meeting;
}

std::optional<std::string> Rows::overlap(std::size_t left, std::size_t right) const {
    for (const Box& a : boxes_[left])
        for (const Box& b : boxes_[right])
            if (const auto meeting = intersection(a, b); meeting && only_fields(*meeting))
                return describe(*meeting);
    return std::nullopt;
}

const Coverage& Rows::coverage() {
    if (coverage_)
        return *coverage_;
    coverage_.emplace();
    coverage_->verdict = Coverage::Verdict::Undecided;
    if (std::ranges::find(exact_, false) != exact_.end())
        return *coverage_;
    std::vector<const Box*> all = all_;
    for (const Box& hole : holes_)
        all.push_back(&hole);
    coverage_ = cover(axes_.everything(), std::move(all), budget_);
    return *coverage_;
}

std::optional<std::string> Rows::gap() {
    const Coverage& found = coverage();
    if (found.verdict != Coverage::Verdict::Gap || !only_fields(found.gap))
        return std::nullopt;
    return describe(found.gap);
}

bool Rows::covers_everything() {
    return coverage().verdict == Coverage::Verdict::Covered;
}

} // namespace rulec::check
