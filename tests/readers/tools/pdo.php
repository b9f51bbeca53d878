<?php
// Reads columns with PDO: see tests/readers/tools.py.
$ledger = new PDO("sqlite:" . $argv[1], null, null, [PDO::SQLITE_ATTR_OPEN_FLAGS => PDO::SQLITE_OPEN_READONLY]);
echo PHP_VERSION, "\n";
while (($line = fgets(STDIN)) !== false) {
    [$name, $column] = explode(" ", trim($line));
    foreach ($ledger->query("SELECT \"$column\" FROM $name", PDO::FETCH_NUM) as [$value]) {
        if ($value !== null && !is_int($value)) throw new Exception("$line is " . gettype($value));
        echo "$name $column $value\n";
    }
}
