import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { codeBuild } from '../../src/core/runtimes/tflm/codeBuilds';
import { totalBytes } from '../../src/core/runtimes/tflm/codeImages';
import { readSharedJson } from '../support/models';
import type { Section } from './section';
import { percent } from './section';

interface Images {
  readonly sets: readonly { readonly ops: readonly string[]; readonly flash_total: number }[];
}

const builds: Readonly<Record<string, { readonly optimization: string; readonly logStrings: boolean }>> = {
  release: { optimization: 'O2', logStrings: false },
  release_all_Os: { optimization: 'Os', logStrings: false },
  release_with_logs: { optimization: 'O2', logStrings: true },
};

/** The code of every set of operators that was linked: the sections of its operators, united, against the image. */
export function flashSection(): Section {
  const table = readSharedJson<Readonly<Record<string, Images>>>('flash.json');
  const rows = Object.entries(table).flatMap(([key, { sets }]) => {
    const [core, build, library, libc] = key.split('|');
    const built = builds[build];
    if (libc !== 'newlib-nano' || built === undefined) return [];
    const { target } = resolveTarget({
      runtime: library === 'reference' ? 'tflm-reference' : 'tflm-cmsis-nn',
      settings: { core, ...built },
    });
    const { operators, bytes } = codeBuild(target);
    const errors = sets.map(({ ops, flash_total: linked }) => {
      const { base, byOrigin } = bytes(new Set(ops.map((name) => operators.indexOf(name))));
      return (base + totalBytes(byOrigin)) / linked - 1;
    });
    return [{ key: [core, build, library], errors }];
  });
  return {
    title: 'Flash',
    about:
      'Interpreter and kernels of a set of operators against 57 linked images a row (arm-none-eabi-gcc 12.2, newlib-nano). Bytes of the model file are exact. Other toolchains, and release builds of other cores, are modelled and not in this table.',
    head: ['core', 'build', 'library', 'images', 'smallest error', 'largest error'],
    rows: rows
      .sort((a, b) => worst(b.errors) - worst(a.errors))
      .map(({ key, errors }) => [
        ...key,
        `${errors.length}`,
        percent(Math.min(...errors), 2),
        percent(Math.max(...errors), 2),
      ]),
  };
}

function worst(errors: readonly number[]): number {
  return Math.max(...errors.map(Math.abs));
}
