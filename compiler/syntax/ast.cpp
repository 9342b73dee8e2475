#include "compiler/syntax/ast.hpp"

namespace rulec::ast {

File::File() = default;
File::File(const File&) = default;
File::File(File&&) noexcept = default;
File& File::operator=(const File&) = default;
File& File::operator=(File&&) noexcept = default;
File::~File() = default;

} // namespace rulec::ast
