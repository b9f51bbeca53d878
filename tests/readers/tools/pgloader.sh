#!/bin/sh
# Loads a ledger into a database server of its own with pgloader as it is, and reads columns of tables there, which have to be
# bigint; and says how many foreign keys arrived: see tests/readers/tools.py. Views are not loaded.
#   sh pgloader.sh LEDGER
set -eu
binaries=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
folder=$(mktemp -d)
as_owner=
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
    as_owner="runuser -u postgres --"
fi
stop() {
    $as_owner "$binaries/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || :
    rm -rf "$folder"
}
trap stop EXIT
cp "$1" "$folder/ledger.db"
chmod 644 "$folder/ledger.db"
{
    $as_owner "$binaries/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
    $as_owner "$binaries/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
        -o "-k $folder -h '' -c fsync=off" start
    "$binaries/createdb" -h "$folder" -U postgres ledger
    pgloader "$folder/ledger.db" "postgresql://postgres@unix:$folder:5432/ledger"
} >"$folder/said" 2>&1 || {
    cat "$folder/said" >&2
    exit 1
}
if grep -E ' (ERROR|FATAL|WARNING) ' "$folder/said" >&2; then exit 1; fi
ask() {
    "$binaries/psql" -h "$folder" -U postgres -d ledger -qAtX -v ON_ERROR_STOP=1 "$@"
}
pgloader --version | sed -n 's/^pgloader version "\(.*\)"$/\1/p'
echo "foreign keys: $(ask -c "SELECT count(*) FROM pg_constraint WHERE contype = 'f'")" >&2
while read -r name column; do
    printf "SELECT '%s %s ' || coalesce(CAST(\"%s\" AS text), '') FROM \"%s\" WHERE pg_typeof(\"%s\") = 'bigint'::regtype;\n" \
        "$name" "$column" "$column" "$name" "$column"
done >"$folder/questions.sql"
ask -f - <"$folder/questions.sql"
