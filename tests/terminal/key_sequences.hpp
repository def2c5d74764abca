// SPDX-License-Identifier: MIT
#pragma once

/// What terminals send that no person typed, and keys that answer nothing: shared by the tests of
/// the decoder, of the front end and of whole sittings.

#include <string>
#include <string_view>
#include <vector>

namespace attune::test {

struct Sequence {
  std::string_view name;
  std::string bytes;
  bool has_end = true;
  bool comes_at_once = false;  // a key's bytes, which no slow line parts
};

inline const std::vector<Sequence> no_keys{
    {"a colour, ended by ST", "\x1B]11;rgb:2626/3535/4444\x1B\\"},
    {"a colour, ended by BEL", "\x1B]11;rgb:2626/3535/4444\a"},
    {"a colour, in 8 bits",
     "\x9D"
     "11;rgb:2626/3535/4444\x9C"},
    {"a palette", "\x1B]4;1;rgb:cdcd/3131/3131\a"},
    {"two colours, with an f", "\x1B]11;rgb:1d1d/1f1f/2121\x1B\\\x1B]12;rgb:ffff/ffff/ffff\x1B\\"},
    {"a clipboard", "\x1B]52;c;MTIzNDU2Nw==\x1B\\"},
    {"the version", "\x1BP>|XTerm(372)\x1B\\"},
    {"a capability", "\x1BP1+r524742=382f382f38\x1B\\"},
    {"a setting, with a q", "\x1BP1$r2 q\x1B\\"},
    {"a setting, in 8 bits",
     "\x90"
     "1$r2 q\x9C"},
    {"an image", "\x1B_Gi=31;OK\x1B\\"},
    {"a private message", "\x1B^1234567\x1B\\"},
    {"a start of string", "\x1BX1234567\x1B\\"},
    {"a status", "\x1B[0n"},
    {"a place", "\x1B[24;80R"},
    {"attributes", "\x1B[?62;1;2;6;7;8;9c"},
    {"attributes, second", "\x1B[>41;372;0c"},
    {"a mode", "\x1B[?2026;2$y"},
    {"a size", "\x1B[8;24;80t"},
    {"a scheme of colours", "\x1B[?997;1n"},
    {"keyboard flags", "\x1B[?5u"},
    {"a long sequence", "\x1B[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1m"},
    {"focus", "\x1B[I\x1B[O"},
    {"a click, SGR", "\x1B[<0;23;24M\x1B[<0;23;24m"},
    {"a click, urxvt", "\x1B[32;23;24M"},
    {"a click, X10", "\x1B[M 45"},
    {"the wheel, X10", "\x1B[M`23"},
    {"a click far right, X10 in UTF-8", "\x1B[M \u01451"},
    {"a click far right, X10 in bytes", "\x1B[M \x85\x31"},
    {"a highlight", "\x1B[t23\x1B[T234567"},
    {"Alt and Page Up", "\x1B\x1B[5~"},
    {"Alt and Delete", "\x1B\x1B[3~"},
    {"Alt and F5", "\x1B\x1B[15~"},
    {"Alt, Ctrl and Left", "\x1B\x1B[1;5D"},
    {"Ctrl and Left", "\x1B[1;5D"},
    {"F1", "\x1BOP"},
    {"Shift and F1", "\x1BO1;2P"},
    {"F1 of the Linux console", "\x1B[[A"},
    {"F5", "\x1B[15~"},
    {"Insert", "\x1B[2~"},
    {"a key in Kitty's way", "\x1B[53;3u"},
    {"single shifts",
     "\x1BN3\x8E"
     "3"},
    {"a character set", "\x1B(B\x1B#8"},
    {"Alt and a digit",
     "\x1B"
     "5",
     true, true},
    {"Alt and a letter", "\x1B\u00fb", true, true},
    {"a paste", "\x1B[200~1234567\x1B[201~"},
    {"a paste that ends in Escape", "\x1B[200~1\x1B\x1B[201~"},
    {"a paste that ends within a mark", "\x1B[200~1\x1B[2\x1B[201~"},
    {"a paste that holds a reply", "\x1B[200~\x1B]11;1\x1B[201~"},
    {"a paste without an end", "\x1B[200~1234567", false},
    {"Escape alone", "\x1B", false},
    {"a reply that breaks off", "\x1B]11;rgb:2626/3535", false},
    {"a key that breaks off", "\x1B[1;", false},
};

}  // namespace attune::test
