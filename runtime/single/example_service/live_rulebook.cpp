#include "live_rulebook.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include <rulebook/rulebook_jit.hpp>

#include "scoring_loop.hpp"

namespace {

namespace single = rulebook::single;
namespace native = rulebook::native;

void tell_of_interpreting(const rulebook::Error& why) {
    std::cout << "rules are interpreted: " << why.message << std::endl;
}

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Without native code, where the file is text: that takes some milliseconds only.
rulebook::Result<native::Library> read(const std::filesystem::path& file,
                                       const std::string& content) {
    if (file.extension() != ".rules")
        return native::load_rulebook(file.string());
    const rulebook::jit::RulesText text[] = {{file.string(), content}};
    auto plan = rulebook::jit::plan_of(text);
    if (!plan)
        return tl::unexpected(plan.error());
    return native::Library{*std::move(plan), {}, std::nullopt};
}

rulebook::Result<std::shared_ptr<const single::Rulebook>>
read_rulebook(const std::filesystem::path& file, const std::string& content) {
    auto library = read(file, content);
    if (!library)
        return tl::unexpected(library.error());
    if (library->no_code)
        tell_of_interpreting(*library->no_code);
    auto rulebook = single::Rulebook::make(*std::move(library));
    if (rulebook)
        if (auto checked = check_names(**rulebook); !checked)
            return tl::unexpected(checked.error());
    return rulebook;
}

std::string name_of(const single::Rulebook& rulebook) {
    return "version " + rulebook.plan().version +
           (rulebook.has_code() ? ", native code" : ", interpreted");
}

} // namespace

rulebook::Result<std::unique_ptr<LiveRulebook>>
LiveRulebook::open(const std::filesystem::path& file) {
    std::string content = content_of(file);
    auto first = read_rulebook(file, content);
    if (!first)
        return tl::unexpected(first.error());
    std::cout << "in force: " << name_of(**first) << std::endl;
    return std::unique_ptr<LiveRulebook>(
        new LiveRulebook(file, std::move(content), *std::move(first)));
}

void LiveRulebook::replace(Held next) {
    Held old = current_.get();
    replaced_.push_back({name_of(*old), old});
    std::cout << "in force: " << name_of(*next) << std::endl;
    current_.replace(std::move(next));
}

// The interpreter gives the first answers; code follows as soon as there is some.
void LiveRulebook::compile() {
    auto library = rulebook::jit::compile(current_.get()->plan());
    if (library.no_code) {
        can_compile_ = false; // said once
        tell_of_interpreting(*library.no_code);
        return;
    }
    if (auto made = single::Rulebook::make(std::move(library)))
        replace(*std::move(made));
}

void LiveRulebook::look() {
    std::string content = content_of(file_);
    if (content == content_) {
        if (can_compile_ && !current_.get()->has_code())
            compile();
        return;
    }
    content_ = std::move(content);
    auto next = read_rulebook(file_, content_);
    if (next)
        replace(*std::move(next));
    else
        std::cout << "refused: " << next.error().code << ": " << next.error().message << std::endl;
}

void LiveRulebook::tell_of_freed_ones() {
    std::erase_if(replaced_, [](const Replaced& old) {
        if (old.rulebook.expired())
            std::cout << "freed: " << old.name << std::endl;
        return old.rulebook.expired();
    });
}
