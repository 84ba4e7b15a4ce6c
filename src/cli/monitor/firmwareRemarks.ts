import { comparisonTable } from '../../core/measure/comparison';
import { BoardFailures } from '../../core/measure/boardFailures';
import { failureFindings } from '../../core/measure/failureProblems';
import type { EventGroup, PlacedGroup } from '../../core/serial/eventGroups';
import { FirmwareReader } from '../../core/serial/firmwareReader';
import { groupText } from '../../core/serial/groupText';
import type { InferenceTime } from '../../core/serial/events';
import { wholeFigures } from '../../core/measure/wholeInference';
import { isPartialTime } from '../../core/estimate/latency';
import { atLeast } from '../../core/text/lowerBound';
import { millisecondsText } from '../../core/text/units';
import type { Profile, TickHints } from '../../core/serial/profile';
import { tableText } from '../table';
import type { Measured, MeasuredModel } from './measuredModel';

interface RemarkOptions {
  readonly hints: TickHints;
  /** The model that the firmware holds, where one was named. */
  readonly model?: MeasuredModel;
  readonly source: string;
  readonly say: (text: string) => void;
}

/** Says in words what the firmware's lines mean. */
export class FirmwareRemarks {
  readonly #options: RemarkOptions;
  readonly #reader: FirmwareReader;
  readonly #failures = new BoardFailures();
  #line = 0;
  #arenaUsedBytes?: number;
  #lost = false;

  constructor(options: RemarkOptions) {
    this.#options = options;
    this.#reader = new FirmwareReader(options.hints);
  }

  /** True where a measurement was to be kept and could not be. */
  get hasLost(): boolean {
    return this.#lost;
  }

  line(text: string, timeMs: number): void {
    this.#groups(this.#reader.read(text, { line: this.#line, timeMs }).groups);
    this.#line += 1;
  }

  /** The board is silent, or the stream has ended. */
  silent(): void {
    this.#groups(this.#reader.silent());
  }

  #groups(groups: readonly PlacedGroup[]): void {
    for (const { group } of groups) {
      if (group.type === 'arena-used') this.#arenaUsedBytes = group.bytes;
      if (group.type === 'profile') this.#profile(group.profile);
      else if (group.type === 'inference-time') this.#inference(group);
      else this.#event(group);
    }
  }

  #event(group: EventGroup): void {
    const { model, say, source } = this.#options;
    const before = new Set(this.#failures.all.map((failure) => JSON.stringify(failure.event)));
    const isNew = this.#failures.hear(group);
    const added = this.#failures.all.filter((failure) => !before.has(JSON.stringify(failure.event)));
    if (model !== undefined && isNew && added.length > 0) {
      const { report } = model;
      for (const { message, layer } of failureFindings(added, report, source)) {
        say(`${message}${layer === undefined ? '' : ` It is operator ${layer}, ${report.layers[layer].name}.`}`);
      }
      return;
    }
    const { title, detail, table } = groupText(group);
    say(detail === undefined ? `${title}.` : `${title}. ${detail}`);
    if (table !== undefined) say(tableText([table.headings, ...table.rows], 1));
  }

  #inference(time: InferenceTime): void {
    const { model, say } = this.#options;
    const { title, detail } = groupText(time);
    const outcome = model?.measure(wholeFigures(time), this.#arenaUsedBytes);
    if (outcome?.known !== true) {
      say([`${title}.`, outcome?.reason ?? detail].filter((sentence) => sentence !== undefined).join(' '));
      return;
    }
    this.#failures.clear();
    const { latency } = outcome.report;
    say(
      latency?.ms === undefined
        ? `${title}.`
        : `${title}, estimated: ${atLeast(millisecondsText(latency.ms), { isLowerBound: isPartialTime(latency) })}.`,
    );
    this.#kept(outcome);
  }

  #profile(profile: Profile): void {
    const { model, say } = this.#options;
    const { title, table } = groupText({ type: 'profile', profile });
    say(`${title}.`);
    for (const { message } of profile.remarks) say(message);
    const outcome = model?.measure(profile, this.#arenaUsedBytes);
    if (outcome?.known !== true) {
      if (outcome !== undefined) say(outcome.reason);
      if (table !== undefined && table.rows.length > 0) {
        say(tableText([table.headings, ...table.rows], profile.operators.length > 0 ? 2 : 1));
      }
      return;
    }
    this.#failures.clear();
    const { headings, rows } = comparisonTable(outcome.report);
    say(tableText([headings, ...rows], 3));
    this.#kept(outcome);
  }

  #kept({ savedIn, notSaved }: Extract<Measured, { known: true }>): void {
    const { say } = this.#options;
    if (savedIn !== undefined) say(`Kept in ${savedIn}.`);
    if (notSaved === undefined) return;
    this.#lost = true;
    say(notSaved);
  }
}
