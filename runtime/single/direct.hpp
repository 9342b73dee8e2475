// Kernels over one record, straight from its slots. Internal to this folder.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/batch/buffers.hpp"
#include "runtime/native/code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/single/record.hpp"

namespace rulebook::single {

class Direct {
public:
    // Whether code can be called so: it asks the interpreter nothing but what depends on one text.
    static bool is_possible(const native::Code& code, const plan::Plan& plan);

    // All outlive it, and the record stays where it is.
    Direct(const native::Code& code, const plan::Plan& plan, Record& record);

    using AskInterpreter = std::function<plan::Value(plan::NodeId node)>;
    // `ask`: of the record at the instant, which is one of the code's.
    void evaluate(std::int64_t instant, const AskInterpreter& ask);

    template <class T>
    T value(native::ArrayIndex array) const {
        return *static_cast<const T*>(arrays_[array].values);
    }
    bool known(native::ArrayIndex array) const { return *arrays_[array].known != 0; }
    // The rows of a table that match, as native::TableIndex::find.
    void find_rows(std::size_t table, std::size_t most, std::vector<std::uint32_t>& rows) const;

private:
    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    template <class T>
    using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

    // A field whose texts are compared with constants.
    struct Coded {
        plan::FieldIndex field = 0;
        ByText<std::uint32_t> codes;
    };
    // What a node gave for texts so far.
    struct OfText {
        native::ArrayIndex array = 0;
        ByText<plan::Value> values;
    };

    std::uint32_t code_of(plan::FieldIndex field, const std::string& text);
    Coded& coded(plan::FieldIndex field);
    void point(native::ArrayIndex array);
    void ask_text(OfText& of_text, const AskInterpreter& ask);
    native::Rank rank(std::size_t table, std::size_t column) const;

    const native::Code& code_;
    Record& record_;
    batch::Buffers buffers_;
    std::vector<native::Array> arrays_;
    std::vector<native::ArrayIndex> instants_;
    std::vector<Coded> coded_;
    std::vector<OfText> of_texts_;
};

} // namespace rulebook::single
