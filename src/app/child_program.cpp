// SPDX-License-Identifier: MIT
#include "app/child_program.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/streams.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

// A file in memory without a name. With one in the place of each pipe, neither side ever waits for
// the other to read, and nothing reaches a disk.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("attune", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  [[nodiscard]] int descriptor() const { return descriptor_; }

  // Puts `text` into it, to be read from its beginning.
  [[nodiscard]] bool fill(std::string_view text) const {
    Output output(descriptor_);
    output.write(text);
    return output.flush() && lseek(descriptor_, 0, SEEK_SET) == 0;
  }

  [[nodiscard]] Result<std::string> text() const {
    constexpr std::size_t most_bytes = 16'777'216;
    lseek(descriptor_, 0, SEEK_SET);
    return read_all(descriptor_, most_bytes);
  }

 private:
  int descriptor_;
};

Error failed(const std::string& program, int error_number) {
  return {error_number == ENOENT ? ErrorKind::not_found : ErrorKind::io,
          fmt::format("can't be run: {}", detail::reason_of(error_number)),
          program,
          {}};
}

// The child gets the three files as its streams, and the default action of SIGPIPE, which this
// program ignores. Gives an errno, or 0.
int spawn(const std::vector<std::string>& words, const std::array<MemoryFile, 3>& files,
          pid_t& child) {
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int stream = 0; stream < 3; ++stream) {
    posix_spawn_file_actions_adddup2(&actions, files[static_cast<std::size_t>(stream)].descriptor(),
                                     stream);
  }
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const int error_number =
      posix_spawnp(&child, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error_number;
}

}  // namespace

Result<Finished> run_program(const std::vector<std::string>& words, std::string_view input) {
  const std::array<MemoryFile, 3> files;
  for (const MemoryFile& file : files) {
    if (file.descriptor() < 0) return failed(words[0], errno);
  }
  if (!files[0].fill(input)) return failed(words[0], errno);
  pid_t child = 0;
  if (const int error_number = spawn(words, files, child); error_number != 0) {
    return failed(words[0], error_number);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return failed(words[0], errno);
  }
  Finished finished;
  finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  for (const auto& [file, text] :
       {std::pair{&files[1], &finished.out}, std::pair{&files[2], &finished.err}}) {
    Result<std::string> read = file->text();
    if (!read) return read.error();
    *text = *std::move(read);
  }
  return finished;
}

}  // namespace attune
