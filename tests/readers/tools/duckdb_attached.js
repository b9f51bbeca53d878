// Reads columns through DuckDB's extension for SQLite: see tests/readers/tools.py.
'use strict';
const fs = require('node:fs');
const { DuckDBInstance, version } = require('@duckdb/node-api');

async function main() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  console.log(version());
  await connection.run(`ATTACH '${process.argv[2]}' AS ledger (TYPE sqlite, READ_ONLY)`);
  for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const [name, column] = line.split(' ');
    const rows = await (await connection.run(`SELECT "${column}", typeof("${column}") FROM ledger.${name}`)).getRows();
    for (const [value, type] of rows) {
      if (type !== 'BIGINT') throw new Error(`${line} is ${type}`);
      console.log(line, value === null ? '' : String(value));
    }
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(/extension|install/i.test(error.message) ? 77 : 1);
});
