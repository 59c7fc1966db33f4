// Holds an HMIS export to the machine-readable specification of a year: files' headers, types, value lists, and
// columns that may not be empty.
//
//     node hmis_valid.mjs FOLDER 2024|2026 SPECIFICATIONS [EMPTY…]      EMPTY: File.Column that may be, all the same
//
// Prints the first faults and ends with 1 where there are some.
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const [folder, year, spec, ...mayBeEmpty] = process.argv.slice(2);
const FAULTS_SHOWN = 20;
const ID_LENGTH = 32; // where the specification gives a text no length

function rows(path) {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const all = [];
  let row = [], cell = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') { cell += '"'; i++; }
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ',') { row.push(cell); cell = ''; }
    else if (!quoted && c === '\n') { row.push(cell.replace(/\r$/, '')); all.push(row); row = []; cell = ''; }
    else cell += c;
  }
  if (cell !== '' || row.length) { row.push(cell); all.push(row); }
  return all;
}

function table(path) {
  const [head, ...body] = rows(path);
  return body.map((r) => Object.fromEntries(head.map((h, i) => [h, r[i] ?? ''])));
}

const edition = year === '2024' ? 'fy2024' : 'fy2026-draft';
// Numbers of lists went through a spreadsheet: 1.1 reads 1.1000000000000001.
const number = (s) => (/^\d+\.\d{6,}$/.test(s) ? String(Math.round(Number(s) * 1e6) / 1e6) : s);
const lists = new Map();
for (const { List, Value } of table(join(spec, `${edition}-lists.csv`))) {
  const list = number(List);
  lists.set(list, (lists.get(list) ?? new Set()).add(Value));
}
const barred = new Map();
for (const v of table(join(spec, `${edition}-validation.csv`)))
  if (v.ValidationType.toLowerCase() === 'notinlist')
    barred.set(`${v.CSV}.${v.Name}`, new Set(v.Validation.split(/[^0-9]+/)));

const files = new Map();
for (const c of table(join(spec, `${edition}-columns.csv`))) {
  if (!files.has(c.CSV)) files.set(c.CSV, []);
  const columns = files.get(c.CSV);
  const name = c.Name.replace(/\[\d+\]$/, '').trim();
  const again = columns.find((k) => k.name === name); // a column of several lists stands there several times
  if (again) again.lists.push(number(c.List));
  else columns.push({ name, type: c.Type, lists: [number(c.List)], null: c.Null });
}

const faults = new Map(); // by what is wrong: how often, and where first
let faultsAll = 0;
function fault(what, where = '') {
  faultsAll++;
  faults.set(what, faults.get(what) ?? where);
}

const shapes = {
  I: /^-?\d+$/, D: /^\d{4}-\d\d-\d\d$/, T: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, M: /^\d+(\.\d\d?)?$/,
};

function check(file, column, value, line) {
  const at = `${file}.${column.name}`;
  const wrong = (what) => fault(`${at} ${what}`, `line ${line}`);
  if (value === '') {
    if (column.null !== 'Y' && column.name !== 'DateDeleted' && !mayBeEmpty.includes(`${file}.${column.name}`))
      wrong('is empty');
    return;
  }
  const shape = shapes[column.type[0]];
  if (shape && !shape.test(value)) wrong(`is no ${column.type}`);
  const most = Number(column.type.slice(1)) || ID_LENGTH;
  if (column.type[0] === 'S' && [...value].length > most) wrong(`is longer than ${most}`);
  const known = column.lists.map((l) => lists.get(l));
  if (known.every((l) => l && !l.has(value))) wrong(`${value} is not in list ${column.lists.join(' or ')}`);
  if (barred.get(`${file}.${column.name}`)?.has(value)) wrong(`${value} is barred there`);
}

let checked = 0;
for (const name of readdirSync(folder)) {
  const file = name.replace(/\.csv$/, '');
  const columns = files.get(file);
  if (!columns) { fault(`${name}: no file of the specification`); continue; }
  const [head, ...body] = rows(join(folder, name));
  if (head.join() !== columns.map((c) => c.name).join()) { fault(`${name}: other columns`); continue; }
  body.forEach((row, i) => {
    if (row.length !== columns.length) return fault(`${name} has rows of ${row.length} cells`, `line ${i + 2}`);
    columns.forEach((c, k) => { check(file, c, row[k], i + 2); checked++; });
  });
}
if (!existsSync(join(folder, 'Export.csv'))) fault('no Export.csv');
for (const [what, where] of [...faults].slice(0, FAULTS_SHOWN)) console.log(`${what} (${where})`);
console.log(`${checked} cells checked, ${faultsAll} faults`);
process.exit(faultsAll > 0 || checked === 0 ? 1 : 0);
