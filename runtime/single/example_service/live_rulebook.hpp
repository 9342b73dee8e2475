// The rulebook in force, as a file says: read again whenever the file changes, while others use it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <rulebook/rulebook.hpp>

class LiveRulebook {
public:
    // `file`: rules as text (*.rules), or what `rulec compile` writes (*.rbk, *.so).
    static rulebook::Result<std::unique_ptr<LiveRulebook>> open(const std::filesystem::path& file);

    // Any thread.
    const rulebook::single::CurrentRulebook& current() const { return current_; }

    // One thread: looks whether the file has changed, and takes what it says into force. A file
    // that is no sound rulebook is refused, and the one in force stays.
    void look();

    // How many that were replaced are still held by somebody.
    std::size_t old_ones_held() const { return replaced_.size(); }
    // Says which of them are freed by now.
    void tell_of_freed_ones();

private:
    using Held = std::shared_ptr<const rulebook::single::Rulebook>;

    LiveRulebook(std::filesystem::path file, std::string content, Held first)
        : file_(std::move(file)), content_(std::move(content)), current_(std::move(first)) {}

    struct Replaced {
        std::string name;
        std::weak_ptr<const rulebook::single::Rulebook> rulebook;
    };

    void replace(Held next);
    void compile();

    std::filesystem::path file_;
    std::string content_; // that was read last
    rulebook::single::CurrentRulebook current_;
    bool can_compile_ = true; // as far as is known
    std::vector<Replaced> replaced_;
};
