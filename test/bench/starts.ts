import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs that are timed, of which the first is what the others are compared with. */
const empty = ['-e', '0'];

/** Starts of each program, in turns, so that a machine that gets busier meets all alike. */
const rounds = 11;

const meterSource = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(2, \`\\n\${user + system}\\n\`);
});
`;

/**
 * What starting the shipped command line costs in processor time (user and system), beside starting Node for nothing:
 * the version, the help, and one model in a folder of its own
 * and in one of many files. Medians, and their ratios in this run.
 */
export function timeStarts(root: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'milliwatt-starts-'));
  try {
    const meter = join(folder, 'meter.cjs');
    writeFileSync(meter, meterSource);
    const model = join(folder, 'digits_float.tflite');
    copyFileSync(join(root, 'examples', 'digits', 'digits_float.tflite'), model);
    const cli = join(root, 'dist', 'cli.js');
    const amongMany = join(folder, 'project', 'digits_float.tflite');
    writeProject(join(folder, 'project'));
    copyFileSync(model, amongMany);
    const programs = [empty, [cli, '--version'], [cli, '--help'], [cli, 'analyze', model], [cli, 'analyze', amongMany]];
    const times = programs.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, program] of programs.entries()) times[index].push(processorMs(program, meter));
    }
    const [base, ...medians] = times.map((each) => each.sort((left, right) => left - right)[(rounds - 1) / 2]);
    const [version, help, analysis, inProject] = medians.map(
      (ms) => `${ms.toFixed(0)} ms (${(ms / base).toFixed(2)} times)`,
    );
    console.log(`processor time: node -e 0 ${base.toFixed(0)} ms, --version ${version}, --help ${help},`);
    console.log(`  analyze ${analysis}, in a folder of ${projectFiles} files ${inProject}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const projectFiles = 2000;

/** A folder under version control, whose build files are looked for. */
function writeProject(folder: string): void {
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (let index = 0; index < projectFiles; index += 1) {
    const place = join(folder, 'src', `part${Math.floor(index / 20)}`);
    if (index % 20 === 0) mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `file${index}.c`), 'int x;\n');
  }
}

/** User and system time of one start, in ms, as the program itself tells when it ends. */
function processorMs(args: readonly string[], meter: string): number {
  const { stderr } = spawnSync(process.execPath, ['--require', meter, ...args], { encoding: 'utf8' });
  return Number(stderr.trim().split('\n').at(-1)) / 1000;
}
