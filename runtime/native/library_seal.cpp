#include "runtime/native/library_seal.hpp"

#include <cstring>

#include <fmt/format.h>

#include "runtime/native/rulebook_code.h"
#include "runtime/plan/serialize.hpp"
#include "runtime/value/digest.hpp"

namespace rulebook::native {

namespace {

// Another than that of the code inside: a file may be cut short right behind that.
constexpr std::string_view kMagic = "RULESEAL";
constexpr std::string_view kElf = "\177ELF";
constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kPlaceSize = 16;
constexpr std::size_t kSealSize = kDigestSize + 1 + kMagic.size();

tl::unexpected<Error> refused(std::string_view name, std::string_view what, std::string_view help) {
    return make_error("native.damaged", fmt::format("{}: {}", name, what), std::string(help));
}

void append_number(std::string& bytes, std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8)
        bytes.push_back(static_cast<char>(number >> shift));
}

std::uint64_t number_at(std::string_view bytes, std::size_t place) {
    std::uint64_t number = 0;
    for (std::size_t i = sizeof number; i-- > 0;)
        number = number << 8U | static_cast<unsigned char>(bytes[place + i]);
    return number;
}

} // namespace

std::string seal(std::string shared_object, std::string_view plan) {
    const std::size_t place = shared_object.find(plan);
    append_number(shared_object, place);
    append_number(shared_object, plan.size());
    const Digest digest = sha256(shared_object);
    shared_object.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    shared_object.push_back(static_cast<char>(RULEBOOK_CODE_VERSION));
    shared_object.append(kMagic);
    return shared_object;
}

Result<std::string_view> sealed_plan(std::string_view bytes, std::string_view name) {
    if (bytes.starts_with(plan::kMagic))
        return refused(name, "this is a plan without native code",
                       "compile native code with `rulec compile -o rulebook.so`");
    if (!bytes.starts_with(kElf))
        return refused(name, "this is no native code of a rulebook",
                       "compile one with `rulec compile -o rulebook.so`");
    if (bytes.size() < kPlaceSize + kSealSize || !bytes.ends_with(kMagic))
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
    const std::string_view object = sealed.substr(0, sealed.size() - kPlaceSize);
    const std::uint64_t place = number_at(sealed, object.size());
    const std::uint64_t size = number_at(sealed, object.size() + kPlaceSize / 2);
    if (place > object.size() || size > object.size() - place)
        return refused(name, "the file is damaged: there is no plan in it", "compile it again");
    return object.substr(place, size);
}

} // namespace rulebook::native
