// SPDX-License-Identifier: MIT
#include "app/commands/compare.hpp"

#include <filesystem>
#include <fmt/format.h>

#include "attune/comparison.hpp"
#include "attune/text.hpp"

#include "app/commands/profile_output.hpp"
#include "app/document_output.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

using Sides = std::array<ComparedSide, 2>;

Error two_questionnaires(const Sides& sides) {
  return {ErrorKind::bad_data,
          fmt::format("'{}' and '{}' are two questionnaires", escape(sides[0].scores.questionnaire),
                      escape(sides[1].scores.questionnaire)),
          "compare",
          {"their scales measure different things; take two sittings of one"}};
}

// The definition that gives names, plane and pairings.
struct Reference {
  Questionnaire questionnaire;
  std::string sha256;
};

// The text that either side was scored with, where the history has it: the first that knows
// pairings.
Result<std::optional<Reference>> kept_reference(const Sides& sides,
                                                std::optional<History>& history) {
  std::optional<Reference> found;
  if (!history) return found;
  for (const ComparedSide& side : sides) {
    const std::string& sha256 = side.scores.sha256;
    const Result<std::optional<std::string>> text =
        attempt([&] { return history->definition_text(sha256); });
    if (!text) return text.error();
    if (!*text) continue;
    Definition definition = check_definition(**text, {{}, CheckDepth::use});
    if (!definition.questionnaire || definition.questionnaire->id != side.scores.questionnaire) {
      continue;
    }
    const bool has_more = !found || (found->questionnaire.pairings.empty() &&
                                     !definition.questionnaire->pairings.empty());
    if (has_more) found = Reference{*std::move(definition.questionnaire), sha256};
  }
  return found;
}

// An older text may know no pairings where the installed one does; names and scales are the same.
Result<Reference, LoadError> reference_of(const Sides& sides, const Catalogue& catalogue,
                                          std::optional<History>& history) {
  Result<std::optional<Reference>> kept = kept_reference(sides, history);
  if (!kept) return LoadError{kept.error(), {}, {}};
  if (*kept && !(*kept)->questionnaire.pairings.empty()) return **std::move(kept);
  Result<LoadedDefinition, LoadError> loaded =
      try_load(catalogue, sides[0].scores.questionnaire, std::nullopt);
  if (loaded && (!*kept || !loaded->questionnaire.pairings.empty())) {
    return Reference{std::move(loaded->questionnaire), std::move(loaded->sha256)};
  }
  if (*kept) return **std::move(kept);
  return loaded.error();
}

using Names = std::array<std::string, 2>;

std::string about_phrase(const ComparedSide& side, const Questionnaire& questionnaire) {
  const auto& abouts = questionnaire.abouts;
  if (!side.scores.about) return abouts.empty() ? std::string() : abouts.front().phrase;
  const auto about = find_about(questionnaire, *side.scores.about);
  return about ? abouts[*about].phrase : *side.scores.about;
}

// Two sittings of one person differ in whom they are about, or else in their day. "About my
// partner" and not "my partner", who has no part in these scores.
Names names_of_sittings(const Sides& sides, const Questionnaire& questionnaire) {
  Names abouts{about_phrase(sides[0], questionnaire), about_phrase(sides[1], questionnaire)};
  if (abouts[0] != abouts[1]) return {"about " + abouts[0], "about " + abouts[1]};
  return {sides[0].scores.taken_on, sides[1].scores.taken_on};
}

// A file is named like whoever gave it away, as a rule.
std::string name_of_file(const ComparedSide& side) {
  constexpr std::size_t most_columns = 40;
  const std::string stem =
      side.operand == "-" ? std::string() : std::filesystem::path(side.operand).stem().string();
  return std::string(fit(escape(stem), most_columns));
}

void give_names(Comparison& comparison, const CompareOptions& options, const Sides& sides) {
  const bool both_kept = sides[0].is_kept && sides[1].is_kept;
  Names names;
  if (options.names) {
    names = *options.names;
  } else if (both_kept) {
    comparison.between = Between::one_person;
    names = names_of_sittings(sides, comparison.questionnaire);
  } else {
    for (std::size_t i = 0; i < sides.size(); ++i) {
      names[i] = sides[i].is_kept ? "You" : name_of_file(sides[i]);
    }
  }
  if (names[0] == names[1]) names = {"A", "B"};
  if (names[0].empty()) names[0] = "A";
  if (names[1].empty()) names[1] = "B";
  comparison.first.name = names[0];
  comparison.second.name = names[1];
  if (options.names || both_kept) return;
  if (sides[0].is_kept) comparison.first.address = Address::you;
  if (sides[1].is_kept) comparison.second.address = Address::you;
}

Result<ComparedPerson> person_of(const ComparedSide& side, const Questionnaire& questionnaire) {
  Result<Scores> scores = scores_for(questionnaire, side.scores);
  if (!scores) {
    scores.error().place = side.operand == "-" ? "standard input" : side.operand;
    return scores.error();
  }
  ComparedPerson person;
  person.version = side.scores.version;
  person.sha256 = side.scores.sha256;
  person.form = side.scores.form;
  person.about = side.scores.about;
  person.taken_on = side.scores.taken_on;
  person.scores = *std::move(scores);
  return person;
}

std::string render(const Comparison& comparison, const CompareOptions& options, TextStyle style) {
  if (options.format == Format::json) return comparison_json(comparison);
  if (options.output) style.colour = Colour::off;
  return render_document(comparison_document(comparison), options.format, style,
                         {comparison.questionnaire.language});
}

}  // namespace

ExitStatus compare(const CompareOptions& options, const TextStyle& style,
                   const Catalogue& catalogue, const Paths& paths, std::optional<History>& history,
                   Streams& streams) {
  Result<std::optional<OutputFile>> file = create_output(options.output, options.overwrite);
  if (!file) return report(streams, file.error());
  const Result<Config, LoadError> config = read_config(paths);
  if (!config) return report(streams, config.error());
  Sides sides;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Result<ComparedSide> side = read_side(options.operands[i], options.answers, history, streams);
    if (!side) return report(streams, side.error());
    sides[i] = *std::move(side);
  }
  if (sides[0].scores.questionnaire != sides[1].scores.questionnaire) {
    return report(streams, two_questionnaires(sides));
  }
  Result<Reference, LoadError> reference = reference_of(sides, catalogue, history);
  if (!reference) return report(streams, reference.error());
  Comparison comparison;
  comparison.contact = config->contact;
  for (const std::size_t i : {0U, 1U}) {
    Result<ComparedPerson> person = person_of(sides[i], reference->questionnaire);
    if (!person) return report(streams, person.error());
    (i == 0 ? comparison.first : comparison.second) = *std::move(person);
  }
  comparison.questionnaire = std::move(reference->questionnaire);
  comparison.sha256 = std::move(reference->sha256);
  give_names(comparison, options, sides);
  return write_result(streams, *file, render(comparison, options, style));
}

}  // namespace attune
