// SPDX-License-Identifier: MIT
#include "app/passphrase.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <memory>
#include <sys/stat.h>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/terminal/console.hpp"
#include "app/world.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

constexpr std::size_t most_passphrase_bytes = 4096;
constexpr int least_characters = 8;
constexpr std::int64_t most_descriptors = 1'000'000;
constexpr int most_passphrase_attempts = 3;

constexpr const char* sources = "file:PATH, fd:NUMBER or command:WORDS";

Error nobody_to_ask(std::string message, const OptionSpec& option) {
  return Error(ErrorKind::permission, std::move(message), "",
               {fmt::format("{} {} says where the passphrase is", long_name(option), sources)});
}

// The first line of `text`, which is wiped.
Secret first_line(std::string& text, const std::string& place) {
  std::string_view line(text);
  line = line.substr(0, line.find('\n'));
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);  // a mark that editors put there
  if (line.ends_with('\r')) line.remove_suffix(1);
  Secret secret(line);
  wipe(text);
  if (secret.empty()) {
    throw Error(ErrorKind::bad_data, "there is no passphrase in it", place);
  }
  return secret;
}

Secret read_descriptor(int descriptor, const std::string& place) {
  std::string text = read_all(descriptor, most_passphrase_bytes, place);
  return first_line(text, place);
}

Secret read_passphrase_file(const std::string& path) {
  const store::FileDescriptor file(path, O_RDONLY | O_NOCTTY);
  struct stat status {};
  if (!file.is_open() || ::fstat(file.number(), &status) != 0) {
    throw store::file_error("the passphrase can't be read", path, errno);
  }
  if (S_ISREG(status.st_mode) && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw Error(ErrorKind::permission, "other users may read this passphrase", escape(path),
                {fmt::format("close it with: chmod go= '{}'", escape(path)),
                 "where that changes nothing, keep it on a file system that has permissions"});
  }
  return read_descriptor(file.number(), escape(path));
}

// A shell reads the words, as people are used to of such options.
Secret read_command(const std::string& words) {
  Finished finished = run_program({"/bin/sh", "-c", words}, {});
  if (finished.status != 0) {
    wipe(finished.out);
    Error error(ErrorKind::permission,
                fmt::format("the command ended with status {}", finished.status), escape(words));
    const std::string complaint = finished.err.substr(0, finished.err.find('\n'));
    if (!complaint.empty()) error.advice.push_back(escape(complaint));
    throw error;
  }
  return first_line(finished.out, escape(words));
}

Secret ask_person(Streams& streams, std::string_view prompt) {
  std::optional<Secret> secret = ask_secret(streams, prompt);
  if (!secret) throw Error(ErrorKind::interrupted, "no passphrase was given");
  return *std::move(secret);
}

void check_length(const Secret& secret) {
  const std::string_view bytes = trim(secret.view());
  const auto characters = std::ranges::count_if(bytes, [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;  // the first of a character
  });
  if (characters >= least_characters) return;
  throw Error(ErrorKind::bad_data,
              fmt::format("a passphrase needs at least {} characters", least_characters), "",
              {"four or five words you have never used together are good, and easy to remember"});
}

// What looks the same is the same, however the keyboard or the system composes its characters.
Secret composed_secret(const Secret& secret) {
  std::string text = composed(secret.view());
  Secret same(text);
  wipe(text);
  return same;
}

Secret checked_passphrase(Secret secret, Streams& streams) {
  check_length(secret);
  if (secret.view().ends_with(' '))
    say(streams.err, "The passphrase ends in a space, which is part of it.\n");
  return composed_secret(secret);
}

}  // namespace

PassphraseSource passphrase_source(const Arguments& arguments, std::string_view option) {
  const std::optional<std::string> value = arguments.value(option);
  if (!value) return {};
  const std::size_t colon = std::min(value->find(':'), value->size());
  const std::string_view kind = std::string_view(*value).substr(0, colon);
  const std::string rest = value->substr(std::min(colon + 1, value->size()));
  if (!rest.empty()) {
    if (kind == "file") return [rest] { return read_passphrase_file(rest); };
    if (kind == "command") return [rest] { return read_command(rest); };
    const std::optional<std::int64_t> number = kind == "fd" ? parse_whole(rest) : std::nullopt;
    if (number && *number >= 0 && *number <= most_descriptors) {
      return [descriptor = static_cast<int>(*number)] {
        return read_descriptor(descriptor, fmt::format("descriptor {}", descriptor));
      };
    }
  }
  // The value is not repeated: it may be a passphrase that went astray.
  throw usage_error(std::string(option), "does not say where the passphrase is", sources);
}

store::AskPassphrase passphrase_asker(const PassphraseSource& source, Streams& streams) {
  const auto as_typed = std::make_shared<Secret>();  // where composing changed it
  const auto first_try = [as_typed](Secret secret) {
    Secret same = composed_secret(secret);
    if (same.view() != secret.view()) *as_typed = std::move(secret);
    return same;
  };
  return [source, &streams, as_typed, first_try](int attempt) -> std::optional<Secret> {
    if (!as_typed->empty()) return std::exchange(*as_typed, Secret());
    if (source) return attempt > 0 ? std::nullopt : std::optional(first_try(source()));
    if (attempt >= most_passphrase_attempts) return {};
    if (!can_ask(streams)) {
      throw nobody_to_ask("the history is locked, and there is no one to ask for its passphrase",
                          passphrase_option);
    }
    if (attempt > 0) say(talk_output(streams), "That passphrase does not open it.\n");
    return first_try(ask_person(streams, "Passphrase of your history: "));
  };
}

Secret new_passphrase(const PassphraseSource& source, Streams& streams) {
  if (source) {
    return checked_passphrase(source(), streams);
  }
  if (!can_ask(streams)) {
    throw nobody_to_ask("there is no one to ask for a new passphrase", new_passphrase_option);
  }
  for (int attempt = 0; attempt < most_passphrase_attempts; ++attempt) {
    Secret secret = ask_person(
        streams, fmt::format("New passphrase, at least {} characters: ", least_characters));
    check_length(secret);
    const Secret again = ask_person(streams, "The same once more: ");
    if (again.view() == secret.view()) return checked_passphrase(std::move(secret), streams);
    say(talk_output(streams), "The two were not the same.\n");
  }
  throw Error(ErrorKind::permission, "the two passphrases were never the same");
}

}  // namespace attune::app
