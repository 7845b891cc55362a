#define _GNU_SOURCE
#include "guardian.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int64_t guardian_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void guardian_drain_signals(void) {
    struct signalfd_siginfo info;
    while (read(GUARDIAN_SIGNALS, &info, sizeof info) > 0) {
    }
}

void guardian_await_child(int timeout) {
    struct pollfd event = {.fd = GUARDIAN_SIGNALS, .events = POLLIN};
    poll(&event, 1, timeout);
    guardian_drain_signals();
}

int guardian_signal_children(int number) {
    char text[16384];
    pid_t pid = 0;
    int count = 0;
    off_t position = 0;
    for (;;) {
        ssize_t length = pread(GUARDIAN_CHILDREN, text, sizeof text, position);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) return count;
        position += length;
        for (ssize_t index = 0; index < length; index++) {
            if (text[index] >= '0' && text[index] <= '9') {
                pid = pid * 10 + (text[index] - '0');
            } else if (pid > 0) {
                // A list that changed between two reads could give half a number. A child keeps its number until it is
                // waited for, so what is a child now is the one that will be met.
                siginfo_t info;
                if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0) {
                    kill(pid, number);
                    count++;
                }
                pid = 0;
            }
        }
    }
}

int guardian_end_all(struct guardian *guardian, int64_t limit) {
    int64_t deadline = guardian_now() + limit;
    for (;;) {
        // Whoever loses its parent becomes a child of this process, so layer after layer comes into reach.
        if (!guardian->reaped) kill(-guardian->report.scanner, SIGKILL);
        int children = guardian_signal_children(SIGKILL);
        int status;
        pid_t pid;
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
            if (pid != guardian->report.scanner || guardian->reaped) continue;
            guardian->report.status = status;
            guardian->reaped = 1;
        }
        if (pid < 0 && errno == ECHILD) return 0;
        if (guardian_now() >= deadline) return children > 0 ? children : 1;
        guardian_await_child(1);
    }
}
