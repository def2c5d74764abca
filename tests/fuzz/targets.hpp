// SPDX-License-Identifier: MIT
#pragma once

/// What arbitrary bytes are handed to. Each target ends the process when an expectation fails, and
/// takes any bytes within a fraction of a second. libFuzzer drives one of them (fuzzer.cpp);
/// replay.cpp shows each its corpus in every test run.

#include <string_view>

namespace attune::test {

void answers_target(std::string_view bytes);
void config_target(std::string_view bytes);
void definition_target(std::string_view bytes);
void import_target(std::string_view bytes);
void keys_target(std::string_view bytes);
void lock_target(std::string_view bytes);
void reminder_target(std::string_view bytes);
void rows_csv_target(std::string_view bytes);
void rows_json_target(std::string_view bytes);
void shared_target(std::string_view bytes);
void times_target(std::string_view bytes);
void when_target(std::string_view bytes);
void wording_target(std::string_view bytes);

struct Target {
  std::string_view name;
  void (*run)(std::string_view bytes);
};

inline constexpr Target targets[] = {
    {"answers", answers_target},   {"config", config_target},     {"definition", definition_target},
    {"import", import_target},     {"keys", keys_target},         {"lock", lock_target},
    {"reminder", reminder_target}, {"rows_csv", rows_csv_target}, {"rows_json", rows_json_target},
    {"shared", shared_target},     {"times", times_target},       {"when", when_target},
    {"wording", wording_target},
};

}  // namespace attune::test
