#include "tests/unit/syntax/parsing.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace rulec::testing {

std::string Parsed::codes() const {
    std::string out;
    for (const Diagnostic* diagnostic : diagnostics.sorted())
        out += (out.empty() ? "" : " ") + std::string(diagnostic->code());
    return out;
}

std::string Parsed::first_place() const {
    return std::string(sources.text(first().span));
}

std::string Parsed::text_of_pieces() const {
    std::string out;
    for (const ast::Token& token : file.tokens)
        out += sources.text(Span{file.file, token.begin, token.end});
    return out;
}

Parsed parse(std::string text) {
    Parsed out;
    FileId id = out.sources.add("test.rules", std::move(text));
    out.file = parse_file(id, out.sources, out.diagnostics);
    return out;
}

std::vector<std::string> rule_files(const std::string& folder) {
    std::vector<std::string> out;
    auto root = std::filesystem::path(RULEBOOK_SOURCE_DIR) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.path().extension() == ".rules" && entry.is_regular_file())
            out.push_back(entry.path().string());
    std::sort(out.begin(), out.end());
    return out;
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

} // namespace rulec::testing
