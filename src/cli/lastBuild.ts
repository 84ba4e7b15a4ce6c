import { join } from 'node:path';
import { linkedRegions } from '../core/lastBuild/mapFile';
import { regionSentences } from '../core/lastBuild/regionText';
import { HumanError } from '../core/model/problem';
import { terminalLine } from '../core/text/terminalText';
import { mostBytesOf } from '../files/limits';
import { foldersNewestFirst, modifiedMs } from '../files/newestFirst';
import { readFileSync } from '../files/reading';
import { namesIn } from '../files/walking';

/** Entries of a build folder that are looked at. */
const mostEntries = 10_000;

/** What the newest map file of a project's build folders says: a line for each memory; none where there is no build. */
export function lastBuildLines(folder: string): readonly string[] {
  const builds = foldersNewestFirst(folder).filter((name) => name === 'build' || name.startsWith('build-'));
  const environments = foldersNewestFirst(join(folder, '.pio', 'build')).map((name) => join('.pio', 'build', name));
  const maps = [...builds, ...builds.map((name) => join(name, 'zephyr')), ...environments].flatMap((name) =>
    mapsIn(folder, name),
  );
  const newest = maps.sort((left, right) => right.timeMs - left.timeMs).at(0);
  if (newest === undefined) return [];
  return regionSentences(linkedRegions(textAt(folder, newest.name))).map((sentence) =>
    terminalLine(`last build (${newest.name}): ${sentence}`),
  );
}

function mapsIn(folder: string, below: string): readonly { readonly name: string; readonly timeMs: number }[] {
  return namesIn(join(folder, below), mostEntries)
    .filter((name) => name.endsWith('.map'))
    .map((name) => ({ name: join(below, name), timeMs: modifiedMs(join(folder, below, name)) }));
}

/** Nothing of a file that cannot be read: what it would say is beside the point of a check. */
function textAt(folder: string, name: string): string {
  try {
    const path = join(folder, name);
    return new TextDecoder().decode(readFileSync(path, { name, mostBytes: mostBytesOf.source, within: [folder] }));
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return '';
  }
}
