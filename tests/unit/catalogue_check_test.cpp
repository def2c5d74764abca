// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <doctest/doctest.h>
#include <stdexcept>
#include <string>

#include "attune/catalogue.hpp"

#include "failing_calls.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

std::string definition_with(const std::string& id) {
  return "format = 1\n[questionnaire]\nid = \"" + id +
         "\"\nversion = \"1.0.0\"\ntitle = \"Walks\"\nsummary = \"An example.\"\n"
         "instructions = \"Answer.\"\nlanguage = \"en\"\nstatus = \"an example\"\n"
         "source = \"invented\"\nlicense = \"CC0-1.0\"\n"
         "[[items]]\nid = \"line\"\nkind = \"text\"\ntext = \"What happened?\"\n";
}

std::string texts(const std::string& item) {
  return "format = 1\ntexts_for = \"walk\"\nlanguage = \"de\"\n[items]\n" + item + " = \"Was?\"\n";
}

bool speaks_of(const definition::Problems& problems, std::string_view words) {
  return std::any_of(problems.begin(), problems.end(), [&](const definition::Problem& problem) {
    return problem.message.find(words) != std::string::npos;
  });
}

// One directory for what is checked, one that the catalogue knows.
struct Places {
  TemporaryDirectory root;
  fs::path here = root.path() / "here";
  fs::path known = root.path() / "known";
  store::Catalogue catalogue{{known}};

  [[nodiscard]] definition::Problems check(const std::string& name, const std::string& text) const {
    write_bytes(here / name, text);
    return catalogue.check(here / name);
  }
};

// What `function` throws.
template <class Thrown, class Function>
Thrown thrown_by(Function function) {
  try {
    (void)function();
  } catch (const Thrown& error) {
    return error;
  }
  throw std::logic_error("nothing is thrown");
}

}  // namespace

TEST_CASE("texts of a language are checked against the definition beside them") {
  const Places places;
  write_bytes(places.here / "walk.toml", definition_with("walk"));
  CHECK_FALSE(speaks_of(places.check("walk.de.toml", texts("line")), "lines"));
  CHECK(speaks_of(places.check("walk.de.toml", texts("lines")), "lines"));
}

TEST_CASE("texts of a language are checked against the definition that the catalogue knows") {
  const Places places;
  write_bytes(places.known / "walk.toml", definition_with("walk"));
  CHECK(speaks_of(places.check("walk.de.toml", texts("lines")), "lines"));
}

TEST_CASE("texts for a definition with errors can't be checked, and it is told which") {
  const Places places;
  write_bytes(places.here / "walk.toml", "format = 1\n");
  const auto error = thrown_by<Error>([&] { return places.check("walk.de.toml", texts("line")); });
  CHECK(error.kind == ErrorKind::bad_data);
  CHECK(error.place == (places.here / "walk.toml").string());
}

TEST_CASE("a file that looks like texts is a definition where there is none for it") {
  const Places places;
  const definition::Problems problems = places.check("walk.de.toml", texts("line"));
  CHECK(speaks_of(problems, "texts_for"));
  CHECK_FALSE(speaks_of(places.check("walk.long.toml", definition_with("walk.long")), "id"));
  CHECK_FALSE(speaks_of(places.check("walk.d7.toml", definition_with("walk.d7")), "id"));
}

TEST_CASE("a file is checked by its name where it ends in .toml, and without it where not") {
  const Places places;
  CHECK(speaks_of(places.check("plan.toml", definition_with("walk")), "walk"));
  CHECK(places.check("plan.txt", definition_with("walk")).size() ==
        places.check("walk.toml", definition_with("walk")).size());
}

TEST_CASE("what can't be read is not checked") {
  const Places places;
  const auto kind_of = [&](const char* name) {
    return thrown_by<Error>([&] { return places.catalogue.check(places.here / name); }).kind;
  };
  CHECK(kind_of("none.toml") == ErrorKind::not_found);
  write_bytes(places.here / "walk.toml", definition_with("walk"));
  write_bytes(places.here / "walk.de.toml", texts("line"));
  for (const char* name : {"walk.toml", "walk.de.toml"}) {
    const FailingCall failing(Call::read, EIO, 0);
    CHECK(kind_of(name) == ErrorKind::io);
  }
}

TEST_CASE("texts that can't be read, or have errors, are told and not passed over") {
  const Places places;
  write_bytes(places.known / "walk.toml", definition_with("walk"));
  write_bytes(places.known / "walk.de.toml", texts("line") + "colour = 1\n");
  const auto load = [&] { return places.catalogue.load("walk", "de"); };
  const auto wrong = thrown_by<store::LoadError>(load);
  CHECK(wrong.message.starts_with("this language file has "));
  CHECK(wrong.place == places.known / "walk.de.toml");
  const FailingCall failing(Call::open, EIO, 1);
  CHECK(thrown_by<Error>(load).kind == ErrorKind::io);
}
