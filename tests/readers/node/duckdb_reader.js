// Reads tables that the program exports as CSV with DuckDB, each column in its exact type, and compares DuckDB's sums with the
// program's answers.
//   node duckdb_reader.js POSTMONEY_PROGRAM FACTS_FILE
'use strict';
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { DuckDBInstance } = require('@duckdb/node-api');

const [program, facts] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'postmoney-duckdb-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const file = path.join(folder, 'ledger.db');
const run = (...args) => execFileSync(program, ['--db', file, ...args], { encoding: 'utf8' });

// Exports the result of the query. Returns SQL that reads it with the given types.
function exported(name, query, types) {
  const csv = path.join(folder, `${name}.csv`);
  fs.writeFileSync(csv, run('sql', query, '--csv'));
  const columns = Object.entries(types).map(([column, type]) => `'${column}': '${type}'`).join(', ');
  return `read_csv('${csv}', header = true, columns = {${columns}})`;
}

async function main() {
  run('apply', '--recorded', '2025-01-02T08:00:00Z', facts);
  const answer = JSON.parse(run('total', 'xAI', '--json'));
  const rounds = exported('rounds',
    'SELECT company, round, date, raised_currency, raised_minor, raised_decimal FROM rounds WHERE counts',
    { company: 'VARCHAR', round: 'VARCHAR', date: 'VARCHAR', raised_currency: 'VARCHAR', raised_minor: 'BIGINT',
      raised_decimal: 'DECIMAL(38, 2)' });
  const claims = exported('claims', 'SELECT company, field, minor, currency, stands FROM claims',
    { company: 'VARCHAR', field: 'VARCHAR', minor: 'BIGINT', currency: 'VARCHAR', stands: 'BIGINT' });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const row = async (sql) => (await (await connection.run(sql)).getRows())[0].map(String);
  assert.deepStrictEqual(
    await row(`SELECT raised_currency, sum(raised_minor), typeof(sum(raised_minor)), sum(raised_decimal), count(*)
               FROM ${rounds} WHERE company = 'xAI' GROUP BY 1`),
    [answer.currency, '1213468000000', 'HUGEINT', answer.known, String(answer.rounds)]);
  const [standing] = JSON.parse(run('sql', 'SELECT count(*) AS n, sum(minor) AS s FROM claims WHERE stands', '--json'));
  assert.deepStrictEqual(await row(`SELECT count(*), sum(minor) FROM ${claims} WHERE stands = 1`),
    [String(standing.n), String(standing.s)]);
  console.log(`total ${answer.known} ${answer.currency}, ${standing.n} claims`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
