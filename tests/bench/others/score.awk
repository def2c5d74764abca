# SPDX-License-Identifier: MIT
# Two means of 18 items each from columns 5 to 40 of simple CSV (no separators in quotes), as awk users write it.
BEGIN {
  FS = ","
  split("3 15 19 22 25 27 29 31 33 35", numbers, " ")
  for (i in numbers) reversed[numbers[i] + 4] = 1
}
NR > 1 {
  sum[0] = sum[1] = n[0] = n[1] = 0
  for (i = 5; i <= 40; i++) {
    if ($i == "") continue
    s = i % 2
    sum[s] += (i in reversed) ? 8 - $i : $i
    n[s]++
  }
  printf "%s,%.4f,%d,%.4f,%d\n", $1, sum[0] / n[0], n[0], sum[1] / n[1], n[1]
}
