import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaveOutFits } from './leaveOutFits';
import { explain, report } from './fitReport';
import type { Row } from './rows';
import { sharedData } from './rows';

/**
 * `npm run fit`: fits the instructions of every kernel variant on the counts in `../shared/data/insns.json`, tells how
 * well models that were left out are predicted, and writes `src/core/runtimes/cost/coefficients.json`.
 */
function main(): void {
  const folder = sharedData();
  if (folder === undefined) {
    console.error('The measurements are not there: put them in ../shared/data beside the repository.');
    process.exitCode = 1;
    return;
  }
  const { fits, predictions, rows, skipped, fitted } = leaveOutFits(folder);
  const path = join(import.meta.dirname, '../../src/core/runtimes/cost/coefficients.json');
  writeFileSync(path, asText(provenance(fitted), fits));
  const asked = process.argv[2];
  if (asked !== undefined) explain(predictions, asked);
  report(predictions, rows, skipped, fits);
}

/** JSON with one line for each variant, so that a new fit reads well as a change. */
function asText(origin: unknown, fits: Readonly<Record<string, Readonly<Record<string, object>>>>): string {
  const builds = Object.entries(fits).map(([build, libraries]) => {
    const tables = Object.entries(libraries).map(([library, table]) => {
      const lines = Object.entries(table).map(([variant, fit]) => `${JSON.stringify(variant)}:${JSON.stringify(fit)}`);
      return `${JSON.stringify(library)}:{\n${lines.join(',\n')}\n}`;
    });
    return `${JSON.stringify(build)}:{\n${tables.join(',\n')}\n}`;
  });
  return `{"provenance":${JSON.stringify(origin, undefined, 1)},\n"fits":{\n${builds.join(',\n')}\n}}\n`;
}

function provenance(rows: readonly Row[]): Readonly<Record<string, string | number>> {
  return {
    tflm: '90b983c2 (2026-08-20)',
    cmsisNn: '4ab83cc3',
    compiler: 'arm-none-eabi-gcc 12.2.1, newlib; kernels -O2 and -Os',
    counted: 'executed instructions, QEMU 7.2, first Invoke, pseudo-random inputs',
    models: new Set(rows.filter((row) => !row.swept).map((row) => row.model)).size,
    rows: rows.filter((row) => !row.swept).length,
    sweptRows: rows.filter((row) => row.swept).length,
    band: '5 % to 95 % of measured / predicted on models left out, widened by 1 + 3 / groups of models',
  };
}

main();
