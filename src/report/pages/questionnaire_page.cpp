// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/document.hpp"
#include "attune/lists.hpp"
#include "attune/scoring.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// Two pages about one questionnaire: for a person who wonders what it asks, and for a researcher.

// --- what it asks, with its key ---------------------------------------------------------------

std::string key_in_words(const Questionnaire& questionnaire, const Item& item) {
  switch (item.kind) {
    case ItemKind::rating: {
      const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
      const std::string range = fmt::format("{}-{}", scale.min, scale.max);
      return item.reverse ? range + " reversed" : range;
    }
    case ItemKind::choice: {
      std::vector<std::string> texts;
      for (const Choice& choice : item.choices) texts.push_back(choice.text);
      return (item.multiple ? "several of: " : "one of: ") + joined(texts, "; ");
    }
    case ItemKind::number:
      return fmt::format("{}-{} {}", render_decimal(item.min), render_decimal(item.max), item.unit);
    case ItemKind::text:
      return "text";
  }
  return {};
}

std::string scale_line(const Questionnaire& questionnaire, std::size_t index) {
  const Scale& scale = questionnaire.scales[index];
  const std::string part_of =
      scale.parent ? fmt::format("part of {}; ", questionnaire.scales[*scale.parent].id) : "";
  const std::size_t items = counted_items(questionnaire, index).size();
  return fmt::format("{} ({}): {}{} item{}, {}; low: {}; high: {}", scale.name, scale.id, part_of,
                     items, items == 1 ? "" : "s", name_of(scale.method), scale.low, scale.high);
}

Facts questionnaire_facts(const Questionnaire& questionnaire) {
  Facts facts;
  facts.rows = {{"Name", questionnaire.id + " " + questionnaire.version},
                {"Items", fmt::format("{}", questionnaire.items.size())}};
  if (questionnaire.minutes) {
    facts.rows.emplace_back("Takes", fmt::format("about {} minute{}", *questionnaire.minutes,
                                                 *questionnaire.minutes == 1 ? "" : "s"));
  }
  if (questionnaire.recheck_days) {
    facts.rows.emplace_back("Check in", fmt::format("every {} days", *questionnaire.recheck_days));
  }
  facts.rows.emplace_back("Language", questionnaire.language);
  facts.rows.emplace_back("Status", questionnaire.status);
  facts.rows.emplace_back("Source", questionnaire.source);
  facts.rows.emplace_back("Licence", questionnaire.license);
  return facts;
}

std::string norm_line(const Scale& scale, const Norm& norm) {
  std::string numbers;
  if (norm.mean && norm.sd) {
    numbers = fmt::format("mean {}, SD {}", render_decimal(*norm.mean), render_decimal(*norm.sd));
  }
  if (!norm.percentiles.empty()) {
    if (!numbers.empty()) numbers += ", and ";
    numbers += fmt::format("percentiles of {} scores", norm.percentiles.size());
  }
  const std::string range =
      norm.range ? fmt::format(", answers {}-{}", norm.range->min, norm.range->max) : "";
  return fmt::format("{}: {} (n = {}{}): {}; source: {}", scale.name, norm.sample, norm.n, range,
                     numbers, norm.source);
}

std::string reliability_line(const Scale& scale) {
  const Reliability& reliability = *scale.reliability;
  std::string numbers;
  if (reliability.alpha) numbers = "alpha " + render_decimal(*reliability.alpha);
  if (reliability.retest) {
    if (!numbers.empty()) numbers += ", ";
    numbers += "retest correlation " + render_decimal(*reliability.retest);
  }
  if (reliability.days) numbers += fmt::format(" after {} days", render_decimal(*reliability.days));
  return fmt::format("{}: {}; source: {}", scale.name, numbers, reliability.source);
}

std::string ends_in_words(const std::string& low, const std::string& high) {
  return (low.empty() ? "" : "; low: " + low) + (high.empty() ? "" : "; high: " + high);
}

std::string derived_line(const Questionnaire& questionnaire, const Derived& derived) {
  return fmt::format("{} ({}): {}", derived.name, derived.id,
                     terms_in_words(questionnaire, derived)) +
         ends_in_words(derived.low, derived.high);
}

void add_items(Document& document, const Questionnaire& questionnaire) {
  document.push_back(Heading{2, "Items"});
  Facts facts;
  for (const Item& item : questionnaire.items) {
    const std::string scale = item.scale ? questionnaire.scales[*item.scale].id + ", " : "";
    const std::string text = item.text.empty() ? "(wording not included)" : item.text;
    facts.rows.emplace_back(
        item.id, fmt::format("{} [{}{}]", text, scale, key_in_words(questionnaire, item)));
  }
  document.push_back(std::move(facts));
}

std::string quoted_texts(const Item& item, const std::vector<std::size_t>& choices) {
  std::vector<std::string> texts;
  for (const std::size_t choice : choices) texts.push_back('"' + item.choices[choice].text + '"');
  return joined(texts, ", ");
}

std::string rate_line(const Questionnaire& questionnaire, const Rate& rate) {
  const Item& item = questionnaire.items[rate.item];
  return fmt::format("{} ({}): share of {}, by {}: {} out of {}", rate.name, rate.id, rate.unit,
                     item.id, quoted_texts(item, rate.counts), quoted_texts(item, rate.of)) +
         ends_in_words(rate.low, rate.high);
}

// A heading with lines below it; nothing without any.
void add_list(Document& document, const char* heading, std::vector<std::string> lines) {
  if (lines.empty()) return;
  document.push_back(Heading{2, heading});
  document.push_back(Bullets{std::move(lines)});
}

void add_scales_and_norms(Document& document, const Questionnaire& questionnaire) {
  std::vector<std::string> scales;
  std::vector<std::string> derived;
  std::vector<std::string> published;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    scales.push_back(scale_line(questionnaire, i));
    if (scale.reliability) published.push_back(reliability_line(scale));
    for (const Norm& norm : scale.norms) published.push_back(norm_line(scale, norm));
  }
  for (const Derived& each : questionnaire.derived) {
    derived.push_back(derived_line(questionnaire, each));
  }
  add_list(document, "Scales", std::move(scales));
  add_list(document, "Derived scores", std::move(derived));
  add_list(document, "Published numbers", std::move(published));
}

void add_counts(Document& document, const Questionnaire& questionnaire) {
  std::vector<std::string> counts;
  for (const Rate& rate : questionnaire.rates) counts.push_back(rate_line(questionnaire, rate));
  for (const Together& pair : questionnaire.together) {
    counts.push_back(fmt::format("how often the answers to {} and {} come together",
                                 questionnaire.items[pair.first].id,
                                 questionnaire.items[pair.second].id));
  }
  add_list(document, "Counted over many entries", std::move(counts));
}

void add_forms_and_abouts(Document& document, const Questionnaire& questionnaire) {
  Facts forms;
  for (const Form& form : questionnaire.forms) {
    forms.rows.emplace_back(form.id, fmt::format("{} items", form.items.size()));
  }
  if (forms.rows.size() > 1) {
    document.push_back(Heading{2, "Forms"});
    document.push_back(std::move(forms));
  }
  if (questionnaire.abouts.empty()) return;
  Facts abouts;
  for (const About& about : questionnaire.abouts) abouts.rows.emplace_back(about.id, about.phrase);
  document.push_back(Heading{2, "About"});
  document.push_back(std::move(abouts));
}

// --- its codebook -----------------------------------------------------------------------------

// As exactly as the definition has it.
std::string number_in_full(double number) { return render_decimal(number, 10); }

Table table_with(std::vector<std::string> header) {
  Table table;
  table.align.assign(header.size(), Align::left);
  table.header = std::move(header);
  return table;
}

Facts codebook_facts(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Facts facts;
  add_fact(facts, "Name", questionnaire.id);
  add_fact(facts, "Version", questionnaire.version);
  add_fact(facts, "SHA-256 of the definition", codebook.sha256);
  add_fact(facts, "Language", questionnaire.language);
  add_fact(facts, "Status", questionnaire.status);
  add_fact(facts, "Source", questionnaire.source);
  add_fact(facts, "Licence", questionnaire.license);
  add_fact(facts, "Instructions", questionnaire.instructions);
  if (!questionnaire.abouts.empty()) {
    add_fact(facts, "Worded about", questionnaire.abouts[codebook.about.value_or(0)].phrase);
  }
  return facts;
}

std::string values_cell(const Questionnaire& questionnaire, const Item& item) {
  if (item.kind == ItemKind::text) return "a line of text";
  if (item.kind == ItemKind::number) {
    const std::string unit = item.unit.empty() ? "" : " " + item.unit;
    return fmt::format("{} to {}{}", number_in_full(item.min), number_in_full(item.max), unit);
  }
  std::vector<std::string> values;
  for (const AnswerValue& value : answer_values(questionnaire, item)) {
    values.push_back(value.label == value.code ? value.code : value.code + " = " + value.label);
  }
  return joined(values, "; ");
}

std::string reverse_cell(const Questionnaire& questionnaire, const Item& item) {
  if (item.kind != ItemKind::rating) return {};
  if (!item.reverse) return "no";
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  return fmt::format("yes, {} − answer", scale.min + scale.max);
}

std::string missing_cell(const Questionnaire& questionnaire, const Item& item) {
  const std::string rule = rule_in_words(questionnaire, item.ask_when);
  return rule.empty() ? "empty if skipped"
                      : fmt::format("empty if skipped; asked only when {}", rule);
}

Table variables_table(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Table table = table_with({"Name", "Statement", "Type", "Values", "Scale", "Reversed", "Missing"});
  for (const Item& item : questionnaire.items) {
    const std::string text = statement(questionnaire, item, codebook.about);
    table.rows.push_back({item.id, text.empty() ? "(wording not included)" : text,
                          std::string(type_in_table(item)), values_cell(questionnaire, item),
                          item.scale ? questionnaire.scales[*item.scale].id : "",
                          reverse_cell(questionnaire, item), missing_cell(questionnaire, item)});
  }
  return table;
}

std::string formula_in_words(const Questionnaire& questionnaire, std::size_t index,
                             std::size_t items) {
  const bool reversed = std::any_of(
      questionnaire.items.begin(), questionnaire.items.end(),
      [&](const Item& item) { return item.reverse && counts_for(questionnaire, item, index); });
  std::string words = "mean of the answered items";
  if (questionnaire.scales[index].method == ScoreMethod::sum) {
    words += fmt::format(", times {}", items);
  }
  return reversed ? words + ", after the reversed ones are turned round" : words;
}

std::string with_meaning(double number, const std::string& meaning) {
  return meaning.empty() ? number_in_full(number)
                         : fmt::format("{} ({})", number_in_full(number), meaning);
}

std::vector<std::string> derived_cells(const Questionnaire& questionnaire, std::size_t index) {
  const Derived& derived = questionnaire.derived[index];
  const ScoreRange range = scoring::derived_range(questionnaire, 0, index);
  std::vector<std::string> scales;
  for (const Term& term : derived.terms) scales.push_back(questionnaire.scales[term.scale].id);
  return {derived.id,
          derived.name,
          "",
          "derived",
          joined(scales, ", "),
          "a score of each",
          with_meaning(range.min, derived.low) + " to " + with_meaning(range.max, derived.high),
          terms_in_words(questionnaire, derived)};
}

Table scores_table(const Questionnaire& questionnaire) {
  Table table = table_with(
      {"Name", "Title", "Part of", "Method", "Items", "Needed answers", "Range", "Formula"});
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    const std::vector<std::string> items = counted_items(questionnaire, i);
    const ScoreRange range = score_range(questionnaire, i, items.size());
    table.rows.push_back(
        {scale.id, scale.name, scale.parent ? questionnaire.scales[*scale.parent].id : "",
         std::string(name_of(scale.method)),
         fmt::format("{}: {}", items.size(), joined(items, ", ")),
         fmt::format("{} of {}", scoring::items_needed(scale.min_answered, items.size()),
                     items.size()),
         with_meaning(range.min, scale.low) + " to " + with_meaning(range.max, scale.high),
         formula_in_words(questionnaire, i, items.size())});
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    table.rows.push_back(derived_cells(questionnaire, i));
  }
  return table;
}

std::string share_words(const Rate& rate, const Item& item) {
  const auto texts = [&](const std::vector<std::size_t>& choices) {
    std::vector<std::string> ids;
    ids.reserve(choices.size());
    for (const std::size_t choice : choices) ids.push_back(item.choices[choice].id);
    return joined(ids, ", ");
  };
  return fmt::format("{} ({}): the share of {} over many records, {} in ({}) among those in ({})",
                     rate.id, rate.name, rate.unit, item.id, texts(rate.counts), texts(rate.of));
}

void add_score_rules(Document& document, const Questionnaire& questionnaire) {
  document.push_back(Heading{2, "Scores"});
  if (questionnaire.scales.empty()) {
    say(document, "This questionnaire is not scored.");
  } else {
    say(document,
        "Beside each score X stand X_se, its standard error, and X_answered, the number of items "
        "that were answered. The needed answers and the ranges are those of the full form.");
    document.push_back(scores_table(questionnaire));
  }
  Bullets rates;
  for (const Rate& rate : questionnaire.rates) {
    rates.items.push_back(share_words(rate, questionnaire.items[rate.item]));
  }
  if (!rates.items.empty()) document.push_back(std::move(rates));
}

void add_missing_rules(Document& document, const Questionnaire& questionnaire) {
  document.push_back(Heading{2, "Missing answers"});
  say(document,
      "An item that was skipped or not asked is empty. It is never 0 and never the middle of the "
      "scale, and nothing is filled in for it.");
  if (!questionnaire.scales.empty()) {
    say(document,
        "A score uses the items that were answered. With fewer than the needed answers it is "
        "empty. An item that was not asked still counts as an item of its scale.");
  }
  if (questionnaire.forms.size() < 2) return;
  say(document,
      "A form asks a part of the items. Its scores and the needed answers go by those alone:");
  Facts forms;
  for (const Form& form : questionnaire.forms) {
    std::vector<std::string> ids;
    for (const std::size_t item : form.items) ids.push_back(questionnaire.items[item].id);
    forms.rows.emplace_back(form.id, fmt::format("{} items: {}", ids.size(), joined(ids, ", ")));
  }
  document.push_back(std::move(forms));
}

std::string norm_source(const Scale& scale, const Norm& norm) {
  std::string words = fmt::format("{}: {}, n = {}", scale.id, norm.sample, norm.n);
  if (norm.range) words += fmt::format(", answers {} to {}", norm.range->min, norm.range->max);
  if (norm.mean) words += fmt::format(", mean {}", number_in_full(*norm.mean));
  if (norm.sd) words += fmt::format(", SD {}", number_in_full(*norm.sd));
  if (!norm.percentiles.empty()) {
    words += fmt::format(", {} percentiles", norm.percentiles.size());
  }
  return fmt::format("{}. Source: {}", words, norm.source);
}

std::string reliability_source(const Scale& scale, const Reliability& reliability) {
  std::vector<std::string> parts;
  if (reliability.alpha)
    parts.push_back(fmt::format("alpha {}", number_in_full(*reliability.alpha)));
  if (reliability.retest)
    parts.push_back(fmt::format("retest {}", number_in_full(*reliability.retest)));
  if (reliability.days)
    parts.push_back(fmt::format("after {} days", number_in_full(*reliability.days)));
  return fmt::format("{}: {}. Source: {}", scale.id, joined(parts, ", "), reliability.source);
}

void add_published(Document& document, const Questionnaire& questionnaire) {
  if (questionnaire.scales.empty()) return;
  document.push_back(Heading{2, "Norms and reliability"});
  Bullets bullets;
  for (const Scale& scale : questionnaire.scales) {
    for (const Norm& norm : scale.norms) bullets.items.push_back(norm_source(scale, norm));
    if (scale.reliability) bullets.items.push_back(reliability_source(scale, *scale.reliability));
  }
  if (bullets.items.empty()) {
    say(document, "The definition gives none.");
  } else {
    document.push_back(std::move(bullets));
  }
}

std::string condition_in_words(const Questionnaire& questionnaire, const Condition& condition) {
  const std::string& subject = condition.subject == Subject::item
                                   ? questionnaire.items[condition.index].id
                                   : questionnaire.scales[condition.index].id;
  if (condition.is) return fmt::format("{} is {}", subject, *condition.is);
  std::vector<std::string> bounds;
  const auto add = [&](std::string_view words, const std::optional<double>& bound) {
    if (bound) bounds.push_back(fmt::format("{} {}", words, render_decimal(*bound, 10)));
  };
  add("at least", condition.at_least);
  add("above", condition.above);
  add("at most", condition.at_most);
  add("below", condition.below);
  return fmt::format("{} is {}", subject, joined(bounds, " and "));
}

}  // namespace

std::vector<AnswerValue> answer_values(const Questionnaire& questionnaire, const Item& item) {
  std::vector<AnswerValue> values;
  if (item.kind == ItemKind::choice) {
    for (const Choice& choice : item.choices) values.push_back({choice.id, choice.text});
  }
  if (item.kind != ItemKind::rating) return values;
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  for (int value = scale.min; value <= scale.max; ++value) {
    const std::string code = std::to_string(value);
    const std::string_view label = label_of(scale, value);
    values.push_back({code, label.empty() ? code : std::string(label)});
  }
  return values;
}

std::string_view type_in_table(const Item& item) {
  return item.kind == ItemKind::choice && item.multiple ? "choices" : name_of(item.kind);
}

std::string rule_in_words(const Questionnaire& questionnaire, const Rule& rule) {
  std::vector<std::string> alternatives;
  for (const std::vector<Condition>& conditions : rule) {
    std::vector<std::string> all;
    all.reserve(conditions.size());
    for (const Condition& condition : conditions) {
      all.push_back(condition_in_words(questionnaire, condition));
    }
    const std::string words = joined(all, " and ");
    alternatives.push_back(rule.size() > 1 && all.size() > 1 ? "(" + words + ")" : words);
  }
  return joined(alternatives, " or ");
}

std::vector<std::string> forms_with(const Questionnaire& questionnaire, std::size_t item) {
  std::vector<std::string> ids;
  for (const Form& form : questionnaire.forms) {
    if (std::find(form.items.begin(), form.items.end(), item) != form.items.end()) {
      ids.push_back(form.id);
    }
  }
  return ids;
}

std::vector<std::string> counted_items(const Questionnaire& questionnaire, std::size_t scale) {
  std::vector<std::string> ids;
  for (const Item& item : questionnaire.items) {
    if (counts_for(questionnaire, item, scale)) ids.push_back(item.id);
  }
  return ids;
}

Document questionnaire_document(const Questionnaire& questionnaire) {
  Document document{Heading{1, questionnaire.title}, Paragraph{questionnaire.summary}};
  document.push_back(questionnaire_facts(questionnaire));
  add_scales_and_norms(document, questionnaire);
  add_items(document, questionnaire);
  add_counts(document, questionnaire);
  add_forms_and_abouts(document, questionnaire);
  return document;
}

std::string codebook_markdown(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Document document{Heading{1, questionnaire.title},
                    Paragraph{questionnaire.summary},
                    codebook_facts(codebook),
                    Heading{2, "Variables"},
                    Paragraph{"One row for each item. The data holds the answer as it was given; a "
                              "reversed item is turned round only when it is scored."},
                    variables_table(codebook)};
  add_score_rules(document, questionnaire);
  add_missing_rules(document, questionnaire);
  add_published(document, questionnaire);
  return render_markdown(document);
}

}  // namespace attune::report
