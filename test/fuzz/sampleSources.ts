import { encode as encodeBmp } from 'bmp-ts';
import { encode as encodePng } from 'fast-png';
import { zipSync } from 'fflate';
import { encode as encodeJpeg } from 'jpeg-js';
import { assemble } from '../support/assemble';
import type { Chance } from './chance';
import { files, texts, type Source } from './sources';

/** Sources of sample files by the ending of their names. */
export const sampleSources: Readonly<Record<string, Source>> = {
  '.wav': files(wav),
  '.png': files((chance) => encodePng({ width: 4, height: 4, data: noise(64, chance), channels: 4, depth: 8 })),
  '.bmp': files(
    (chance) => new Uint8Array(encodeBmp({ width: 4, height: 4, data: Buffer.from(noise(64, chance)) }).data),
  ),
  '.jpg': files((chance) => {
    return new Uint8Array(encodeJpeg({ width: 8, height: 8, data: noise(256, chance) }, chance.below(100)).data);
  }),
  '.npy': files(npy),
  '.npz': files((chance) => zipSync({ 'x.npy': npy(chance), 'labels.npy': npy(chance) })),
  '.csv': texts([
    'a,b,c,label',
    '1,2,3,0',
    '"x""y",2,3',
    '0.5;0.25;1e400;1',
    ',,,',
    '__proto__,constructor',
    '1,2,3,-1.5',
  ]),
  '.jsonl': texts([
    '{"values":[0.5,1,2,3],"label":1}',
    '{"values":[1e400,null]}',
    '{"values":{"__proto__":[1]}}',
    '['.repeat(9000),
    '{"label":-1,"values":[]}',
  ]),
};

function noise(count: number, chance: Chance): Uint8Array {
  return new Uint8Array(count).map(() => chance.below(256));
}

function wav(chance: Chance): Uint8Array {
  const data = [...noise(chance.below(400), chance)];
  return assemble(
    ...(['RIFF', ['u32', 36 + data.length], 'WAVEfmt ', ['u32', 16]] as const),
    ...([['u16', chance.pick([1, 3, 6, 0xfffe]), chance.pick([0, 1, 2])]] as const),
    ...([['u32', 16_000, 32_000], ['u16', 2, chance.pick([8, 16, 24, 32])], 'data', ['u32', data.length]] as const),
    ...([['u8', ...data]] as const),
  );
}

function npy(chance: Chance): Uint8Array {
  const type = chance.pick(['<f4', '<f8', '|u1', '>i2', '<c8', '|O']);
  const shape = chance.pick(['(2, 4)', '(4,)', '()', '(0, 4)', '(4294967296, 4)', '(-1, 4)', '(2, 2, 1, 4)']);
  const header = `{'descr': '${type}', 'fortran_order': ${chance.pick(['False', 'True'])}, 'shape': ${shape}, }\n`;
  return assemble(['u8', 0x93], 'NUMPY', ['u8', 1, 0], ['u16', header.length], header, ['u8', ...noise(64, chance)]);
}
