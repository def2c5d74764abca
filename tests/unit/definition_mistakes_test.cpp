// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <string_view>

#include "attune/definition.hpp"

#include "small_definition.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

TEST_CASE("mistakes in the header are found in their places") {
  for (const Case& each : {
           Case{replaced(sound, "format = 1\n", "\n"), "1:1: 'format' is missing"},
           Case{replaced(sound, "format = 1", "format = 2"), "1:10: this format is not known"},
           Case{replaced(sound, "id = \"small\"", "id = \"Small\""), "3:6: 'Small' is not an id"},
           Case{replaced(sound, "1.0.0", "1.0"), "4:11: '1.0' is not a version"},
           Case{replaced(sound, "title = \"Small\"", ""),
                "2:1: 'title' is missing from [questionnaire]"},
           Case{replaced(sound, "\"Answer.\"", "7"),
                "7:16: expected a text in double quotes, found a whole number"},
           Case{replaced(sound, "\"en\"", "\"../x\""), "8:12: '../x' is not a language tag"},
           Case{replaced(sound, "minutes = 2", "minutes = 0"),
                "12:11: 'minutes' must be from 1 to 600"},
           Case{replaced(sound, "minutes = 2", "minuts = 2"),
                "12:1: 'minuts' is not a key of [questionnaire]"},
           Case{replaced(sound, "partner =", "My = 'x'\npartner ="), "14:1: 'My' is not an id"},
           Case{replaced(sound, "max = 5", "max = 1"), "18:7: 'max' must be larger than 'min'"},
           Case{replaced(sound, "5 = \"yes\"", "6 = \"yes\""),
                "19:10: 5 has no label\n19:22: '6' is not an answer from 1 to 5"},
           Case{replaced(sound, "\"yes\"", "\" \""), "19:26: the text is empty"},
           Case{replaced(sound, "\"yes\"", "\"a\\nb\""), "19:26: this text must be a single line"},
           Case{replaced(sound, "\"yes\"", "\"a\tb\""), "19:26: a text holds no tab"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.problems);
  }
  CHECK(
      render(definition::check_definition(sound, definition::CheckDepth::use, "other").problems) ==
      "3:6: 'small' differs from the name of the file");
}

TEST_CASE("mistakes in scales are found in their places") {
  for (const Case& each : {
           Case{replaced(sound, "parent = \"ease\"", "parent = \"eas\""),
                "31:10: 'eas' is not a scale that stands before this one"},
           Case{replaced(sound, "id = \"help\"", "id = \"ease\""),
                "27:6: 'ease' is given twice\n"
                "35:9: 'help' is not a scale of this questionnaire\n"
                "39:9: 'help' is not a scale of this questionnaire"},
           Case{replaced(sound, "below = 3", "below = 1"),
                "25:32: no score lies below the lowest "
                "one"},
           Case{replaced(sound, "below = 3", "below = 5.5"),
                "25:32: 'below' 5.5 lies outside the scale's range, 1 to 5"},
           Case{replaced(sound, "below = 3, ", ""), "25:10: 'below' is missing from this band"},
           Case{replaced(sound, "id = \"high\",", "id = \"high\", below = 2,"),
                "25:75: the last band has no 'below'\n25:75: 'below' must be larger than that of "
                "the band before"},
           Case{replaced(sound, "id = \"high\"", "id = \"low\""), "25:59: 'low' is given twice"},
           Case{replaced(sound, "high = \"easy\"", "high = \"easy\"\nmin_answered = 0"),
                "25:16: 'min_answered' must be above 0 and at most 1"},
           Case{replaced(sound, "high = \"easy\"", "high = \"easy\"\nscore = \"median\""),
                "25:9: 'median' is not known here"},
           Case{
               replaced(sound, "high = \"easy\"",
                        "high = \"easy\"\ntypical = { low = 6, high = 2, of = 'x', source = 'y' }"),
               "25:11: 'low' 6 lies outside the scale's range, 1 to 5\n25:29: 'high' must not be "
               "less than 'low'"},
           Case{replaced(sound, "high = \"easy\"",
                         "high = \"easy\"\nreliability = { alpha = 1.0, source = 'y' }"),
                "25:25: 'alpha' must be at least 0 and less than 1"},
           Case{replaced(sound, "high = \"easy\"", "high = \"easy\"\nreliability = { days = 3 }"),
                "25:15: 'reliability' has neither 'alpha' nor 'retest'\n25:15: 'source' is missing "
                "from 'reliability'\n25:24: 'days' is the time between test and retest, and "
                "'retest' is missing"},
           Case{replaced(sound, "high = \"easy\"",
                         "high = \"easy\"\nnorms = [{ sample = 'x', n = 9, mean = 9, sd = 0, "
                         "source = 'y' }]"),
                "25:10: the mean 9 lies outside the scale's range, 1 to 5\n25:48: 'sd' must be "
                "above 0"},
           Case{replaced(sound, "high = \"easy\"",
                         "high = \"easy\"\nnorms = [{ sample = 'x', n = 9, mean = 3, sd = 4.5, "
                         "source = 'y' }]"),
                "25:10: the SD 4.5 is wider than the scale's range, 1 to 5"},
           Case{replaced(sound, "high = \"easy\"",
                         "high = \"easy\"\nnorms = [{ sample = 'x', n = 9, percentiles = [[2, 50], "
                         "[1, 60], [3, 101]], source = 'y' }]"),
                "25:57: percentiles must ascend\n25:70: a percentage must be from 0 to 100"},
           Case{with("[[scales]]\nid = 'x'\nname = 'x'\nlow = 'x'\nhigh = 'x'\nparent = 'help'\n"),
                "45:1: no item belongs to the scale 'x'\n50:10: 'help' is a facet itself"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.problems);
  }
}

TEST_CASE("mistakes in items are found in their places") {
  for (const Case& each : {
           Case{replaced(sound, "id = \"b\"", "id = \"a\""), "37:6: 'a' is given twice"},
           Case{replaced(sound, "id = \"b\"", "id = \"ease\""),
                "37:6: 'ease' is the id of a scale too"},
           Case{replaced(sound, "text = \"I do it alone.\"\n", ""),
                "36:1: 'text' is missing from this item"},
           Case{replaced(sound, "I do it alone.", "I like {partner}."),
                "38:8: '{partner}' is replaced by nothing"},
           Case{replaced(sound, "[about]\npartner = \"my partner\"\n", ""),
                "32:8: {about} has no phrase to stand for it"},
           Case{replaced(sound, "reverse = true", "reverse = 1"),
                "40:11: expected true or false, found a whole number"},
           Case{replaced(sound, "scale = \"ease\"\n", ""),
                "41:1: 'scale' is missing from this item"},
           Case{replaced(sound, "scale = \"ease\"\n", "scale = \"ese\"\n"),
                "44:9: 'ese' is not a scale of this questionnaire"},
           Case{replaced(sound, "reverse = true", "response_scale = \"six\""),
                "40:18: 'six' is not a response scale"},
           Case{replaced(sound, "reverse = true", "kind = \"slider\""),
                "40:8: 'slider' is not known here"},
           Case{with("[[items]]\nid = 'd'\ntext = 'x'\nkind = 'text'\nscale = 'ease'\n"),
                "49:1: 'scale' is not a key of this item"},
           Case{with("[[items]]\nid = 'd'\ntext = 'x'\nkind = 'choice'\n"
                     "choices = [{ id = 'x', text = 'x' }]\n"),
                "49:11: an item of kind 'choice' needs at least 2 choices"},
           Case{with("[[items]]\nid = 'd'\ntext = 'x'\nkind = 'number'\nmin = 3\nmax = 3\n"),
                "50:7: 'max' must be larger than 'min'"},
           Case{with("[[response_scales]]\nid = 'six'\nmin = 0\nmax = 6\n"
                     "labels = { 0 = 'n', 6 = 'y' }\n[[items]]\nid = 'd'\ntext = 'x'\n"
                     "scale = 'ease'\nresponse_scale = 'six'\n"),
                "50:1: the answers of 'd' go from 0 to 6, those of 'a' in the same scale from 1 to "
                "5"},
           Case{with("ask_when = { a = {}, z = { above = 1 }, c = { above = 1 } }\n"),
                "45:18: the condition is empty\n45:22: 'z' is not an item\n45:41: 'c' is not asked "
                "before this item"},
           Case{with("ask_when = { ease = { above = 1 }, a = { is = 'x' } }\n"),
                "45:14: 'ease' is a scale\n45:47: 'is' compares the answer of a choice item"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.problems);
  }
}

TEST_CASE("mistakes in forms, pairs and steps are found in their places") {
  constexpr std::string_view step = "[[next_steps]]\nid = 's'\ntitle = 't'\nwhy = 'w'\ntry = 'x'\n";
  const std::string step_text(step);
  for (const Case& each : {
           Case{with("[[forms]]\nid = 'full'\nitems = ['a']\n"), "46:6: 'full' is built in"},
           Case{
               with("[[forms]]\nid = 'f'\nitems = ['a', 'a', 'z', 1]\n"),
               "47:15: 'a' is named twice\n47:20: 'z' is not an item\n47:25: expected the id of an "
               "item, found a whole number"},
           Case{with("[[forms]]\nid = 'f'\nitems = []\n"), "47:9: the form has no items"},
           Case{with("ask_when = { a = { above = 1 } }\n[[forms]]\nid = 'f'\nitems = ['c', 'a']\n"),
                "48:9: 'c' depends on 'a', which the form does not ask before it"},
           Case{with("[[pairs]]\nitems = ['a']\nrelation = 'same'\n"),
                "46:9: a pair has two items"},
           Case{with("[[items]]\nid = 'd'\ntext = 'x'\nkind = 'text'\n[[pairs]]\n"
                     "items = ['a', 'd']\nrelation = 'same'\n"),
                "50:9: 'a' and 'd' do not belong to one main scale"},
           Case{with(step_text + "size = 'huge'\n"), "50:8: 'huge' is not known here"},
           Case{with(step_text + "size = 'small'\nwhen = { ease = { above = 3 } }\n"),
                "45:1: a person without scores would get no next step"},
           Case{with(step_text + "size = 'small'\nwhen = []\n"), "51:8: the rule has no condition"},
           Case{with(step_text + "size = 'small'\nwhen = { eas = { abov = 3 } }\n"),
                "45:1: a person without scores would get no next step\n51:10: 'eas' is neither a "
                "scale nor an item"},
           Case{with(step_text + "size = 'small'\nwhen = { ease = { abov = 3 } }\n"),
                "45:1: a person without scores would get no next step\n51:19: 'abov' is not a key "
                "of this condition"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.problems);
  }
}
