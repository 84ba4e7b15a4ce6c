// logger.ts FILE: writes numbered lines to a log, and says which are in the hands of the system.
import { writeSync } from 'node:fs';
import { LogFile } from '../../src/serial/logFile';

const log = new LogFile({ path: process.argv[2], rotateBytes: 0, timestamps: false }, (sentence) => {
  throw new Error(sentence);
});
for (let line = 0; line < 100_000; line++) {
  log.write(Buffer.from(`line ${line}\n`), 0);
  log.flush();
  writeSync(1, `line ${line}\n`);
}
log.close();
