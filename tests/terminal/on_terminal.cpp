// SPDX-License-Identifier: MIT
// Runs a command on a pseudo-terminal of 80 columns and 24 rows:
//
//     on_terminal TEXT KEYS COMMAND [ARGUMENT...]
//
// When TEXT has been written, KEYS are typed ("kill": the command is killed instead), and the rest
// is read until it ends. The exit status is 0 when TEXT came. An empty TEXT only waits for the end.
// For measuring how long a first question takes.
#include <array>
#include <csignal>
#include <pty.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::string_view wanted = argv[1];
  const std::string_view keys = argv[2];
  winsize size{24, 80, 0, 0};
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child < 0) return 2;
  if (child == 0) {
    execvp(argv[3], argv + 3);
    _exit(127);
  }
  std::string text;
  bool seen = wanted.empty();
  std::array<char, 4096> block;
  for (ssize_t count = 1; count > 0;) {
    count = read(terminal, block.data(), block.size());
    if (count <= 0 || seen) continue;
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.find(wanted) == std::string::npos) continue;
    seen = true;
    if (keys != "kill") usleep(200'000);  // a key that comes too soon answers nothing
    if (keys == "kill") {
      kill(child, SIGKILL);
    } else if (write(terminal, keys.data(), keys.size()) < 0) {
      return 2;
    }
  }
  waitpid(child, nullptr, 0);
  return seen ? 0 : 1;
}
