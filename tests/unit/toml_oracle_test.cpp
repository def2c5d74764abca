// SPDX-License-Identifier: MIT
// Compares our reader with toml++: what ours reads, toml++ must read to the same values. Texts are
// made of pieces, so that mistakes and odd nesting are common. toml++ is shown only what passes our
// reader, since it aborts on some of the rest.
#define TOML_EXCEPTIONS 0
#define TOML_FLOAT_CHARCONV 1
#include <array>
#include <doctest/doctest.h>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <toml++/toml.h>

#include "definition/toml_reader.hpp"

using namespace attune::detail;  // NOLINT: a test file

namespace {

bool same(const Tree& tree, const Node& ours, const toml::node& theirs);

bool same_table(const Tree& tree, const Node& ours, const toml::table& theirs) {
  if (ours.count != theirs.size()) return false;
  for (const Node& child : tree.children(ours)) {
    const toml::node* other = theirs.get(child.key);
    if (other == nullptr || !same(tree, child, *other)) return false;
  }
  return true;
}

bool same_array(const Tree& tree, const Node& ours, const toml::array& theirs) {
  if (ours.count != theirs.size()) return false;
  std::size_t index = 0;
  for (const Node& child : tree.children(ours)) {
    if (!same(tree, child, theirs[index++])) return false;
  }
  return true;
}

bool same(const Tree& tree, const Node& ours, const toml::node& theirs) {
  switch (ours.kind) {
    case NodeKind::table:
      return theirs.is_table() && same_table(tree, ours, *theirs.as_table());
    case NodeKind::array:
      return theirs.is_array() && same_array(tree, ours, *theirs.as_array());
    case NodeKind::text:
      return theirs.is_string() && theirs.as_string()->get() == ours.text;
    case NodeKind::whole:
      return theirs.is_integer() && theirs.as_integer()->get() == ours.whole;
    case NodeKind::real:
      return theirs.is_floating_point() && theirs.as_floating_point()->get() == ours.real;
    case NodeKind::boolean:
      return theirs.is_boolean() && theirs.as_boolean()->get() == (ours.whole != 0);
  }
  return false;
}

enum class Agreement { refused, same, different };

Agreement compare(const std::string& text) {
  Findings findings;
  const std::optional<Tree> ours = read_toml(text, findings);
  if (!ours || findings.has_errors()) return Agreement::refused;
  const toml::parse_result theirs = toml::parse(std::string_view(text));
  if (!theirs.succeeded()) return Agreement::different;
  return same_table(*ours, ours->root(), theirs.table()) ? Agreement::same : Agreement::different;
}

std::string shipped(std::string_view id) {
  const std::ifstream file(std::string(ATTUNE_SOURCE_DIR "/questionnaires/").append(id) + ".toml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("what our reader reads, toml++ reads to the same values") {
  constexpr std::array<std::string_view, 44> pieces{"\n",
                                                    "\n",
                                                    "\n",
                                                    "a",
                                                    "b",
                                                    "c",
                                                    ".",
                                                    " = ",
                                                    " = ",
                                                    " = ",
                                                    "[",
                                                    "]",
                                                    "[[",
                                                    "]]",
                                                    "{",
                                                    "}",
                                                    ", ",
                                                    ",",
                                                    "1",
                                                    "-2",
                                                    "0x1f",
                                                    "1_0",
                                                    "1.5",
                                                    "1e2",
                                                    "true",
                                                    "\"t\"",
                                                    "'l'",
                                                    "\"\"\"",
                                                    "'''",
                                                    "\"\\n\"",
                                                    "\"\\u00e9\"",
                                                    "\\\n",
                                                    "# r",
                                                    " ",
                                                    "\r\n",
                                                    "a = 1\n",
                                                    "[a]\n",
                                                    "[a.b]\n",
                                                    "[[a]]\n",
                                                    "b.c = 2\n",
                                                    "\"q r\"",
                                                    "x = [1, 2]\n",
                                                    "d = { a = 1 }\n",
                                                    "e.f = 'g'\n"};
  std::mt19937 random(20);
  int read = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text;
    for (auto length = random() % 14; length > 0; --length)
      text += pieces[random() % pieces.size()];
    const Agreement agreement = compare(text);
    CHECK_MESSAGE(agreement != Agreement::different, text);
    read += agreement == Agreement::same ? 1 : 0;
  }
  CHECK(read > 3000);  // the comparison would prove little if nearly everything were refused
}

TEST_CASE("the shipped questionnaires read the same in toml++") {
  for (const std::string_view id : {"closeness", "growth", "moment", "support"}) {
    const std::string text = shipped(id);
    REQUIRE_FALSE(text.empty());
    CHECK_MESSAGE(compare(text) == Agreement::same, id);
  }
}
