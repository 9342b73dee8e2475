#include "tools/rulec/missing_weights.hpp"

#include <algorithm>
#include <ostream>
#include <variant>

#include "compiler/diagnostics/render.hpp"
#include "compiler/diagnostics/shell_word.hpp"

namespace rulec::tool {
namespace {

void leave_out_rules_but(std::span<const std::string> only, const Compilation& made,
                         Diagnostics& diagnostics) {
    for (const ast::File& file : made.files)
        for (const ast::Declaration& declaration : file.declarations)
            if (const auto* rule = std::get_if<ast::Credit>(&declaration))
                if (std::ranges::find(only, rule->head.name.text) == only.end())
                    diagnostics.silence(RB4015::kInfo.code, rule->head.span);
}

std::string for_these_data(std::string help, const DataFlags& data) {
    constexpr std::string_view kAnyData = "--data DATA";
    if (const std::size_t at = help.find(kAnyData); at != std::string::npos)
        help.replace(at, kAnyData.size(), "--data " + data_words(data));
    return help;
}

} // namespace

std::vector<DataWarning> tell_of_missing_weights(const SoundRulebook& rulebook,
                                                 std::span<const std::string> only,
                                                 const DataFlags& data, Console& console) {
    Diagnostics diagnostics = rulebook.diagnostics;
    if (!only.empty())
        leave_out_rules_but(only, rulebook.made, diagnostics);
    std::vector<DataWarning> warnings;
    for (Diagnostic& missing : diagnostics.take(RB4015::kInfo.code)) {
        missing.help(for_these_data(missing.help_text, data));
        console.messages << render_text(missing, rulebook.text.sources,
                                        console.colour_messages ? Colour::Always : Colour::Never);
        warnings.push_back({std::string(missing.code()), missing.message, missing.help_text});
    }
    return warnings;
}

std::string data_words(const DataFlags& data) {
    std::string words = shell_word(data.folder);
    if (!data.map.empty())
        words += " --map " + shell_word(data.map);
    if (data.as_of != "latest" && data.as_of.find(',') == std::string::npos) // not of a series
        words += " --as-of " + shell_word(data.as_of);
    return words;
}

} // namespace rulec::tool
