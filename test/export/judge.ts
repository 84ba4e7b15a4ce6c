/**
 * Runs exported firmware with real TFLM in `qemu-system-arm` and compares its outputs with those of `milliwatt run`:
 * `node --import tsx test/export/judge.ts RUNTIME LIBRARY MODEL... -- OPTION...`.
 *
 * RUNTIME is the id of the runtime that LIBRARY, TFLM as built for a Cortex-M4F, is; OPTION are those of the compiler
 * that it was built with. Numbers of floats are those of `milliwatt run` to the last bit only with -ffp-contract=off:
 * else the compiler joins a multiplication and an addition where the chip can, and what is rounded once less may differ
 * by what `largestDifference` allows. Each model is exported in the style of CMake with its exact arena, and once more
 * with 16 bytes less, which must not start. arm-none-eabi-g++ and qemu-system-arm run here.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportModel } from '../../src/core/analysis/exportModel';
import type { AnalysisRequest } from '../../src/core/analysis/analysis';
import { subjectOf } from '../../src/core/analysis/subject';
import { prepare } from '../../src/core/execute/prepare';
import { seededInputs } from '../../src/core/execute/seededInputs';
import { exportName } from '../../src/core/export/exportFirmware';
import { exportStyles } from '../../src/core/export/exportStyles';
import { HumanError } from '../../src/core/model/problem';

const here = import.meta.dirname;
const compiler = 'arm-none-eabi-g++';
const style = exportStyles.find(({ id }) => id === 'cmake')!;

interface Tflm {
  readonly runtime: string;
  readonly library: string;
  readonly options: readonly string[];
}

/** What the firmware of a model prints. */
function printed(files: ReadonlyMap<string, string>, model: Judged, tflm: Tflm): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-export-'));
  try {
    for (const [name, text] of files) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    writeFileSync(path.join(folder, 'inputs.h'), inputsText(model));
    const sources = [...files.keys()].filter((name) => name.endsWith('.cc')).map((name) => path.join(folder, name));
    const include = ['-I', folder, '-I', path.join(folder, model.name)];
    const elf = path.join(folder, 'firmware.elf');
    const script = ['-nostartfiles', '-T', path.join(here, '../firmware/mps2.ld'), '--specs=nano.specs'];
    const linked = [path.join(here, 'board.cc'), ...sources, tflm.library, '-lm', '-Wl,--gc-sections', '-o', elf];
    const { status, stderr } = spawnSync(compiler, [...tflm.options, ...include, ...script, ...linked], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const semihosting = ['-semihosting-config', 'enable=on,target=native', '-serial', 'none', '-monitor', 'none'];
    const run = spawnSync('qemu-system-arm', ['-M', 'mps2-an386', '-nographic', ...semihosting, '-kernel', elf], {
      encoding: 'utf8',
      timeout: 120_000,
    });
    return run.stdout + run.stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Judged {
  readonly name: string;
  readonly inputs: readonly Uint8Array[];
  readonly inputNames: readonly string[];
  readonly outputs: readonly (readonly [name: string, bytes: number])[];
}

function inputsText({ name, inputs, inputNames, outputs }: Judged): string {
  const arrays = inputs.map((bytes, index) => `static const unsigned char kInput${index}[] = {${bytes.join(',')}};`);
  const copies = inputs.map(
    (_, index) => `memcpy(${name}::${inputNames[index]}(), kInput${index}, sizeof kInput${index});`,
  );
  const prints = outputs.map(([output, bytes]) => `PrintBytes(${name}::${output}(), ${bytes});`);
  return [
    `#include "${name}.h"`,
    ...arrays,
    `static bool Setup() { return ${name}::Setup(); }`,
    `static bool Run() { ${copies.join(' ')} return ${name}::Run(); }`,
    `static void Show() { ${prints.join(' ')} }`,
    '',
  ].join('\n');
}

/** Of the largest number: what rounding once less in each step makes of the outputs of a small network. */
const largestDifference = 1e-5;

/** The largest difference of floats in hexadecimal, as a part of the largest; nothing where they are not as many. */
function differenceOf(shown: string, expected: string): number | undefined {
  if (shown.length !== expected.length) return undefined;
  const [found, wanted] = [shown, expected].map((hex) => {
    const bytes = Uint8Array.from(Buffer.from(hex.replaceAll('\n', ''), 'hex'));
    return [...new Float32Array(bytes.buffer)];
  });
  const largest = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, index) => Math.abs(found[index] - value))) / largest;
}

function judge(file: string, tflm: Tflm): string {
  const target = { board: 'arduino_nano33ble', runtime: tflm.runtime, settings: { tflmVersion: '90b983c2' } };
  const request: AnalysisRequest = { path: file, bytes: new Uint8Array(readFileSync(file)), target };
  const { model } = subjectOf(request);
  const [{ tensors, inputs, outputs }] = model.graphs;
  const given = seededInputs(
    inputs.map((index) => tensors[index]),
    1,
  );
  const expected = prepare(model, { rounding: 'double' }).invoke(given);
  const named = (word: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => (count === 1 ? word : `${word}${index}`));
  const judged: Judged = {
    name: exportName(file),
    inputs: given,
    inputNames: named('Input', inputs.length),
    outputs: named('Output', outputs.length).map((name, index) => [name, expected[index].bytes.length]),
  };
  const exported = exportModel(request, { style, path: path.basename(file) });
  const files = new Map(exported.map((each) => [each.path, each.text]));
  const header = `${judged.name}/${judged.name}.h`;
  const isExact = files.get(header)?.includes('// Exact for') === true;
  const hex = expected.map(({ bytes }) => `${Buffer.from(bytes).toString('hex')}\n`).join('');
  const shown = printed(files, judged, tflm);
  const isFloat = outputs.every((index) => tensors[index].type === 'float32');
  const difference = isFloat ? differenceOf(shown, hex) : undefined;
  const isSame = shown === hex;
  const isNear = difference !== undefined && difference <= largestDifference;
  const shorter = (files.get(header) ?? '').replace(
    /kArenaBytes = (\d+)/,
    (_, bytes) => `kArenaBytes = ${Number(bytes) - 16}`,
  );
  const fails = printed(new Map([...files, [header, shorter]]), judged, tflm) !== shown;
  const near = isNear ? `outputs within ${difference.toPrecision(2)} of the largest` : 'OTHER OUTPUTS';
  return `${isSame ? 'same outputs' : near}, ${isExact ? 'exact' : 'modelled'} arena, with 16 bytes less it ${fails ? 'fails' : 'RUNS'}`;
}

const [runtime, library, ...rest] = process.argv.slice(2);
const end = rest.indexOf('--');
const tflm = { runtime, library, options: rest.slice(end + 1) };
for (const file of rest.slice(0, end)) {
  try {
    console.log(`${path.basename(file)}: ${judge(file, tflm)}`);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    console.log(`${path.basename(file)}: ${error.message}`);
  }
}
