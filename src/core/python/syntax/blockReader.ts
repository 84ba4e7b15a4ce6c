import type { SyntaxNode } from '@lezer/common';
import type { NodeReader } from './nodeReader';
import type { Block, PyStatement, TextExtent } from './tree';

/** Reads statements of one text, as the readers of their kinds see it. */
export interface BlockReader {
  readonly expressions: NodeReader;
  block(body: SyntaxNode | undefined): Block;
  textOf(node: TextExtent): string;
}

/** A statement whose place is added by who reads it. */
export type Unfinished = { readonly kind: PyStatement['kind'] } & Record<string, unknown>;
