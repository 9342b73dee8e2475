# Writes a C++ file that holds the pages: cmake -DPAGES=<folder> -DOUTPUT=<file> -P embed_pages.cmake
file(GLOB pages "${PAGES}/RB*.md")
list(SORT pages)
set(rows "")
foreach(page IN LISTS pages)
    get_filename_component(code "${page}" NAME_WE)
    file(READ "${page}" text)
    string(APPEND rows "    {\"${code}\", R\"page(${text})page\"},\n")
endforeach()
set(content "#include \"compiler/diagnostics/page.hpp\"\n\n#include <array>\n\nnamespace rulec::detail {\n
std::span<const Page> embedded_pages() {
    static constexpr std::array kPages = std::to_array<Page>({
        {\"\", \"\"}, // keeps the array from being empty
${rows}    });
    return std::span(kPages).subspan(1);
}

} // namespace rulec::detail\n")
file(WRITE "${OUTPUT}" "${content}")
