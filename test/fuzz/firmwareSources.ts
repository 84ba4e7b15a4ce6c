import { FirmwareIndex } from '../../src/core/analysis/firmwareIndex';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { Firmware } from '../../src/core/firmware/firmware';
import { firmwareNotes } from '../../src/core/firmwareRules/firmwareNotes';
import { firmwareContext, firmwareProblems } from '../../src/core/firmwareRules/firmwareProblems';
import type { FirmwareModel } from '../../src/core/firmwareRules/rule';
import { corpusModels } from '../firmware/corpus/models';
import { sourcesOf } from '../firmware/corpus/projects';
import { rows } from '../firmware/corpus/rows';
import { hostileNames, hostileNumbers, type Chance } from './chance';
import { chanceOf, type Source } from './sources';

/** Stands before the path of each file in an input, and in no source. */
const mark = '\u0001';

/** Pieces of C++ that lead astray what follows macros, brackets, names and values. */
const pieces: readonly string[] = [
  ...['(', ')', '{', '}', '[', ']', '<', '>', '"', "'", '\\\n', '/*', '*/', '//', '#', '##', ',', ';', '::', '&', '*'],
  '#define A A A\n',
  '#define B(x) B(x) B(x)\nB(B(B(1)))\n',
  '#define kTensorArenaSize (kTensorArenaSize + 1)\n',
  '#include "model.h"\n#include "sketch.ino"\n',
  '#if A > (1 << 60) / 0\n',
  '#endif\n',
  '#else\n',
  'constexpr int a = b; constexpr int b = a;\n',
  'constexpr int kTensorArenaSize = kTensorArenaSize * kTensorArenaSize;\n',
  'using T = T; typedef T T;\n',
  'struct S : S { S s; };\n',
  'template <int N> struct R : R<N + 1> {};\nR<0> r;\n',
  'int f() { return f(); }\n',
  'auto g = [&] { return g; };\n',
  'const unsigned char g_model[] = {0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33,',
  'const unsigned char z[2147483647] = {1, 2, 3};\n',
  'R"x(',
  '0x',
  '1e999999999',
  "1'000'000'000'000'000'000'000",
];

/** Projects of the corpus with texts cut, repeated, joined and with hostile pieces put in. */
export const firmwareSources: Source = (seed, kept) => {
  const chance = chanceOf(seed, -1);
  const row = chance.below(rows.length);
  const files = Object.entries(sourcesOf(rows[row]));
  const changes = [`project ${row}`];
  const count = 1 + chance.below(6);
  for (let change = 0; change < count; change++) {
    if (kept?.has(change) === false) continue;
    const own = chanceOf(seed, change);
    const at = own.below(files.length);
    const [path, text] = files[at];
    files[at] = [path, changedSource(text, own)];
    changes.push(path);
  }
  const text = files.map(([path, each]) => `${mark}${path}\n${each}`).join('');
  return { bytes: new TextEncoder().encode(text), changes };
};

function changedSource(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  const end = at + chance.below(80);
  switch (chance.below(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, at) + text.slice(at, end).repeat(chance.below(60)) + text.slice(at);
    case 3:
      return text.slice(0, at) + chance.pick(pieces).repeat(1 + chance.below(400)) + text.slice(at);
    case 4:
      return text.replace(/\d+/g, (number) => (chance.is(0.3) ? String(chance.pick(hostileNumbers)) : number));
    case 5:
      return text.replace(/\bk?[A-Z]\w+/g, (name) => (chance.is(0.03) ? chance.pick(hostileNames) : name));
    case 6: {
      const from = chance.below(text.length);
      return text.slice(0, at) + text.slice(from, from + chance.below(200)) + text.slice(at);
    }
    default:
      return text.slice(0, at) + chance.pick(pieces) + text.slice(at);
  }
}

const { target } = resolveTarget({ runtime: 'tflm-reference' });

/** Which model stands where, in any project of the corpus. */
const models: readonly FirmwareModel[] = rows
  .flatMap(({ project }) => Object.entries(project.models))
  .filter(([place], index, all) => all.findIndex(([other]) => other === place) === index)
  .map(([place, name]) => {
    const [path, array] = place.split(' ');
    const model = corpusModels[name];
    return { path, array, hash: name, model, target, report: estimate(model, path, target, {}).report };
  });

/** Scans the sources of an input, joins them with the models that stand there, and asks for all there is to say. */
export function lookAtFirmware(bytes: Uint8Array): unknown {
  const sources = new TextDecoder()
    .decode(bytes)
    .split(mark)
    .filter((each) => each !== '')
    .map((each): [string, string] => {
      const end = each.indexOf('\n');
      return [each.slice(0, end), each.slice(end + 1)];
    });
  const index = new FirmwareIndex();
  for (const [path, text] of sources) index.set(path, text);
  const paths = new Set(sources.map(([path]) => path));
  const context = firmwareContext(
    new Firmware(new Map(sources)),
    models.filter(({ path }) => paths.has(path)),
  );
  return [index.models, firmwareProblems(context), firmwareNotes(context)];
}
