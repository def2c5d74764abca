// SPDX-License-Identifier: MIT
#pragma once

/// A questionnaire as plain values: what attune-questionnaire(5) describes, after every check.
/// Not for reading TOML (definition.hpp) and not for answers (responses.hpp). References between
/// parts are indexes into the vectors here; a parsed questionnaire holds only valid ones.
///
///     const Scale& parent = questionnaire.scales[*scale.parent];

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attune {

// What a definition says to people, and when: rules over scores and answers, and what they choose:
// regions, next steps, pairings. Values only: scores.hpp evaluates rules, interpretation.hpp
// chooses.

/// What a condition is about.
enum class Subject { scale, item };

/// One test of a `when` or `ask_when` table. All bounds that are present must hold. A scale that is
/// not scored, or an item that is skipped or unanswered, fails every condition.
struct Condition {
  Subject subject = Subject::scale;
  std::size_t index = 0;  ///< into Questionnaire::scales or ::items
  std::optional<double> at_least;
  std::optional<double> above;
  std::optional<double> at_most;
  std::optional<double> below;
  std::optional<std::string> is;  ///< a choice id; holds when it is among the chosen ones
};

/// The bounds of a condition, those that are absent too: first from below, then from above.
[[nodiscard]] inline std::array<std::optional<double>, 4> bounds_of(const Condition& condition) {
  return {condition.at_least, condition.above, condition.at_most, condition.below};
}

/// Any of several tables, each with conditions that must all hold. Empty: holds always (the
/// fallback).
using Rule = std::vector<std::vector<Condition>>;

/// A named area of the plane of two main scales.
struct Region {
  std::string id;
  std::string name;
  std::string text;
  Rule when;
};

/// Which end of a scale.
enum class Pole { low, high };

/// What a sentence says of a scale: that the person's score lies towards this end.
struct Claim {
  std::size_t scale = 0;
  Pole pole = Pole::low;
};

/// A sentence about what scores mean, below those of a main scale. It is said where its rule holds
/// for the whole 95 % interval of every score it names; conditions on a facet fail where the form
/// asks too little about it. `claims` is what the sentence says, whatever lets it be said.
struct Sentence {
  std::string id;
  std::size_t under = 0;  ///< a main scale
  std::string text;       ///< may hold "{about}"
  Rule when;
  std::vector<std::size_t> unless;  ///< earlier sentences: said only where none of them is
  std::vector<Claim> claims;
};

enum class StepSize { small, medium, support };

struct NextStep {
  std::string id;
  std::string title;
  std::string why;
  std::string try_this;  ///< `try` in the file
  StepSize size = StepSize::small;
  int priority = 0;  ///< higher comes first
  Rule when;
  std::vector<std::size_t> abouts;  ///< `for`: whom it fits, indexes; empty: everybody
};

/// Words for the file's sizes: "small", "medium", "support".
[[nodiscard]] std::string_view name_of(StepSize size);

/// What the positions of two people tend to do to each other. Its rules read main scales alone, all
/// pairings of a questionnaire at most two of them. Either person may be the one.
struct Pairing {
  std::string id;
  std::string name;
  std::string text;
  Rule one;
  Rule other;  ///< empty when `one` is: the fallback
  std::string for_one;
  std::string for_other;  ///< empty: `for_one` is for each of them
  std::string for_both;
  int priority = 0;  ///< higher comes first
};

/// Whether a pairing is for all whom no other fits: it has no rules.
[[nodiscard]] inline bool is_fallback(const Pairing& pairing) {
  return pairing.one.empty() && pairing.other.empty();
}

/// The wording of one step of a response scale.
struct Label {
  int value = 0;
  std::string text;
};

/// The legal answers of a rating item: whole numbers min..max (0 ≤ min < max ≤ 100).
struct ResponseScale {
  std::string id;
  int min = 1;
  int max = 7;
  std::vector<Label> labels;  ///< ascending by value; at least min and max
};

/// A half-open part [previous band's below, below) of a scale's range; the last has no `below`.
struct Band {
  std::string id;
  std::optional<double> below;
  std::string text;
};

/// Where a named group tends to score; a reading aid, not a norm.
struct Typical {
  double low = 0;
  double high = 0;
  std::string of;
  std::string source;
};

/// Published reliability: alpha and retest correlation in [0, 1), retest interval in days.
struct Reliability {
  std::optional<double> alpha;
  std::optional<double> retest;
  std::optional<double> days;
  std::string source;
};

/// The smallest and the largest legal answer, 0 ≤ min < max ≤ 100.
struct AnswerRange {
  int min = 1;
  int max = 7;
  friend bool operator==(const AnswerRange&, const AnswerRange&) = default;
};

/// Scores of a named sample: mean and SD (> 0), or an empirical percentile table (score → 0..100,
/// ascending).
struct Norm {
  std::string sample;
  std::size_t n = 0;
  std::optional<AnswerRange> range;  ///< what the sample answered on; nothing: as the items have it
  std::optional<double> mean;
  std::optional<double> sd;
  std::vector<std::pair<double, double>> percentiles;
  std::string source;
};

enum class ScoreMethod { mean, sum };
enum class Wanted { unspecified, up, down, steady };

/// What is scored. With a `parent` it is a facet: its items also count for the parent.
struct Scale {
  std::string id;
  std::string name;
  std::string low;   ///< what the low end means
  std::string high;  ///< what the high end means
  ScoreMethod method = ScoreMethod::mean;
  double min_answered = 0.8;  ///< share of the scale's items in (0, 1] below which it is not scored
  std::optional<std::size_t> parent;
  std::vector<Band> bands;
  std::optional<Typical> typical;
  std::optional<Reliability> reliability;
  std::vector<Norm> norms;
  Wanted wanted = Wanted::unspecified;
  std::optional<int> progress;  ///< place among the growth measures, ascending; none: not one
};

/// One scale's part in a derived score.
struct Term {
  std::size_t scale = 0;
  double weight = 0;  ///< finite, not 0
};

/// A weighted sum of the scores of several scales, such as a mean over people. It has no items of
/// its own and no bands, and no rule reads it.
struct Derived {
  std::string id;  ///< not that of a scale, a rate or an item
  std::string name;
  std::string low;          ///< what the low end means; may be empty
  std::string high;         ///< what the high end means; may be empty
  std::vector<Term> terms;  ///< at least two, each scale once, no facet beside its own parent
};

enum class ItemKind { rating, choice, number, text };

struct Choice {
  std::string id;
  std::string text;
};

/// One question. Which members matter depends on `kind`.
struct Item {
  std::string id;
  std::string text;  ///< may hold "{about}"; empty in a published key without its wording
  ItemKind kind = ItemKind::rating;
  std::optional<std::size_t> scale;  ///< rating
  std::size_t response_scale = 0;    ///< rating
  bool reverse = false;              ///< rating: keyed answer = min + max - answer
  std::vector<Choice> choices;       ///< choice: 2..50
  bool multiple = false;             ///< choice
  double min = 0;                    ///< number
  double max = 0;                    ///< number
  std::string unit;                  ///< number; may be empty
  Rule ask_when;                     ///< refers only to earlier items
};

/// A named subset of the items in the order to ask them. The form "full" has every item.
struct Form {
  std::string id;
  std::string title;
  std::optional<int> minutes;
  std::vector<std::size_t> items;
};
inline constexpr std::size_t full_form = 0;

enum class Relation { same, opposite };

/// Two items whose raw wordings say the same or the opposite; for the consistency note.
struct Pair {
  std::size_t first = 0;
  std::size_t second = 0;
  Relation relation = Relation::same;
};

/// Where the share of a rate tends to be in a named group, in words; a reading aid, not a norm.
struct TypicalRate {
  std::string text;  ///< "varies", "more than half"
  std::string of;
  std::string source;
};

/// A share counted over many records of a form: of those whose answer to a choice item is among
/// `of`, those whose answer is among `counts`. Other records stay out of it. Where several choices
/// may be made, one of them is enough.
struct Rate {
  std::string id;  ///< not that of a scale or a derived score
  std::string name;
  std::size_t item = 0;             ///< a choice item
  std::vector<std::size_t> counts;  ///< indexes into the item's choices, all of them in `of` too
  std::vector<std::size_t> of;      ///< indexes into the item's choices, more than in `counts`
  std::string unit;                 ///< what a record stands for, in the plural: "sessions"
  std::string low;                  ///< what a share near 0 means; may be empty
  std::string high;                 ///< what a share near 1 means; may be empty
  std::optional<TypicalRate> typical;
  Wanted wanted = Wanted::unspecified;
  std::optional<int> progress;  ///< as for a scale
};

/// Whom the answers are about: the key of `--about` and the phrase that replaces "{about}".
struct About {
  std::string id;
  std::string phrase;  ///< as the person says it: "my partner"
  std::string you;     ///< as the page says it to the person: "your partner"; may be empty
};

struct Questionnaire {
  std::string id;
  std::string version;
  std::string title;
  std::string summary;
  std::string instructions;
  std::string language;
  std::string status;
  std::string source;
  std::string license;
  std::optional<int> minutes;
  std::optional<int> recheck_days;
  std::vector<About> abouts;  ///< in file order; the first is used when none is named
  std::vector<ResponseScale> response_scales;
  std::vector<Scale> scales;
  std::vector<Derived> derived;
  std::vector<Item> items;
  std::vector<Form> forms;  ///< forms[full_form] is "full"
  std::vector<Pair> pairs;
  std::vector<Rate> rates;
  std::vector<Sentence> sentences;
  std::vector<Region> regions;
  std::vector<NextStep> next_steps;
  std::vector<Pairing> pairings;  ///< empty, or one of them is the fallback
};

/// The place among `parts` of the one with this id, or nothing.
template <class Part>
[[nodiscard]] std::optional<std::size_t> find_by_id(const std::vector<Part>& parts,
                                                    std::string_view id) {
  const auto found = std::ranges::find(parts, id, &Part::id);
  if (found == parts.end()) return {};
  return static_cast<std::size_t>(found - parts.begin());
}

/// The ids of all.
template <class Part>
[[nodiscard]] std::vector<std::string> ids_of(const std::vector<Part>& parts) {
  std::vector<std::string> ids;
  for (const Part& part : parts) ids.push_back(part.id);
  return ids;
}

[[nodiscard]] inline auto find_scale(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.scales, id);
}
[[nodiscard]] inline auto find_item(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.items, id);
}
[[nodiscard]] inline auto find_form(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.forms, id);
}
[[nodiscard]] inline auto find_about(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.abouts, id);
}

/// Whether `about` can name someone: an id, or an id and a label of the person's own, "friend:Ben".
[[nodiscard]] bool is_about(std::string_view about);

/// The id alone: "friend" of "friend:Ben" and of "friend".
[[nodiscard]] std::string_view kind_of_about(std::string_view about);

/// The index of whom `about` names. Someone with a label is one more person beside those of the
/// file, spoken of by the label, and added to them. Nothing where the id is not known.
std::optional<std::size_t> person_named(Questionnaire& questionnaire, const std::string& about);

/// The scales that are no facets, in the order of the file.
[[nodiscard]] std::vector<std::size_t> main_scales(const Questionnaire& questionnaire);

/// The two main scales that the regions' rules name, in the order of the file: first the
/// horizontal, then the vertical axis of the plane. Nothing when there are no regions or they name
/// other than two.
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> plane_axes(
    const Questionnaire& questionnaire);

/// Whether `item` counts for `scale`: as its own, or through a facet of it.
[[nodiscard]] bool counts_for(const Questionnaire& questionnaire, const Item& item,
                              std::size_t scale);

/// Whether a scale of a questionnaire about people asks the respondent about themselves alone: none
/// of its items names the other. Its answers are the same whomever a sitting is about.
[[nodiscard]] bool is_about_oneself(const Questionnaire& questionnaire, std::size_t scale);

/// The items of a form that count for `scale`, in the order of the form.
[[nodiscard]] std::vector<std::size_t> items_of(const Questionnaire& questionnaire,
                                                std::size_t form, std::size_t scale);

/// What may be answered to a rating item.
[[nodiscard]] AnswerRange answer_range(const Questionnaire& questionnaire, const Item& item);

/// The possible scores of a scale with `item_count` items: min..max of its response scale for
/// `mean`, times the number of items for `sum`.
struct ScoreRange {
  double min = 0;
  double max = 0;
};
[[nodiscard]] ScoreRange score_range(const Questionnaire& questionnaire, std::size_t scale,
                                     std::size_t item_count);

/// The statement as it is asked: `item.text` with "{about}" replaced by the phrase of `about` (an
/// index into `abouts`; nothing: the first; no abouts at all: left as it is).
[[nodiscard]] std::string statement(const Questionnaire& questionnaire, const Item& item,
                                    std::optional<std::size_t> about);

/// A text of the page: "{about}" replaced by how the page names that person, in the same way.
[[nodiscard]] std::string addressed(const Questionnaire& questionnaire, const std::string& text,
                                    std::optional<std::size_t> about);

/// The label of `value`, or an empty view.
[[nodiscard]] std::string_view label_of(const ResponseScale& response_scale, int value);

/// Words for the file's enumerations: "rating", "up", …
[[nodiscard]] std::string_view name_of(ItemKind kind);
[[nodiscard]] std::string_view name_of(Wanted wanted);
[[nodiscard]] std::string_view name_of(ScoreMethod method);
[[nodiscard]] std::string_view name_of(Relation relation);

}  // namespace attune
