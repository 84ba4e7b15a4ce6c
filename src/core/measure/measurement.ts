import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * What was measured of one model on one board. Figures that were not measured are absent; at least the layers or a
 * total is there.
 */
export interface Measurement {
  /** SHA-256 of the model file, lower-case hexadecimal (`modelHash`). */
  readonly model: string;
  /** Board id as in the board table. */
  readonly board: string;
  readonly runtime?: string;
  readonly tflmVersion?: string;
  readonly optimization?: string;
  readonly clockHz?: number;
  /** What `arena_used_bytes()` returned. */
  readonly arenaUsedBytes?: number;
  /** Of the whole inference, where only that was measured; else the sum of the layers. */
  readonly totalCycles?: number;
  readonly totalMs?: number;
  /** Inferences that the layers are the median of; absent where they are as printed. */
  readonly inferences?: number;
  /** Operators of the main graph in the order in which they ran; empty where only the whole was measured. */
  readonly layers: readonly MeasuredLayer[];
  /** When, as an ISO 8601 time. */
  readonly recordedAt: string;
  /** How it came: "monitor, TFLM log", "entered by hand". */
  readonly source: string;
}

/** One operator: TFLM's name of it, and its time in cycles or milliseconds or both. */
export interface MeasuredLayer {
  readonly operator: string;
  readonly cycles?: number;
  readonly ms?: number;
}

/** A profile as the monitor puts it together: what of it a measurement needs. */
export interface ProfileFigures {
  readonly usable: boolean;
  readonly operators: readonly { readonly tag: string; readonly cycles?: number; readonly ms?: number }[];
  /** Where the inference was timed as a whole: then there are no operators. */
  readonly whole?: { readonly cycles?: number; readonly ms?: number };
  readonly facts: {
    readonly modelHash?: string;
    readonly clockHz?: number;
    readonly tflmVersion?: string;
    readonly arenaUsedBytes?: number;
    /** What the firmware was built with: `cmsis-nn`, `esp-nn` or `reference`, and `Os`, `O2` or `O3`. */
    readonly flags?: readonly string[];
  };
}

/** What the profile itself does not say. */
type MeasurementContext = Omit<Measurement, 'layers' | 'inferences' | 'totalCycles' | 'totalMs'>;

/** A model's identity in measurements: SHA-256 of its file, lower-case hexadecimal. */
export function modelHash(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** A measurement, or the whole sentence why there is none. */
type MeasurementOutcome =
  { readonly known: true; readonly measurement: Measurement } | { readonly known: false; readonly reason: string };

/**
 * A profile as a measurement. What the board said of itself (clock, version, arena) goes before the context; a model
 * other than the context's is refused. Layers keep the order and number of the profile, several inferences too.
 */
export function measurementOf(profile: ProfileFigures, context: MeasurementContext): MeasurementOutcome {
  const { usable, operators, facts, whole } = profile;
  if (whole !== undefined) return wholeMeasurement(whole, context);
  if (!usable || operators.length === 0)
    return refuseMeasurement('The profile cannot be used for layers; its remarks say why.');
  if (facts.modelHash !== undefined && facts.modelHash !== context.model) return refuseMeasurement(otherModel);
  if (!operators.every(({ cycles, ms }) => cycles !== undefined || ms !== undefined)) return refuseMeasurement(noUnit);
  const clockHz = facts.clockHz ?? context.clockHz;
  const { tflmVersion, arenaUsedBytes } = facts;
  const said = { clockHz, tflmVersion, arenaUsedBytes, ...builtWith(facts.flags ?? []) };
  const layers = operators.map(({ tag, cycles, ms }) => layerOf(tag, { cycles, ms }, clockHz));
  return { known: true, measurement: { ...context, ...withoutAbsent(said), layers } };
}

/** Only the whole was measured: cycles where they are known, else the time that counts at the context's clock. */
function wholeMeasurement(
  { cycles, ms }: NonNullable<ProfileFigures['whole']>,
  context: MeasurementContext,
): MeasurementOutcome {
  if (cycles === undefined && ms === undefined) return refuseMeasurement(noUnit);
  const total = layerOf('', { cycles, ms }, context.clockHz);
  const totals = withoutAbsent({ totalCycles: total.cycles, totalMs: total.ms });
  return { known: true, measurement: { ...context, ...totals, layers: [] } };
}

const libraries: readonly string[] = ['cmsis-nn', 'esp-nn', 'reference'];
const optimizations: readonly string[] = ['Os', 'O2', 'O3'];

function builtWith(flags: readonly string[]): Pick<Measurement, 'runtime' | 'optimization'> {
  const library = flags.find((flag) => libraries.includes(flag));
  const optimization = flags.find((flag) => optimizations.includes(flag));
  return withoutAbsent({ runtime: library && `tflm-${library}`, optimization });
}

const otherModel =
  'The firmware was built with another model than this file: the hash that it prints differs. Build it with this model, or open the other.';
const noUnit =
  'What the ticks of the profile are is not known, so they give neither cycles nor times: choose the unit.';

function refuseMeasurement(reason: string): MeasurementOutcome {
  return { known: false, reason };
}

/** Total of a measurement: what was measured as a whole, else the sum of the layers if every one has the figure. */
export function measuredTotal(measurement: Measurement, figure: 'cycles' | 'ms'): number | undefined {
  const whole = figure === 'cycles' ? measurement.totalCycles : measurement.totalMs;
  if (whole !== undefined) return whole;
  const { layers } = measurement;
  if (layers.length === 0) return undefined;
  return layers.reduce<number | undefined>((total, layer) => {
    const value = layer[figure];
    return total === undefined || value === undefined ? undefined : total + value;
  }, 0);
}

function layerOf(
  operator: string,
  measured: Omit<MeasuredLayer, 'operator'>,
  clockHz: number | undefined,
): MeasuredLayer {
  const { cycles, ms } = measured;
  if (clockHz === undefined) return { operator, ...withoutAbsent(measured) };
  return {
    operator,
    ...withoutAbsent({
      cycles: cycles ?? (ms === undefined ? undefined : Math.round((ms / 1000) * clockHz)),
      ms: ms ?? (cycles === undefined ? undefined : (cycles / clockHz) * 1000),
    }),
  };
}

function withoutAbsent<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
