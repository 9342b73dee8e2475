#include "compiler/diagnostics/page.hpp"

#include <gtest/gtest.h>

#include "compiler/diagnostics/code.hpp"

namespace rulec {
namespace {

// What is wrong with a page; empty if nothing is.
std::string page_fault(std::string_view code, std::string_view severity,
                       std::string_view markdown) {
    std::string title = "# " + std::string(code) + " (" + std::string(severity) + "): ";
    if (!markdown.starts_with(title))
        return "the page begins with `" + title + "…`";
    std::size_t from = 0;
    for (std::string_view section : {"\n## Avoid\n", "\n## Prefer\n", "\n## Why\n"}) {
        from = markdown.find(section, from);
        if (from == std::string_view::npos)
            return "the page has the sections Avoid, Prefer and Why, in this order";
        from += section.size() - 1;
    }
    return {};
}

TEST(Pages, EveryCodeHasOne) {
    for (const CodeInfo& info : all_codes()) {
        std::optional<std::string_view> page = find_page(info.code);
        ASSERT_TRUE(page) << "write compiler/diagnostics/pages/" << info.code << ".md";
        EXPECT_EQ(page_fault(info.code, name(info.severity), *page), "") << info.code;
    }
}

TEST(Pages, EveryPageHasACode) {
    EXPECT_EQ(all_pages().size(), all_codes().size());
    for (const Page& page : all_pages())
        EXPECT_NE(find_code(page.code), nullptr) << page.code << " is no row of diagnostics.def";
}

TEST(Pages, TheCheckSeesAPlantedFault) {
    EXPECT_NE(page_fault("RB0001", "error", "# RB0001 (warning): x\n"), "");
    EXPECT_NE(page_fault("RB0001", "error", "# RB0001 (error): x\n\n## Avoid\n\n## Why\n"), "");
    EXPECT_EQ(page_fault("RB0001", "error",
                         "# RB0001 (error): x\n\n## Avoid\n\na\n\n## Prefer\n\nb\n\n## Why\n\nc\n"),
              "");
}

} // namespace
} // namespace rulec
