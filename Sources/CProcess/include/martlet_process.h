#ifndef MARTLET_PROCESS_H
#define MARTLET_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

// Runs a program of others under a guardian: a process between the caller (the worker) and the program (the scanner).
//
//     worker ── control socket ──▶ guardian ──▶ scanner ──▶ whatever it starts
//            ◀─── report pipe ────
//
// Everything the scanner starts, daemons included, stays below the guardian (it is a "subreaper"), and the guardian
// ends all of it when the scanner exits, when it is told to, when time is up, and when the control socket closes, which
// the death of the worker does too, whatever it died of. Then it removes the run's directory.

#ifdef __cplusplus
extern "C" {
#endif

/// What to run. All pointers are needed only until the call returns.
struct martlet_process_request {
    /// Absolute path of the program.
    const char *executable;
    /// Arguments, the program's name first, NULL last.
    char *const *arguments;
    /// `NAME=value`, NULL last; the whole environment.
    char *const *environment;
    /// Absolute path of a directory of this run alone; the guardian removes it at the end.
    const char *root;
    /// The scanner's working directory, below `root`.
    const char *directory;
    /// Descriptor that becomes standard output.
    int output;
    /// Descriptor that becomes standard error.
    int errors;
    /// Descriptor that the guardian keeps open as long as it lives, for its lock.
    int lock;
    /// Bytes of address space for each process; 0 for no limit.
    uint64_t address_space;
    /// Bytes that any one file may have.
    uint64_t file_size;
    /// Milliseconds until the scanner is ended.
    uint64_t timeout;
    /// Milliseconds between SIGTERM and SIGKILL.
    uint64_t grace;
};

/// A run that was started. The caller closes both descriptors and waits for the guardian.
struct martlet_process_handle {
    pid_t guardian;
    /// For `martlet_process_end`; close it to end everything and remove the directory.
    int control;
    /// Gives `struct martlet_process_report`: one as the scanner is started, one when nothing of it runs any more.
    int report;
};

enum martlet_process_kind { MARTLET_PROCESS_STARTED = 1, MARTLET_PROCESS_ENDED = 2 };

/// Why the scanner ended.
enum martlet_process_cause { MARTLET_PROCESS_ITSELF = 0, MARTLET_PROCESS_TOLD = 1, MARTLET_PROCESS_TIMEOUT = 2 };

/// The step that failed before the program ran; 0 when none did.
enum martlet_process_step {
    MARTLET_PROCESS_NO_STEP = 0,
    MARTLET_PROCESS_GUARD = 1,
    MARTLET_PROCESS_FORK = 2,
    MARTLET_PROCESS_DIRECTORY = 3,
    MARTLET_PROCESS_LIMITS = 4,
    MARTLET_PROCESS_DESCRIPTORS = 5,
    MARTLET_PROCESS_EXECUTE = 6,
};

struct martlet_process_report {
    int32_t kind;
    /// The scanner, which leads a session and a group of its own.
    int32_t scanner;
    int32_t cause;
    /// What `waitpid` gave.
    int32_t status;
    int32_t step;
    /// `errno` of the step.
    int32_t error;
    /// Not 0 when something could not be ended within five seconds (it hangs in the kernel).
    int32_t left;
    int32_t reserved;
    /// Microseconds of processor time, of all descendants.
    int64_t user;
    int64_t system;
    /// The largest resident size of any descendant, in KiB.
    int64_t peak;
};

/// Starts a guardian and by it the scanner. Gives 0, or `errno` when not even the guardian could be started.
int martlet_process_start(const struct martlet_process_request *request, struct martlet_process_handle *handle);

/// Has the guardian end the scanner: SIGTERM, and SIGKILL after the grace. Never blocks; a guardian that is gone is no error.
void martlet_process_end(int control);

/// A pipe, reading end first, that no other program inherits and that takes no standard descriptor. The reading end does
/// not block. Gives 0 or `errno`.
int martlet_process_pipe(int ends[2]);

/// Removes a directory with everything in it, however deep and whatever its modes; never follows a link. Gives 0, also
/// when it is not there, or `errno`. Uses constant memory and is safe after fork.
int martlet_process_remove(const char *path);

#ifdef __cplusplus
}
#endif
#endif
