// What an investor put in and what it holds, from the views of a ledger's file, with better-sqlite3.
//   node portfolio.js LEDGER INVESTOR
// Prints what portfolio.cpp prints. INVESTOR is the name that the ledger uses.
'use strict';

const Database = require('better-sqlite3');

const [ledger, investor] = process.argv.slice(2);
const file = new Database(ledger, {readonly: true});
file.defaultSafeIntegers();  // minor units are 64 bits
file.exec('BEGIN');          // both questions see one moment

// Sums by currency, in minor units, printed with as many decimals as the amounts have.
class Sums {
    constructor() { this.sums = new Map(); }
    add(minor, decimal, currency) {
        const decimals = (decimal.split('.')[1] || '').length;
        const sum = this.sums.get(currency) || {minor: 0n, decimals};
        sum.minor += minor;
        this.sums.set(currency, sum);
    }
    print(what) {
        for (const [currency, {minor, decimals}] of [...this.sums].sort()) {
            const digits = String(minor).padStart(decimals + 1, '0');
            const whole = digits.slice(0, digits.length - decimals);
            console.log(what, decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`, currency);
        }
    }
}

console.log(`${investor}\n`);
const putIn = new Sums();
// Also what was paid to a holder of old shares, which the company did not raise.
for (const row of file.prepare(
    `SELECT date, company, round, amount_decimal, amount_minor, amount_currency, lead,
     counts OR coalesce(status, '') NOT IN ('rumoured', 'cancelled') AS paid FROM investments
     WHERE investor = ? ORDER BY coalesce(date, '~'), company, round`).all(investor)) {
    const told = row.amount_decimal !== null;
    if (told && row.paid) putIn.add(row.amount_minor, row.amount_decimal, row.amount_currency);
    const cells = [row.date || 'no date', row.company, row.round,
        told ? `${row.amount_decimal} ${row.amount_currency}` : 'undisclosed'];
    if (row.lead) cells.push('lead');
    if (!row.paid) cells.push('not paid');
    console.log(cells.join('  '));
}
putIn.print('put in');
console.log();
const worth = new Sums();
for (const row of file.prepare(
    `SELECT company, security_class, shares, value_decimal, value_minor, currency, gap FROM positions
     WHERE investor = ? ORDER BY company, security_class`).all(investor)) {
    const told = row.value_decimal !== null;
    if (told) worth.add(row.value_minor, row.value_decimal, row.currency);
    console.log([row.company, row.security_class || 'all classes', `${row.shares || 'untold'} shares`,
        told ? `${row.value_decimal} ${row.currency}` : row.gap].join('  '));
}
worth.print('worth');
