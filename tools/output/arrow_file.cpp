#include "tools/output/arrow_file.hpp"

#include <bit>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "tools/output/arrow_metadata.hpp"
#include "tools/output/byte_file.hpp"
#include "tools/output/column_rows.hpp"

namespace rulec::output {

namespace {

constexpr std::size_t kBatchRows = 65'536;
constexpr std::size_t kAlignment = 64;
constexpr std::string_view kMagic = "ARROW1";
constexpr std::uint32_t kMessageFollows = 0xffffffff;

static_assert(std::endian::native == std::endian::little, "the schema says little-endian");

template <class Number>
void append_number(std::string& out, Number value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

void align(std::string& out, std::size_t alignment, std::size_t before = 0) {
    const std::size_t over = (before + out.size()) % alignment;
    if (over != 0)
        out.append(alignment - over, '\0');
}

// The buffers of a record batch, one behind the other.
class Body {
public:
    void add(input::ColumnType type, const CollectedColumn& column, std::size_t rows) {
        nodes_.push_back(
            {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(column.nulls)});
        begin();
        if (column.nulls > 0) // without it, everything is known
            append_bits(column.known);
        end();
        switch (held(type)) {
        case Held::Texts:
            return add_texts(column);
        case Held::Integers:
            return add_integers(type, column.integers);
        case Held::Reals:
            begin();
            for (const double value : column.reals)
                append_number(bytes_, value);
            return end();
        case Held::Booleans:
            begin();
            append_bits(column.booleans);
            return end();
        }
    }

    std::string_view bytes() const { return bytes_; }
    std::string message(std::size_t rows) const {
        return arrow_batch_message(static_cast<std::int64_t>(rows), nodes_, buffers_,
                                   static_cast<std::int64_t>(bytes_.size()));
    }
    void clear() {
        bytes_.clear();
        nodes_.clear();
        buffers_.clear();
    }

private:
    void begin() { buffers_.push_back({static_cast<std::int64_t>(bytes_.size()), 0}); }
    void end() {
        buffers_.back().length = static_cast<std::int64_t>(bytes_.size()) - buffers_.back().offset;
        align(bytes_, kAlignment);
    }
    void append_bits(const std::vector<std::uint8_t>& bits) {
        for (std::size_t at = 0; at < bits.size(); at += 8) {
            unsigned byte = 0;
            for (std::size_t bit = 0; bit < 8 && at + bit < bits.size(); ++bit)
                byte |= static_cast<unsigned>(bits[at + bit]) << bit;
            bytes_.push_back(static_cast<char>(byte));
        }
    }
    void add_texts(const CollectedColumn& column) {
        begin();
        append_number(bytes_, std::int32_t{0});
        for (const std::uint32_t end : column.ends)
            append_number(bytes_, static_cast<std::int32_t>(end));
        end();
        begin();
        bytes_.append(column.bytes.data(), column.bytes.size());
        end();
    }
    void add_integers(input::ColumnType type, const std::vector<std::int64_t>& values) {
        const bool wide = type == input::ColumnType::Decimal || type == input::ColumnType::Percent;
        begin();
        for (const std::int64_t value : values) {
            if (type == input::ColumnType::Date) {
                append_number(bytes_, static_cast<std::int32_t>(value));
                continue;
            }
            append_number(bytes_, value);
            if (wide) // decimals have 128 bits
                append_number(bytes_, std::int64_t{value < 0 ? -1 : 0});
        }
        end();
    }

    std::string bytes_;
    std::vector<ArrowNode> nodes_;
    std::vector<ArrowBuffer> buffers_;
};

class ArrowWriter {
public:
    ArrowWriter(const input::TypedTable& table, const std::filesystem::path& path)
        : table_(table), file_(path) {}

    rulebook::Result<void> write() {
        put(std::string(kMagic) + std::string(2, '\0'));
        put_message(arrow_schema_message(table_.columns), {});
        ColumnRows rows(table_.columns);
        for (std::size_t row = 0; row < table_.rows;) {
            rows.clear();
            for (; row < table_.rows && rows.rows() < kBatchRows && !rows.full(); ++row) {
                table_.write(row, rows);
                rows.end_row();
            }
            if (!rows.too_large().empty())
                return rulebook::make_error("output.decimal",
                                            "an amount of `" + rows.too_large() +
                                                "` has more than the 18 digits of a decimal in "
                                                "Arrow files");
            put_batch(rows);
        }
        put_end();
        return file_.finish();
    }

private:
    void put(std::string_view bytes) {
        file_.write(bytes);
        at_ += bytes.size();
    }

    // A mark, the length of the metadata, the metadata, the body.
    ArrowBlock put_message(const std::string& metadata, std::string_view body) {
        ArrowBlock block{static_cast<std::int64_t>(at_), 0, 0,
                         static_cast<std::int64_t>(body.size())};
        constexpr std::size_t kBefore = 2 * sizeof(std::uint32_t);
        std::string padded = metadata;
        align(padded, kAlignment, at_ + kBefore);
        std::string head;
        append_number(head, kMessageFollows);
        append_number(head, static_cast<std::int32_t>(padded.size()));
        put(head);
        put(padded);
        put(body);
        block.metadata_length = static_cast<std::int32_t>(kBefore + padded.size());
        return block;
    }

    void put_batch(ColumnRows& rows) {
        body_.clear();
        for (std::size_t i = 0; i < table_.columns.size(); ++i)
            body_.add(table_.columns[i].type, rows.collected(i), rows.rows());
        blocks_.push_back(put_message(body_.message(rows.rows()), body_.bytes()));
    }

    void put_end() {
        std::string end;
        append_number(end, kMessageFollows);
        append_number(end, std::int32_t{0}); // none does
        const std::string footer = arrow_footer(table_.columns, blocks_);
        end.append(footer);
        append_number(end, static_cast<std::int32_t>(footer.size()));
        put(end.append(kMagic));
    }

    const input::TypedTable& table_;
    ByteFile file_;
    std::size_t at_ = 0; // bytes written
    Body body_;
    std::vector<ArrowBlock> blocks_;
};

} // namespace

rulebook::Result<void> write_arrow(const input::TypedTable& table,
                                   const std::filesystem::path& path) {
    return ArrowWriter(table, path).write();
}

} // namespace rulec::output
