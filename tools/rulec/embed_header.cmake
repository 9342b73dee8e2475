# Writes a C++ file that holds a header: cmake -DHEADER=<file> -DOUTPUT=<file> -P embed_header.cmake
file(READ "${HEADER}" text)
file(WRITE "${OUTPUT}" "#include \"tools/rulec/c_header.hpp\"

namespace rulec::tool {

std::string_view code_header_text() {
    return R\"header(${text})header\";
}

} // namespace rulec::tool
")
