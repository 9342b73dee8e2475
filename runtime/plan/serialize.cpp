#include "runtime/plan/serialize.hpp"

#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/plan/archive.hpp"
#include "runtime/plan/validate.hpp"
#include "runtime/value/digest.hpp"

namespace rulebook::plan {

namespace {

constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kHeaderSize = kMagic.size() + 1 + kDigestSize;
constexpr std::size_t kDeepestNesting = 64; // a plan nests about a dozen levels

// The argument of a CBOR item's head at `at`, and where the next byte is; nothing if cut short.
struct Head {
    unsigned major = 0;
    std::uint64_t argument = 0;
    std::size_t next = 0;
};

std::optional<Head> read_head(std::string_view cbor, std::size_t at) {
    if (at >= cbor.size())
        return std::nullopt;
    const unsigned first = static_cast<unsigned char>(cbor[at]);
    const unsigned low = first & 31U;
    if (low < 24)
        return Head{first >> 5U, low, at + 1};
    if (low > 27)
        return std::nullopt; // indefinite lengths: never written by us
    const std::size_t length = std::size_t{1} << (low - 24U);
    if (cbor.size() - at - 1 < length)
        return std::nullopt;
    std::uint64_t argument = 0;
    for (std::size_t i = 0; i < length; ++i)
        argument = argument << 8U | static_cast<unsigned char>(cbor[at + 1 + i]);
    return Head{first >> 5U, argument, at + 1 + length};
}

// True if the bytes are one CBOR item whose nesting is bounded: the reader below recurses.
bool nesting_is_bounded(std::string_view cbor) {
    std::vector<std::uint64_t> open{1}; // items still to come, per level
    std::size_t at = 0;
    while (!open.empty()) {
        if (open.back() == 0) {
            open.pop_back();
            continue;
        }
        --open.back();
        const auto head = read_head(cbor, at);
        if (!head)
            return false;
        at = head->next;
        if (head->major == 2 || head->major == 3) {
            if (head->argument > cbor.size() - at)
                return false;
            at += head->argument;
        } else if (head->major == 4 || head->major == 5) {
            if (head->argument > cbor.size() || open.size() >= kDeepestNesting)
                return false;
            open.push_back(head->major == 4 ? head->argument : 2 * head->argument);
        }
    }
    return at == cbor.size();
}

tl::unexpected<Error> refused(std::string_view name, std::string_view what, std::string_view help) {
    return make_error("RB9101", fmt::format("{}: {}", name, what), std::string(help));
}

} // namespace

std::string serialize(const Plan& plan) {
    const std::vector<std::uint8_t> cbor = nlohmann::json::to_cbor(archive::write(plan));
    const std::string_view payload(reinterpret_cast<const char*>(cbor.data()), cbor.size());
    const auto digest = sha256(payload);
    std::string bytes(kMagic);
    bytes.push_back(static_cast<char>(kFormatVersion));
    bytes.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    bytes.append(payload);
    return bytes;
}

Result<Plan> deserialize(std::string_view bytes, std::string_view name) {
    if (!bytes.starts_with(kMagic))
        return refused(name, "this is not a compiled rulebook",
                       "compile one with `rulec compile -o rulebook.rbk`");
    if (bytes.size() < kHeaderSize)
        return refused(name, "the file is cut short", "compile it again");
    const auto version = static_cast<unsigned char>(bytes[kMagic.size()]);
    if (version != kFormatVersion)
        return refused(name,
                       fmt::format("it has format version {}, this program reads version {}",
                                   version, kFormatVersion),
                       "compile the rulebook again with the rulec that comes with this program");
    const std::string_view payload = bytes.substr(kHeaderSize);
    const auto digest = sha256(payload);
    if (std::memcmp(digest.data(), bytes.data() + kMagic.size() + 1, kDigestSize) != 0)
        return refused(name, "the file is damaged: its checksum does not match",
                       "copy or compile it again");
    if (!nesting_is_bounded(payload))
        return refused(name, "the file is damaged: its content is not a plan", "compile it again");
    try {
        Plan plan;
        archive::read(nlohmann::json::from_cbor(payload), plan);
        if (const auto fault = validate(plan))
            return refused(name, "the plan is not sound: " + *fault, "compile the rulebook again");
        return plan;
    } catch (const std::exception& failure) { // nlohmann::json and archive::Damaged throw
        return refused(name, fmt::format("the file is damaged: {}", failure.what()),
                       "compile it again");
    }
}

} // namespace rulebook::plan
