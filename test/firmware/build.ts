import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const compiler = 'arm-none-eabi-g++';

/** Why the firmware cannot be built or run here; absent where it can. */
export function missingForQemu(): string | undefined {
  const missing = [compiler, 'qemu-system-arm'].filter((program) => spawnSync(program, ['--version']).status !== 0);
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not installed`;
}

export interface FirmwareModel {
  readonly bytes: Uint8Array;
  /** TFLM's names of the operators, in order. */
  readonly operators: readonly string[];
  readonly arenaUsedBytes: number;
}

/** Where the sources are, and where to build. */
export interface FirmwarePlaces {
  /** The checkout. */
  readonly root: string;
  readonly target: string;
}

/** Builds the test firmware with a model in it; gives the ELF file. */
export function buildFirmware(
  { bytes, operators, arenaUsedBytes }: FirmwareModel,
  { root, target }: FirmwarePlaces,
): string {
  const names = operators.map((name) => JSON.stringify(name)).join(', ');
  const header = [
    `static const uint8_t kModel[] = {${bytes.join(',')}};`,
    'static const size_t kModelSize = sizeof(kModel);',
    `static const char* const kOperators[] = {${names}};`,
    `static const size_t kOperatorCount = ${operators.length};`,
    `static const size_t kArenaUsed = ${arenaUsedBytes};`,
  ];
  writeFileSync(path.join(target, 'model.h'), `${header.join('\n')}\n`);
  const elf = path.join(target, 'firmware.elf');
  const include = ['-I', target, '-I', path.join(root, 'examples', 'profiler')];
  compile([
    '-mcpu=cortex-m3',
    '-nostdlib',
    '-T',
    path.join(root, 'test', 'firmware', 'mps2.ld'),
    ...include,
    path.join(root, 'test', 'firmware', 'main.cc'),
    '-lc',
    '-lgcc',
    '-o',
    elf,
  ]);
  return elf;
}

/** Compiles by the strictest rules that a header for other people's code should stand. */
export function compile(options: readonly string[]): void {
  const strict = ['-std=c++11', '-Os', '-mthumb', '-fno-exceptions', '-fno-rtti', '-Wall', '-Wextra', '-Werror'];
  const { status, stderr } = spawnSync(compiler, [...strict, ...options], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The firmware does not compile:\n${stderr}`);
}
