// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "attune/text.hpp"

#include "base/json.hpp"
#include "store/database.hpp"

namespace attune::store {
namespace {

Error refused_record(ErrorKind kind, std::string message, std::string_view id) {
  return Error(kind, std::move(message), escape(id), {"nothing was changed"});
}

// At most eight bytes as a number, the first the least significant on every machine.
std::uint64_t word_of(std::string_view bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// All answers of a record as one text: a JSON array of [item, answer, seconds] in the order shown,
// where the answer is a number, null (skipped), an array of choice ids, or a string. One value
// rather than a row per answer, so that years of check-ins are read quickly; JSON, so that any tool
// can still take it apart (json_each in SQLite).
std::string pack_answers(const std::vector<RecordedAnswer>& answers) {
  Json packed = Json::array();
  for (const RecordedAnswer& each : answers) {
    packed.push_back(Json::array({each.item, answer_json(each.answer), number_json(each.seconds)}));
  }
  return json_text(packed);
}

// The reverse, into `answers`; false when `text` is not one that `pack_answers` writes.
bool unpack_answers(std::string_view text, std::vector<RecordedAnswer>& answers) {
  answers.clear();
  try {
    const Json packed = parse_json(text);
    if (!packed.is_array()) return false;
    for (const Json& each : packed) {
      std::optional<Answer> answer = each.size() == 3 ? answer_of(each.at(1)) : std::nullopt;
      if (!answer) return false;
      answers.push_back(
          {each.at(0).get<std::string>(), *std::move(answer), each.at(2).get<double>()});
    }
  } catch (const Error&) {
    return false;
  } catch (const Json::exception&) {
    return false;
  }
  return true;
}

// Of all columns but the sequence.
std::int64_t record_checksum(const Record& record, std::string_view answers) {
  return checksum_of(record.id, record.questionnaire, record.version, record.sha256, record.form,
                     record.language, record.about, record.started_at, record.taken_at, answers,
                     record.note);
}

constexpr std::string_view select_records =
    "select sequence,id,questionnaire,version,sha256,form,language,about,"
    "started_us,started_offset,taken_us,taken_offset,note,checksum,answers from records ";

Statement select_from_records(Connection& connection, std::string_view which) {
  return {connection, std::string(select_records).append(which)};
}

// The current row, its answers included. The memory of `record` is used again: for thousands.
void read_row(Connection& connection, const Statement& row, Record& record) {
  record.sequence = row.integer_at(0);
  record.id = row.text_at(1);
  record.questionnaire = row.text_at(2);
  record.version = row.text_at(3);
  record.sha256 = row.text_at(4);
  record.scored_with = record.sha256;
  record.form = row.text_at(5);
  record.language = row.text_at(6);
  record.about = row.optional_text_at(7);
  record.started_at = row.instant_at(8);
  record.taken_at = row.instant_at(10);
  record.note = row.text_at(12);
  const std::string_view text = row.text_at(14);
  if (record_checksum(record, text) != row.integer_at(13) ||
      !unpack_answers(text, record.answers)) {
    throw connection.damage();
  }
}

// Whether the day on which the current row was taken is wanted.
bool is_within(const RecordFilter& filter, const Statement& row) {
  if (!filter.since && !filter.until) return true;
  const std::int64_t day = days_since_epoch(local_date(row.instant_at(10)));
  return (!filter.since || day >= days_since_epoch(*filter.since)) &&
         (!filter.until || day <= days_since_epoch(*filter.until));
}

void apply(const Standing& standing, Record& record) {
  const auto found = standing.scored_with.find(record.id);
  if (found != standing.scored_with.end()) record.scored_with = found->second;
}

}  // namespace

Json number_json(double number) {
  constexpr double exact = 9007199254740992.0;  // 2^53
  if (std::trunc(number) == number && std::abs(number) < exact && !std::signbit(number)) {
    return static_cast<std::int64_t>(number);
  }
  return number;
}

Json answer_json(const Answer& answer) {
  if (const double* number = std::get_if<double>(&answer)) return number_json(*number);
  if (const ChosenIds* ids = std::get_if<ChosenIds>(&answer)) return *ids;
  if (const std::string* line = std::get_if<std::string>(&answer)) return *line;
  return nullptr;
}

std::optional<Answer> answer_of(const Json& json) {
  if (json.is_number()) return json.get<double>();
  if (json.is_null()) return Skipped{};
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_array() || !std::ranges::all_of(json, &Json::is_string)) return {};
  return json.get<ChosenIds>();
}

void Checksum::add(std::int64_t value) {
  state_ = (state_ ^ static_cast<std::uint64_t>(value)) * 0x100000001b3U;
}

void Checksum::add(std::string_view value) {
  add(static_cast<std::int64_t>(value.size()));
  while (!value.empty()) {
    const std::string_view step = value.substr(0, sizeof(std::uint64_t));
    add(static_cast<std::int64_t>(word_of(step)));
    value.remove_prefix(step.size());
  }
}

void Checksum::add(const std::optional<std::string>& value) {
  value ? add(*value) : add(std::int64_t{-1});
}

void Checksum::add(double value) { add(std::bit_cast<std::int64_t>(value)); }

void Checksum::add(const Instant& value) {
  add(value.microseconds);
  add(std::int64_t{value.offset_minutes});
}

bool is_record_id(std::string_view id) {
  constexpr std::size_t length = 10;
  return id.size() == length && std::ranges::all_of(id, [](char c) {
           return is_ascii_digit(c) || (c >= 'a' && c <= 'z');
         });
}

std::int64_t keep_record(Connection& connection, const Record& record) {
  if (!is_record_id(record.id)) {
    throw refused_record(ErrorKind::internal, "a record needs an id of ten characters", record.id);
  }
  const std::string answers = pack_answers(record.answers);
  const std::size_t kept =
      Statement(connection,
                "insert into records(id,questionnaire,version,sha256,form,language,about,"
                "started_us,started_offset,taken_us,taken_offset,answers,note,checksum) "
                "values(?,?,?,?,?,?,?,?,?,?,?,?,?,?) on conflict(id) do nothing")
          .bind(record.id, record.questionnaire, record.version, record.sha256, record.form,
                record.language, record.about, record.started_at, record.taken_at, answers,
                record.note, record_checksum(record, answers))
          .run();
  if (kept == 0) {
    throw refused_record(ErrorKind::bad_data, "a record with this id is kept already", record.id);
  }
  return connection.last_row();
}

std::optional<Record> read_record(Connection& connection, std::string_view id, Search search) {
  Statement rows = select_from_records(
      connection, search == Search::rows ? "not indexed where id=?" : "where id=?");
  if (!rows.bind(id).step()) return std::nullopt;
  Record record;
  read_row(connection, rows, record);
  return record;
}

std::int64_t History::add_record(const Record& record, std::string_view definition_text,
                                 const Draft& draft) {
  std::int64_t sequence = 0;
  change([&] {
    keep_definition(*connection_, {record.sha256, record.questionnaire, record.version,
                                   std::string(definition_text)});
    sequence = keep_record(*connection_, record);
    // The record is kept even when another process has removed the draft: nothing confirmed is
    // lost.
    remove_draft(*connection_, draft);
    return true;
  });
  return sequence;
}

void History::visit_records(const RecordFilter& filter,
                            const std::function<void(const Record&)>& visit) {
  // By its rows and not by an index, so that damage to an index can't hide a record.
  Statement rows = select_from_records(
      *connection_, filter.questionnaire ? "not indexed where questionnaire=? order by sequence"
                                         : "order by sequence");
  if (filter.questionnaire) rows.bind(*filter.questionnaire);
  bool row = rows.step();
  // Read while the first row is held, so that both are of one moment.
  const Standing standing = read_standing(*connection_);
  Record record;
  for (; row; row = rows.step()) {
    if (standing.hidden_records.count(rows.text_at(1)) > 0 || !is_within(filter, rows)) continue;
    read_row(*connection_, rows, record);
    apply(standing, record);
    visit(record);
  }
}

std::vector<Record> History::records(const RecordFilter& filter) {
  std::vector<Record> records;
  visit_records(filter, [&](const Record& record) { records.push_back(record); });
  return records;
}

std::optional<Record> History::find_record(std::string_view id) {
  std::optional<Record> record = read_record(*connection_, id, Search::rows);
  if (!record) return std::nullopt;
  const Standing standing = read_standing(*connection_);
  if (standing.hidden_records.count(id) > 0) return std::nullopt;
  apply(standing, *record);
  return record;
}

std::optional<Instant> History::latest_taken(const std::string& questionnaire,
                                             const std::vector<std::string>& abouts) {
  Statement rows = select_from_records(*connection_,
                                       "where questionnaire=? and (? or ifnull(about,'') in (?,?)) "
                                       "order by taken_us desc, sequence desc");
  const std::string none;
  const std::string& first = abouts.empty() ? none : abouts.front();
  const std::string& last = abouts.empty() ? none : abouts.back();
  bool row = rows.bind(questionnaire, std::int64_t{abouts.empty()}, first, last).step();
  const Standing standing = read_standing(*connection_);
  while (row && standing.hidden_records.count(rows.text_at(1)) > 0) row = rows.step();
  if (!row) return std::nullopt;
  Record latest;
  read_row(*connection_, rows, latest);
  return latest.taken_at;
}

}  // namespace attune::store
