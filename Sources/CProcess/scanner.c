#define _GNU_SOURCE
#include "guardian.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static _Noreturn void fail(int step) {
    struct launch_failure failure = {step, errno};
    ssize_t written = write(GUARDIAN_LAUNCH, &failure, sizeof failure);
    _exit(written == sizeof failure ? 127 : 126);
}

static int limit(int what, uint64_t value) {
    struct rlimit now;
    if (getrlimit(what, &now) != 0) return -1;
    // The limit that is in force may be lower; it cannot be raised.
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < value) value = now.rlim_max;
    struct rlimit wanted = {value, value};
    return setrlimit(what, &wanted);
}

_Noreturn void scanner_run(const struct martlet_process_request *request, pid_t guardian) {
    setsid();
    // Should the guardian itself be killed, at least the scanner goes with it.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != guardian) _exit(126);
    // Nothing that the scanner starts may become another user: it could not be ended.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail(MARTLET_PROCESS_LIMITS);
    umask(077);
    if (chdir(request->directory) != 0) fail(MARTLET_PROCESS_DIRECTORY);
    if (limit(RLIMIT_CORE, 0) != 0 || limit(RLIMIT_FSIZE, request->file_size) != 0) fail(MARTLET_PROCESS_LIMITS);
    if (request->address_space != 0 && limit(RLIMIT_AS, request->address_space) != 0) fail(MARTLET_PROCESS_LIMITS);
    if (dup2(GUARDIAN_NULL, 0) < 0 || dup2(GUARDIAN_OUTPUT, 1) < 0 || dup2(GUARDIAN_ERRORS, 2) < 0) {
        fail(MARTLET_PROCESS_DESCRIPTORS);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(request->executable, request->arguments, request->environment);
    fail(MARTLET_PROCESS_EXECUTE);
}
