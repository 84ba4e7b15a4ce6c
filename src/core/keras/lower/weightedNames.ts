import type { KerasFlavour } from '../kerasModel';
import type { DraftNode } from './draft';
import { weightedRoles } from './passes/weighted';

/** What the official converter calls an operator's output and its weights. */
interface WeightedNames {
  readonly output: string;
  /** Of the RESHAPE that takes away the axis with which a convolution along one axis was written. */
  readonly squeezed?: string;
  /** By position among the inputs. */
  readonly inputs: ReadonlyMap<number, string>;
}

/** Operations that were joined, by what they do. */
interface Parts {
  /** The convolution or product. */
  readonly core: string;
  /** What the core's name begins with: the layer. */
  readonly layer: string;
  readonly bias?: string;
  /** Scope of a batch normalization. */
  readonly normalization?: string;
  readonly pad?: string;
  /** Activations, and what else was joined. */
  readonly others: readonly string[];
  /** A convolution along one axis. */
  readonly isLine: boolean;
}

/** `undefined` for an operator without weights. */
export function weightedNames(
  node: DraftNode,
  { flavour, className }: { readonly flavour: KerasFlavour; readonly className: string },
): WeightedNames | undefined {
  const roles = weightedRoles(node);
  if (roles === undefined) return undefined;
  const parts = partsOf(node, { isKeras2: flavour === 'keras2', className });
  const named = node.kind === 'FULLY_CONNECTED' ? productNames(parts) : convolutionNames(node, parts, flavour);
  const [output, filter, bias] = named.map(joined);
  return {
    output,
    ...(parts.isLine && { squeezed: joined(named[0].filter((part) => part !== parts.core)) }),
    inputs: new Map([
      [roles.filter, filter],
      [roles.bias, bias],
    ]),
  };
}

function joined(list: NameParts): string {
  return list.filter((part) => part !== undefined).join(';');
}

function partsOf(
  node: DraftNode,
  { isKeras2, className }: { readonly isKeras2: boolean; readonly className: string },
): Parts {
  const isLine = className.endsWith('Conv1D');
  const all = node.outputs[0].name.split(';').filter((part) => part !== '');
  const pad = all.find((part) => part.endsWith('/Pad'));
  const list = all.filter((part) => part !== pad);
  const core = list.at(-1) ?? '';
  const layer = core.replace(/\/(Tensordot\/)?[^/]*$/, '');
  const bias = list.find((part) => part === `${layer}/BiasAdd`);
  const scaled = list.find((part) => part.endsWith('/batchnorm/mul_1'));
  const own = new Set([core, bias, scaled, scaled?.replace(/mul_1$/, 'add_1'), `${layer}/Tensordot`]);
  const plain = isKeras2 ? core.replace(/\/convolution$/, isLine ? '/Conv1D' : '/Conv2D') : core;
  return {
    core: className.startsWith('Separable') ? plain.replace(/\/depthwise$/, '/separable_conv2d/depthwise') : plain,
    layer,
    bias,
    normalization: scaled?.replace(/\/batchnorm\/mul_1$/, ''),
    pad,
    others: list.filter((part) => !own.has(part)),
    isLine,
  };
}

type NameParts = readonly (string | undefined)[];

/** Output, filter and bias of a dense layer. */
function productNames(parts: Parts): readonly NameParts[] {
  const { core, bias, others, normalization } = parts;
  if (normalization === undefined) return [[core, ...others, bias], [core], [...others, bias ?? core]];
  const [scaled, shifted] = [`${normalization}/batchnorm/mul_1`, `${normalization}/batchnorm/add_1`];
  return [[core, bias, scaled, ...others, shifted], [scaled], [...others, shifted]];
}

/** Output, filter and bias of a convolution: output and bias are named alike. */
function convolutionNames(node: DraftNode, parts: Parts, flavour: KerasFlavour): readonly NameParts[] {
  const { core, layer, bias, others, normalization, pad, isLine } = parts;
  const isDeep = node.kind === 'DEPTHWISE_CONV_2D';
  const padded = pad === undefined ? [] : ['', pad];
  if (flavour === 'keras2') {
    const fused = normalization === undefined ? [] : [`${normalization}/FusedBatchNormV3`];
    const read = bias === undefined ? [] : [`${layer}/BiasAdd/ReadVariableOp`, bias];
    const line = isLine && core.endsWith('/Conv1D') ? [`${core}/Squeeze`] : [];
    const whole = [...others, ...fused, ...line, ...read, core, ...padded];
    const folded = fused.length > 0 && (isDeep || isLine);
    return [whole, folded ? [...fused, ...read, core] : [core], whole];
  }
  const squeezed = bias === undefined ? [] : [`${layer}/Squeeze`, bias];
  const line = !isLine ? [] : [core.endsWith('/convolution') ? `${core}/Squeeze` : `${layer}/Squeeze_1`];
  if (normalization === undefined) {
    const whole = [...others, ...squeezed, ...line, core, ...padded];
    return [whole, [core], whole];
  }
  const batch = `${normalization}/batchnorm`;
  const factors = isDeep || isLine || bias !== undefined ? [`${batch}/mul_1`, `${batch}/mul`] : [];
  const whole = [...others, `${batch}/add_1`, ...factors, ...squeezed, ...line, core, ...padded, `${batch}/sub`];
  return [whole, isDeep || isLine ? [...factors, ...squeezed, ...line, core] : [core], whole];
}
