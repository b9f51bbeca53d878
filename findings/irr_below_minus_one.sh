#!/bin/sh
# Two npm packages for the internal rate of return answer one that no investment can have. Money goes in once and less of it comes back
# later: one change of sign, so one true rate above -1. Newton's method, which nothing there keeps above -1, steps past it: financial
# 0.2.4 (a port of numpy-financial) and fundamental-js 1.4.1 both say -1.585, a loss of 158.5 per cent a year, where the rate is -0.3722;
# and of 1000 that are 500 a year later financial makes Infinity, not -0.5. None throws or says NaN, as they do without a change of sign.
# Most startups end in a loss, so a fund's list of returns has such rows. node-irr 2.0.5 is right in each.
#
# Seen with Node 20.20.2:
#   -1000,0,100,0,100,10: financial -1.5850, fundamental-js -1.5850, node-irr -0.3722
#   -1000,500: financial Infinity, fundamental-js -0.5000, node-irr -0.5000
#   -1000,0,100,0,100,1000: financial 0.0400, fundamental-js 0.0400, node-irr 0.0400
#
# Exit status: 0 seen again, 1 it behaves otherwise now, 2 a package cannot be had.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --prefix "$folder" --cache "$folder/cache" --ignore-scripts --no-audit --no-fund \
    financial@0.2.4 fundamental-js@1.4.1 node-irr@2.0.5 >/dev/null 2>&1 || { echo "cannot be had: the npm packages" >&2; exit 2; }
cat >rates.js <<'JS'
for (const flows of [[-1000, 0, 100, 0, 100, 10], [-1000, 500], [-1000, 0, 100, 0, 100, 1000]]) {
    const said = ["financial", "fundamental-js", "node-irr"].map((name) => `${name} ${require(name).irr(flows).toFixed(4)}`);
    console.log(`${flows}: ${said.join(", ")}`);
}
JS
output=$(node rates.js 2>&1) || {
    printf '%s\n' "$output" >&2
    exit 2
}
printf '%s\n' "$output"
[ "$output" = "-1000,0,100,0,100,10: financial -1.5850, fundamental-js -1.5850, node-irr -0.3722
-1000,500: financial Infinity, fundamental-js -0.5000, node-irr -0.5000
-1000,0,100,0,100,1000: financial 0.0400, fundamental-js 0.0400, node-irr 0.0400" ]
