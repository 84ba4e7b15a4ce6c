import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { CoreId, Optimization } from '../../../src/core/boards/board';
import { knownCore } from '../../../src/core/boards/cores';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { codeBuild } from '../../../src/core/runtimes/tflm/codeBuilds';
import { totalBytes } from '../../../src/core/runtimes/tflm/codeImages';

const flashPath = path.resolve(import.meta.dirname, '../../../../shared/data/flash.json');
const absent = existsSync(flashPath) ? false : 'the linked images (../shared/data/flash.json) are not here';

interface Images {
  readonly base: { readonly flash: number };
  readonly ops: Readonly<Record<string, { readonly marginal: number }>>;
  readonly sets: readonly { readonly ops: readonly string[]; readonly flash_total: number }[];
}

interface Build {
  readonly optimization: Optimization;
  readonly logStrings: boolean;
  /**
   * What sets of operators and one alone are allowed to be off by, as a share of the linked image: little above what
   * they are.
   */
  readonly sets: number;
  readonly alone: number;
}

const builds: Readonly<Record<string, Build>> = {
  release: { optimization: 'O2', logStrings: false, sets: 0.002, alone: 0.003 },
  release_all_Os: { optimization: 'Os', logStrings: false, sets: 0.002, alone: 0.003 },
  release_with_logs: { optimization: 'O2', logStrings: true, sets: 0.008, alone: 0.008 },
};

describe('flash of linked images', { skip: absent }, () => {
  const all = absent === false ? (JSON.parse(readFileSync(flashPath, 'utf8')) as Record<string, Images>) : {};
  for (const [key, images] of Object.entries(all)) {
    const [core, build, library, libc] = key.split('|') as [CoreId, string, string, string];
    if (libc !== 'newlib-nano') continue;
    const { optimization, logStrings, sets, alone } = builds[build];
    const { target } = resolveTarget({
      runtime: library === 'reference' ? 'tflm-reference' : 'tflm-cmsis-nn',
      settings: { core, optimization, logStrings },
    });
    const { operators, bytes, measured } = codeBuild({ ...target, core: knownCore(core) });
    const flashOf = (names: readonly string[]): number => {
      const indices = names.map((name) => operators.indexOf(name));
      assert.ok(!indices.includes(-1), `an operator of ${names.join(', ')} has no row`);
      const { base, byOrigin } = bytes(new Set(indices));
      return base + totalBytes(byOrigin);
    };
    const errors = (
      rows: readonly { readonly names: readonly string[]; readonly linked: number }[],
      band: number,
    ): string[] =>
      rows.flatMap(({ names, linked }) => {
        const error = flashOf(names) / linked - 1;
        return Math.abs(error) <= band ? [] : [`${names.join('+')}: ${(100 * error).toFixed(2)} %`];
      });

    it(`${key}: sets of real models within ${100 * sets} %`, (context) => {
      assert.equal(measured, true);
      const rows = images.sets.map((set) => ({ names: set.ops, linked: set.flash_total }));
      const signed = rows.map(({ names, linked }) => 100 * (flashOf(names) / linked - 1));
      context.diagnostic(
        `${rows.length} images, ${Math.min(...signed).toFixed(3)} to ${Math.max(...signed).toFixed(3)} %`,
      );
      assert.deepEqual(errors(rows, sets), []);
    });

    it(`${key}: each operator alone within ${100 * alone} %`, () => {
      const rows = Object.entries(images.ops).map(([name, { marginal }]) => ({
        names: [name],
        linked: images.base.flash + marginal,
      }));
      assert.deepEqual(errors(rows, alone), []);
    });
  }
});
