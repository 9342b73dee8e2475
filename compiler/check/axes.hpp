// Conditions of tables and decisions as boxes over common axes. Internal to this folder.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/check/box.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::check {

// What an axis asks about.
struct Axis {
    model::ExprId subject = model::kNothing; // an expression that stands for it
    rulebook::plan::Type type; // of its values; Bool also for a whole opaque condition
    bool may_be_unknown = true;
    bool field = false; // a field of the root: independent of all other axes that are fields
    std::vector<std::string> texts; // Text: the constants asked for, sorted; others are one value
};

// The points where a condition is true and where it is false; elsewhere it is unknown.
struct Truth {
    std::vector<Box> when_true;
    std::vector<Box> when_false;
    bool exact = true; // false: too many boxes, the sets are not to be used
};

class Axes {
public:
    explicit Axes(const model::Rulebook& book) : book_(book) {}

    // First every condition is shown, then boxes are asked for: all boxes have all axes.
    void collect(model::ExprId condition);
    Truth truth(model::ExprId condition) const;
    // All points that a record can have, and the holes among them.
    Box everything() const;
    // Points of `everything` that stand for no value: those between unknown and the least value of
    // an axis that has a least one.
    std::vector<Box> holes() const;

    const std::vector<Axis>& all() const { return axes_; }
    // The field's name; what else an axis asks about is called "a condition".
    std::string name(std::size_t axis) const;
    // A value of the side, for an example; "missing" for the unknown; empty for a side that holds
    // everything the axis has.
    std::string example(std::size_t axis, const Interval& side) const;

private:
    std::size_t axis_of(model::ExprId subject);
    std::size_t known_axis(model::ExprId subject) const;
    void collect_constant(model::ExprId subject, model::ExprId constant);
    bool is_constant(model::ExprId id) const;
    std::optional<std::int64_t> point(const Axis& axis, const rulebook::plan::Value& value) const;
    std::string key(model::ExprId id) const;
    std::string show(const Axis& axis, std::int64_t point) const;

    Truth sides(std::size_t axis, const std::vector<Interval>& when_true,
                const std::vector<Interval>& when_false) const;
    Truth opaque(model::ExprId condition) const;
    Truth comparison(const model::Expression& expression) const;
    Truth range(const model::Expression& expression) const;
    Truth set(const model::Expression& expression) const;
    Truth presence(const model::Expression& expression) const;
    Truth both(const Truth& left, const Truth& right) const;
    bool is_box_test(const model::Expression& expression) const;
    Interval known_side(std::size_t axis) const;

    const model::Rulebook& book_;
    std::vector<Axis> axes_;
    std::map<std::string, std::size_t> by_key_;
};

} // namespace rulec::check
