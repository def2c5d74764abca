// SPDX-License-Identifier: MIT
#pragma once

/// A small log form and entries of it by hand, for tests.
///
///     std::vector<Entry> entries{logged("2026-03-02T09:00:00Z", {"came", "45", "5"})};

#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/date.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/tally.hpp"

namespace attune::test {

inline Item log_item(std::string id, std::string text, ItemKind kind) {
  Item item;
  item.id = std::move(id);
  item.text = std::move(text);
  item.kind = kind;
  return item;
}

/// Items: session (came, missed, moved), minutes, useful (1..7), moods (several of calm, tired,
/// sad), line. The rate "kept": came, of came and missed.
inline Questionnaire log_questionnaire() {
  Questionnaire questionnaire;
  questionnaire.id = "log";
  questionnaire.version = "1.0.0";
  questionnaire.title = "A log";
  questionnaire.language = "en";
  questionnaire.status = "a log form, not scored";
  questionnaire.response_scales = {{"use", 1, 7, {{1, "no use"}, {7, "of great use"}}}};
  Item session = log_item("session", "What happened?", ItemKind::choice);
  session.choices = {{"came", "I came"}, {"missed", "I missed it"}, {"moved", "It was moved"}};
  Item minutes = log_item("minutes", "How long was it?", ItemKind::number);
  minutes.max = 90;
  minutes.unit = "minutes";
  const Item useful = log_item("useful", "How useful was it?", ItemKind::rating);
  Item moods = log_item("moods", "How did you feel?", ItemKind::choice);
  moods.choices = {{"calm", "calm"}, {"tired", "tired"}, {"sad", "sad"}};
  moods.multiple = true;
  const Item line = log_item("line", "A line to keep.", ItemKind::text);
  questionnaire.items = {session, minutes, useful, moods, line};
  questionnaire.forms = {{"full", "", {}, {0, 1, 2, 3, 4}}};
  Rate kept;
  kept.id = "kept";
  kept.name = "Sessions kept";
  kept.item = 0;
  kept.counts = {0};
  kept.of = {0, 1};
  kept.unit = "sessions";
  kept.wanted = Wanted::steady;
  questionnaire.rates = {kept};
  return questionnaire;
}

/// An entry with the answers as `--answers` takes them, in the order of the items; "" is not asked,
/// "s" is skipped. A date alone is that of an entry dated afterwards: noon.
inline trend::Entry logged(std::string_view at, const std::vector<std::string>& answers) {
  static const Questionnaire questionnaire = log_questionnaire();
  const std::string time = at.size() == 10 ? std::string(at) + "T12:00:00Z" : std::string(at);
  trend::Entry entry{parse_rfc3339(time).value(), empty_responses(questionnaire)};
  for (std::size_t item = 0; item < answers.size(); ++item) {
    if (answers[item].empty()) continue;
    if (answers[item] == "s") {
      entry.responses.answers[item] = Skipped{};
      continue;
    }
    entry.responses.answers[item] =
        parse_answer(questionnaire, questionnaire.items[item], answers[item]);
  }
  return entry;
}

/// `count` entries of one day whose session is `session`.
inline void add_sessions(std::vector<trend::Entry>& entries, std::string_view day,
                         std::size_t count, const std::string& session) {
  for (std::size_t i = 0; i < count; ++i) entries.push_back(logged(day, {session}));
}

}  // namespace attune::test
