#include "tools/incremental/packed.hpp"

namespace rulec::incremental {

namespace {

constexpr int kBitsOfAByte = 7; // the eighth says that more follow
constexpr int kBitsOfANumber = 64;
constexpr int kBitsOfAnAmount = 128;
constexpr unsigned kMore = 0x80;

} // namespace

void PackedWriter::wide(UnsignedInt128 value) {
    for (; value >= kMore; value >>= kBitsOfAByte)
        bytes_ += static_cast<char>(static_cast<unsigned>(value & (kMore - 1)) | kMore);
    bytes_ += static_cast<char>(static_cast<unsigned>(value));
}

void PackedWriter::number(std::uint64_t value) {
    wide(value);
}

void PackedWriter::fixed(std::uint64_t value) {
    for (std::size_t byte = 0; byte < sizeof value; ++byte)
        bytes_ += static_cast<char>(value >> (8 * byte) & 0xFFU);
}

// Small ones of either sign are short: 0, -1, 1, -2, … as 0, 1, 2, 3, …
void PackedWriter::amount(rulebook::Int128 value) {
    const auto doubled = static_cast<UnsignedInt128>(value) << 1U;
    wide(value < 0 ? ~doubled : doubled);
}

void PackedWriter::text(std::string_view value) {
    number(value.size());
    bytes_ += value;
}

void PackedReader::fail() {
    sound_ = false;
    bytes_ = {};
}

UnsignedInt128 PackedReader::wide(int most_bits) {
    UnsignedInt128 value = 0;
    for (int bits = 0; bits < most_bits && !bytes_.empty(); bits += kBitsOfAByte) {
        const auto byte = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        value |= static_cast<UnsignedInt128>(byte & (kMore - 1)) << static_cast<unsigned>(bits);
        if (byte < kMore)
            return value;
    }
    fail();
    return 0;
}

std::uint64_t PackedReader::number() {
    return static_cast<std::uint64_t>(wide(kBitsOfANumber));
}

std::uint64_t PackedReader::fixed() {
    std::uint64_t value = 0;
    const std::string_view there = bytes(sizeof value);
    for (std::size_t byte = 0; byte < there.size(); ++byte)
        value |= std::uint64_t{static_cast<unsigned char>(there[byte])} << (8 * byte);
    return value;
}

rulebook::Int128 PackedReader::amount() {
    const UnsignedInt128 value = wide(kBitsOfAnAmount);
    const UnsignedInt128 half = value >> 1U;
    return static_cast<rulebook::Int128>((value & 1U) != 0 ? ~half : half);
}

std::string_view PackedReader::text() {
    return bytes(number());
}

std::string_view PackedReader::bytes(std::uint64_t count) {
    if (count > bytes_.size()) {
        fail();
        return {};
    }
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
}

} // namespace rulec::incremental
