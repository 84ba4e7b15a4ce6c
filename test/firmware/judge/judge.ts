/**
 * Lets real TFLM judge the arenas that fixes write: `node --import tsx test/firmware/judge/judge.ts TFLM [CMSIS_NN]`.
 *
 * TFLM is a checkout of tensorflow/tflite-micro with its downloads (flatbuffers, gemmlowp, ruy), and with its library
 * as its own makefile builds it for TARGET=cortex_m_generic TARGET_ARCH=cortex-m4+fp: `libtensorflow-microlite.a`,
 * somewhere below `gen`. CMSIS_NN is the same with OPTIMIZED_KERNEL_DIR=cmsis_nn. arm-none-eabi-g++ and
 * qemu-system-arm run here.
 *
 * Each firmware of `cases.ts` runs with the arenas that its fixes wrote, and with each of them 16 bytes less. What came
 * out is written to `test/firmware/judged.json`, which a test compares with the arenas of today.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sources } from '../corpus/corpus';
import type { JudgedCase } from './cases';
import { judgedCases } from './cases';
import { fixedFirmware } from './fixedFirmware';
import type { FixedFirmware } from './fixedFirmware';

const here = import.meta.dirname;
const compiler = 'arm-none-eabi-g++';
const machine = ['-mcpu=cortex-m4', '-mthumb', '-mfpu=fpv4-sp-d16', '-mfloat-abi=hard'];
const language = ['-std=c++17', '-Os', '-fno-exceptions', '-fno-rtti', '-fno-threadsafe-statics', '-w'];
const sections = ['-ffunction-sections', '-fdata-sections', '-DTF_LITE_STATIC_MEMORY'];
const allocateTensors = '_ZN6tflite16MicroInterpreter15AllocateTensorsEv';

/** A checkout of TFLM that is built. */
interface Tflm {
  readonly library: string;
  /** How what includes its headers is compiled. */
  readonly options: readonly string[];
  /** What firmware is compiled behind, compiled ahead. */
  readonly header: string;
}

function tflmIn(root: string, folder: string): Tflm {
  const gen = path.join(root, 'gen');
  const library = readdirSync(gen, { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith('libtensorflow-microlite.a'),
  );
  if (library === undefined) throw new Error(`There is no libtensorflow-microlite.a below ${gen}.`);
  const downloads = path.join(root, 'tensorflow/lite/micro/tools/make/downloads');
  const standIn = path.join(here, '../standIn');
  const include = [root, `${downloads}/flatbuffers/include`, `${downloads}/gemmlowp`, `${downloads}/ruy`, standIn];
  const options = [...machine, ...language, ...sections, ...include.flatMap((each) => ['-I', each])];
  const header = path.join(mkdtempSync(path.join(folder, 'headers-')), 'firmware.h');
  writeFileSync(header, '#include <firmware.h>\n');
  run(compiler, [...options, '-x', 'c++-header', header]);
  return { library: path.join(gen, library), options, header };
}

/** Compiles and links a firmware for the board; gives the ELF file. */
function built({ files, interpreters }: FixedFirmware, { library, options, header }: Tflm, folder: string): string {
  write(files, folder);
  const sources = Object.keys(files).filter((name) => !/\.(?:h|hpp)$/.test(name));
  const objects = sources.map((name, index) => {
    const object = path.join(folder, `${index}.o`);
    const kind = name.endsWith('.c') ? ['-x', 'c'] : ['-include', header, '-x', 'c++'];
    run(compiler, [...options, '-I', folder, ...kind, '-c', path.join(folder, name), '-o', object]);
    return object;
  });
  const board = path.join(folder, 'board.o');
  const counted = `-DINTERPRETERS=${interpreters}`;
  run(compiler, [...options, '-include', header, counted, '-c', path.join(here, 'board.cc'), '-o', board]);
  const elf = path.join(folder, 'firmware.elf');
  const script = ['-nostartfiles', '-T', path.join(here, '../mps2.ld'), `-Wl,--wrap=${allocateTensors}`];
  const specs = ['--specs=nano.specs', '--specs=nosys.specs', '-Wl,--gc-sections', '-u', '_printf_float'];
  run(compiler, [...machine, ...script, ...specs, board, ...objects, library, '-lm', '-o', elf]);
  return elf;
}

function write(files: Sources, folder: string): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, name.endsWith('.ino') ? `#include <Arduino.h>\n${text}` : text);
  }
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${stderr}`);
}

/** What the firmware prints on the emulated board. */
function printed(elf: string): string {
  const board = ['-M', 'mps2-an386', '-nographic', '-monitor', 'none', '-serial', 'none', '-kernel', elf];
  const semihosting = ['-semihosting-config', 'enable=on,target=native'];
  const { stdout, stderr } = spawnSync('qemu-system-arm', [...board, ...semihosting], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  return `${stdout}${stderr}`;
}

/** Whether every interpreter of a firmware gets its tensors and runs. */
function runs(judged: JudgedCase, tflm: Tflm, folder: string, smaller?: number): boolean {
  const firmware = fixedFirmware(judged, smaller);
  const text = printed(built(firmware, tflm, mkdtempSync(path.join(folder, 'firmware-'))));
  process.stderr.write(
    `${judged.row}, ${judged.runtime}, ${smaller ?? 'none'} smaller:\n${text.replace(/^/gm, '  ')}\n`,
  );
  return text.split('Invoke succeeded').length - 1 === firmware.interpreters;
}

/** What comes out of every case. */
function judgements(reference: string, cmsisNn: string, folder: string): readonly object[] {
  const tflm = { 'tflm-reference': tflmIn(reference, folder), 'tflm-cmsis-nn': tflmIn(cmsisNn, folder) };
  return judgedCases.map((judged) => {
    const library = tflm[judged.runtime];
    const arenas = fixedFirmware(judged).arenas.map(({ bytes }, index) => ({
      bytes,
      runsWith16BytesLess: runs(judged, library, folder, index),
    }));
    return { ...judged, runs: runs(judged, library, folder), arenas };
  });
}

const [reference, cmsisNn = reference] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-judge-'));
try {
  const text = JSON.stringify(judgements(reference, cmsisNn, folder), undefined, 2);
  writeFileSync(path.join(here, '../judged.json'), `${text}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
