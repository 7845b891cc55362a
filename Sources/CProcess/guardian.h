#ifndef MARTLET_GUARDIAN_H
#define MARTLET_GUARDIAN_H

#include "martlet_process.h"

// Everything here runs after fork in a program with threads: only what is async-signal-safe may be called.

/// Where the guardian keeps its descriptors; all others are closed.
enum guardian_descriptor {
    GUARDIAN_CONTROL = 3,
    GUARDIAN_REPORT,
    GUARDIAN_LOCK,
    GUARDIAN_OUTPUT,
    GUARDIAN_ERRORS,
    GUARDIAN_NULL,
    GUARDIAN_CHILDREN,
    GUARDIAN_SIGNALS,
    GUARDIAN_LAUNCH,
    GUARDIAN_FIRST_FREE,
};

struct guardian {
    const struct martlet_process_request *request;
    struct martlet_process_report report;
    /// The scanner was waited for: its number may be another's by now.
    int reaped;
};

/// What the scanner tells the guardian when it cannot run the program.
struct launch_failure {
    int32_t step;
    int32_t error;
};

/// The guardian's life; never returns.
_Noreturn void guardian_run(struct guardian *guardian);

/// In the scanner's process: sets everything up and runs the program, or reports on `GUARDIAN_LAUNCH`; never returns.
_Noreturn void scanner_run(const struct martlet_process_request *request, pid_t guardian);

/// Sends a signal to every direct child, also to adopted ones; gives how many there are.
int guardian_signal_children(int signal);

/// Kills every descendant; gives 0 when none is left, else how many there are after `limit` milliseconds.
int guardian_end_all(struct guardian *guardian, int64_t limit);

/// Milliseconds of a clock that only goes forward.
int64_t guardian_now(void);

/// Waits until something happens to a child, at most so many milliseconds.
void guardian_await_child(int timeout);

/// Forgets the signals that have arrived.
void guardian_drain_signals(void);

#endif
