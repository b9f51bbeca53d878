# Reads columns as RSQLite gives them by default, as integer64: see tests/readers/tools.py.
suppressMessages(library(DBI))
suppressMessages(library(bit64))
ledger <- dbConnect(RSQLite::SQLite(), commandArgs(TRUE)[1], flags = RSQLite::SQLITE_RO)
cat(as.character(packageVersion("RSQLite")), "\n", sep = "")
for (line in readLines(file("stdin"))) {
  words <- strsplit(line, " ")[[1]]
  values <- dbGetQuery(ledger, sprintf('SELECT "%s" FROM %s', words[2], words[1]))[[1]]
  if (is.double(values) && !is.integer64(values)) stop(line, " is a double")
  text <- as.character(values)
  text[is.na(values)] <- ""
  if (length(text) > 0) cat(paste(line, text), sep = "\n")
}
