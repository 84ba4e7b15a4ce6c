import type { FactOf } from '../../buildFiles/facts';
import { factsOf } from '../../buildFiles/facts';
import { isPartialTime } from '../../estimate/latency';
import { millisecondsText } from '../../text/units';
import { configOf, replacingFact } from '../buildEdits';
import { modelName } from '../needs';
import type { FirmwareHit, FirmwareRule } from '../rule';

/**
 * One inference that takes longer than the task watchdog waits: the idle task does not run meanwhile. Source:
 * ESP-IDF v5, "Watchdogs", Task Watchdog Timer (TWDT).
 */
export const taskWatchdog: FirmwareRule = {
  code: 'firmware-task-watchdog',
  severity: 'warning',
  documentation: 'One inference takes longer than the task watchdog of ESP-IDF waits.',
  find: ({ pairings, buildOf }) =>
    pairings.flatMap(({ file, interpreter, models, activity, isModelSure }): readonly FirmwareHit[] => {
      const facts = buildOf(file.path)?.facts ?? [];
      const timeout = factsOf(facts, 'config')
        .filter(({ value }) => value.name === 'CONFIG_ESP_TASK_WDT_TIMEOUT_S')
        .at(-1);
      const isWatched = ['0', '1'].every(
        (core) => configOf(facts, `CONFIG_ESP_TASK_WDT_CHECK_IDLE_TASK_CPU${core}`) !== 'n',
      );
      const isOn = ['CONFIG_ESP_TASK_WDT', 'CONFIG_ESP_TASK_WDT_EN', 'CONFIG_ESP_TASK_WDT_INIT'].every(
        (name) => configOf(facts, name) !== 'n',
      );
      const limitMs = Number(timeout?.value.value) * 1000;
      if (activity !== 'yes' || !isModelSure || timeout === undefined || !isWatched || !isOn || !(limitMs > 0))
        return [];
      const slowest = models.reduce<(typeof models)[number] | undefined>(
        (most, each) => ((each.report.latency?.ms ?? 0) > (most?.report.latency?.ms ?? 0) ? each : most),
        undefined,
      );
      const { ms = 0, highMs = ms } = slowest?.report.latency ?? {};
      if (slowest === undefined || highMs <= limitMs) return [];
      const isLikely = ms > limitMs;
      const taken = isPartialTime(slowest.report.latency) ? 'takes over' : 'takes about';
      return [
        {
          file,
          at: interpreter.variable?.nameExtent ?? interpreter,
          severity: isLikely ? 'warning' : 'information',
          message: [
            `One inference of ${modelName(slowest)} ${isLikely ? taken : 'may take up to'} ${millisecondsText(isLikely ? ms : highMs)},`,
            `and the task watchdog waits for ${millisecondsText(limitMs)} (${timeout.place.file}):`,
            'the idle task does not run meanwhile, and the board reports it, or restarts.',
            'Let it wait longer, or run the model in a task whose core is not watched.',
          ].join(' '),
          fixes: longerFixes(timeout, highMs),
        },
      ];
    }),
};

/** Kconfig allows up to 60 seconds. */
function longerFixes(timeout: FactOf<'config'>, highMs: number): FirmwareHit['fixes'] {
  const seconds = Math.ceil(highMs / 1000) + 1;
  if (seconds > 60) return [];
  const edits = [replacingFact(timeout.place, `${timeout.value.name}=${seconds}`)];
  return [{ title: `Let the task watchdog wait for ${seconds} seconds`, isPreferred: true, edits }];
}
