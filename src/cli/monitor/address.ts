import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a port is called to the sources: a log file, which is no device, is played as fast as it can be read. */
export function addressOf(typed: string): string {
  if (typed.includes('://') || !isFile(typed)) return typed;
  return `replay://${resolve(typed)}?speed=max`;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
