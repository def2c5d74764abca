// SPDX-License-Identifier: MIT
#pragma once

/// A questionnaire with an item of each kind, for tests of what is written about items.

#include <string>
#include <utility>

#include "attune/questionnaire.hpp"

#include "builders.hpp"

namespace attune::test {

inline Item item_of(std::string id, ItemKind kind) {
  Item item;
  item.id = std::move(id);
  item.text = "Text of " + item.id;
  item.kind = kind;
  return item;
}

/// A rating (0), a number (1), a choice (2), a choice of several (3), a line of text (4).
inline Questionnaire kinds() {
  Questionnaire questionnaire = blank(1, 3);
  questionnaire.version = "1.0.0";
  questionnaire.items = {item_of("strength", ItemKind::rating),
                         item_of("minutes", ItemKind::number), item_of("urge", ItemKind::choice),
                         item_of("felt", ItemKind::choice), item_of("line", ItemKind::text)};
  questionnaire.items[1].max = 600;
  questionnaire.items[1].unit = "minutes";
  questionnaire.items[2].choices = {{"none", "no urge"}, {"cling", "to cling"}};
  questionnaire.items[3].choices = {{"sad", "sad"}, {"glad", "glad"}, {"calm", "calm"}};
  questionnaire.items[3].multiple = true;
  return questionnaire;
}

inline Condition item_condition(std::size_t item) {
  Condition condition;
  condition.subject = Subject::item;
  condition.index = item;
  return condition;
}

}  // namespace attune::test
