# SPDX-License-Identifier: MIT
# Two means of 18 items each, one object a line.
def turned: values | 8 - .;
def mean: map(values) | if length == 0 then null else add / length end;
{id,
 anxiety: ([.q2, .q4, .q6, .q8, .q10, .q12, .q14, .q16, .q18, .q20, (.q22 | turned), .q24, .q26, .q28, .q30, .q32,
   .q34, .q36] | mean),
 avoidance: ([.q1, (.q3 | turned), .q5, .q7, .q9, .q11, .q13, (.q15 | turned), .q17, (.q19 | turned), .q21, .q23,
   (.q25 | turned), (.q27 | turned), (.q29 | turned), (.q31 | turned), (.q33 | turned), (.q35 | turned)] | mean)}
