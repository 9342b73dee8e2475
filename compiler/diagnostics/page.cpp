#include "compiler/diagnostics/page.hpp"

#include <algorithm>

#include "compiler/diagnostics/code.hpp"

namespace rulec {

std::span<const Page> all_pages() {
    return detail::embedded_pages();
}

std::optional<std::string_view> find_page(std::string_view code) {
    const CodeInfo* info = find_code(code);
    if (info == nullptr)
        return std::nullopt;
    std::span<const Page> pages = all_pages();
    auto found = std::ranges::find(pages, info->code, &Page::code);
    if (found == pages.end())
        return std::nullopt;
    return found->markdown;
}

} // namespace rulec
