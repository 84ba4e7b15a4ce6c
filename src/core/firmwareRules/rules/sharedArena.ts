import type { FirmwareRule, ModelPairing } from '../rule';

/** Interpreters that live at once and write over each other. */
export const sharedArena: FirmwareRule = {
  code: 'firmware-arena-shared',
  severity: 'error',
  documentation: 'Several interpreters that live at the same time work in one arena and overwrite each other.',
  find: ({ pairings }) => {
    const users = new Map<unknown, ModelPairing[]>();
    for (const pairing of pairings.filter(livesOn)) {
      const [origin] = pairing.arena?.origins ?? [];
      if (origin.kind !== 'variable') continue;
      const key = origin.variable.variable;
      users.set(key, [...(users.get(key) ?? []), pairing]);
    }
    return [...users.values()]
      .filter((sharing) => sharing.length > 1)
      .flatMap(([first, ...others]) =>
        others.map(({ file, interpreter, arena }) => ({
          file,
          at: arena?.given ?? interpreter,
          message: `This arena is already that of the interpreter in ${first.file.path}, line ${lineOf(first)}: both live, and each overwrites the other's tensors. Give each an arena of its own.`,
        })),
      );
  },
};

/** From when it is made to the end of the program, in a declared arena from its first byte. */
function livesOn({ activity, interpreter, arena }: ModelPairing): boolean {
  if (activity !== 'yes' || interpreter.home !== 'static' || arena === undefined || arena.isShared) return false;
  const [origin] = arena.origins;
  return arena.origins.length === 1 && origin.kind === 'variable' && !origin.isAdjusted;
}

function lineOf({ file, interpreter }: ModelPairing): number {
  return file.text.slice(0, interpreter.start).split('\n').length;
}
