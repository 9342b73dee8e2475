// Writes structs in Thrift's compact protocol, in which Parquet's metadata are: each field as the
// distance of its number from the last one's and its type in one byte, integers as zigzag varints.
// Internal to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rulec::output {

class ThriftStruct {
public:
    // Appends to `out`, which outlives it. Fields are given in the order of their numbers.
    explicit ThriftStruct(std::string& out) : out_(out) {}

    void boolean(int field, bool value) { head(field, value ? kTrue : kFalse); }
    void integer(int field, std::int32_t value) {
        head(field, kInt32);
        zigzag(value);
    }
    void integer(int field, std::int64_t value) {
        head(field, kInt64);
        zigzag(value);
    }
    void text(int field, std::string_view value) {
        head(field, kBinary);
        bytes(value);
    }
    void integers(int field, const std::vector<std::int32_t>& values) {
        list(field, values.size(), kInt32);
        for (const std::int32_t value : values)
            zigzag(value);
    }
    void texts(int field, const std::vector<std::string_view>& values) {
        list(field, values.size(), kBinary);
        for (const std::string_view value : values)
            bytes(value);
    }
    // A struct as a field; `write` is given a ThriftStruct.
    template <class Write>
    void structure(int field, const Write& write) {
        head(field, kStruct);
        element(write);
    }
    // A list of structs: one for each of `values`; `write` is given a ThriftStruct and the value.
    template <class Values, class Write>
    void structures(int field, const Values& values, const Write& write) {
        list(field, values.size(), kStruct);
        for (const auto& value : values)
            element([&](ThriftStruct& inner) { write(inner, value); });
    }
    // After the last field.
    void end() { out_.push_back('\0'); }

private:
    static constexpr std::uint8_t kTrue = 1;
    static constexpr std::uint8_t kFalse = 2;
    static constexpr std::uint8_t kInt32 = 5;
    static constexpr std::uint8_t kInt64 = 6;
    static constexpr std::uint8_t kBinary = 8;
    static constexpr std::uint8_t kList = 9;
    static constexpr std::uint8_t kStruct = 12;

    void byte(std::uint64_t value) { out_.push_back(static_cast<char>(value)); }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U)
            byte((value & 0x7FU) | 0x80U);
        byte(value);
    }
    void zigzag(std::int64_t value) {
        varint(static_cast<std::uint64_t>(value) << 1U ^ static_cast<std::uint64_t>(value >> 63));
    }
    void bytes(std::string_view value) {
        varint(value.size());
        out_.append(value);
    }
    void head(int field, std::uint8_t type) {
        byte(static_cast<std::uint64_t>(field - last_) << 4U | type); // distances are under 16
        last_ = field;
    }
    void list(int field, std::size_t size, std::uint8_t type) {
        constexpr std::size_t kSizeBehind = 15;
        head(field, kList);
        byte((size < kSizeBehind ? size : kSizeBehind) << 4U | type);
        if (size >= kSizeBehind)
            varint(size);
    }
    template <class Write>
    void element(const Write& write) {
        ThriftStruct inner(out_);
        write(inner);
        inner.end();
    }

    std::string& out_;
    int last_ = 0;
};

} // namespace rulec::output
