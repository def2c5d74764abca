// SPDX-License-Identifier: MIT
#include "app/passphrase.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fmt/format.h>
#include <sys/stat.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/child_program.hpp"
#include "app/terminal/ask_line.hpp"
#include "store/file_descriptor.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

using Kind = PassphraseSource::Kind;

constexpr std::size_t most_bytes = 4096;
constexpr std::size_t least_characters = 8;
constexpr std::int64_t most_descriptors = 1'000'000;
constexpr int most_attempts = 3;

Error refused(ErrorKind kind, std::string message, std::string place, std::string advice = {}) {
  Error error{kind, std::move(message), std::move(place), {}};
  if (!advice.empty()) error.advice.push_back(std::move(advice));
  return error;
}

Error broken_off() { return refused(ErrorKind::interrupted, "no passphrase was given", {}); }

// The first line of `text`, which is wiped.
Result<Secret> first_line(std::string& text, const std::string& place) {
  std::string_view line(text);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  Secret secret(line);
  wipe(text);
  if (secret.empty()) return refused(ErrorKind::bad_data, "there is no passphrase in it", place);
  return secret;
}

Result<Secret> read_descriptor(int descriptor, const std::string& place) {
  Result<std::string> text = read_all(descriptor, most_bytes);
  if (!text) {
    text.error().place = place;
    return text.error();
  }
  return first_line(*text, place);
}

Result<Secret> read_file(const std::string& path) {
  const detail::FileDescriptor file(path, O_RDONLY | O_NOCTTY);
  struct stat status {};
  if (!file.is_open() || ::fstat(file.number(), &status) != 0) {
    return detail::file_error("the passphrase can't be read", path, errno);
  }
  if (S_ISREG(status.st_mode) && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return refused(ErrorKind::permission, "other users may read this passphrase", escape(path),
                   fmt::format("close it with: chmod go= '{}'", escape(path)));
  }
  return read_descriptor(file.number(), escape(path));
}

// A shell reads the words, as people are used to of such options.
Result<Secret> read_command(const std::string& words) {
  Result<Finished> finished = run_program({"/bin/sh", "-c", words}, {});
  if (!finished) return finished.error();
  if (finished->told_to_end != 0) raise(finished->told_to_end);
  if (finished->status != 0) {
    wipe(finished->out);
    const std::string_view told = finished->err;
    return refused(ErrorKind::permission,
                   fmt::format("the command ended with status {}", finished->status), escape(words),
                   escape(told.substr(0, told.find('\n'))));
  }
  return first_line(finished->out, escape(words));
}

Error no_one_to_ask(std::string message, std::string_view option) {
  return refused(
      ErrorKind::permission, std::move(message), {},
      fmt::format("{} file:PATH, fd:NUMBER or command:WORDS says where the passphrase is", option));
}

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

Result<Secret> long_enough(Result<Secret> secret) {
  if (!secret) return secret;
  const std::string_view bytes = secret->view();
  const auto characters = std::count_if(bytes.begin(), bytes.end(), begins_character);
  if (static_cast<std::size_t>(characters) >= least_characters) return secret;
  return refused(ErrorKind::bad_data,
                 fmt::format("a passphrase needs at least {} characters", least_characters), {},
                 "four or five words that you never used together are good, and easy to keep");
}

}  // namespace

Result<std::optional<PassphraseSource>> passphrase_source(const Arguments& arguments,
                                                          std::string_view option) {
  const std::optional<std::string> value = arguments.value(option);
  if (!value) return std::optional<PassphraseSource>();
  const std::size_t colon = std::min(value->find(':'), value->size());
  const std::string_view kind = std::string_view(*value).substr(0, colon);
  std::string rest = value->substr(std::min(colon + 1, value->size()));
  if (!rest.empty()) {
    if (kind == "file") return std::optional<PassphraseSource>({Kind::file, std::move(rest)});
    if (kind == "command") return std::optional<PassphraseSource>({Kind::command, std::move(rest)});
    const std::optional<std::int64_t> number = kind == "fd" ? parse_whole(rest) : std::nullopt;
    if (number && *number >= 0 && *number <= most_descriptors) {
      return std::optional<PassphraseSource>({Kind::descriptor, {}, static_cast<int>(*number)});
    }
  }
  // The value is not repeated: it may be a passphrase that went astray.
  return refused(ErrorKind::usage, "names no source of a passphrase", std::string(option),
                 "file:PATH, fd:NUMBER or command:WORDS");
}

Result<Secret> read_passphrase(const PassphraseSource& source) {
  switch (source.kind) {
    case Kind::file:
      return read_file(source.text);
    case Kind::descriptor:
      return read_descriptor(source.descriptor, fmt::format("descriptor {}", source.descriptor));
    case Kind::command:
      break;
  }
  return read_command(source.text);
}

AskPassphrase passphrase_asker(const std::optional<PassphraseSource>& source, Streams& streams) {
  return [source, &streams](int attempt) -> std::optional<Secret> {
    if (source ? attempt > 0 : attempt >= most_attempts) return std::nullopt;
    if (source) {
      Result<Secret> secret = read_passphrase(*source);
      if (!secret) throw secret.error();
      return *std::move(secret);
    }
    if (!can_ask(streams)) {
      throw no_one_to_ask("the history is locked, and there is no one to ask for its passphrase",
                          long_name(passphrase_option));
    }
    if (attempt > 0) talk_output(streams).write("That does not open it.\n");
    std::optional<Secret> secret = ask_secret(streams, "Passphrase of your history: ");
    if (!secret) throw broken_off();
    return secret;
  };
}

Result<Secret> new_passphrase(const std::optional<PassphraseSource>& source, Streams& streams) {
  if (source) return long_enough(read_passphrase(*source));
  if (!can_ask(streams))
    return no_one_to_ask("there is no one to ask for a new passphrase",
                         long_name(new_passphrase_option));
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    std::optional<Secret> secret = ask_secret(streams, "New passphrase: ");
    if (!secret) return broken_off();
    Result<Secret> accepted = long_enough(*std::move(secret));
    if (!accepted) return accepted;
    const std::optional<Secret> again = ask_secret(streams, "The same once more: ");
    if (!again) return broken_off();
    if (again->view() == accepted->view()) return accepted;
    talk_output(streams).write("These were not the same.\n");
  }
  return refused(ErrorKind::permission, "no passphrase was typed twice in the same way", {});
}

}  // namespace attune
