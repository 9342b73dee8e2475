#include "tools/rulec/results_folder.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tools/rulec/read_file.hpp"
#include "tools/rulec/write_file.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;
using rulebook::make_error;

constexpr std::size_t kMaximumRecordBytes = std::size_t{64} << 20U;
constexpr std::string_view kChooseAnother = "choose an empty folder";

// One that is not there yet stands for itself.
fs::path resolved(const fs::path& path) {
    std::error_code error;
    fs::path found = fs::weakly_canonical(fs::absolute(path), error);
    return found.has_filename() ? found : found.parent_path();
}

// Names in the folder, nothing that leads out of it.
bool is_plain_name(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

// The files that the run of before wrote, by its run.json; nothing where there is none.
std::vector<std::string> files_of_before(const fs::path& out) {
    const auto text = read_file(out / "run.json", kMaximumRecordBytes);
    if (!text)
        return {};
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("rulebook") || !json.contains("files") ||
        !json["files"].is_array())
        return {};
    std::vector<std::string> names;
    for (const auto& name : json["files"])
        if (name.is_string() && is_plain_name(name.get<std::string>()))
            names.push_back(name.get<std::string>());
    return names;
}

bool lists(std::span<const std::string> names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

rulebook::Result<void> check_replaced(const fs::path& out, std::span<const ResultFile> files,
                                      std::span<const std::string> before,
                                      std::span<const fs::path> were_read) {
    for (const ResultFile& file : files) {
        const fs::path path = out / file.name;
        std::error_code error;
        if (!fs::exists(fs::symlink_status(path, error)))
            continue;
        if (!lists(before, file.name))
            return make_error("results.foreign",
                              "`" + path.native() + "` is there already, and no run wrote it",
                              std::string(kChooseAnother));
        for (const fs::path& read : were_read)
            if (fs::equivalent(read, path, error))
                return make_error("results.foreign",
                                  "`" + path.native() + "` would be replaced, and was read as `" +
                                      read.native() + "`",
                                  std::string(kChooseAnother));
    }
    return {};
}

} // namespace

rulebook::Result<void> check_results_folder(const fs::path& out,
                                            std::span<const fs::path> read_from) {
    for (const fs::path& folder : read_from)
        if (resolved(out) == resolved(folder))
            return make_error("results.folder",
                              "the results cannot go into `" + out.native() +
                                  "`: the run reads from that folder",
                              std::string(kChooseAnother));
    return {};
}

rulebook::Result<void> write_results(const fs::path& out, std::span<const ResultFile> files,
                                     std::span<const fs::path> were_read) {
    std::error_code failed;
    fs::create_directories(out, failed);
    if (failed)
        return make_error("results.folder",
                          "`" + out.native() + "` cannot be made: " + failed.message());
    const std::vector<std::string> before = files_of_before(out);
    if (auto checked = check_replaced(out, files, before, were_read); !checked)
        return checked;
    std::vector<FileToWrite> wanted;
    for (const ResultFile& file : files)
        wanted.push_back({out / file.name, file.content, file.fill});
    if (auto written = write_files(wanted); !written)
        return written;
    for (const std::string& name : before) {
        const bool again = std::ranges::find(files, name, &ResultFile::name) != files.end();
        if (!again && fs::is_regular_file(fs::symlink_status(out / name, failed)))
            fs::remove(out / name, failed);
        if (failed && !again)
            return make_error("file.unwritable",
                              "`" + (out / name).native() +
                                  "` of an earlier run cannot be removed: " + failed.message());
    }
    return {};
}

} // namespace rulec::tool
