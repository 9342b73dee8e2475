// What a rulebook means does not depend on the order of its declarations, on how they are spread
// over files, or on layout and comments: the content hash of the plan is the same.
#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "compiler/diagnostics/render.hpp"
#include "runtime/plan/fingerprint.hpp"
#include "runtime/plan/serialize.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {
namespace {

constexpr const char* kRulebook = RULEBOOK_SOURCE_DIR "/rules/crawl_walk_run";

struct Declarations {
    RulebookText text; // what the plan is compared with
    std::vector<std::string> written;
    std::string content_hash;
};

std::string hash_of(const RulebookText& text, Diagnostics& diagnostics) {
    const Compilation made = compile_rulebook(text, diagnostics);
    return made.plan ? made.plan->content_hash : "";
}

Declarations read_declarations() {
    Diagnostics diagnostics;
    Declarations read{load_rulebook(kRulebook, diagnostics).value(), {}, {}};
    const Compilation made = compile_rulebook(read.text, diagnostics);
    read.content_hash = made.plan.value().content_hash;
    for (const ast::File& file : made.files)
        for (const ast::Declaration& declaration : file.declarations)
            read.written.emplace_back(read.text.sources.text(std::visit(
                [](const auto& one) {
                    if constexpr (requires { one.span; })
                        return one.span;
                    else
                        return one.head.span;
                },
                declaration)));
    return read;
}

const Declarations& declarations() {
    static const Declarations read = read_declarations();
    return read;
}

// Another layout of the same words: spaces that stand alone become a comment or several spaces.
// A row of a table stays a line.
std::string laid_out_anew(const std::string& text, std::mt19937& random) {
    std::string result;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        quoted = text[i] == '"' ? !quoted : quoted;
        const bool comment = text.compare(i, 2, "//") == 0 && !quoted;
        if (comment) // as it stands, to the end of the line: it may hold a quote
            for (; i < text.size() && text[i] != '\n'; ++i)
                result += text[i];
        result += i < text.size() ? std::string(1, text[i]) : "";
        if (i < text.size() && text[i] == ' ' && !quoted && random() % 4 == 0)
            result += random() % 2 == 0 ? "/* so */ " : "   ";
    }
    return result;
}

RC_GTEST_PROP(Plan, DoesNotDependOnTheOrderOfDeclarations, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    std::vector<std::string> written = declarations().written;
    std::ranges::shuffle(written, random);
    std::map<std::uint32_t, std::string> files;
    for (const std::string& declaration : written)
        files[random() % 5] += laid_out_anew(declaration, random) + "\n\n";
    RulebookText shuffled;
    shuffled.directory = kRulebook;
    shuffled.read = declarations().text.read;
    for (const auto& [number, text] : files)
        shuffled.files.push_back(shuffled.sources.add(std::to_string(number) + ".rules", text));
    Diagnostics diagnostics;
    const std::string hash = hash_of(shuffled, diagnostics);
    for (const Diagnostic* diagnostic : diagnostics.sorted())
        RC_LOG() << render_text(*diagnostic, shuffled.sources, Colour::Never);
    RC_ASSERT(hash == declarations().content_hash);
}

// A compiled file differs by nothing but the notes of where things stand, if only the order
// differs.
RC_GTEST_PROP(Plan, CompiledBytesDependOnContentAlone, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    std::vector<std::string> written = declarations().written;
    const auto bytes = [&] {
        RulebookText text;
        text.directory = kRulebook;
        text.read = declarations().text.read;
        std::map<std::uint32_t, std::string> files;
        for (const std::string& declaration : written)
            files[random() % 5] += declaration + "\n\n";
        for (const auto& [number, content] : files)
            text.files.push_back(text.sources.add(std::to_string(number) + ".rules", content));
        Diagnostics diagnostics;
        return rulebook::plan::serialize(
            rulebook::plan::without_notes(compile_rulebook(text, diagnostics).plan.value()));
    };
    const std::string before = bytes();
    std::ranges::shuffle(written, random);
    RC_ASSERT(bytes() == before);
}

// The law above would hold of a hash that never changes.
TEST(Plan, ChangesWithTheMeaning) {
    for (const auto& [from, to] :
         {std::pair{"because \"small, simple, cheap\"", "because \"small\""},
          std::pair{"seats default 1 <= 3", "seats default 1 <= 4"},
          std::pair{"decide stage", "decide step"}}) {
        RulebookText changed;
        changed.directory = kRulebook;
        changed.read = declarations().text.read;
        bool found = false;
        for (const FileId file : declarations().text.files) {
            std::string text(declarations().text.sources.text(file));
            if (const std::size_t at = text.find(from); at != std::string::npos) {
                text.replace(at, std::string_view(from).size(), to);
                found = true;
            }
            changed.files.push_back(changed.sources.add(
                std::string(declarations().text.sources.path(file)), std::move(text)));
        }
        ASSERT_TRUE(found) << from;
        Diagnostics diagnostics;
        EXPECT_NE(hash_of(changed, diagnostics), declarations().content_hash) << from;
    }
}

} // namespace
} // namespace rulec::tool
