// The rows of a table, or the clauses of a decision, against each other. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/check/axes.hpp"
#include "compiler/check/box_index.hpp"

namespace rulec::check {

// What the rows of one table (or clauses of one decision) match. Rows whose conditions are too
// wide to analyse match nothing here: what is said of the others stays true.
class Rows {
public:
    Rows(const Rows&) = delete; // it refers to its own boxes
    Rows& operator=(const Rows&) = delete;

    // Per row its conditions, all of which must hold; a row without conditions matches everything.
    Rows(const model::Rulebook& book, const std::vector<std::vector<model::ExprId>>& rows);

    // The earlier rows that together take everything that this row matches; nothing if it can be
    // reached, or if that was not decided. An empty answer: it matches nothing at all.
    std::optional<std::vector<std::uint32_t>> shadowed_by(std::size_t row);
    // The rows below that have a point in common with this one, sorted.
    std::vector<std::uint32_t> later_rows_meeting(std::size_t row);
    // An example that two rows both match, certain to be possible: only fields decide it.
    std::optional<std::string> overlap(std::size_t left, std::size_t right) const;
    // An example that no row matches, certain to be possible.
    std::optional<std::string> gap();
    // Whether every record certainly has a row; false also where that was not decided.
    bool covers_everything();

    // Some question was left without an answer, because there was too much to compare.
    bool gave_up() const { return budget_ == 0; }

private:
    std::optional<std::vector<const Box*>> candidates(const Box& box);
    const Coverage& coverage();
    bool only_fields(const Box& box) const;
    std::string describe(const Box& box) const;

    Axes axes_;
    std::vector<std::vector<Box>> boxes_; // per row
    std::vector<bool> exact_;             // per row
    std::vector<Box> holes_;
    std::vector<const Box*> all_; // row by row
    std::optional<BoxIndex> index_;
    std::size_t budget_;
    std::optional<Coverage> coverage_; // of everything, once it was asked for
};

} // namespace rulec::check
