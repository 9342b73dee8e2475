// Dividing the amounts of many deals, as credit::divide does each, in integers of 64 or 128 bits.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "runtime/credit/columns/column_model.hpp"
#include "runtime/credit/columns/columns.hpp"

namespace rulebook::credit::columns {

// What the deals of a rule's version share, beside their models.
struct ColumnRule {
    std::vector<NamedPart> floors{}; // millionths
    Code without_touches = 0;
    std::vector<std::uint32_t> order_of_names{}; // by code of the party
    std::size_t keys = 0;                        // the most codes that a column of keys has

    // Adds the parties that it names to `parties`; order_of_names is set when all are known.
    static ColumnRule of(std::span<const PartyPart> floors, const Party& without_touches,
                         PartyCodes& parties);
};

// One thread at a time per object. No allocation per deal, once the largest was there.
class ColumnDivision {
public:
    // Whether several numbers are computed at once, where the processor can. It says the same.
    enum class Lanes : std::uint8_t { IfThere, Never };
    // What is wanted of each deal: its parties alone, or the amounts of their touches, too.
    using Want = columns::Want;

    // The rule outlives it.
    explicit ColumnDivision(const ColumnRule& rule, Lanes lanes = Lanes::IfThere);
    ~ColumnDivision();
    ColumnDivision(ColumnDivision&&) noexcept;
    ColumnDivision& operator=(ColumnDivision&&) noexcept;

    // Divides the deals (rows of DealColumns) by the model. Where nothing is said against it in
    // `outcomes`, what a deal gives is what credit::divide gives, but for fractions as text.
    void divide(const ColumnModel& model, const TouchColumns& touches, const DealColumns& deals,
                std::span<const std::uint32_t> asked, DividedDeals& divided,
                Want want = Want::Touches);

    // How many deals of the last call were divided several numbers at a time.
    std::size_t by_lanes() const { return by_lanes_; }

private:
    struct Room;
    const ColumnRule* rule_;
    std::unique_ptr<Room> room_;
    bool lanes_;
    std::vector<std::uint32_t> left_;
    std::size_t by_lanes_ = 0;
};

} // namespace rulebook::credit::columns
