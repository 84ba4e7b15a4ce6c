import { accessSync, constants } from 'node:fs';
import { arch, release } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Command } from 'commander';
import manifest from '../../package.json';
import { newestVersion } from '../core/runtimes/tflm/versions';
import { timingTables } from '../core/estimate/timing/timingTables';
import { addressPrograms } from '../serial/addr2line';
import { loadSerialPort } from '../serial/sources/serialPort';
import { loadFloatEngine } from '../tfjs/floatEngine';
import { writeOut } from './output';
import { tableText } from './table';

interface Flags {
  readonly json?: boolean;
  readonly tfjsNode?: string;
}

/** One thing that a report of a fault should say: which part, and how it is here. */
interface Finding {
  readonly part: string;
  readonly state: string;
}

/**
 * `milliwatt doctor`: versions and what works on this machine, to be put into a report of a fault. Names, paths and
 * contents of the user's files are not in it, but for a folder that was typed.
 */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('versions, and which parts work on this machine: for a report of a fault')
    .option('--tfjs-node <folder>', 'also try @tensorflow/tfjs-node in this folder')
    .option('--json', 'as one JSON object')
    .action(async ({ json, tfjsNode }: Flags) => {
      const findings = await findingsFor(tfjsNode);
      if (json) writeOut(`${JSON.stringify(Object.fromEntries(findings.map(({ part, state }) => [part, state])))}\n`);
      else
        writeOut(
          `${tableText(
            findings.map(({ part, state }) => [part, state]),
            2,
          )}\n`,
        );
    });
}

async function findingsFor(tfjsNode: string | undefined): Promise<readonly Finding[]> {
  return [
    { part: 'Milliwatt', state: manifest.version },
    { part: 'tables of cycles', state: timingTables() },
    { part: 'newest TFLM described', state: newestVersion },
    { part: 'Node.js', state: process.versions.node },
    { part: 'system', state: `${process.platform} ${release()} ${arch()}` },
    { part: 'serial ports', state: await stateOf(async () => (await loadSerialPort(), 'work')) },
    { part: 'float engine', state: await stateOf(() => engineName(tfjsNode)) },
    { part: 'places of crashes', state: programsOnPath(addressPrograms) ?? 'no addr2line on the path' },
    { part: 'git', state: programsOnPath(['git']) === undefined ? 'not on the path' : 'on the path' },
  ];
}

async function stateOf(attempt: () => Promise<string>): Promise<string> {
  try {
    return await attempt();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The engine that starts, and why another does not. */
async function engineName(place: string | undefined): Promise<string> {
  const { engine, dispose } = await loadFloatEngine({ place });
  const { name, remarks = [] } = engine;
  dispose();
  return [name, ...remarks].join('. ');
}

/** Those of the programs that are on the path; nothing is run. */
function programsOnPath(programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const found = programs.filter((program) =>
    folders.some((folder) => endings.some((ending) => isProgram(join(folder, `${program}${ending}`)))),
  );
  return found.length === 0 ? undefined : found.join(', ');
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
