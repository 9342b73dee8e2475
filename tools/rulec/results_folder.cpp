#include "tools/rulec/results_folder.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include "tools/rulec/aside_names.hpp"
#include "tools/rulec/folder_lock.hpp"
#include "tools/rulec/read_file.hpp"
#include "tools/rulec/write_file.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;
using rulebook::make_error;

constexpr std::size_t kMaximumRecordBytes = std::size_t{64} << 20U;
constexpr std::string_view kChooseAnother = "choose an empty folder";
constexpr std::array<const char*, 2> kRecords = {"run.json", "series.json"};

// One that is not there yet stands for itself.
fs::path resolved(const fs::path& path) {
    std::error_code error;
    fs::path found = fs::weakly_canonical(fs::absolute(path), error);
    return found.has_filename() ? found : found.parent_path();
}

bool is_plain_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

// Names in the folder or in one below it, nothing that leads out of it.
bool is_name_within(std::string_view name) {
    const std::size_t slash = name.find('/');
    return slash == std::string_view::npos
               ? is_plain_name(name)
               : is_plain_name(name.substr(0, slash)) && is_plain_name(name.substr(slash + 1));
}

// What is listed in a record that a run wrote; nothing where there is none.
void add_files_listed_in(const fs::path& record, const std::string& folder,
                         std::vector<std::string>& names) {
    const auto text = read_file(record, kMaximumRecordBytes);
    if (!text)
        return;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("rulebook") || !json.contains("files") ||
        !json["files"].is_array())
        return;
    for (const auto& name : json["files"])
        if (name.is_string() && is_name_within(folder + name.get<std::string>()))
            names.push_back(folder + name.get<std::string>());
}

// The folder of a series' instant that the file goes into: "2026-01-31/"; empty: none.
std::string folder_of(const std::string& name) {
    const std::size_t slash = name.find('/');
    return slash == std::string::npos ? "" : name.substr(0, slash + 1);
}

std::set<std::string> folders_of(std::span<const ResultFile> files) {
    std::set<std::string> folders;
    for (const ResultFile& file : files)
        if (const std::string folder = folder_of(file.name); !folder.empty())
            folders.insert(folder);
    return folders;
}

// Of one for a run, or for a series; also of one that was killed before its record had its name.
void add_files_of_runs(const fs::path& out, const std::string& folder,
                       std::vector<std::string>& names) {
    for (const char* record : kRecords) {
        add_files_listed_in(out / folder / record, folder, names);
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(out / folder, ignored))
            if (is_unfinished(entry.path().filename().native(), record))
                add_files_listed_in(entry.path(), folder, names);
    }
}

// The files that runs of before wrote, by their records.
std::vector<std::string> files_of_before(const fs::path& out, std::span<const ResultFile> files) {
    std::vector<std::string> names;
    add_files_of_runs(out, "", names);
    for (const std::string& folder : folders_of(files))
        add_files_of_runs(out, folder, names);
    return names;
}

std::vector<fs::path> records_among(const fs::path& out, std::span<const std::string> names) {
    std::vector<fs::path> records;
    for (const std::string& name : names)
        if (std::ranges::find(kRecords, fs::path(name).filename().native()) != kRecords.end())
            records.push_back(out / name);
    return records;
}

bool lists(std::span<const std::string> names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

// Runs make files and folders; a link leads elsewhere.
rulebook::Result<void> check_links(const fs::path& out, std::span<const ResultFile> files) {
    std::set<fs::path> paths;
    for (const std::string& folder : folders_of(files))
        paths.insert(out / std::string_view(folder).substr(0, folder.size() - 1));
    for (const ResultFile& file : files)
        paths.insert(out / file.name);
    for (const fs::path& path : paths) {
        std::error_code error;
        if (fs::is_symlink(path, error))
            return make_error("results.foreign",
                              "`" + path.native() + "` is a link, and no run wrote it",
                              std::string(kChooseAnother));
    }
    return {};
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

namespace {

// Folders that are gone again unless they are kept, also where a signal ends the process.
class MadeFolders {
public:
    MadeFolders() = default;
    MadeFolders(const MadeFolders&) = delete;
    MadeFolders& operator=(const MadeFolders&) = delete;
    ~MadeFolders() {
        std::error_code ignored;
        for (auto made = made_.rbegin(); made != made_.rend(); ++made) {
            if (!kept_)
                fs::remove((*made)->path, ignored); // fails where it is not empty
            (*made)->in_use = false;
        }
    }

    // With those above it.
    rulebook::Result<void> make(const fs::path& folder) {
        std::error_code failed;
        fs::path above;
        for (const fs::path& part : fs::absolute(folder, failed).lexically_normal()) {
            above /= part;
            if (failed || fs::is_directory(above, failed))
                continue;
            AsideName& name = claim_aside_name(above.native(), true);
            if (fs::create_directory(above, failed))
                made_.push_back(&name);
            else
                name.in_use = false;
        }
        if (!failed && fs::is_directory(folder, failed))
            return {};
        return make_error("results.folder",
                          "`" + folder.native() + "` cannot be made: " +
                              (failed ? failed.message() : "something else is of that name"));
    }
    void keep() { kept_ = true; }

private:
    std::vector<AsideName*> made_;
    bool kept_ = false;
};

// Those of a series' instants that nothing is left in.
void remove_empty_folders(const fs::path& out, std::span<const std::string> names) {
    std::error_code ignored;
    for (const std::string& name : names)
        if (const std::string folder = folder_of(name); !folder.empty())
            fs::remove(out / folder, ignored); // fails where it is not empty
}

rulebook::Result<void> remove_stale(const fs::path& out, std::span<const ResultFile> files,
                                    std::span<const std::string> before) {
    for (const std::string& name : before) {
        std::error_code failed;
        const bool again = std::ranges::find(files, name, &ResultFile::name) != files.end();
        if (!again && fs::is_regular_file(fs::symlink_status(out / name, failed)))
            fs::remove(out / name, failed);
        if (failed && !again && failed != std::errc::no_such_file_or_directory)
            return make_error("file.unwritable",
                              "`" + (out / name).native() +
                                  "` of an earlier run cannot be removed: " + failed.message());
    }
    remove_empty_folders(out, before);
    return {};
}

} // namespace

rulebook::Result<void> write_results(const fs::path& out, std::span<const ResultFile> files,
                                     std::span<const fs::path> were_read) {
    MadeFolders folders;
    if (auto made = folders.make(out); !made)
        return made;
    const FolderLock lock(out);
    if (lock.is_anothers())
        return make_error("results.in_use",
                          "another run is writing its results into `" + out.native() + "`",
                          "wait until it is done, or choose another folder");
    if (auto checked = check_links(out, files); !checked)
        return checked;
    const std::vector<std::string> before = files_of_before(out, files);
    if (auto checked = check_replaced(out, files, before, were_read); !checked)
        return checked;
    std::vector<FileToWrite> wanted;
    for (const ResultFile& file : files) {
        wanted.push_back({out / file.name, file.content, file.fill});
        if (auto made = folders.make((out / file.name).parent_path()); !made)
            return made;
    }
    remove_unfinished(out);
    for (const std::string& folder : folders_of(files))
        remove_unfinished(out / folder);
    if (auto written = write_files(wanted, records_among(out, before)); !written)
        return written;
    folders.keep();
    return remove_stale(out, files, before);
}

} // namespace rulec::tool
