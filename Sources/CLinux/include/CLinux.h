// CLinux: the few Linux calls that Swift's C library module does not carry.
//
// It holds no state and decides nothing: every function is one or two system calls and returns what
// the kernel said, 0 or an errno value unless noted.
#pragma once

#include <pthread.h>

/// Starts a joinable thread with every asynchronous signal blocked, so that signals reach only the
/// main thread. `cpu` < 0 leaves the affinity alone; a CPU this process may not use gives EINVAL.
int linux_thread_start(
    pthread_t *_Nonnull thread, int cpu, void *_Nullable (*_Nonnull body)(void *_Nullable),
    void *_Nullable argument);

/// Names the calling thread; `name` has at most 15 bytes (ERANGE).
int linux_thread_name(const char *_Nonnull name);

/// An eventfd, non-blocking and closed on exec; < 0 means that errno says why not.
int linux_event_open(void);

/// Makes the event readable until the descriptor is closed; nobody reads it back.
int linux_event_raise(int event);

/// Waits until `event` is readable or `nanoseconds` have passed. Ends early on a signal.
void linux_event_wait(int event, long long nanoseconds);

/// Makes a raised event wait again.
void linux_event_clear(int event);

/// Like `linux_event_wait`, for whichever of two is raised first.
void linux_event_wait_either(int first, int second, long long nanoseconds);

/// Tells the core that this is a spin loop.
static inline void linux_spin_hint(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
