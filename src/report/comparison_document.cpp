// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <string>

#include "report/comparison_parts.hpp"
#include "report/sentences.hpp"

namespace attune {
namespace detail {
namespace {

std::string about_words(const Comparison& comparison, const ComparedPerson& person) {
  const Questionnaire& questionnaire = comparison.questionnaire;
  if (!person.about) {
    return questionnaire.abouts.empty() ? std::string() : questionnaire.abouts.front().phrase;
  }
  const auto about = find_about(questionnaire, *person.about);
  return about ? questionnaire.abouts[*about].phrase : *person.about;
}

std::string form_words(const Comparison& comparison, const ComparedPerson& person) {
  const auto form = find_form(comparison.questionnaire, person.form);
  const std::string title = form ? comparison.questionnaire.forms[*form].title : std::string();
  return title.empty() ? "form " + person.form : title;
}

// "2026-11-24, about my partner, Short form"; what the sitting is named after is not said again.
std::string sitting_words(const Comparison& comparison, const ComparedPerson& person) {
  std::string words;
  const auto add = [&](const std::string& part) {
    if (part != person.name) words += (words.empty() ? "" : ", ") + part;
  };
  add(person.taken_on);
  const std::string about = about_words(comparison, person);
  if (!about.empty()) add("about " + about);
  if (person.form != "full") add(form_words(comparison, person));
  return words;
}

std::string other_versions(const Comparison& comparison) {
  std::string names;
  for (const ComparedPerson* person : people_of(comparison)) {
    if (person->sha256 == comparison.sha256) continue;
    names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", named(*person), person->version);
  }
  return names;
}

// What has to be known before two scores are read side by side.
void add_notes(Document& document, const Comparison& comparison) {
  const ComparedPerson& first = comparison.first;
  const ComparedPerson& second = comparison.second;
  if (const std::string others = other_versions(comparison); !others.empty()) {
    document.emplace_back(Paragraph{
        fmt::format("The text of the questionnaire used here ({}) is another one than these scores "
                    "were made with: {}. The scores are shown as they are.",
                    comparison.questionnaire.version, others),
        Tone::quiet});
  }
  if (first.form != second.form) {
    document.emplace_back(
        Paragraph{"The forms differ. The scales are the same, but fewer questions measure less "
                  "exactly: the margins show by how much.",
                  Tone::quiet});
  }
  const bool same_about = about_words(comparison, first) == about_words(comparison, second);
  if (comparison.between == Between::two_people && !same_about) {
    document.emplace_back(
        Paragraph{"You answered with different people in mind. The two fit together best when "
                  "each of you answers about the other.",
                  Tone::quiet});
  }
}

void add_header(Document& document, const Comparison& comparison) {
  const Questionnaire& questionnaire = comparison.questionnaire;
  const std::string& title = questionnaire.title.empty() ? questionnaire.id : questionnaire.title;
  document.emplace_back(Heading{
      1, fmt::format("{}: {} and {}", title, named(comparison.first), named(comparison.second))});
  document.emplace_back(
      Facts{{{comparison.first.name, sitting_words(comparison, comparison.first)},
             {comparison.second.name, sitting_words(comparison, comparison.second)},
             {"Version", questionnaire.version}}});
  add_notes(document, comparison);
}

void add_limits_of_two(Document& document) {
  document.emplace_back(
      Paragraph{"This page lays two sittings side by side. It knows your answers of two days, and "
                "not your story. It is no verdict on your relationship or on either of you, and "
                "it can't tell how things will go. People far apart on this plane can be good to "
                "each other, and people close together can hurt each other."});
  document.emplace_back(
      Paragraph{"If one of you is afraid of the other, or if there are threats or violence, this "
                "page is the wrong tool, and none of its steps is meant for that. Nobody brings "
                "violence on by the way they love. Get help, alone and where the other can't "
                "listen in: talk to a person you trust, a doctor, or an advice centre for "
                "violence at home. In danger, call the emergency services.",
                Tone::caution});
}

void add_limits_of_one(Document& document) {
  document.emplace_back(
      Paragraph{"These count as two sittings of one person, so nothing is said about a pair. If "
                "two people gave these answers, name them with --names. Part of a difference can "
                "come from the days on which you answered; what shows again some weeks later "
                "carries more weight."});
  document.emplace_back(
      Paragraph{"If you are in distress, or afraid of someone, you need not carry it alone: talk "
                "to a person you trust, a doctor, a therapist or a crisis line where you live. In "
                "danger, call the emergency services."});
}

void add_closing(Document& document, const Comparison& comparison) {
  document.emplace_back(Heading{2, "Please keep in mind"});
  comparison.between == Between::two_people ? add_limits_of_two(document)
                                            : add_limits_of_one(document);
  if (!comparison.contact.empty()) {
    document.emplace_back(Paragraph{fmt::format("Your own line: {}", comparison.contact)});
  }
  std::string text;
  if (!comparison.questionnaire.status.empty()) {
    text = fmt::format("Status of this questionnaire: {} ",
                       with_full_stop(comparison.questionnaire.status));
  }
  document.emplace_back(Paragraph{text +
                                  "This page describes answers. It is not a diagnosis, and it is "
                                  "no measure of anyone's worth."});
}

}  // namespace
}  // namespace detail

Document comparison_document(const Comparison& comparison) {
  Document document;
  detail::add_header(document, comparison);
  detail::add_compared_plane(document, comparison);
  detail::add_compared_scores(document, comparison);
  detail::add_pairing(document, comparison);
  detail::add_closing(document, comparison);
  return document;
}

}  // namespace attune
