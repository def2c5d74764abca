// SPDX-License-Identifier: MIT
#pragma once

/// CSV with something wrong in it: its bytes, the rows it has (as AnswerLines writes them) and its
/// problems. Every input is for three items i1, i2, i3 on 1..7 and the kept column id.

#include <string>
#include <vector>

namespace attune::test {

struct BadRows {
  std::string text;
  std::string rows;
  std::string problems;
};

inline const std::vector<BadRows>& bad_rows() {
  using namespace std::string_literals;  // NOLINT: bytes that are zero
  const std::string head = "id,i1,i2,i3\n";
  const std::string good = "z,4,5,6\n";
  const std::string good_row = "4 5 6 | z\n";
  static const std::vector<BadRows> cases = {
      // Bytes that no text has.
      {head + "a\0b,1,2,3\n"s + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text has a control character\n"},
      {head + "a,\0,2,3\n"s + good, "problem | a\n" + good_row,
       "row 1, line 2, column i1: the text has a control character\n"},
      {head + "\0\0,1,2,3\n"s + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text has a control character\n"},
      {head + "a\rb,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text has a control character\n"},
      {head + "\rb\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text has a control character\n"},
      {head + "\r\r\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text has a control character\n"},
      {head + "a\r\r\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text has a control character\n"},
      {head + "\"a\x1B[31m\",1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text has a control character\n"},
      {head + "some long text with a \x07 in it,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text has a control character\n"},
      {head + "\xFF,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text is not valid UTF-8\n"},
      {head + "M\xFCller,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text is not valid UTF-8\n"},
      {head + "a\xC3,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text is not valid UTF-8\n"},
      {head + "\xC0\x80,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text is not valid UTF-8\n"},
      {head + "\"\xED\xA0\x80\",1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: the text is not valid UTF-8\n"},
      // In a column that nobody asked for they cost nothing.
      {"id,x,i1,i2,i3\na,\xFF,1,2,3\nz,,4,5,6\n", "1 2 3 | a\n" + good_row, ""},
      {"id,x,i1,i2,i3\na,\"\x01\",1,2,3\nz,,4,5,6\n", "1 2 3 | a\n" + good_row, ""},
      {"id,x,i1,i2,i3\na,5\" tall,1,2,3\nz,,4,5,6\n", "1 2 3 | a\n" + good_row, ""},
      // Rows with too few or too many cells.
      {head + "a,1,2\n" + good, "problem | a\n" + good_row,
       "row 1, line 2: 3 cells in a row that should have 4\n"},
      {head + "a\n" + good, "problem | a\n" + good_row,
       "row 1, line 2: 1 cell in a row that should have 4\n"},
      {head + "  \n" + good, "problem |   \n" + good_row,
       "row 1, line 2: 1 cell in a row that should have 4\n"},
      {head + "\"\"\n" + good, "problem | \"\"\n" + good_row,
       "row 1, line 2: 1 cell in a row that should have 4\n"},
      {head + "a;1;2;3\n" + good, "problem | a;1;2;3\n" + good_row,
       "row 1, line 2: 1 cell in a row that should have 4\n"},
      {head + "a,1,2,3,4\n" + good, "problem | a\n" + good_row,
       "row 1, line 2: 5 cells in a row that should have 4\n"},
      // Separators at the end of a row mean nothing.
      {head + "a,1,2,3,\r\n" + good, "1 2 3 | a\n" + good_row, ""},
      {head + "a,1,2,3,\"x\ny\",z\n" + good, "problem | a\n" + good_row,
       "row 1, line 2: 6 cells in a row that should have 4\n"},
      {head + "a,1,2,3,x\"y\n" + good, "problem | a\n" + good_row,
       "row 1, line 2: 5 cells in a row that should have 4\n"},
      {head + "a,1,2" + std::string(100, ',') + "\n" + good, "1 2 - | a\n" + good_row, ""},
      {head + "a,1,2,3,,,4,\n" + good, "problem | a\n" + good_row,
       "row 1, line 2: 7 cells in a row that should have 4\n"},
      {head + "a,1,2,3" + good, "problem | a\n",
       "row 1, line 2: 7 cells in a row that should have 4\n"},
      // Quotes that are not closed: reading goes on at the next line.
      {head + "\"a,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2: a quote is not closed\n"},
      {head + "a,\"1,2,3\n" + good + good, "problem | a\n" + good_row + good_row,
       "row 1, line 2: a quote is not closed\n"},
      {head + good + "\"a,1,2,3\n", good_row + "problem | \n",
       "row 2, line 3: a quote is not closed\n"},
      {head + good + "a,1,2,\"3", good_row + "problem | a\n",
       "row 2, line 3: a quote is not closed\n"},
      {head + "a,1,2,3,\"x\n" + good, "problem | a\n" + good_row,
       "row 1, line 2: a quote is not closed\n"},
      {head + "\"a\nb\",\"1\n" + good, "problem | \"a\nb\"\n" + good_row,
       "row 1, line 2: a quote is not closed\n"},
      // Quotes where none may stand.
      {head + "a\"b,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: unexpected quotation mark\n"},
      {head + "a\",1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: unexpected quotation mark\n"},
      {head + "\"a\"b,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: unexpected quotation mark\n"},
      {head + "\"a\" ,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: unexpected quotation mark\n"},
      {head + " \"a\",1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: unexpected quotation mark\n"},
      {head + "\"\"a\"\",1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: unexpected quotation mark\n"},
      {head + "\"a\"\rb,1,2,3\n" + good, "problem | \n" + good_row,
       "row 1, line 2, column id: unexpected quotation mark\n"},
      {head + "\"a\nb\"c,1,2,3\n" + good, "problem | \nproblem | \n" + good_row,
       "row 1, line 2, column id: unexpected quotation mark\n"
       "row 2, line 3, column id: unexpected quotation mark\n"},
      {head + "a,1,2,3\"\n" + good, "problem | a\n" + good_row,
       "row 1, line 2, column i3: unexpected quotation mark\n"},
      // Answers.
      {head + "a,9,8,3\n" + good, "problem | a\n" + good_row,
       "row 1, line 2, column i1: '9' is not a whole number from 1 to 7\n"},
      {head + "a,1,\"4,5\",3\n" + good, "problem | a\n" + good_row,
       "row 1, line 2, column i2: '4,5' is not a whole number from 1 to 7\n"},
      {head + good + head + good, good_row + "problem | id\n" + good_row,
       "row 2, line 3, column i1: 'i1' is not a whole number from 1 to 7\n"},
      {head + "\"a\nb\",1,2,3\n\n\r\nc,0,2,3\n" + good,
       "1 2 3 | \"a\nb\"\nproblem | c\n" + good_row,
       "row 2, line 6, column i1: '0' is not a whole number from 1 to 7\n"},
      {head + "a,9,2\n" + good, "problem | a\n" + good_row,
       "row 1, line 2: 3 cells in a row that should have 4\n"},
      {"\xEF\xBB\xBF\xEF\xBB\xBF" + head + good,
       "error: no column 'id'\n  found: '\\u{FEFF}id', 'i1'", ""},
      {"\n\xEF\xBB\xBF" + head + good, "error: no column 'id'\n  found: '\\u{FEFF}id', 'i1'", ""},
      // What looks wrong and is not.
      {head + "\"a\rb\",1,2,3\n" + good, "1 2 3 | \"a\rb\"\n" + good_row, ""},
      {head + "a\x7F,1,2,3\nb\x7F and more,1,2,3\n", "1 2 3 | a\x7F\n1 2 3 | b\x7F and more\n", ""},
      {head + "a\tb,1,2,3\n=1+1,1,2,3\n", "1 2 3 | a\tb\n1 2 3 | =1+1\n", ""},
      {head + "\"\"\"\",1,2,3\n\"a\"\"\",1,2,3", "1 2 3 | \"\"\"\"\n1 2 3 | \"a\"\"\"\n", ""},
  };
  return cases;
}

}  // namespace attune::test
