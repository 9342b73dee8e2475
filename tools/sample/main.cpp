// rulebook-sample: made-up data of a self-service and sales company, the same for the same seed.
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tools/sample/write.hpp"

namespace {

using namespace rulebook::sample;

constexpr std::uint64_t kMostAccounts = 10'000'000;

constexpr const char* kExamples =
    "Examples:\n"
    "  rulebook-sample --out data\n"
    "      3,000 accounts as CSV; `rulec run rules/crawl_walk_run --data data` evaluates them\n"
    "  rulebook-sample --accounts 1000000 --format parquet --out big\n"
    "      a million accounts with some 10 million events\n"
    "  rulebook-sample --accounts 20000 --seed 7 --out other\n"
    "      other companies of the same kinds\n"
    "truth.json beside the data says what is true of them: chances to connect and to buy by "
    "segment,\n"
    "step and region, with what is planted among them. tools/sample/README.md describes it.";

// Files of before in the other format would be read beside the new ones.
bool has_data_of_other_format(const SampleRequest& request) {
    const char* other = request.format == SampleFormat::Csv ? "accounts.parquet" : "accounts.csv";
    return std::filesystem::exists(request.folder / other);
}

int unusable(const std::string& message) {
    std::cerr << "rulebook-sample: error: " << message << '\n';
    return 2;
}

int run(int argc, char** argv) {
    SampleRequest request{.accounts = 3'000, .seed = 1, .folder = {}};
    std::string format = "csv";
    std::string folder;
    CLI::App app("Made-up data of a self-service and sales company, the same for the same seed.\n"
                 "Writes accounts, their history, users, events, touches and deals, data.toml and\n"
                 "truth.json.",
                 "rulebook-sample");
    app.add_option("--accounts", request.accounts, "How many accounts")
        ->capture_default_str()
        ->check(CLI::Range(std::uint64_t{1}, kMostAccounts));
    app.add_option("--seed", request.seed, "Other seeds give other data")->capture_default_str();
    app.add_option("--format", format, "What kind of files")
        ->capture_default_str()
        ->check(CLI::IsMember({"csv", "parquet"}));
    app.add_option("--out", folder, "Folder to write to; made if it is not there")->required();
    app.footer(kExamples);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    request.folder = folder;
    request.format = format == "parquet" ? SampleFormat::Parquet : SampleFormat::Csv;
    std::error_code fault;
    std::filesystem::create_directories(request.folder, fault);
    if (fault)
        return unusable(fmt::format("{} cannot be made: {}", folder, fault.message()));
    if (has_data_of_other_format(request))
        return unusable(fmt::format(
            "{} holds made-up data in the other format; choose an empty folder", folder));
    const auto written = write_sample(request);
    return written ? 0 : unusable(written.error().message);
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
