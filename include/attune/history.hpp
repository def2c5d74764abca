// SPDX-License-Identifier: MIT
#pragma once

/// The person's history: completed records and drafts in one SQLite file of theirs alone.
/// It keeps and returns values and never scores. Not safe for use from two threads; safe from many
/// processes.
///
///     History history = History::open_or_create(directory);
///     history->save_answer(draft, answer, definition_text);   // durable when it returns
///
/// Invariants of the file on disk:
/// 1. `application_id` is 0x4174746e ("Attn") and `user_version` is the schema's number; a newer
/// one is refused untouched.
/// 2. An answer returned as saved is durable: journal_mode=PERSIST, synchronous=FULL, one
/// transaction per answer. The journal stays beside the file, so that what it held is overwritten
/// in its place and not left in freed blocks; `purge` and `lock_history` overwrite and remove it.
/// 3. A record and the removal of its draft are one transaction.
/// 4. Each definition text is kept once, under its SHA-256; every draft and record names one that
/// is kept.
/// 5. Times are UTC microseconds with the offset in minutes; `sequence` alone orders records.
/// 6. The directory is 0700 and the file 0600, whatever the umask, and both belong to the user.
/// 7. Each row of a draft, each record with its answers, and each event has a checksum: a changed
/// byte is reported as damage, never read as an answer.
/// 8. Records are never changed. What is done to them later (deleted, rescored, imported, undone)
/// is an event; events are only added. `purge` alone takes rows out.
/// 9. A locked history is the same database, sealed: it is opened in memory, and
/// each save seals it anew and replaces the file in one durable step.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/date.hpp"
#include "attune/error.hpp"
#include "attune/responses.hpp"
#include "attune/secret.hpp"

namespace attune::store {

// Encryption of the history at rest: who wants it locks the history with a passphrase, and from
// then on its file holds sealed bytes only. A recovery code opens it too, should the passphrase be
// forgotten; there is no third way.

/// What each guess at a passphrase costs. The default is libsodium's MODERATE: some 0.7 s.
struct PassphraseCost {
  unsigned passes = 3;               ///< over the memory, 1..16
  unsigned memory_kib = 256 * 1024;  ///< 8..1,048,576
};

/// Asks for the passphrase of a locked history, or takes a recovery code in its place. `attempt`
/// counts from 0. Nothing: there is none to offer, or none but those that were wrong.
using AskPassphrase = std::function<std::optional<Secret>(int attempt)>;

/// For those who have none: a locked history stays closed.
[[nodiscard]] std::optional<Secret> no_passphrase(int attempt);

/// A random key, and the same key as the passphrase and the recovery code wrap it.
struct Lock {
  Secret key;                    ///< 32 bytes
  std::string slots;             ///< both wrapped keys, as they stand in the file
  std::uint64_t generation = 0;  ///< of the image that was sealed or opened last
  Secret recovery_code;          ///< of a lock that was just made; else empty
};

/// A lock that is on no history yet. Its recovery code is 25 letters and digits in groups of five,
/// 125 random bits; case, spaces and hyphens don't matter when it is typed, and O, I and L are read
/// as 0 and 1. Error bad_data when the passphrase is empty, io when memory for the cost is missing.
[[nodiscard]] Lock make_lock(const Secret& passphrase, PassphraseCost cost = {});

/// Whether the history in `directory` is locked; false when there is none. Errors as for opening.
[[nodiscard]] bool is_history_locked(const std::filesystem::path& directory);

/// Locks the history, and makes an empty one where there is none. The file is replaced in one step
/// once the sealed one is durable and was read back; then the bytes of the old one are overwritten.
/// Copies elsewhere and what a disk keeps below the file are out of reach. Errors: usage when it is
/// locked already, busy, io; permission, also when the file has further names (hard links), whose
/// bytes would be overwritten with it.
void lock_history(const std::filesystem::path& directory, Lock& lock);

/// A locked history whose passphrase was given.
class LockedFile;

/// Opens the lock of the history in `directory` with what `ask` gives. Errors: usage when it is not
/// locked, permission for a wrong passphrase, bad_data when the file is damaged.
[[nodiscard]] std::shared_ptr<LockedFile> open_locked_file(const std::filesystem::path& directory,
                                                           const AskPassphrase& ask);

/// Puts a new lock in its place: new key, new passphrase, new recovery code. Older copies of the
/// file still open by the old ones. Errors: busy, also when another process changed the lock
/// meanwhile; io, permission.
void replace_lock(LockedFile& file, Lock& lock);

/// Takes the lock off: the history is plain again. Errors as for `replace_lock`.
void remove_lock(LockedFile& file);

class Connection;

/// What a draft is resumed by: the same questionnaire, form and about.
struct DraftKey {
  std::string questionnaire;
  std::string form;
  std::optional<std::string> about;

  bool operator==(const DraftKey&) const = default;
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

/// Which records are meant: all, of one questionnaire, of local days from `since` to `until` (both
/// included, each at the record's own offset).
struct RecordFilter {
  std::optional<std::string> questionnaire;
  std::optional<Date> since;
  std::optional<Date> until;
};

/// What was done to the history, other than keeping a record or an answer.
enum class HistoryEventKind { deleted, imported, discarded, tried, rescored, undone };

struct HistoryEvent {
  std::int64_t number = 0;  ///< in the order it happened; given when it is kept
  Instant at;
  HistoryEventKind kind = HistoryEventKind::deleted;
  std::string questionnaire;          ///< of a step that was tried; else empty
  std::vector<std::string> subjects;  ///< ids of records, a draft, a step, or the undone event
  std::string detail;                 ///< how a step went; the SHA-256 to score with
};

/// A definition as it is kept.
struct KeptDefinition {
  std::string sha256;
  std::string questionnaire;
  std::string version;
  std::string text;
};

/// What an import brings. `definitions` hold the texts that `records` and `rescored` name, except
/// those that the history has.
struct Import {
  std::vector<KeptDefinition> definitions;
  std::vector<Record> records;
  std::vector<std::size_t> lines;  ///< parallel to `records`: where each stood in the file, from 1
  std::vector<TriedStep> tried;
};

/// How much of it was new; the rest was there already, the same in every byte.
struct Imported {
  std::size_t records = 0;
  std::size_t tried = 0;
};

/// How much a purge took out for good.
struct Purged {
  std::size_t records = 0;
  std::size_t drafts = 0;
};

/// What a purge takes out: what was deleted and discarded before, or all there is.
enum class PurgeScope { deleted, everything };

/// How long the history waits for another process that is using it.
inline constexpr std::chrono::milliseconds default_patience{5'000};

/// Where another process has put another file in the place of the one that is open (it locked,
/// unlocked, replaced or restored the history), what is to be changed is changed in the new one:
/// `ask` is called again where that is locked. What only reads says busy.
class History {
 public:
  /// Opens the history in `directory` for writing, creating both (0700, 0600) if need be; `ask` is
  /// called only when it is locked. Errors: permission when the directory or file is another user's
  /// or writable by others, or can't be written, or no passphrase opens it; configuration when the
  /// store is newer; bad_data when it is damaged or not ours; busy.
  [[nodiscard]] static History open_or_create(const std::filesystem::path& directory,
                                              const AskPassphrase& ask = no_passphrase);

  /// The same, but nothing (success, empty) when there is no history yet.
  [[nodiscard]] static std::optional<History> open_existing(
      const std::filesystem::path& directory, const AskPassphrase& ask = no_passphrase);

  /// Opens an existing history for reading only; nothing at all is written, but that a save which a
  /// killed process left half done is undone. Nothing (success, empty) when there is no history
  /// yet. Errors as above.
  [[nodiscard]] static std::optional<History> open_read_only(
      const std::filesystem::path& directory, const AskPassphrase& ask = no_passphrase,
      std::chrono::milliseconds patience = default_patience);

  History(History&&) noexcept;
  History& operator=(History&&) noexcept;
  ~History();

  /// Proves that a first answer could be saved: starts a write, makes the journal, and rolls back.
  /// Errors: io, permission, cannot_create, busy.
  void check_writable();

  /// The newest draft with this key that is not discarded, if any.
  [[nodiscard]] std::optional<Draft> find_draft(const DraftKey& key);

  /// Confirms one answer. Durable when it returns. The first answer also creates the draft (its id
  /// is written to `draft.id`) and keeps `definition_text`. An answer to the same item replaces the
  /// earlier one, in `draft.answers`, too. In a file that has never known the draft, such as a
  /// backup that was put in its place, it is begun again with all of these. Precondition:
  /// `draft.order` has the item. On an error nothing was changed; busy also when another process
  /// has finished this draft. One discarded meanwhile goes on, hidden.
  void save_answer(Draft& draft, const RecordedAnswer& answer, std::string_view definition_text);

  /// Keeps a record with its definition text, in one transaction. What was a draft becomes the
  /// record: exactly the answers of `record` are kept, the draft is gone (no error when it was gone
  /// before, or never saved). Precondition: the record has an id. Gives the record's sequence
  /// number. Error bad_data when the id is taken.
  std::int64_t add_record(const Record& record, std::string_view definition_text,
                          const Draft& draft = {});

  /// Hides a draft; undo brings it back. Nothing happens when there is none with this number.
  void discard_draft(std::int64_t draft_id, Instant at);

  /// All drafts that are not discarded, oldest first.
  [[nodiscard]] std::vector<Draft> drafts();

  /// Hands each record to `visit`, in the order they were kept; deleted ones are passed over. The
  /// record is overwritten for the next: what is wanted of it must be copied. The history is locked
  /// for others' saving until all are read.
  void visit_records(const RecordFilter& filter, const std::function<void(const Record&)>& visit);

  /// The same, all at once.
  [[nodiscard]] std::vector<Record> records(const RecordFilter& filter);

  /// The record with this id, if any; deleted ones are not found.
  [[nodiscard]] std::optional<Record> find_record(std::string_view id);

  /// When the newest record of a questionnaire was taken; nothing when there is none. Of any about,
  /// or of those in `abouts`, where "" stands for records that name none. Fast however long the
  /// history is. Precondition: at most two abouts.
  [[nodiscard]] std::optional<Instant> latest_taken(const std::string& questionnaire,
                                                    const std::vector<std::string>& abouts);

  /// Hides a record; undo brings it back. False when there is none with this id.
  [[nodiscard]] bool delete_record(std::string_view id, Instant at);

  /// Marks a step as tried.
  void add_tried(const TriedStep& step);

  /// The steps that were tried, oldest first, optionally of one questionnaire.
  [[nodiscard]] std::vector<TriedStep> tried_steps(const std::optional<std::string>& questionnaire);

  /// From now on scores the records with these ids by another definition, whose text is kept. Their
  /// answers and the text they were taken with stay as they are.
  void rescore(const std::vector<std::string>& ids, const KeptDefinition& definition, Instant at);

  /// Keeps all of `import` that is new, in one transaction; a deleted record that comes again is
  /// back. Error bad_data when a record differs from the one kept under its id; its place is the
  /// id.
  [[nodiscard]] Imported add_import(const Import& import, Instant at);

  /// What undo() takes back; nothing when there is nothing.
  [[nodiscard]] std::optional<HistoryEvent> undoable();

  /// Takes back the last deletion, import, discarding, trying or rescoring that still stands, and
  /// says which; nothing when there is none. The first in the log is undone last.
  [[nodiscard]] std::optional<HistoryEvent> undo(Instant at);

  /// The log of changes, oldest first.
  [[nodiscard]] std::vector<HistoryEvent> events();

  /// The bytes of a file that opens as this history, all of one moment: what a backup writes. Those
  /// of a locked history are locked as well.
  [[nodiscard]] std::string image();

  /// Overwrites and removes what `scope` names. What was undone or deleted before can't be brought
  /// back afterwards. Copies of the file and what a disk keeps below it are out of reach.
  [[nodiscard]] Purged purge(PurgeScope scope);

  /// The SHA-256 of every definition text that is kept, those of one questionnaire together.
  [[nodiscard]] std::vector<std::string> kept_definitions();

  /// A definition's text by its SHA-256, if it is kept. Its hash is computed anew.
  [[nodiscard]] std::optional<std::string> definition_text(std::string_view sha256);

 private:
  History(std::filesystem::path directory, AskPassphrase ask,
          std::unique_ptr<Connection> connection);
  void change(const std::function<bool()>& work);

  std::filesystem::path directory_;
  AskPassphrase ask_;
  std::unique_ptr<Connection> connection_;
};

/// The name of the history file within its directory.
inline constexpr std::string_view history_file_name = "history.db";

}  // namespace attune::store
