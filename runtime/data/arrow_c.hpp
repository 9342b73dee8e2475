// The Arrow C Data Interface: how columns come in, from whatever reads or makes them, without
// copies and without a library. The two structs are those of the Arrow specification ("The Arrow C
// data interface"), field for field; the guard is the specification's too, so that another header
// may have declared them already.
//
// Ownership: a struct whose `release` is null is empty. Whoever holds a struct calls `release`
// once; moving it means to copy it and to null the source's `release`.
#pragma once

#include <cstdint>

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

extern "C" {

struct ArrowSchema {
    const char* format; // "u" text, "l" int64, "d:18,2" decimal, "tsu:UTC" timestamp in µs, "+s"
                        // struct, ...
    const char* name;
    const char* metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema** children;
    struct ArrowSchema* dictionary;
    void (*release)(struct ArrowSchema*);
    void* private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count; // -1: not counted
    int64_t offset;     // of the first element in the buffers
    int64_t n_buffers;
    int64_t n_children;
    const void** buffers; // buffers[0]: known bits, absent if nothing is null
    struct ArrowArray** children;
    struct ArrowArray* dictionary;
    void (*release)(struct ArrowArray*);
    void* private_data;
};

} // extern "C"

#endif // ARROW_C_DATA_INTERFACE

namespace rulebook::data {

// Holds an ArrowSchema or an ArrowArray and releases it. Move-only.
template <class Struct>
class ArrowOwner {
public:
    ArrowOwner() = default;
    // Takes over what `taken` holds.
    explicit ArrowOwner(const Struct& taken) : held_(taken) {}
    ArrowOwner(ArrowOwner&& other) noexcept : held_(other.held_) { other.held_ = Struct{}; }
    ArrowOwner& operator=(ArrowOwner&& other) noexcept {
        if (this != &other) {
            reset();
            held_ = other.held_;
            other.held_ = Struct{};
        }
        return *this;
    }
    ArrowOwner(const ArrowOwner&) = delete;
    ArrowOwner& operator=(const ArrowOwner&) = delete;
    ~ArrowOwner() { reset(); }

    void reset() {
        if (held_.release != nullptr) {
            held_.release(&held_);
        }
        held_ = Struct{};
    }
    // For a producer to fill in; releases what was held before.
    Struct* fill() {
        reset();
        return &held_;
    }
    bool empty() const { return held_.release == nullptr; }
    const Struct& operator*() const { return held_; }
    const Struct* operator->() const { return &held_; }

private:
    Struct held_{};
};

using OwnedSchema = ArrowOwner<ArrowSchema>;
using OwnedArray = ArrowOwner<ArrowArray>;

} // namespace rulebook::data
