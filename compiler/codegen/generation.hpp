// A program in the making, as generate() makes it. Internal to this folder.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/codegen/element_emission.hpp"
#include "compiler/codegen/emission.hpp"
#include "compiler/codegen/generate.hpp"
#include "compiler/codegen/parts.hpp"
#include "compiler/codegen/placement.hpp"
#include "compiler/codegen/reductions.hpp"
#include "compiler/codegen/rule_emission.hpp"

namespace rulec::codegen {

class Generation {
public:
    // Both outlive it.
    Generation(const rulebook::plan::Plan& plan, const Request& request);

    Generated generate();

private:
    bool is_native(std::uint32_t rule) const { return versions_.contains(rule); }
    Placement placement_of(rulebook::plan::EntityIndex entity, std::uint32_t level) const;
    void choose_rules();
    std::optional<std::uint32_t> native_version(std::uint32_t rule);
    std::optional<std::uint32_t> native_table(const rulebook::plan::Rule& rule);

    std::vector<Item> items_of_rules() const;
    std::vector<Item> items_of_reductions() const;
    std::vector<rulebook::plan::NodeId> inputs_of_table(std::uint32_t version) const;

    // Kernels over rows.
    void emit(const Part& part);
    void emit(const Item& item);
    void emit_fit(const Item& item);
    void emit_decision(const Item& item);
    void emit_table(const Item& item);
    ArrayIndex array_of(rulebook::plan::NodeId node);
    Bounds bounds_of(const Reduction& reduction);

    // Kernels over rows of (record, root record, instant).
    std::vector<rulebook::plan::NodeId> owned_by_values() const;
    void emit_values_of_records();

    // Kernels of segments.
    void emit_elements(std::uint32_t stage);
    void emit_collection(rulebook::plan::EntityIndex collection,
                         const std::vector<std::uint32_t>& reductions);
    // Kernels of their own: elements of Plain ones go several at a time.
    enum class Segments : std::uint8_t { Plain, Distinct, Running };
    Segments segments_of(const Reduction& reduction) const;
    bool runs(const Reduction& reduction) const;
    void emit_segments(const Part& part, const Placement& elements, bool running);

    const rulebook::plan::Plan& plan_;
    const Request& request_;
    const std::vector<rulebook::plan::FrameSet> frames_;
    const Reductions reductions_;
    rulebook::native::Program program_;
    Emission emission_;
    std::map<std::uint32_t, std::uint32_t> versions_; // of native rules, in the plan's order
    // Of native tables, by version.
    std::map<std::uint32_t, std::shared_ptr<const rulebook::native::TableIndex>> indexes_;
    std::vector<std::shared_ptr<const rulebook::native::TableIndex>> tables_; // as they are emitted
    std::optional<Placement> root_;
    std::vector<Reduction> needed_;
    std::vector<std::optional<Bounds>> bounds_; // of those
    ElementCounts counts_;
    std::optional<FitEmission> fit_; // that is being emitted
    std::optional<DecisionEmission> decision_;
};

} // namespace rulec::codegen
