/* Lets the n-th call that changes files below a folder fail: for the tests of full and failing disks.
 *
 * FAULT_CONTROL names a file that all processes map: calls so far, which one fails, whether all later ones fail too,
 * with which errno, how many failed; then the folder. Built by tests/faults/harness.py, loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

struct control {
  long calls, fail_at, is_sticky, error, failed;
  char folder[4056];
};

static struct control *control;

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("FAULT_CONTROL");
  int (*really_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  int file = path ? really_open(path, O_RDWR) : -1;
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (mapped != MAP_FAILED) control = mapped;
}

static int is_watched(const char *path) {
  size_t length;
  if (!control || !path || !control->folder[0]) return 0;
  length = strlen(control->folder);
  return !strncmp(path, control->folder, length) && (path[length] == '/' || !path[length]);
}

static int is_watched_file(int file) {
  char link[64], path[4096];
  ssize_t length;
  if (!control || !control->folder[0]) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_watched(path);
}

static int fails(void) {
  long call = __atomic_add_fetch(&control->calls, 1, __ATOMIC_SEQ_CST);
  if (!control->fail_at || call < control->fail_at || (call > control->fail_at && !control->is_sticky)) return 0;
  __atomic_add_fetch(&control->failed, 1, __ATOMIC_SEQ_CST);
  errno = (int)control->error;
  return 1;
}

#define REAL(name, type, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, #name)
#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name, int, const char *, int, ...); \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && is_watched(path) && fails()) return -1; \
    return real(path, flags, mode); }
#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    REAL(name, int, int, const char *, int, ...); \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && is_watched(path) && fails()) return -1; \
    return real(folder, path, flags, mode); }
#define ONE_PATH(name) \
  int name(const char *path) { \
    REAL(name, int, const char *); if (is_watched(path) && fails()) return -1; return real(path); }
#define ONE_FILE(name) \
  int name(int file) { \
    REAL(name, int, int); if (is_watched_file(file) && fails()) return -1; return real(file); }

OPEN(open) OPEN(open64) OPENAT(openat) OPENAT(openat64) ONE_PATH(unlink) ONE_PATH(rmdir) ONE_FILE(fsync) ONE_FILE(fdatasync)

int unlinkat(int folder, const char *path, int flags) {
  REAL(unlinkat, int, int, const char *, int);
  if ((is_watched(path) || is_watched_file(folder)) && fails()) return -1;
  return real(folder, path, flags);
}
int rename(const char *from, const char *to) {
  REAL(rename, int, const char *, const char *);
  if ((is_watched(from) || is_watched(to)) && fails()) return -1;
  return real(from, to);
}
int renameat(int a, const char *from, int b, const char *to) {
  REAL(renameat, int, int, const char *, int, const char *);
  if ((is_watched(from) || is_watched(to)) && fails()) return -1;
  return real(a, from, b, to);
}
int mkdir(const char *path, mode_t mode) {
  REAL(mkdir, int, const char *, mode_t);
  if (is_watched(path) && fails()) return -1;
  return real(path, mode);
}
int mkdirat(int folder, const char *path, mode_t mode) {
  REAL(mkdirat, int, int, const char *, mode_t);
  if (is_watched(path) && fails()) return -1;
  return real(folder, path, mode);
}
ssize_t write(int file, const void *data, size_t size) {
  REAL(write, ssize_t, int, const void *, size_t);
  if (is_watched_file(file) && fails()) return -1;
  return real(file, data, size);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t place) {
  REAL(pwrite, ssize_t, int, const void *, size_t, off_t);
  if (is_watched_file(file) && fails()) return -1;
  return real(file, data, size, place);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t place) {
  REAL(pwrite64, ssize_t, int, const void *, size_t, off64_t);
  if (is_watched_file(file) && fails()) return -1;
  return real(file, data, size, place);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(writev, ssize_t, int, const struct iovec *, int);
  if (is_watched_file(file) && fails()) return -1;
  return real(file, parts, count);
}
int ftruncate(int file, off_t size) {
  REAL(ftruncate, int, int, off_t);
  if (is_watched_file(file) && fails()) return -1;
  return real(file, size);
}
