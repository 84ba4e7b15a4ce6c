import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate, fitOf } from '../../src/core/runtimes/cost/coefficients';
import { measuredRows, type Row, sharedData } from './rows';

const folder = sharedData();
const skip = folder === undefined ? 'The measurements are not in ../shared/data.' : false;

interface Coverage {
  rows: number;
  inside: number;
  unknown: number;
}

function add(coverage: Coverage, row: Row): void {
  const [core, level] = row.build.split(' ') as [string, 'O2' | 'Os'];
  const fit = fitOf(row.library as 'reference' | 'cmsis_nn' | 'shared', row.call.variant, core, level);
  coverage.rows++;
  if (fit === undefined) {
    coverage.unknown++;
    return;
  }
  const low = evaluate(fit, row.call.fewest ?? row.call.counts) * fit.low;
  const high = evaluate(fit, row.call.most ?? row.call.counts) * fit.high;
  if (row.instructions >= low - 1 && row.instructions <= high + 1) coverage.inside++;
}

describe('The committed coefficients', { skip }, () => {
  it('hold at least 90 % of the counted operators of every build within their bands', () => {
    const builds = new Map<string, Coverage>();
    for (const row of measuredRows(folder ?? '').rows) {
      const coverage = builds.get(row.build) ?? { rows: 0, inside: 0, unknown: 0 };
      builds.set(row.build, coverage);
      add(coverage, row);
    }
    assert.equal(builds.size, 7);
    for (const [build, coverage] of builds) {
      const share = coverage.inside / (coverage.rows - coverage.unknown);
      assert.ok(share >= 0.9, `${build}: only ${(share * 100).toFixed(1)} % within the band`);
      assert.ok(
        coverage.unknown <= 0.02 * coverage.rows,
        `${build}: ${String(coverage.unknown)} operators without a fit`,
      );
    }
  });
});
