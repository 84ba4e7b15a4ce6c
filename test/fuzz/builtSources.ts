import { libraryBytes } from '../../src/core/lastBuild/libraryBytes';
import type { BuiltFiles } from '../../src/core/lastBuild/lastBuild';
import { readLastBuild } from '../../src/core/lastBuild/lastBuild';
import { regionSentences } from '../../src/core/lastBuild/regionText';
import { roomOf } from '../../src/core/lastBuild/room';
import { plainName } from '../../src/core/lastBuild/stackUsage';
import { elfBytes, gnuMapText, lldMapText } from '../lastBuild/built';
import { files, texts, type Source } from './sources';

const commands = JSON.stringify([
  { directory: '/b', file: 'a.cc', command: 'g++ -DA=1 -D B "-DC=\\"x y\\"" -U A -O2 -mfloat-abi=hard @x' },
  { directory: '/b', file: 'b.cc', arguments: ['g++', '-D', 'A', '-O'] },
]);

/** Maps of both linkers, frames and commands of compilers, whole and in lines, and what leads their readers astray. */
export const builtTexts: Source = texts([
  gnuMapText,
  lldMapText,
  commands,
  ...gnuMapText.split('\n').filter((line) => line.trim() !== ''),
  ...lldMapText.split('\n'),
  'a.cc:4:31:int deep(int)\t304\tstatic\nb.c:5:main\t8\tdynamic,bounded\n',
  '.heap           0x20004e50     0xa9b0\n.stack_dummy    0x2000f800      0x800',
  'data 0x0 0xffffffffffffffff xrw',
  '.bss 0xffffffffffffffff 0xffffffffffffffff load address 0xffffffffffffffff',
  ' .text 0x0 0x10 '.repeat(300),
  '.a_name_without_an_address',
  'a:1:1:'.repeat(3000),
  '('.repeat(3000),
  '['.repeat(4000),
  '{"file":"a","command":"\\\\'.repeat(500),
]);

const variables = ['tensor_arena', '_ZL12tensor_arena', '_ZN12_GLOBAL__N_112tensor_arenaE'];

/** Linked programs with words, bytes and stretches changed. */
export const builtPrograms: Source = files((chance) =>
  elfBytes(
    variables.slice(0, chance.below(4)).map((name, index) => ({ name, address: 0x20000030 + index, bytes: 20_000 })),
    chance.is(0.8),
  ),
);

/** The same text as every file of a build folder, with all that is asked of what it says. */
export function readAsBuild(text: string): unknown {
  return asked({ file: 'a.map', map: text, stackUsage: [text, text], compileCommands: text });
}

/** A program with a map that is whole. */
export function readAsProgram(bytes: Uint8Array): unknown {
  return asked({ file: 'a.map', map: gnuMapText, program: bytes });
}

function asked(built: BuiltFiles): unknown {
  const build = readLastBuild(built);
  for (const { name, bytes, takenBytes, heapBytes } of build.regions) {
    const isSound = [bytes, takenBytes, heapBytes].every((each) => Number.isSafeInteger(each) && each >= 0);
    if (!isSound) throw new Error(`The memory ${name} has ${bytes}, ${takenBytes} and ${heapBytes} bytes.`);
  }
  return [
    regionSentences(build.regions),
    libraryBytes(build.objects),
    build.frames.map(({ name }) => plainName(name)),
    ['tensor_arena', '', undefined].map((name) => roomOf(build, name)),
  ];
}
