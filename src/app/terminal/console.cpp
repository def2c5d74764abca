// SPDX-License-Identifier: MIT
#include "app/terminal/console.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <termios.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "app/world.hpp"

namespace attune::app {
namespace {

constexpr std::array watched_signals = {SIGINT,   SIGQUIT, SIGTERM, SIGHUP,
                                        SIGWINCH, SIGTSTP, SIGCONT};

// Which of the signals have come since they were last asked about; written only by the handler.
std::array<volatile std::sig_atomic_t, 65> arrived{};

void note_signal(int signal) { arrived[static_cast<std::size_t>(signal)] = 1; }

bool take_signal(int signal) {
  auto& flag = arrived[static_cast<std::size_t>(signal)];
  if (flag == 0) return false;
  flag = 0;
  return true;
}

sigset_t watched_set() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : watched_signals) sigaddset(&set, signal);
  return set;
}

// Gives what was installed before.
struct sigaction install_handler(int signal, void (*handler)(int)) {
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = handler;
  sigfillset(&action.sa_mask);
  sigaction(signal, &action, &before);
  return before;
}

// Whether a signal that is not watched ends the program, unless that is its very purpose.
bool ends_program(int signal) {
  constexpr std::array harmless = {SIGKILL, SIGSTOP, SIGCHLD, SIGURG, SIGTTIN, SIGTTOU};
  const auto is_in = [signal](const auto& signals) {
    return std::ranges::find(signals, signal) != signals.end();
  };
  return !is_in(harmless) && !is_in(watched_signals);
}

// The terminal as it is to be left by a signal that ends the program at once.
int terminal_at_end = -1;
termios settings_at_end{};

void leave_terminal(int signal) {
  tcsetattr(terminal_at_end, TCSANOW, &settings_at_end);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

class TerminalConsole final : public Console {
 public:
  // Both are terminals.
  TerminalConsole(int input, Output& output, InputMode mode)
      : input_(input), output_(output), mode_(mode) {
    const sigset_t set = watched_set();
    sigprocmask(SIG_BLOCK, &set, &mask_before_);
    for (const int signal : watched_signals) replace_handler(signal, note_signal);
    termios now{};
    if (tcgetattr(input_, &now) == 0) original_ = now;
    if (original_ && terminal_at_end < 0) {
      terminal_at_end = input_;
      settings_at_end = *original_;
      for (int signal = 1; signal < SIGRTMIN; ++signal) {
        if (ends_program(signal)) replace_handler(signal, leave_terminal);
      }
    }
    enter_mode();
  }

  ~TerminalConsole() override {
    output_.flush();
    leave_mode();
    for (const auto& [signal, before] : handlers_before_) sigaction(signal, &before, nullptr);
    if (handlers_before_.size() > watched_signals.size()) terminal_at_end = -1;
    sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
  }

  TerminalConsole(const TerminalConsole&) = delete;
  TerminalConsole& operator=(const TerminalConsole&) = delete;

  [[nodiscard]] Event wait() override {
    // Who can't be shown a question can't be asked one.
    if (!output_.flush()) return {Happening::hung_up, {}};
    sigset_t everything_else;
    sigprocmask(SIG_SETMASK, nullptr, &everything_else);
    for (const int signal : watched_signals) sigdelset(&everything_else, signal);
    while (true) {
      pollfd input{input_, POLLIN, 0};
      const int ready = ppoll(&input, 1, nullptr, &everything_else);
      if (auto event = signal_event()) return *event;
      if (ready > 0) return read_bytes();
      if (errno != EINTR) return {Happening::ended, {}};
    }
  }

  void write(std::string_view text) override { output_.write(text); }

  [[nodiscard]] TerminalSize size() const override { return terminal_size(output_.descriptor()); }

  [[nodiscard]] double seconds() const override { return Clock().seconds(); }

 private:
  // Signals that are ignored stay so.
  void replace_handler(int signal, void (*handler)(int)) {
    struct sigaction before = install_handler(signal, handler);
    if (before.sa_handler == SIG_IGN) sigaction(signal, &before, nullptr);
    handlers_before_.emplace_back(signal, before);
  }

  // Keys pressed before the first question was on the screen are thrown away: they answer nothing.
  void enter_mode() {
    if (!original_) return;
    termios wanted = *original_;
    // Within another console a line is read as a line all the same.
    wanted.c_lflag |= ICANON;
    if (mode_ == InputMode::keys) {
      wanted.c_lflag &= static_cast<tcflag_t>(~(ICANON | ECHO));
      wanted.c_cc[VMIN] = 1;
      wanted.c_cc[VTIME] = 0;
    } else if (mode_ == InputMode::hidden_lines) {
      wanted.c_lflag &= static_cast<tcflag_t>(~ECHO);
    }
    tcsetattr(input_, TCSAFLUSH, &wanted);
    if (mode_ == InputMode::keys) mark_pastes("h");
  }

  void leave_mode() {
    if (!original_) return;
    if (mode_ == InputMode::keys) mark_pastes("l");
    tcsetattr(input_, TCSAFLUSH, &*original_);
  }

  // Asks the terminal to put marks around pasted text (xterm's bracketed paste), so that it answers
  // nothing.
  void mark_pastes(std::string_view on_or_off) {
    output_.write("\x1B[?2004");
    output_.write(on_or_off);
    output_.flush();
  }

  // Stops as the shell expects, with its own terminal settings, and takes the terminal back
  // afterwards.
  void stop_and_continue() {
    leave_mode();
    install_handler(SIGTSTP, SIG_DFL);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    raise(SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, nullptr);
    sigprocmask(SIG_BLOCK, &stop, nullptr);
    install_handler(SIGTSTP, note_signal);
    enter_mode();
  }

  [[nodiscard]] std::optional<Event> signal_event() {
    if (take_signal(SIGHUP)) return Event{Happening::hung_up, {}};
    const bool by_key = take_signal(SIGINT);
    const bool by_request = take_signal(SIGTERM) || take_signal(SIGQUIT);
    if (by_key || by_request) return Event{Happening::interrupted, {}};
    if (take_signal(SIGTSTP)) stop_and_continue();  // SIGCONT follows, and is the event
    if (take_signal(SIGCONT)) return Event{Happening::continued, {}};
    if (take_signal(SIGWINCH)) return Event{Happening::resized, {}};
    return {};
  }

  [[nodiscard]] Event read_bytes() const {
    std::array<char, 256> block;
    ssize_t count = -1;
    do {
      count = ::read(input_, block.data(), block.size());
    } while (count < 0 && (errno == EINTR || errno == EAGAIN));
    if (count > 0) return {Happening::bytes, {block.data(), static_cast<std::size_t>(count)}};
    if (count < 0 && errno == EIO) return {Happening::hung_up, {}};  // the terminal is gone
    return {Happening::ended, {}};
  }

  int input_;
  Output& output_;
  InputMode mode_;
  std::optional<termios> original_;
  sigset_t mask_before_{};
  std::vector<std::pair<int, struct sigaction>> handlers_before_;
};

std::optional<std::string> read_line(Streams& streams, std::string_view prompt, InputMode mode) {
  const auto console = open_console(streams, mode);
  console->write(prompt);
  std::string line;
  line.reserve(256);  // what is typed hidden leaves no copies where it outgrew its place
  while (line.find('\n') == std::string::npos) {
    Event event = console->wait();
    if (event.what == Happening::bytes) line += event.bytes;
    wipe(event.bytes);
    if (event.what == Happening::interrupted || event.what == Happening::hung_up ||
        event.what == Happening::ended) {
      console->write("\n");
      return {};
    }
  }
  line.resize(line.find('\n'));
  return line;
}

}  // namespace

Output& talk_output(Streams& streams) {
  return streams.err_is_terminal || !streams.out_is_terminal ? streams.err : streams.out;
}

std::unique_ptr<Console> open_console(Streams& streams, InputMode mode) {
  return std::make_unique<TerminalConsole>(streams.in, talk_output(streams), mode);
}

bool can_ask(const Streams& streams) {
  return streams.in_is_terminal && (streams.err_is_terminal || streams.out_is_terminal);
}

std::optional<std::string> ask_line(Streams& streams, std::string_view prompt) {
  return read_line(streams, prompt, InputMode::lines);
}

std::optional<Secret> ask_secret(Streams& streams, std::string_view prompt) {
  std::optional<std::string> line = read_line(streams, prompt, InputMode::hidden_lines);
  if (!line) return {};
  std::optional<Secret> secret(std::in_place, *line);
  wipe(*line);
  talk_output(streams).write("\n");  // the person's own was not shown
  return secret;
}

std::size_t text_columns(TerminalSize size) {
  constexpr std::size_t widest_text = 80;
  const std::size_t columns = size.columns == 0 ? widest_text : size.columns - 1;
  return std::clamp<std::size_t>(columns, 8, widest_text);
}

}  // namespace attune::app
