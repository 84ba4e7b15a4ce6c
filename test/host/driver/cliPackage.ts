import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from './package';
import { manifest, root, temporaryFolder } from './places';

/** The command line as `npm publish` sends it, installed without a network and without the optional serial ports. */
export interface InstalledCli {
  readonly packageBytes: number;
  /** Standard output of a command. @throws where it does not exit with 0. */
  readonly run: (args: readonly string[]) => string;
  readonly folder: string;
  readonly remove: () => void;
}

/** npm as it is on the path; on Windows a batch file, which only a shell can run. */
function npm(args: readonly string[], cwd: string): void {
  execFileSync('npm', args, { cwd, shell: process.platform === 'win32', stdio: ['ignore', 'ignore', 'inherit'] });
}

export function installedCli(): InstalledCli {
  // The production bundles are in dist/ once the VSIX is made.
  packageFile();
  const folder = temporaryFolder('cli');
  npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root);
  const { name, version } = manifest();
  const tarball = path.join(folder, `${name}-${version}.tgz`);
  const place = path.join(folder, 'project');
  mkdirSync(place);
  npm(
    ['install', '--offline', '--omit=optional', '--no-audit', '--no-fund', '--silent', '--prefix', place, tarball],
    place,
  );
  const program = path.join(place, 'node_modules', name, 'dist', 'cli.js');
  return {
    packageBytes: statSync(tarball).size,
    run: (args) => execFileSync(process.execPath, [program, ...args], { cwd: place, encoding: 'utf8' }),
    folder: place,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
