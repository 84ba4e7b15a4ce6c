import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../../support/build';
import { digitsModel } from './sampleModels';

/** Names in `models/` that are no models, or none that may be read. */
export const unreadableNames: readonly string[] = [
  'zero.tflite',
  ...[1, 2, 3, 4].map((index) => `terminal${index}.tflite`),
  'pipe.tflite',
  'round.tflite',
  'outside.tflite',
  'folder.tflite',
  'claims.tflite',
];

/** Names of models there that are read, and claim or mean what nothing may follow. */
export const hostileNames: readonly string[] = ['axis.tflite', 'itself.tflite', 'chain.tflite'];

/** A folder that does all it can to hold up whoever opens it, with one good model: `models/digits.tflite`. */
export function hostileFolder(folder: string): string {
  const models = path.join(folder, 'models');
  const elsewhere = path.join(folder, '..', 'elsewhere');
  for (const each of [path.join(models, 'folder.tflite'), elsewhere]) mkdirSync(each, { recursive: true });
  const write = (name: string, bytes: Uint8Array | string): void => writeFileSync(path.join(models, name), bytes);
  write('digits.tflite', digitsModel());
  write('axis.tflite', relus([2 ** 31 - 1, 1, 1, 1], 3));
  write('chain.tflite', relus([1, 100], 1000));
  write('itself.tflite', itself());
  write('claims.tflite', Uint8Array.of(0, 0, 0, 0x40, 0x54, 0x46, 0x4c, 0x33));
  writeFileSync(path.join(elsewhere, 'secret.tflite'), digitsModel());
  symlinkSync('/dev/zero', path.join(models, 'zero.tflite'));
  for (const index of [1, 2, 3, 4]) symlinkSync('/dev/ptmx', path.join(models, `terminal${index}.tflite`));
  symlinkSync('about.tflite', path.join(models, 'round.tflite'));
  symlinkSync('round.tflite', path.join(models, 'about.tflite'));
  symlinkSync(path.join(elsewhere, 'secret.tflite'), path.join(models, 'outside.tflite'));
  symlinkSync(elsewhere, path.join(folder, '.milliwatt'));
  execFileSync('mkfifo', [path.join(models, 'pipe.tflite')]);
  projectFiles(folder);
  firmware(folder, elsewhere);
  samples(folder);
  return folder;
}

/** Sources in which names lead in circles, nest deeply or claim much, and names that are no files. */
export const hostileSources: readonly string[] = ['circle.cc', 'deep.cc', 'claims.cc', 'macros.h', 'line.ino'];

function firmware(folder: string, elsewhere: string): void {
  const at = (name: string): string => path.join(folder, 'firmware', name);
  for (const each of ['src', 'build', 'main']) mkdirSync(at(each), { recursive: true });
  const write = (name: string, text: string | Uint8Array): void => writeFileSync(at(name), text);
  const include = '#include "tensorflow/lite/micro/micro_interpreter.h"\n';
  write('src/deep.cc', `${include}int x = ${'('.repeat(50_000)};\n${'namespace a { '.repeat(20_000)}`);
  write('src/circle.cc', `${include}#include "circle.cc"\n#define A B\n#define B A A\nuint8_t arena[A * B];\n`);
  write('src/claims.cc', `alignas(16) const unsigned char g_model[2147483647] = {${'0x1c, '.repeat(100_000)}`);
  const doubled = Array.from({ length: 60 }, (_none, index) => `#define M${index + 1} M${index} M${index}\n`);
  write('src/macros.h', `#define M0 1 +\n${doubled.join('')}constexpr int kArenaSize = M60 0;\n`);
  write('src/line.ino', `// ${'a'.repeat(500_000)}\u202e\u001b[2J\n#include <TensorFlowLite.h>\n`);
  symlinkSync('/dev/zero', at('src/zero.cc'));
  symlinkSync('..', at('src/up'));
  writeFileSync(path.join(elsewhere, 'secret.h'), '#define SECRET 1\n');
  symlinkSync(path.join(elsewhere, 'secret.h'), at('src/outside.h'));
  write(
    'platformio.ini',
    `[env:a]\nextends = env:b\n[env:b]\nextends = env:a\nboard = \${env:b.board}\n${'[['.repeat(9000)}`,
  );
  write('CMakeLists.txt', `include(pico_sdk_import.cmake)\nset(A ${'${'.repeat(20_000)}`);
  write('sketch.yaml', `profiles: ${'{a: '.repeat(9000)}`);
  write('main/idf_component.yml', `dependencies:\n${'  - '.repeat(9000)}`);
  symlinkSync('/dev/zero', at('sdkconfig'));
  execFileSync('mkfifo', ['prj.conf', 'src/pipe.cc', 'build/pipe.elf'].map(at));
  const memories = Array.from({ length: 20_000 }, (_none, index) => `m${index} 0x${index.toString(16)} 0x10000\n`);
  const sections = Array.from({ length: 20_000 }, (_none, index) => `.heap${index} 0x0 0x${index.toString(16)}\n`);
  const parts = ['Memory Configuration\n', memories, 'Linker script and memory map\n', sections, 'OUTPUT(a)\n'].flat();
  write('build/firmware.map', parts.join(''));
  write('build/firmware.elf', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 1, 1, ...Array<number>(4000).fill(255)]));
  write('build/compile_commands.json', '['.repeat(100_000));
}

/** Sounds, pictures, tables and logs that claim more than they hold. */
function samples(folder: string): void {
  const at = (name: string): string => path.join(folder, 'samples', name);
  mkdirSync(at('class'), { recursive: true });
  const riff = Buffer.from(
    'RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0cue \xff\xff\xff\xff',
    'latin1',
  );
  writeFileSync(at('class/claims.wav'), riff);
  const header = Buffer.alloc(54);
  header.write('BM');
  [16_777_224, 0].forEach((size, index) => header.writeInt32LE(size, 18 + 4 * index));
  writeFileSync(at('class/none-high.bmp'), header);
  writeFileSync(at('class/claims.png'), Buffer.from('89504e470d0a1a0a0000000d494844527fffffff7fffffff08060000', 'hex'));
  writeFileSync(at('rows.csv'), `${'1,'.repeat(200_000)}\n`);
  writeFileSync(at('labels.txt'), 'constructor\n__proto__\n');
  symlinkSync('.', at('class/round'));
  symlinkSync('/dev/zero', at('class/zero.wav'));
  execFileSync('mkfifo', [at('class/pipe.png')]);
  writeFileSync(
    at('board.log'),
    `"constructor", 1 ms\n${'>__proto__:1\n'.repeat(20_000)}${'\u001b[31m'.repeat(20_000)}\n`,
  );
}

/** Of every kind that is none: huge, deep, a folder, a device, a pipe. */
function projectFiles(folder: string): void {
  writeFileSync(path.join(folder, 'milliwatt.json'), `{"models": [${'{"path": "x.tflite"},'.repeat(1_000_000)}]}`);
  const at = (name: string): string => path.join(folder, name, 'milliwatt.json');
  for (const name of ['models', 'device', 'pipe']) mkdirSync(path.join(folder, name), { recursive: true });
  mkdirSync(at('named'), { recursive: true });
  writeFileSync(at('models'), '['.repeat(200_000));
  symlinkSync('/dev/zero', at('device'));
  execFileSync('mkfifo', [at('pipe')]);
}

function relus(shape: readonly number[], count: number): Uint8Array {
  const tensors = Array.from({ length: count + 1 }, (_none, index) =>
    tensor(`t${index}`, 'int8', shape, { quantization: quantized(1) }),
  );
  const operators = Array.from({ length: count }, (_none, index) => operator('RELU', [index], [index + 1]));
  return writeTflite(model(graph(tensors, operators, { inputs: [0], outputs: [count] })));
}

/** An operator that writes its own input. */
function itself(): Uint8Array {
  const only = tensor('x', 'int8', [1, 100], { quantization: quantized(1) });
  return writeTflite(model(graph([only], [operator('RELU', [0], [0])], { inputs: [0], outputs: [0] })));
}
