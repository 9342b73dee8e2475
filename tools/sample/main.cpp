// rulebook-sample: made-up data of a self-service and sales company, the same for the same seed.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tools/sample/csv.hpp"

namespace {

using namespace rulebook::sample;

constexpr std::uint64_t kMostAccounts = 10'000'000;
constexpr std::size_t kFlushAt = std::size_t{1} << 20U;

// One file that grows; what went wrong is kept until the end.
class Output {
public:
    explicit Output(const std::filesystem::path& path)
        : path_(path), stream_(path, std::ios::binary | std::ios::trunc) {}

    void take(std::string& text) {
        stream_.write(text.data(), static_cast<std::streamsize>(text.size()));
        text.clear();
    }
    bool close() {
        stream_.close();
        if (!stream_)
            std::cerr << fmt::format("rulebook-sample: cannot write {}: {}\n", path_.string(),
                                     std::strerror(errno));
        return static_cast<bool>(stream_);
    }

private:
    std::filesystem::path path_;
    std::ofstream stream_;
};

bool write_all(std::uint64_t accounts, std::uint64_t seed, const std::filesystem::path& folder) {
    CsvTexts texts = csv_heads();
    Output outputs[] = {Output(folder / "accounts.csv"), Output(folder / "users.csv"),
                        Output(folder / "events.csv"),   Output(folder / "touches.csv"),
                        Output(folder / "deals.csv"),    Output(folder / "data.toml")};
    const auto flush = [&] {
        std::string* grown[] = {&texts.accounts, &texts.users, &texts.events, &texts.touches,
                                &texts.deals};
        for (std::size_t i = 0; i < std::size(grown); ++i)
            outputs[i].take(*grown[i]);
    };
    for (std::uint64_t number = 0; number < accounts; ++number) {
        append_company(texts, make_company(seed, number));
        if (texts.events.size() > kFlushAt)
            flush();
    }
    flush();
    std::string mapping = data_toml();
    outputs[std::size(outputs) - 1].take(mapping);
    bool fine = true;
    for (Output& output : outputs)
        fine = output.close() && fine;
    return fine;
}

int run(int argc, char** argv) {
    std::uint64_t accounts = 3'000;
    std::uint64_t seed = 1;
    std::string folder;
    CLI::App app("Made-up data of a self-service and sales company, the same for the same seed.\n"
                 "Writes accounts, users, events, touches and deals as CSV, and data.toml.",
                 "rulebook-sample");
    app.add_option("--accounts", accounts, "How many accounts")
        ->capture_default_str()
        ->check(CLI::Range(std::uint64_t{1}, kMostAccounts));
    app.add_option("--seed", seed, "Other seeds give other data")->capture_default_str();
    app.add_option("--out", folder, "Folder to write to; made if it is not there")->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    if (fault) {
        std::cerr << fmt::format("rulebook-sample: cannot make {}: {}\n", folder, fault.message());
        return 2;
    }
    return write_all(accounts, seed, folder) ? 0 : 2;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (...) { // out of memory; nothing else throws
        std::fputs("rulebook-sample: something went wrong that should not\n", stderr);
        return 2;
    }
}
