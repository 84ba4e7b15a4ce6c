// inputReader.ts MOST: reads the standard input as the command line does, and says what it has got.
import { readInputSync } from '../../src/files/input';

try {
  process.stdout.write(`got ${readInputSync('-', { mostBytes: Number(process.argv[2]) }).length}`);
} catch (error) {
  process.stdout.write((error as Error).message);
}
