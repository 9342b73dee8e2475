// SHA-256, for identities of firings, hashes of content and the split into control groups.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rulebook {

using Digest = std::array<std::uint8_t, 32>;

// Hashes what is added, in order. One thread at a time per object; finish() once, at the end.
class Sha256 {
public:
    Sha256();

    Sha256& add(std::string_view bytes);
    // Eight bytes, least significant first.
    Sha256& add(std::uint64_t value);
    // Its length as eight bytes, then the bytes: no two lists of texts give the same bytes.
    Sha256& add_delimited(std::string_view bytes);

    Digest finish();

private:
    static constexpr std::size_t kStateSize = 112;
    alignas(std::uint64_t) std::array<std::uint8_t, kStateSize> state_;
};

Digest sha256(std::string_view bytes);

// Lower-case hexadecimal, 64 characters.
std::string hexadecimal(const Digest& digest);

// The first eight bytes as a big-endian number.
std::uint64_t leading_number(const Digest& digest);

} // namespace rulebook
