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
  return folder;
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
