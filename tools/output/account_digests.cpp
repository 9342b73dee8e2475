#include "tools/output/account_digests.hpp"

#include <bit>
#include <cstring>
#include <string_view>

namespace rulec::output {

namespace {

namespace data = rulebook::data;
namespace plan = rulebook::plan;
using data::RowIndex;

constexpr std::size_t kMostBytesOfANumber = 10;
constexpr std::size_t kMostBytesOfACell = 1 + kMostBytesOfANumber; // without those of a text

// No two lists of what is added give the same bytes: each value begins with its kind, and whatever
// varies in length with its length. Few bytes, since hashing them is what takes time.
class DigestBytes {
public:
    void clear() { at_ = bytes_.data(); }

    // Room for so many bytes. What is added needs it, but for texts, which ask for their own.
    void reserve(std::size_t more) {
        const auto size = static_cast<std::size_t>(at_ - bytes_.data());
        if (bytes_.size() - size < more) {
            bytes_.resize(2 * (size + more));
            at_ = bytes_.data() + size;
        }
    }

    void add_byte(std::uint8_t byte) { *at_++ = static_cast<char>(byte); }

    // Seven bits a byte, the least significant first; the last byte is below 128.
    void add_number(std::uint64_t value) {
        for (; value >= 0x80U; value >>= 7U)
            *at_++ = static_cast<char>((value & 0x7FU) | 0x80U);
        *at_++ = static_cast<char>(value);
    }

    // Small ones are short on either side of 0.
    void add_integer(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        add_number((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }

    // `more` bytes may follow without a reserve().
    void add_text(std::string_view text, std::size_t more) {
        reserve(kMostBytesOfANumber + text.size() + more);
        add_number(text.size());
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
    }

    std::string_view bytes() const {
        return {bytes_.data(), static_cast<std::size_t>(at_ - bytes_.data())};
    }

private:
    std::vector<char> bytes_ = std::vector<char>(1024);
    char* at_ = bytes_.data(); // of which so many are used
};

struct TypedCells {
    const data::Column* column = nullptr;
    plan::Representation how = plan::Representation::Integer;
};

// One thread at a time.
class AccountDigests {
public:
    explicit AccountDigests(const data::Dataset& dataset)
        : dataset_(dataset), collections_(dataset.schema().entities.size()),
          cells_(dataset.schema().entities.size()) {
        const auto& entities = dataset.schema().entities;
        for (plan::EntityIndex entity = 0; entity < entities.size(); ++entity) {
            if (entities[entity].parent)
                collections_[*entities[entity].parent].push_back(entity);
            for (const data::Column& column : dataset.table(entity).columns())
                cells_[entity].push_back({&column, plan::representation(column.type().kind)});
        }
    }

    rulebook::Digest of(RowIndex root) {
        bytes_.clear();
        add_record(dataset_.schema().root, root);
        return rulebook::sha256(bytes_.bytes());
    }

private:
    void add_cells(plan::EntityIndex entity, RowIndex row) {
        const auto& cells = cells_[entity];
        const std::size_t room = (cells.size() + 1) * kMostBytesOfACell;
        bytes_.reserve(room);
        for (const auto& [column, how] : cells) {
            if (!column->known(row)) {
                bytes_.add_byte(0);
                bytes_.add_byte(static_cast<std::uint8_t>(column->cause(row)));
                continue;
            }
            switch (how) {
            case plan::Representation::Bool:
                bytes_.add_byte(column->boolean(row) ? 2 : 1);
                break;
            case plan::Representation::Integer:
                bytes_.add_byte(3);
                bytes_.add_integer(column->integer(row));
                break;
            case plan::Representation::Real:
                bytes_.add_byte(4);
                bytes_.add_number(std::bit_cast<std::uint64_t>(column->real(row)));
                break;
            case plan::Representation::Text:
                bytes_.add_byte(5);
                bytes_.add_text(column->text(row), room);
                break;
            }
        }
    }

    void add_value(const plan::Value& value) {
        bytes_.reserve(kMostBytesOfACell);
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
            return bytes_.add_text(value.text(), 0);
        default:
            bytes_.add_byte(static_cast<std::uint8_t>(value.why().cause));
        }
    }

    void add_history(plan::EntityIndex entity, RowIndex row) {
        const auto& fields = dataset_.schema().entities[entity].fields;
        const auto instants = dataset_.history_instants(entity, row);
        bytes_.reserve(kMostBytesOfANumber);
        bytes_.add_number(instants.size());
        for (const std::int64_t instant : instants) {
            bytes_.reserve(kMostBytesOfANumber);
            bytes_.add_integer(instant);
            for (plan::FieldIndex field = 0; field < fields.size(); ++field)
                if (const auto value = fields[field].tracked
                                           ? dataset_.tracked_value(entity, row, field, instant)
                                           : std::nullopt)
                    add_value(*value);
        }
    }

    void add_record(plan::EntityIndex entity, RowIndex row) {
        bytes_.reserve(1);
        bytes_.add_byte(dataset_.table(entity).incomplete(row) ? 1 : 0);
        add_cells(entity, row);
        add_history(entity, row);
        for (const plan::EntityIndex collection : collections_[entity]) {
            const data::RowRange records = dataset_.children(collection, row);
            bytes_.reserve(kMostBytesOfANumber);
            bytes_.add_number(records.size());
            for (RowIndex record = records.first; record < records.last; ++record)
                add_record(collection, record);
        }
    }

    const data::Dataset& dataset_;
    std::vector<std::vector<plan::EntityIndex>> collections_; // by the entity above
    std::vector<std::vector<TypedCells>> cells_;              // by entity, the columns of its table
    DigestBytes bytes_;
};

} // namespace

void for_each_account_digest(const data::Dataset& dataset,
                             const std::function<void(const rulebook::Digest&)>& take) {
    AccountDigests digests(dataset);
    for (RowIndex root = 0; root < dataset.size(dataset.schema().root); ++root)
        take(digests.of(root));
}

std::vector<rulebook::Digest> account_digests(const data::Dataset& dataset) {
    std::vector<rulebook::Digest> all;
    all.reserve(dataset.size(dataset.schema().root));
    for_each_account_digest(dataset, [&](const rulebook::Digest& one) { all.push_back(one); });
    return all;
}

} // namespace rulec::output
