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
std::optional<Connection> open_file(const std::filesystem::path& file, Access access,
                                    const AskPassphrase& ask, std::chrono::milliseconds patience) {
  const StoreContent content = detail::look_at(file, access);
  if (content == StoreContent::nothing) return std::nullopt;
  return content == StoreContent::locked ? detail::open_locked_connection(file, access, ask)
                                         : Connection::open(file, access, patience);
}

// Undoes a save that a killed process left half done: what any later opening for writing would do.
void undo_interrupted_save(const std::filesystem::path& file) {
  Connection connection = Connection::open(file, Access::read_write);
  static_cast<void>(detail::read_schema_version(connection));
}

// The schema's number as a reader sees it, once no interrupted save is in the way.
std::int64_t settled_schema_version(Connection& reader) {
  try {
    return detail::read_schema_version(reader);
  } catch (const Error&) {
    if (!reader.needs_rollback()) throw;
  }
  undo_interrupted_save(reader.file());
  return detail::read_schema_version(reader);
}

}  // namespace

History::History(std::unique_ptr<Database> database) : database_(std::move(database)) {}
History::History(History&&) noexcept = default;
History& History::operator=(History&&) noexcept = default;
History::~History() = default;

History History::open_or_create(const std::filesystem::path& directory, const AskPassphrase& ask) {
  if (directory.empty()) throw no_home();
  detail::make_private_directory(directory);
  std::optional<History> existing = open_existing(directory, ask);
  if (existing) return *std::move(existing);
  const std::filesystem::path file = directory / history_file_name;
  detail::make_private_file(file);
  Connection connection = Connection::open(file, Access::read_write);
  detail::prepare_schema(connection);
  return History(std::make_unique<Database>(std::move(connection)));
}

std::optional<History> History::open_existing(const std::filesystem::path& directory,
                                              const AskPassphrase& ask) {
  if (directory.empty()) throw no_home();
  if (!detail::check_private_directory(directory)) return std::nullopt;
  std::optional<Connection> connection =
      open_file(directory / history_file_name, Access::read_write, ask, default_patience);
  if (!connection) return std::nullopt;
  detail::prepare_schema(*connection);
  return History(std::make_unique<Database>(*std::move(connection)));
}

std::optional<History> History::open_read_only(const std::filesystem::path& directory,
                                               const AskPassphrase& ask,
                                               std::chrono::milliseconds patience) {
  if (directory.empty()) throw no_home();
  if (!detail::check_private_directory(directory)) return std::nullopt;
  std::optional<Connection> connection =
      open_file(directory / history_file_name, Access::read_only, ask, patience);
  if (!connection) return std::nullopt;
  const std::int64_t version = settled_schema_version(*connection);
  // The very first save was interrupted and is undone: nothing was ever kept.
  if (version == 0) return std::nullopt;
  return History(std::make_unique<Database>(*std::move(connection)));
}

void History::check_writable() {
  detail::Transaction trial(database_->connection);
  trial.begin_trial();
  // The least that touches a page, so that the journal must be made; it needs no table to be read.
  database_->connection.run("pragma user_version=1");
}

std::vector<std::string> History::kept_definitions() {
  detail::Statement rows(
      database_->connection,
      "select sha256 from definitions not indexed order by questionnaire, sha256");
  std::vector<std::string> hashes;
  while (rows.step()) hashes.emplace_back(rows.text_at(0));
  return hashes;
}

namespace {

// Whether a record or a draft was asked with this text, or is scored by it; then it is kept.
bool is_needed(detail::Connection& connection, std::string_view sha256) {
  detail::Statement found(connection,
                          "select 1 from records not indexed where sha256=?1 union all "
                          "select 1 from drafts not indexed where sha256=?1 union all "
                          "select 1 from events where kind='rescored' and detail=?1");
  return found.text(sha256).step();
}

}  // namespace

std::optional<std::string> History::definition_text(std::string_view sha256) {
  Connection& connection = database_->connection;
  // The texts are few. A search of them all finds one that damage has hidden in the index.
  detail::Statement found(connection, "select text from definitions not indexed where sha256=?");
  if (!found.text(sha256).step()) {
    if (is_needed(connection, sha256)) throw detail::damaged(connection.file());
    return std::nullopt;
  }
  std::string text(found.text_at(0));
  if (attune::sha256(text) != sha256) throw detail::damaged(connection.file());
  return text;
}

}  // namespace attune
