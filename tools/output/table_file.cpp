#include "tools/output/table_file.hpp"

#include "tools/output/arrow_file.hpp"
#include "tools/output/csv_rows.hpp"
#include "tools/output/ndjson_rows.hpp"
#include "tools/output/parquet_file.hpp"
#include "tools/output/written_rows.hpp"

namespace rulec::output {
namespace {

template <class Rows>
void write_row(const input::TypedTable& table, std::size_t row, Rows& rows, const ByteFile& file,
               const WriteWatch& watch) {
    const std::uint64_t before = file.size();
    table.write(row, rows);
    rows.end_row();
    if (watch.row)
        watch.row(file.size() - before);
}

template <class Rows>
rulebook::Result<void> write_text(const input::TypedTable& table, const std::filesystem::path& path,
                                  const WriteWatch& watch = {}) {
    ByteFile file(path, watch.bytes);
    Rows rows(table.columns, file);
    for (std::size_t row = 0; row < table.rows; ++row)
        write_row(table, row, rows, file, watch);
    return file.finish();
}

template <class Rows>
rulebook::Result<void> splice_text(const input::TypedTable& table, const Splice& splice,
                                   const std::filesystem::path& path, const WriteWatch& watch) {
    ByteFile file(path, watch.bytes);
    Rows rows(table.columns, file);
    auto earlier = WrittenRows::open(splice.earlier);
    if (!earlier)
        return tl::unexpected(earlier.error());
    earlier->skip(file.size()); // the head, which is the same
    std::size_t row = 0;
    for (const Splice::Step& step : splice.steps) {
        for (const std::size_t last = row + step.added; row < last; ++row)
            write_row(table, row, rows, file, watch);
        earlier->skip(step.passed);
        if (auto kept = earlier->copy(step.kept, file); !kept)
            return kept;
    }
    return file.finish();
}

} // namespace

std::string_view spelling(FileFormat format) {
    switch (format) {
    case FileFormat::Csv:
        return "csv";
    case FileFormat::Ndjson:
        return "ndjson";
    case FileFormat::Parquet:
        return "parquet";
    case FileFormat::Arrow:
        return "arrow";
    }
    return {};
}

rulebook::Result<FileFormat> file_format_of(std::string_view wanted) {
    for (const FileFormat format :
         {FileFormat::Csv, FileFormat::Ndjson, FileFormat::Parquet, FileFormat::Arrow})
        if (spelling(format) == wanted)
            return format;
    return rulebook::make_error("output.format",
                                "there are no results as `" + std::string(wanted) + "`",
                                "there are csv, ndjson, parquet and arrow");
}

rulebook::Result<void> write_table(const input::TypedTable& table, FileFormat format,
                                   const std::filesystem::path& path) {
    switch (format) {
    case FileFormat::Csv:
        return write_text<CsvRows>(table, path);
    case FileFormat::Ndjson:
        return write_text<NdjsonRows>(table, path);
    case FileFormat::Parquet:
        return write_parquet(table, path);
    case FileFormat::Arrow:
        return write_arrow(table, path);
    }
    return {};
}

bool can_splice(FileFormat format) {
    return format == FileFormat::Csv || format == FileFormat::Ndjson;
}

rulebook::Result<void> write_table(const input::TypedTable& table, FileFormat format,
                                   const std::filesystem::path& path, const WriteWatch& watch) {
    return format == FileFormat::Csv ? write_text<CsvRows>(table, path, watch)
                                     : write_text<NdjsonRows>(table, path, watch);
}

rulebook::Result<void> write_spliced(const input::TypedTable& table, const Splice& splice,
                                     FileFormat format, const std::filesystem::path& path,
                                     const WriteWatch& watch) {
    return format == FileFormat::Csv ? splice_text<CsvRows>(table, splice, path, watch)
                                     : splice_text<NdjsonRows>(table, splice, path, watch);
}

} // namespace rulec::output
