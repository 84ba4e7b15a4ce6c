import { HumanError } from '../core/model/problem';
import type { SerialSource } from './source';
import { replaySource } from './sources/replay';
import { rfc2217Source } from './sources/rfc2217';
import { serialPortSource } from './sources/serialPort';
import { socketSource } from './sources/socket';

/**
 * Everything that can be listened to. A new one: one file in `sources/`, one line here. The first that matches an
 * address has it.
 */
const sources: readonly SerialSource[] = [socketSource, rfc2217Source, replaySource, serialPortSource];

/** The source of an address. @throws {HumanError} where no source takes it. */
export function sourceOf(address: string, among: readonly SerialSource[] = sources): SerialSource {
  const found = among.find((source) => source.matches(address));
  if (found !== undefined) return found;
  const forms = among.map(({ addressForm }) => addressForm).join(', ');
  throw new HumanError('port-address', `"${address}" names no port. Use one of these forms: ${forms}.`);
}
