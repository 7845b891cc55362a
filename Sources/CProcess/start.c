#define _GNU_SOURCE
#include "guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// A worker may run with its standard descriptors closed; a pipe that took their numbers would be overwritten later.
static int raised(int descriptor) {
    if (descriptor < 0 || descriptor > 2) return descriptor;
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    close(descriptor);
    return copy;
}

// A socket for the control, since writing to a pipe whose reader was killed would end the worker.
static int connect_ends(int ends[2], int is_socket) {
    int result = is_socket ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) : pipe2(ends, O_CLOEXEC);
    if (result != 0) return errno;
    ends[0] = raised(ends[0]);
    ends[1] = raised(ends[1]);
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    int error = errno;
    if (ends[0] >= 0) close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
    return error;
}

// Moves descriptors to their places. They are first copied above all places, so that none overwrites another.
static int place(const struct martlet_process_request *request, int control, int report) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) return errno;
    // Kept open, so that it can be read when the system has no descriptor left.
    int children = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (children < 0) return errno;
    int places[][2] = {
        {control, GUARDIAN_CONTROL},
        {report, GUARDIAN_REPORT},
        {request->lock, GUARDIAN_LOCK},
        {request->output, GUARDIAN_OUTPUT},
        {request->errors, GUARDIAN_ERRORS},
        {null, GUARDIAN_NULL},
        {children, GUARDIAN_CHILDREN},
    };
    const int count = sizeof places / sizeof places[0];
    for (int index = 0; index < count; index++) {
        places[index][0] = fcntl(places[index][0], F_DUPFD_CLOEXEC, GUARDIAN_FIRST_FREE);
        if (places[index][0] < 0) return errno;
    }
    for (int index = 0; index < count; index++) {
        if (dup3(places[index][0], places[index][1], O_CLOEXEC) < 0) return errno;
    }
    for (int standard = 0; standard <= 2; standard++) {
        if (dup2(GUARDIAN_NULL, standard) < 0) return errno;
    }
    return 0;
}

static _Noreturn void become_guardian(const struct martlet_process_request *request, int control, int report) {
    struct guardian guardian;
    memset(&guardian, 0, sizeof guardian);
    guardian.request = request;
    // The caller's handlers must not run here, and what it ignores must not be ignored by the scanner.
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    int error = place(request, control, report);
    if (error != 0) {
        guardian.report.kind = MARTLET_PROCESS_ENDED;
        guardian.report.step = MARTLET_PROCESS_GUARD;
        guardian.report.error = error;
        ssize_t written = write(report, &guardian.report, sizeof guardian.report);
        _exit(written < 0);
    }
    closefrom(GUARDIAN_SIGNALS);
    guardian_run(&guardian);
}

int martlet_process_start(const struct martlet_process_request *request, struct martlet_process_handle *handle) {
    int control[2], report[2];
    int error = connect_ends(control, 1);
    if (error != 0) return error;
    error = connect_ends(report, 0);
    if (error != 0) {
        close(control[0]);
        close(control[1]);
        return error;
    }
    // Blocked until the guardian has its own dispositions; it keeps them blocked and looks at them when it wants to.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    // No handlers of `pthread_atfork` run: they belong to libraries that the guardian does not use.
    pid_t guardian = _Fork();
    if (guardian == 0) become_guardian(request, control[0], report[1]);
    error = guardian < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(control[0]);
    close(report[1]);
    if (error != 0) {
        close(control[1]);
        close(report[0]);
        return error;
    }
    handle->guardian = guardian;
    handle->control = control[1];
    handle->report = report[0];
    return 0;
}

void martlet_process_end(int control) {
    const char order = 'T';
    ssize_t sent = send(control, &order, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)sent;
}

int martlet_process_pipe(int ends[2]) {
    int error = connect_ends(ends, 0);
    if (error == 0) fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return error;
}
