/* Loaded before the C library, this cuts the power at one operation on files: what no sync reached is lost.

   POWERCUT_ROOTS   folders whose files are watched, separated by ':'
   POWERCUT_GRAVE   a folder on the same file system for what renames replace and removals remove
   POWERCUT_AT      the number of the operation before which the power fails; then the process ends with 99
   POWERCUT_MODE    "data": files lose data that no sync reached; "names": new, moved and removed names, too
   POWERCUT_COUNT   a file that gets the number of operations if the process ends by itself                        */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST 20000
#define LONG 1024
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum kind { CREATED, RENAMED, REMOVED, MADE, FOLDER_REMOVED };
struct step { enum kind kind; char a[LONG], b[LONG], saved[LONG]; int is_synced; };
struct dirty { dev_t device; ino_t inode; int descriptor; };

static struct step *steps;
static struct dirty *dirty;
static int step_count, dirty_count, operation, cut_at = -1, is_busy;
static const char *grave, *mode;

static void full_path(int folder, const char *path, char *full) {
    char link[64];
    ssize_t length;
    if (path[0] == '/' || folder == AT_FDCWD) {
        snprintf(full, LONG, "%s", path);
        return;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    length = readlink(link, full, LONG - 1);
    snprintf(full + (length < 0 ? 0 : length), LONG - (length < 0 ? 0 : length), "/%s", path);
}

static int is_watched(const char *path) {
    const char *roots = getenv("POWERCUT_ROOTS");
    while (roots && *roots) {
        const char *end = strchrnul(roots, ':');
        size_t length = end - roots;
        if (strncmp(path, roots, length) == 0 && (path[length] == '/' || path[length] == 0)) return 1;
        roots = *end ? end + 1 : end;
    }
    return 0;
}

static void cut_power(void) {
    for (int i = 0; i < dirty_count; i++)
        if (dirty[i].descriptor >= 0 && ftruncate(dirty[i].descriptor, 0) != 0) perror("ftruncate");
    for (int i = step_count - 1; i >= 0 && strcmp(mode, "names") == 0; i--) {
        struct step *s = &steps[i];
        if (s->is_synced) continue;
        if (s->kind == CREATED) REAL(unlink)(s->a);
        if (s->kind == RENAMED) REAL(rename)(s->b, s->a);
        if (s->kind == MADE) REAL(rmdir)(s->a);
        if (s->kind == FOLDER_REMOVED) REAL(mkdir)(s->a, 0777);
        if (s->saved[0]) REAL(rename)(s->saved, s->kind == RENAMED ? s->b : s->a);
    }
    _exit(99);
}

/* Called before each operation; returns whether it is to be noted. */
static int begin(const char *path) {
    if (is_busy || !mode || !is_watched(path)) return 0;
    if (operation++ == cut_at) { is_busy = 1; cut_power(); }
    return step_count < MOST;
}

static void save(const char *path, char *saved) {
    struct stat found;
    saved[0] = 0;
    if (lstat(path, &found) == 0 && !S_ISDIR(found.st_mode)) {
        snprintf(saved, LONG, "%s/%d", grave, step_count);
        if (REAL(link)(path, saved) != 0) saved[0] = 0;
    }
}

static struct step *note(enum kind kind, const char *a, const char *b) {
    struct step *s = &steps[step_count++];
    s->kind = kind;
    snprintf(s->a, LONG, "%s", a);
    snprintf(s->b, LONG, "%s", b ? b : "");
    s->saved[0] = s->is_synced = 0;
    return s;
}

static void forget_dirty(int descriptor) {
    struct stat found;
    if (fstat(descriptor, &found) != 0) return;
    for (int i = 0; i < dirty_count; i++)
        if (dirty[i].descriptor >= 0 && dirty[i].inode == found.st_ino && dirty[i].device == found.st_dev) {
            close(dirty[i].descriptor);
            dirty[i].descriptor = -1;
        }
}

static int open_noted(int folder, const char *path, int flags, mode_t rights) {
    char full[LONG];
    struct stat found;
    int is_noted, is_new, descriptor;
    full_path(folder, path, full);
    if ((flags & O_ACCMODE) == O_RDONLY) return REAL(openat)(folder, path, flags, rights);
    is_noted = begin(full);
    is_new = lstat(full, &found) != 0;
    descriptor = REAL(openat)(folder, path, flags, rights);
    if (is_noted && descriptor >= 0) {
        if (is_new) note(CREATED, full, NULL);
        if (fstat(descriptor, &found) == 0 && dirty_count < MOST)
            dirty[dirty_count++] = (struct dirty){found.st_dev, found.st_ino, fcntl(descriptor, F_DUPFD_CLOEXEC, 1000)};
    }
    return descriptor;
}

#define RIGHTS(flags) \
    mode_t rights = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); rights = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { RIGHTS(flags) return open_noted(AT_FDCWD, path, flags, rights); }
int open64(const char *path, int flags, ...) { RIGHTS(flags) return open_noted(AT_FDCWD, path, flags, rights); }
int openat(int folder, const char *path, int flags, ...) { RIGHTS(flags) return open_noted(folder, path, flags, rights); }
int openat64(int folder, const char *path, int flags, ...) { RIGHTS(flags) return open_noted(folder, path, flags, rights); }

int renameat(int from, const char *old, int to, const char *new) {
    char a[LONG], b[LONG], saved[LONG] = "";
    int is_noted, result;
    full_path(from, old, a);
    full_path(to, new, b);
    if ((is_noted = begin(b))) save(b, saved);
    result = REAL(renameat)(from, old, to, new);
    if (is_noted && result == 0) strcpy(note(RENAMED, a, b)->saved, saved);
    return result;
}
int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }

int unlinkat(int folder, const char *path, int flags) {
    char a[LONG], saved[LONG] = "";
    int is_noted, result;
    full_path(folder, path, a);
    if ((is_noted = begin(a)) && !(flags & AT_REMOVEDIR)) save(a, saved);
    result = REAL(unlinkat)(folder, path, flags);
    if (is_noted && result == 0) strcpy(note(flags & AT_REMOVEDIR ? FOLDER_REMOVED : REMOVED, a, NULL)->saved, saved);
    return result;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
    char b[LONG];
    int is_noted, result;
    full_path(to, new, b);
    is_noted = begin(b);
    result = REAL(linkat)(from, old, to, new, flags);
    if (is_noted && result == 0) note(CREATED, b, NULL);
    return result;
}

int symlink(const char *target, const char *path) {
    int is_noted = begin(path);
    int result = REAL(symlink)(target, path);
    if (is_noted && result == 0) note(CREATED, path, NULL);
    return result;
}

int mkdirat(int folder, const char *path, mode_t rights) {
    char a[LONG];
    int is_noted, result;
    full_path(folder, path, a);
    is_noted = begin(a);
    result = REAL(mkdirat)(folder, path, rights);
    if (is_noted && result == 0) note(MADE, a, NULL);
    return result;
}
int mkdir(const char *path, mode_t rights) { return mkdirat(AT_FDCWD, path, rights); }

int fsync(int descriptor) {
    char link[64], path[LONG] = "";
    ssize_t length;
    struct stat found;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    if ((length = readlink(link, path, LONG - 1)) > 0) path[length] = 0;
    begin(path);
    forget_dirty(descriptor);
    if (fstat(descriptor, &found) == 0 && S_ISDIR(found.st_mode))
        for (int i = 0; i < step_count; i++) {
            const char *name = steps[i].kind == RENAMED ? steps[i].b : steps[i].a;
            if (strncmp(name, path, length) == 0 && name[length] == '/' && !strchr(name + length + 1, '/'))
                steps[i].is_synced = 1;
        }
    return 0;
}

int syncfs(int descriptor) {
    char link[64], path[LONG] = "";
    ssize_t length;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    if ((length = readlink(link, path, LONG - 1)) > 0) path[length] = 0;
    begin(path);
    for (int i = 0; i < step_count; i++) steps[i].is_synced = 1;
    for (int i = 0; i < dirty_count; i++)
        if (dirty[i].descriptor >= 0) { close(dirty[i].descriptor); dirty[i].descriptor = -1; }
    return 0;
}

__attribute__((constructor)) static void start(void) {
    struct rlimit most = {65536, 65536};
    steps = calloc(MOST, sizeof *steps);
    dirty = calloc(MOST, sizeof *dirty);
    grave = getenv("POWERCUT_GRAVE");
    mode = getenv("POWERCUT_MODE");
    if (getenv("POWERCUT_AT")) cut_at = atoi(getenv("POWERCUT_AT"));
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
}

__attribute__((destructor)) static void end(void) {
    const char *file = getenv("POWERCUT_COUNT");
    FILE *stream;
    is_busy = 1;
    if (file && (stream = fopen(file, "w"))) { fprintf(stream, "%d", operation); fclose(stream); }
}
