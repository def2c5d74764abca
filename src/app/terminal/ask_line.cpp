// SPDX-License-Identifier: MIT
#include "app/terminal/ask_line.hpp"

#include "app/terminal/terminal_console.hpp"

namespace attune {
namespace {

std::optional<std::string> read_line(Streams& streams, std::string_view prompt, InputMode mode) {
  Output& talk = talk_output(streams);
  TerminalConsole console(streams.in, talk, mode);
  talk.write(prompt);
  std::string line;
  line.reserve(256);  // what is typed hidden leaves no copies where it outgrew its place
  while (line.find('\n') == std::string::npos) {
    Event event = console.wait(wait_for_ever);
    if (event.what == Happening::bytes) line += event.bytes;
    wipe(event.bytes);
    if (event.what == Happening::interrupted || event.what == Happening::hung_up ||
        event.what == Happening::ended) {
      talk.write("\n");
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

}  // namespace attune
