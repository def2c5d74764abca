// SPDX-License-Identifier: MIT
#undef _FORTIFY_SOURCE  // its inline functions would stand in the way of ours
#include "failing_calls.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <dlfcn.h>
#include <fcntl.h>
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
  mode_t mode = 0;
  if ((flags & O_CREAT) != 0) {
    std::va_list arguments;
    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
  }
  return fails(Call::open) ? -1 : call(path, flags, mode);
}

ssize_t read(int file, void* buffer, size_t size) {
  static auto* const call = real(&::read, "read");
  return fails(Call::read) ? -1 : call(file, buffer, size);
}

ssize_t write(int file, const void* buffer, size_t size) {
  static auto* const call = real(&::write, "write");
  return fails(Call::write) ? -1 : call(file, buffer, size);
}

ssize_t pwrite(int file, const void* buffer, size_t size, off_t at) {
  static auto* const call = real(&::pwrite, "pwrite");
  return fails(Call::overwrite) ? -1 : call(file, buffer, size, at);
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
}
