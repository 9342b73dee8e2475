// Structs as bytes and back, by describe.hpp: numbers least significant byte first, lists and texts
// behind their length. Internal to this folder.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace rulebook::native {

class Packer {
public:
    template <class T>
    void operator()(const char*, const T& member) {
        pack(member);
    }

    template <std::integral T>
    void pack(T value) {
        for (std::size_t i = 0; i < sizeof(T); ++i)
            bytes_.push_back(
                static_cast<char>(static_cast<std::make_unsigned_t<T>>(value) >> (8 * i)));
    }
    template <class E>
        requires std::is_enum_v<E>
    void pack(E value) {
        pack(static_cast<std::underlying_type_t<E>>(value));
    }
    void pack(const std::string& text) {
        pack(std::uint64_t{text.size()});
        bytes_ += text;
    }
    template <class T>
    void pack(const std::vector<T>& values) {
        pack(std::uint64_t{values.size()});
        for (const T& value : values)
            pack(value);
    }
    template <class T>
    void pack(const std::optional<T>& value) {
        pack(std::uint8_t{value.has_value()});
        if (value)
            pack(*value);
    }
    template <class T>
        requires requires(Packer& packer, const T& subject) { describe(packer, subject); }
    void pack(const T& subject) {
        describe(*this, subject);
    }

    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

// Stops at the first thing that is wrong: from then on nothing is read, and has_failed() says so.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

    bool has_failed() const { return failed_; }
    bool is_at_end() const { return bytes_.empty(); }

    template <class T>
    void operator()(const char*, T& member) {
        unpack(member);
    }

    template <std::integral T>
    void unpack(T& value) {
        std::make_unsigned_t<T> read = 0;
        const std::string_view taken = take(sizeof(T));
        for (std::size_t i = taken.size(); i-- > 0;)
            read = static_cast<std::make_unsigned_t<T>>(std::uint64_t{read} << 8U |
                                                        static_cast<unsigned char>(taken[i]));
        value = static_cast<T>(read);
    }
    template <class E>
        requires std::is_enum_v<E>
    void unpack(E& value) {
        std::underlying_type_t<E> id = 0;
        unpack(id);
        value = static_cast<E>(id);
        failed_ = failed_ || !is_id(value);
    }
    void unpack(std::string& text) { text = take(length()); }
    template <class T>
    void unpack(std::vector<T>& values) {
        values.clear();
        for (std::uint64_t left = length(); left > 0 && !failed_; --left)
            unpack(values.emplace_back());
    }
    template <class T>
    void unpack(std::optional<T>& value) {
        std::uint8_t there = 0;
        unpack(there);
        failed_ = failed_ || there > 1;
        if (there == 1 && !failed_)
            unpack(value.emplace());
        else
            value.reset();
    }
    template <class T>
        requires requires(Unpacker& unpacker, T& subject) { describe(unpacker, subject); }
    void unpack(T& subject) {
        describe(*this, subject);
    }

private:
    // Of a list: each of its members has a byte at least, so that it cannot be longer than the
    // rest.
    std::uint64_t length() {
        std::uint64_t length = 0;
        unpack(length);
        failed_ = failed_ || length > bytes_.size();
        return failed_ ? 0 : length;
    }

    std::string_view take(std::uint64_t count) {
        failed_ = failed_ || count > bytes_.size();
        if (failed_)
            return {};
        const std::string_view taken = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return taken;
    }

    std::string_view bytes_;
    bool failed_ = false;
};

} // namespace rulebook::native
