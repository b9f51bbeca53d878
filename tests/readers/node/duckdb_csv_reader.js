// Reads an exported folder with DuckDB by the types of datapackage.json, and compares its sums with the program's answers.
//   node duckdb_csv_reader.js POSTMONEY_PROGRAM FACTS_FILE
'use strict';
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { DuckDBInstance } = require('@duckdb/node-api');

const [program, facts] = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'postmoney-duckdb-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true }));
const run = (...args) => execFileSync(program, ['--db', path.join(scratch, 'ledger.db'), ...args], { encoding: 'utf8' });
const folder = path.join(scratch, 'tables');

// The recipe: SQL that reads a view in its exact types. Left alone DuckDB guesses them from the first rows, and rounds
// the cents that come later. No currency has more than eight decimals.
function typed(resource) {
  const type = (field) => (field.type === 'integer' ? 'BIGINT' : /(^|_)decimal$/.test(field.name) ? 'DECIMAL(38, 8)' : 'VARCHAR');
  const columns = resource.schema.fields.map((field) => `'${field.name}': '${type(field)}'`).join(', ');
  return `read_csv('${path.join(folder, resource.path)}', header = true, nullstr = '', allow_quoted_nulls = false,
                   quote = '"', escape = '"', delim = ',', columns = {${columns}})`;
}

async function main() {
  const lines = fs.readFileSync(facts, 'utf8');
  const more = Array.from({ length: 60 }, (_, i) => JSON.stringify({
    kind: 'round', round: `r${i}`, company: 'Late Cents', raised: i === 59 ? '90071992547409.93 USD' : '1 million USD' }));
  fs.writeFileSync(path.join(scratch, 'facts'), lines + more.join('\n') + '\n');
  run('apply', '--recorded', '2025-01-02T08:00:00Z', path.join(scratch, 'facts'));
  run('export', 'csv', folder);
  const { resources } = JSON.parse(fs.readFileSync(path.join(folder, 'datapackage.json'), 'utf8'));
  const view = (name) => typed(resources.find((resource) => resource.name === name));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const row = async (sql) => (await (await connection.run(sql)).getRows())[0].map(String);
  for (const company of ['xAI', 'Late Cents']) {
    const answer = JSON.parse(run('total', company, '--json'));
    const [minor, decimal, rounds] = await row(
      `SELECT sum(raised_minor), sum(raised_decimal), count(*) FROM ${view('rounds')} WHERE company = '${company}' AND counts = 1`);
    assert.deepStrictEqual([minor, decimal, rounds],
      [answer.known.replace('.', ''), `${answer.known}000000`, String(answer.rounds)]);
  }
  // Every view is read whole.
  for (const resource of resources) {
    const [expected] = JSON.parse(run('sql', `SELECT count(*) AS n FROM ${resource.name}`, '--json'));
    assert.deepStrictEqual(await row(`SELECT count(*) FROM ${typed(resource)}`), [String(expected.n)], resource.name);
  }
  console.log(`${resources.length} views`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
