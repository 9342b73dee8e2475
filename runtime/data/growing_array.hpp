// An array that grows at its end, for columns of millions of rows. Unlike std::vector it grows by
// realloc, which moves large arrays by remapping their pages: nothing is copied, and half of the
// memory is never touched twice.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace rulebook::data {

template <class T>
    requires std::is_trivially_copyable_v<T>
class GrowingArray {
public:
    GrowingArray() = default;
    GrowingArray(const GrowingArray& other) { append(other.data_, other.size_); }
    GrowingArray(GrowingArray&& other) noexcept { swap(other); }
    GrowingArray& operator=(GrowingArray other) noexcept {
        swap(other);
        return *this;
    }
    ~GrowingArray() { std::free(data_); }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    T* data() { return data_; }
    const T* data() const { return data_; }
    T& operator[](std::size_t at) { return data_[at]; }
    const T& operator[](std::size_t at) const { return data_[at]; }
    T* begin() { return data_; }
    T* end() { return data_ + size_; }
    const T* begin() const { return data_; }
    const T* end() const { return data_ + size_; }
    operator std::span<const T>() const { return {data_, size_}; }

    void push_back(T value) {
        if (size_ == room_)
            grow(size_ + 1);
        data_[size_++] = value;
    }
    void append(const T* values, std::size_t count) {
        if (count == 0)
            return;
        if (size_ + count > room_)
            grow(size_ + count);
        std::memcpy(data_ + size_, values, count * sizeof(T));
        size_ += count;
    }
    // Adds `count` places that hold nothing of meaning yet, and gives the first of them.
    T* extend(std::size_t count) {
        if (size_ + count > room_)
            grow(size_ + count);
        size_ += count;
        return data_ + (size_ - count);
    }
    // Keeps the room.
    void clear() { size_ = 0; }
    void reserve(std::size_t room) {
        if (room > room_)
            reallocate(room);
    }
    // New places hold `value`.
    void resize(std::size_t size, T value = {}) {
        if (size > room_)
            grow(size);
        if (size > size_)
            std::fill(data_ + size_, data_ + size, value);
        size_ = size;
    }

private:
    void swap(GrowingArray& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(room_, other.room_);
    }
    void grow(std::size_t least) {
        constexpr std::size_t kFewest = 16;
        reallocate(std::max({least, kFewest, room_ * 2}));
    }
    void reallocate(std::size_t room) {
        auto* moved = static_cast<T*>(std::realloc(data_, room * sizeof(T)));
        if (moved == nullptr)
            throw std::bad_alloc();
        data_ = moved;
        room_ = room;
    }

    T* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t room_ = 0;
};

} // namespace rulebook::data
