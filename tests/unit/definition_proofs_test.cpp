// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <string_view>

#include "attune/definition.hpp"

#include "small_definition.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

TEST_CASE("regions must tile the plane of two main scales exactly") {
  const std::string two_scales = with(
      "[[scales]]\nid = 'room'\nname = 'x'\nlow = 'x'\nhigh = 'x'\n"
      "[[items]]\nid = 'd'\ntext = 'x'\nscale = 'room'\n");
  const auto region = [](std::string_view id, std::string_view when) {
    return "[[regions]]\nid = '" + std::string(id) +
           "'\nname = 'n'\ntext = 't'\nwhen = " + std::string(when) + "\n";
  };
  struct Plane {
    std::string regions;
    std::string_view problems;
  };
  for (const Plane& each : {
           Plane{region("p", "{ ease = { below = 3 } }") +
                     region("q", "{ ease = { at_least = 3 }, room = { below = 2 } }") +
                     region("r", "{ ease = { at_least = 3 }, room = { at_least = 2 } }"),
                 ""},
           Plane{region("p", "[{ ease = { below = 3 } }, { room = { below = 3 } }]") +
                     region("q", "{ ease = { at_least = 3 }, room = { at_least = 3 } }"),
                 ""},
           // The border itself belongs to nobody.
           Plane{region("p", "{ ease = { below = 3 } }") +
                     region("q", "{ ease = { above = 3 }, room = { below = 2 } }") +
                     region("r", "{ ease = { above = 3 }, room = { at_least = 2 } }"),
                 "54:1: no region covers ease 3, room 1"},
           // The border belongs to both.
           Plane{region("p", "{ ease = { at_most = 3 } }") +
                     region("q", "{ ease = { at_least = 3 }, room = { below = 2 } }") +
                     region("r", "{ ease = { above = 3 }, room = { at_least = 2 } }"),
                 "59:1: the regions 'p' and 'q' both cover ease 3, room 1"},
           // A gap narrower than any grid of whole or half scores.
           Plane{region("p", "{ ease = { below = 3 }, room = { above = 0 } }") +
                     region("q", "{ ease = { at_least = 3.001 } }"),
                 "54:1: no region covers ease 3, room 1"},
           Plane{
               region("p", "{ ease = { below = 3 } }") + region("q", "{ ease = { at_least = 3 } }"),
               "54:1: regions must name exactly two main scales"},
           Plane{region("p", "{ ease = { below = 3 }, help = { below = 2 } }"),
                 "58:8: a region is an area of two main scales; this names something else"},
       }) {
    CHECK_MESSAGE(problems_of(two_scales + each.regions) == each.problems, each.problems);
  }
}

TEST_CASE("a published key may come without its wording, if it says so") {
  const std::string key = replaced(sound, "text = \"I do it alone.\"\n", "");
  CHECK(problems_of(replaced(key, "minutes = 2", "wording = \"not included\"")).empty());
}

TEST_CASE("nobody is advised to key the items of a published key otherwise") {
  const std::string one_way = replaced(sound, "reverse = true\n", "");
  const std::string key = replaced(one_way, "minutes = 2", "wording = \"not included\"");
  CHECK(problems_of(key, definition::CheckDepth::full).empty());
}

TEST_CASE("authors are warned at full depth, and only there") {
  const std::string one_way = replaced(sound, "reverse = true\n", "");
  for (const Case& each : {
           Case{std::string(sound), ""},
           Case{one_way,
                "20:1: warning: all items of the scale 'ease' are keyed one way\n"
                "26:1: warning: all items of the scale 'help' are keyed one way"},
           Case{with("[[pairs]]\nitems = ['a', 'b']\nrelation = 'same'\n"),
                "46:9: warning: 'a' and 'b' are a pair of relation 'same', but they are keyed "
                "opposite ways"},
           Case{with("ask_when = { a = { above = 5 } }\n"),
                "45:12: warning: the condition on 'a' can never hold"},
           Case{with("ask_when = { a = { above = 3, below = 4 } }\n"), "!can never hold"},
           Case{replaced(sound, "I feel at ease.", "I feel at ease and I trust."),
                "43:8: warning: 'c' may hold two statements, joined by 'and'"},
           Case{replaced(sound, "I feel at ease.", "I don't feel that nobody cares."),
                "43:8: warning: 'c' negates twice"},
           Case{replaced(sound, "I feel at ease.", "i do it alone."),
                "1:1: warning: 'items.b' and 'items.c' have the same text"},
           Case{replaced(sound, "5 = \"yes\"", "5 = \"No\""),
                "1:1: warning: 'response_scales.five.1' and 'response_scales.five.5' have the same "
                "text"},
           Case{
               with("[[items]]\nid = 'e'\ntext = 'Which?'\nkind = 'choice'\nchoices = [{ id = 'x', "
                    "text = 'One' }, { id = 'y', text = 'Two' }, { id = 'z', text = 'one' }]\n"),
               "1:1: warning: 'choices.e.x' and 'choices.e.z' have the same text"},
           Case{replaced(sound, "I feel at ease.",
                         "My communication is overwhelmingly "
                         "considerate."),
                "!'c' reads at grade"},
       }) {
    const std::string found = problems_of(each.text, definition::CheckDepth::full);
    if (each.problems.starts_with('!')) {
      CHECK_MESSAGE(found.find(each.problems.substr(1)) != std::string::npos, found);
    } else {
      CHECK_MESSAGE(found == each.problems, each.problems);
    }
    CHECK(problems_of(each.text, definition::CheckDepth::use).empty());
  }
}
