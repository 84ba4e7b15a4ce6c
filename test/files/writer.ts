// writer.ts FILE NAME LINES: adds lines to a file that others write at the same time; says which it has written.
import { writeSync } from 'node:fs';
import { changeFileSync } from '../../src/files/changing';

const [file, name, lines] = process.argv.slice(2);
for (let line = 0; line < Number(lines); line++) {
  changeFileSync(file, { mostBytes: 16 * 1024 * 1024 }, (before = new Uint8Array()) =>
    Buffer.concat([before, Buffer.from(`${name} ${line}\n`)]),
  );
  if (process.env.SAYS === 'yes') writeSync(1, `${name} ${line}\n`);
}
