#include <memory>
#include <ostream>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/code.hpp"
#include "compiler/diagnostics/page.hpp"
#include "runtime/value/nearest_name.hpp"
#include "tools/data/data_codes.hpp"
#include "tools/rulec/verb.hpp"

namespace rulec::tool {
namespace {

struct ExplainCode {
    std::string code;
    std::string format;
};

nlohmann::ordered_json as_json(const CodeInfo& info) {
    Wording words = general_wording(info);
    return {{"code", info.code},
            {"severity", name(info.severity)},
            {"message", words.message},
            {"help", words.help},
            {"page", find_page(info.code).value_or("")}};
}

nlohmann::ordered_json as_json(const input::DataCode& code) {
    return {{"code", code.code},
            {"severity", code.severity},
            {"message", code.what},
            {"help", code.help},
            {"page", input::page_of(code)}};
}

ExitCode list_codes(const ExplainCode& given, Console& console) {
    if (given.format == "json") {
        nlohmann::ordered_json codes = nlohmann::ordered_json::array();
        for (const CodeInfo& info : all_codes())
            codes.push_back(as_json(info));
        for (const input::DataCode& code : input::data_codes())
            codes.push_back(as_json(code));
        console.results << codes.dump(2) << '\n';
        return ExitCode::Fine;
    }
    for (const CodeInfo& info : all_codes())
        console.results << info.code << ' ' << name(info.severity)
                        << std::string(9 - name(info.severity).size(), ' ')
                        << general_wording(info).message << '\n';
    for (const input::DataCode& code : input::data_codes())
        console.results << code.code << ' ' << code.severity << ' ' << code.what << '\n';
    return ExitCode::Fine;
}

ExitCode unknown_code(const ExplainCode& given, Console& console) {
    std::vector<std::string_view> codes;
    for (const CodeInfo& info : all_codes())
        codes.push_back(info.code);
    for (const input::DataCode& code : input::data_codes())
        codes.push_back(code.code);
    auto meant = rulebook::nearest_name(given.code, codes);
    return console.unusable("there is no diagnostic `" + given.code + "`",
                            meant ? "did you mean `" + *meant + "`?"
                                  : "`rulec explain-code` lists all of them");
}

ExitCode run(const ExplainCode& given, Console& console) {
    if (given.code.empty())
        return list_codes(given, console);
    if (const input::DataCode* of_data = input::find_data_code(given.code)) {
        console.results << (given.format == "json" ? as_json(*of_data).dump(2) + '\n'
                                                   : input::page_of(*of_data));
        return ExitCode::Fine;
    }
    const CodeInfo* info = find_code(given.code);
    if (info == nullptr)
        return unknown_code(given, console);
    if (given.format == "json")
        console.results << as_json(*info).dump(2) << '\n';
    else
        console.results << find_page(info->code).value_or("");
    return ExitCode::Fine;
}

} // namespace

Action declare_explain_code(Flags& flags) {
    auto given = std::make_shared<ExplainCode>();
    flags.positional("CODE", given->code,
                     "A code such as RB1203 or data.orphan; without one, all are listed");
    flags.format(given->format);
    flags.example("rulec explain-code RB9002", "what the code means and what to write instead");
    flags.example("rulec explain-code", "all codes, one line each");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
