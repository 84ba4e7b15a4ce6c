import { HumanError } from '../model/problem';
import type { InputMode, InputStage } from './board';
import rows from './inputStages.json';

/** Sources of input data that take memory and time beside the model. A new one is a row in `inputStages.json`. */
export const inputStages: readonly InputStage[] = rows.map(({ resolutions, formats, ...stage }) => ({
  id: stage.id,
  name: stage.name,
  source: stage.source,
  notes: stage.notes,
  modes: resolutions.flatMap((resolution) => formats.map((format) => inputMode(resolution, format, stage))),
}));

/** The input stage with this id; a `HumanError` that names the known ones where there is none. */
export function inputStageById(id: string): InputStage {
  const stage = inputStages.find((candidate) => candidate.id === id);
  if (stage !== undefined) return stage;
  const known = inputStages.map((candidate) => candidate.id).join(', ');
  throw new HumanError('unknown-input-stage', `There is no input stage "${id}"; the known ones are ${known}.`);
}

/**
 * Bytes of one frame of an input stage in a mode such as `QCIF grayscale`, upper or lower case. Without a mode, the
 * smallest. Throws a `HumanError` for an unknown stage or mode.
 */
export function inputModeBytes(id: string, modeName?: string): number {
  const stage = inputStageById(id);
  if (modeName === undefined) return Math.min(...stage.modes.map((mode) => mode.frameBytes));
  const mode = stage.modes.find((candidate) => candidate.name.toLowerCase() === modeName.toLowerCase());
  if (mode !== undefined) return mode.frameBytes;
  const known = stage.modes.map((candidate) => candidate.name).join(', ');
  throw new HumanError('unknown-input-mode', `${stage.name} has no mode "${modeName}"; it has ${known}.`);
}

interface Timing {
  readonly framesPerSecond: readonly number[];
  readonly blockingMilliseconds: number;
}

function inputMode(
  resolution: { readonly name: string; readonly width: number; readonly height: number },
  format: { readonly name: string; readonly bytesPerPixel: number },
  { framesPerSecond, blockingMilliseconds }: Timing,
): InputMode {
  const { width, height } = resolution;
  const { bytesPerPixel } = format;
  return {
    name: `${resolution.name} ${format.name}`,
    width,
    height,
    bytesPerPixel,
    frameBytes: width * height * bytesPerPixel,
    framesPerSecond,
    blockingMilliseconds,
  };
}
