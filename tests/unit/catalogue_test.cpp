// SPDX-License-Identifier: MIT
#include "attune/catalogue.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

std::string definition_with(const std::string& id, const std::string& title) {
  return "format = 1\n[questionnaire]\nid = \"" + id + "\"\nversion = \"1.0.0\"\ntitle = \"" +
         title +
         "\"\nsummary = \"An example.\"\ninstructions = \"Answer.\"\nlanguage = \"en\"\n"
         "status = \"an example\"\nsource = \"invented\"\nlicense = \"CC0-1.0\"\n"
         "[[items]]\nid = \"line\"\nkind = \"text\"\ntext = \"What happened?\"\n";
}

std::string texts(const std::string& id, const std::string& language, const std::string& text) {
  return "format = 1\ntexts_for = \"" + id + "\"\nlanguage = \"" + language +
         "\"\n[items]\nline = \"" + text + "\"\n";
}

// The person's directory before the installed one.
struct Directories {
  TemporaryDirectory root;
  fs::path own = root.path() / "own";
  fs::path installed = root.path() / "installed";
  store::Catalogue catalogue{{own, root.path() / "missing", installed}};
};

store::LoadedDefinition loaded(const store::Catalogue& catalogue, std::string_view name,
                               const std::optional<std::string>& language = {}) {
  try {
    return catalogue.load(name, language);
  } catch (const Error& error) {
    FAIL(name << ": " << error.message);
    throw;
  }
}

Error refused(const store::Catalogue& catalogue, std::string_view name,
              const std::optional<std::string>& language = {}) {
  try {
    (void)catalogue.load(name, language);
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error(std::string(name) + " is not refused");
}

// The whole text, or nothing.
std::optional<std::string> read_text(const fs::path& path, std::size_t limit) {
  try {
    return store::read_regular_file(path, limit);
  } catch (const Error&) {
    return std::nullopt;
  }
}

ErrorKind read_error(const fs::path& path) {
  try {
    (void)store::read_regular_file(path, store::max_definition_bytes);
  } catch (const Error& error) {
    return error.kind;
  }
  FAIL(path.string() << " is read");
  return ErrorKind::internal;
}

}  // namespace

TEST_CASE("sha256 gives the digests of FIPS 180-4") {
  // NIST's example values for SHA-256 (CSRC, "Cryptographic Standards and Guidelines").
  CHECK(store::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(store::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(store::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(store::sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a regular file is read to its last byte, up to the limit") {
  const TemporaryDirectory root;
  for (const std::size_t size : {0U, 1U, 4096U, 100'000U}) {
    CAPTURE(size);
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i % 251);
    write_bytes(root.path() / "file", bytes);
    CHECK((read_text(root.path() / "file", size) == bytes));
    if (size == 0) continue;
    CHECK_FALSE(read_text(root.path() / "file", size - 1).has_value());
  }
}

TEST_CASE("a file that tells no size is read too") {
  if (!fs::exists("/proc/self/status")) return;
  CHECK(read_text("/proc/self/status", store::max_definition_bytes)
            .value_or("")
            .starts_with("Name:"));
  CHECK_FALSE(read_text("/proc/self/status", 10).has_value());
}

TEST_CASE("what is no regular file is refused without waiting for it") {
  const TemporaryDirectory root;
  REQUIRE(::mkfifo((root.path() / "fifo").c_str(), 0600) == 0);
  CHECK(read_error(root.path() / "fifo") == ErrorKind::not_found);
  CHECK(read_error("/dev/zero") == ErrorKind::not_found);
  CHECK(read_error("/dev/null") == ErrorKind::not_found);
  CHECK(read_error(root.path()) == ErrorKind::not_found);
  CHECK(read_error(root.path() / "missing") == ErrorKind::not_found);
  CHECK(read_error(root.path() / "fifo" / "below") == ErrorKind::not_found);
  CHECK(read_error(std::string(300, 'x')) == ErrorKind::not_found);
  CHECK(read_error("") == ErrorKind::not_found);
  fs::create_symlink("circle", root.path() / "circle");
  CHECK(read_error(root.path() / "circle") == ErrorKind::not_found);
  fs::create_symlink("/dev/zero", root.path() / "link");
  CHECK(read_error(root.path() / "link") == ErrorKind::not_found);

  const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (root.path() / "socket").string().copy(address.sun_path, sizeof address.sun_path - 1);
  const void* generic = &address;
  REQUIRE(::bind(server, static_cast<const sockaddr*>(generic), sizeof address) == 0);
  CHECK(read_error(root.path() / "socket") == ErrorKind::not_found);
  ::close(server);
}

TEST_CASE("a sparse file of a gibibyte is refused by its size alone") {
  const TemporaryDirectory root;
  write_bytes(root.path() / "sparse", "");
  fs::resize_file(root.path() / "sparse", std::uintmax_t{1} << 30U);
  CHECK(read_error(root.path() / "sparse") == ErrorKind::bad_data);
}

TEST_CASE("a symbolic link to a definition is followed") {
  const Directories here;
  write_bytes(here.root.path() / "elsewhere", definition_with("walk", "Elsewhere"));
  fs::create_directories(here.own);
  fs::create_symlink(here.root.path() / "elsewhere", here.own / "walk.toml");
  CHECK(loaded(here.catalogue, "walk").questionnaire.title == "Elsewhere");
}

TEST_CASE("a definition is found by id, the person's own before the installed one") {
  const Directories here;
  const std::string installed = definition_with("walk", "Installed");
  write_bytes(here.installed / "walk.toml", installed);
  write_bytes(here.installed / "old.toml", definition_with("old", "A key"));
  const store::LoadedDefinition found = loaded(here.catalogue, "walk");
  CHECK(found.questionnaire.title == "Installed");
  CHECK(found.path == here.installed / "walk.toml");
  CHECK(found.text == installed);
  CHECK(found.sha256 == store::sha256(installed));
  CHECK(loaded(here.catalogue, "old").path == here.installed / "old.toml");

  write_bytes(here.own / "walk.toml", definition_with("walk", "Own"));
  CHECK(loaded(here.catalogue, "walk").questionnaire.title == "Own");
}

TEST_CASE("what holds a slash or ends in .toml is a path") {
  const Directories here;
  const fs::path path = here.root.path() / "walk.toml";
  write_bytes(path, definition_with("walk", "By path"));
  CHECK(loaded(here.catalogue, path.string()).questionnaire.title == "By path");
  fs::create_directories(here.own);
  CHECK(loaded(here.catalogue, (here.own / ".." / "walk.toml").string()).path.filename() ==
        "walk.toml");
  CHECK(refused(here.catalogue, "../walk").kind == ErrorKind::not_found);
  CHECK(refused(here.catalogue, "missing.toml").kind == ErrorKind::not_found);
  // The name of a path that does not end in .toml says nothing about the id.
  write_bytes(here.root.path() / "draft-7", definition_with("walk", "Another name"));
  CHECK(loaded(here.catalogue, (here.root.path() / "draft-7").string()).questionnaire.id == "walk");
}

TEST_CASE("an unknown name gets the nearest ones and is never a path") {
  const Directories here;
  write_bytes(here.installed / "closeness.toml", definition_with("closeness", "Installed"));
  const Error error = refused(here.catalogue, "closenes");
  CHECK(error.kind == ErrorKind::not_found);
  CHECK(error.message == "there is no questionnaire 'closenes'");
  REQUIRE(error.advice.size() == 2);
  CHECK(error.advice[0] == "did you mean closeness?");
  for (const char* name : {"", ".", "..", "Closeness", "a b", "-x", "x\x1b[31m"}) {
    CAPTURE(name);
    CHECK(refused(here.catalogue, name).kind == ErrorKind::not_found);
  }
  CHECK(refused(here.catalogue, "x\x1b[31m").message.find('\x1b') == std::string::npos);
}

TEST_CASE("a definition with problems is refused with all of them") {
  const Directories here;
  write_bytes(here.installed / "walk.toml",
              definition_with("other", "Another id") + "colour = 1\nshape = 2\n");
  try {
    (void)here.catalogue.load("walk", {});
    FAIL("it is not refused");
  } catch (const store::LoadError& error) {
    CHECK(error.kind == ErrorKind::bad_data);
    CHECK(error.place == here.installed / "walk.toml");
    CHECK(error.problems.size() == 3);
  }
}

TEST_CASE("an unusable file of the person's is told, not passed over") {
  const Directories here;
  write_bytes(here.installed / "walk.toml", definition_with("walk", "Installed"));
  fs::create_directories(here.own / "walk.toml");
  const Error error = refused(here.catalogue, "walk");
  CHECK(error.kind == ErrorKind::not_found);
  CHECK(error.place == here.own / "walk.toml");
}

TEST_CASE("texts of a language are applied from beside the definition or before it") {
  const Directories here;
  write_bytes(here.installed / "walk.toml", definition_with("walk", "Installed"));
  write_bytes(here.installed / "walk.de.toml", texts("walk", "de", "Was war?"));
  const auto asked = [&](const std::optional<std::string>& language) {
    return loaded(here.catalogue, "walk", language).questionnaire.items[0].text;
  };
  CHECK(asked("de") == "Was war?");
  CHECK(asked("en") == "What happened?");
  CHECK(asked({}) == "What happened?");
  CHECK(loaded(here.catalogue, "walk", "de").sha256 ==
        store::sha256(definition_with("walk", "Installed")));

  write_bytes(here.own / "walk.de.toml", texts("walk", "de", "Was ist passiert?"));
  CHECK(asked("de") == "Was ist passiert?");
  // The wording that a person adds to a key is in the key's own language.
  write_bytes(here.own / "walk.en.toml", texts("walk", "en", "What took place?"));
  CHECK(asked({}) == "What took place?");
  CHECK(asked("en") == "What took place?");
}

TEST_CASE("a language that is not there is refused with how to add it") {
  const Directories here;
  write_bytes(here.installed / "walk.toml", definition_with("walk", "Installed"));
  write_bytes(here.installed / "walk.de.toml", texts("walk", "de", "Was war?"));
  write_bytes(here.installed / "walk.fr.toml", texts("walk", "it", "Che cosa?"));
  const Error error = refused(here.catalogue, "walk", "nl");
  CHECK(error.kind == ErrorKind::not_found);
  REQUIRE(error.advice.size() == 1);
  CHECK(error.advice[0] == "attune wording walk FILE --language LANG adds one");
  CHECK(refused(here.catalogue, "walk", "../own/de").kind == ErrorKind::not_found);
  CHECK(refused(here.catalogue, "walk", "fr").message ==
        "its name says language 'fr', its text 'it'");
}

TEST_CASE("the entries are every definition once, sorted, without the texts") {
  const Directories here;
  for (const char* name :
       {"own/walk", "own/walk.de", "own/walk.pt-br", "own/plan.b", "own/plan.long",
        "installed/walk", "installed/ecr", "own/ecr.en", "own/Upper", "own/lone.de", "own/walk.d_e",
        "own/walk.germ", "installed/apple"}) {
    write_bytes(here.root.path() / (std::string(name) + ".toml"), "");
  }
  write_bytes(here.own / "notes.txt", "");
  std::vector<std::string> found;
  for (const store::CatalogueEntry& entry : here.catalogue.entries()) {
    if (entry.path.empty()) continue;
    found.push_back(entry.id + " " + fs::relative(entry.path, here.root.path()).string());
  }
  CHECK(found == std::vector<std::string>{"apple installed/apple.toml", "ecr installed/ecr.toml",
                                          "lone.de own/lone.de.toml", "plan.b own/plan.b.toml",
                                          "plan.long own/plan.long.toml", "walk own/walk.toml",
                                          "walk.d_e own/walk.d_e.toml",
                                          "walk.germ own/walk.germ.toml"});
}

TEST_CASE("the shipped definitions need no file, and come after the person's own") {
  const Directories here;
  const std::vector<store::CatalogueEntry> entries = here.catalogue.entries();
  CHECK(entries.size() == definition::shipped_definitions().size());
  for (const definition::ShippedDefinition& shipped : definition::shipped_definitions()) {
    CAPTURE(shipped.id);
    const store::LoadedDefinition found = loaded(here.catalogue, shipped.id);
    CHECK(found.path.empty());
    CHECK(found.text == shipped.text);
    CHECK(found.sha256 == store::sha256(shipped.text));
    CHECK(found.questionnaire.id == shipped.id);
  }
  write_bytes(here.own / "growth.toml", definition_with("growth", "Own"));
  CHECK(loaded(here.catalogue, "growth").path == here.own / "growth.toml");
  CHECK(here.catalogue.entries().size() == entries.size());
}

TEST_CASE("texts of the person's apply to a shipped definition") {
  const Directories here;
  write_bytes(here.installed / "closeness.de.toml",
              "format = 1\ntexts_for = \"closeness\"\nlanguage = \"de\"\n"
              "[questionnaire]\ntitle = \"N\u00e4he\"\n");
  CHECK(loaded(here.catalogue, "closeness", "de").questionnaire.title == "N\u00e4he");
  CHECK(refused(here.catalogue, "closeness", "nl").advice ==
        std::vector<std::string>{"attune wording closeness FILE --language LANG adds one"});
  CHECK(
      here.catalogue.check(here.installed / "closeness.de.toml").front().message.find("missing") ==
      std::string::npos);
}
