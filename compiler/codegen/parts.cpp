#include "compiler/codegen/parts.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::NodeId;

namespace {

// Operations of a part, about: the optimiser takes some 40 ms for so many. Of larger parts it takes
// longer for each, and fewer of them are compiled at a time.
constexpr std::size_t kMostNodes = 64;

constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();

// Whether loading it is not dearer than computing it.
bool is_worth_keeping(const plan::Node& node) {
    return !node.operands.empty();
}

class Partition {
public:
    Partition(const plan::Plan& plan, const Placement& placement, std::size_t most)
        : plan_(plan), placement_(placement), most_(most),
          computed_in_(plan.nodes.size(), kNowhere), seen_in_(plan.nodes.size(), kNowhere) {
        parts_.emplace_back();
    }

    void add(const Item& item) {
        const bool alone = item.kind == Item::Kind::Elements;
        PartItem found = look_for(item);
        if (!parts_.back().items.empty() &&
            (alone || closed_ || parts_.back().items.size() == most_ ||
             nodes_ + found.computed.size() > kMostNodes)) {
            parts_.emplace_back();
            nodes_ = 0;
            found = look_for(item);
        }
        closed_ = alone;
        take(std::move(found));
    }

    std::vector<Part> finish() {
        if (parts_.back().items.empty()) // there was nothing at all
            parts_.pop_back();
        for (Part& part : parts_) {
            std::ranges::sort(part.kept);
            const auto repeated = std::ranges::unique(part.kept);
            part.kept.erase(repeated.begin(), repeated.end());
        }
        return std::move(parts_);
    }

private:
    std::uint32_t current() const { return static_cast<std::uint32_t>(parts_.size() - 1); }

    // What the item needs that the current part does not have yet.
    PartItem look_for(const Item& item) {
        PartItem found;
        found.item = item;
        std::vector<NodeId> waiting = item.roots;
        while (!waiting.empty()) {
            const NodeId id = waiting.back();
            waiting.pop_back();
            const plan::Node& node = plan_.node(id);
            if (seen_in_[id] == current())
                continue;
            seen_in_[id] = current();
            const Place place = placement_.of(id);
            if (place == Place::Lowered && computed_in_[id] < current() && is_worth_keeping(node)) {
                found.loaded.push_back(id);
                continue;
            }
            found.computed.push_back(id);
            if (place == Place::Lowered)
                std::ranges::copy(placement_.operands(id), std::back_inserter(waiting));
        }
        std::ranges::sort(found.computed);
        return found;
    }

    void take(PartItem found) {
        for (const NodeId id : found.computed)
            computed_in_[id] = current();
        for (const NodeId id : found.loaded)
            parts_[computed_in_[id]].kept.push_back(id);
        nodes_ += found.computed.size();
        parts_.back().items.push_back(std::move(found));
    }

    const plan::Plan& plan_;
    const Placement& placement_;
    std::size_t most_;                       // items of a part
    std::vector<std::uint32_t> computed_in_; // part, by node: the last one
    std::vector<std::uint32_t> seen_in_;
    std::vector<Part> parts_;
    std::size_t nodes_ = 0; // that the current part computes
    bool closed_ = false;   // the current part takes nothing more
};

} // namespace

std::vector<Part> parts_of(const plan::Plan& plan, const Placement& placement,
                           const std::vector<Item>& items, std::size_t most) {
    Partition partition(plan, placement, most);
    for (const Item& item : items)
        partition.add(item);
    return partition.finish();
}

} // namespace rulec::codegen
