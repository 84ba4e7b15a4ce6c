import { readdir, readlink, realpath, stat } from 'node:fs/promises';

import { readFile } from '../files/reading';

/** A program that has a port open. */
export interface PortHolder {
  readonly processId: number;
  readonly name: string;
}

/**
 * The programs that have a port open, as far as Linux tells: `/proc/*\/fd` shows those of one's own account (all of
 * them to root). Elsewhere, and of other accounts, none are known.
 */
export async function portHolders(path: string): Promise<readonly PortHolder[]> {
  try {
    const target = await realpath(path);
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const found = await Promise.all(processes.map((id) => holderOf(id, target)));
    return found.filter((holder) => holder !== undefined);
  } catch {
    return [];
  }
}

async function holderOf(id: string, target: string): Promise<PortHolder | undefined> {
  try {
    for (const descriptor of await readdir(`/proc/${id}/fd`)) {
      const file = await readlink(`/proc/${id}/fd/${descriptor}`).catch(() => '');
      if (file === target) return { processId: Number(id), name: await nameOf(id) };
    }
  } catch {
    // The process ended meanwhile, or belongs to somebody else.
  }
  return undefined;
}

async function nameOf(id: string): Promise<string> {
  return (await textOf(`/proc/${id}/comm`)).trim() || 'a program';
}

/** What the system writes of programs and groups is short. */
async function textOf(path: string): Promise<string> {
  return new TextDecoder().decode(await readFile(path, { mostBytes: 4 * 1024 * 1024 }));
}

/** Name of the group that a port belongs to; nothing where it cannot be known. */
export async function groupOf(path: string): Promise<string | undefined> {
  try {
    const { gid } = await stat(path);
    const lines = (await textOf('/etc/group')).split('\n').map((line) => line.split(':'));
    return lines.find((fields) => Number(fields[2]) === gid)?.[0];
  } catch {
    return undefined;
  }
}
