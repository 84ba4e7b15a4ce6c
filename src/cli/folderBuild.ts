import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { FolderProjects } from '../core/buildFiles/folderProjects';
import { buildFileKinds } from '../core/buildFiles/buildFiles';
import { mayHoldBuildFiles, ownBuildFilePlace } from '../core/buildFiles/ownFiles';
import type { FactPlace } from '../core/buildFiles/facts';
import type { AppPartition } from '../core/buildFiles/partitions/appPartition';
import type { FlagsOf } from '../core/firmware/firmware';
import type { ProjectRoom } from '../core/firmwareRules/projectRooms';
import type { FirmwareContext } from '../core/firmwareRules/rule';
import { regionSentences } from '../core/lastBuild/regionText';
import type { LastBuild } from '../core/lastBuild/lastBuild';
import { HumanError } from '../core/model/problem';
import type { ChoiceLayer } from '../core/project/layers';
import { withBuiltLimit } from '../core/project/builtLayers';
import { withProposed } from '../core/project/proposedLayers';
import { exactBytesText } from '../core/text/units';
import { terminalLine } from '../core/text/terminalText';
import { mostBytesOf } from '../files/limits';
import { LastBuilds } from '../files/lastBuild';
import { builtOf } from '../files/builtFiles';
import { readFileSync } from '../files/reading';
import { filesBelow } from '../files/walking';
import { writeErrorLine } from './output';

/** How a folder's firmware is built, as its files say. */
export class FolderBuild {
  readonly #folder: string;
  readonly #projects = new FolderProjects();
  readonly #lastBuilds: LastBuilds;
  /** By the folder of their project. */
  #last: ReadonlyMap<string, LastBuild> = new Map();

  constructor(folder: string) {
    this.#folder = resolve(folder);
    this.#lastBuilds = new LastBuilds(this.#folder);
    for (const [path, text] of buildFilesOf(this.#folder)) this.#projects.set(path, text);
    for (const target of this.#projects.targets) {
      this.#projects.choose(target.folder, builtOf({ root: this.#folder, ...target }));
    }
  }

  /** What is chosen for a file of the folder, above what its project says. */
  layersFor(path: string, chosen: readonly ChoiceLayer[], rooms: readonly ProjectRoom[] = []): readonly ChoiceLayer[] {
    const place = relative(this.#folder, resolve(path)).split(sep).join('/');
    const { folder = '', target, partition } = this.#projects.targetFor(place) ?? {};
    const addressOf = (file: string): string => join(this.#folder, file);
    const room = rooms.find((each) => each.folder === folder);
    return withBuiltLimit(withProposed(chosen, target, addressOf), room, { target, partition, addressOf });
  }

  /** Looks for what was built last, once the sources are known: one of them may be newer. */
  findLast(sources: readonly string[]): void {
    const targets = this.#projects.targets;
    const projects = targets.length === 0 ? [{ folder: '', namedBuilds: [] }] : targets;
    this.#last = new Map(
      projects.flatMap((project) => {
        const last = this.#lastBuilds.of(project, sources);
        return last === undefined ? [] : [[project.folder, last] as const];
      }),
    );
  }

  /** How the project of a source is built, and what was built last. */
  readonly buildOf: FirmwareContext['buildOf'] = (path) => {
    const folder = this.#projects.targetFor(path)?.folder ?? '';
    const last = this.#last.get(folder);
    return { folder, facts: this.#projects.factsFor(path) ?? [], ...(last === undefined ? {} : { last }) };
  };

  /** A line for each memory of each last build. */
  get lastLines(): readonly string[] {
    return [...this.#last.values()].flatMap(({ file, regions, newerSource, problems }) => {
      const older = newerSource === undefined ? '' : `, older than ${newerSource}`;
      const said = regionSentences(regions).map((sentence) => `last build (${file}${older}): ${sentence}`);
      return [...said, ...problems].map(terminalLine);
    });
  }

  /** The flags that a source, named by its path in the folder, is built with. */
  readonly flagsOf: FlagsOf = (path) => this.#projects.definitionsFor(path);

  /** What each project is built for, as far as its files say, for programs. */
  get proposed(): readonly ProposedForJson[] {
    return this.#projects.targets.map(({ folder, environments, environment, target, partition, problems }) => ({
      folder,
      environments,
      ...(environment === undefined ? {} : { environment }),
      values: target.values.map(({ key, value, place }) => ({
        key,
        value,
        file: place.file,
        line: place.span.line + 1,
      })),
      ...(partition === undefined ? {} : { partition: partitionForJson(partition) }),
      remarks: [...target.remarks, ...problems],
    }));
  }

  /** Whole lines: what each project is built for, and what its files say that is not known. */
  get lines(): readonly string[] {
    return this.#projects.targets.flatMap(({ folder, environment, target, partition, problems }) => {
      const values = [
        ...target.values.map(({ key, value, place }) => `${key} ${value} (${placeText(place)})`),
        ...(partition === undefined ? [] : [partitionText(partition)]),
      ];
      const name = [folder, environment].filter((part) => part !== undefined && part !== '').join(' ');
      const said = values.length === 0 ? [] : [`proposed${name === '' ? '' : ` for ${name}`}: ${values.join(', ')}`];
      return [...said, ...target.remarks, ...problems].map(terminalLine);
    });
  }
}

/** A project of a folder, in the names of the output. */
interface ProposedForJson {
  readonly folder: string;
  readonly environments: readonly string[];
  readonly environment?: string;
  readonly values: readonly {
    readonly key: string;
    readonly value: string | number;
    readonly file: string;
    readonly line: number;
  }[];
  /** What its program must fit into. */
  readonly partition?: PartitionForJson;
  readonly remarks: readonly string[];
}

interface PartitionForJson {
  readonly name: string;
  readonly bytes: number;
  readonly table: string;
  readonly file: string;
  readonly line: number;
}

function partitionForJson({ name, bytes, table, place }: AppPartition): PartitionForJson {
  return { name, bytes, table, file: place.file, line: place.span.line + 1 };
}

function partitionText({ name, bytes, table, place }: AppPartition): string {
  return `partition ${name} of ${table} with ${exactBytesText(bytes)} (${placeText(place)})`;
}

function placeText({ file, span }: FactPlace): string {
  return `${file}:${span.line + 1}`;
}

/**
 * The folder that a model's project lies in, as an editor would have it open: the nearest above the model that is kept
 * under version control, else the nearest with a file that begins a project.
 */
export function buildFolderOf(model: string): string | undefined {
  const above: string[] = [];
  for (let folder = dirname(resolve(model)); ; folder = dirname(folder)) {
    above.push(folder);
    if (folder === dirname(folder)) break;
  }
  const names = buildFileKinds.flatMap((kind) => kind.names).filter((name) => !name.includes('*'));
  return (
    above.find((folder) => existsSync(join(folder, '.git'))) ??
    above.find((folder) => names.some((name) => existsSync(join(folder, name))))
  );
}

/** The texts of a folder's build files, by their paths in it; what is beyond a bound or cannot be read is said. */
function* buildFilesOf(root: string): Generator<readonly [path: string, text: string]> {
  const { paths, leftOut } = filesBelow(root, {
    isWanted: (path) => ownBuildFilePlace(path) !== undefined,
    isEntered: mayHoldBuildFiles,
  });
  for (const sentence of leftOut) writeErrorLine(sentence);
  let left: number = mostBytesOf.buildFiles;
  for (const path of paths) {
    const bytes = bytesOf(root, path, Math.min(left, mostBytesOf.buildFile));
    if (bytes === undefined) continue;
    left -= bytes.length;
    yield [path, new TextDecoder().decode(bytes)];
  }
}

/** A file that cannot be read leaves the others. */
function bytesOf(root: string, path: string, mostBytes: number): Uint8Array | undefined {
  try {
    return readFileSync(join(root, path), { name: path, mostBytes, within: [root] });
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    writeErrorLine(error.message);
    return undefined;
  }
}
