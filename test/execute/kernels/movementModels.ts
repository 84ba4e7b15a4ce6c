import type { DataType } from '../../../src/core/model/dataType';
import type { Model } from '../../../src/core/model/model';
import type { RandomModel } from './randomModel';

/** Models of the operators that move elements, cut, join and count them. */
type MakeModel = (random: RandomModel) => Model;

function shape4(random: RandomModel): number[] {
  return [random.whole(1, 2), random.whole(2, 4), random.whole(2, 4), random.whole(1, 4)];
}

function cumSum(type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(1, 3), random.whole(1, 4), random.whole(1, 4)];
    const input = random.input(type, shape);
    const axis = random.values('int32', [1], [random.pick([0, 1, 2, -1])]);
    const options = { exclusive: random.pick([true, false]), reverse: random.pick([true, false]) };
    return random.of('CUMSUM', [input, axis], [random.output(type, shape)], ['CumsumOptions', options]);
  };
}

function addN(type: DataType): MakeModel {
  return (random) => {
    const shape = [2, random.whole(1, 5)];
    const quantization = random.quantization(type);
    const inputs = [0, 1, 2].map(() => random.input(type, shape, quantization));
    return random.of('ADD_N', inputs, [random.output(type, shape)], ['AddNOptions', {}]);
  };
}

function argExtreme(kind: string, type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(1, 3), random.whole(2, 4), random.whole(2, 5)];
    const axis = random.pick([0, 1, 2, -1]);
    const out = shape.filter((_length, index) => index !== (axis + 3) % 3);
    const inputs = [random.input(type, shape), random.values('int32', [1], [axis])];
    const table = kind === 'ARG_MAX' ? 'ArgMaxOptions' : 'ArgMinOptions';
    return random.of(kind, inputs, [random.output('int32', out)], [table, { outputType: 'INT32' }]);
  };
}

function concatenation(type: DataType): MakeModel {
  return (random) => {
    const shape = shape4(random);
    const axis = random.pick([0, 1, 2, 3, -1]);
    const along = (axis + 4) % 4;
    const quantization = random.quantization(type);
    const lengths = [random.whole(1, 3), random.whole(1, 3)];
    const withLength = (length: number): number[] => shape.map((old, index) => (index === along ? length : old));
    const inputs = lengths.map((length) => random.input(type, withLength(length), quantization));
    const output = random.output(type, withLength(lengths[0] + lengths[1]), quantization);
    return random.of('CONCATENATION', inputs, [output], ['ConcatenationOptions', { axis }]);
  };
}

function pad(kind: string, type: DataType): MakeModel {
  return (random) => {
    const shape = shape4(random);
    const amounts = shape.flatMap(() => [random.whole(0, 2), random.whole(0, 2)]);
    const out = shape.map((length, axis) => length + amounts[2 * axis] + amounts[2 * axis + 1]);
    const quantization = random.quantization(type);
    const inputs = [random.input(type, shape, quantization), random.values('int32', [4, 2], amounts)];
    if (kind === 'PADV2') inputs.push(random.constant(type, [1], quantization));
    const table = kind === 'PADV2' ? 'PadV2Options' : 'PadOptions';
    return random.of(kind, inputs, [random.output(type, out, quantization)], [table, {}]);
  };
}

function mirrorPad(type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(2, 4), random.whole(2, 4)];
    const amounts = [random.whole(0, 1), random.whole(0, 1), random.whole(0, 1), random.whole(0, 1)];
    const out = shape.map((length, axis) => length + amounts[2 * axis] + amounts[2 * axis + 1]);
    const quantization = random.quantization(type);
    const inputs = [random.input(type, shape, quantization), random.values('int32', [2, 2], amounts)];
    const options = { mode: random.pick(['REFLECT', 'SYMMETRIC']) };
    return random.of('MIRROR_PAD', inputs, [random.output(type, out, quantization)], ['MirrorPadOptions', options]);
  };
}

function transpose(type: DataType): MakeModel {
  return (random) => {
    const shape = shape4(random);
    const order = random.pick([
      [0, 3, 1, 2],
      [3, 2, 1, 0],
      [0, 2, 1, 3],
      [1, 0, 3, 2],
    ]);
    const quantization = random.quantization(type);
    const inputs = [random.input(type, shape, quantization), random.values('int32', [4], order)];
    const output = random.output(
      type,
      order.map((axis) => shape[axis]),
      quantization,
    );
    return random.of('TRANSPOSE', inputs, [output], ['TransposeOptions', {}]);
  };
}

function stridedSlice(type: DataType): MakeModel {
  return (random) => {
    const shape = shape4(random);
    const shrinkAxisMask = random.pick([0, 1, 2]);
    const steps = shape.map((_length, axis) => random.pick((shrinkAxisMask >> axis) & 1 ? [1, 2] : [1, 2, -1]));
    const [begin, end] = [
      shape.map((length, axis) => (steps[axis] > 0 ? 0 : length - 1)),
      shape.map((length) => -length - 1),
    ];
    const endMask = 15;
    const out = shape.flatMap((length, axis) =>
      (shrinkAxisMask >> axis) & 1 ? [] : [Math.ceil(length / Math.abs(steps[axis]))],
    );
    const quantization = random.quantization(type);
    const inputs = [
      random.input(type, shape, quantization),
      ...[begin, end, steps].map((list) => random.values('int32', [4], list)),
    ];
    const options = { beginMask: random.pick([0, 15]), endMask, shrinkAxisMask };
    return random.of(
      'STRIDED_SLICE',
      inputs,
      [random.output(type, out, quantization)],
      ['StridedSliceOptions', options],
    );
  };
}

function slice(type: DataType): MakeModel {
  return (random) => {
    const shape = shape4(random);
    const begin = shape.map((length) => random.whole(0, length - 1));
    const size = shape.map((length, axis) => random.whole(1, length - begin[axis]));
    const quantization = random.quantization(type);
    const inputs = [
      random.input(type, shape, quantization),
      random.values('int32', [4], begin),
      random.values('int32', [4], size),
    ];
    return random.of('SLICE', inputs, [random.output(type, size, quantization)], ['SliceOptions', {}]);
  };
}

function split(type: DataType, kind: 'SPLIT' | 'SPLIT_V'): MakeModel {
  return (random) => {
    const shape = shape4(random);
    const axis = random.pick([0, 1, 2, 3]);
    const lengths = kind === 'SPLIT' ? [2, 2] : [1, 2];
    const withLength = (length: number): number[] => shape.map((old, index) => (index === axis ? length : old));
    const quantization = random.quantization(type);
    const whole = random.input(type, withLength(lengths[0] + lengths[1]), quantization);
    const axes = random.values('int32', [1], [axis]);
    const inputs = kind === 'SPLIT' ? [axes, whole] : [whole, random.values('int32', [2], lengths), axes];
    const outputs = lengths.map((length) => random.output(type, withLength(length), quantization));
    return random.of(kind, inputs, outputs, [kind === 'SPLIT' ? 'SplitOptions' : 'SplitVOptions', { numSplits: 2 }]);
  };
}

function packing(kind: 'PACK' | 'UNPACK', type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(1, 3), random.whole(1, 3)];
    const axis = random.pick([0, 1, 2]);
    const whole = [...shape.slice(0, axis), 3, ...shape.slice(axis)];
    const quantization = random.quantization(type);
    if (kind === 'PACK') {
      const inputs = [0, 1, 2].map(() => random.input(type, shape, quantization));
      return random.of(
        'PACK',
        inputs,
        [random.output(type, whole, quantization)],
        ['PackOptions', { valuesCount: 3, axis }],
      );
    }
    const input = random.input(type, whole, quantization);
    const outputs = [0, 1, 2].map(() => random.output(type, shape, quantization));
    return random.of('UNPACK', [input], outputs, ['UnpackOptions', { num: 3, axis }]);
  };
}

function gather(type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(2, 4), random.whole(2, 4), random.whole(1, 3)];
    const axis = random.pick([0, 1, 2]);
    const places = Array.from({ length: random.whole(1, 4) }, () => random.whole(0, shape[axis] - 1));
    const quantization = random.quantization(type);
    const inputs = [random.input(type, shape, quantization), random.values('int32', [places.length], places)];
    const out = [...shape.slice(0, axis), places.length, ...shape.slice(axis + 1)];
    return random.of('GATHER', inputs, [random.output(type, out, quantization)], ['GatherOptions', { axis }]);
  };
}

function gatherNd(type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(2, 4), random.whole(2, 4), random.whole(1, 3)];
    const places = [0, 1, 2].flatMap(() => [random.whole(0, shape[0] - 1), random.whole(0, shape[1] - 1)]);
    const quantization = random.quantization(type);
    const inputs = [random.input(type, shape, quantization), random.values('int32', [3, 2], places)];
    return random.of('GATHER_ND', inputs, [random.output(type, [3, shape[2]], quantization)], ['GatherNdOptions', {}]);
  };
}

function embeddingLookup(type: DataType, out: DataType): MakeModel {
  return (random) => {
    const rows = random.whole(2, 5);
    const quantization = random.quantization(type, random.scale());
    const table = type === 'int8' ? { ...quantization!, zeroPoints: [0] } : undefined;
    const places = random.input('int32', [2]);
    const values = random.constant(type, [Math.max(rows, 4), 3], table);
    return random.of(
      'EMBEDDING_LOOKUP',
      [places, values],
      [random.output(out, [2, 3], out === 'int8' ? table : undefined)],
    );
  };
}

function blocks(kind: 'SPACE_TO_DEPTH' | 'DEPTH_TO_SPACE', type: DataType): MakeModel {
  return (random) => {
    const [height, width, depth] = [random.whole(1, 3), random.whole(1, 3), random.whole(1, 3)];
    const [large, deep] = [
      [1, 2 * height, 2 * width, depth],
      [1, height, width, 4 * depth],
    ];
    const quantization = random.quantization(type);
    const isToDepth = kind === 'SPACE_TO_DEPTH';
    const input = random.input(type, isToDepth ? large : deep, quantization);
    const output = random.output(type, isToDepth ? deep : large, quantization);
    return random.of(
      kind,
      [input],
      [output],
      [isToDepth ? 'SpaceToDepthOptions' : 'DepthToSpaceOptions', { blockSize: 2 }],
    );
  };
}

function batches(kind: 'SPACE_TO_BATCH_ND' | 'BATCH_TO_SPACE_ND', type: DataType): MakeModel {
  return (random) => {
    const isToBatch = kind === 'SPACE_TO_BATCH_ND';
    const [rows, columns, depth] = [random.whole(1, 2), random.whole(1, 2), random.whole(1, 3)];
    const margins = [random.whole(0, 1), 1, random.whole(0, 1), 1];
    const inner = [2 * rows + 2 - margins[0] - margins[1], 2 * columns + 2 - margins[2] - margins[3]];
    const space = [1, ...inner, depth];
    const blocked = [4, rows + 1, columns + 1, depth];
    const quantization = random.quantization(type);
    const inputs = [
      random.input(type, isToBatch ? space : blocked, quantization),
      random.values('int32', [2], [2, 2]),
      random.values('int32', [2, 2], margins),
    ];
    const output = random.output(type, isToBatch ? blocked : space, quantization);
    return random.of(kind, inputs, [output], [isToBatch ? 'SpaceToBatchNDOptions' : 'BatchToSpaceNDOptions', {}]);
  };
}

function resize(kind: 'RESIZE_BILINEAR' | 'RESIZE_NEAREST_NEIGHBOR', type: DataType): MakeModel {
  return (random) => {
    const shape = shape4(random);
    const size = [random.whole(1, 7), random.whole(1, 7)];
    const mode = random.whole(0, 2);
    const quantization = random.quantization(type);
    const inputs = [random.input(type, shape, quantization), random.values('int32', [2], size)];
    const output = random.output(type, [shape[0], ...size, shape[3]], quantization);
    const table = kind === 'RESIZE_BILINEAR' ? 'ResizeBilinearOptions' : 'ResizeNearestNeighborOptions';
    return random.of(kind, inputs, [output], [table, { alignCorners: mode === 1, halfPixelCenters: mode === 2 }]);
  };
}

function broadcastTo(type: DataType): MakeModel {
  return (random) => {
    const [rows, columns] = [random.whole(1, 4), random.whole(1, 4)];
    const out = [random.whole(1, 3), rows, columns];
    const input = random.input(type, random.pick([[rows, 1], [columns], [1, rows, columns]]));
    const inputs = [input, random.values('int32', [3], out)];
    return random.of('BROADCAST_TO', inputs, [random.output(type, out)], ['BroadcastToOptions', {}]);
  };
}

function select(type: DataType): MakeModel {
  return (random) => {
    const shape = [2, random.whole(2, 4)];
    const quantization = random.quantization(type);
    const condition = random.input('bool', random.pick([shape, [shape[1]]]));
    const yes = random.input(type, random.pick([shape, [1, shape[1]]]), quantization);
    const no = random.input(type, shape, quantization);
    return random.of(
      'SELECT_V2',
      [condition, yes, no],
      [random.output(type, shape, quantization)],
      ['SelectV2Options', {}],
    );
  };
}

function reverse(type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(1, 3), random.whole(2, 4), random.whole(2, 4)];
    const quantization = random.quantization(type);
    const inputs = [random.input(type, shape, quantization), random.values('int32', [1], [random.pick([0, 1, 2])])];
    return random.of('REVERSE_V2', inputs, [random.output(type, shape, quantization)], ['ReverseV2Options', {}]);
  };
}

function updateSlice(type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(2, 4), random.whole(2, 4)];
    const quantization = random.quantization(type);
    const inputs = [
      random.input(type, shape, quantization),
      random.input(type, [random.whole(1, 2), random.whole(1, 2)], quantization),
      random.values('int32', [2], [random.whole(-1, 4), random.whole(0, 4)]),
    ];
    const output = random.output(type, shape, quantization);
    return random.of('DYNAMIC_UPDATE_SLICE', inputs, [output], ['DynamicUpdateSliceOptions', {}]);
  };
}

export const movementModels: Readonly<Record<string, MakeModel>> = {
  'CUMSUM int8': cumSum('int8'),
  'CUMSUM float32': cumSum('float32'),
  'ADD_N int8': addN('int8'),
  'ADD_N float32': addN('float32'),
  'ARG_MAX int8': argExtreme('ARG_MAX', 'int8'),
  'ARG_MIN float32': argExtreme('ARG_MIN', 'float32'),
  'CONCATENATION int8': concatenation('int8'),
  'CONCATENATION int16': concatenation('int16'),
  'CONCATENATION float32': concatenation('float32'),
  'PAD int8': pad('PAD', 'int8'),
  'PAD int16': pad('PAD', 'int16'),
  'PAD float32': pad('PAD', 'float32'),
  'PADV2 int8': pad('PADV2', 'int8'),
  'PADV2 float32': pad('PADV2', 'float32'),
  'MIRROR_PAD int8': mirrorPad('int8'),
  'MIRROR_PAD float32': mirrorPad('float32'),
  'TRANSPOSE int8': transpose('int8'),
  'TRANSPOSE float32': transpose('float32'),
  'STRIDED_SLICE int8': stridedSlice('int8'),
  'STRIDED_SLICE float32': stridedSlice('float32'),
  'SLICE int8': slice('int8'),
  'SLICE int16': slice('int16'),
  'SPLIT int8': split('int8', 'SPLIT'),
  'SPLIT float32': split('float32', 'SPLIT'),
  'SPLIT_V int8': split('int8', 'SPLIT_V'),
  'PACK int8': packing('PACK', 'int8'),
  'PACK float32': packing('PACK', 'float32'),
  'UNPACK int8': packing('UNPACK', 'int8'),
  'GATHER int8': gather('int8'),
  'GATHER float32': gather('float32'),
  'GATHER_ND int8': gatherNd('int8'),
  'EMBEDDING_LOOKUP float32': embeddingLookup('float32', 'float32'),
  'EMBEDDING_LOOKUP int8': embeddingLookup('int8', 'int8'),
  'EMBEDDING_LOOKUP int8 to float32': embeddingLookup('int8', 'float32'),
  'SPACE_TO_DEPTH int8': blocks('SPACE_TO_DEPTH', 'int8'),
  'DEPTH_TO_SPACE int8': blocks('DEPTH_TO_SPACE', 'int8'),
  'DEPTH_TO_SPACE float32': blocks('DEPTH_TO_SPACE', 'float32'),
  'SPACE_TO_BATCH_ND int8': batches('SPACE_TO_BATCH_ND', 'int8'),
  'SPACE_TO_BATCH_ND float32': batches('SPACE_TO_BATCH_ND', 'float32'),
  'BATCH_TO_SPACE_ND int8': batches('BATCH_TO_SPACE_ND', 'int8'),
  'RESIZE_BILINEAR int8': resize('RESIZE_BILINEAR', 'int8'),
  'RESIZE_BILINEAR float32': resize('RESIZE_BILINEAR', 'float32'),
  'RESIZE_NEAREST_NEIGHBOR int8': resize('RESIZE_NEAREST_NEIGHBOR', 'int8'),
  'RESIZE_NEAREST_NEIGHBOR float32': resize('RESIZE_NEAREST_NEIGHBOR', 'float32'),
  'BROADCAST_TO int8': broadcastTo('int8'),
  'BROADCAST_TO float32': broadcastTo('float32'),
  'SELECT_V2 int8': select('int8'),
  'SELECT_V2 float32': select('float32'),
  'REVERSE_V2 int8': reverse('int8'),
  'DYNAMIC_UPDATE_SLICE int8': updateSlice('int8'),
};
