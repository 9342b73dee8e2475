#include "tools/data/sql_paths.hpp"

#include <algorithm>
#include <array>

#include "runtime/value/ascii.hpp"
#include "tools/data/literal_pattern.hpp"
#include "tools/data/source_files.hpp"
#include "tools/data/sql_text.hpp"

namespace rulec::input {
namespace {

constexpr std::array<std::string_view, 14> kFileFunctions = {"read_csv",
                                                             "read_csv_auto",
                                                             "sniff_csv",
                                                             "read_parquet",
                                                             "parquet_scan",
                                                             "read_json",
                                                             "read_json_auto",
                                                             "read_ndjson",
                                                             "read_ndjson_auto",
                                                             "read_json_objects",
                                                             "read_ndjson_objects",
                                                             "read_text",
                                                             "read_blob",
                                                             "glob"};

bool is_name_character(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_' ||
           static_cast<unsigned char>(character) >= 0x80;
}

bool is_blank(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

// One piece of a query: a name, a text in quotes, a blank or comment, or a single other character.
struct Piece {
    enum class Kind { Name, Text, Gap, Other } kind = Kind::Other;
    std::string_view text;
};

std::size_t end_of_quotes(std::string_view sql, char quote) {
    std::size_t at = 1;
    while (at < sql.size()) {
        if (sql[at] == quote) {
            if (at + 1 == sql.size() || sql[at + 1] != quote) {
                return at + 1;
            }
            ++at;
        }
        ++at;
    }
    return sql.size();
}

std::size_t end_of(std::string_view sql, std::size_t found, std::size_t length) {
    return found == std::string_view::npos ? sql.size() : found + length;
}

Piece first_piece(std::string_view sql) {
    using Kind = Piece::Kind;
    const char first = sql.front();
    if (first == '\'') {
        return {Kind::Text, sql.substr(0, end_of_quotes(sql, '\''))};
    }
    if (first == '"') {
        return {Kind::Other, sql.substr(0, end_of_quotes(sql, '"'))};
    }
    if (sql.starts_with("--")) {
        return {Kind::Gap, sql.substr(0, end_of(sql, sql.find('\n'), 1))};
    }
    if (sql.starts_with("/*")) {
        return {Kind::Gap, sql.substr(0, end_of(sql, sql.find("*/", 2), 2))};
    }
    std::size_t length = 1;
    if (is_name_character(first)) {
        length = end_of(sql,
                        static_cast<std::size_t>(std::ranges::find_if_not(sql, is_name_character) -
                                                 sql.begin()),
                        0);
        return {Kind::Name, sql.substr(0, length)};
    }
    return {is_blank(first) ? Kind::Gap : Kind::Other, sql.substr(0, length)};
}

bool is_relative(std::string_view path) {
    return !path.starts_with('/') && path.find("://") == std::string_view::npos;
}

// Whether a text at this place is the name of a file.
class Place {
public:
    bool takes_file(std::string_view path) const {
        // After FROM also stand texts that are no files: `x is distinct from 'Lost'`.
        return state_ == State::File || (state_ == State::Table && kind_of(path).has_value());
    }
    bool takes_parquet(std::string_view path) const {
        const auto kind = kind_of(path);
        return takes_file(path) &&
               ((kind.has_value() && *kind == FileKind::Parquet) || is_of_parquet_function());
    }
    // Whether the argument of read_parquet or the like begins here.
    bool is_of_parquet_function() const {
        return state_ == State::File && function_.find("parquet") != std::string::npos;
    }

    void pass(const Piece& piece) {
        if (piece.kind == Piece::Kind::Gap) {
            return;
        }
        if (piece.kind == Piece::Kind::Name) {
            const std::string name = rulebook::lower_ascii(piece.text);
            if (std::ranges::find(kFileFunctions, name) != kFileFunctions.end()) {
                state_ = State::Function;
                function_ = name;
            } else {
                state_ = name == "from" || name == "join" ? State::Table : State::Elsewhere;
            }
            return;
        }
        const bool opens = piece.text == "(" && state_ == State::Function;
        const bool opens_list = piece.text == "[" && state_ == State::File;
        if (opens || opens_list) {
            state_ = State::File;
            in_list_ = opens_list;
        } else if (piece.text == "," && in_list_) {
            state_ = State::File;
        } else {
            in_list_ = in_list_ && piece.kind == Piece::Kind::Text;
            state_ = State::Elsewhere;
        }
    }

private:
    enum class State { Elsewhere, Function, File, Table };
    State state_ = State::Elsewhere;
    std::string function_; // the last one
    bool in_list_ = false;
};

// What stands between the quotes of a text; nothing of anything else.
std::string_view inside(const Piece& piece) {
    return piece.kind == Piece::Kind::Text && piece.text.size() > 2
               ? piece.text.substr(1, piece.text.size() - 2)
               : std::string_view();
}

// Calls `work` with each piece and the place it stands in.
template <class Work>
void for_each_piece(std::string_view sql, const Work& work) {
    Place place;
    while (!sql.empty()) {
        const Piece piece = first_piece(sql);
        sql.remove_prefix(piece.text.size());
        work(piece, place);
        place.pass(piece);
    }
}

} // namespace

std::string with_absolute_paths(std::string_view sql, const std::filesystem::path& folder) {
    std::string result;
    for_each_piece(sql, [&](const Piece& piece, const Place& place) {
        const std::string_view path = inside(piece);
        if (path.empty() || !is_relative(path) || !place.takes_file(path)) {
            result.append(piece.text);
            return;
        }
        const std::string quoted_folder = sql_text(literal_pattern(folder.string()));
        result.append(quoted_folder, 0, quoted_folder.size() - 1);
        result.append("/").append(piece.text.substr(1));
    });
    return result;
}

std::optional<std::vector<std::string>> parquet_files_in(std::string_view sql) {
    std::vector<std::string> paths;
    bool computed = false;
    bool behind_path = false;
    for_each_piece(sql, [&](const Piece& piece, const Place& place) {
        if (piece.kind == Piece::Kind::Gap) {
            return;
        }
        const bool is_text = piece.kind == Piece::Kind::Text;
        if (behind_path || (place.is_of_parquet_function() && !is_text)) {
            computed = computed || std::string_view(",)][").find(piece.text) == std::string::npos;
        }
        behind_path = is_text && place.is_of_parquet_function();
        std::string path(inside(piece));
        if (path.empty() || !place.takes_parquet(path)) {
            return;
        }
        for (std::size_t at = 0; (at = path.find("''", at)) != std::string::npos; ++at) {
            path.erase(at, 1); // quotes within are doubled
        }
        paths.push_back(std::move(path));
    });
    return computed ? std::nullopt : std::optional(std::move(paths));
}

} // namespace rulec::input
