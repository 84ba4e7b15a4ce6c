import { spawnSync } from 'node:child_process';

/** Commits all of a folder, since models are compared with what was committed last; gives the folder. */
export function commitAll(folder: string): string {
  const git = (...options: readonly string[]): void => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false'];
    const { status, stderr } = spawnSync('git', [...identity, ...options], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`The test workspace needs git, and "git ${options.join(' ')}" failed: ${stderr}`);
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Models');
  return folder;
}
