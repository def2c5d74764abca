// SPDX-License-Identifier: MIT
#include "rows/recognise.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utf8proc.h>
#include <utility>

#include "attune/text.hpp"

namespace attune::rows {
namespace {

using namespace std::string_view_literals;  // NOLINT: bytes that are zero

struct OtherFile {
  std::string_view magic;
  std::string_view what;
  std::string_view advice;
};

constexpr std::string_view by_spreadsheet =
    "save it as CSV in UTF-8, or: soffice --headless --convert-to csv FILE";
constexpr OtherFile other_files[] = {
    {"\xD0\xCF\x11\xE0", "is a spreadsheet of Excel (xls)", by_spreadsheet},
    {"$FL", "is a data file of SPSS (sav)", "save it as CSV, or: pspp-convert FILE data.csv"},
    {"<stata_dta>", "is a data file of Stata (dta)",
     "Rscript -e 'write.csv(haven::read_dta(\"FILE\"), \"data.csv\", row.names = FALSE)'"},
    {"\x1F\x8B", "is compressed (gzip)", "gunzip -c FILE >data.csv"},
    {"BZh", "is compressed (bzip2)", "bzip2 -dc FILE >data.csv"},
    {"\xFD\x37zXZ", "is compressed (xz)", "xz -dc FILE >data.csv"},
    {"\x28\xB5\x2F\xFD", "is compressed (zstd)", "zstd -dc FILE >data.csv"},
    {"<html", "is a web page, not a table of text", by_spreadsheet},
    {"<!doctype", "is a web page, not a table of text", by_spreadsheet},
    {"<?xml", "is XML, not a table of text", by_spreadsheet},
    {"%PDF", "is a PDF, not a table of text", "export the data as CSV where they come from"},
    {"SQLite format 3", "is a database, not a table of text",
     "sqlite3 -csv -header FILE 'select * from NAME_OF_THE_TABLE' >data.csv"}};

[[noreturn]] void refuse(std::string_view what, std::string_view advice) {
  throw Error(ErrorKind::bad_data, std::string(what), "", {std::string(advice)});
}

// A packed file: most spreadsheets are some.
void refuse_zip(std::string_view start) {
  const auto has = [&](std::string_view part) {
    return start.find(part) != std::string_view::npos;
  };
  if (has("[Content_Types].xml") || has("xl/") || has("opendocument.spreadsheet"))
    refuse("is a spreadsheet (xlsx or ods)", by_spreadsheet);
  refuse("is a zip archive", "unzip -p FILE >data.csv");
}

void append_utf8(std::string& out, char32_t code) {
  utf8proc_uint8_t bytes[4];
  const bool is_half = code >= 0xD800 && code < 0xE000;
  const auto count = is_half ? 0 : utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes);
  out += count > 0 ? std::string(bytes, bytes + count) : "\xFF";
}

}  // namespace

void refuse_other_files(std::string_view start) {
  if (start.starts_with("PK\x03\x04")) refuse_zip(start);
  const std::string small = lower_case(start.substr(0, 16));
  for (const auto& [magic, what, advice] : other_files) {
    if (start.starts_with(magic) || (magic[0] == '<' && small.starts_with(magic)))
      refuse(what, advice);
  }
  if (start.size() < 4) return;
  for (const std::size_t high : {1U, 0U}) {
    if (start[high] != '\0' || start[high + 2] != '\0' || start[1 - high] == '\0') continue;
    refuse("is UTF-16 without a mark at its beginning",
           high == 1 ? "iconv -f UTF-16LE -t UTF-8 FILE >data.csv"
                     : "iconv -f UTF-16BE -t UTF-8 FILE >data.csv");
  }
}

void refuse_other_json(std::string_view start) {
  const std::string_view text = trim(start);
  if (text.starts_with('[')) {
    const std::string_view inner = trim(text.substr(1));
    if (inner.empty() || inner.starts_with('{') || inner.starts_with('[')) {
      refuse("is one JSON array, not JSON Lines", "jq -c '.[]' FILE >data.jsonl");
    }
  }
  const std::size_t inner = text.find(":{\"");
  const std::size_t number = std::min(inner, text.size() - 3) + 3;
  const std::size_t behind = text.find_first_not_of("0123456789", number);
  if (inner != std::string_view::npos && behind > number && text.substr(behind).starts_with("\":"))
    refuse("has its JSON by columns",
           "pandas writes rows with to_json(orient='records', lines=True)");
  if (text == "{" || text.starts_with("{\n") || text.starts_with("{\r\n"))
    refuse("has a JSON object over several lines", "jq -c . FILE >data.jsonl");
}

void refuse_lone_returns(std::string_view start) {
  const std::string_view text = start.substr(0, start.size() - (start.ends_with('\n') ? 1 : 0));
  if (text.find('\n') != std::string_view::npos || text.find('\r') >= text.size() - 1) return;
  refuse("its lines end in CR alone", "tr '\\r' '\\n' <FILE >data.csv");
}

// Names of columns may be whole sentences with commas, so that a tab, and then a semicolon, count
// for more.
char FirstRow::separator() const {
  if (2 * tabs > commas) return '\t';
  return 2 * semicolons > commas ? ';' : ',';
}

FirstRow look_at_row(std::string_view text) {
  FirstRow row;
  bool is_quoted = false;
  bool is_start = true;  // of a cell
  for (const char c : text) {
    ++row.bytes;
    if (c == '"' && (is_start || is_quoted)) {
      is_quoted = !is_quoted;
    } else if (!is_quoted) {
      row.commas += c == ',' ? 1 : 0;
      row.semicolons += c == ';' ? 1 : 0;
      row.tabs += c == '\t' ? 1 : 0;
      if (c == '\n') {
        row.is_complete = true;
        return row;
      }
    }
    // A quote that closes a cell may open it again: it stands for itself.
    is_start = c == ',' || c == ';' || c == '\t' || (c == '"' && !is_quoted);
  }
  return row;
}

ReadBytes decoded_utf16(ReadBytes read, std::string first, bool is_big_endian) {
  return [read = std::move(read), raw = std::move(first), is_big_endian](char* to,
                                                                         std::size_t most) mutable {
    const auto unit_at = [&](std::size_t at) {
      const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(raw[at + i]); };
      return static_cast<char32_t>(is_big_endian ? byte(0) << 8 | byte(1) : byte(1) << 8 | byte(0));
    };
    std::string out;
    for (bool is_end = false; out.empty() && !(is_end && raw.empty());) {
      const std::size_t kept = raw.size();
      raw.resize(kept + most);
      raw.resize(kept + read(raw.data() + kept, most));
      is_end = raw.size() == kept;
      std::size_t at = 0;
      for (; at + 1 < raw.size() && out.size() + 4 <= most; at += 2) {
        char32_t code = unit_at(at);
        if (code >= 0xD800 && code < 0xDC00) {
          if (at + 3 >= raw.size()) break;  // its other half is still to come
          const char32_t low = unit_at(at + 2);
          if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
          }
        }
        append_utf8(out, code);
      }
      raw.erase(0, at);
      if (is_end && at == 0 && !raw.empty()) {
        out = "\xFF";
        raw.clear();
      }
    }
    std::ranges::copy(out, to);
    return out.size();
  };
}

}  // namespace attune::rows
