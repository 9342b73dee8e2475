// Compiled rulebooks: decoded, validated and, where they are accepted, run over random records.
#include <cstdint>

#include "runtime/engine/run.hpp"
#include "runtime/plan/serialize.hpp"
#include "runtime/value/digest.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace {

using namespace rulebook;

constexpr std::size_t kSeeds = 20;

// The file with this body: damage that the digest shows is not looked for here.
std::string with_head(std::string_view body) {
    std::string file(plan::kMagic);
    file += static_cast<char>(plan::kFormatVersion);
    const Digest digest = sha256(body);
    file.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    return file.append(body);
}

std::vector<std::string> compiled_rulebooks() {
    std::vector<std::string> bodies;
    for (std::size_t seed = 1; seed <= kSeeds; ++seed) {
        generator::Randomness random(seed);
        rulec::tool::RulebookText text;
        text.files = {text.sources.add("seed.rules", generator::random_rulebook(random))};
        rulec::Diagnostics diagnostics;
        const auto made = rulec::tool::compile_rulebook(text, diagnostics);
        const std::string file = plan::serialize(made.plan.value());
        bodies.push_back(file.substr(with_head("").size()));
    }
    return bodies;
}

// What libFuzzer makes of nothing would hardly ever be a plan: it begins with one, at a place that
// the first bytes choose, and overwrites it from there on.
std::string damaged(std::string_view bytes) {
    static const std::vector<std::string> bodies = compiled_rulebooks();
    if (bytes.size() < 3)
        return bodies[0];
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    std::string body = bodies[at(0) % bodies.size()];
    const std::size_t place = (at(1) * 256U + at(2)) % body.size();
    return body.replace(place, std::min(body.size() - place, bytes.size() - 3), bytes.substr(3));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string body = damaged({reinterpret_cast<const char*>(bytes), size});
    const auto plan = plan::deserialize(with_head(body), "fuzz");
    if (!plan)
        return 0;
    generator::Randomness random(1);
    try {
        const auto records = generator::random_input(random, plan->schema, 2);
        engine::RunOptions options;
        options.as_of = generator::kLastInstant;
        (void)engine::run(*plan, generator::dataset_of(plan->schema, records), options);
    } catch (const std::logic_error&) { // records that the schema refuses
    }
    return 0;
}
