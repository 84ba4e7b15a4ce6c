// Which tests ran and which did not: a reporter for Node's test runner, and what a run makes of its counts.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes `{ passed, failed, files: { file: tests that ran }, skipped: { reason: tests } }` as JSON when all tests have
 * ended.
 */
export default async function* tally(events) {
  const files = {};
  const skipped = {};
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const reason = data.skip ?? data.todo;
    if (reason !== undefined && reason !== false) {
      const words = typeof reason === 'string' && reason !== '' ? reason : `${data.name}: no reason is given`;
      skipped[words] = (skipped[words] ?? 0) + 1;
      continue;
    }
    if (data.details?.type === 'suite') continue;
    if (type === 'test:pass') passed++;
    else failed++;
    const file = path.relative(process.cwd(), data.file ?? '').replaceAll(path.sep, '/');
    files[file] = (files[file] ?? 0) + 1;
  }
  yield JSON.stringify({ passed, failed, files, skipped });
}

/** The tally that a run wrote; nothing where it did not get that far. */
export function readTally(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Tests that are made from lists of measured data: where the data are absent, the lists are empty, and no skip tells of
 * them. Gives how many tests fewer ran than `expected` says, by file.
 */
export function vanished(files, expected) {
  return Object.entries(expected)
    .map(([file, count]) => ({ file, missing: count - (files[file] ?? 0) }))
    .filter(({ missing }) => missing > 0);
}

/** A test that is asked for by hand only: a board that is plugged in. */
const optional = [/^MILLIWATT_TEST_PORT names no port/];

/** Skips that fail a run for which everything must be there. */
export function forbiddenSkips(skipped) {
  return Object.keys(skipped).filter((reason) => !optional.some((pattern) => pattern.test(reason)));
}

/** The last line of a run: how many tests did not run, and why. */
export function notRunLine(skipped, missing) {
  const vanishedCount = missing.reduce((sum, each) => sum + each.missing, 0);
  const reasons = [
    ...(vanishedCount > 0 ? [[`${vanishedCount} for lack of measured data (../shared/data)`, vanishedCount]] : []),
    ...Object.entries(skipped).map(([reason, count]) => [`${count}: ${reason}`, count]),
  ];
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return 'All tests ran.';
  return `${total} test${total === 1 ? '' : 's'} did not run: ${reasons.map(([words]) => words).join('; ')}`;
}
