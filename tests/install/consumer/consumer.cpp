// SPDX-License-Identifier: MIT
// A program of someone else: reads a definition and scores one sitting with the installed library
// alone.
#include <attune/definition.hpp>
#include <attune/scoring.hpp>
#include <cstdio>

int main() {
  const attune::Definition definition =
      attune::check_definition(attune::starter_definition("mine"), {});
  if (!definition.questionnaire) return 1;
  attune::Responses responses = attune::empty_responses(*definition.questionnaire);
  for (auto& answer : responses.answers) answer = 4.0;
  const attune::Scores scores = attune::score(*definition.questionnaire, 0, responses);
  std::printf("%.1f\n", scores.at(0).estimate->score);
  return 0;
}
