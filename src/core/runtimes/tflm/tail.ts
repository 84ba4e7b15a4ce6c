import type { PersistentPart } from '../facts';
import { roundUp, type Size } from '../memory/layout';

/** What a persistent allocation is for. The words are shown to people. */
type PersistentKind =
  | 'allocator objects'
  | 'resource variable table'
  | 'parameter allocator'
  | 'subgraph table'
  | 'tensor structures'
  | 'operator structures'
  | 'operator parameters'
  | 'operator state'
  | 'operator buffers'
  | 'scratch handles'
  | 'variable tensors'
  | 'input and output tensors';

/**
 * Alignment of everything that kernels and applications allocate. Source:
 * tensorflow/lite/micro/micro_arena_constants.h.
 */
export const bufferAlignment = 16;

/**
 * The end of the arena, which grows downwards. An allocation ends where the last one began and starts at the next
 * multiple of its alignment below; what is lost by that counts with it. The end of the arena is taken as aligned to 16.
 * Source: tensorflow/tflite-micro, tensorflow/lite/micro/arena_allocator/single_arena_buffer_allocator.cc.
 */
export class Tail {
  #used = 0;
  readonly #parts = new Map<PersistentKind, { bytes: number; count: number }>();

  /** Bytes from the end of the arena. */
  get usedBytes(): number {
    return this.#used;
  }

  /** Allocates `count` structures in one piece. */
  allocate(kind: PersistentKind, size: Size, count = 1): void {
    this.#take(kind, size.bytes * count, size.alignment);
  }

  /** Allocates a buffer aligned to 16. */
  allocateBuffer(kind: PersistentKind, bytes: number): void {
    this.#take(kind, bytes, bufferAlignment);
  }

  /** Bytes by kind in the order of first allocation. */
  parts(): readonly PersistentPart[] {
    return [...this.#parts].map(([kind, part]) => ({ kind, ...part }));
  }

  #take(kind: PersistentKind, bytes: number, alignment: number): void {
    const used = roundUp(this.#used + bytes, alignment);
    const part = this.#parts.get(kind) ?? { bytes: 0, count: 0 };
    part.bytes += used - this.#used;
    part.count += 1;
    this.#parts.set(kind, part);
    this.#used = used;
  }
}
