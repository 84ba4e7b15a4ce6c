import type { FactList } from '../syntax/factList';
import type { PlacedText } from '../syntax/lines';
import { bytesOfSize, megahertzOf } from '../syntax/quantities';

/** Facts of a board of Arduino: `vendor:architecture:board`, with options behind a fourth colon. */
export function addFqbn(list: FactList, fqbn: PlacedText): void {
  const [vendor, architecture, board, options = ''] = fqbn.text.split(':');
  if (board === undefined || [vendor, architecture, board].includes('')) return;
  list.add('board', `${vendor}:${architecture}:${board}`, fqbn);
  addBoardOptions(list, { ...fqbn, text: options });
}

/** Options of a board: `CPUFreq=240,FlashMode=qio`. Names are those of Espressif's core; others are not read. */
export function addBoardOptions(list: FactList, options: PlacedText): void {
  for (const option of options.text.split(',')) {
    const [name, value = ''] = option.split('=').map((part) => part.trim());
    if (name === 'CPUFreq') list.add('clockHz', megahertzOf(value), options);
    if (name === 'FlashFreq') list.add('flashHz', megahertzOf(value), options);
    if (name === 'FlashMode') addFlashMode(list, { ...options, text: value });
    if (name === 'FlashSize') list.add('flashBytes', bytesOfSize(value), options);
    if (name === 'PSRAM' && value !== '') list.add('psram', value.toLowerCase() !== 'disabled', options);
    if (name === 'PartitionScheme' && value !== '') list.add('partitions', value, options);
    if (name === 'opt' || name === 'OptLevel') list.add('optimization', optimizationOf(value), options);
  }
}

/** Levels as menus of cores name them: `osstd` (STM32), `Optimize3`, `o2std`. */
function optimizationOf(value: string): string | undefined {
  const match = /^(?:optimize)?o?([0-3s])(?:std)?$/i.exec(value);
  return match === null ? undefined : `O${match[1].toLowerCase()}`;
}

/** `dio`, or with its clock `qio120`. Source: espressif/arduino-esp32, boards.txt, menu.FlashMode. */
function addFlashMode(list: FactList, { text, ...at }: PlacedText): void {
  const [, mode, megahertz] = /^([a-z]+)(\d*)$/i.exec(text) ?? [];
  if ((mode as string | undefined) === undefined) return;
  list.add('flashMode', mode.toLowerCase(), at);
  list.add('flashHz', megahertzOf(megahertz), at);
}
