#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

// The synchronous ones stay open: a fault must reach its handler on the thread that made it.
static void asynchronous_signals(sigset_t *set) {
    static const int synchronous[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS};
    sigfillset(set);
    for (size_t i = 0; i < sizeof synchronous / sizeof *synchronous; i++) {
        sigdelset(set, synchronous[i]);
    }
}

static int pin(pthread_attr_t *attributes, int cpu) {
    if (cpu < 0) return 0;
    if (cpu >= CPU_SETSIZE) return EINVAL;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    return pthread_attr_setaffinity_np(attributes, sizeof set, &set);
}

int linux_thread_start(
    pthread_t *thread, int cpu, void *(*body)(void *), void *argument) {
    pthread_attr_t attributes;
    int code = pthread_attr_init(&attributes);
    if (code) return code;
    code = pin(&attributes, cpu);
    if (!code) {
        sigset_t blocked, before;
        asynchronous_signals(&blocked);
        pthread_sigmask(SIG_BLOCK, &blocked, &before);
        code = pthread_create(thread, &attributes, body, argument);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_attr_destroy(&attributes);
    return code;
}

int linux_thread_name(const char *name) { return pthread_setname_np(pthread_self(), name); }

int linux_event_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int linux_event_raise(int event) {
    const uint64_t one = 1;
    return write(event, &one, sizeof one) == sizeof one || errno == EAGAIN ? 0 : errno;
}

void linux_event_wait(int event, long long nanoseconds) {
    struct pollfd item = {.fd = event, .events = POLLIN};
    struct timespec wait = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    ppoll(&item, 1, &wait, NULL);
}

void linux_event_clear(int event) {
    uint64_t count;
    while (read(event, &count, sizeof count) == sizeof count) {
    }
}

void linux_event_wait_either(int first, int second, long long nanoseconds) {
    struct pollfd items[] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
    struct timespec wait = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    ppoll(items, 2, &wait, NULL);
}
