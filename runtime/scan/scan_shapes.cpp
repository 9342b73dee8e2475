#include "runtime/scan/scan_shapes.hpp"

#include <algorithm>
#include <iterator>

#include "runtime/trigger/needed_triggers.hpp"

namespace rulebook::scan {

Result<ScanShapes> ScanShapes::prepare(const plan::Plan& plan,
                                       std::span<const std::uint32_t> triggers) {
    const auto all = trigger::TriggerShapes::prepare(plan, triggers);
    if (!all)
        return tl::unexpected(all.error());
    std::vector<std::uint32_t> unfit;
    for (const trigger::TriggerShapes::Rule& rule : all->rules())
        if (!ScanShape::of(plan, rule))
            unfit.push_back(rule.index);
    ScanShapes shapes;
    if (!unfit.empty())
        std::ranges::set_intersection(trigger::needed_triggers(plan, unfit), triggers,
                                      std::back_inserter(shapes.others_));
    std::vector<std::uint32_t> scanned;
    std::ranges::set_difference(triggers, shapes.others_, std::back_inserter(scanned));
    auto made = trigger::TriggerShapes::prepare(plan, scanned);
    if (!made)
        return tl::unexpected(made.error());
    shapes.triggers_ = std::make_unique<const trigger::TriggerShapes>(*std::move(made));
    for (const trigger::TriggerShapes::Rule& rule : shapes.triggers_->rules())
        shapes.scans_.push_back(*ScanShape::of(plan, rule));
    return shapes;
}

std::vector<std::uint32_t> scanned_triggers(const plan::Plan& plan,
                                            std::span<const std::uint32_t> rules) {
    const auto triggers = trigger::needed_triggers(plan, rules);
    std::vector<std::uint32_t> scanned;
    if (const auto shapes = ScanShapes::prepare(plan, triggers))
        for (const ScanShape& shape : shapes->scans())
            scanned.push_back(shape.rule->index);
    return scanned;
}

} // namespace rulebook::scan
