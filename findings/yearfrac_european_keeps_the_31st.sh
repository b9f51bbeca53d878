#!/bin/sh
# formulajs 4.6.1, the JavaScript functions of Excel, counts YEARFRAC with basis 4 (European 30/360) without what makes that basis
# European: a 31st is not taken for a 30th. Half a year from a last day of a month to another is 179 or 181 days of interest, not 180, so
# the interest accrued on a convertible note is off by a day of it in silence. Its own DAYS360 with the European method has 180 for the
# same dates, and so have both functions of hyperformula 3.5.0. Where neither date is a 31st, or both are, all of them agree.
#
# Seen with Node 20.20.2, in days of a year of 360:
#   2023-12-31 to 2024-06-30: formulajs YEARFRAC 179, DAYS360 180; hyperformula YEARFRAC 180, DAYS360 180
#   2024-06-30 to 2024-12-31: formulajs YEARFRAC 181, DAYS360 180; hyperformula YEARFRAC 180, DAYS360 180
#   2024-01-15 to 2024-07-15: formulajs YEARFRAC 180, DAYS360 180; hyperformula YEARFRAC 180, DAYS360 180
#
# Exit status: 0 seen again, 1 it behaves otherwise now, 2 a package cannot be had.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --prefix "$folder" --cache "$folder/cache" --ignore-scripts --no-audit --no-fund \
    @formulajs/formulajs@4.6.1 hyperformula@3.5.0 >/dev/null 2>&1 || { echo "cannot be had: the npm packages" >&2; exit 2; }
cat >days.js <<'JS'
const { YEARFRAC, DAYS360 } = require("@formulajs/formulajs");
const { HyperFormula } = require("hyperformula");
const sheet = HyperFormula.buildFromArray([[]], { licenseKey: "gpl-v3" });
for (const days of [["2023-12-31", "2024-06-30"], ["2024-06-30", "2024-12-31"], ["2024-01-15", "2024-07-15"]]) {
    const [from, to] = days.map((day) => day.split("-").map(Number));
    const [start, end] = [from, to].map(([year, month, day]) => new Date(year, month - 1, day));
    const cells = `DATE(${from}),DATE(${to})`;
    const formula = (text) => Math.round(sheet.calculateFormula(text, 0));
    const counted = Math.round(YEARFRAC(start, end, 4) * 360);
    console.log(`${days.join(" to ")}: formulajs YEARFRAC ${counted}, DAYS360 ${DAYS360(start, end, true)};` +
        ` hyperformula YEARFRAC ${formula(`=YEARFRAC(${cells},4)*360`)}, DAYS360 ${formula(`=DAYS360(${cells},TRUE())`)}`);
}
JS
output=$(node days.js 2>/dev/null) || { echo "the packages do not run" >&2; exit 2; }
printf '%s\n' "$output"
[ "$output" = "2023-12-31 to 2024-06-30: formulajs YEARFRAC 179, DAYS360 180; hyperformula YEARFRAC 180, DAYS360 180
2024-06-30 to 2024-12-31: formulajs YEARFRAC 181, DAYS360 180; hyperformula YEARFRAC 180, DAYS360 180
2024-01-15 to 2024-07-15: formulajs YEARFRAC 180, DAYS360 180; hyperformula YEARFRAC 180, DAYS360 180" ]
