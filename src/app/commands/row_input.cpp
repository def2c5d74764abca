// SPDX-License-Identifier: MIT
#include "app/commands/row_input.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "attune/text.hpp"

#include "app/messages.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

// Large enough that system calls cost nothing, small enough to stay in the cache.
constexpr std::size_t block_bytes = std::size_t{256} * 1024;
constexpr auto between_progress = std::chrono::milliseconds(200);

// Bytes that were read and not used yet.
class Block {
 public:
  // Reads more behind what is left; false at the end. Error: io.
  Result<bool> fill(int descriptor) {
    if (bytes_.size() - size_ < block_bytes) bytes_.resize(size_ + block_bytes);
    while (true) {
      const ssize_t count = ::read(descriptor, bytes_.data() + size_, block_bytes);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        return Error{
            ErrorKind::io, fmt::format("can't be read: {}", detail::reason_of(errno)), "", {}};
      }
      size_ += static_cast<std::size_t>(count);
      return count > 0;
    }
  }

  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

  void drop(std::size_t used) {
    size_ -= used;
    std::memmove(bytes_.data(), bytes_.data() + used, size_);
  }

 private:
  std::vector<char> bytes_;
  std::size_t size_ = 0;
};

// Tells problems as they come, and how far the run is.
class Teller {
 public:
  Teller(const RowInput& input, const RowReader& reader, const RowRun& run, Streams& streams)
      : input_(input),
        reader_(reader),
        streams_(streams),
        shows_progress_(run.progress == ShowProgress::yes && streams.err_is_terminal) {}

  void tell(std::size_t bytes_read) {
    const std::vector<RowProblem>& problems = reader_.problems();
    if (told_ < problems.size()) clear_progress();
    for (; told_ < problems.size(); ++told_) tell_problem(problems[told_]);
    if (shows_progress_) tell_progress(bytes_read);
    streams_.err.flush();
  }

  void clear_progress() {
    if (std::exchange(progress_is_shown_, false)) streams_.err.write("\r\033[K");
  }

  // How many problems there were in all.
  void sum_up(std::string_view of_problems) {
    clear_progress();
    const std::size_t count = reader_.problem_count();
    if (count == 0) return;
    const std::string shown =
        count > told_ ? fmt::format(", the first {} are shown", told_) : std::string();
    streams_.err.write(fmt::format("attune: {}: problems in {} of {} {}{}; {}\n",
                                   escape(input_.name()), count, reader_.row_count(),
                                   reader_.row_count() == 1 ? "row" : "rows", shown, of_problems));
  }

  void tell_stop() {
    clear_progress();
    streams_.err.write(fmt::format("attune: {}: stopped at row {}, the first with a problem\n",
                                   escape(input_.name()), reader_.row_count()));
  }

 private:
  void tell_problem(const RowProblem& problem) {
    const std::string column =
        problem.column.empty() ? std::string() : fmt::format(", column {}", escape(problem.column));
    streams_.err.write(fmt::format("attune: {}:{}: row {}{}: {}\n", escape(input_.name()),
                                   problem.line, problem.row, column, problem.message));
  }

  void tell_progress(std::size_t bytes_read) {
    const auto now = std::chrono::steady_clock::now();
    if (progress_is_shown_ && now - last_progress_ < between_progress) return;
    last_progress_ = now;
    progress_is_shown_ = true;
    std::string line = fmt::format("\r\033[K{} rows", reader_.row_count());
    if (const auto size = input_.size(); size && *size > 0) {
      line += fmt::format(", {} %", bytes_read * 100 / *size);
    }
    streams_.err.write(line);
  }

  const RowInput& input_;
  const RowReader& reader_;
  Streams& streams_;
  bool shows_progress_;
  bool progress_is_shown_ = false;
  std::chrono::steady_clock::time_point last_progress_;
  std::size_t told_ = 0;
};

// Columns that were wanted and never came, in any row.
ExitStatus report_absent(const RowInput& input, const RowReader& reader, Streams& streams) {
  const std::vector<std::string> absent = reader.absent_columns();
  if (absent.empty()) return ExitStatus::done;
  std::vector<std::string> names;
  names.reserve(absent.size());
  for (const std::string& name : absent) names.push_back(fmt::format("'{}'", escape(name)));
  report(streams, Error{ErrorKind::bad_data,
                        fmt::format("no row has {}", join_or(names)),
                        escape(input.name()),
                        {"they count as not answered; --columns names the columns of the items"}});
  return ExitStatus::no;
}

}  // namespace

Result<RowInput> RowInput::open(const std::string& path, const Streams& streams) {
  if (path == "-") {
    if (streams.in_is_terminal) {
      return Error{ErrorKind::usage,
                   "no rows to read",
                   "standard input",
                   {"name a file, or pipe rows into the command"}};
    }
    return RowInput("standard input", streams.in, std::nullopt);
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    return Error{errno == EACCES ? ErrorKind::permission : ErrorKind::not_found,
                 detail::reason_of(errno),
                 escape(path),
                 {}};
  }
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
    close(descriptor);
    return Error{ErrorKind::not_found, "is a folder", escape(path), {}};
  }
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  const bool has_size = S_ISREG(status.st_mode);
  return RowInput(
      path, descriptor,
      has_size ? std::optional(static_cast<std::size_t>(status.st_size)) : std::nullopt);
}

RowInput::RowInput(std::string name, int descriptor, std::optional<std::size_t> size)
    : name_(std::move(name)), descriptor_(descriptor), size_(size) {}

RowInput::RowInput(RowInput&& other) noexcept
    : name_(std::move(other.name_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_) {}

RowInput::~RowInput() {
  if (descriptor_ > 2) close(descriptor_);
}

Result<std::vector<std::string>> read_header(const std::string& path, RowFormat format) {
  const Streams none;
  const Result<RowInput> input = RowInput::open(path, none);
  if (!input) return input.error();
  Block block;
  while (block.view().find('\n') == std::string_view::npos) {
    const Result<bool> more = block.fill(input->descriptor());
    if (!more) return more.error();
    if (!*more || block.view().size() > max_row_bytes) break;
  }
  Result<std::vector<std::string>> names = parse_header(block.view(), format);
  if (names) return names;
  Error error = names.error();
  error.place = escape(path);
  return error;
}

ExitStatus run_rows(const RowInput& input, RowReader& reader, RowSink& sink, const RowRun& run,
                    Streams& streams, const std::function<bool()>& after_block) {
  Block block;
  Teller teller(input, reader, run, streams);
  std::size_t bytes_read = 0;
  for (bool more = true; more;) {
    const std::size_t left = block.view().size();
    const Result<bool> filled = block.fill(input.descriptor());
    Result<std::size_t> used(filled ? Result<std::size_t>(std::size_t{0}) : filled.error());
    if (filled) {
      more = *filled;
      bytes_read += block.view().size() - left;
      used = reader.read(block.view(), more ? InputEnd::more : InputEnd::last, sink);
    }
    if (!used) {
      teller.clear_progress();
      Error error = used.error();
      error.place = escape(input.name());
      return report(streams, error);
    }
    block.drop(*used);
    const bool go_on = after_block();
    teller.tell(bytes_read);
    if (!go_on) return ExitStatus::done;
    if (!reader.has_stopped()) continue;
    teller.tell_stop();
    return ExitStatus::bad_data;
  }
  teller.sum_up(run.of_problems);
  const ExitStatus absent = report_absent(input, reader, streams);
  return reader.problem_count() > 0 ? ExitStatus::no : absent;
}

}  // namespace attune
