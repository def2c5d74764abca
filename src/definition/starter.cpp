// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include "attune/definition.hpp"

namespace attune {

namespace {

// "@id@" stands for the questionnaire's id.
constexpr std::string_view starter =
    R"toml(# A questionnaire for attune. Change anything, then see what it makes of it:
#
#     attune check @id@.toml
#     attune take ./@id@.toml
#
# Lines that begin with # are notes for you. The manual page attune-questionnaire(5) names every key.

format = 1

[questionnaire]
id = "@id@"                      # the name of the file without .toml
version = "1.0.0"                # raise it when you change an item or a key
title = "Ease and room"
summary = "How easy it is to lean on someone, and how much room you keep for yourself."
instructions = "Think of the last four weeks. There are no right answers, and you may skip what does not fit."
language = "en"
status = "my own draft, not validated"      # shown with every result
source = "Written by me"
license = "CC0-1.0"
minutes = 2
recheck_days = 28                # days until it is worth answering again

# Whom the answers can be about. {about} in an item becomes the phrase; the first one is used
# unless --about names another.
[about]
general = "the people closest to me"
partner = "my partner"
friend = "my closest friend"

# The answers people choose from. The first response scale is used for every item that names none.
[[response_scales]]
id = "agreement"
min = 1
max = 7
labels = { 1 = "strongly disagree", 4 = "in between", 7 = "strongly agree" }

# What is scored. `low` and `high` say what the two ends mean.
[[scales]]
id = "ease"
name = "Ease"
low = "leaning on someone is hard"
high = "leaning on someone is easy"
min_answered = 0.75              # with fewer than 3 of the 4 items answered there is no score
wanted = "up"                    # the direction you hope for: up, down or steady
bands = [
  { id = "low", below = 3, text = "Leaning on someone is hard for you at the moment. There may be good reasons for it." },
  { id = "middle", below = 5, text = "You lean on someone at times, and at times you would rather not." },
  { id = "high", text = "You can lean on someone when you need to." },
]

[[scales]]
id = "room"
name = "Room"
low = "little room of your own"
high = "plenty of room of your own"
min_answered = 0.75
bands = [
  { id = "low", below = 3, text = "You have little room of your own right now." },
  { id = "middle", below = 5, text = "You have some room of your own, and you may know where it ends." },
  { id = "high", text = "You have plenty of room of your own." },
]

# One [[items]] block for each statement. Use one idea and plain words. With reverse = true,
# agreeing lowers the score; it is good to have both kinds in each scale.
[[items]]
id = "ease1"
text = "I can ask {about} for help."
scale = "ease"

[[items]]
id = "room1"
text = "I find time that is only mine."
scale = "room"

[[items]]
id = "ease2"
text = "I keep my worries away from {about}."
scale = "ease"
reverse = true

[[items]]
id = "room2"
text = "My plans give way to the plans of {about}."
scale = "room"
reverse = true

[[items]]
id = "ease3"
text = "I feel safe when I open up to {about}."
scale = "ease"

[[items]]
id = "room3"
text = "I can tell {about} that I need a quiet hour."
scale = "room"

[[items]]
id = "ease4"
text = "Taking care from {about} feels strange to me."
scale = "ease"
reverse = true

[[items]]
id = "room4"
text = "I feel crowded by {about}."
scale = "room"
reverse = true

# A shorter set of the same items: attune take @id@ --form short
[[forms]]
id = "short"
title = "Short form"
minutes = 1
items = ["ease1", "room1", "ease2", "room2"]

# Two items that say the same or the opposite. Answers that do not fit together earn a gentle note.
[[pairs]]
items = ["ease1", "ease4"]
relation = "opposite"

# Named areas of the plane of two scales. Together they cover it without gap or overlap.
[[regions]]
id = "close-and-roomy"
name = "Close and roomy"
text = "You can lean on someone and still have a place of your own."
when = { ease = { at_least = 4 }, room = { at_least = 4 } }

[[regions]]
id = "close-and-crowded"
name = "Close and crowded"
text = "Leaning on someone is easy for you, and your own place has become small."
when = { ease = { at_least = 4 }, room = { below = 4 } }

[[regions]]
id = "apart-and-roomy"
name = "Apart and roomy"
text = "You have a place of your own, and letting someone in is the harder part."
when = { ease = { below = 4 }, room = { at_least = 4 } }

[[regions]]
id = "apart-and-crowded"
name = "Apart and crowded"
text = "Leaning on someone is hard, and there is little room to rest from it."
when = { ease = { below = 4 }, room = { below = 4 } }

# Suggestions after the profile; a higher priority comes first. One without `when` fits everyone.
[[next_steps]]
id = "one-small-ask"
title = "Ask for one small thing"
why = "A small request costs little, and it shows you what happens when you ask."
try = "Choose someone kind and ask for ten minutes of help this week."
size = "small"
priority = 20
when = { ease = { below = 4 } }

[[next_steps]]
id = "one-quiet-hour"
title = "Keep one hour for yourself"
why = "An hour that is yours makes it easier to enjoy the others."
try = "Put one hour in your week and tell someone beforehand when you will be back."
size = "small"
priority = 10
when = { room = { below = 4 } }

[[next_steps]]
id = "look-again"
title = "Look again in four weeks"
why = "One result is a single day. Several of them can show a direction."
try = "Put a date four weeks from now in your calendar."
size = "small"
)toml";

}  // namespace

std::string starter_definition(std::string_view id) {
  constexpr std::string_view placeholder = "@id@";
  std::string text(starter);
  for (std::size_t at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + id.size())) {
    text.replace(at, placeholder.size(), id);
  }
  return text;
}

}  // namespace attune
