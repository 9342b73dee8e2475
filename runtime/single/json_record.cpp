#include "runtime/single/json_record.hpp"

#include <optional>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "runtime/data/cell_reader.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/nearest_name.hpp"

namespace rulebook::single {

namespace json = simdjson::ondemand;
using plan::Representation;
using plan::Value;

namespace {

constexpr std::uint32_t kNone = 0xffffffff;

// The keys of one kind of object. Objects mostly have theirs in one order: where a key stood last
// time is looked at first.
class Keys {
public:
    void add(std::string name) {
        names_.push_back(std::move(name));
        usual_.push_back(kNone);
    }
    // The place of the name among those added; kNone: it is none of them.
    std::uint32_t find(std::string_view key, std::size_t position) {
        if (position < usual_.size() && usual_[position] != kNone &&
            names_[usual_[position]] == key)
            return usual_[position];
        for (std::uint32_t i = 0; i < names_.size(); ++i)
            if (names_[i] == key) {
                if (position < usual_.size())
                    usual_[position] = i;
                return i;
            }
        return kNone;
    }
    const std::vector<std::string>& names() const { return names_; }

private:
    std::vector<std::string> names_;
    std::vector<std::uint32_t> usual_; // by position in the object
};

std::string_view trimmed(std::string_view token) {
    const std::size_t end = token.find_last_not_of(" \t\r\n");
    return token.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

std::string plain(std::string_view text) {
    return std::string(text);
}

} // namespace

struct JsonRecords::Inside {
    struct OfEntity {
        plan::EntityIndex entity = 0;
        Keys keys;                                    // fields, then of the root collections
        std::vector<data::CellReader> readers;        // by field
        std::vector<plan::EntityIndex> collections{}; // of the root
        std::vector<std::uint64_t> seen{};            // by key: in which object last
    };

    const plan::Plan& plan;
    const time::Zone& zone;
    json::parser parser{};
    std::string buffer{};
    std::vector<OfEntity> entities{}; // by EntityIndex
    std::vector<std::string> complaints{};
    std::uint64_t objects = 0; // that were read so far

    explicit Inside(const plan::Plan& of) : plan(of), zone(*time::find_zone(of.timezone)) {
        for (plan::EntityIndex i = 0; i < plan.schema.entities.size(); ++i) {
            OfEntity& made = entities.emplace_back();
            made.entity = i;
            for (const plan::Field& field : plan.schema.entities[i].fields) {
                made.keys.add(field.name);
                made.readers.emplace_back(plan.schema, field, zone);
            }
            for (plan::EntityIndex child = 0;
                 i == plan.schema.root && child < plan.schema.entities.size(); ++child)
                if (plan.schema.entities[child].parent == plan.schema.root) {
                    made.keys.add(plan.schema.entities[child].collection);
                    made.collections.push_back(child);
                }
            made.seen.resize(made.keys.names().size());
        }
    }

    OfEntity& root() { return entities[plan.schema.root]; }

    Result<void> syntax(simdjson::error_code code) const {
        return make_error("json.syntax", plain(simdjson::error_message(code)),
                          "a record is one whole JSON object: {\"field\": value, ...}");
    }

    // Which field or collection; kNone with an error.
    Result<std::uint32_t> place_of(OfEntity& of, std::string_view key, std::size_t position) {
        const std::uint32_t place = of.keys.find(key, position);
        if (place == kNone) {
            const auto nearest = nearest_name(key, of.keys.names());
            const plan::Entity& entity = plan.schema.entities[of.entity];
            return make_error("json.no_field", entity.name + " has no field `" + plain(key) + "`",
                              nearest ? "did you mean `" + plain(*nearest) + "`?" : std::string());
        }
        if (std::exchange(of.seen[place], objects) == objects)
            return make_error("json.twice", "`" + plain(key) + "` stands twice");
        return place;
    }

    // Calls take(place, value) for each key.
    template <class Take>
    Result<void> walk(OfEntity& of, json::object object, const Take& take) {
        ++objects;
        std::size_t position = 0;
        for (auto each : object) {
            json::field field;
            if (const auto error = std::move(each).get(field))
                return syntax(error);
            std::string_view key;
            if (const auto error = field.unescaped_key().get(key))
                return syntax(error);
            const auto place = place_of(of, key, position++);
            if (!place)
                return tl::unexpected(place.error());
            json::value value = field.value();
            if (auto taken = take(*place, value); !taken)
                return taken;
        }
        return {};
    }

    // The value as the text of a cell; nothing: null.
    simdjson::error_code text_of(json::value& value, std::optional<std::string_view>& text) {
        json::json_type type{};
        if (const auto error = value.type().get(type))
            return error;
        std::string_view found;
        switch (type) {
        case json::json_type::null: {
            bool null = false;
            if (const auto error = value.is_null().get(null))
                return error;
            text = std::nullopt;
            return null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
        }
        case json::json_type::string:
            if (const auto error = value.get_string().get(found))
                return error;
            break;
        case json::json_type::boolean: {
            bool truth = false;
            if (const auto error = value.get_bool().get(truth))
                return error;
            found = truth ? "true" : "false";
            break;
        }
        case json::json_type::number:
            found = trimmed(value.raw_json_token());
            break;
        default:
            return simdjson::INCORRECT_TYPE;
        }
        text = found;
        return simdjson::SUCCESS;
    }

    void complain(const plan::Field& field, const data::CellReader& reader,
                  const data::ReadCell& cell, const data::SourceCell& source) {
        complaints.push_back(field.name + ": `" + plain(source.text) + "` " +
                             reader.complaint(cell, source));
    }

    data::ReadCell read_slowly(OfEntity& of, std::uint32_t place, std::string_view text) {
        data::SourceCell source;
        source.kind = data::SourceCell::Kind::Text;
        source.text = text;
        data::CellReader& reader = of.readers[place];
        const data::ReadCell cell = reader.read(source);
        if (!cell.known && cell.cause != plan::Cause::MissingInput)
            complain(plan.schema.entities[of.entity].fields[place], reader, cell, source);
        return cell;
    }

    void set(Record& record, std::uint32_t place, std::string_view text) {
        OfEntity& of = root();
        const auto held = plan::representation(plan.schema.root_entity().fields[place].type.kind);
        if (held == Representation::Integer)
            if (const auto integer = of.readers[place].plain_integer(text))
                return record.set_integer(place, *integer);
        if (held == Representation::Text && of.readers[place].is_plain_text(text))
            return record.set_text(place, text);
        const data::ReadCell cell = read_slowly(of, place, text);
        if (!cell.known)
            return record.set_unknown(place);
        switch (held) {
        case Representation::Bool:
            return record.set_bool(place, cell.boolean);
        case Representation::Real:
            return record.set_real(place, cell.real);
        case Representation::Text:
            return record.set_text(place, cell.text);
        case Representation::Integer:
            return record.set_integer(place, cell.integer);
        }
    }

    Value value_of(OfEntity& of, std::uint32_t place, std::string_view text) {
        const data::ReadCell cell = read_slowly(of, place, text);
        if (!cell.known)
            return {};
        switch (plan::representation(plan.schema.entities[of.entity].fields[place].type.kind)) {
        case Representation::Bool:
            return Value::of(cell.boolean);
        case Representation::Real:
            return Value::of(cell.real);
        case Representation::Text:
            return Value::of(plain(cell.text));
        case Representation::Integer:
            break;
        }
        return Value::of(cell.integer);
    }

    Result<void> read_element(OfEntity& of, json::object object, Record& record) {
        std::vector<Value> fields(plan.schema.entities[of.entity].fields.size());
        auto walked =
            walk(of, object, [&](std::uint32_t place, json::value& value) -> Result<void> {
                std::optional<std::string_view> text;
                if (const auto error = text_of(value, text))
                    return syntax(error);
                if (text)
                    fields[place] = value_of(of, place, *text);
                return {};
            });
        if (walked)
            record.add_element(of.entity, std::move(fields));
        return walked;
    }

    Result<void> read_elements(OfEntity& of, json::value& value, Record& record) {
        json::array array;
        if (const auto error = value.get_array().get(array))
            return syntax(error);
        for (auto each : array) {
            json::object object;
            if (const auto error = each.get_object().get(object))
                return syntax(error);
            if (auto read = read_element(of, object, record); !read)
                return read;
        }
        return {};
    }

    Result<void> read(std::string_view text, Record& record) {
        complaints.clear();
        record.clear();
        buffer.reserve(text.size() + simdjson::SIMDJSON_PADDING);
        buffer.assign(text);
        json::document document;
        if (const auto error =
                parser.iterate(buffer.data(), buffer.size(), buffer.capacity()).get(document))
            return syntax(error);
        json::object object;
        if (const auto error = document.get_object().get(object))
            return syntax(error);
        const std::size_t fields = plan.schema.root_entity().fields.size();
        auto walked =
            walk(root(), object, [&](std::uint32_t place, json::value& value) -> Result<void> {
                if (place >= fields)
                    return read_elements(entities[root().collections[place - fields]], value,
                                         record);
                std::optional<std::string_view> cell;
                if (const auto error = text_of(value, cell))
                    return syntax(error);
                if (cell)
                    set(record, place, *cell);
                return {};
            });
        const char* behind = nullptr;
        if (walked && !document.current_location().get(behind))
            return make_error("json.syntax", "something stands behind the object",
                              "give one record at a time");
        return walked;
    }
};

JsonRecords::JsonRecords(const plan::Plan& plan) : inside_(std::make_unique<Inside>(plan)) {}
JsonRecords::~JsonRecords() = default;
JsonRecords::JsonRecords(JsonRecords&&) noexcept = default;
JsonRecords& JsonRecords::operator=(JsonRecords&&) noexcept = default;

Result<void> JsonRecords::read(std::string_view json, Record& record) {
    auto read = inside_->read(json, record);
    if (!read)
        record.clear();
    return read;
}

std::span<const std::string> JsonRecords::complaints() const {
    return inside_->complaints;
}

} // namespace rulebook::single
