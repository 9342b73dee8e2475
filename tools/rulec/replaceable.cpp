#include "tools/rulec/replaceable.hpp"

#include <fmt/format.h>

#include "tools/rulec/read_file.hpp"

namespace rulec::tool {

rulebook::Result<void> check_replaceable(const std::filesystem::path& path, std::size_t most_bytes,
                                         const std::function<bool(std::string_view)>& is_ours,
                                         std::string_view what) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return {};
    const auto content = read_file(path, most_bytes);
    if (content && (content->empty() || is_ours(*content)))
        return {};
    return rulebook::make_error("file.foreign",
                                fmt::format("`{}` is there and holds no {}", path.string(), what),
                                "name another file, or remove it first");
}

} // namespace rulec::tool
