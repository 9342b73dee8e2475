#include "runtime/native/library_seal.hpp"

#include <cstring>

#include <fmt/format.h>

#include "runtime/native/rulebook_code.h"
#include "runtime/plan/serialize.hpp"
#include "runtime/value/digest.hpp"

namespace rulebook::native {

namespace {

constexpr std::string_view kMagic = RULEBOOK_CODE_MAGIC;
constexpr std::string_view kElf = "\177ELF";
constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kSealSize = kDigestSize + 1 + kMagic.size();

tl::unexpected<Error> refused(std::string_view name, std::string_view what, std::string_view help) {
    return make_error("native.damaged", fmt::format("{}: {}", name, what), std::string(help));
}

} // namespace

std::string seal(std::string shared_object) {
    const Digest digest = sha256(shared_object);
    shared_object.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    shared_object.push_back(static_cast<char>(RULEBOOK_CODE_VERSION));
    shared_object.append(kMagic);
    return shared_object;
}

Result<void> check_seal(std::string_view bytes, std::string_view name) {
    if (bytes.starts_with(plan::kMagic))
        return refused(name, "this is a plan without native code",
                       "compile native code with `rulec compile -o rulebook.so`");
    if (!bytes.starts_with(kElf))
        return refused(name, "this is no native code of a rulebook",
                       "compile one with `rulec compile -o rulebook.so`");
    if (bytes.size() < kSealSize || !bytes.ends_with(kMagic))
        return refused(name, "this is no native code of a rulebook, or the file is cut short",
                       "copy or compile it again; do not strip it");
    const std::string_view sealed = bytes.substr(0, bytes.size() - kSealSize);
    const std::string_view digest = bytes.substr(sealed.size(), kDigestSize);
    const auto version = static_cast<unsigned char>(bytes[sealed.size() + kDigestSize]);
    if (version != RULEBOOK_CODE_VERSION)
        return make_error("native.version",
                          fmt::format("{}: it has format version {}, this program reads version {}",
                                      name, version, RULEBOOK_CODE_VERSION),
                          "compile the rulebook again with the rulec that comes with this program");
    if (std::memcmp(sha256(sealed).data(), digest.data(), kDigestSize) != 0)
        return refused(name, "the file is damaged: its checksum does not match",
                       "copy or compile it again");
    return {};
}

} // namespace rulebook::native
