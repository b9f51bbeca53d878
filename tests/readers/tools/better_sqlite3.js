// Reads columns with better-sqlite3 as BigInt, which has to be asked for, and by its own, newer SQLite, which has to find
// the declared types too: see tests/readers/tools.py.
'use strict';
const fs = require('node:fs');
const Database = require('better-sqlite3');

const ledger = new Database(process.argv[2], { readonly: true });
ledger.defaultSafeIntegers();
console.log(require('better-sqlite3/package.json').version);
for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [name, column] = line.split(' ');
  const rows = ledger.prepare(`SELECT "${column}" FROM ${name}`);
  const { type } = rows.columns()[0];
  if (type !== 'BIGINT') throw new Error(`${line} is declared ${type}`);
  console.log(rows.pluck().all().map((value) => `${line} ${value ?? ''}\n`).join('').trimEnd());
}
