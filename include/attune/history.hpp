// SPDX-License-Identifier: MIT
#pragma once

/// The person's history: completed records and drafts in one SQLite file of theirs alone.
/// It keeps and returns values and never scores. Not safe for use from two threads; safe from many
/// processes.
///
///     Result<History> history = History::open_or_create(directory);
///     history->save_answer(draft, answer, definition_text);   // durable when it returns
///
/// Invariants of the file on disk:
/// 1. `application_id` is 0x4174746e ("Attn") and `user_version` is the schema's number; a newer
/// one is refused untouched.
/// 2. An answer returned as saved is durable: journal_mode=DELETE, synchronous=EXTRA (FULL does not
/// sync the deletion of the journal, so a power cut could undo it), one transaction per answer.
/// 3. A record and the removal of its draft are one transaction.
/// 4. Each definition text is kept once, under its SHA-256; every draft and record names one that
/// is kept.
/// 5. Times are UTC microseconds with the offset in minutes; `sequence` alone orders records.
/// 6. The directory is 0700 and the file 0600, whatever the umask, and both belong to the user.
/// 7. Each row of a draft, and each record with its answers, has a checksum: a changed byte is told
/// as damage, never read as an answer.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/date.hpp"
#include "attune/record.hpp"
#include "attune/result.hpp"

namespace attune {

/// What a draft is resumed by: the same questionnaire, form and about.
struct DraftKey {
  std::string questionnaire;
  std::string form;
  std::optional<std::string> about;
};

struct Draft {
  std::int64_t id = 0;  ///< 0: not kept yet; the first save_answer gives it one
  DraftKey key;
  std::string version;
  std::string sha256;
  std::string language;
  Instant started_at;
  std::vector<std::string>
      order;  ///< ids of all items in the order to ask (a shuffle must survive a resume)
  std::vector<RecordedAnswer> answers;  ///< confirmed so far
};

class History {
 public:
  /// Opens the history in `directory` for writing, creating both (0700, 0600) if need be. Errors:
  /// permission when the directory or file is another user's or writable by others, or can't be
  /// written; configuration when the store is newer; bad_data when it is damaged or not ours; busy.
  [[nodiscard]] static Result<History> open_or_create(const std::filesystem::path& directory);

  /// Opens an existing history for reading only; nothing at all is written, but that a save which a
  /// killed process left half done is undone. Nothing (success, empty) when there is no history
  /// yet. Errors as above.
  [[nodiscard]] static Result<std::optional<History>> open_read_only(
      const std::filesystem::path& directory);

  History(History&&) noexcept;
  History& operator=(History&&) noexcept;
  ~History();

  /// Proves that a first answer could be saved: starts a write, makes the journal, and rolls back.
  /// It waits for no disk. Errors: io, permission, cannot_create, busy.
  [[nodiscard]] Result<void> check_writable();

  /// The newest draft with this key, if any.
  [[nodiscard]] Result<std::optional<Draft>> find_draft(const DraftKey& key);

  /// Confirms one answer. Durable when it returns. The first answer also creates the draft (its id
  /// is written to `draft.id`) and keeps `definition_text`. An answer to the same item replaces the
  /// earlier one. Precondition: `draft.order` has the item. On an error nothing was changed; busy
  /// also when another process has finished or discarded this draft.
  [[nodiscard]] Result<void> save_answer(Draft& draft, const RecordedAnswer& answer,
                                         std::string_view definition_text);

  /// Turns a draft into a record, in one transaction: exactly the answers of `record` are kept, the
  /// draft is gone (no error when it was gone before). Precondition: the draft was saved, and the
  /// record has an id. Gives the record's sequence number. Error bad_data when the id is taken.
  [[nodiscard]] Result<std::int64_t> finish_draft(const Draft& draft, const Record& record);

  /// Keeps a record that had no draft (scripted administration), with its definition text, in one
  /// transaction.
  [[nodiscard]] Result<std::int64_t> add_record(const Record& record,
                                                std::string_view definition_text);

  [[nodiscard]] Result<void> discard_draft(std::int64_t draft_id);

  /// All drafts, oldest first.
  [[nodiscard]] Result<std::vector<Draft>> drafts();

  /// Records in their order, optionally of one questionnaire.
  [[nodiscard]] Result<std::vector<Record>> records(
      const std::optional<std::string>& questionnaire);

  /// When the latest record of this questionnaire was taken, by its own time whatever the order of
  /// keeping; nothing when there is none. Without `about` it may be about anyone.
  [[nodiscard]] Result<std::optional<Instant>> latest_taken(
      const std::string& questionnaire, const std::optional<std::string>& about);

  /// The record with this id, if any.
  [[nodiscard]] Result<std::optional<Record>> find_record(std::string_view id);

  /// A definition's text by its SHA-256, if it is kept. Its hash is computed anew.
  [[nodiscard]] Result<std::optional<std::string>> definition_text(std::string_view sha256);

 private:
  class Database;
  explicit History(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

/// The name of the history file within its directory.
inline constexpr std::string_view history_file_name = "history.db";

}  // namespace attune
