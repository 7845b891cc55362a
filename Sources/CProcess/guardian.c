#define _GNU_SOURCE
#include "guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILL_LIMIT = 5000 };

// A worker that is gone reads no reports; the signals for that are blocked.
static void send_report(struct guardian *guardian, int kind) {
    guardian->report.kind = kind;
    while (write(GUARDIAN_REPORT, &guardian->report, sizeof guardian->report) < 0 && errno == EINTR) {
    }
}

static int failed(struct guardian *guardian, int step) {
    guardian->report.step = step;
    guardian->report.error = errno;
    return -1;
}

static int prepare(struct guardian *guardian) {
    // A session of its own: what a terminal sends to the worker's group must not end the guardian before its work.
    setsid();
    prctl(PR_SET_NAME, "martlet-guard", 0, 0, 0);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) return failed(guardian, MARTLET_PROCESS_GUARD);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    int signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) return failed(guardian, MARTLET_PROCESS_GUARD);
    if (signals != GUARDIAN_SIGNALS && dup3(signals, GUARDIAN_SIGNALS, O_CLOEXEC) < 0) {
        return failed(guardian, MARTLET_PROCESS_GUARD);
    }
    return 0;
}

static int launch(struct guardian *guardian) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return failed(guardian, MARTLET_PROCESS_FORK);
    // The writing end goes where the scanner expects it; in the guardian the reading end takes that place.
    int reading = fcntl(ends[0], F_DUPFD_CLOEXEC, GUARDIAN_FIRST_FREE + 2);
    int writing = fcntl(ends[1], F_DUPFD_CLOEXEC, GUARDIAN_FIRST_FREE + 2);
    close(ends[0]);
    close(ends[1]);
    if (reading < 0 || writing < 0) return failed(guardian, MARTLET_PROCESS_FORK);
    pid_t self = getpid();
    pid_t scanner = _Fork();
    if (scanner == 0) {
        dup3(writing, GUARDIAN_LAUNCH, O_CLOEXEC);
        scanner_run(guardian->request, self);
    }
    if (scanner < 0) return failed(guardian, MARTLET_PROCESS_FORK);
    dup3(reading, GUARDIAN_LAUNCH, O_CLOEXEC);
    close(reading);
    close(writing);
    // The end of these shows that no process of the scanner holds them any more.
    close(GUARDIAN_OUTPUT);
    close(GUARDIAN_ERRORS);
    guardian->report.scanner = scanner;
    send_report(guardian, MARTLET_PROCESS_STARTED);
    return 0;
}

// Adopted processes that have ended are waited for; the scanner is left for the end, since its number is its group's.
static int scanner_has_exited(struct guardian *guardian) {
    for (;;) {
        siginfo_t info;
        info.si_pid = 0;
        if (waitid(P_ALL, 0, &info, WEXITED | WNOWAIT | WNOHANG) != 0 || info.si_pid == 0) return 0;
        if (info.si_pid == guardian->report.scanner) return 1;
        waitpid(info.si_pid, NULL, WNOHANG);
    }
}

static void terminate(struct guardian *guardian) {
    kill(-guardian->report.scanner, SIGTERM);
    guardian_signal_children(SIGTERM);
    // What is stopped would not see it.
    kill(-guardian->report.scanner, SIGCONT);
}

// Until the scanner has exited or may run no longer; gives whether the worker is gone.
static int watch(struct guardian *guardian) {
    int64_t deadline = guardian_now() + (int64_t)guardian->request->timeout;
    int terminating = 0;
    for (;;) {
        guardian_drain_signals();
        if (scanner_has_exited(guardian)) return 0;
        int64_t rest = deadline - guardian_now();
        if (rest <= 0) {
            if (terminating) return 0;
            guardian->report.cause = MARTLET_PROCESS_TIMEOUT;
        }
        if (rest > 60000) rest = 60000;
        struct pollfd events[2] = {
            {.fd = GUARDIAN_CONTROL, .events = POLLIN},
            {.fd = GUARDIAN_SIGNALS, .events = POLLIN},
        };
        int ready = rest <= 0 ? 0 : poll(events, 2, (int)rest);
        if (ready > 0 && events[0].revents != 0) {
            char order;
            ssize_t count = read(GUARDIAN_CONTROL, &order, 1);
            if (count == 0 || (count < 0 && errno != EINTR)) return 1;
            if (count == 1 && !terminating) guardian->report.cause = MARTLET_PROCESS_TOLD;
        }
        if (guardian->report.cause != MARTLET_PROCESS_ITSELF && !terminating) {
            terminating = 1;
            terminate(guardian);
            deadline = guardian_now() + (int64_t)guardian->request->grace;
        }
    }
}

// The scanner's end of the pipe is closed by running the program, and holds what went wrong before.
static void read_launch(struct guardian *guardian) {
    struct launch_failure failure;
    if (read(GUARDIAN_LAUNCH, &failure, sizeof failure) != sizeof failure) return;
    guardian->report.step = failure.step;
    guardian->report.error = failure.error;
}

static void account(struct guardian *guardian) {
    struct rusage usage;
    if (getrusage(RUSAGE_CHILDREN, &usage) != 0) return;
    guardian->report.user = (int64_t)usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec;
    guardian->report.system = (int64_t)usage.ru_stime.tv_sec * 1000000 + usage.ru_stime.tv_usec;
    guardian->report.peak = usage.ru_maxrss;
}

// The worker reads what the scanner wrote, as long as it likes; it closes its end when it is done, or by dying.
static void await_release(void) {
    for (;;) {
        char order;
        ssize_t count = read(GUARDIAN_CONTROL, &order, 1);
        if (count == 0 || (count < 0 && errno != EINTR)) return;
    }
}

_Noreturn void guardian_run(struct guardian *guardian) {
    int gone = 0;
    if (prepare(guardian) == 0 && launch(guardian) == 0) {
        gone = watch(guardian);
        guardian->report.left = guardian_end_all(guardian, KILL_LIMIT);
        read_launch(guardian);
        account(guardian);
    }
    send_report(guardian, MARTLET_PROCESS_ENDED);
    if (!gone) await_release();
    if (guardian->report.left != 0) guardian_end_all(guardian, KILL_LIMIT);
    _exit(martlet_process_remove(guardian->request->root) != 0);
}
