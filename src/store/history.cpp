// SPDX-License-Identifier: MIT
#include "attune/history.hpp"

#include "attune/catalogue.hpp"

#include "store/database.hpp"
#include "store/locked_file.hpp"
#include "store/private_files.hpp"
#include "store/schema.hpp"
#include "store/sqlite_error.hpp"

namespace attune {

using detail::Access;
using detail::Connection;
using detail::StoreContent;

namespace {

Error no_home() {
  return {.kind = ErrorKind::configuration,
          .message = "no directory for the history is known",
          .place = {},
          .advice = {"set HOME or XDG_DATA_HOME to an absolute path"}};
}

// The database in `file`, plain or locked; nothing when there is none.
Result<std::optional<Connection>> open_file(const std::filesystem::path& file, Access access,
                                            const AskPassphrase& ask,
                                            std::chrono::milliseconds patience) {
  const Result<StoreContent> content = detail::look_at(file, access);
  if (!content) return content.error();
  if (*content == StoreContent::nothing) return std::optional<Connection>();
  Result<Connection> connection = *content == StoreContent::locked
                                      ? detail::open_locked_connection(file, access, ask)
                                      : Connection::open(file, access, patience);
  if (!connection) return connection.error();
  return std::optional<Connection>(*std::move(connection));
}

// Undoes a save that a killed process left half done: what any later opening for writing would do.
Result<void> undo_interrupted_save(const std::filesystem::path& file) {
  Result<Connection> connection = Connection::open(file, Access::read_write);
  if (!connection) return connection.error();
  const Result<std::int64_t> version = detail::read_schema_version(*connection);
  if (!version) return version.error();
  return {};
}

// The schema's number as a reader sees it, once no interrupted save is in the way.
Result<std::int64_t> settled_schema_version(Connection& reader) {
  Result<std::int64_t> version = detail::read_schema_version(reader);
  if (version || !reader.needs_rollback()) return version;
  if (Result<void> undone = undo_interrupted_save(reader.file()); !undone) return undone.error();
  return detail::read_schema_version(reader);
}

}  // namespace

History::History(std::unique_ptr<Database> database) : database_(std::move(database)) {}
History::History(History&&) noexcept = default;
History& History::operator=(History&&) noexcept = default;
History::~History() = default;

Result<History> History::open_or_create(const std::filesystem::path& directory,
                                        const AskPassphrase& ask) {
  if (directory.empty()) return no_home();
  if (Result<void> made = detail::make_private_directory(directory); !made) {
    return made.error();
  }
  Result<std::optional<History>> existing = open_existing(directory, ask);
  if (!existing) return existing.error();
  if (*existing) return **std::move(existing);
  const std::filesystem::path file = directory / history_file_name;
  if (Result<void> made = detail::make_private_file(file); !made) return made.error();
  Result<Connection> connection = Connection::open(file, Access::read_write);
  if (!connection) return connection.error();
  if (Result<void> ready = detail::prepare_schema(*connection); !ready) return ready.error();
  return History(std::make_unique<Database>(std::move(*connection)));
}

Result<std::optional<History>> History::open_existing(const std::filesystem::path& directory,
                                                      const AskPassphrase& ask) {
  if (directory.empty()) return no_home();
  const Result<bool> exists = detail::check_private_directory(directory);
  if (!exists) return exists.error();
  if (!*exists) return std::optional<History>();
  Result<std::optional<Connection>> connection =
      open_file(directory / history_file_name, Access::read_write, ask, default_patience);
  if (!connection) return connection.error();
  if (!*connection) return std::optional<History>();
  if (Result<void> ready = detail::prepare_schema(**connection); !ready) return ready.error();
  return std::optional<History>(History(std::make_unique<Database>(**std::move(connection))));
}

Result<std::optional<History>> History::open_read_only(const std::filesystem::path& directory,
                                                       const AskPassphrase& ask,
                                                       std::chrono::milliseconds patience) {
  if (directory.empty()) return no_home();
  const Result<bool> exists = detail::check_private_directory(directory);
  if (!exists) return exists.error();
  if (!*exists) return std::optional<History>();
  Result<std::optional<Connection>> connection =
      open_file(directory / history_file_name, Access::read_only, ask, patience);
  if (!connection) return connection.error();
  if (!*connection) return std::optional<History>();
  const Result<std::int64_t> version = settled_schema_version(**connection);
  if (!version) return version.error();
  // The very first save was interrupted and is undone: nothing was ever kept.
  if (*version == 0) return std::optional<History>();
  return std::optional<History>(History(std::make_unique<Database>(**std::move(connection))));
}

Result<void> History::check_writable() {
  detail::Transaction trial(database_->connection);
  if (Result<void> begun = trial.begin_trial(); !begun) return begun;
  // The least that touches a page, so that the journal must be made; it needs no table to be read.
  return database_->connection.run("pragma user_version=1");
}

Result<std::vector<std::string>> History::kept_definitions() {
  detail::Statement rows(
      database_->connection,
      "select sha256 from definitions not indexed order by questionnaire, sha256");
  std::vector<std::string> hashes;
  Result<bool> row = rows.step();
  for (; row && *row; row = rows.step()) hashes.emplace_back(rows.text_at(0));
  if (!row) return row.error();
  return hashes;
}

namespace {

// Whether a record or a draft was asked with this text, or is scored by it; then it is kept.
Result<bool> is_needed(detail::Connection& connection, std::string_view sha256) {
  detail::Statement found(connection,
                          "select 1 from records not indexed where sha256=?1 union all "
                          "select 1 from drafts not indexed where sha256=?1 union all "
                          "select 1 from events where kind='rescored' and detail=?1");
  return found.text(sha256).step();
}

}  // namespace

Result<std::optional<std::string>> History::definition_text(std::string_view sha256) {
  Connection& connection = database_->connection;
  // The texts are few. A search of them all finds one that damage has hidden in the index.
  detail::Statement found(connection, "select text from definitions not indexed where sha256=?");
  const Result<bool> row = found.text(sha256).step();
  if (!row) return row.error();
  if (!*row) {
    const Result<bool> lost = is_needed(connection, sha256);
    if (!lost) return lost.error();
    if (*lost) return detail::damaged(connection.file());
    return std::optional<std::string>();
  }
  std::string text(found.text_at(0));
  if (attune::sha256(text) != sha256) return detail::damaged(connection.file());
  return std::optional<std::string>(std::move(text));
}

}  // namespace attune
