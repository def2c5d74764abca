// SPDX-License-Identifier: MIT
#undef _FORTIFY_SOURCE  // its inline functions would stand in the way of ours
#include "failing_calls.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <dlfcn.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

struct Plan {
  Call call = Call::open;
  int error_number = 0;
  int left = 0;
  bool armed = false;
  bool fired = false;
};

Plan& plan() {
  static Plan the_plan;
  return the_plan;
}

bool fails(Call call) {
  Plan& now = plan();
  if (!now.armed || now.fired || now.call != call || now.left-- > 0) return false;
  now.fired = true;
  errno = now.error_number;
  return true;
}

// The function of the C library that has this name.
template <class Function>
Function* real(Function*, const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

FailingCall::FailingCall(Call call, int error_number, int passed) {
  plan() = {call, error_number, passed, true, false};
}

FailingCall::~FailingCall() { plan().armed = false; }

bool FailingCall::fired() { return plan().fired; }

extern "C" {

int open(const char* path, int flags, ...) {
  static auto* const call = real(&::open, "open");
  std::va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return fails(Call::open) ? -1 : call(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  static auto* const call = real(&::open64, "open64");
  std::va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return fails(Call::open) ? -1 : call(path, flags, mode);
}

int fcntl64(int file, int command, ...) {
  static auto* const call = real(&::fcntl64, "fcntl64");
  std::va_list arguments;
  va_start(arguments, command);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  return command == F_SETLK && fails(Call::take_lock) ? -1 : call(file, command, argument);
}

ssize_t read(int file, void* buffer, size_t size) {
  static auto* const call = real(&::read, "read");
  return fails(Call::read) ? -1 : call(file, buffer, size);
}

ssize_t pread64(int file, void* buffer, size_t size, off64_t at) {
  static auto* const call = real(&::pread64, "pread64");
  return fails(Call::read_at) ? -1 : call(file, buffer, size, at);
}

ssize_t write(int file, const void* buffer, size_t size) {
  static auto* const call = real(&::write, "write");
  return fails(Call::write) ? -1 : call(file, buffer, size);
}

ssize_t pwrite(int file, const void* buffer, size_t size, off_t at) {
  static auto* const call = real(&::pwrite, "pwrite");
  return fails(Call::write_at) ? -1 : call(file, buffer, size, at);
}

ssize_t pwrite64(int file, const void* buffer, size_t size, off64_t at) {
  static auto* const call = real(&::pwrite64, "pwrite64");
  return fails(Call::write_at) ? -1 : call(file, buffer, size, at);
}

int ftruncate64(int file, off64_t size) noexcept {
  static auto* const call = real(&::ftruncate64, "ftruncate64");
  return fails(Call::shorten) ? -1 : call(file, size);
}

int rename(const char* from, const char* to) noexcept {
  static auto* const call = real(&::rename, "rename");
  return fails(Call::rename) ? -1 : call(from, to);
}

int link(const char* from, const char* to) noexcept {
  static auto* const call = real(&::link, "link");
  return fails(Call::link) ? -1 : call(from, to);
}

int unlink(const char* path) noexcept {
  static auto* const call = real(&::unlink, "unlink");
  return fails(Call::unlink) ? -1 : call(path);
}

int flock(int file, int operation) noexcept {
  static auto* const call = real(&::flock, "flock");
  return fails(Call::take_turn) ? -1 : call(file, operation);
}

int stat(const char* path, struct stat* status) noexcept {
  static auto* const call = real(&::stat, "stat");
  return fails(Call::look) ? -1 : call(path, status);
}

int fstat(int file, struct stat* status) noexcept {
  static auto* const call = real(&::fstat, "fstat");
  return fails(Call::look_open) ? -1 : call(file, status);
}

int stat64(const char* path, struct stat64* status) noexcept {
  static auto* const call = real(&::stat64, "stat64");
  return fails(Call::look) ? -1 : call(path, status);
}

int fstat64(int file, struct stat64* status) noexcept {
  static auto* const call = real(&::fstat64, "fstat64");
  return fails(Call::look_open) ? -1 : call(file, status);
}

int fdatasync(int file) {
  static auto* const call = real(&::fdatasync, "fdatasync");
  return fails(Call::sync) ? -1 : call(file);
}

int fsync(int file) {
  static auto* const call = real(&::fsync, "fsync");
  return fails(Call::sync) ? -1 : call(file);
}

int chmod(const char* path, mode_t mode) noexcept {
  static auto* const call = real(&::chmod, "chmod");
  return fails(Call::change_rights) ? -1 : call(path, mode);
}

int fchmod(int file, mode_t mode) noexcept {
  static auto* const call = real(&::fchmod, "fchmod");
  return fails(Call::change_rights_open) ? -1 : call(file, mode);
}

int mkdir(const char* path, mode_t mode) noexcept {
  static auto* const call = real(&::mkdir, "mkdir");
  return fails(Call::make) ? -1 : call(path, mode);
}

int crypto_pwhash(unsigned char* key, unsigned long long key_size, const char* secret,
                  unsigned long long secret_size, const unsigned char* salt,
                  unsigned long long passes, size_t memory, int algorithm) {
  static auto* const call = real(&::crypto_pwhash, "crypto_pwhash");
  if (fails(Call::stretch)) return -1;
  return call(key, key_size, secret, secret_size, salt, passes, memory, algorithm);
}
}
