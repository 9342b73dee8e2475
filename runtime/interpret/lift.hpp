// Functions of known values as operations: any unknown operand, the first in source order, is the
// result. Internal to this folder.
#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "runtime/interpret/operation.hpp"

namespace rulebook::interpret {

template <class T>
decltype(auto) held(const Value& value) {
    if constexpr (std::is_same_v<T, bool>)
        return value.boolean();
    else if constexpr (std::is_same_v<T, std::int64_t>)
        return value.integer();
    else if constexpr (std::is_same_v<T, double>)
        return value.real();
    else if constexpr (std::is_same_v<T, std::string>)
        return value.text();
    else
        return (value);
}

inline Value to_value(const Call&, Cause, Value value) {
    return value;
}
template <class T>
Value to_value(const Call&, Cause, T value) {
    return Value::of(std::move(value));
}
template <class T>
Value to_value(const Call& call, Cause failure, std::optional<T> value) {
    return value ? Value::of(*std::move(value)) : call.unknown(failure);
}

// `function` takes the known operands (bool, int64, double, string, or Value as they are) and gives
// a value, or an optional one whose absence is an unknown with this cause.
template <class... Operands, class Function>
Value lift(const Call& call, Cause failure, const Function& function) {
    std::array<Value, sizeof...(Operands)> values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = call.operand(i);
        if (!values[i].known())
            return values[i];
    }
    return [&]<std::size_t... index>(std::index_sequence<index...>) {
        return to_value(call, failure, function(held<Operands>(values[index])...));
    }(std::index_sequence_for<Operands...>{});
}

// The same for functions that cannot fail.
template <class... Operands, class Function>
Value lift(const Call& call, const Function& function) {
    return lift<Operands...>(call, Cause::Overflow, function);
}

// The result of one binary64 operation: NaN and infinities are unknown.
inline Value to_number(const Call& call, double value) {
    if (std::isnan(value))
        return call.unknown(Cause::NotANumber);
    if (std::isinf(value))
        return call.unknown(Cause::Overflow);
    return Value::of(value);
}

} // namespace rulebook::interpret
