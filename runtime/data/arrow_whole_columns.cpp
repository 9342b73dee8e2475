// Columns in Arrow form whose cells are taken all at once.
#include "runtime/data/arrow_column.hpp"

namespace rulebook::data {

ArrowKnown ArrowColumn::known_bits() const {
    if (all_known())
        return {};
    return {static_cast<const std::uint8_t*>(array_->buffers[0]),
            static_cast<std::size_t>(array_->offset)};
}

namespace {

// In bytes; 0 of what holds no integers.
template <class Storage>
std::uint8_t width_of(Storage kind) {
    switch (kind) {
    case Storage::Int8:
    case Storage::Uint8:
        return 1;
    case Storage::Int16:
    case Storage::Uint16:
        return 2;
    case Storage::Int32:
    case Storage::Uint32:
    case Storage::Decimal32:
        return 4;
    case Storage::Int64:
    case Storage::Uint64:
    case Storage::Decimal64:
    case Storage::Timestamp:
        return 8;
    case Storage::Decimal128:
        return 16;
    default:
        return 0;
    }
}

} // namespace

std::optional<ArrowNumbers> ArrowColumn::numbers() const {
    if (dictionary_ || array_->length == 0)
        return std::nullopt;
    ArrowNumbers numbers;
    switch (kind_) {
    case Storage::Int8:
    case Storage::Int16:
    case Storage::Int32:
    case Storage::Int64:
        break;
    case Storage::Decimal32:
    case Storage::Decimal64:
    case Storage::Decimal128:
        numbers.kind = SourceCell::Kind::Decimal;
        numbers.decimals = scale_;
        break;
    case Storage::Timestamp:
        if (!zoned_ || units_ != kMicrosecondsPerSecond)
            return std::nullopt;
        numbers.kind = SourceCell::Kind::Instant;
        break;
    default:
        return std::nullopt;
    }
    numbers.width = width_of(kind_);
    numbers.values = static_cast<const char*>(array_->buffers[1]) +
                     static_cast<std::size_t>(array_->offset) * numbers.width;
    numbers.known = known_bits();
    return numbers;
}

std::optional<ArrowIndexes> ArrowColumn::indexes() const {
    if (!dictionary_ || array_->length == 0 || width_of(kind_) == 0)
        return std::nullopt;
    ArrowIndexes indexes{dictionary_.get(), width_of(kind_), nullptr, known_bits()};
    indexes.values = static_cast<const char*>(array_->buffers[1]) +
                     static_cast<std::size_t>(array_->offset) * indexes.width;
    return indexes;
}

} // namespace rulebook::data
