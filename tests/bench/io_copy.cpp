// Copies the accounts of a folder into one Parquet file, as a run reads and writes them, without
// rules between; or as DuckDB does by itself.
//
//   io_copy make FOLDER ACCOUNTS       accounts.csv, made up
//   io_copy ours|duckdb FOLDER OUT     reads accounts.csv or accounts.parquet
#include <duckdb.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "tools/data/load_dataset.hpp"
#include "tools/output/table_file.hpp"
#include "tools/output/typed_value.hpp"

namespace {

namespace plan = rulebook::plan;
using plan::TypeKind;

int fail(const std::string& message) {
    fmt::print(stderr, "io_copy: {}\n", message);
    return 1;
}

plan::Field field(const char* name, plan::Type type) {
    plan::Field made;
    made.name = name;
    made.type = type;
    return made;
}

plan::Schema schema_of_accounts() {
    plan::Schema schema;
    schema.enums = {{"industry", {"software", "retail", "health", "finance"}, false}};
    plan::Entity account;
    account.name = "account";
    account.collection = "accounts";
    account.fields = {field("id", plan::Type::of(TypeKind::Text)),
                      field("signed_up_at", plan::Type::of(TypeKind::Time)),
                      field("email", plan::Type::of(TypeKind::Text)),
                      field("revenue", plan::Type::money(*rulebook::Currency::of("USD"))),
                      field("employees", plan::Type::of(TypeKind::Int)),
                      field("industry", plan::Type::enumeration(0)),
                      field("share", plan::Type::of(TypeKind::Number)),
                      field("blocked", plan::Type::of(TypeKind::Bool))};
    account.fields[0].key = true;
    account.key = 0;
    schema.entities = {account};
    return schema;
}

int make(const std::filesystem::path& folder, std::uint64_t accounts) {
    std::FILE* file = std::fopen((folder / "accounts.csv").c_str(), "w");
    if (file == nullptr)
        return fail("cannot write " + folder.string());
    fmt::print(file, "id,signed_up_at,email,revenue,employees,industry,share,blocked\n");
    constexpr const char* kIndustries[] = {"software", "retail", "health", "finance"};
    std::uint64_t state = 1;
    for (std::uint64_t i = 0; i < accounts; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        const std::uint64_t random = state >> 33U;
        fmt::print(file,
                   "acct_{},2025-{:02}-{:02}T{:02}:{:02}:{:02}Z,user{}@company-{}.example,{}.{:02},"
                   "{},{},0.{:06},{}\n",
                   i, random % 12 + 1, random % 28 + 1, random % 24, random % 60, random / 60 % 60,
                   i, random % 100'000, random % 10'000'000, random % 100, random % 5000,
                   kIndustries[random % 4], random % 1'000'000, random % 2 == 0 ? "true" : "false");
    }
    return std::fclose(file) == 0 ? 0 : fail("cannot write " + folder.string());
}

int copy_ours(const std::filesystem::path& folder, const std::filesystem::path& out) {
    const plan::Schema schema = schema_of_accounts();
    const auto loaded = rulec::input::load_dataset(schema, {folder, std::nullopt, "UTC"});
    if (!loaded)
        return fail(loaded.error().message);
    const auto& fields = schema.entities[0].fields;
    rulec::input::TypedTable table;
    table.name = "accounts";
    for (const auto& each : fields)
        table.columns.push_back(rulec::output::column_of(each.name, each.type));
    table.rows = loaded->dataset.size(0);
    table.at_random = true;
    table.write = [&](std::size_t row, rulec::input::RowSink& sink) {
        for (const rulebook::data::Column& column : loaded->dataset.table(0).columns())
            rulec::output::write_cell(schema, column, static_cast<rulebook::data::RowIndex>(row),
                                      sink);
    };
    const auto written = rulec::output::write_table(table, rulec::output::FileFormat::Parquet, out);
    return written ? 0 : fail(written.error().message);
}

int copy_duckdb(const std::filesystem::path& folder, const std::filesystem::path& out) {
    const bool parquet = std::filesystem::exists(folder / "accounts.parquet");
    const std::string read =
        parquet ? fmt::format("'{}'", (folder / "accounts.parquet").string())
                : fmt::format("read_csv('{}', columns = {{id: 'VARCHAR', signed_up_at: "
                              "'TIMESTAMPTZ', email: 'VARCHAR', revenue: 'DECIMAL(18, 2)', "
                              "employees: 'BIGINT', industry: 'VARCHAR', share: 'DOUBLE', blocked: "
                              "'BOOLEAN'}})",
                              (folder / "accounts.csv").string());
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
    if (duckdb_open(nullptr, &database) == DuckDBError ||
        duckdb_connect(database, &connection) == DuckDBError)
        return fail("DuckDB does not open");
    duckdb_result result;
    const std::string sql =
        fmt::format("COPY (SELECT * FROM {}) TO '{}' (FORMAT parquet)", read, out.string());
    const bool failed = duckdb_query(connection, sql.c_str(), &result) == DuckDBError;
    const std::string message = failed ? duckdb_result_error(&result) : "";
    duckdb_destroy_result(&result);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    return failed ? fail(message) : 0;
}

} // namespace

int main(int count, char** words) {
    if (count != 4)
        return fail("three words are expected: make|ours|duckdb FOLDER ACCOUNTS|OUT");
    const std::string verb = words[1];
    if (verb == "make")
        return make(words[2], std::strtoull(words[3], nullptr, 10));
    return verb == "ours" ? copy_ours(words[2], words[3]) : copy_duckdb(words[2], words[3]);
}
