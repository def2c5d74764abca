// SPDX-License-Identifier: MIT
#include "app/commands/due.hpp"
#include "app/messages.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec every_option{
    "--every", "PERIOD",
    "How many days or weeks a check-in is good for (28d, 4w), instead "
    "of what the questionnaire says.",
    Value::required};

constexpr OptionSpec due_option_specs[] = {
    every_option,
    {"-a,--about", "WHOM", "Count only check-ins about one person: partner, mother, ...",
     Value::required},
    {"-q,--quiet", "", "Print nothing; the exit status answers."},
    {"--prompt", "", "Print \"check-in \" when one is due, and nothing otherwise."},
};

constexpr Example due_examples[] = {
    {"attune due", "Has it been four weeks since the last check-in with closeness?"},
    {"attune due growth --every 2w", "Has it been two weeks since the last one with growth?"},
    {"attune due -q && echo 'Time to look again.'", "Ask in a script, or whenever a shell starts."},
};

ExitStatus run_due(const Arguments& arguments, World& world) {
  const Result<DueOptions> options = due_options(arguments);
  if (!options) return report(world.streams, options.error());
  return due(*options, world.paths.data, Catalogue(world.paths.definitions), world.clock,
             world.streams);
}

}  // namespace

const Command due_row{
    "due",
    "whether a check-in is due, for scripts and prompts",
    "Tells whether it is time for the next check-in with a questionnaire (closeness unless "
    "another "
    "is named): exit status 0 says yes, 1 no, and anything higher is an error. Days are calendar "
    "days. What is printed names neither the questionnaire nor a score.",
    {"NAME|FILE", 0, 1},
    due_option_specs,
    due_examples,
    run_due};

}  // namespace attune
