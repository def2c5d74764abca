// SPDX-License-Identifier: MIT
#include "attune/history.hpp"

#include <array>
#include <fmt/format.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>
#include <utility>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "store/database.hpp"

namespace attune::store {
namespace {

constexpr std::int64_t schema_version = 1;
constexpr std::int64_t application_id = 0x4174746e;  // "Attn"

// The comments are part of the tables' text in the file, for whoever opens it with other tools.
constexpr const char* schema_1 = R"sql(
create table definitions(      -- each text once, for all that was asked with it
  sha256 text primary key not null,  -- of the text, 64 hexadecimal digits
  questionnaire text not null,
  version text not null,
  text text not null
) strict;
create table drafts(           -- unfinished administrations
  id integer primary key autoincrement,  -- never used again, so that no late answer goes astray
  questionnaire text not null,
  version text not null,
  sha256 text not null references definitions(sha256),
  form text not null,
  language text not null,
  about text,
  started_us integer not null,       -- UTC microseconds since 1970
  started_offset integer not null,   -- minutes east of UTC
  item_order text not null,          -- ids in the order to ask, a space between
  checksum integer not null          -- of the row, to notice damage
) strict;
create table draft_answers(
  draft integer not null references drafts(id),
  position integer not null,         -- in the order to ask, from 0
  item text not null,
  kind text not null,                -- skipped | number | choices | text
  value text not null,               -- choices are joined by +
  seconds real not null,             -- to the first answer; 0 = not measured
  checksum integer not null,
  primary key(draft, position)
) strict, without rowid;
create table records(          -- completed administrations
  sequence integer primary key autoincrement,  -- this alone orders them
  id text not null unique,
  questionnaire text not null,
  version text not null,
  sha256 text not null references definitions(sha256),
  form text not null,
  language text not null,
  about text,
  started_us integer not null,
  started_offset integer not null,
  taken_us integer not null,
  taken_offset integer not null,
  answers text not null,             -- JSON, in the order shown: [[item, answer, seconds], ...];
                                     -- answer: number, null (skipped), [choice, ...] or "text"
  note text not null,
  checksum integer not null
) strict;
create index records_by_time on records(questionnaire, taken_us);
create table events(           -- what was done to the history since; added to, never changed
  number integer primary key autoincrement,  -- the order in which it happened
  at_us integer not null,
  at_offset integer not null,
  kind text not null,                -- deleted | imported | discarded | tried | rescored | undone
  questionnaire text not null,       -- of a step that was tried; else empty
  subjects text not null,            -- record ids, a draft, a step (and with whom) or an event
  detail text not null,              -- how a step went, or the definition to score with
  checksum integer not null
) strict;
)sql";

// Bytes of a SQLite file that tell whose it is.
constexpr std::size_t header_bytes = 100;

// Four bytes of the file, most significant first (SQLite file format, section 1.3).
std::int64_t big_endian(std::string_view bytes, std::size_t offset) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value * 256 + static_cast<unsigned char>(bytes[offset + i]);
  }
  return value;
}

// `what` it has that is newer.
Error newer(std::string_view what, const std::filesystem::path& file) {
  return Error(ErrorKind::configuration,
               fmt::format("the history was written by a newer attune ({})", what),
               escape(file.native()), {"nothing was changed; use the newer attune to open it"});
}

Error newer_schema(std::int64_t version, const std::filesystem::path& file) {
  return newer(fmt::format("its schema is {}, this one knows {}", version, schema_version), file);
}

bool has_journal(std::filesystem::path file) {
  file += "-journal";
  std::error_code ignored;
  return std::filesystem::exists(file, ignored);
}

// Judges a plain history by its beginning.
void check_header(std::string_view beginning, const std::filesystem::path& file) {
  constexpr std::string_view sqlite_magic{"SQLite format 3\0", 16};
  constexpr std::size_t write_version = 18;
  constexpr std::size_t user_version = 60;
  constexpr std::size_t application = 68;
  if (beginning.size() < header_bytes || !beginning.starts_with(sqlite_magic) ||
      big_endian(beginning, application) != application_id) {
    throw damaged(file);
  }
  const std::int64_t version = big_endian(beginning, user_version);
  if (version > schema_version) throw newer_schema(version, file);
  // 1 1: written with a rollback journal. With a write-ahead log (2 2), which only another program
  // can have set, an acknowledged answer would no longer be durable.
  if (version == 0 || beginning[write_version] != 1 || beginning[write_version + 1] != 1) {
    throw damaged(file);
  }
}

// The schema's number; 0 when there are no tables yet. Also undoes an interrupted save.
std::int64_t read_schema_version(Connection& connection) {
  Statement statement(connection, "pragma user_version");
  static_cast<void>(statement.step());
  return statement.integer_at(0);
}

void create_schema(Connection& connection) {
  Transaction transaction(connection);
  // Another process may have made the tables while this one waited for the lock.
  if (read_schema_version(connection) != 0) return;
  connection.run(schema_1);
  connection.run(
      fmt::format("pragma application_id={};pragma user_version={}", application_id, schema_version)
          .c_str());
  transaction.commit();
}

// The schema's number as a reader sees it. A save that a killed process left half done is undone
// first, as any later opening for writing would do.
std::int64_t settled_schema_version(Connection& reader) {
  try {
    return read_schema_version(reader);
  } catch (const Error&) {
    if (!reader.needs_rollback()) throw;
  }
  Connection writer = Connection::open(reader.file(), Access::read_write);
  return read_schema_version(writer);
}

void check_home(const std::filesystem::path& directory) {
  if (!directory.empty()) return;
  throw Error(ErrorKind::configuration, "no directory for the history is known", {},
              {"set HOME or XDG_DATA_HOME to an absolute path"});
}

// The database in a locked file, in memory.
Connection open_locked(const std::filesystem::path& file, Access access, const AskPassphrase& ask) {
  LockedFile locked(file, ask);
  // Read anew: others may have saved while a person was thinking.
  const std::string image = locked.image();
  check_header(std::string_view(image).substr(0, header_bytes), file);
  return Connection::open_locked(std::move(locked), image, access);
}

// The database in `directory`, plain or locked; nothing when there is none.
std::unique_ptr<Connection> open_in(const std::filesystem::path& directory, Access access,
                                    const AskPassphrase& ask, std::chrono::milliseconds patience) {
  check_home(directory);
  if (!check_private_directory(directory)) return nullptr;
  const std::filesystem::path file = directory / history_file_name;
  const StoreContent content = look_at(file, access);
  if (content == StoreContent::nothing) return nullptr;
  return std::make_unique<Connection>(content == StoreContent::locked
                                          ? open_locked(file, access, ask)
                                          : Connection::open(file, access, patience));
}

// Opens a file with `open`, and anew where it was not the one that was looked at: another process
// locked, unlocked or replaced it meanwhile.
template <class Open>
auto open_settled(const std::filesystem::path& directory, Open open) {
  constexpr int most_attempts = 5;
  const std::filesystem::path file = directory / history_file_name;
  for (int attempt = 1;; ++attempt) {
    const auto identity = identity_of(file);
    try {
      return open();
    } catch (const Error& error) {
      const bool is_doubtful = error.kind == ErrorKind::bad_data || error.kind == ErrorKind::busy;
      if (!is_doubtful || attempt == most_attempts || identity_of(file) == identity) throw;
    }
  }
}

// Whether a record or a draft was asked with this text, or is scored by it; then it is kept.
bool is_needed(Connection& connection, std::string_view sha256) {
  Statement found(connection,
                  "select 1 from records not indexed where sha256=?1 union all "
                  "select 1 from drafts not indexed where sha256=?1 union all "
                  "select 1 from events where kind='rescored' and detail=?1");
  return found.bind(sha256).step();
}

}  // namespace

StoreContent look_at(const std::filesystem::path& file, Access access) {
  const auto beginning = read_private_beginning(file, header_bytes, access);
  if (!beginning || beginning->empty()) return StoreContent::nothing;
  if (is_locked_image(*beginning)) return StoreContent::locked;
  if (beginning->starts_with("attune locked ")) throw newer("it is locked in a newer way", file);
  const bool is_blank = beginning->find_first_not_of('\0') == std::string::npos;
  if (!is_blank || !has_journal(file)) check_header(*beginning, file);
  return StoreContent::history;
}

void prepare_schema(Connection& connection) {
  const std::int64_t version = read_schema_version(connection);
  // An older schema gets its case here: copy the file beside itself, then migrate in one
  // transaction.
  if (version == 0) return create_schema(connection);
  if (version != schema_version) throw newer_schema(version, connection.file());
}

History::History(std::filesystem::path directory, AskPassphrase ask,
                 std::unique_ptr<Connection> connection)
    : directory_(std::move(directory)), ask_(std::move(ask)), connection_(std::move(connection)) {}
History::History(History&&) noexcept = default;
History& History::operator=(History&&) noexcept = default;
History::~History() = default;

History History::open_or_create(const std::filesystem::path& directory, const AskPassphrase& ask) {
  check_home(directory);
  make_private_directory(directory);
  if (std::optional<History> existing = open_existing(directory, ask)) return *std::move(existing);
  const std::filesystem::path file = directory / history_file_name;
  return open_settled(directory, [&] {
    make_private_file(file);
    auto connection = std::make_unique<Connection>(Connection::open(file, Access::read_write));
    prepare_schema(*connection);
    return History(directory, ask, std::move(connection));
  });
}

std::optional<History> History::open_existing(const std::filesystem::path& directory,
                                              const AskPassphrase& ask) {
  return open_settled(directory, [&]() -> std::optional<History> {
    auto connection = open_in(directory, Access::read_write, ask, default_patience);
    if (connection == nullptr) return std::nullopt;
    prepare_schema(*connection);
    return History(directory, ask, std::move(connection));
  });
}

std::optional<History> History::open_read_only(const std::filesystem::path& directory,
                                               const AskPassphrase& ask,
                                               std::chrono::milliseconds patience) {
  return open_settled(directory, [&]() -> std::optional<History> {
    auto connection = open_in(directory, Access::read_only, ask, patience);
    // Without a schema the very first save was interrupted and is undone: nothing was ever kept.
    if (connection == nullptr || settled_schema_version(*connection) == 0) return std::nullopt;
    return History(directory, ask, std::move(connection));
  });
}

// `work` in a transaction, which is kept where it says so; and once more in the file that another
// process has put in the place of the one that was open.
void History::change(const std::function<bool()>& work) {
  const auto attempt = [&] {
    Transaction transaction(*connection_);
    if (work()) transaction.commit();
  };
  try {
    return attempt();
  } catch (const Error&) {
    if (!connection_->was_replaced()) throw;
  }
  *this = open_or_create(directory_, ask_);
  attempt();
}

void History::check_writable() {
  const Transaction undone(*connection_);
  connection_->try_to_keep();
  // The least that touches a page, so that the journal must be made; it needs no table to be read.
  connection_->run("pragma user_version=1");
}

std::string History::image() { return connection_->copy(); }

std::string sha256(std::string_view bytes) {
  // These functions of libsodium are plain C without a choice of implementations, so they need no
  // sodium_init, whose look at the processor and the random source every start would pay for.
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  const void* data = bytes.data();
  crypto_hash_sha256(digest.data(), static_cast<const unsigned char*>(data), bytes.size());
  std::string text(2 * digest.size() + 1, '\0');  // its end included
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

void keep_definition(Connection& connection, const KeptDefinition& definition) {
  const auto& [sha256, questionnaire, version, text] = definition;
  Statement find(connection, "select 1 from definitions where sha256=?");
  if (find.bind(sha256).step()) return;
  if (store::sha256(text) != sha256) {
    throw Error(ErrorKind::internal, "the definition's text is not the one that was hashed",
                escape(questionnaire), {"nothing was changed"});
  }
  Statement(connection,
            "insert into definitions(sha256,questionnaire,version,text) values(?,?,?,?)")
      .bind(sha256, questionnaire, version, text)
      .run();
}

std::vector<std::string> History::kept_definitions() {
  Statement rows(*connection_,
                 "select sha256 from definitions not indexed order by questionnaire, sha256");
  std::vector<std::string> hashes;
  while (rows.step()) hashes.emplace_back(rows.text_at(0));
  return hashes;
}

std::optional<std::string> History::definition_text(std::string_view sha256) {
  // The texts are few. A search of them all finds one that damage has hidden in the index.
  Statement found(*connection_, "select text from definitions not indexed where sha256=?");
  if (!found.bind(sha256).step()) {
    if (is_needed(*connection_, sha256)) throw connection_->damage();
    return std::nullopt;
  }
  std::string text(found.text_at(0));
  if (store::sha256(text) != sha256) throw connection_->damage();
  return text;
}

}  // namespace attune::store
