// A test's body in a process of its own that may not make memory executable, as hardened services
// are run.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace rulec::tool {

enum class Confinement {
    DenyWriteExecute, // systemd's MemoryDenyWriteExecute, by the kernel: nothing becomes executable
                      // later
    Mprotect,         // the same by a filter of system calls, as on older kernels
    AnyExecutable,    // not even files may be mapped so: nothing can be loaded
};

inline std::string name_of(Confinement confinement) {
    switch (confinement) {
    case Confinement::DenyWriteExecute:
        return "DenyWriteExecute";
    case Confinement::Mprotect:
        return "Mprotect";
    case Confinement::AnyExecutable:
        return "AnyExecutable";
    }
    return {};
}

// From here on, for good.
inline bool confine(Confinement confinement) {
    constexpr int kSetMdwe = 65; // PR_SET_MDWE, of Linux 6.3
    constexpr unsigned long kRefuseExecutableGain = 1;
    if (confinement == Confinement::DenyWriteExecute)
        return ::prctl(kSetMdwe, kRefuseExecutableGain, 0, 0, 0) == 0;
    const auto call = [](long number) { return static_cast<unsigned>(number); };
    // Where the call is one of those and its protection has PROT_EXEC, EACCES.
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call(SYS_mprotect), 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call(SYS_pkey_mprotect), 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                 call(confinement == Confinement::AnyExecutable ? SYS_mmap : SYS_mprotect), 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{static_cast<unsigned short>(std::size(program)), program};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

// Runs the body confined. False: this system cannot confine so, and nothing was run. Expectations
// of the body that fail make the test fail.
template <class Body>
[[nodiscard]] bool run_confined(Confinement confinement, const Body& body) {
    constexpr int kCannot = 77;
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        if (!confine(confinement))
            ::_exit(kCannot);
        body();
        std::fflush(nullptr);
        ::_exit(::testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == kCannot)
        return false;
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0)
        << "in the confined process; wait status " << status;
    return true;
}

} // namespace rulec::tool
