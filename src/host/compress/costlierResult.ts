import type { Proof } from '../../core/compress/proof';
import { worseResultText } from '../../core/compress/worseCosts';

/** Asks in a dialog that has to be answered; gives the button that was taken. */
type Ask = (message: string, detail: string, button: string) => PromiseLike<string | undefined>;

/** Whether a result is to be written: where it costs more than its source, or no board runs it, a person says so. */
export async function isWanted(proof: Proof, ask: Ask): Promise<boolean> {
  const detail = worseResultText(proof);
  if (detail === undefined) return true;
  const write = 'Write Anyway';
  return (await ask('Write the result?', detail, write)) === write;
}
