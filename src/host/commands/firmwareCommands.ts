import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import type { TickUnit } from '../../core/serial/events';
import type { Profile, TickHints } from '../../core/serial/profile';
import { reinterpretProfile } from '../../core/serial/profile';
import { profileTitle } from '../../core/serial/profileText';
import { tickRateOf } from '../../core/serial/tickRate';
import type { MonitorTab } from '../serial/monitorTab';
import type { TickChoice } from '../../core/serial/profileUnit';
import { modelFrom, pickModel } from './modelArgument';
import type { CommandServices } from './services';

const units: Readonly<Record<Exclude<TickUnit, 'ticks'>, readonly [label: string, detail: string]>> = {
  cycles: ['Processor cycles', 'DWT->CYCCNT on Cortex-M, CCOUNT on Xtensa, mcycle on RISC-V'],
  microseconds: ['Microseconds', 'micros(), esp_timer_get_time()'],
  milliseconds: ['Milliseconds', 'millis(), HAL_GetTick()'],
};

interface UnitRow extends vscode.QuickPickItem {
  readonly choice: TickChoice | 'automatic' | 'rate';
}

/**
 * Says what a tick of a port's profiles is where the firmware does not. With arguments, for that address without
 * asking: a unit, a number of ticks a second, or `automatic`.
 */
export async function setTickUnit(services: CommandServices, address?: unknown, value?: unknown): Promise<void> {
  const tab = tabOf(services, address);
  const choice = value === undefined ? await pickUnit(services, tab) : choiceFrom(value);
  if (choice !== undefined) services.serial.tickUnits.set(tab.address, choice === 'automatic' ? undefined : choice);
}

/** Says which model the firmware of a port holds. With arguments, for that address and that model without asking. */
export async function setFirmwareModel(services: CommandServices, address?: unknown, model?: unknown): Promise<void> {
  const tab = tabOf(services, address);
  const picked = modelFrom(model) ?? (await pickModel(`Model in the firmware at ${tab.title}`));
  if (picked !== undefined) services.measure.models.set(tab.id, picked);
}

function tabOf({ serial }: CommandServices, address: unknown): MonitorTab {
  const { tabs, chosen } = serial.monitor;
  const tab = typeof address === 'string' ? tabs.find((each) => each.address === address) : chosen;
  if (tab !== undefined) return tab;
  throw new HumanError('no-port', 'No port is open in the serial monitor. Run "Milliwatt: Connect to a Port…" first.');
}

function choiceFrom(value: unknown): TickChoice | 'automatic' | undefined {
  if (value === 'automatic') return value;
  if (typeof value === 'number' && value > 0) return { ticksPerSecond: value };
  return typeof value === 'string' && Object.hasOwn(units, value) ? { unit: value as TickUnit } : undefined;
}

async function pickUnit({ serial }: CommandServices, tab: MonitorTab): Promise<TickChoice | 'automatic' | undefined> {
  const profile = tab.hearing.cards.latestProfile;
  const { clockHz } = serial.events.tickHints(tab.heardAt);
  const row = (label: string, detail: string, choice: UnitRow['choice']): UnitRow => ({
    label,
    detail,
    description: profile && meaningOf(profile, choice, clockHz),
    choice,
  });
  const rows = [
    row('$(sparkle) As the profile says', 'Ticks stay ticks where it does not say it', 'automatic'),
    ...Object.entries(units).map(([unit, [label, detail]]) => row(label, detail, { unit: unit as TickUnit })),
    row('$(edit) A rate…', 'A timer that counts so many ticks a second', 'rate'),
  ];
  const title = `What a tick is in profiles of ${tab.title}`;
  const picked = await vscode.window.showQuickPick(rows, { title });
  return picked?.choice === 'rate' ? typedRate() : picked?.choice;
}

/** What the last profile would come to. */
function meaningOf(profile: Profile, choice: UnitRow['choice'], clockHz: number | undefined): string | undefined {
  if (choice === 'rate') return undefined;
  const hints: TickHints = choice === 'automatic' ? { clockHz } : { clockHz, ...choice };
  return profileTitle(reinterpretProfile(profile, hints)).split(': ').at(-1);
}

async function typedRate(): Promise<TickChoice | undefined> {
  const typed = await vscode.window.showInputBox({
    title: 'Ticks a second',
    placeHolder: '32768',
    validateInput: (text) =>
      tickRateOf(text) === undefined ? 'Write a number of ticks a second, such as 32768.' : undefined,
  });
  const ticksPerSecond = typed === undefined ? undefined : tickRateOf(typed);
  return ticksPerSecond === undefined ? undefined : { ticksPerSecond };
}
