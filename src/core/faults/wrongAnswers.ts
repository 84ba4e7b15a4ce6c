import { shapeReport, type ShapeReport } from '../execute/meaning/shapeFindings';
import { operatorName, type Graph, type Model, type Operator } from '../model/model';
import type { FaultOutcome } from './fault';
import { faultsOf } from './faults';
import { newestReference, type KernelsInUse } from './kernelsInUse';
import { shapeTexts } from './shapeMessage';

/** An operator at which a board that takes the model answers otherwise than the file means. */
interface WrongAnswer {
  readonly graph: Graph;
  readonly operator: Operator;
  /** `shape-contradiction`, or the id of a known fault. */
  readonly id: string;
  readonly kind: 'shape' | 'fault';
  readonly outcome: FaultOutcome;
  /** Complete sentences that end with what to do. */
  readonly message: string;
  /** The message without the next step. */
  readonly effect: string;
  /** True where other versions of the kernels do not have the fault. */
  readonly ofVersion?: boolean;
  /** It hangs on scales and zero points that calibration gives. */
  readonly isOfRanges?: true;
}

const reports = new WeakMap<Model, ShapeReport>();

/** `shapeReport`, worked out once for each model in memory. */
function shapesOf(model: Model): ShapeReport {
  const known = reports.get(model) ?? shapeReport(model);
  reports.set(model, known);
  return known;
}

/**
 * Where a board answers otherwise than the file means though it takes the model, in the order of the file: the shapes
 * that it believes are not those that the operators make, or a kernel has a known fault.
 */
export function wrongAnswers(model: Model, use: KernelsInUse = newestReference): readonly WrongAnswer[] {
  return [...wrongShapes(model), ...knownFaults(model, use)];
}

export function wrongShapes(model: Model): readonly WrongAnswer[] {
  return shapesOf(model).findings.map((finding) => {
    const { effect, remedy } = shapeTexts(finding);
    return {
      ...{ graph: finding.graph, operator: finding.operator },
      ...{ id: 'shape-contradiction', kind: 'shape', outcome: 'wrong' },
      ...{ message: `${effect} ${remedy}`, effect },
    };
  });
}

/** The known faults that a model meets in the kernels of a firmware. */
export function knownFaults(model: Model, use: KernelsInUse = newestReference): readonly WrongAnswer[] {
  return model.graphs.flatMap((graph) =>
    graph.operators.flatMap((operator) =>
      faultsOf(operator, graph, use).map((fault): WrongAnswer => {
        const end = ends[fault.outcome];
        const effect = `${operatorName(operator)}: ${fault.effect.replace(/\.$/, '')}: ${end}.`;
        const texts = { effect, message: `${effect} ${fault.remedy}` };
        const ofVersion = fault.affected.until !== undefined || fault.affected.espNn !== undefined;
        return {
          graph,
          operator,
          id: fault.id,
          kind: 'fault',
          outcome: fault.outcome,
          ...texts,
          ofVersion,
          isOfRanges: fault.isOfRanges,
        };
      }),
    ),
  );
}

/** What follows of each outcome. */
const ends: Readonly<Record<FaultOutcome, string>> = {
  wrong: 'the board answers wrongly, without a word',
  'wrong-values': 'the board answers wrongly for some inputs, without a word',
  'refuses-values': 'the board gives no answer then',
  refused: 'AllocateTensors() fails',
  crashes: 'AllocateTensors() does not return',
  overruns: 'other tensors are overwritten, and the board answers wrongly, without a word',
  slow: 'the board answers rightly, and takes long',
};
