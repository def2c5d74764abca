// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/codebook.hpp"
#include "attune/decimal.hpp"
#include "attune/scores.hpp"

#include "report/codebook_parts.hpp"
#include "report/csv.hpp"

namespace attune {
namespace {

using detail::csv_cell;
using detail::joined;

// What REDCap advises, so that names stay short in statistics packages.
constexpr std::size_t longest_name = 26;

// The columns of a data dictionary, in their order. A row is built by name and written as a whole.
struct Field {
  std::string name;
  std::string form;
  std::string section;
  std::string type;
  std::string label;
  std::string choices;
  std::string note;
  std::string validation;
  std::string min;
  std::string max;
  std::string branching;
  std::string annotation;
};

constexpr std::string_view header =
    "\"Variable / Field Name\",\"Form Name\",\"Section Header\",\"Field Type\",\"Field Label\","
    "\"Choices, Calculations, OR Slider Labels\",\"Field Note\","
    "\"Text Validation Type OR Show Slider Number\",\"Text Validation Min\","
    "\"Text Validation Max\",Identifier?,\"Branching Logic (Show field only if...)\","
    "\"Required Field?\",\"Custom Alignment\",\"Question Number (surveys only)\","
    "\"Matrix Group Name\",\"Matrix Ranking?\",\"Field Annotation\"\n";

std::string row_of(const Field& field) {
  const std::string unused;
  return detail::csv_line({csv_cell(field.name), csv_cell(field.form), csv_cell(field.section),
                           field.type, csv_cell(field.label), csv_cell(field.choices),
                           csv_cell(field.note), field.validation, field.min, field.max, unused,
                           csv_cell(field.branching), unused, unused, unused, unused, unused,
                           csv_cell(field.annotation)});
}

// REDCap shows labels as HTML, puts the value of a field in the place of [its name] or {its name},
// and parts choices at '|'. A text of a definition must do none of that.
std::string safe_label(std::string_view text) {
  constexpr std::string_view from = "\n|[]{}";
  constexpr std::string_view to = " /()()";
  std::string safe;
  for (const char c : text) {
    const std::size_t at = from.find(c);
    if (c == '<') {
      safe += "&lt;";
    } else {
      safe += at == std::string_view::npos ? c : to[at];
    }
  }
  return safe;
}

// Small letters, digits and single underscores, none of them at an end.
std::string plain_name(std::string_view id) {
  std::string name;
  for (const char c : id) {
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_kept) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name;
}

// Cut to `longest`, with a number at its end where the name is taken.
std::string unique_name(std::string_view name, std::vector<std::string>& taken,
                        std::size_t longest) {
  const auto is_taken = [&](const std::string& candidate) {
    return std::find(taken.begin(), taken.end(), candidate) != taken.end();
  };
  std::string candidate = plain_name(name.substr(0, longest));
  for (std::size_t number = 2; is_taken(candidate); ++number) {
    const std::string ending = fmt::format("_{}", number);
    candidate = plain_name(name.substr(0, longest - ending.size())) + ending;
  }
  taken.push_back(candidate);
  return candidate;
}

// Field names begin with a letter, and REDCap keeps those that begin with its own name.
std::string field_stem(std::string_view id) {
  std::string stem = plain_name(id);
  const bool is_letter = !stem.empty() && stem.front() >= 'a' && stem.front() <= 'z';
  return is_letter && !stem.starts_with("redcap") ? stem : "q_" + stem;
}

// Parallel to the items: field names, and the codes of their choices.
struct Names {
  std::string form;
  std::vector<std::string> fields;
  std::vector<std::vector<std::string>> codes;
};

Names names_of(const Questionnaire& questionnaire) {
  Names names;
  std::vector<std::string> forms;
  names.form = unique_name(field_stem(questionnaire.id), forms, longest_name);
  std::vector<std::string> taken{"record_id", names.form + "_complete", names.form + "_timestamp"};
  for (const Item& item : questionnaire.items) {
    names.fields.push_back(unique_name(field_stem(item.id), taken, longest_name));
    std::vector<std::string> codes;
    for (const Choice& choice : item.choices) {
      unique_name(plain_name(choice.id), codes, choice.id.size() + longest_name);
    }
    names.codes.push_back(std::move(codes));
  }
  return names;
}

std::string choices_of(const Questionnaire& questionnaire, const Names& names, std::size_t index) {
  const Item& item = questionnaire.items[index];
  std::vector<std::string> choices;
  for (const detail::AnswerValue& value : detail::values_of(questionnaire, item)) {
    const std::string& code =
        item.kind == ItemKind::choice ? names.codes[index][choices.size()] : value.code;
    choices.push_back(code + ", " + safe_label(value.label));
  }
  return joined(choices, " | ");
}

std::string_view field_type(const Item& item) {
  if (item.kind == ItemKind::text) return "notes";
  if (item.kind == ItemKind::number) return "text";
  return item.kind == ItemKind::choice && item.multiple ? "checkbox" : "radio";
}

std::string chosen_logic(const Names& names, const Item& item, const Condition& condition) {
  const auto choice = std::find_if(item.choices.begin(), item.choices.end(),
                                   [&](const Choice& each) { return each.id == *condition.is; });
  const std::string& field = names.fields[condition.index];
  const std::string& code =
      names.codes[condition.index][static_cast<std::size_t>(choice - item.choices.begin())];
  if (item.multiple) return fmt::format("[{}({})] = \"1\"", field, code);
  return fmt::format("[{}] = \"{}\"", field, code);
}

// An empty field is compared as if it were 0, which here is no answer at all.
std::string bounds_logic(const std::string& field, const Condition& condition) {
  std::vector<std::string> tests;
  if (within(condition, 0)) tests.push_back(fmt::format("[{}] <> \"\"", field));
  const auto add = [&](std::string_view sign, const std::optional<double>& bound) {
    if (!bound) return;
    tests.push_back(fmt::format("[{}] {} {}", field, sign, render_decimal(*bound, 10)));
  };
  add(">=", condition.at_least);
  add(">", condition.above);
  add("<=", condition.at_most);
  add("<", condition.below);
  return joined(tests, " and ");
}

std::string branching_of(const Questionnaire& questionnaire, const Names& names, const Item& item) {
  std::vector<std::string> alternatives;
  for (const std::vector<Condition>& conditions : item.ask_when) {
    std::vector<std::string> all;
    for (const Condition& condition : conditions) {
      const Item& subject = questionnaire.items[condition.index];
      all.push_back(condition.is ? chosen_logic(names, subject, condition)
                                 : bounds_logic(names.fields[condition.index], condition));
    }
    const std::string logic = joined(all, " and ");
    alternatives.push_back(item.ask_when.size() > 1 ? "(" + logic + ")" : logic);
  }
  return joined(alternatives, " or ");
}

// Ids hold no '@', so nothing here can be read as one of REDCap's action tags.
std::string annotation_of(const Questionnaire& questionnaire, const Names& names,
                          std::size_t index) {
  const Item& item = questionnaire.items[index];
  std::vector<std::string> parts{fmt::format("attune item {}", item.id)};
  if (item.scale) {
    const Scale& scale = questionnaire.scales[*item.scale];
    parts.push_back("scale " + scale.id);
    if (scale.parent) parts.push_back("part of " + questionnaire.scales[*scale.parent].id);
  }
  if (item.kind == ItemKind::rating) parts.emplace_back(item.reverse ? "reversed" : "not reversed");
  for (std::size_t i = 0; i < item.choices.size(); ++i) {
    const std::string& code = names.codes[index][i];
    if (code != item.choices[i].id) {
      parts.push_back(fmt::format("{} is {}", code, item.choices[i].id));
    }
  }
  return joined(parts, "; ");
}

Field field_of(const Codebook& codebook, const Names& names, std::size_t index) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  const Item& item = questionnaire.items[index];
  Field field;
  field.name = names.fields[index];
  field.form = names.form;
  if (index == 0) field.section = safe_label(questionnaire.instructions);
  field.type = field_type(item);
  const std::string text = statement(questionnaire, item, codebook.about);
  field.label = safe_label(text.empty() ? item.id : text);
  field.choices = choices_of(questionnaire, names, index);
  field.branching = branching_of(questionnaire, names, item);
  field.annotation = annotation_of(questionnaire, names, index);
  if (item.kind == ItemKind::number) {
    field.note = safe_label(item.unit);
    field.validation = "number";
    field.min = render_decimal(item.min, 10);
    field.max = render_decimal(item.max, 10);
  }
  return field;
}

}  // namespace

std::string codebook_redcap(const Codebook& codebook) {
  const Names names = names_of(codebook.questionnaire);
  Field record;
  record.name = "record_id";
  record.form = names.form;
  record.type = "text";
  record.label = "Record";
  std::string csv = std::string(header) + row_of(record);
  for (std::size_t i = 0; i < codebook.questionnaire.items.size(); ++i) {
    csv += row_of(field_of(codebook, names, i));
  }
  return csv;
}

}  // namespace attune
