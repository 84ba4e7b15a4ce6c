import type { FlashMode } from '../../boards/board';
import type { BuildFact, FactOf } from '../../buildFiles/facts';
import { factsOf, lastFact } from '../../buildFiles/facts';
import { estimate } from '../../estimate/estimate';
import type { FileFix, TextEdit } from '../../model/problem';
import { hertzText, millisecondsText } from '../../text/units';
import { configEdits, isSamePlace, replacingFact } from '../buildEdits';
import { isEspressif, modelledBuilds } from '../modelledBuilds';
import type { BuildHit, FirmwareModel, FirmwareRule } from '../rule';

/**
 * Every chip of Espressif in the table reads flash over four lines, at 80 MHz; octal flash is faster still. Source:
 * ESP-IDF v5, components/esptool_py/Kconfig.projbuild, ESPTOOLPY_FLASHMODE and ESPTOOLPY_FLASHFREQ.
 */
const fastest: { readonly mode: FlashMode; readonly hertz: number } = { mode: 'qio', hertz: 80e6 };
const slowModes: readonly string[] = ['dio', 'dout', 'qout'] satisfies readonly FlashMode[];

/** Flash outside the chip that is read over fewer lines, or with a slower clock, than the chip can. */
export const slowFlash: FirmwareRule = {
  code: 'build-slow-flash',
  severity: 'information',
  documentation:
    'The build files have the flash chip read over two lines, or below 80 MHz, though the chip can do more.',
  find: (context) =>
    modelledBuilds(context).flatMap(({ facts, board, models }): readonly BuildHit[] => {
      const [mode, hertz] = [lastFact(facts, 'flashMode'), lastFact(facts, 'flashHz')];
      const slow = [
        ...(mode !== undefined && slowModes.includes(mode.value) ? [mode] : []),
        ...(hertz !== undefined && hertz.value < fastest.hertz ? [hertz] : []),
      ];
      if (!isEspressif(board) || slow.length === 0 || mode?.value === 'opi') return [];
      const is = [mode?.value.toUpperCase(), hertz === undefined ? undefined : `at ${hertzText(hertz.value)}`];
      const can = `${fastest.mode.toUpperCase()} at ${hertzText(fastest.hertz)}`;
      const [{ place }] = slow;
      return [
        {
          place,
          message: [
            `Flash is read in ${is.filter((part) => part !== undefined).join(' ')}, and the chip can read it in ${can}:`,
            `weights that lie there are waited for, and so is code.${costText(models)}`,
            'Not every flash chip keeps up, so try it on the board.',
          ].join(' '),
          fixes: fixesOf(facts, slow, `Read flash in ${can}`),
        },
      ];
    }),
};

type FlashFact = FactOf<'flashMode'> | FactOf<'flashHz'>;

/** What an inference takes less, where the time that is modelled hangs on flash. */
function costText(models: readonly FirmwareModel[]): string {
  const [{ model, path, target, report }] = models;
  const now = report.latency?.ms;
  const faster = { ...target, flashMode: fastest.mode, flashHz: fastest.hertz };
  const then =
    models.length === 1 && now !== undefined ? estimate(model, path, faster, {}).report.latency?.ms : undefined;
  if (now === undefined || then === undefined || then >= now) return ' How much that costs is not known here.';
  return ` An inference takes about ${millisecondsText(now)} now, and ${millisecondsText(then)} then.`;
}

/** None where an edit of one of them would be of more than the value. */
function fixesOf(facts: readonly BuildFact[], slow: readonly FlashFact[], title: string): readonly FileFix[] {
  const edits = slow.map((fact) => editsOf(facts, fact));
  const known = edits.filter((each) => each !== undefined);
  return known.length < edits.length ? [] : [{ title, isPreferred: true, edits: known.flat() }];
}

/** Of Kconfig the options of the choice; of `platformio.ini` the value, where nothing else stands there. */
function editsOf(facts: readonly BuildFact[], fact: FlashFact): readonly TextEdit[] | undefined {
  const { place } = fact;
  const config = factsOf(facts, 'config').find((each) => isSamePlace(each.place, place));
  if (config !== undefined) {
    const [, start] = /^(CONFIG_ESPTOOLPY_FLASH(?:MODE|FREQ)_)\w+$/.exec(config.value.name) ?? [];
    if ((start as string | undefined) === undefined) return undefined;
    const wanted = fact.kind === 'flashMode' ? 'QIO' : '80M';
    // The text of the clock that tools are given follows from the choice, that of QIO is "dio".
    const follows = facts.some((each) => isOption(each, 'CONFIG_ESPTOOLPY_FLASHFREQ', place.file));
    return configEdits(
      facts,
      Object.fromEntries([
        [config.value.name, 'n'],
        [`${start}${wanted}`, 'y'],
        ...(fact.kind === 'flashHz' && follows ? [['CONFIG_ESPTOOLPY_FLASHFREQ', '"80m"'] as const] : []),
      ]),
      place,
    );
  }
  const isAlone = fact.kind === 'flashHz' || place.span.end - place.span.start === fact.value.length;
  if (!place.file.endsWith('platformio.ini') || !isAlone) return undefined;
  return [replacingFact(place, fact.kind === 'flashMode' ? fastest.mode : `${fastest.hertz}L`)];
}

function isOption(fact: BuildFact, name: string, file: string): boolean {
  return fact.kind === 'config' && fact.value.name === name && fact.place.file === file;
}
