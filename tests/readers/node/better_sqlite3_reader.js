// Reads a finished ledger with better-sqlite3, read-only and by its own SQLite, and compares it with the program's
// answers.
//   node better_sqlite3_reader.js POSTMONEY_PROGRAM FACTS_FILE EXTENSION|-
'use strict';
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const Database = require('better-sqlite3');

const [program, facts, extension] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'postmoney-node-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const file = path.join(folder, 'ledger.db');
const run = (...args) => execFileSync(program, ['--db', file, ...args], { encoding: 'utf8' });

run('apply', '--recorded', '2025-01-02T08:00:00Z', facts);
const before = fs.readFileSync(file);
const ledger = new Database(file, { readonly: true });
ledger.defaultSafeIntegers();  // 64-bit integers as BigInt: a JavaScript number loses digits beyond 2^53

const [total] = ledger.prepare("SELECT * FROM total_raised WHERE company = 'xAI'").all();
const answer = JSON.parse(run('total', 'xAI', '--json'));
assert.strictEqual(total.known_minor, 1213468000000n);
for (const name of ['known', 'lower', 'upper']) assert.strictEqual(total[`${name}_decimal`], answer[name]);
assert.strictEqual(Number(total.rounds), answer.rounds);
const sum = ledger.prepare("SELECT sum(raised_minor) AS sum FROM rounds WHERE company = 'xAI' AND counts").get().sum;
assert.strictEqual(sum, total.known_minor);
const views = ledger.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").pluck().all();
for (const view of views) ledger.prepare(`SELECT * FROM ${view}`).all();
assert.throws(() => ledger.exec('DELETE FROM entry'), /readonly/);
if (extension !== '-') {
  ledger.loadExtension(extension);
  const printed = "SELECT money(sum(raised_minor), 'USD') FROM rounds WHERE counts";
  assert.strictEqual(ledger.prepare(printed).pluck().get(), `${answer.known} USD`);
}
ledger.close();
assert.ok(before.equals(fs.readFileSync(file)));
console.log(`${views.length} views, total ${answer.known} ${answer.currency}`);
