import { minimised } from './minimise';
import { stages } from './stages';
import { tryStage, type Taken } from './tryStage';

/** What a child tells of its inputs. */
export type ChildMessage =
  | { readonly type: 'done' }
  | { readonly type: 'begun'; readonly stage: string; readonly seed: number }
  | { readonly type: 'tried'; readonly stage: string; readonly seed: number; readonly taken: Taken }
  | { readonly type: 'failed'; readonly stage: string; readonly seed: number; readonly what: string };

/** Which inputs a child tries: some seeds of a stage. */
export interface ChildWork {
  readonly stage: string;
  readonly seed: number;
  readonly count: number;
}

const send = (message: ChildMessage): void => void process.send?.(message);

async function work({ stage: name, seed: first, count }: ChildWork): Promise<void> {
  const stage = stages.find((each) => each.name === name);
  if (stage === undefined) throw new Error(`There is no stage "${name}".`);
  for (let seed = first; seed < first + count; seed++) {
    send({ type: 'begun', stage: name, seed });
    const taken = await tryStage(stage, stage.source(seed).bytes);
    send({ type: 'tried', stage: name, seed, taken });
    if (taken.failure === undefined) continue;
    const kind = kindOf(taken.failure);
    const fails = async (bytes: Uint8Array): Promise<boolean> => {
      return kindOf((await tryStage(stage, bytes)).failure ?? '') === kind;
    };
    const { bytes, changes } = await minimised(stage.source, seed, fails);
    const hex = Buffer.from(bytes).toString('base64').slice(0, 1200);
    send({
      type: 'failed',
      stage: name,
      seed,
      what: `${taken.failure}\n  ${bytes.length} bytes of ${changes.join(', ')}: ${hex}`,
    });
  }
}

/** Failures of one kind have the same first line without its numbers, and are thrown at the same place. */
function kindOf(failure: string): string {
  const [message, place = ''] = failure.split('\n');
  return `${message.replace(/\d+/g, '0')} ${place}`;
}

process.on('message', (message) => {
  // What was told has to be on its way before the end.
  void work(message as ChildWork).then(() => process.send?.({ type: 'done' }, () => process.exit(0)));
});
