// SPDX-License-Identifier: MIT
#include <csignal>
#include <fcntl.h>
#include <malloc.h>
#include <string>
#include <unistd.h>
#include <vector>

#include "app/commands.hpp"

namespace {

// A standard stream closed by the caller must not become the next file that is opened.
void reopen_closed_streams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) == -1) open("/dev/null", O_RDWR);
  }
}

// A long history is read into memory that grows in a few large steps and is kept: each step and
// each page given back to the system is a call, and together they cost as much as the reading.
void grow_memory_in_large_steps() {
#ifdef __GLIBC__
  constexpr int step = 16 * 1024 * 1024;
  mallopt(M_TOP_PAD, step);
  mallopt(M_TRIM_THRESHOLD, 4 * step);
  mallopt(M_MMAP_THRESHOLD, 4 * step);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  reopen_closed_streams();
  grow_memory_in_large_steps();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is told like a full disk
  attune::Streams streams;
  streams.in_is_terminal = isatty(streams.in) == 1;
  streams.out_is_terminal = isatty(streams.out.descriptor()) == 1;
  streams.err_is_terminal = isatty(streams.err.descriptor()) == 1;
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(attune::run(words, streams));
}
