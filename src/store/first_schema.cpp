// SPDX-License-Identifier: MIT
// The first histories had a row for each answer of a record, no log of changes, and checksums taken
// byte by byte. They have the number of schema 1, too; a table that no later one has tells them.
#include <bit>
#include <utility>

#include "store/database.hpp"

namespace attune::store {
namespace {

constexpr auto add_now = [](Checksum& sum, const auto& value) { sum.add(value); };

// As it was taken then: of a text byte by byte, of a number those bytes that are not leading zeros,
// and how many they are.
struct AddThen {
  void operator()(Checksum& sum, std::int64_t value) const {
    std::int64_t count = 0;
    for (auto rest = static_cast<std::uint64_t>(value); rest != 0; rest >>= 8U, ++count) {
      sum.add(static_cast<std::int64_t>(rest & 0xffU));
    }
    sum.add(count);
  }
  void operator()(Checksum& sum, std::string_view value) const {
    operator()(sum, static_cast<std::int64_t>(value.size()));
    for (const char byte : value) sum.add(std::int64_t{static_cast<unsigned char>(byte)});
  }
};
constexpr AddThen add_then;

// Adds the columns of a row from `first` on: `letters` has a letter for each, t(ext), o(ptional
// text), i(nteger) or r(eal).
void add_columns(Checksum& sum, const Statement& row, int first, std::string_view letters,
                 auto add) {
  for (int column = first; const char kind : letters) {
    const bool is_null = kind == 'o' && !row.optional_text_at(column);
    if (is_null) add(sum, std::int64_t{-1});
    if (kind == 'i') add(sum, row.integer_at(column));
    if (kind == 'r') add(sum, std::bit_cast<std::int64_t>(row.real_at(column)));
    if (kind == 't' || (kind == 'o' && !is_null)) add(sum, row.text_at(column));
    ++column;
  }
}

// Each row of `table` gets its checksum as it is taken now.
void renew_checksums(Connection& connection, const std::string& table, const std::string& columns,
                     std::string_view letters) {
  std::vector<std::pair<std::int64_t, std::int64_t>> sums;
  Statement rows(connection, "select checksum," + columns + " from " + table);
  while (rows.step()) {
    Checksum then;
    Checksum now;
    add_columns(then, rows, 1, letters, add_then);
    add_columns(now, rows, 1, letters, add_now);
    if (then.value() != rows.integer_at(0)) throw connection.damage();
    sums.emplace_back(then.value(), now.value());
  }
  const std::string renew = "update " + table + " set checksum=? where checksum=?";
  for (const auto& [then, now] : sums) Statement(connection, renew).bind(now, then).run();
}

void keep_first_records(Connection& connection) {
  Statement rows(connection,
                 "select sequence,id,questionnaire,version,sha256,form,language,about,started_us,"
                 "started_offset,taken_us,taken_offset,note,checksum from first_records "
                 "order by sequence");
  while (rows.step()) {
    Record record;
    read_columns(rows, record);
    Checksum sum;
    add_columns(sum, rows, 1, "ttttttoiiiit", add_then);
    Statement answers(connection,
                      "select item,kind,value,seconds from record_answers where sequence=? "
                      "order by position");
    answers.bind(record.sequence);
    while (answers.step()) {
      std::optional<Answer> answer = answer_kept_as(answers.text_at(1), answers.text_at(2));
      if (!answer) throw connection.damage();
      add_columns(sum, answers, 0, "tttr", add_then);
      record.answers.push_back(
          {std::string(answers.text_at(0)), *std::move(answer), answers.real_at(3)});
    }
    if (sum.value() != rows.integer_at(13)) throw connection.damage();
    keep_record(connection, record);
  }
}

}  // namespace

bool has_first_schema(Connection& connection) {
  return Statement(connection, "select 1 from sqlite_master where name='record_answers'").step();
}

void renew_first_schema(Connection& connection) {
  Transaction transaction(connection);
  if (!has_first_schema(connection)) return;  // another process has done it
  renew_checksums(connection, "drafts",
                  "questionnaire,version,sha256,form,language,about,started_us,started_offset,"
                  "item_order",
                  "tttttoiit");
  renew_checksums(connection, "draft_answers", "draft,position,item,kind,value,seconds", "iitttr");
  connection.run("alter table records rename to first_records");
  connection.run(schema_of_records());
  keep_first_records(connection);
  connection.run("drop table record_answers;drop table first_records");
  transaction.commit();
}

}  // namespace attune::store
