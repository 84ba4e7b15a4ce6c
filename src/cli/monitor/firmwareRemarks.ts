import { comparisonTable } from '../../core/measure/comparison';
import { BoardFailures } from '../../core/measure/boardFailures';
import { failureFindings } from '../../core/measure/failureProblems';
import { eventText } from '../../core/serial/eventText';
import type { FirmwareEvent } from '../../core/serial/events';
import { createFirmwareParser } from '../../core/serial/parsers';
import { ProfileAssembler } from '../../core/serial/profile';
import type { Profile, TickHints } from '../../core/serial/profile';
import { profileTable, profileTitle } from '../../core/serial/profileText';
import { tableText } from '../table';
import type { MeasuredModel } from './measuredModel';

export interface RemarkOptions {
  readonly hints: TickHints;
  /** The model that the firmware holds, where one was named. */
  readonly model?: MeasuredModel;
  readonly source: string;
  readonly say: (text: string) => void;
}

/** Without an end line a profile is complete when the board is silent for so long. */
export const silenceMs = 300;

/** Says in words what the firmware's lines mean. */
export class FirmwareRemarks {
  readonly #options: RemarkOptions;
  readonly #parser = createFirmwareParser();
  readonly #assembler = new ProfileAssembler();
  readonly #failures = new BoardFailures();
  #arenaUsedBytes?: number;

  constructor(options: RemarkOptions) {
    this.#options = options;
  }

  line(text: string, timeMs: number): void {
    const events = this.#parser.feed(text, timeMs);
    for (const event of events) this.#event(event);
    this.#profiles(this.#assembler.feed(events, timeMs, this.#options.hints));
  }

  /** The board is silent, or the stream has ended. */
  silent(): void {
    this.#profiles(this.#assembler.flush(this.#options.hints));
  }

  #event(event: FirmwareEvent): void {
    if (event.type === 'arena-used') this.#arenaUsedBytes = event.bytes;
    const { model, say, source } = this.#options;
    const before = new Set(this.#failures.all.map((failure) => JSON.stringify(failure.event)));
    const isNew = this.#failures.hear(event);
    const added = this.#failures.all.filter((failure) => !before.has(JSON.stringify(failure.event)));
    if (model !== undefined && isNew && added.length > 0) {
      const { report } = model;
      for (const { message, layer } of failureFindings(added, report, source)) {
        say(`${message}${layer === undefined ? '' : ` It is operator ${layer}, ${report.layers[layer].name}.`}`);
      }
      return;
    }
    const text = eventText(event);
    if (text !== undefined) say(text.detail === undefined ? `${text.title}.` : `${text.title}. ${text.detail}`);
  }

  #profiles(profiles: readonly Profile[]): void {
    for (const profile of profiles) this.#profile(profile);
  }

  #profile(profile: Profile): void {
    const { model, say } = this.#options;
    say(`${profileTitle(profile)}.`);
    for (const { message } of profile.remarks) say(message);
    const outcome = model?.measure(profile, this.#arenaUsedBytes);
    if (outcome?.known !== true) {
      if (outcome !== undefined) say(outcome.reason);
      const { headings, rows } = profileTable(profile);
      if (rows.length > 0) say(tableText([headings, ...rows], profile.operators.length > 0 ? 2 : 1));
      return;
    }
    this.#failures.clear();
    const { headings, rows } = comparisonTable(outcome.report);
    say(tableText([headings, ...rows], 3));
    if (outcome.savedIn !== undefined) say(`Kept in ${outcome.savedIn}.`);
  }
}
