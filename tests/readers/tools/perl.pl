# Reads columns with DBI: see tests/readers/tools.py.
use strict;
use warnings;
use DBI;

my $ledger = DBI->connect("dbi:SQLite:uri=file:$ARGV[0]?mode=ro", "", "", { RaiseError => 1 });
print "$DBD::SQLite::VERSION\n";
while (my $line = <STDIN>) {
    my ($name, $column) = split ' ', $line;
    for my $row (@{$ledger->selectall_arrayref("SELECT \"$column\" FROM $name")}) {
        print "$name $column ", $row->[0] // '', "\n";
    }
}
