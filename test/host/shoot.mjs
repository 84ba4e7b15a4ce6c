// `npm run screenshots`: pictures of Milliwatt in VS Code, in light, dark and high contrast, and moving ones.
//   node test/host/shoot.mjs [FOLDER] [SCENE...]
// FOLDER is test/host/out/pictures when absent; the scenes are in test/host/page/scenes.ts and films.ts.
import path from 'node:path';
import {
  build,
  ensureBrowser,
  ensurePackages,
  ensureServerBuild,
  root,
  runMain,
  runTypeScript,
  serverBuildRuns,
  SetupError,
} from './setup.mjs';

await runMain(() => {
  if (!serverBuildRuns)
    throw new SetupError(
      'Pictures are taken with the server build of VS Code, which runs on Linux (x64 and arm64) alone.',
    );
  const [folder = path.join(root, 'test', 'host', 'out', 'pictures'), ...scenes] = process.argv.slice(2);
  ensurePackages();
  build();
  ensureServerBuild();
  return runTypeScript(path.join('test', 'host', 'driver', 'shoot.ts'), [
    ensureBrowser(),
    path.resolve(folder),
    ...scenes,
  ]);
});
