#include "runtime/value/digest.hpp"

#include <new>

#include <nettle/sha2.h>

namespace rulebook {

namespace {

using State = sha256_ctx;

template <std::size_t kSize>
State* state_in(std::array<std::uint8_t, kSize>& bytes) {
    static_assert(sizeof(State) == kSize && alignof(State) <= alignof(std::uint64_t));
    return std::launder(reinterpret_cast<State*>(bytes.data()));
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace

Sha256::Sha256() : state_{} {
    new (state_.data()) State;
    sha256_init(state_in(state_));
}

Sha256& Sha256::add(std::string_view bytes) {
    sha256_update(state_in(state_), bytes.size(), bytes_of(bytes));
    return *this;
}

Sha256& Sha256::add(std::uint64_t value) {
    std::array<char, sizeof value> bytes{};
    for (char& byte : bytes) {
        byte = static_cast<char>(value & 0xFFU);
        value >>= 8U;
    }
    return add(std::string_view(bytes.data(), bytes.size()));
}

Sha256& Sha256::add_delimited(std::string_view bytes) {
    return add(std::uint64_t{bytes.size()}).add(bytes);
}

Digest Sha256::finish() {
    Digest digest{};
    sha256_digest(state_in(state_), digest.size(), digest.data());
    return digest;
}

Digest sha256(std::string_view bytes) {
    return Sha256().add(bytes).finish();
}

std::string hexadecimal(const Digest& digest) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out(2 * digest.size(), '0');
    for (std::size_t i = 0; i < digest.size(); ++i) {
        out[2 * i] = kDigits[digest[i] >> 4U];
        out[2 * i + 1] = kDigits[digest[i] & 0xFU];
    }
    return out;
}

std::uint64_t leading_number(const Digest& digest) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number = number << 8U | digest[i];
    return number;
}

} // namespace rulebook
