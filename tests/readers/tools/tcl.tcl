# Reads columns with the package sqlite3: see tests/readers/tools.py.
puts [package require sqlite3]
sqlite3 ledger [lindex $argv 0] -readonly true
while {[gets stdin line] >= 0} {
    lassign $line name column
    ledger eval "SELECT \"$column\" AS value FROM $name" { puts "$name $column $value" }
}
