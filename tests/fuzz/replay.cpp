// SPDX-License-Identifier: MIT
// Shows a target every file of its corpus, so that no corpus can rot and no old crash come back:
//     fuzz_replay TARGET DIRECTORY
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

#include "targets.hpp"

namespace {

constexpr std::size_t most_files = 200;
constexpr std::size_t most_bytes = std::size_t{200} * 1024;

std::array<char, 4096> current{};  // the file being shown; read by a signal handler

void name_current(int signal) {
  constexpr char message[] = "\nfails on this file: ";
  (void)!write(STDERR_FILENO, message, sizeof message - 1);
  (void)!write(STDERR_FILENO, current.data(), std::strlen(current.data()));
  (void)!write(STDERR_FILENO, "\n", 1);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

int replay(const attune::test::Target& target, const std::filesystem::path& directory) {
  std::size_t bytes = 0;
  const std::vector<std::filesystem::path> files = files_in(directory);
  for (const std::filesystem::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    std::snprintf(current.data(), current.size(), "%s", file.c_str());
    target.run(text);
    bytes += text.size();
  }
  std::printf("fuzz replay %s: %zu inputs, %zu bytes, 0 failures\n", target.name.data(),
              files.size(), bytes);
  if (!files.empty() && files.size() <= most_files && bytes <= most_bytes) return 0;
  std::fprintf(stderr, "a corpus has 1 to %zu files and at most %zu bytes\n", most_files,
               most_bytes);
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGALRM}) std::signal(signal, name_current);
  if (count == 3) {
    for (const attune::test::Target& target : attune::test::targets) {
      if (target.name == arguments[1]) return replay(target, arguments[2]);
    }
  }
  std::fprintf(stderr, "usage: fuzz_replay TARGET DIRECTORY\n");
  return 2;
}
