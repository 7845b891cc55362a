// A scanner that misbehaves in the ways that a shell cannot. The first argument says how.

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void touch(const char *path) {
    FILE *file = fopen(path, "w");
    if (file != NULL) fclose(file);
}

static _Noreturn void hang(void) {
    for (;;) pause();
}

// Prints what a program can see of how it was started.
static void describe(void) {
    DIR *directory = opendir("/proc/self/fd");
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        int number = atoi(entry->d_name);
        if (entry->d_name[0] != '.' && number != dirfd(directory)) printf("fd %d\n", number);
    }
    for (int number = 1; number < 32; number++) {
        struct sigaction action;
        sigset_t blocked;
        sigprocmask(SIG_SETMASK, NULL, &blocked);
        if (sigismember(&blocked, number) == 1) printf("blocked %d\n", number);
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) printf("ignored %d\n", number);
    }
    struct rlimit core, size;
    getrlimit(RLIMIT_CORE, &core);
    getrlimit(RLIMIT_FSIZE, &size);
    printf("core %ld\nsize %ld\n", (long)core.rlim_max, (long)size.rlim_max);
    printf("leader %d %d\n", getsid(0) == getpid(), getpgrp() == getpid());
    printf("input %d\n", getchar() == EOF);
    printf("privileges %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    printf("umask %o\n", umask(0));
}

// A process that no session, group or parent ties to the scanner.
static void make_daemon(void) {
    if (fork() != 0) return;
    setsid();
    if (fork() != 0) _exit(0);
    setsid();
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    touch("daemon");
    hang();
}

// A chain in which every process ends as soon as it has started the next.
static void make_comet(void) {
    if (fork() != 0) return;
    for (long number = 0;; number++) {
        if (number == 200) touch("comet");
        pid_t next = fork();
        if (next > 0) _exit(0);
        setsid();
    }
}

static void make_tree(int depth) {
    for (int child = 0; depth > 0 && child < 2; child++) {
        if (fork() == 0) {
            setsid();
            signal(SIGTERM, SIG_IGN);
            prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
            make_tree(depth - 1);
            hang();
        }
    }
}

// Writes on after the limit and calls that a success.
static void overflow(void) {
    signal(SIGXFSZ, SIG_IGN);
    char block[4096];
    memset(block, 'x', sizeof block);
    while (write(1, block, sizeof block) > 0) {
    }
}

// Directories deeper than any path.
static void dig(int depth) {
    for (int level = 0; level < depth; level++) {
        if (mkdir("directory", 0700) != 0 || chdir("directory") != 0) return;
        touch("file");
    }
    chmod(".", 0);
}

// Does what a scanner should: tells in the file $TRACE how it was started, waits while there is a file $HOLD, and copies the
// file $FINDINGS to where `--to` says, or prints it. Ends with the code $CODE.
static int report(int count, char **arguments) {
    extern char **environ;
    const char *to = NULL, *trace = getenv("TRACE"), *hold = getenv("HOLD"), *code = getenv("CODE");
    FILE *file = fopen(trace != NULL ? trace : "/dev/null", "a");
    if (file == NULL) return 70;
    for (int index = 1; index < count; index++) {
        fprintf(file, "argument %s\n", arguments[index]);
        if (index + 1 < count && strcmp(arguments[index], "--to") == 0) to = arguments[index + 1];
    }
    for (char **variable = environ; *variable != NULL; variable++) fprintf(file, "variable %s\n", *variable);
    fprintf(file, "process %d\n", getpid());
    fclose(file);
    fprintf(stderr, "scanning with %s\n", getenv("TOKEN") != NULL ? getenv("TOKEN") : "nothing");
    while (hold != NULL && access(hold, F_OK) == 0) usleep(10000);
    FILE *from = fopen(getenv("FINDINGS") != NULL ? getenv("FINDINGS") : "/dev/null", "r");
    FILE *into = to != NULL ? fopen(to, "w") : stdout;
    if (from == NULL || into == NULL) return 71;
    char block[4096];
    for (size_t size; (size = fread(block, 1, sizeof block, from)) > 0;) fwrite(block, 1, size, into);
    if (fclose(into) != 0) return 72;
    return code != NULL ? atoi(code) : 0;
}

int main(int count, char **arguments) {
    const char *how = count > 1 ? arguments[1] : "";
    if (strcmp(how, "report") == 0) return report(count, arguments);
    if (strcmp(how, "describe") == 0) describe();
    if (strcmp(how, "daemon") == 0) make_daemon();
    if (strcmp(how, "comet") == 0) make_comet();
    if (strcmp(how, "tree") == 0) make_tree(4);
    if (strcmp(how, "overflow") == 0) overflow();
    if (strcmp(how, "dig") == 0) dig(3000);
    if (count > 2 && strcmp(arguments[2], "hang") == 0) {
        signal(SIGTERM, SIG_IGN);
        touch("ready");
        hang();
    }
    puts("[]");
    return 0;
}
