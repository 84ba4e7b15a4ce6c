import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { readInputSync } from '../../src/files/input';
import { fromSources } from '../support/commandLine';
import { check } from '../support/check';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-input-'));
after(() => rmSync(folder, { recursive: true }));

/** What is read of a named pipe that a shell writes to. */
function readPipe({ script, mostBytes = 10 }: { readonly script: string; readonly mostBytes?: number }): string {
  const pipe = join(mkdtempSync(join(folder, 'pipe-')), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', script.replaceAll('PIPE', `'${pipe}'`)], { stdio: 'ignore' });
  try {
    return new TextDecoder().decode(readInputSync(pipe, { name: 'pipe', mostBytes }));
  } catch (error) {
    return (error as Error).message;
  } finally {
    writer.kill('SIGKILL');
  }
}

const tooLarge = (name: string): string =>
  `${name} has more than 10 B, which is the most that is read of such a file. Name a smaller one.`;

check('a pipe that the command line is told to read', readPipe, [
  { name: 'is read to its end', input: { script: 'printf abc > PIPE' }, expected: 'abc' },
  {
    name: 'in pieces, the first of which is late',
    input: { script: 'sleep 0.2; (printf ab; sleep 0.2; printf c) > PIPE' },
    expected: 'abc',
  },
  { name: 'as large as may be', input: { script: 'printf 0123456789 > PIPE' }, expected: '0123456789' },
  { name: 'and no further', input: { script: 'cat /dev/zero > PIPE' }, expected: tooLarge('pipe') },
]);

/** What a program says that reads its standard input; a file, a text that is piped, or nothing. */
function readStandardInput(given: { readonly file: string } | { readonly piped: string } | 'nothing'): Promise<string> {
  const input = given === 'nothing' ? 'ignore' : 'file' in given ? openSync(given.file, 'r') : 'pipe';
  const script = join(import.meta.dirname, 'inputReader.ts');
  const child = spawn(process.execPath, [...fromSources, script, '10'], { stdio: [input, 'pipe', 'inherit'] });
  let said = '';
  child.stdout!.on('data', (data: Buffer) => (said += data.toString()));
  // It may end before it has read all.
  child.stdin?.on('error', () => undefined);
  if (given !== 'nothing' && 'piped' in given) child.stdin?.end(given.piped);
  return new Promise((resolve) => child.on('close', () => resolve(said)));
}

const file = join(folder, 'file');
writeFileSync(file, '12345');

check('the standard input', readStandardInput, [
  { name: 'what is piped', input: { piped: 'abc' }, expected: 'got 3' },
  { name: 'a file', input: { file }, expected: 'got 5' },
  { name: 'nothing at all', input: { piped: '' }, expected: 'got 0' },
  { name: 'more than may be', input: { piped: 'x'.repeat(200_000) }, expected: tooLarge('The standard input') },
  {
    name: 'none',
    input: 'nothing',
    expected: 'Nothing is piped into the standard input. Name a file.',
  },
]);
