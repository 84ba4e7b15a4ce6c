import * as vscode from 'vscode';
import { sourcePlaces } from '../../serial/addr2line';

/** Names addresses of a crash by the firmware's ELF file, where a setting names it and the workspace is trusted. */
export class AddressResolver {
  readonly #settings: () => { readonly elf?: string; readonly addr2line?: string };

  constructor(settings: () => { readonly elf?: string; readonly addr2line?: string }) {
    this.#settings = settings;
  }

  async namesOf(addresses: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const { elf, addr2line } = this.#settings();
    // It starts a program on a file that the workspace may have brought.
    if (elf === undefined || addresses.length === 0 || !vscode.workspace.isTrusted) return new Map();
    return sourcePlaces({ elf, addresses, ...(addr2line === undefined ? {} : { program: addr2line }) });
  }
}
