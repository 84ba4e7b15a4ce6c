import type { Board } from '../boards/board';
import type { BuildFact } from '../buildFiles/facts';
import type { FirmwareContext, FirmwareModel } from './rule';

/** A project whose models are analysed for one board. */
interface ModelledBuild {
  readonly folder: string;
  readonly facts: readonly BuildFact[];
  readonly board: Board;
  readonly models: readonly FirmwareModel[];
}

/** The projects of the interpreters whose models are surely analysed for one board. */
export function modelledBuilds(context: FirmwareContext): readonly ModelledBuild[] {
  const found = new Map<string, ModelledBuild>();
  for (const { file, models } of context.pairings) {
    const build = context.buildOf(file.path);
    const board = models.at(0)?.target.board;
    if (build === undefined || board === undefined || found.has(build.folder)) continue;
    if (models.every(({ target }) => target.board?.id === board.id))
      found.set(build.folder, { ...build, board, models });
  }
  return [...found.values()];
}

/** Whether its clock, flash and caches are set by options of the build. */
export function isEspressif({ framework }: Board): boolean {
  return /^(?:esp-idf|arduino-esp32)$/.test(framework.id);
}
