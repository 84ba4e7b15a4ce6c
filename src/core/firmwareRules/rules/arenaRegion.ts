import type { Board } from '../../boards/board';
import { defaultArenaRegion } from '../../boards/arenaRegions';
import type { FileFix, TextEdit } from '../../model/problem';
import { bytesText, exactBytesText } from '../../text/units';
import type { ArenaMemory } from '../arenaMemory';
import { arenaMemories, memoryOf } from '../arenaMemory';
import { inserting, replacing, textAt } from '../edits';
import type { FirmwareHit, FirmwareRule } from '../rule';

/** An arena in external memory that would fit on the chip. */
export const arenaInPsram: FirmwareRule = {
  code: 'firmware-arena-in-psram',
  severity: 'information',
  documentation: 'The tensor arena is asked for in external memory, though it fits into the memory of the chip.',
  find: (context) =>
    arenaMemories(context).flatMap((memory) => {
      const { file, at, kind, needBytes, board } = memory;
      const region = board === undefined ? undefined : defaultArenaRegion(board);
      if (kind !== 'external' || board === undefined || region === undefined || needBytes === undefined) return [];
      if (!fitsInside(memory, board)) return [];
      const isDeclared = memory.attribute !== undefined;
      return [
        {
          file,
          at,
          message: `The arena lies in external memory, which is slower with every access. The model needs ${exactBytesText(needBytes)}, and ${region.name} has ${bytesText(region.bytes)}. ${isDeclared ? `Leave ${wordOf(memory)} out.` : 'Ask for internal memory.'}`,
          fixes: [
            {
              title: isDeclared ? 'Keep the arena in internal memory' : 'Ask for internal memory',
              isPreferred: true,
              edits: [internalEdit(memory)],
            },
          ],
        },
      ];
    }),
};

/** An arena that is larger than the memory it is to lie in. */
export const arenaRegion: FirmwareRule = {
  code: 'firmware-arena-region',
  severity: 'warning',
  documentation: 'The tensor arena is larger than the memory of the board that it is to lie in.',
  find: (context) =>
    arenaMemories(context).flatMap((memory) => {
      const { file, at, board, pairing } = memory;
      const size = pairing.arena?.size?.value;
      const region = board === undefined ? undefined : memoryOf(memory, board);
      if (board === undefined || region === undefined || size === undefined || size <= region.bytes) return [];
      if (region.bytes === 0) {
        const isUsed = context.firmware.flagsFor(file.path)?.usesPsram === true;
        return isUsed || fitsInside(memory, board) ? [] : [noPsram(memory, board, size)];
      }
      const fixes = regionFixes(memory, board, size);
      return [
        {
          file,
          at,
          message: `The arena of ${exactBytesText(size)} is to lie in ${region.name}, which has ${bytesText(region.bytes)}: ${memory.origin.kind === 'heap' ? 'there is no memory for it when the program runs' : 'the program cannot be linked'}. ${fixes.length > 0 ? 'Put it into external memory, or make it smaller.' : 'Make it smaller, or put it into a memory that has room for it.'}`,
          fixes,
        },
      ];
    }),
};

/** Then it is said that it need not lie outside. */
function fitsInside({ needBytes }: ArenaMemory, board: Board): boolean {
  const region = defaultArenaRegion(board);
  return region?.kind === 'ram' && needBytes !== undefined && needBytes <= region.bytes;
}

/** Boards of one name are sold with and without external memory. */
function noPsram({ file, at, origin }: ArenaMemory, board: Board, size: number): FirmwareHit {
  const then =
    origin.kind === 'heap' ? 'there is no memory for it when the program runs' : 'the program cannot be linked';
  return {
    file,
    at,
    severity: 'information',
    message: `The arena of ${exactBytesText(size)} is to lie in external memory, which ${board.name} has not by its table: on a board without it ${then}. Choose the board that you have, or internal memory.`,
  };
}

/** An attribute that asks for external memory and gets none. */
export const psramAttribute: FirmwareRule = {
  code: 'firmware-psram-attribute',
  severity: 'information',
  documentation: 'The configuration of the build leaves the attribute that asks for external memory without effect.',
  find: (context) =>
    arenaMemories(context).flatMap(({ idle }) => {
      if (idle === undefined) return [];
      const { name, file, start, end } = idle;
      const message = `${name} has no effect: CONFIG_SPIRAM_ALLOW_BSS_SEG_EXTERNAL_MEMORY is off in sdkconfig, so that the arena lies in internal memory. Switch it on, or leave ${name} out.`;
      return [{ file, at: { start, end }, message }];
    }),
};

/** Into the external memory of a board that has one with room, by the word of its framework. */
function regionFixes(memory: ArenaMemory, board: Board, size: number): readonly FileFix[] {
  const { kind, needBytes } = memory;
  const inside = memoryOf(memory, board)?.bytes ?? 0;
  const outside = memoryOf({ ...memory, kind: 'external' }, board)?.bytes ?? 0;
  const isNeeded = needBytes === undefined || needBytes > inside;
  if (kind === 'external' || size > outside || !isNeeded) return [];
  const edit = externalEdit(memory, board);
  return edit === undefined ? [] : [{ title: 'Put the arena into external memory', isPreferred: true, edits: [edit] }];
}

function externalEdit({ file, at, kind, origin }: ArenaMemory, board: Board): TextEdit | undefined {
  if (kind === 'internal') return replacing(file, at, 'MALLOC_CAP_SPIRAM');
  const isEspressif = /^(?:esp-idf|arduino-esp32)$/.test(board.framework.id);
  if (!isEspressif || origin.kind !== 'variable') return undefined;
  return inserting(file, origin.variable.variable.start, 'EXT_RAM_BSS_ATTR ');
}

/** The attribute taken out, or the word of internal memory in the place of the other. */
function internalEdit({ file, at, attribute }: ArenaMemory): TextEdit {
  const text = textAt(file, at);
  if (attribute === undefined) {
    return replacing(
      file,
      at,
      text === 'MALLOC_CAP_SPIRAM' ? 'MALLOC_CAP_INTERNAL' : text.replace(/^(?:ps|extmem)_/, ''),
    );
  }
  const others = otherAttributes(attribute.argument ?? '');
  if (others.length > 0) return replacing(file, at, `${attribute.name}((${others.join(', ')}))`);
  const isSpaced = file.text[at.end] === ' ';
  const isBehind = !isSpaced && file.text[at.start - 1] === ' ';
  return replacing(file, { start: at.start - (isBehind ? 1 : 0), end: at.end + (isSpaced ? 1 : 0) }, '');
}

/** What an `__attribute__((a, section("b")))` asks for beside a section. */
function otherAttributes(argument: string): readonly string[] {
  const inner = argument.replace(/^\(|\)$/g, '');
  const parts: string[] = [];
  let [from, depth] = [0, 0];
  for (let at = 0; at <= inner.length; at += 1) {
    if (inner[at] === '(') depth += 1;
    else if (inner[at] === ')') depth -= 1;
    else if (at === inner.length || (inner[at] === ',' && depth === 0)) {
      parts.push(inner.slice(from, at).trim());
      from = at + 1;
    }
  }
  return parts.filter((part) => part !== '' && !part.startsWith('section'));
}

function wordOf({ file, at, attribute }: ArenaMemory): string {
  return attribute?.argument === undefined ? textAt(file, at) : 'its section';
}
