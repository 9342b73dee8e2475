// Structs of the plan as JSON values and back, by describe.hpp. Internal: throws archive::Damaged
// and nlohmann's exceptions; serialize.cpp is the border.
#pragma once

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "runtime/plan/describe.hpp"

namespace rulebook::plan::archive {

struct Damaged : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class E>
bool is_id(E value) = delete; // every serialised enum says which ids exist

#define RB_ENUM_IDS(E, ...)                                                                        \
    template <>                                                                                    \
    inline bool is_id<E>(E value) {                                                                \
        switch (value) {                                                                           \
            using enum E;                                                                          \
            __VA_ARGS__ return true;                                                               \
        }                                                                                          \
        return false;                                                                              \
    }

RB_ENUM_IDS(CalendarUnit, case Day : case IsoWeek : case Month:)
RB_ENUM_IDS(WindowKind, case Last : case LastBefore : case Since : case Before:)
RB_ENUM_IDS(AggregateSource, case Collection : case RuleTouches : case OtherDeals:)
RB_ENUM_IDS(ForEach::Fading, case None : case Halving : case Losing:)
RB_ENUM_IDS(Extent::Kind, case Elapsed : case Calendar : case SameBucket : case Working:)
RB_ENUM_IDS(Pattern::Kind,
            case Signal : case Then : case And : case Or : case Times : case DifferentValues : case
            DifferentBuckets:)
RB_ENUM_IDS(On::Kind, case Pattern : case Without : case Silence : case Clock : case Becomes:)
#undef RB_ENUM_IDS

#define RB_ENUM_IDS_BEGIN(E)                                                                       \
    template <>                                                                                    \
    inline bool is_id<E>(E value) {                                                                \
        switch (static_cast<int>(value)) {
#define RB_ENUM_IDS_END                                                                            \
    return true;                                                                                   \
    }                                                                                              \
    return false;                                                                                  \
    }

#define RB_TYPE(Name, id, ...) case id:
RB_ENUM_IDS_BEGIN(TypeKind)
#include "runtime/plan/types.def"
RB_ENUM_IDS_END
#define RB_OP(Name, id, ...) case id:
RB_ENUM_IDS_BEGIN(Op)
#include "runtime/plan/ops.def"
RB_ENUM_IDS_END
#define RB_CAUSE(Name, id, ...) case id:
RB_ENUM_IDS_BEGIN(Cause)
#include "runtime/plan/causes.def"
RB_ENUM_IDS_END
#define RB_AGGREGATE(Name, id, ...) case id:
RB_ENUM_IDS_BEGIN(AggregateKind)
#include "runtime/plan/aggregates.def"
RB_ENUM_IDS_END
#define RB_HIT_POLICY(Name, id, ...) case id:
RB_ENUM_IDS_BEGIN(HitPolicy)
#include "runtime/plan/hit_policies.def"
RB_ENUM_IDS_END
#define RB_SPLIT_MODEL(Name, id, ...) case id:
RB_ENUM_IDS_BEGIN(SplitModel)
#include "runtime/plan/split_models.def"
RB_ENUM_IDS_END
#define RB_RULE_KIND(Name, id, ...) case id:
RB_ENUM_IDS_BEGIN(RuleKind)
#include "runtime/plan/rule_kinds.def"
RB_ENUM_IDS_END
#undef RB_ENUM_IDS_BEGIN
#undef RB_ENUM_IDS_END

using Json = nlohmann::json;

// ---- writing

inline Json write(bool value) {
    return value;
}
inline Json write(std::int64_t value) {
    return value;
}
inline Json write(std::uint32_t value) {
    return value;
}
inline Json write(const std::string& value) {
    return value;
}
inline Json write(Currency currency) {
    return currency.code();
}
inline Json write(Type type) {
    return Json::array({static_cast<int>(type.kind), type.detail});
}

template <class E>
    requires std::is_enum_v<E>
Json write(E value) {
    return static_cast<int>(value);
}

inline Json write(const Value& value) {
    switch (value.alternative()) {
    case 1:
        return Json::array({1, value.boolean()});
    case 2:
        return Json::array({2, value.integer()});
    case 3:
        return Json::array({3, value.real()});
    case 4:
        return Json::array({4, value.text()});
    default:
        return Json::array({0, static_cast<int>(value.why().cause), value.why().origin});
    }
}

template <class T>
Json write(const std::optional<T>& value);
template <class T>
Json write(const std::vector<T>& values);
template <class K, class V>
Json write(const std::map<K, V>& rows);

struct Writer {
    Json object = Json::object();
    template <class T>
    void operator()(const char* name, const T& member);
};

template <class T>
    requires requires(Writer& writer, const T& subject) { describe(writer, subject); }
Json write(const T& subject) {
    Writer writer;
    describe(writer, subject);
    return std::move(writer.object);
}

template <class T>
void Writer::operator()(const char* name, const T& member) {
    object[name] = write(member);
}

template <class T>
Json write(const std::optional<T>& value) {
    return value ? Json::array({write(*value)}) : Json::array();
}

template <class T>
Json write(const std::vector<T>& values) {
    Json array = Json::array();
    for (const auto& value : values)
        array.push_back(write(value));
    return array;
}

template <class K, class V>
Json write(const std::map<K, V>& rows) {
    Json array = Json::array();
    for (const auto& [key, value] : rows)
        array.push_back(Json::array({write(key), write(value)}));
    return array;
}

// ---- reading

inline void read(const Json& json, bool& value) {
    value = json.get_ref<const bool&>();
}
inline void read(const Json& json, std::string& value) {
    value = json.get_ref<const std::string&>();
}
inline void read(const Json& json, std::int64_t& value) {
    if (!json.is_number_integer() ||
        (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX))
        throw Damaged("a whole number is expected");
    value = json.get<std::int64_t>();
}
inline void read(const Json& json, std::uint32_t& value) {
    std::int64_t wide = 0;
    read(json, wide);
    if (wide < 0 || wide > UINT32_MAX)
        throw Damaged("a number is out of range");
    value = static_cast<std::uint32_t>(wide);
}
inline void read(const Json& json, Currency& currency) {
    const auto read_currency = Currency::of(json.get_ref<const std::string&>());
    if (!read_currency)
        throw Damaged("unknown currency");
    currency = *read_currency;
}

template <class E>
    requires std::is_enum_v<E>
void read(const Json& json, E& value) {
    std::int64_t id = 0;
    read(json, id);
    if (id < 0 || id > 255 || !is_id(static_cast<E>(id)))
        throw Damaged("unknown id of a kind");
    value = static_cast<E>(id);
}

inline void read(const Json& json, Type& type) {
    read(json.at(0), type.kind);
    read(json.at(1), type.detail);
}

inline void read(const Json& json, Value& value) {
    std::int64_t alternative = 0;
    read(json.at(0), alternative);
    const Json& held = json.at(1);
    switch (alternative) {
    case 0: {
        Unknown why;
        read(held, why.cause);
        read(json.at(2), why.origin);
        value = Value(why);
        return;
    }
    case 1:
        value = Value::of(held.get_ref<const bool&>());
        return;
    case 2: {
        std::int64_t integer = 0;
        read(held, integer);
        value = Value::of(integer);
        return;
    }
    case 3:
        value = Value::of(held.get_ref<const double&>());
        return;
    case 4:
        value = Value::of(held.get_ref<const std::string&>());
        return;
    default:
        throw Damaged("unknown kind of value");
    }
}

template <class T>
void read(const Json& json, std::optional<T>& value);
template <class T>
void read(const Json& json, std::vector<T>& values);
template <class K, class V>
void read(const Json& json, std::map<K, V>& rows);

struct Reader {
    const Json& object;
    template <class T>
    void operator()(const char* name, T& member);
};

template <class T>
    requires requires(Reader& reader, T& subject) { describe(reader, subject); }
void read(const Json& json, T& subject) {
    Reader reader{json};
    describe(reader, subject);
}

template <class T>
void Reader::operator()(const char* name, T& member) {
    read(object.at(name), member);
}

template <class T>
void read(const Json& json, std::optional<T>& value) {
    if (!json.is_array() || json.size() > 1)
        throw Damaged("an optional value is expected");
    if (json.empty())
        value.reset();
    else
        read(json.at(0), value.emplace());
}

template <class T>
void read(const Json& json, std::vector<T>& values) {
    if (!json.is_array())
        throw Damaged("a list is expected");
    values.clear();
    values.reserve(json.size());
    for (const Json& element : json)
        read(element, values.emplace_back());
}

template <class K, class V>
void read(const Json& json, std::map<K, V>& rows) {
    if (!json.is_array())
        throw Damaged("a list is expected");
    for (const Json& row : json) {
        K key;
        read(row.at(0), key);
        read(row.at(1), rows[key]);
    }
}

} // namespace rulebook::plan::archive
