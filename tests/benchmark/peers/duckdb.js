// DuckDB through @duckdb/node-api, as node duckdb.js FOLDER QUESTION...: see peer.py. One thread sums a loaded table
// into a finished result. Turning that into values of JavaScript is not timed.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
let DuckDBInstance;
try {
  ({ DuckDBInstance } = require('@duckdb/node-api'));
} catch {
  process.exit(77);
}

const [folder, ...questions] = process.argv.slice(2);
const columns = "{'company': 'VARCHAR', 'date': 'DATE', 'currency': 'VARCHAR', 'minor': 'BIGINT', 'decimal': 'VARCHAR'}";
const csv = `read_csv('${path.join(folder, 'rounds.csv')}', header = true, columns = ${columns})`;
const keys = { company: 'company', year: 'year(date)', currency: "''" };
const answers = [];

function peakMib() {
  return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
}

// The median of three runs, and the result of the work.
async function medianOf(work) {
  const times = [];
  let result;
  for (let i = 0; i < 3; ++i) {
    const start = process.hrtime.bigint();
    result = await work();
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  return [times.sort((a, b) => a - b)[1], result];
}

async function add(question, [seconds, result], mib = null) {
  const file = path.join(folder, `duckdb.${question}.csv`);
  const rows = await result.getRows();
  fs.writeFileSync(file, ['key,currency,minor', ...rows.map((row) => row.join(','))].join('\n') + '\n');
  answers.push({ peer: 'duckdb', question, seconds, mib, totals: file });
}

async function main() {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const sum = (table, question) =>
    connection.run(`SELECT ${keys[question]}, currency, sum(minor) FROM ${table} GROUP BY ALL`);
  const load = () => connection.run(`CREATE OR REPLACE TABLE rounds AS SELECT * FROM ${csv}`);
  const text = await medianOf(async () => {
    await load();
    return sum('rounds', 'company');
  });
  await add('text', text, peakMib());
  for (const question of questions) await add(question, await medianOf(() => sum('rounds', question)));
  console.log(JSON.stringify(answers));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
