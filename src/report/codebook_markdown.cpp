// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "attune/codebook.hpp"
#include "attune/decimal.hpp"
#include "attune/document.hpp"
#include "attune/scoring.hpp"

#include "report/codebook_parts.hpp"
#include "report/profile_parts.hpp"

namespace attune {
namespace {

using detail::joined;

std::string shown(double number) { return render_decimal(number, 10); }

Table table_with(std::vector<std::string> header) {
  Table table;
  table.align.assign(header.size(), Align::left);
  table.header = std::move(header);
  return table;
}

// Keys and small definitions may leave texts empty; those have no row.
void add_fact(Facts& facts, std::string label, const std::string& text) {
  if (!text.empty()) facts.rows.emplace_back(std::move(label), text);
}

Facts facts_of(const Codebook& codebook) {
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
    return fmt::format("{} to {}{}", shown(item.min), shown(item.max), unit);
  }
  std::vector<std::string> values;
  for (const detail::AnswerValue& value : detail::values_of(questionnaire, item)) {
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
  const std::string rule = detail::words_of(questionnaire, item.ask_when);
  return rule.empty() ? "empty if skipped"
                      : fmt::format("empty if skipped; asked only when {}", rule);
}

Table variables(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Table table = table_with({"Name", "Statement", "Type", "Values", "Scale", "Reversed", "Missing"});
  for (const Item& item : questionnaire.items) {
    const std::string text = statement(questionnaire, item, codebook.about);
    table.rows.push_back({item.id, text.empty() ? "(wording not included)" : text,
                          std::string(detail::type_of(item)), values_cell(questionnaire, item),
                          item.scale ? questionnaire.scales[*item.scale].id : "",
                          reverse_cell(questionnaire, item), missing_cell(questionnaire, item)});
  }
  return table;
}

std::string formula_of(const Questionnaire& questionnaire, std::size_t index, std::size_t items) {
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
  return meaning.empty() ? shown(number) : fmt::format("{} ({})", shown(number), meaning);
}

std::vector<std::string> derived_row(const Questionnaire& questionnaire, std::size_t index) {
  const Derived& derived = questionnaire.derived[index];
  const ScoreRange range = derived_range(questionnaire, 0, index);
  std::vector<std::string> scales;
  for (const Term& term : derived.terms) scales.push_back(questionnaire.scales[term.scale].id);
  return {derived.id,
          derived.name,
          "",
          "derived",
          joined(scales, ", "),
          "a score of each",
          with_meaning(range.min, derived.low) + " to " + with_meaning(range.max, derived.high),
          detail::terms_in_words(questionnaire, derived)};
}

Table scores(const Questionnaire& questionnaire) {
  Table table = table_with(
      {"Name", "Title", "Part of", "Method", "Items", "Needed answers", "Range", "Formula"});
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    const std::vector<std::string> items = detail::items_of(questionnaire, i);
    const ScoreRange range = score_range(questionnaire, i, items.size());
    table.rows.push_back(
        {scale.id, scale.name, scale.parent ? questionnaire.scales[*scale.parent].id : "",
         std::string(name_of(scale.method)),
         fmt::format("{}: {}", items.size(), joined(items, ", ")),
         fmt::format("{} of {}", items_needed(scale.min_answered, items.size()), items.size()),
         with_meaning(range.min, scale.low) + " to " + with_meaning(range.max, scale.high),
         formula_of(questionnaire, i, items.size())});
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    table.rows.push_back(derived_row(questionnaire, i));
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

void add_scores(Document& document, const Questionnaire& questionnaire) {
  document.push_back(Heading{2, "Scores"});
  if (questionnaire.scales.empty()) {
    document.push_back(Paragraph{"This questionnaire is not scored."});
  } else {
    document.push_back(Paragraph{
        "Beside each score X stand X_se, its standard error, and X_answered, the number of items "
        "that were answered. The needed answers and the ranges are those of the full form."});
    document.push_back(scores(questionnaire));
  }
  Bullets rates;
  for (const Rate& rate : questionnaire.rates) {
    rates.items.push_back(share_words(rate, questionnaire.items[rate.item]));
  }
  if (!rates.items.empty()) document.push_back(std::move(rates));
}

void add_missing(Document& document, const Questionnaire& questionnaire) {
  document.push_back(Heading{2, "Missing answers"});
  document.push_back(Paragraph{
      "An item that was skipped or not asked is empty. It is never 0 and never the middle of the "
      "scale, and nothing is filled in for it."});
  if (!questionnaire.scales.empty()) {
    document.push_back(Paragraph{
        "A score uses the items that were answered. With fewer than the needed answers it is "
        "empty. An item that was not asked still counts as an item of its scale."});
  }
  if (questionnaire.forms.size() < 2) return;
  document.push_back(Paragraph{
      "A form asks a part of the items. Its scores and the needed answers go by those alone:"});
  Facts forms;
  for (const Form& form : questionnaire.forms) {
    std::vector<std::string> ids;
    for (const std::size_t item : form.items) ids.push_back(questionnaire.items[item].id);
    forms.rows.emplace_back(form.id, fmt::format("{} items: {}", ids.size(), joined(ids, ", ")));
  }
  document.push_back(std::move(forms));
}

std::string norm_words(const Scale& scale, const Norm& norm) {
  std::string words = fmt::format("{}: {}, n = {}", scale.id, norm.sample, norm.n);
  if (norm.range) words += fmt::format(", answers {} to {}", norm.range->min, norm.range->max);
  if (norm.mean) words += fmt::format(", mean {}", shown(*norm.mean));
  if (norm.sd) words += fmt::format(", SD {}", shown(*norm.sd));
  if (!norm.percentiles.empty()) {
    words += fmt::format(", {} percentiles", norm.percentiles.size());
  }
  return fmt::format("{}. Source: {}", words, norm.source);
}

std::string reliability_words(const Scale& scale, const Reliability& reliability) {
  std::vector<std::string> parts;
  if (reliability.alpha) parts.push_back(fmt::format("alpha {}", shown(*reliability.alpha)));
  if (reliability.retest) parts.push_back(fmt::format("retest {}", shown(*reliability.retest)));
  if (reliability.days) parts.push_back(fmt::format("after {} days", shown(*reliability.days)));
  return fmt::format("{}: {}. Source: {}", scale.id, joined(parts, ", "), reliability.source);
}

void add_published(Document& document, const Questionnaire& questionnaire) {
  if (questionnaire.scales.empty()) return;
  document.push_back(Heading{2, "Norms and reliability"});
  Bullets bullets;
  for (const Scale& scale : questionnaire.scales) {
    for (const Norm& norm : scale.norms) bullets.items.push_back(norm_words(scale, norm));
    if (scale.reliability) bullets.items.push_back(reliability_words(scale, *scale.reliability));
  }
  if (bullets.items.empty()) {
    document.push_back(Paragraph{"The definition gives none."});
  } else {
    document.push_back(std::move(bullets));
  }
}

}  // namespace

std::string codebook_markdown(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Document document{Heading{1, questionnaire.title},
                    Paragraph{questionnaire.summary},
                    facts_of(codebook),
                    Heading{2, "Variables"},
                    Paragraph{"One row for each item. The data holds the answer as it was given; a "
                              "reversed item is turned round only when it is scored."},
                    variables(codebook)};
  add_scores(document, questionnaire);
  add_missing(document, questionnaire);
  add_published(document, questionnaire);
  return render_markdown(document);
}

}  // namespace attune
