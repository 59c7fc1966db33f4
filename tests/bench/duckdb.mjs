// The peer of the benchmark: DuckDB over the same files.
//
//     node duckdb.mjs nights EXPORT AS_OF COC TOP      straight from the CSV files, on standard output
//     node duckdb.mjs union EXPORT AS_OF COC TOP       nights in the union of everybody's shelter stays, nothing else
//     node duckdb.mjs tables EXPORT AS_OF COC TOP      CREATE TABLE of all files first, then the same query
//
// Hand-tuned: only the columns that are needed, with their types, so that nothing is guessed and no
// unneeded cell is converted; two threads. What it answers is what `byname list --order nights` says of
// itself, so both must print the same bytes. The time of each step goes to standard error.
import { createRequire } from 'node:module';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.BENCH_PEERS, 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');
const [how, folder, asOf, coc, top] = process.argv.slice(2);

const wanted = {
	Organization: { VictimServiceProvider: 'INTEGER' },
	Enrollment: { EntryDate: 'DATE' },
	Exit: { ExitDate: 'DATE' },
	Services: { DateProvided: 'DATE', RecordType: 'INTEGER' },
	Project: { ProjectType: 'INTEGER' },
};

// Every column as text but the few with a type, as `types` for a file of that header.
function columns(file) {
	const head = Buffer.alloc(64 << 10);
	const fd = openSync(join(folder, `${file}.csv`));
	const header = head.toString('latin1', 0, readSync(fd, head)).split('\n', 1)[0];
	closeSync(fd);
	const names = header.replace(/^\u00ef\u00bb\u00bf/, '').trim().split(',');
	const typed = wanted[file] ?? {};
	return `{${names.map((n) => `'${n.replaceAll('"', '')}': '${typed[n] ?? 'VARCHAR'}'`).join(', ')}}`;
}

const csv = (file) =>
	`read_csv('${join(folder, `${file}.csv`)}', header = true, auto_detect = false, delim = ',', quote = '"', ` +
	`escape = '"', strict_mode = false, ignore_errors = true, columns = ${columns(file)})`;

const query = `
WITH place AS (
	SELECT p.ProjectID, p.ProjectType FROM Project p
	LEFT JOIN Organization o ON o.OrganizationID = p.OrganizationID AND o.DateDeleted IS NULL
	WHERE p.DateDeleted IS NULL AND coalesce(o.VictimServiceProvider, 0) <> 1
), person AS (
	SELECT PersonalID FROM Client GROUP BY PersonalID HAVING arg_max(DateDeleted IS NULL, DateUpdated)
), stay AS MATERIALIZED (
	SELECT e.PersonalID, e.EnrollmentID, e.ProjectID, p.ProjectType, e.EntryDate, e.EnrollmentCoC
	FROM Enrollment e JOIN place p USING (ProjectID) JOIN person USING (PersonalID)
	WHERE e.DateDeleted IS NULL AND e.EntryDate <= DATE '${asOf}' AND length(e.EnrollmentID) <= 32
), latest AS (
	SELECT PersonalID, arg_max({'p': ProjectID, 'c': EnrollmentCoC}, {'d': EntryDate, 'e': EnrollmentID}) AS l
	FROM stay GROUP BY PersonalID
), here AS MATERIALIZED (
	SELECT PersonalID, l.p AS ProjectID FROM latest
	WHERE coalesce(l.c, '') = '${coc}' OR (l.c IS NULL AND l.p IN
		(SELECT ProjectID FROM ProjectCoC WHERE CoCCode = '${coc}' AND DateDeleted IS NULL))
), span AS (
	SELECT s.PersonalID,
		greatest(s.EntryDate, DATE '${asOf}' - INTERVAL 3 YEAR + INTERVAL 1 DAY)::DATE AS a,
		least(coalesce(x.ExitDate, DATE '9999-01-01'), DATE '${asOf}' + INTERVAL 1 DAY)::DATE AS b
	FROM stay s LEFT JOIN Exit x
		ON x.EnrollmentID = s.EnrollmentID AND x.PersonalID = s.PersonalID AND x.DateDeleted IS NULL
	WHERE s.ProjectType IN (0, 8)
	UNION ALL
	SELECT v.PersonalID, v.DateProvided, (v.DateProvided + INTERVAL 1 DAY)::DATE
	FROM Services v JOIN stay s ON s.EnrollmentID = v.EnrollmentID AND s.PersonalID = v.PersonalID
	WHERE v.RecordType = 200 AND v.DateDeleted IS NULL AND s.ProjectType = 1
		AND v.DateProvided BETWEEN DATE '${asOf}' - INTERVAL 3 YEAR + INTERVAL 1 DAY AND DATE '${asOf}'
), island AS (
	SELECT PersonalID, a, b, max(b) OVER (PARTITION BY PersonalID ORDER BY a, b
		ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
	FROM span WHERE a < b AND PersonalID IN (SELECT PersonalID FROM here)
), nights AS (
	SELECT PersonalID, sum(greatest(0, b - greatest(a, coalesce(before, a))))::INTEGER AS n
	FROM island GROUP BY PersonalID
)
SELECT n.PersonalID, n.n, h.ProjectID FROM nights n JOIN here h USING (PersonalID)
ORDER BY n.n DESC, n.PersonalID LIMIT ${top}`;

// Only what a stay is: no bed nights, no latest project, no choice and no order.
const union = `
WITH span AS (
	SELECT e.PersonalID,
		greatest(e.EntryDate, DATE '${asOf}' - INTERVAL 3 YEAR + INTERVAL 1 DAY)::DATE AS a,
		least(coalesce(x.ExitDate, DATE '9999-01-01'), DATE '${asOf}' + INTERVAL 1 DAY)::DATE AS b
	FROM Enrollment e JOIN Project p USING (ProjectID)
	LEFT JOIN Exit x ON x.EnrollmentID = e.EnrollmentID AND x.PersonalID = e.PersonalID AND x.DateDeleted IS NULL
	WHERE p.ProjectType IN (0, 8) AND e.DateDeleted IS NULL AND e.EntryDate <= DATE '${asOf}'
), island AS (
	SELECT PersonalID, a, b, max(b) OVER (PARTITION BY PersonalID ORDER BY a, b
		ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
	FROM span WHERE a < b
)
SELECT PersonalID, sum(greatest(0, b - greatest(a, coalesce(before, a))))::INTEGER AS n FROM island
GROUP BY PersonalID`;

const started = performance.now();
const step = (what) => console.error(`${what} ${((performance.now() - started) / 1000).toFixed(3)}`);
const instance = await DuckDBInstance.create(how === 'tables' ? process.env.BENCH_DB : ':memory:', { threads: '2' });
const db = await instance.connect();
await db.run('SET preserve_insertion_order = false');
const files = readdirSync(folder).filter((f) => /^[A-Z].*\.csv$/.test(f)).map((f) => f.slice(0, -4));
for (const file of files)
	await db.run(`CREATE ${how === 'tables' ? 'TABLE' : 'VIEW'} "${file}" AS SELECT * FROM ${csv(file)}`);
step('created');
const rows = (await db.runAndReadAll(how === 'union' ? union : query)).getRows();
step('answered');
const lines = [how === 'union' ? 'personal_id,nights_3y' : 'personal_id,nights_3y,project'];
for (const row of rows) lines.push(row.join(','));
process.stdout.write(lines.join('\n') + '\n');
