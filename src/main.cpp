// SPDX-License-Identifier: MIT
#include <csignal>
#include <fcntl.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

#include "app/commands.hpp"

namespace {

// A standard stream closed by the caller must not become the next file that is opened. Whether
// standard output was.
bool reopen_closed_streams() {
  const bool out_was_closed = fcntl(1, F_GETFD) == -1;
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) == -1) open("/dev/null", O_RDWR);
  }
  return out_was_closed;
}

// What is in memory goes to no core file, nor to whoever collects them.
void leave_no_core() {
  const rlimit none{};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace

int main(int argc, char** argv) {
  leave_no_core();
  const bool out_was_closed = reopen_closed_streams();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is reported like a full disk
  attune::app::Streams streams;
  streams.out_was_closed = out_was_closed;
  streams.in_is_terminal = isatty(streams.in) == 1;
  streams.out_is_terminal = isatty(streams.out.descriptor()) == 1;
  streams.err_is_terminal = isatty(streams.err.descriptor()) == 1;
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(attune::app::run(words, streams));
}
