// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "attune/catalogue.hpp"
#include "attune/decimal.hpp"
#include "attune/session.hpp"
#include "attune/text.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"
#include "app/terminal/front_end.hpp"
#include "report/render/text_page.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

constexpr const char* usual_questionnaire = "closeness";
constexpr std::size_t most_answer_bytes = std::size_t{1024} * 1024;

// One sitting: what is asked, about whom and in which order, and where answers and profile go.
struct Sitting {
  const Arguments& arguments;
  World& world;
  Destination destination;  // of the profile; questions fit the terminal
  std::string contact;
  store::LoadedDefinition definition;
  std::size_t form = 0;
  std::optional<std::size_t> about{};
  std::vector<std::size_t> order{};
  store::Draft draft{};           // new, or the one that is resumed
  bool has_earlier_text = false;  // the draft was begun with another text than the one found now
  std::optional<ScoredHistory> history{};
  std::optional<store::FileDescriptor> held_drafts{};
  std::int64_t held = 0;  // the number of the draft that is held
};

std::optional<std::uint64_t> seed_of(const Arguments& arguments) {
  const auto text = arguments.value("--shuffle");
  if (!text || text->empty()) return {};
  const auto seed = parse_whole(*text);
  if (seed && *seed >= 0) return static_cast<std::uint64_t>(*seed);
  throw usage_error("--shuffle", fmt::format("'{}' is not a seed", escape(*text)),
                    "write a whole number: --shuffle=42");
}

// Options that can't be meant together.
void check_contradictions(const Arguments& arguments, Format format) {
  if (arguments.has("--answers") && arguments.has("--note")) {
    throw usage_error("--note", "asks on a terminal, but --answers asks nothing",
                      "leave one of them out");
  }
  if (!arguments.has("--private") || output_of(arguments)) return;
  if (arguments.has("--no-save")) {
    throw usage_error("--private", "shows nothing, but --no-save keeps nothing",
                      "leave one of them out, or name a file with -o");
  }
  if (format != Format::text) {
    throw usage_error("--private", "shows no scores on the terminal or in a pipe",
                      "name a file with -o to write them there");
  }
}

// A published key comes without its statements; there is nothing to ask then. Answers from a script
// need no statements.
void check_wording(const Questionnaire& questionnaire) {
  const bool worded =
      std::ranges::all_of(questionnaire.items, [](const Item& item) { return !item.text.empty(); });
  if (worded) return;
  throw Error(
      ErrorKind::not_found, "its statements are not shipped, because they are not ours to pass on",
      questionnaire.id,
      {fmt::format("attune wording {} FILE adds them from plain lines, one for each statement",
                   questionnaire.id),
       "--answers takes the answers without them"});
}

// The form, about and order that the options name, and the draft that would be begun.
void prepare(Sitting& sitting, std::optional<std::uint64_t> seed) {
  const Arguments& arguments = sitting.arguments;
  Questionnaire& questionnaire = sitting.definition.questionnaire;
  const auto about = asked_about(arguments);
  sitting.form = form_of(arguments, questionnaire);
  if (about) sitting.about = known_about(questionnaire, *about);
  if (arguments.has("--shuffle") && !seed) seed = sitting.world.random.next();
  sitting.order = session::plan(questionnaire, sitting.form, seed);
  store::Draft& draft = sitting.draft;
  draft.key = {questionnaire.id, questionnaire.forms[sitting.form].id, about};
  draft.version = questionnaire.version;
  draft.sha256 = sitting.definition.sha256;
  draft.language = questionnaire.language;
  draft.started_at = sitting.world.clock.now();
  for (const std::size_t item : sitting.order) draft.order.push_back(questionnaire.items[item].id);
}

std::optional<ScoredHistory> open_for_answers(const Sitting& sitting) {
  if (sitting.arguments.has("--no-save")) return {};
  std::optional<ScoredHistory> history;
  try {
    const World& world = sitting.world;
    history.emplace(store::History::open_or_create(world.paths.data, world.ask_passphrase));
  } catch (Error& error) {
    error.advice.emplace_back("--no-save answers without keeping anything");
    throw;
  }
  return history;
}

// Takes up the newest draft of this questionnaire, form and about. When the definition has changed
// since, the sitting goes on with the text it was begun with, so that the answers stay comparable.
void resume_draft(Sitting& sitting) {
  if (!sitting.history || sitting.arguments.has("--fresh")) return;
  std::optional<store::Draft> draft = sitting.history->find_draft(sitting.draft.key);
  if (!draft) return;
  const std::string& sha256 = draft->sha256;
  sitting.has_earlier_text = sha256 != sitting.definition.sha256;
  if (sitting.has_earlier_text) {
    const Questionnaire* earlier = sitting.history->questionnaire(sha256);
    const auto form = earlier != nullptr ? find_form(*earlier, draft->key.form) : std::nullopt;
    if (!form) {
      throw Error(ErrorKind::bad_data,
                  "the draft was begun with a text that this version can't use",
                  draft->key.questionnaire, {"--fresh starts again and keeps the draft"});
    }
    const std::string text = sitting.history->definition_text(sha256).value_or("");
    sitting.definition = {{}, text, sha256, *earlier};
    sitting.form = *form;
    if (draft->key.about) {
      sitting.about = person_named(sitting.definition.questionnaire, *draft->key.about);
    }
  }
  sitting.order.clear();
  for (const std::string& id : draft->order) {
    if (const auto item = find_item(sitting.definition.questionnaire, id)) {
      sitting.order.push_back(*item);
    }
  }
  sitting.draft = *std::move(draft);
}

// Marks the draft as open in this process. False when another has it open. The mark is a lock on
// the byte of its number in an empty file, and is gone with the process; where none can be had,
// nobody is warned, and answers are kept all the same.
bool hold_draft(Sitting& sitting) {
  const std::int64_t number = sitting.draft.id;
  if (number == 0 || std::exchange(sitting.held, number) == number) return true;
  sitting.held_drafts.emplace(sitting.world.paths.data / "drafts.lock",
                              O_RDWR | O_CREAT | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  struct flock mark {};
  mark.l_type = F_WRLCK;
  mark.l_whence = SEEK_SET;
  mark.l_start = number;
  mark.l_len = 1;
  // Unlike the older kind, this lock is not lost with any other descriptor of the file.
  if (fcntl(sitting.held_drafts->number(), F_OFD_SETLK, &mark) == 0) return true;
  return errno != EAGAIN && errno != EACCES;
}

Record make_record(const Sitting& sitting, const Responses& responses) {
  const Questionnaire& questionnaire = sitting.definition.questionnaire;
  const Clock& clock = sitting.world.clock;
  Record record;
  record.id = sitting.history ? record_id(sitting.world.random) : std::string();
  record.questionnaire = questionnaire.id;
  record.version = questionnaire.version;
  record.sha256 = sitting.definition.sha256;
  record.form = questionnaire.forms[sitting.form].id;
  record.language = questionnaire.language;
  record.about = sitting.draft.key.about;
  record.started_at = sitting.draft.started_at;
  const auto taken_on = date_of(sitting.arguments, "--date");
  record.taken_at = taken_on ? clock.noon_of(*taken_on) : clock.now();
  record.answers = recorded_answers(responses, questionnaire);
  return record;
}

void keep(Sitting& sitting, Record& record) {
  if (!sitting.history) return;
  record.sequence = sitting.history->add_record(record, sitting.definition.text, sitting.draft);
}

// Gives the main scores, for the end of the sitting.
std::vector<std::string> show_profile(Sitting& sitting, const Record& record) {
  if (sitting.arguments.has("--private") && !sitting.destination.file) return {};
  std::vector<TriedStep> tried;
  if (sitting.history) tried = sitting.history->tried_steps(record.questionnaire);
  report::Profile profile =
      make_profile(sitting.definition.questionnaire, sitting.form, record, std::move(tried));
  const std::vector<std::string> scores = report::score_lines(profile);
  write_profile(sitting.arguments, sitting.world.streams, sitting.destination, std::move(profile),
                sitting.contact, sitting.history ? &*sitting.history : nullptr);
  return sitting.arguments.has("--private") ? std::vector<std::string>{} : scores;
}

bool is_plain(const Sitting& sitting) { return wants_plain_lines(sitting.world.environment); }

// The last lines of a sitting, where the eye lands after a long page: the scores once more, and the
// commands that go on.
void say_goodbye(const Sitting& sitting, const Record& record,
                 const std::vector<std::string>& scores) {
  Output& talk = talk_output(sitting.world.streams);
  const bool is_read_here = sitting.world.streams.out_is_terminal && !sitting.destination.file &&
                            sitting.destination.format == Format::text && !scores.empty();
  say(talk, fmt::format("{}Kept in your history as {}.\n", is_read_here ? "\n" : "", record.id));
  if (!is_read_here) return;
  const report::Charset charset = charset_of(sitting.world.environment);
  for (const std::string& score : scores) {
    say(talk, shown(is_plain(sitting) ? report::spoken(score) : score, charset) + "\n");
  }
  // With a day in the past it may not be the last one.
  const bool is_last = !sitting.arguments.has("--date");
  const std::string name = is_last ? "last" : record.id;
  say(talk, fmt::format("Again:  attune history show {}\n", name));
  if (is_last) {
    const Questionnaire& questionnaire = sitting.definition.questionnaire;
    const bool is_usual = questionnaire.id == usual_questionnaire;
    say(talk,
        fmt::format("Steps:  attune next{}\nKeep:   attune report -o report-{}.html\n",
                    is_usual ? "" : " " + questionnaire.id, render_local_date(record.taken_at)));
  }
  say(talk, fmt::format("Remove: attune history delete {}\n", name));
}

// Shows what was kept, and says so even where that fails.
ExitStatus show_kept(Sitting& sitting, const Record& record) {
  Streams& streams = sitting.world.streams;
  ExitStatus status = ExitStatus::done;
  std::vector<std::string> scores;
  try {
    scores = show_profile(sitting, record);
  } catch (const Error& error) {
    status = report(streams, error);
  }
  streams.out.flush();
  const bool is_watched = streams.out_is_terminal || streams.err_is_terminal;
  if (sitting.history && is_watched) say_goodbye(sitting, record, scores);
  return status;
}

// The text of `--answers`, from wherever it points.
std::string read_answers(const std::string& value, const Streams& streams) {
  if (value == "-") return read_all(streams.in, most_answer_bytes, "standard input");
  try {
    return store::read_regular_file(value, most_answer_bytes);
  } catch (Error& error) {
    error.advice.emplace_back(
        "answers are written as 4,2,s,7 or as id=4,id=2; - reads them from standard input");
    throw;
  }
}

ExitStatus take_scripted(Sitting& sitting, const std::string& value) {
  Streams& streams = sitting.world.streams;
  const bool is_text = value != "-" && is_answers_text(value);
  const std::string text = is_text ? value : read_answers(value, streams);
  const auto [responses, problems] =
      scripted_answers(sitting.definition.questionnaire, sitting.form, text,
                       is_text ? AnswersFrom::command_line : AnswersFrom::file);
  if (!problems.empty()) {
    for (Error problem : problems) {
      problem.place = problem.place.empty() ? "--answers" : "--answers: " + problem.place;
      report(streams, problem);
    }
    say(streams.err, "  nothing was recorded\n");
    return ExitStatus::bad_data;
  }
  sitting.history = open_for_answers(sitting);
  Record record = make_record(sitting, responses);
  keep(sitting, record);
  return show_kept(sitting, record);
}

// How to go on with the newest draft of this questionnaire, where the one begun now is another.
std::optional<std::string> waiting_draft(Sitting& sitting) {
  if (!sitting.history || sitting.arguments.has("--private")) return {};
  const std::vector<store::Draft> drafts = sitting.history->drafts();
  const auto found = std::find_if(drafts.rbegin(), drafts.rend(), [&](const store::Draft& each) {
    return each.key.questionnaire == sitting.draft.key.questionnaire &&
           !(each.key == sitting.draft.key);
  });
  if (found == drafts.rend()) return {};
  return resume_command(found->key.questionnaire, found->key);
}

// The labels that are known, where the one asked about is new: it may be a slip.
std::vector<std::string> known_labels(Sitting& sitting) {
  const std::string about = sitting.draft.key.about.value_or("");
  const auto has_label = [](std::string_view name) { return kind_of_about(name) != name; };
  std::set<std::string> labels;
  if (!sitting.history || !has_label(about)) return {};
  for (const Record& record : sitting.history->records({sitting.draft.key.questionnaire, {}, {}})) {
    if (record.about == about) return {};
    if (record.about && has_label(*record.about)) labels.insert(*record.about);
  }
  return {labels.begin(), labels.end()};
}

// How else this questionnaire can be asked, where nothing else was chosen.
std::string other_ways(const Sitting& sitting) {
  const Questionnaire& questionnaire = sitting.definition.questionnaire;
  const bool is_chosen = sitting.arguments.has("--form") || sitting.arguments.has("--about");
  if (is_chosen || questionnaire.forms.size() < 2) return {};
  const std::string name = first_operand(sitting.arguments).value_or(usual_questionnaire);
  const Form& other = questionnaire.forms.back();
  std::string ways = fmt::format("To begin another way, press q first. {}: {} questions.",
                                 resume_command(name, {{}, other.id, {}}), other.items.size());
  if (questionnaire.abouts.size() > 1) {
    const std::string& id = questionnaire.abouts[1].id;
    ways += fmt::format(" {}: about one person.", resume_command(name, {{}, "full", id}));
  }
  return ways;
}

// Says what the questionnaire is, or what is being resumed.
void introduce(Sitting& sitting, const session::Session& session) {
  const Questionnaire& questionnaire = sitting.definition.questionnaire;
  Output& talk = talk_output(sitting.world.streams);
  const report::Charset charset = charset_of(sitting.world.environment);
  const auto say = [&](std::string_view text) { app::say(talk, shown(text, charset) + "\n"); };
  if (sitting.draft.id == 0) {
    if (const auto waiting = waiting_draft(sitting)) {
      say("You also have an unfinished one; to go on with that: " + *waiting);
    }
    if (const auto labels = known_labels(sitting); !labels.empty()) {
      say(fmt::format("This is the first one about {}; so far there is {}.",
                      *sitting.draft.key.about, joined(labels, ", ", " and ")));
    }
    if (const std::string ways = other_ways(sitting); !ways.empty()) say(ways);
    if (is_plain(sitting)) say(questionnaire.title);  // the screen of single keys has it anyway
    say(questionnaire.instructions);
    say(sitting.history
            ? "Each answer is kept at once: q or Ctrl-C stops, the same command continues."
            : "Nothing is kept, as --no-save asks. q or Ctrl-C stops.");
  } else {
    const Responses given = session.responses();
    const auto skipped = std::ranges::count(given.answers, std::optional<Answer>(Skipped{}));
    std::string line =
        fmt::format("Continuing from {}: {} of {} answered{}.",
                    render_local_date(sitting.draft.started_at), session.answered(),
                    session.count(), skipped > 0 ? fmt::format(", {} skipped", skipped) : "");
    if (sitting.has_earlier_text) {
      line += fmt::format(
          " The questionnaire has changed since; you keep the text you began with (version {}).",
          questionnaire.version);
    }
    say(line + " --fresh starts again.");
    if (!hold_draft(sitting)) {
      say("It is open in another terminal, too: the later answer to a question counts.");
    }
  }
  talk.write("\n");
}

// Asks every question. Each confirmed answer is in the draft before the next one is shown.
SittingEnd administer(Sitting& sitting, session::Session& session) {
  World& world = sitting.world;
  const Questionnaire& questionnaire = sitting.definition.questionnaire;
  const auto keep = [&](std::size_t item, const Answer& answer, double seconds) {
    if (!sitting.history) return;
    sitting.history->save_answer(sitting.draft, {questionnaire.items[item].id, answer, seconds},
                                 sitting.definition.text);
    static_cast<void>(hold_draft(sitting));
  };
  const bool hidden = sitting.arguments.has("--private");
  Administration administration{questionnaire,
                                session,
                                sitting.about,
                                world.clock,
                                keep,
                                hidden ? Privacy::closed : Privacy::open,
                                charset_of(world.environment),
                                sitting.form,
                                wants_colour(world.environment, world.streams)};
  const bool plain = is_plain(sitting);
  const InputMode by_lines = hidden ? InputMode::hidden_lines : InputMode::lines;
  const auto console = open_console(world.streams, plain ? by_lines : InputMode::keys);
  return plain ? ask_by_lines(administration, *console) : ask_by_keys(administration, *console);
}

// What can't be looked up is taken to be as it was.
bool is_in_our_hands(Sitting& sitting) {
  if (!sitting.history || sitting.draft.id == 0) return true;
  try {
    const std::optional<store::Draft> draft = sitting.history->find_draft(sitting.draft.key);
    return draft && draft->id == sitting.draft.id;
  } catch (const Error&) {
    return true;
  }
}

// The command that goes on with this sitting, and in the same way.
std::string continue_command(const Sitting& sitting) {
  const Arguments& arguments = sitting.arguments;
  std::string command =
      resume_command(first_operand(arguments).value_or(usual_questionnaire), sitting.draft.key);
  for (const char* option : {"--date", "--language"}) {
    if (const auto value = arguments.value(option))
      command += fmt::format(" {} {}", option, *value);
  }
  for (const char* option : {"--note", "--private"}) {
    if (arguments.has(option)) command += fmt::format(" {}", option);
  }
  if (is_plain(sitting)) command += " --plain";
  return command;
}

// Says what is kept when a sitting ends before its end, and how it goes on.
ExitStatus leave(Sitting& sitting, const session::Session& session, SittingEnd end) {
  const ExitStatus status = end == SittingEnd::quit ? ExitStatus::done : ExitStatus::interrupted;
  if (end == SittingEnd::hung_up) return status;
  Output& talk = talk_output(sitting.world.streams);
  if (!is_in_our_hands(sitting)) {
    say(talk, "This sitting was finished, discarded or started again in another terminal.\n");
  } else if (session.responses().order.empty()) {
    say(talk, "Nothing was answered yet, and nothing is kept.\n");
  } else if (!sitting.history) {
    say(talk, "Nothing is kept, as --no-save asks.\n");
  } else {
    say(talk, fmt::format("{} of {} answers are kept. Continue with: {}\n", session.answered(),
                          session.count(), continue_command(sitting)));
  }
  return status;
}

// One line for the record, empty when the person left it so. Nothing at all when they interrupted.
std::optional<std::string> ask_note(const Sitting& sitting) {
  constexpr std::string_view prompt = "A note for yourself, one line (Enter alone for none): ";
  Streams& streams = sitting.world.streams;
  if (!sitting.arguments.has("--private")) return ask_line(streams, prompt);
  const std::optional<Secret> note = ask_secret(streams, prompt);
  return note ? std::optional<std::string>(note->view()) : std::nullopt;
}

// Whatever fails from here on, a message says what has become of the answers.
ExitStatus finish(Sitting& sitting, const session::Session& session) {
  Streams& streams = sitting.world.streams;
  Record record = make_record(sitting, session.responses());
  if (sitting.arguments.has("--note")) {
    auto note = ask_note(sitting);
    if (!note) return leave(sitting, session, SittingEnd::interrupted);
    record.note = *std::move(note);
  }
  try {
    keep(sitting, record);
  } catch (const Error& error) {
    const ExitStatus status = report(streams, error);
    leave(sitting, session, SittingEnd::interrupted);
    return status;
  }
  return show_kept(sitting, record);
}

ExitStatus take_on_terminal(Sitting& sitting) {
  sitting.history = open_for_answers(sitting);
  if (sitting.history) sitting.history->check_writable();
  resume_draft(sitting);
  const Questionnaire& questionnaire = sitting.definition.questionnaire;
  session::Session session(questionnaire, sitting.order);
  session.resume(responses_of(sitting.draft.answers, questionnaire));
  introduce(sitting, session);
  const SittingEnd end = administer(sitting, session);
  return end == SittingEnd::finished ? finish(sitting, session) : leave(sitting, session, end);
}

// The questionnaire that is meant. Whom it is to be about is no name of one.
store::LoadedDefinition definition_of(const Arguments& arguments, const World& world) {
  const std::string name = first_operand(arguments).value_or(usual_questionnaire);
  try {
    return world.catalogue.load(name, arguments.value("--language"));
  } catch (Error& error) {
    Questionnaire usual = world.catalogue.load(usual_questionnaire, {}).questionnaire;
    const bool is_person = error.kind == ErrorKind::not_found && person_named(usual, name);
    if (is_person) error.advice = {"to answer about someone: attune take --about " + name};
    throw;
  }
}

// Everything that can be refused is refused before the first question.
ExitStatus run_take(const Arguments& arguments, World& world) {
  const auto answers = arguments.value("--answers");
  const auto seed = seed_of(arguments);
  const auto taken_on = date_of(arguments, "--date");
  const Format format = format_of(arguments, every_format);
  check_scores_only(arguments, format);
  check_contradictions(arguments, format);
  const Date today = local_date(world.clock.now());
  if (taken_on && days_since_epoch(*taken_on) > days_since_epoch(today)) {
    throw usage_error("--date", "this day is in the future", "leave it out to use today");
  }
  Sitting sitting{.arguments = arguments,
                  .world = world,
                  .destination = destination_of(arguments, world, format),
                  .contact = read_contact(world.paths),
                  .definition = definition_of(arguments, world)};
  if (!answers) check_wording(sitting.definition.questionnaire);
  prepare(sitting, seed);
  if (!answers && !can_ask(world.streams)) {
    throw usage_error("take", "there is no terminal to ask the questions on",
                      "give the answers with --answers, or run it in a terminal");
  }
  return answers ? take_scripted(sitting, *answers) : take_on_terminal(sitting);
}

}  // namespace

const Command take_row{
    "take",
    "answer, read your profile",
    R"(Asks the questions of a questionnaire (closeness unless another is named) one at a time, scores
       the answers, prints a profile with next steps and keeps the record in your history. Each
       answer is kept at once: after q, Ctrl-C or a power cut, the same command continues where you
       stopped. Nothing leaves this machine.)",
    {"NAME|FILE", 0, 1},
    {{"-f,--form", "FORM", "Ask a named part of the questionnaire: short."},
     {"-a,--about", "WHOM", "Answer about one person: partner, mother, friend, ..."},
     {"--answers", "LIST|FILE|-",
      "Take the answers as 4,2,s,7 in the order of the questionnaire (s skips), as id=4,id=2, from "
      "a file, or from standard input; ask nothing."},
     {"--format", "FORMAT", "Print the profile as text (default), json, csv, markdown or html."},
     {"--explain", "", "Show what each answer contributes to the scores."},
     scores_only_option,
     {"--private", "", "Echo no answers and show no scores."},
     {"--no-save", "", "Keep nothing: the history is not even opened."},
     {"--fresh", "", "Start again even if there is an unfinished draft; the draft is kept."},
     {"--date", "DATE", "Record it as taken on DATE (2026-11-01)."},
     {"--note", "", "Ask for a one-line note at the end."},
     {"--shuffle", "[=SEED]", "Ask in random order; the same SEED gives the same order."},
     {"--language", "LANG", "Use the texts of another language, where there are any: de."}},
    {{"attune take",
      "Answer closeness, 36 statements in about six minutes, and read your profile."},
     {"attune take --form short --about partner",
      "Answer 12 statements about your partner, as a check-in."},
     {"attune take --form short --answers answers.txt --format json | jq .scores",
      "Score answers from a file, where s skips a statement, and pick out the scores."},
     {"attune take moment",
      "Note in under a minute what an urge to withdraw or to cling was like."}},
    run_take};

}  // namespace attune::app
