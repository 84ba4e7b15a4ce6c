import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { openFile } from '../files/opening';

const run = promisify(execFile);
const timeoutMs = 10_000;
const mostAddresses = 256;

/** `e_machine` of an ELF file (System V ABI), and the toolchains' programs for it, the usual first. */
const programs: Readonly<Record<number, readonly string[]>> = {
  40: ['arm-none-eabi-addr2line', 'arm-zephyr-eabi-addr2line'],
  94: ['xtensa-esp-elf-addr2line', 'xtensa-esp32-elf-addr2line', 'xtensa-esp32s3-elf-addr2line'],
  243: ['riscv32-esp-elf-addr2line', 'riscv64-zephyr-elf-addr2line', 'riscv64-unknown-elf-addr2line'],
};
/** Those that read every machine's files. */
const anyMachine = ['llvm-addr2line', 'addr2line'];

/** All programs that are tried. */
export const addressPrograms: readonly string[] = [...Object.values(programs).flat(), ...anyMachine];

interface AddressRequest {
  readonly elf: string;
  readonly addresses: readonly number[];
  /** A program to use in place of those on the path. */
  readonly program?: string;
}

/**
 * Places in the source, by address: `conv (conv.c:41)`. Empty where the file or the program is missing; never fails.
 */
export async function sourcePlaces({ elf, addresses, program }: AddressRequest): Promise<ReadonlyMap<number, string>> {
  const wanted = [...new Set(addresses)].slice(0, mostAddresses);
  const machine = wanted.length === 0 ? undefined : await machineOf(elf);
  if (machine === undefined) return new Map();
  const candidates = program === undefined ? [...(programs[machine] ?? []), ...anyMachine] : [program];
  // Code of Thumb has the lowest bit of its address set where it is a return address or a pointer.
  const asked = wanted.map((address) => (machine === 40 ? address - (address % 2) : address));
  for (const candidate of candidates) {
    try {
      const options = ['-e', elf, '-f', '-C', ...asked.map((address) => `0x${address.toString(16)}`)];
      const { stdout } = await run(candidate, options, { timeout: timeoutMs, windowsHide: true });
      const places = placesOf(stdout);
      return new Map(
        wanted.flatMap((address, index) => (places[index] === undefined ? [] : [[address, places[index]] as const])),
      );
    } catch {
      // Not installed, or it cannot read this file: the next one may.
    }
  }
  return new Map();
}

/** Two lines an address: function, then file and line; question marks where nothing is known. */
export function placesOf(output: string): readonly (string | undefined)[] {
  const lines = output.split(/\r?\n/);
  return Array.from({ length: lines.length >> 1 }, (_, index) => {
    const [name, place] = lines.slice(2 * index, 2 * index + 2);
    const [, file, line] = /^(.*):(\d+|\?)(?: \(discriminator \d+\))?$/.exec(place) ?? [];
    const isPlaceKnown = file !== undefined && file !== '??' && line !== '?' && line !== '0';
    const where = isPlaceKnown ? `${file.split(/[\\/]/).at(-1)}:${line}` : undefined;
    if (name === '??') return where;
    return where === undefined ? name : `${name} (${where})`;
  });
}

async function machineOf(elf: string): Promise<number | undefined> {
  if (!path.isAbsolute(elf)) return undefined;
  try {
    const file = await openFile(elf);
    try {
      const header = Buffer.alloc(20);
      const { bytesRead } = await file.read(header, 0, header.length, 0);
      const isElf = bytesRead === header.length && header.readUInt32BE(0) === 0x7f454c46;
      return isElf ? header.readUInt16LE(18) : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
