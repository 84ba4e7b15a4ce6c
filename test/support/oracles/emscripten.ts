import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { OracleError } from './oracle';

/** What every instance of an Emscripten module has. */
export interface EmscriptenModule {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

/** An instance together with what it has printed since it was taken. */
export interface Instance<Module extends EmscriptenModule> {
  readonly module: Module;
  readonly printed: string[];
}

/** Instances of one module. Making one takes some 20 ms and 30 MB, so that one which has done no wrong serves again. */
export interface InstancePool<Module extends EmscriptenModule> {
  take(): Promise<Instance<Module>>;
  /** For an instance whose memory has been freed; one that has trapped must not come back. */
  giveBack(instance: Instance<Module>): void;
}

type Factory<Module> = (options: object) => Promise<Module>;

/**
 * The part of the global WebAssembly that is needed: Node's types leave it to those of the DOM, which tests do without.
 */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

const { WebAssembly: webAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/**
 * Instances of an Emscripten module given by its loader (`path` below `node_modules`, ending in `.js`) with the `.wasm`
 * beside it. The loader is a CommonJS script within a package that says it is not one: so it is compiled by hand.
 */
export function instancePool<Module extends EmscriptenModule>(path: string): InstancePool<Module> {
  const loader = `${modules}${path}`;
  const idle: Instance<Module>[] = [];
  let compiled: { readonly wasm: object; readonly factory: Factory<Module> } | undefined;
  return {
    async take() {
      compiled ??= {
        wasm: new webAssembly.Module(readFileSync(loader.replace(/\.js$/, '.wasm'))),
        factory: load(loader),
      };
      const instance = idle.pop() ?? (await instantiate(compiled.wasm, compiled.factory));
      instance.printed.length = 0;
      return instance;
    },
    giveBack: (instance) => void idle.push(instance),
  };
}

function load<Module>(path: string): Factory<Module> {
  const script = { exports: {} };
  const parameters = ['exports', 'module', 'require', '__filename', '__dirname'];
  const run = compileFunction(readFileSync(path, 'utf8'), parameters, { filename: path }) as (
    ...args: unknown[]
  ) => void;
  run(script.exports, script, createRequire(path), path, dirname(path));
  return script.exports as Factory<Module>;
}

async function instantiate<Module extends EmscriptenModule>(
  wasm: object,
  factory: Factory<Module>,
): Promise<Instance<Module>> {
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  const module = await withoutProcessHandlers(() =>
    factory({
      print,
      printErr: print,
      instantiateWasm(imports: object, done: (instance: object) => void) {
        const instance = new webAssembly.Instance(wasm, imports);
        done(instance);
        return instance.exports;
      },
    }),
  );
  return { module, printed };
}

/** Some builds install handlers that end the whole process at any uncaught error: they are taken off again. */
async function withoutProcessHandlers<Result>(start: () => Promise<Result>): Promise<Result> {
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = new Set(events.flatMap((event) => process.listeners(event as NodeJS.Signals)));
  const result = await start();
  for (const event of events) {
    for (const listener of process.listeners(event as NodeJS.Signals)) {
      if (!before.has(listener)) process.removeListener(event, listener);
    }
  }
  return result;
}

/** Copies `bytes` into the heap of `module`; the caller frees the pointer. */
export function copyToHeap(module: EmscriptenModule, bytes: Uint8Array): number {
  const pointer = module._malloc(bytes.byteLength);
  if (pointer === 0) throw new OracleError(`The oracle has no memory for ${bytes.byteLength} bytes.`);
  module.HEAPU8.set(bytes, pointer);
  return pointer;
}

/** The lines with which the runtime explained a failure, without its chatter. */
export function complaints(printed: readonly string[]): string {
  return printed.filter((line) => line.startsWith('ERROR')).join(' ');
}
