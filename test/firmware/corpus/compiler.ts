import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sources } from './corpus';

const program = 'arm-none-eabi-g++';
const standIn = path.resolve(import.meta.dirname, '../standIn');
const options = ['-std=c++17', '-mcpu=cortex-m4', '-mthumb', '-fno-exceptions', '-fno-rtti'];

/** Whether the compiler is there. */
export function hasCompiler(): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

/** Compiles projects behind our stand-ins of TFLM and of the frameworks; what is the same in two is compiled once. */
export class Compiler {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-corpus-'));
  readonly #compiled = new Set<string>();
  #projects = 0;

  constructor() {
    const header = path.join(this.#folder, 'firmware.h');
    writeFileSync(header, '#include <firmware.h>\n');
    const { status, stderr } = spawnSync(program, [...options, '-I', standIn, '-x', 'c++-header', header], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }

  /** What the compiler says of a project; nothing where it compiles. */
  async errorsOf(files: Sources): Promise<string> {
    const folder = path.join(this.#folder, `${this.#projects++}`);
    const headers = Object.entries(files).filter(([name]) => isHeader(name));
    const context = JSON.stringify(headers.sort());
    const sources = Object.entries(files).filter(([name, text]) => {
      const key = `${name} ${text} ${context}`;
      return isSource(name) && !this.#compiled.has(key) && this.#compiled.add(key);
    });
    if (sources.length === 0) return '';
    // A source may be included in another one.
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      // An Arduino core puts its header before a sketch.
      writeFileSync(file, name.endsWith('.ino') ? `#include <Arduino.h>\n#line 1 "${name}"\n${text}` : text);
    }
    const inputs = sources.flatMap(([name]) => ['-x', name.endsWith('.c') ? 'c' : 'c++', name]);
    const include = ['-include', path.join(this.#folder, 'firmware.h'), '-I', standIn, '-I', '.'];
    return await outputOf(['-fsyntax-only', ...options, ...include, ...inputs], folder);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What a compiler takes: a project has files of its build, too. */
function isSource(name: string): boolean {
  return /\.(?:c|cc|cpp|cxx|ino)$/.test(name);
}

function isHeader(name: string): boolean {
  return /\.(?:h|hpp|inc)$/.test(name);
}

function outputOf(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(program, [...args], { cwd });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', fail);
    child.on('close', (status) => done(status === 0 ? '' : said));
  });
}
