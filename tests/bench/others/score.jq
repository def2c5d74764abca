# SPDX-License-Identifier: MIT
# Two means of 18 items each, one object a line.
def mean: map(values) | if length == 0 then null else add / length end;
[3, 15, 19, 22, 25, 27, 29, 31, 33, 35] as $reversed
| . as $row
| [range(1; 37) as $i
   | $row["q\($i)"] | if . != null and ($reversed | index($i)) then 8 - . else . end] as $keyed
| {id, anxiety: ([range(1; 36; 2) as $i | $keyed[$i]] | mean),
   avoidance: ([range(0; 36; 2) as $i | $keyed[$i]] | mean)}
