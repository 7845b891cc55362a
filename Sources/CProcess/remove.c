#define _GNU_SOURCE
#include "martlet_process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Directories below the first level are moved up to it, so that depth costs neither stack nor descriptors.

struct removal {
    int root;
    uint64_t moved;
    /// Something was removed or moved in this pass.
    int progress;
    /// Something is still there.
    int remains;
    int error;
};

static int open_directory(int parent, const char *name) {
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int descriptor = openat(parent, name, flags);
    if (descriptor < 0 && errno == EACCES) {
        struct stat status;
        if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(status.st_mode)) return -1;
        if (fchmodat(parent, name, 0700, 0) != 0) return -1;
        descriptor = openat(parent, name, flags);
    }
    if (descriptor >= 0) fchmod(descriptor, 0700);
    return descriptor;
}

// `snprintf` is not async-signal-safe.
static void make_name(char *name, uint64_t number) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    memcpy(name, "martlet-removed-", 16);
    name += 16;
    while (count > 0) *name++ = digits[--count];
    *name = 0;
}

static int move_up(struct removal *removal, int parent, const char *name) {
    char target[64];
    for (int attempt = 0; attempt < 10000; attempt++) {
        make_name(target, removal->moved++);
        if (renameat(parent, name, removal->root, target) == 0) return 0;
        if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR) return -1;
    }
    return -1;
}

static void empty(struct removal *removal, int directory);

static void remove_entry(struct removal *removal, int parent, const char *name) {
    if (unlinkat(parent, name, 0) == 0 || unlinkat(parent, name, AT_REMOVEDIR) == 0) {
        removal->progress = 1;
        return;
    }
    int error = errno;
    int directory = open_directory(parent, name);
    if (directory >= 0) {
        if (parent == removal->root) {
            empty(removal, directory);
            error = unlinkat(parent, name, AT_REMOVEDIR) == 0 ? 0 : errno;
        } else {
            error = move_up(removal, parent, name) == 0 ? 0 : errno;
        }
        close(directory);
    }
    if (error == 0) {
        removal->progress = 1;
    } else {
        removal->error = error;
    }
}

static void empty(struct removal *removal, int directory) {
    // Aligned as the kernel's records are.
    _Alignas(struct dirent64) char buffer[8192];
    ssize_t length;
    lseek(directory, 0, SEEK_SET);
    while ((length = getdents64(directory, buffer, sizeof buffer)) > 0) {
        for (ssize_t offset = 0; offset < length;) {
            const struct dirent64 *entry = (const struct dirent64 *)(buffer + offset);
            offset += entry->d_reclen;
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
            removal->remains = 1;
            remove_entry(removal, directory, entry->d_name);
        }
    }
}

int martlet_process_remove(const char *path) {
    struct removal removal = {.root = open_directory(AT_FDCWD, path)};
    if (removal.root < 0) return errno == ENOENT ? 0 : errno;
    // Someone who could not be ended may still be writing.
    int passes = 1 << 20;
    do {
        removal.progress = 0;
        removal.remains = 0;
        removal.error = 0;
        empty(&removal, removal.root);
    } while (removal.remains && removal.progress && --passes > 0);
    close(removal.root);
    if (rmdir(path) == 0 || errno == ENOENT) return 0;
    return removal.error != 0 ? removal.error : errno;
}
