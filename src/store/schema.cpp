// SPDX-License-Identifier: MIT
#include "store/schema.hpp"

#include <fmt/format.h>

#include "attune/text.hpp"

#include "store/lock.hpp"
#include "store/sqlite_error.hpp"

namespace attune::detail {
namespace {

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
  subjects text not null,            -- record ids, a draft, a step or an event; a space between
  detail text not null,              -- how a step went, or the definition to score with
  checksum integer not null
) strict;
)sql";

// Four bytes of the file, most significant first (SQLite file format, section 1.3).
std::int64_t big_endian(std::string_view bytes, std::size_t offset) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value * 256 + static_cast<unsigned char>(bytes[offset + i]);
  }
  return value;
}

Error newer(std::int64_t version, const std::filesystem::path& file) {
  return {.kind = ErrorKind::configuration,
          .message = fmt::format(
              "the history was written by a newer attune (its schema is {}, this one knows {})",
              version, schema_version),
          .place = escape(file.native()),
          .advice = {"nothing was changed; use the newer attune to open it"}};
}

bool has_journal(std::filesystem::path file) {
  file += "-journal";
  std::error_code ignored;
  return std::filesystem::exists(file, ignored);
}

void create_schema(Connection& connection) {
  Transaction transaction(connection);
  transaction.begin();
  // Another process may have made the tables while this one waited for the lock.
  const std::int64_t version = read_schema_version(connection);
  if (version != 0) return;
  connection.run(schema_1);
  const std::string marks = fmt::format("pragma application_id={};pragma user_version={}",
                                        application_id, schema_version);
  connection.run(marks.c_str());
  transaction.commit();
}

}  // namespace

StoreContent check_header(std::string_view beginning, const std::filesystem::path& file) {
  constexpr std::string_view magic{"SQLite format 3\0", 16};
  constexpr std::size_t write_version = 18;
  constexpr std::size_t user_version = 60;
  constexpr std::size_t application = 68;
  if (beginning.empty()) return StoreContent::nothing;
  if (is_locked_image(beginning)) return StoreContent::locked;
  if (beginning.size() < header_bytes || !beginning.starts_with(magic) ||
      big_endian(beginning, application) != application_id) {
    throw damaged(file);
  }
  const std::int64_t version = big_endian(beginning, user_version);
  if (version > schema_version) throw newer(version, file);
  // 1 1: written with a rollback journal. With a write-ahead log (2 2), which only another program
  // can have set, an acknowledged answer would no longer be durable.
  if (version == 0 || beginning[write_version] != 1 || beginning[write_version + 1] != 1) {
    throw damaged(file);
  }
  return StoreContent::history;
}

StoreContent look_at(const std::filesystem::path& file, Access access) {
  const auto beginning = read_private_beginning(file, header_bytes, access);
  if (!beginning) return StoreContent::nothing;
  const bool is_blank =
      !beginning->empty() && beginning->find_first_not_of('\0') == std::string::npos;
  if (is_blank && has_journal(file)) return StoreContent::history;
  return check_header(*beginning, file);
}

std::int64_t read_schema_version(Connection& connection) {
  Statement statement(connection, "pragma user_version");
  static_cast<void>(statement.step());
  return statement.integer_at(0);
}

void prepare_schema(Connection& connection) {
  const std::int64_t version = read_schema_version(connection);
  switch (version) {
    case 0:
      return create_schema(connection);
    case schema_version:
      return;
    // An older schema gets its case here: copy the file beside itself, then migrate in one
    // transaction.
    default:
      throw newer(version, connection.file());
  }
}

}  // namespace attune::detail
