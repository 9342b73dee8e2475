#include "tools/rulec/c_header.hpp"

#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace rulec::tool {
namespace {

using rulebook::plan::Entity;
using rulebook::plan::Field;
using rulebook::plan::Plan;
using rulebook::plan::TypeKind;

// `Design & build` -> `DESIGN_BUILD`
std::string upper_name(std::string_view text) {
    std::string name;
    for (const char letter : text) {
        if (letter >= 'a' && letter <= 'z')
            name.push_back(static_cast<char>(letter - 'a' + 'A'));
        else if ((letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9'))
            name.push_back(letter);
        else if (!name.empty() && name.back() != '_')
            name.push_back('_');
    }
    return name;
}

// Text that comes from a rulebook, inside a comment.
std::string in_comment(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        const bool ends = letter == '/' && !safe.empty() && safe.back() == '*';
        const bool begins = letter == '*' && !safe.empty() && safe.back() == '/';
        safe += ends || begins ? " " : "";
        safe.push_back(static_cast<unsigned char>(letter) < ' ' ? ' ' : letter);
    }
    return safe;
}

class CHeader {
public:
    CHeader(const Plan& plan, const std::string& symbol)
        : plan_(plan), symbol_(symbol), prefix_(upper_name(symbol)) {
        constexpr std::string_view kEnd = "_CODE";
        if (prefix_.ends_with(kEnd))
            prefix_.resize(prefix_.size() - kEnd.size());
    }

    std::string write() {
        begin();
        add_enums();
        for (const Entity& entity : plan_.schema.entities)
            add_fields(entity);
        add_rules();
        text_ += "#endif\n";
        return std::move(text_);
    }

private:
    void begin() {
        const std::string guard = unused(prefix_ + "_RULEBOOK_H");
        text_ +=
            fmt::format("/* Native code of the rulebook {} {}. Made by `rulec compile`; changes "
                        "are lost.\n",
                        in_comment(plan_.name), in_comment(plan_.version));
        text_ +=
            " *\n * Evaluated by the runtime: rulebook::native::library_of(&), or, of a shared "
            "object,\n * rulebook::native::load_library. Neither needs the compiler. */\n";
        text_ += fmt::format("#ifndef {0}\n#define {0}\n\n", guard);
        text_ += code_header_text();
        text_ += "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n";
        text_ += fmt::format("extern const struct rulebook_code {}; /* of a shared object also: "
                             "rulebook_code */\n",
                             symbol_);
        text_ += "#ifdef __cplusplus\n}\n#endif\n\n";
        text_ += fmt::format("/* What the code was compiled from: compare with "
                             "rulebook_code.content_hash. */\n#define {} \"{}\"\n\n",
                             unused(prefix_ + "_CONTENT_HASH"), plan_.content_hash);
    }

    // Different texts may look the same as names.
    std::string unused(const std::string& name) {
        std::string candidate = name;
        for (int i = 2; !used_.insert(candidate).second; ++i)
            candidate = fmt::format("{}_{}", name, i);
        return candidate;
    }

    void add_constants(std::string_view comment, const std::string& prefix,
                       const std::vector<std::pair<std::string, std::string>>& names) {
        if (names.empty())
            return;
        text_ += fmt::format("/* {} */\nenum {{\n", in_comment(comment));
        for (std::size_t i = 0; i < names.size(); ++i)
            text_ +=
                fmt::format("    {} = {}{} /* {} */\n", unused(prefix + upper_name(names[i].first)),
                            i, i + 1 < names.size() ? "," : "", in_comment(names[i].second));
        text_ += "};\n\n";
    }

    // Those without a name by the field that has them.
    std::string name_of_enum(std::size_t index) const {
        const auto& type = plan_.schema.enums[index];
        if (!type.name.empty())
            return type.name;
        for (const Entity& entity : plan_.schema.entities)
            for (const Field& field : entity.fields)
                if (field.type.kind == TypeKind::Enum && field.type.enum_index() == index)
                    return entity.name + "_" + field.name;
        return fmt::format("enum_{}", index);
    }

    void add_enums() {
        for (std::size_t i = 0; i < plan_.schema.enums.size(); ++i) {
            const std::string name = name_of_enum(i);
            std::vector<std::pair<std::string, std::string>> values;
            for (const std::string& value : plan_.schema.enums[i].values)
                values.emplace_back(value, value);
            add_constants(fmt::format("Values of {}.", name),
                          prefix_ + "_" + upper_name(name) + "_", values);
        }
    }

    void add_fields(const Entity& entity) {
        std::vector<std::pair<std::string, std::string>> fields;
        for (const Field& field : entity.fields)
            fields.emplace_back(field.name,
                                fmt::format("{}: {}{}", field.name, spelling(field.type.kind),
                                            field.optional ? ", may be missing" : ""));
        add_constants(fmt::format("Fields of {} ({}), in the order of their values.", entity.name,
                                  entity.collection),
                      prefix_ + "_" + upper_name(entity.name) + "_FIELD_", fields);
    }

    void add_rules() {
        std::vector<std::pair<std::string, std::string>> rules;
        for (const auto& rule : plan_.rules)
            rules.emplace_back(rule.name, fmt::format("{} {}", spelling(rule.kind), rule.name));
        add_constants("Rules, as results name them.", prefix_ + "_RULE_", rules);
    }

    const Plan& plan_;
    const std::string& symbol_;
    std::string prefix_;
    std::string text_;
    std::set<std::string> used_;
};

} // namespace

std::string c_header(const Plan& plan, const std::string& symbol) {
    return CHeader(plan, symbol).write();
}

} // namespace rulec::tool
