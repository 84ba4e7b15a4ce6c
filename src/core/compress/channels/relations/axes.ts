import type { Tensor } from '../../../model/model';
import { constantIntegers } from '../../../operators/shapes';
import { booleanOption, numberOption } from '../../../model/options';
import { withIntegers } from '../integers';
import { axisFromFront } from '../relation';
import type { ChannelRelation, RelationView } from '../relation';

/** The padded axes grow, the others correspond. */
export const pad: ChannelRelation = {
  kinds: ['MIRROR_PAD', 'PAD', 'PADV2'],
  relate: (view) => {
    const [input, output] = [view.input(0), view.output(0)];
    const paddings = constantIntegers(view.input(1));
    if (input === undefined || output === undefined || paddings?.length !== input.shape.length * 2) {
      view.fixAll(notConstant(view, 'paddings that are'));
      return;
    }
    input.shape.forEach((_, axis) => {
      if (paddings[axis * 2] === 0 && paddings[axis * 2 + 1] === 0) view.join(input, axis, output, axis);
      else {
        view.fix(input, axis, `${view.name} pads this dimension.`);
        view.fix(output, axis, `${view.name} pads this dimension.`);
      }
    });
  },
};

/** The reduced axes are summed up whole, the others correspond. */
export const reduction: ChannelRelation = {
  kinds: ['MEAN', 'REDUCE_ALL', 'REDUCE_ANY', 'REDUCE_MAX', 'REDUCE_MIN', 'REDUCE_PROD', 'SUM'],
  relate: (view) => {
    const [input, output] = [view.input(0), view.output(0)];
    const axes = constantIntegers(view.input(1));
    if (input === undefined || output === undefined || axes === undefined) {
      view.fixAll(notConstant(view, 'axes that are'));
      return;
    }
    const reduced = new Set(axes.map((axis) => axisFromFront(axis, input.shape.length)));
    const keeps = booleanOption(view.operator, 'keepDims', false);
    let target = 0;
    input.shape.forEach((_, axis) => {
      if (reduced.has(axis)) {
        view.fix(input, axis, `${view.name} works over the whole dimension.`);
        if (keeps) target += 1;
      } else {
        view.join(input, axis, output, target);
        target += 1;
      }
    });
  },
};

export const transpose: ChannelRelation = {
  kinds: ['TRANSPOSE'],
  relate: (view) => {
    const [input, output] = [view.input(0), view.output(0)];
    const order = constantIntegers(view.input(1));
    if (input === undefined || output === undefined || order?.length !== input.shape.length) {
      view.fixAll(notConstant(view, 'an order of dimensions that is'));
      return;
    }
    order.forEach((source, axis) => view.join(input, axisFromFront(source, order.length), output, axis));
  },
};

/** Normalizes along the last axis; the others correspond. */
export const alongLastAxis: ChannelRelation = {
  kinds: ['L2_NORMALIZATION', 'LOG_SOFTMAX', 'SOFTMAX'],
  relate: (view) => {
    const [input, output] = [view.input(0), view.output(0)];
    if (input === undefined || output === undefined) return;
    const last = input.shape.length - 1;
    input.shape.forEach((_, axis) => {
      view.join(input, axis, output, axis);
      if (axis === last) view.fix(input, axis, `${view.name} works over all channels together.`);
    });
  },
};

export const concatenation: ChannelRelation = {
  kinds: ['CONCATENATION'],
  relate: (view) => {
    const output = view.output(0);
    if (output === undefined) return;
    const along = axisFromFront(numberOption(view.operator, 'axis', 0), output.shape.length);
    let offset = 0;
    for (const input of view.inputs()) {
      input.shape.forEach((size, axis) => {
        if (axis !== along) {
          view.join(input, axis, output, axis);
          return;
        }
        for (let index = 0; index < size; index++) view.joinIndex(input, axis, index, [output, axis, offset + index]);
      });
      offset += input.shape[along] ?? 0;
    }
  },
};

/** Inputs: axis, value. The parts must stay equal: what goes from one part goes from each. */
export const split: ChannelRelation = {
  kinds: ['SPLIT'],
  relate: (view) => {
    joinParts(view, 1, constantIntegers(view.input(0))?.at(0));
    const axis = constantIntegers(view.input(0))?.at(0);
    const [first, ...others] = view.outputs();
    if (axis === undefined || first === undefined) return;
    for (const other of others) {
      const along = axisFromFront(axis, first.shape.length);
      view.join(first, along, other, along);
    }
  },
};

/** Inputs: value, sizes, axis. */
export const splitV: ChannelRelation = {
  kinds: ['SPLIT_V'],
  relate: (view) => joinParts(view, 0, constantIntegers(view.input(2))?.at(0)),
  refit: (operator, tensors) => {
    const axis = constantIntegers(tensors[operator.inputs[2]])?.at(0) ?? 0;
    const sizes = operator.outputs.map((index) => tensors[index].shape.at(axis) ?? 0);
    return { constant: [1, withIntegers(tensors[operator.inputs[1]], sizes)] };
  },
};

function joinParts(view: RelationView, position: number, axis: number | undefined): void {
  const input = view.input(position);
  if (input === undefined || axis === undefined) {
    view.fixAll(notConstant(view, 'an axis that is'));
    return;
  }
  const along = axisFromFront(axis, input.shape.length);
  let offset = 0;
  for (const output of view.outputs()) {
    output.shape.forEach((size, each) => {
      if (each !== along) {
        view.join(input, each, output, each);
        return;
      }
      for (let index = 0; index < size; index++) view.joinIndex(output, each, index, [input, each, offset + index]);
    });
    offset += output.shape[along] ?? 0;
  }
}

/** Stacks along a new axis: the others correspond. */
export const pack: ChannelRelation = {
  kinds: ['PACK'],
  relate: (view) => {
    const output = view.output(0);
    if (output !== undefined) for (const input of view.inputs()) joinStacked(view, [input, output]);
  },
};

export const unpack: ChannelRelation = {
  kinds: ['UNPACK'],
  relate: (view) => {
    const input = view.input(0);
    if (input !== undefined) for (const output of view.outputs()) joinStacked(view, [output, input]);
  },
};

function joinStacked(view: RelationView, [flat, stacked]: readonly [Tensor, Tensor]): void {
  const along = axisFromFront(numberOption(view.operator, 'axis', 0), stacked.shape.length);
  flat.shape.forEach((_, axis) => view.join(flat, axis, stacked, axis < along ? axis : axis + 1));
  view.fix(stacked, along, `${view.name} stacks along this dimension.`);
}

function notConstant(view: RelationView, what: string): string {
  return `${view.name} has ${what} no constant of the model.`;
}
