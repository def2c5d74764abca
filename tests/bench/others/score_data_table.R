# SPDX-License-Identifier: MIT
# Two means of 18 items each with data.table:  Rscript score_data_table.R FILE.csv
library(data.table)
rows <- fread(commandArgs(trailingOnly = TRUE)[1], nThread = 1)
reversed <- paste0("q", c(3, 15, 19, 22, 25, 27, 29, 31, 33, 35))
rows[, (reversed) := lapply(.SD, function(x) 8L - x), .SDcols = reversed]
score <- function(first) {
  items <- as.matrix(rows[, paste0("q", seq(first, 36, 2)), with = FALSE])
  list(round(rowMeans(items, na.rm = TRUE), 4), rowSums(!is.na(items)))
}
anxiety <- score(2)
avoidance <- score(1)
fwrite(data.table(id = rows$id, anxiety = anxiety[[1]], anxiety_answered = anxiety[[2]],
                  avoidance = avoidance[[1]], avoidance_answered = avoidance[[2]]),
       "/dev/stdout", nThread = 1)
