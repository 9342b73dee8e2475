// Numbers and texts as few bytes. What a damaged file may hold is read without harm.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/value/integer.hpp"

namespace rulec::incremental {

__extension__ using UnsignedInt128 = unsigned __int128;

class PackedWriter {
public:
    void number(std::uint64_t value);
    void fixed(std::uint64_t value);     // eight bytes, whatever it is
    void amount(rulebook::Int128 value); // of either sign
    void text(std::string_view value);   // any bytes
    void bytes(std::string_view value) { bytes_ += value; }

    const std::string& packed() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

private:
    void wide(UnsignedInt128 value);

    std::string bytes_;
};

// Gives zeros and nothing once it has come to what it cannot read: see sound().
class PackedReader {
public:
    // The bytes outlive it and the views that it gives.
    explicit PackedReader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t number();
    std::uint64_t fixed();
    rulebook::Int128 amount();
    std::string_view text();
    std::string_view bytes(std::uint64_t count);

    bool at_end() const { return bytes_.empty(); }
    // Whether everything so far could be read.
    bool sound() const { return sound_; }

private:
    UnsignedInt128 wide(int most_bits);
    void fail();

    std::string_view bytes_;
    bool sound_ = true;
};

} // namespace rulec::incremental
