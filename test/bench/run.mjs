// `npm run bench`: figures of the shipped bundles, first in plain Node, then inside a real VS Code.
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  ensureBrowser,
  ensurePackages,
  ensureServerBuild,
  root,
  runMain,
  runTypeScript,
  serverBuildRuns,
} from '../host/setup.mjs';

await runMain(() => {
  ensurePackages();
  const node = (...options) => spawnSync(process.execPath, options, { cwd: root, stdio: 'inherit' }).status ?? 1;
  const packed = node('build.mjs', '--production', '--package');
  if (packed !== 0) return packed;
  const code = node('--expose-gc', '--import', 'tsx', path.join('test', 'bench', 'bench.ts'));
  const vsix = path.join(root, 'milliwatt.vsix');
  console.log(`milliwatt.vsix: ${(statSync(vsix).size / 2 ** 20).toFixed(2)} MB`);
  rmSync(vsix);
  if (code !== 0 || !serverBuildRuns) return code;
  ensureServerBuild();
  return runTypeScript(path.join('test', 'host', 'driver', 'bench.ts'), [ensureBrowser()]);
});
