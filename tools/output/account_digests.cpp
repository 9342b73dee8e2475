#include "tools/output/account_digests.hpp"

#include <bit>
#include <string>

namespace rulec::output {

namespace {

namespace data = rulebook::data;
namespace plan = rulebook::plan;
using data::RowIndex;

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
        return rulebook::sha256(bytes_);
    }

private:
    // No two lists of what is added give the same bytes: each value begins with its kind, and
    // whatever varies in length with its length.
    void add_number(std::uint64_t value) {
        for (std::size_t byte = 0; byte < sizeof value; ++byte)
            bytes_ += static_cast<char>((value >> (8 * byte)) & 0xFFU);
    }

    void add_text(std::string_view text) {
        add_number(text.size());
        bytes_ += text;
    }

    void add_cell(const data::Column& column, RowIndex row) {
        if (!column.known(row)) {
            bytes_ += '\0';
            bytes_ += static_cast<char>(column.cause(row));
            return;
        }
        switch (plan::representation(column.type().kind)) {
        case plan::Representation::Bool:
            bytes_ += column.boolean(row) ? '\2' : '\1';
            return;
        case plan::Representation::Integer:
            bytes_ += '\3';
            add_number(static_cast<std::uint64_t>(column.integer(row)));
            return;
        case plan::Representation::Real:
            bytes_ += '\4';
            add_number(std::bit_cast<std::uint64_t>(column.real(row)));
            return;
        case plan::Representation::Text:
            bytes_ += '\5';
            add_text(column.text(row));
            return;
        }
    }

    void add_value(const plan::Value& value) {
        bytes_ += static_cast<char>(value.alternative());
        switch (value.alternative()) {
        case 1:
            bytes_ += value.boolean() ? '\1' : '\0';
            return;
        case 2:
            return add_number(static_cast<std::uint64_t>(value.integer()));
        case 3:
            return add_number(std::bit_cast<std::uint64_t>(value.real()));
        case 4:
            return add_text(value.text());
        default:
            bytes_ += static_cast<char>(value.why().cause);
        }
    }

    void add_history(plan::EntityIndex entity, RowIndex row) {
        const auto& fields = dataset_.schema().entities[entity].fields;
        const auto instants = dataset_.history_instants(entity, row);
        add_number(instants.size());
        for (const std::int64_t instant : instants) {
            add_number(static_cast<std::uint64_t>(instant));
            for (plan::FieldIndex field = 0; field < fields.size(); ++field)
                if (const auto value = fields[field].tracked
                                           ? dataset_.tracked_value(entity, row, field, instant)
                                           : std::nullopt)
                    add_value(*value);
        }
    }

    void add_record(plan::EntityIndex entity, RowIndex row) {
        const data::Table& table = dataset_.table(entity);
        bytes_ += table.incomplete(row) ? '\1' : '\0';
        for (const data::Column& column : table.columns())
            add_cell(column, row);
        add_history(entity, row);
        for (const plan::EntityIndex collection : collections_[entity]) {
            const data::RowRange records = dataset_.children(collection, row);
            add_number(records.size());
            for (RowIndex record = records.first; record < records.last; ++record)
                add_record(collection, record);
        }
    }

    const data::Dataset& dataset_;
    std::vector<std::vector<plan::EntityIndex>> collections_; // by the entity above
    std::string bytes_;
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
