import { elementCount, storedBytes } from './dataType';
import { isConstant, type DeclaredConstant, type Tensor } from './model';

/** How the value of a constant is known. */
type Constant =
  /** The bytes are here. */
  | { readonly kind: 'stored'; readonly data: Uint8Array }
  /** The bytes lie in another file, under this number. */
  | { readonly kind: 'external'; readonly buffer: number }
  /** Nothing but type and shape is known. */
  | { readonly kind: 'declared'; readonly declaration: DeclaredConstant };

/** How the value of `tensor` is known; `undefined` for an activation or a variable. */
function constantOf(tensor: Tensor): Constant | undefined {
  if (tensor.data !== undefined) return { kind: 'stored', data: tensor.data };
  if (tensor.externalBuffer !== undefined) return { kind: 'external', buffer: tensor.externalBuffer };
  return tensor.declared === undefined ? undefined : { kind: 'declared', declaration: tensor.declared };
}

/** Bytes of a constant as stored, computed from type and shape where the bytes are not here; 0 for an activation. */
export function constantBytes(tensor: Tensor): number {
  const constant = constantOf(tensor);
  if (constant === undefined) return 0;
  return constant.kind === 'stored' ? constant.data.byteLength : storedBytes(tensor.type, elementCount(tensor.shape));
}

/**
 * What stands for a constant where each is counted once: equal for tensors that share one; `undefined` for an
 * activation.
 */
export function constantKey(tensor: Tensor): Uint8Array | DeclaredConstant | number | undefined {
  return tensor.data ?? tensor.externalBuffer ?? tensor.declared;
}

/** True for a constant whose values are not here. */
export function hasUnknownValue(tensor: Tensor | undefined): boolean {
  return tensor !== undefined && isConstant(tensor) && tensor.data === undefined;
}

/**
 * Why the values of a constant cannot be had, with the next step; `undefined` where they are here, and for an
 * activation.
 */
export function absentValues(tensor: Tensor): string | undefined {
  switch (constantOf(tensor)?.kind) {
    case 'external':
      return (
        `The constant "${tensor.name}" lies in another file, which is not read. ` +
        'Convert the model again without external weights.'
      );
    case 'declared':
      return `The constant "${tensor.name}" has a shape but no values. Train the model and use the trained file.`;
    default:
      return undefined;
  }
}
