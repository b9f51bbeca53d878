// Reads columns with better-sqlite3 as BigInt, which has to be asked for: see tests/readers/tools.py.
'use strict';
const fs = require('node:fs');
const Database = require('better-sqlite3');

const ledger = new Database(process.argv[2], { readonly: true });
ledger.defaultSafeIntegers();
console.log(require('better-sqlite3/package.json').version);
for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [name, column] = line.split(' ');
  for (const value of ledger.prepare(`SELECT "${column}" FROM ${name}`).pluck().all()) console.log(line, value ?? '');
}
