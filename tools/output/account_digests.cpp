#include "tools/output/account_digests.hpp"

#include <algorithm>
#include <bit>
#include <string_view>

namespace rulec::output {

namespace {

namespace data = rulebook::data;
namespace plan = rulebook::plan;
using data::RowIndex;

// No two lists of what is added give the same bytes: each value begins with its kind, and whatever
// varies in length with its length. Few bytes, since hashing them is what takes time.
class DigestBytes {
public:
    void clear() { size_ = 0; }

    void add_byte(std::uint8_t byte) {
        *room(1) = static_cast<char>(byte);
        ++size_;
    }

    // Seven bits a byte, the least significant first; the last byte is below 128.
    void add_number(std::uint64_t value) {
        char* const begin = room(kMostBytesOfANumber);
        char* at = begin;
        for (; value >= 0x80U; value >>= 7U)
            *at++ = static_cast<char>((value & 0x7FU) | 0x80U);
        *at++ = static_cast<char>(value);
        size_ += static_cast<std::size_t>(at - begin);
    }

    // Small ones are short on either side of 0.
    void add_integer(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        add_number((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }

    void add_text(std::string_view text) {
        add_number(text.size());
        std::ranges::copy(text, room(text.size()));
        size_ += text.size();
    }

    std::string_view bytes() const { return {bytes_.data(), size_}; }

private:
    static constexpr std::size_t kMostBytesOfANumber = 10;

    char* room(std::size_t more) {
        if (bytes_.size() - size_ < more)
            bytes_.resize(2 * (size_ + more));
        return bytes_.data() + size_;
    }

    std::vector<char> bytes_; // of which so many are used:
    std::size_t size_ = 0;
};

class AccountDigests {
public:
    explicit AccountDigests(const data::Dataset& dataset)
        : dataset_(dataset), collections_(dataset.schema().entities.size()) {
        const auto& entities = dataset.schema().entities;
        for (plan::EntityIndex entity = 0; entity < entities.size(); ++entity)
            if (entities[entity].parent)
                collections_[*entities[entity].parent].push_back(entity);
    }

    rulebook::Digest of(RowIndex root) {
        bytes_.clear();
        add_record(dataset_.schema().root, root);
        return rulebook::sha256(bytes_.bytes());
    }

private:
    void add_cell(const data::Column& column, RowIndex row) {
        if (!column.known(row)) {
            bytes_.add_byte(0);
            bytes_.add_byte(static_cast<std::uint8_t>(column.cause(row)));
            return;
        }
        switch (plan::representation(column.type().kind)) {
        case plan::Representation::Bool:
            bytes_.add_byte(column.boolean(row) ? 2 : 1);
            return;
        case plan::Representation::Integer:
            bytes_.add_byte(3);
            bytes_.add_integer(column.integer(row));
            return;
        case plan::Representation::Real:
            bytes_.add_byte(4);
            bytes_.add_number(std::bit_cast<std::uint64_t>(column.real(row)));
            return;
        case plan::Representation::Text:
            bytes_.add_byte(5);
            bytes_.add_text(column.text(row));
            return;
        }
    }

    void add_value(const plan::Value& value) {
        bytes_.add_byte(static_cast<std::uint8_t>(value.alternative()));
        switch (value.alternative()) {
        case 1:
            bytes_.add_byte(value.boolean() ? 1 : 0);
            return;
        case 2:
            return bytes_.add_integer(value.integer());
        case 3:
            return bytes_.add_number(std::bit_cast<std::uint64_t>(value.real()));
        case 4:
            return bytes_.add_text(value.text());
        default:
            bytes_.add_byte(static_cast<std::uint8_t>(value.why().cause));
        }
    }

    void add_history(plan::EntityIndex entity, RowIndex row) {
        const auto& fields = dataset_.schema().entities[entity].fields;
        const auto instants = dataset_.history_instants(entity, row);
        bytes_.add_number(instants.size());
        for (const std::int64_t instant : instants) {
            bytes_.add_integer(instant);
            for (plan::FieldIndex field = 0; field < fields.size(); ++field)
                if (const auto value = fields[field].tracked
                                           ? dataset_.tracked_value(entity, row, field, instant)
                                           : std::nullopt)
                    add_value(*value);
        }
    }

    void add_record(plan::EntityIndex entity, RowIndex row) {
        const data::Table& table = dataset_.table(entity);
        bytes_.add_byte(table.incomplete(row) ? 1 : 0);
        for (const data::Column& column : table.columns())
            add_cell(column, row);
        add_history(entity, row);
        for (const plan::EntityIndex collection : collections_[entity]) {
            const data::RowRange records = dataset_.children(collection, row);
            bytes_.add_number(records.size());
            for (RowIndex record = records.first; record < records.last; ++record)
                add_record(collection, record);
        }
    }

    const data::Dataset& dataset_;
    std::vector<std::vector<plan::EntityIndex>> collections_; // by the entity above
    DigestBytes bytes_;
};

} // namespace

std::vector<rulebook::Digest> account_digests(const data::Dataset& dataset) {
    AccountDigests digests(dataset);
    std::vector<rulebook::Digest> all;
    all.reserve(dataset.size(dataset.schema().root));
    for (RowIndex root = 0; root < dataset.size(dataset.schema().root); ++root)
        all.push_back(digests.of(root));
    return all;
}

} // namespace rulec::output
