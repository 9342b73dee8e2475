// A scoring service without the network: threads that score records all the time, and a rulebook
// that is replaced under them whenever its file changes. Ends when standard input does.
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <iostream>
#include <thread>
#include <vector>

#include "live_rulebook.hpp"
#include "scoring_loop.hpp"

namespace {

constexpr int kMillisecondsBetweenLooks = 20;

// Waits for a moment at most.
bool input_has_ended() {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (::poll(&input, 1, kMillisecondsBetweenLooks) <= 0)
        return false;
    char bytes[256];
    return ::read(STDIN_FILENO, bytes, sizeof bytes) <= 0;
}

void print(const std::vector<Scored>& all, AnswerSheet& together) {
    double typed = 0, json = 0;
    for (const Scored& each : all) {
        together.add(each.sheet);
        typed += static_cast<double>(each.typed) / each.typed_seconds;
        json += static_cast<double>(each.json) / each.json_seconds;
    }
    std::cout << "throughput: " << all.size() << " threads, while they do nothing else "
              << static_cast<std::uint64_t>(typed) << " typed or "
              << static_cast<std::uint64_t>(json) << " JSON records/s\n";
    together.print(std::cout);
    std::cout << "answers: " << together.answers() << ", of which " << together.contradictions()
              << " are not those of their version\n";
}

} // namespace

int main(int count, char** arguments) {
    if (count < 2 || count > 3) {
        std::cerr << "scoring_service RULEBOOK [THREADS]\n";
        return 2;
    }
    const auto live = LiveRulebook::open(arguments[1]);
    if (!live) {
        std::cerr << live.error().code << ": " << live.error().message << '\n';
        return 2;
    }
    const int threads = count == 3 ? std::max(1, std::atoi(arguments[2])) : 2;
    std::stop_source stop;
    std::vector<std::future<Scored>> working;
    for (int i = 0; i < threads; ++i)
        working.push_back(std::async(std::launch::async, [&, token = stop.get_token()] {
            return score_until_stopped(token, (*live)->current());
        }));
    while (!input_has_ended()) {
        (*live)->look();
        (*live)->tell_of_freed_ones();
    }
    stop.request_stop();
    std::vector<Scored> all;
    for (auto& each : working)
        all.push_back(each.get());
    (*live)->tell_of_freed_ones();
    AnswerSheet together;
    print(all, together);
    std::cout << "old rulebooks still held: " << (*live)->old_ones_held() << '\n';
    return together.contradictions() == 0 && (*live)->old_ones_held() == 0 ? 0 : 1;
}
