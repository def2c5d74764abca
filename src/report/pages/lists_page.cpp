// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/lists.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

constexpr const char* no_wording = "(wording not included)";

// The ids of `parts`, items or choices, at these indexes.
template <class Part>
std::vector<std::string> ids_at(const std::vector<Part>& parts,
                                const std::vector<std::size_t>& indexes) {
  return texts_of(indexes, [&](std::size_t index) { return parts[index].id; });
}

// The records of one questionnaire.
Table records_table(const std::vector<ListedRecord>& records, const std::string& questionnaire) {
  std::vector<std::string> scales;
  Table table = table_with({"Id", "Date", "Form", "About"});
  for (const ListedRecord& each : records) {
    if (each.record.questionnaire != questionnaire) continue;
    const Questionnaire& own = definition_of(each);
    for (const std::size_t scale : main_scales(own)) {
      const std::string& id = own.scales[scale].id;
      if (std::ranges::find(scales, id) != scales.end()) continue;
      scales.push_back(id);
      add_column(table, own.scales[scale].name, Align::right);
    }
  }
  add_column(table, "Problem");
  for (const ListedRecord& each : records) {
    const Record& record = each.record;
    if (record.questionnaire != questionnaire) continue;
    const Questionnaire& own = definition_of(each);
    std::string date = render_local_date(record.taken_at);
    // Of a log form there are many a day.
    if (own.scales.empty()) date += ' ' + render_local_time(record.taken_at);
    auto& row = table.rows.emplace_back(
        std::vector{record.id, std::move(date), record.form, record.about.value_or("-")});
    for (const std::string& id : scales) {
      auto& cell = row.emplace_back();
      if (const auto scale = find_scale(own, id)) {
        const auto& estimate = each.scores[*scale].estimate;
        cell = estimate ? render_fixed(estimate->score, 1) : "-";
      }
    }
    row.emplace_back(each.questionnaire ? "" : unusable_definition);
  }
  leave_out(table, 4 + scales.size(), "");
  leave_out(table, 3, "-");
  leave_out(table, 2, "full");
  return table;
}

std::string norm_line(const Scale& scale, const Norm& norm) {
  std::vector<std::string> numbers;
  if (norm.mean && norm.sd) {
    numbers.push_back(
        fmt::format("mean {}, SD {}", render_decimal(*norm.mean), render_decimal(*norm.sd)));
  }
  if (!norm.percentiles.empty()) {
    numbers.push_back(fmt::format("percentiles of {} scores", norm.percentiles.size()));
  }
  const std::string range =
      norm.range ? fmt::format(", answers {}-{}", norm.range->min, norm.range->max) : "";
  return fmt::format("{}: {} (n = {}{}): {}; source: {}", scale.name, norm.sample, norm.n, range,
                     joined(numbers, ", and "), norm.source);
}

std::string reliability_line(const Scale& scale) {
  const Reliability& reliability = *scale.reliability;
  std::vector<std::string> numbers;
  if (reliability.alpha) numbers.push_back("alpha " + render_decimal(*reliability.alpha));
  if (reliability.retest) {
    numbers.push_back("retest correlation " + render_decimal(*reliability.retest));
  }
  const std::string days =
      reliability.days ? fmt::format(" after {} days", render_decimal(*reliability.days)) : "";
  return fmt::format("{}: {}{}; source: {}", scale.name, joined(numbers, ", "), days,
                     reliability.source);
}

std::vector<std::string> published_lines(const Questionnaire& questionnaire) {
  std::vector<std::string> lines;
  for (const Scale& scale : questionnaire.scales) {
    if (scale.reliability) lines.push_back(reliability_line(scale));
    for (const Norm& norm : scale.norms) lines.push_back(norm_line(scale, norm));
  }
  return lines;
}

// What every description of a questionnaire begins with.
Facts facts_of(const Questionnaire& questionnaire) {
  Facts facts;
  add_fact(facts, "Name", questionnaire.id);
  add_fact(facts, "Version", questionnaire.version);
  add_fact(facts, "Language", questionnaire.language);
  add_fact(facts, "Status", questionnaire.status);
  add_fact(facts, "Source", questionnaire.source);
  add_fact(facts, "Licence", questionnaire.license);
  return facts;
}

// Each form with its items.
Facts forms_of(const Questionnaire& questionnaire) {
  Facts forms;
  for (const Form& form : questionnaire.forms) {
    forms.rows.emplace_back(form.id,
                            fmt::format("{} items: {}", form.items.size(),
                                        joined(ids_at(questionnaire.items, form.items), ", ")));
  }
  return forms;
}

// As exactly as the definition has it.
std::string number_in_full(double number) { return render_decimal(number, 10); }

std::string values_cell(const Questionnaire& questionnaire, const Item& item) {
  if (item.kind == ItemKind::text) return "a line of text";
  if (item.kind == ItemKind::number) {
    const std::string unit = item.unit.empty() ? "" : " " + item.unit;
    return fmt::format("{} to {}{}", number_in_full(item.min), number_in_full(item.max), unit);
  }
  const auto in_words = [](const Choice& value) {
    return value.text == value.id ? value.id : value.id + " = " + value.text;
  };
  return joined(texts_of(answer_values(questionnaire, item), in_words), "; ");
}

// The same in short, for a list of statements.
std::string key_in_words(const Questionnaire& questionnaire, const Item& item) {
  if (item.kind == ItemKind::rating) {
    const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
    return fmt::format("{}-{}{}", scale.min, scale.max, item.reverse ? " reversed" : "");
  }
  const char* lead = item.kind != ItemKind::choice ? ""
                     : item.multiple               ? "several of: "
                                                   : "one of: ";
  return lead + values_cell(questionnaire, item);
}

Table variables_table(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Table table = table_with({"Name", "Statement", "Type", "Values", "Scale", "Reversed", "Missing"});
  for (const Item& item : questionnaire.items) {
    std::string reversed;
    if (item.kind == ItemKind::rating) {
      const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
      reversed = item.reverse ? fmt::format("yes, {} − answer", scale.min + scale.max) : "no";
    }
    const std::string text = statement(questionnaire, item, codebook.about);
    const std::string rule = rule_in_words(questionnaire, item.ask_when);
    table.rows.push_back({item.id, text.empty() ? no_wording : text,
                          std::string(type_in_table(item)), values_cell(questionnaire, item),
                          item.scale ? questionnaire.scales[*item.scale].id : "", reversed,
                          "empty if skipped" + (rule.empty() ? "" : "; asked only when " + rule)});
  }
  return table;
}

// "1 (calm) to 7 (afraid)"; the meanings of a scale or of a derived score may be empty.
template <class Score>
std::string range_cell(const Score& score, ScoreRange range) {
  const auto with_meaning = [](double number, const std::string& meaning) {
    return number_in_full(number) + (meaning.empty() ? "" : " (" + meaning + ")");
  };
  return with_meaning(range.min, score.low) + " to " + with_meaning(range.max, score.high);
}

Table scores_table(const Questionnaire& questionnaire) {
  const auto& scales = questionnaire.scales;
  Table table = table_with(
      {"Name", "Title", "Part of", "Method", "Items", "Needed answers", "Range", "Formula"});
  for (std::size_t i = 0; i < scales.size(); ++i) {
    const Scale& scale = scales[i];
    const std::vector<std::string> items = counted_items(questionnaire, i);
    const bool is_reversed = std::ranges::any_of(questionnaire.items, [&](const Item& item) {
      return item.reverse && counts_for(questionnaire, item, i);
    });
    std::string formula = "mean of the answered items";
    if (scale.method == ScoreMethod::sum) formula += fmt::format(", times {}", items.size());
    if (is_reversed) formula += ", after the reversed ones are turned round";
    table.rows.push_back(
        {scale.id, scale.name, scale.parent ? scales[*scale.parent].id : "",
         std::string(name_of(scale.method)),
         fmt::format("{}: {}", items.size(), joined(items, ", ")),
         count_of(scoring::items_needed(scale.min_answered, items.size()), items.size()),
         range_cell(scale, score_range(questionnaire, i, items.size())), std::move(formula)});
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    const Derived& derived = questionnaire.derived[i];
    const auto id_of = [&](const Term& term) { return scales[term.scale].id; };
    table.rows.push_back({derived.id, derived.name, "", "derived",
                          joined(texts_of(derived.terms, id_of), ", "), "a score of each",
                          range_cell(derived, scoring::derived_range(questionnaire, 0, i)),
                          terms_in_words(questionnaire, derived)});
  }
  return table;
}

void add_score_rules(Document& document, const Questionnaire& questionnaire) {
  document.push_back(Heading{2, "Scores"});
  if (questionnaire.scales.empty()) {
    say(document, "This questionnaire is not scored.");
  } else {
    say(document, "The needed answers and the ranges are those of the full form.");
    document.push_back(scores_table(questionnaire));
  }
  if (questionnaire.rates.empty()) return;
  document.push_back(Bullets{texts_of(questionnaire.rates, [&](const Rate& rate) {
    const Item& item = questionnaire.items[rate.item];
    return fmt::format("{} ({}): the share of {} over many records, {} in ({}) among those in ({})",
                       rate.id, rate.name, rate.unit, item.id,
                       joined(ids_at(item.choices, rate.counts), ", "),
                       joined(ids_at(item.choices, rate.of), ", "));
  })});
}

void add_missing_rules(Document& document, const Questionnaire& questionnaire) {
  document.push_back(Heading{2, "Missing answers"});
  say(document,
      "An item that was skipped or not asked is empty. It is never 0 and never the middle of the "
      "scale, and nothing is filled in for it.");
  if (!questionnaire.scales.empty()) {
    say(document,
        "Beside each score X stand X_se, its standard error, and X_answered, the number of items "
        "that were answered. A score uses those alone. With fewer than the needed answers it is "
        "empty. An item that was not asked still counts as an item of its scale.");
  }
  if (questionnaire.forms.size() < 2) return;
  say(document,
      "A form asks a part of the items. Its scores and the needed answers go by those alone:");
  document.push_back(forms_of(questionnaire));
}

void add_published(Document& document, const Questionnaire& questionnaire) {
  if (questionnaire.scales.empty()) return;
  document.push_back(Heading{2, "Norms and reliability"});
  std::vector<std::string> lines = published_lines(questionnaire);
  if (lines.empty()) return say(document, "The definition gives none.");
  document.push_back(Bullets{std::move(lines)});
}

std::string condition_in_words(const Questionnaire& questionnaire, const Condition& condition) {
  const std::string& subject = condition.subject == Subject::item
                                   ? questionnaire.items[condition.index].id
                                   : questionnaire.scales[condition.index].id;
  if (condition.is) return fmt::format("{} is {}", subject, *condition.is);
  std::vector<std::string> bounds;
  const auto add = [&](std::string_view words, const std::optional<double>& bound) {
    if (bound) bounds.push_back(fmt::format("{} {}", words, number_in_full(*bound)));
  };
  add("at least", condition.at_least);
  add("above", condition.above);
  add("at most", condition.at_most);
  add("below", condition.below);
  return fmt::format("{} is {}", subject, joined(bounds, " and "));
}

}  // namespace

std::string about_in_words(const Questionnaire& questionnaire,
                           const std::optional<std::string>& about) {
  const auto& abouts = questionnaire.abouts;
  if (!about) return abouts.empty() ? "" : abouts.front().phrase;
  const auto index = find_about(questionnaire, *about);
  return index ? abouts[*index].phrase : about->substr(about->find(':') + 1);
}

bool is_key_alone(const Questionnaire& questionnaire) {
  return std::ranges::all_of(questionnaire.items,
                             [](const Item& item) { return item.text.empty(); });
}

std::vector<Choice> answer_values(const Questionnaire& questionnaire, const Item& item) {
  if (item.kind != ItemKind::rating) return item.choices;  // of a choice item alone
  std::vector<Choice> values;
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
  const auto all_of = [&](const std::vector<Condition>& conditions) {
    const std::string words = joined(
        texts_of(conditions,
                 [&](const Condition& each) { return condition_in_words(questionnaire, each); }),
        " and ");
    return rule.size() > 1 && conditions.size() > 1 ? "(" + words + ")" : words;
  };
  return joined(texts_of(rule, all_of), " or ");
}

std::vector<std::string> counted_items(const Questionnaire& questionnaire, std::size_t scale) {
  std::vector<std::string> ids;
  for (const Item& item : questionnaire.items) {
    if (counts_for(questionnaire, item, scale)) ids.push_back(item.id);
  }
  return ids;
}

const Questionnaire& definition_of(const ListedRecord& record) {
  static const Questionnaire nothing;
  return record.questionnaire != nullptr ? *record.questionnaire : nothing;
}

Document list_document(const std::vector<Listing>& listings) {
  Facts questionnaires;
  Facts keys;
  for (const auto& [questionnaire, problem] : listings) {
    std::string words = "can't be used: " + problem;
    if (problem.empty()) {
      const auto& forms = questionnaire.forms;
      const std::string minutes =
          questionnaire.minutes ? fmt::format(", about {} min", *questionnaire.minutes) : "";
      const std::string names = ", forms " + join_or(texts_of(forms, &Form::id));
      words = fmt::format("{} ({} items{}{})", questionnaire.summary, questionnaire.items.size(),
                          minutes, forms.size() > 1 ? names : "");
    }
    const bool is_key = problem.empty() && is_key_alone(questionnaire);
    (is_key ? keys : questionnaires).rows.emplace_back(questionnaire.id, std::move(words));
  }
  Document document;
  if (!questionnaires.rows.empty()) document.push_back(std::move(questionnaires));
  if (keys.rows.empty()) return document;
  document.push_back(Heading{2, "Published keys, without their wording"});
  say(document,
      "They score answers you already have. To be asked, add the statements first: attune wording "
      "NAME FILE");
  document.push_back(std::move(keys));
  return document;
}

Document record_list_document(const std::vector<ListedRecord>& records) {
  Document document;
  std::vector<std::string> shown;
  for (const ListedRecord& each : records) {
    const std::string& name = each.record.questionnaire;
    if (std::ranges::find(shown, name) != shown.end()) continue;
    shown.push_back(name);
    document.emplace_back(Heading{2, name});
    document.emplace_back(records_table(records, name));
  }
  return document;
}

Document draft_list_document(const std::vector<ListedDraft>& drafts) {
  if (drafts.empty()) return {Paragraph{"No drafts: nothing is unfinished."}};
  Table table =
      table_with({"Draft", "Begun", "Questionnaire", "About", "Answered", "Continue with"});
  for (const ListedDraft& draft : drafts) {
    table.rows.push_back({std::to_string(draft.id), render_local_date(draft.started_at),
                          draft.questionnaire + (draft.form == "full" ? "" : ", " + draft.form),
                          draft.about.value_or(""), count_of(draft.confirmed, draft.items),
                          draft.resume});
  }
  return {std::move(table)};
}

Document questionnaire_document(const Questionnaire& questionnaire) {
  const auto& items = questionnaire.items;
  Facts facts = facts_of(questionnaire);
  add_fact(facts, "Items", std::to_string(items.size()));
  if (const auto& minutes = questionnaire.minutes) {
    add_fact(facts, "Takes", "about " + counted(static_cast<std::size_t>(*minutes), "minute"));
  }
  if (questionnaire.recheck_days) {
    add_fact(facts, "Check in", fmt::format("every {} days", *questionnaire.recheck_days));
  }
  Document document{Heading{1, questionnaire.title}, Paragraph{questionnaire.summary},
                    std::move(facts), Heading{2, "Items"}};
  Facts statements;
  for (const Item& item : items) {
    const std::string scale = item.scale ? questionnaire.scales[*item.scale].id + ", " : "";
    statements.rows.emplace_back(
        item.id, fmt::format("{} [{}{}]", item.text.empty() ? no_wording : item.text, scale,
                             key_in_words(questionnaire, item)));
  }
  document.push_back(std::move(statements));
  add_score_rules(document, questionnaire);
  add_published(document, questionnaire);
  if (questionnaire.forms.size() > 1) {
    document.push_back(Heading{2, "Forms"});
    document.push_back(forms_of(questionnaire));
  }
  if (questionnaire.abouts.empty()) return document;
  Facts abouts;
  for (const About& about : questionnaire.abouts) abouts.rows.emplace_back(about.id, about.phrase);
  document.push_back(Heading{2, "About"});
  document.push_back(std::move(abouts));
  return document;
}

Document codebook_document(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Facts facts = facts_of(questionnaire);
  add_fact(facts, "SHA-256 of the definition", codebook.sha256);
  add_fact(facts, "Instructions", questionnaire.instructions);
  if (!questionnaire.abouts.empty()) {
    add_fact(facts, "Worded about", questionnaire.abouts[codebook.about.value_or(0)].phrase);
  }
  Document document{Heading{1, questionnaire.title},
                    Paragraph{questionnaire.summary},
                    std::move(facts),
                    Heading{2, "Variables"},
                    Paragraph{"One row for each item. The data holds the answer as it was given; a "
                              "reversed item is turned round only when it is scored."},
                    variables_table(codebook)};
  add_score_rules(document, questionnaire);
  add_missing_rules(document, questionnaire);
  add_published(document, questionnaire);
  return document;
}

}  // namespace attune::report
