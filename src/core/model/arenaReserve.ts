/** What is known of the smallest arena with which `AllocateTensors()` succeeds, and how. */
interface LeastArena {
  readonly minimumBytes: number;
  readonly basis: 'exact' | 'modelled' | 'measured';
}

/**
 * Arena bytes that must be free for the model to be called fitting: the exact minimum, or for a modelled figure 1 % or
 * 1 KB more, whichever is larger.
 */
export function arenaBytesToReserve(arena: LeastArena): number {
  return arena.minimumBytes + arenaBytesToSpare(arena);
}

/** Those of them that a modelled figure may be off by; 0 for an exact one. */
export function arenaBytesToSpare({ basis, minimumBytes }: LeastArena): number {
  return basis === 'modelled' ? Math.max(1024, Math.ceil(minimumBytes / 100)) : 0;
}
