// `npm run bench:monitor`: figures of the serial monitor, first in plain Node, then of its page inside a real VS Code.
import { spawnSync } from 'node:child_process';
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
  const built = node('build.mjs', '--production');
  if (built !== 0) return built;
  const code = process.argv.includes('--page') ? 0 : node('--import', 'tsx', path.join('test', 'bench', 'monitor.ts'));
  if (code !== 0 || !serverBuildRuns) return code;
  ensureServerBuild();
  return runTypeScript(path.join('test', 'host', 'driver', 'benchMonitor.ts'), [ensureBrowser()]);
});
