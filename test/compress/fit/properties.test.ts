import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { allConfigurations } from '../../../src/core/compress/fit/configurations';
import { leastArenaOf } from '../../../src/core/compress/fit/compareArenas';
import { fitModel } from '../../../src/core/compress/fit/fitModel';
import { fitSteps } from '../../../src/core/compress/fit/steps';
import { placeTensors } from '../../../src/core/compress/fit/steps/placeTensors';
import { reorder } from '../../../src/core/compress/fit/steps/reorder';
import type { FitStep } from '../../../src/core/compress/fit/step';
import { prepare } from '../../../src/core/execute/prepare';
import { seededInputs } from '../../../src/core/execute/seededInputs';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { planArena } from '../../../src/core/runtimes/tflm/arena';
import { graph, model, operator, options, tensor } from '../../support/build';
import { arenaTarget } from '../../runtimes/tflm/targets';

/** One operator of a random network: which, and from which of the tensors that are there already. */
type Drawn = readonly [kind: number, first: number, second: number];

interface Network {
  readonly lengths: readonly number[];
  readonly drawn: readonly Drawn[];
  /** Of the tensors that operators made, by place from the end. */
  readonly outputs: readonly number[];
  readonly hasState: boolean;
}

const networks = fc.record({
  lengths: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 2 }),
  drawn: fc.array(fc.tuple(fc.nat(4), fc.nat(60), fc.nat(60)), { minLength: 2, maxLength: 14 }),
  outputs: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
  hasState: fc.boolean(),
});

/** Branches that join, grow and shrink, inputs that several read, several outputs, and a resource variable. */
function modelOf({ lengths, drawn, outputs, hasState }: Network): Model {
  const tensors: Tensor[] = lengths.map((length, index) => tensor(`x${index}`, 'float32', [1, length]));
  const operators: Operator[] = [];
  const made = (length: number): number => tensors.push(tensor(`t${tensors.length}`, 'float32', [1, length])) - 1;
  const sources = (): readonly number[] => tensors.flatMap(({ type }, index) => (type === 'float32' ? [index] : []));
  const pick = (place: number): number => sources()[place % sources().length];
  const lengthOf = (index: number): number => tensors[index].shape[1];
  if (hasState) {
    const handle = tensors.push(tensor('handle', 'resource', [])) - 1;
    operators.push(operator('VAR_HANDLE', [], [handle], { options: options('VarHandleOptions', { sharedName: 'v' }) }));
    operators.push(operator('ASSIGN_VARIABLE', [handle, 0], []));
    operators.push(operator('READ_VARIABLE', [handle], [made(lengthOf(0))]));
  }
  for (const [kind, first, second] of drawn) {
    const [a, b] = [pick(first), pick(second)];
    if (kind === 0) operators.push(operator('RELU', [a], [made(lengthOf(a))]));
    else if (kind === 1 && lengthOf(a) === lengthOf(b)) {
      operators.push(operator('ADD', [a, b], [made(lengthOf(a))], { options: options('AddOptions') }));
    } else if (kind === 2 && lengthOf(a) + lengthOf(b) < 600) {
      const joined = options('ConcatenationOptions', { axis: 1 });
      operators.push(operator('CONCATENATION', [a, b], [made(lengthOf(a) + lengthOf(b))], { options: joined }));
    } else if (kind === 4) operators.push(operator('RESHAPE', [a], [made(lengthOf(a))]));
    else operators.push(operator('LOGISTIC', [a], [made(lengthOf(a))]));
  }
  const last = tensors.length - 1;
  const ends = [...new Set(outputs.map((back) => Math.max(last - back, lengths.length + (hasState ? 2 : 0))))];
  return model(graph(tensors, operators, { inputs: lengths.map((_length, index) => index), outputs: ends }));
}

function answers(of: Model, seed: number): readonly Uint8Array[] {
  const inputs = of.graphs[0].inputs.map((index) => of.graphs[0].tensors[index]);
  return prepare(of, { rounding: 'double' })
    .invoke(seededInputs(inputs, seed))
    .map(({ bytes }) => bytes.slice());
}

/** The tensor that a RESHAPE, or several, made one of; itself where none did. */
function originOf(of: Model, tensor: number): number {
  const copy = of.graphs[0].operators.find(({ kind, outputs }) => kind === 'RESHAPE' && outputs.includes(tensor));
  return copy === undefined ? tensor : originOf(of, copy.inputs[0]);
}

/** Pairs of buffers that live at once and share bytes; a tensor and its copies hold the same ones. */
function overlaps(of: Model): readonly string[] {
  const outcome = planArena(of, target);
  assert.ok(outcome.known);
  const buffers = (outcome.arena.detail?.buffers ?? []).filter(({ firstStep }) => firstStep >= 0);
  return buffers.flatMap((one, index) =>
    buffers
      .slice(index + 1)
      .filter((other) => one.firstStep <= other.lastStep && other.firstStep <= one.lastStep)
      .filter((other) => one.offset < other.offset + other.bytes && other.offset < one.offset + one.bytes)
      .filter((other) => one.offset !== other.offset || originOf(of, one.index) !== originOf(of, other.index))
      .map((other) => `${one.name} and ${other.name}`),
  );
}

const target = arenaTarget();
const configurations = allConfigurations(target);
const settings = { seed: 20_261_129, numRuns: 40 };

/** Without the step that removes what nothing reads, random graphs keep their branches. */
const ways: readonly (readonly [string, readonly FitStep[]])[] = [
  ['all steps', fitSteps],
  ['order and plan', [reorder, placeTensors]],
];

for (const [name, steps] of ways) {
  it(`fits random graphs by ${name}: equal outputs, no live buffers overlap, no arena is larger`, () => {
    let fitted = 0;
    fc.assert(
      fc.property(networks, fc.nat(1000), (network, seed) => {
        const source = modelOf(network);
        const { file } = fitModel(source, target, steps, () => false);
        if (file === undefined) return;
        fitted++;
        assert.deepEqual(answers(file.model, seed), answers(source, seed));
        assert.deepEqual(overlaps(file.model), []);
        for (const { name: where, target: there } of configurations) {
          const [before, after] = [leastArenaOf(source, there), leastArenaOf(file.model, there)];
          assert.ok((after ?? 0) <= (before ?? 0), `${where}: ${before} -> ${after}`);
        }
      }),
      settings,
    );
    // A test of graphs that are all left as they are would tell nothing.
    assert.ok(fitted > settings.numRuns / 4, `${fitted} graphs were changed.`);
  });
}

/** Branches of `length` operators each, one after the other, whose ends are added up at last. */
function longModel(branches: number, length: number): Model {
  const all = Array.from({ length: branches }, (_branch, branch) => branch);
  const end = (branch: number): number => (branch + 1) * length;
  const chains = all.flatMap((branch) =>
    Array.from({ length }, (_step, step): Drawn => [0, step === 0 ? 0 : branch * length + step, 0]),
  );
  const sum = (branch: number): number => (branch === 1 ? end(0) : branches * length + branch - 1);
  const sums = all.slice(1).map((branch): Drawn => [1, sum(branch), end(branch)]);
  return modelOf({ lengths: [16_384], drawn: [...chains, ...sums], outputs: [0], hasState: false });
}

it('ends with the best so far where it is stopped', () => {
  const small = longModel(8, 12);
  const before = leastArenaOf(small, target) ?? 0;
  const best = [0, 2, 1000].map((questions) => {
    let asked = 0;
    const { leastBytes = Infinity } = fitModel(small, target, [reorder, placeTensors], () => ++asked > questions);
    return leastBytes;
  });
  assert.equal(best[0], before);
  assert.ok(best[1] <= best[0] && best[2] <= best[1] && best[2] < before, `${before}: ${best.join()}`);
});
