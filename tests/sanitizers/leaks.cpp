// SPDX-License-Identifier: MIT
/// Part of the programs that the sanitizers watch: the search for leaks, which can't be made while
/// another program traces this one, is left out there instead of ending it with an error.
#include <fstream>
#include <string>

extern "C" int __lsan_is_turned_off();  // NOLINT(bugprone-reserved-identifier): the sanitizer's

int __lsan_is_turned_off() {  // NOLINT(bugprone-reserved-identifier)
  std::ifstream status("/proc/self/status");
  const std::string name = "TracerPid:\t";
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(name, 0) == 0) return line != name + '0' ? 1 : 0;
  }
  return 0;
}
