import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { modelHash } from '../../src/core/measure/measurement';
import { createFirmwareParser } from '../../src/core/serial/parsers';
import { ProfileAssembler } from '../../src/core/serial/profile';
import type { Profile } from '../../src/core/serial/profile';
import { check } from '../support/check';
import { buildFirmware, compile, missingForQemu } from './build';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'milliwatt-firmware-'));
after(() => rmSync(folder, { recursive: true }));

const hasCompiler = spawnSync('arm-none-eabi-g++', ['--version']).status === 0;

/** A program that gives the profiler to an interpreter, as users would write it. */
const user = `
#include "milliwatt_profiler.h"
static_assert(sizeof(milliwatt::Recorder<64>) - sizeof(milliwatt::Recorder<32>) == 32 * 8, "8 bytes an operator");
static milliwatt::MilliwattProfiler<32> profiler;
static void Print(const char*) {}
void Run(tflite::MicroProfilerInterface& of, const void* model, size_t size) {
  profiler.SetModel(model, size);
  profiler.SetArenaUsed(1024);
  profiler.Clear();
  of.EndEvent(of.BeginEvent("CONV_2D"));
  profiler.Print(Print);
}
tflite::MicroProfilerInterface& Profiler() { return profiler; }
`;

/** Compiles the header for a core; the first error, or "compiles". */
function compiled(options: readonly string[]): string {
  const source = join(folder, 'user.cc');
  writeFileSync(source, user);
  const include = ['-I', join(root, 'examples', 'profiler'), '-I', join(root, 'test', 'firmware', 'standIn')];
  try {
    compile([...options, ...include, '-c', source, '-o', join(folder, 'user.o')]);
    return 'compiles';
  } catch (error) {
    return /error: #error (.*)/.exec(String(error))?.[1] ?? String(error);
  }
}

const timer = ['-DMILLIWATT_TICKS()=0', '-DMILLIWATT_TICK_UNIT="microseconds"', '-DMILLIWATT_TICKS_PER_SECOND=1000000'];

if (hasCompiler) {
  check('the profiler compiles', compiled, [
    { name: 'Cortex-M3', input: ['-mcpu=cortex-m3'], expected: 'compiles' },
    { name: 'Cortex-M4F', input: ['-mcpu=cortex-m4', '-mfloat-abi=hard'], expected: 'compiles' },
    { name: 'Cortex-M7 as C++17', input: ['-mcpu=cortex-m7', '-std=c++17'], expected: 'compiles' },
    { name: 'Cortex-M33', input: ['-mcpu=cortex-m33'], expected: 'compiles' },
    { name: 'Cortex-M55', input: ['-mcpu=cortex-m55'], expected: 'compiles' },
    { name: 'Cortex-M0+ with a timer', input: ['-mcpu=cortex-m0plus', ...timer], expected: 'compiles' },
    {
      name: 'Cortex-M0+ without one is told what to define',
      input: ['-mcpu=cortex-m0plus'],
      expected:
        '"This core has no cycle counter: define MILLIWATT_TICKS(), MILLIWATT_TICK_UNIT and MILLIWATT_TICKS_PER_SECOND for a timer."',
    },
    {
      name: 'a counter without its unit',
      input: ['-mcpu=cortex-m4', '-DMILLIWATT_TICKS()=0'],
      expected: '"With MILLIWATT_TICKS() define MILLIWATT_TICK_UNIT and MILLIWATT_TICKS_PER_SECOND as well."',
    },
  ]);
} else {
  it('the profiler compiles', { skip: 'arm-none-eabi-g++ is not installed' }, () => undefined);
}

/** What the firmware prints until it says that it is done. */
function outputOf(elf: string): Promise<string> {
  const machine = ['-M', 'mps2-an385', '-icount', 'shift=5', '-display', 'none', '-monitor', 'none'];
  const qemu = spawn('qemu-system-arm', [...machine, '-serial', 'stdio', '-kernel', elf]);
  return new Promise((done, fail) => {
    let text = '';
    qemu.on('error', fail);
    qemu.on('close', () => done(text));
    qemu.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('Done\r\n')) qemu.kill();
    });
  });
}

function profilesIn(text: string): readonly Profile[] {
  const parser = createFirmwareParser();
  const assembler = new ProfileAssembler();
  return text.split('\r\n').flatMap((line, at) => assembler.feed(parser.feed(line, at), at));
}

describe('the profiler on an emulated Cortex-M3', () => {
  it(
    'prints profiles that Milliwatt reads, with the hash of the model',
    { skip: missingForQemu() ?? false },
    async () => {
      // 119 bytes: one whole block of the hash, and a rest that needs two more.
      const bytes = Uint8Array.from({ length: 119 }, (_, index) => (index * 7) & 0xff);
      const operators = ['CONV_2D', 'FULLY_CONNECTED', 'SOFTMAX'];
      const elf = buildFirmware({ bytes, operators, arenaUsedBytes: 1024 }, { root, target: folder });
      const profiles = profilesIn(await outputOf(elf));
      assert.equal(profiles.length, 3);
      for (const { facts, operators: measured, usable, unit, remarks } of profiles) {
        assert.deepStrictEqual(
          [facts.modelHash, facts.clockHz, facts.arenaUsedBytes, facts.flags, unit, usable, remarks],
          [modelHash(bytes), 25e6, 1024, ['reference'], 'cycles', true, []],
        );
        assert.deepStrictEqual(
          measured.map(({ tag }) => tag),
          operators,
        );
        // Rounds of work are as 3 : 2 : 1.
        const shares = measured.map(({ ticks }) => Math.round(ticks / measured[2].ticks));
        assert.deepStrictEqual(shares, [3, 2, 1]);
      }
    },
  );
});
