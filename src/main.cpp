// SPDX-License-Identifier: MIT
#include <csignal>
#include <fcntl.h>
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

}  // namespace

int main(int argc, char** argv) {
  reopen_closed_streams();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is reported like a full disk
  attune::app::Streams streams;
  streams.in_is_terminal = isatty(streams.in) == 1;
  streams.out_is_terminal = isatty(streams.out.descriptor()) == 1;
  streams.err_is_terminal = isatty(streams.err.descriptor()) == 1;
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(attune::app::run(words, streams));
}
