// SPDX-License-Identifier: MIT
#include "app/terminal/ask_line.hpp"

#include "app/terminal/terminal_console.hpp"

namespace attune {

Output& talk_output(Streams& streams) {
  return streams.err_is_terminal || !streams.out_is_terminal ? streams.err : streams.out;
}

bool can_ask(const Streams& streams) {
  return streams.in_is_terminal && (streams.err_is_terminal || streams.out_is_terminal);
}

std::optional<std::string> ask_line(Streams& streams, std::string_view prompt) {
  Output& talk = talk_output(streams);
  TerminalConsole console(streams.in, talk, InputMode::lines);
  talk.write(prompt);
  std::string line;
  while (line.find('\n') == std::string::npos) {
    const Event event = console.wait(wait_for_ever);
    if (event.what == Happening::bytes) line += event.bytes;
    if (event.what == Happening::interrupted || event.what == Happening::hung_up ||
        event.what == Happening::ended) {
      talk.write("\n");
      return {};
    }
  }
  return line.substr(0, line.find('\n'));
}

}  // namespace attune
