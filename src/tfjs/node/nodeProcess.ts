import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunOptions } from '../../core/execute/floatEngine';
import { HumanError } from '../../core/model/problem';
import type { Model } from '../../core/model/model';
import type { FromChild, RunAnswer, ToChild } from './messages';

/** Thrown to those who wait when the process has ended. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}

type Request = ToChild extends infer Message ? (Message extends { id: number } ? Omit<Message, 'id'> : never) : never;

interface Pending {
  readonly resolve: (value: number | RunAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** The build puts the script beside the bundles; run from the sources, it is the source. */
function script(): string {
  const built = join(__dirname, 'tfjsNode.js');
  return existsSync(built) ? built : join(__dirname, 'child.ts');
}

/**
 * A process with TensorFlow.js for Node in it. It keeps the program that started it running only while that waits for
 * an answer.
 */
export class NodeProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #last = 0;
  #ended: ProcessEnded | undefined;
  #isDisposed = false;

  private constructor(child: ChildProcess, name: string) {
    this.#child = child;
    this.name = name;
    child.on('message', (message: FromChild) => this.#hear(message));
    child.on('exit', (code, signal) => this.#end(signal ?? `code ${code}`));
    child.on('error', (error) => this.#end(error.message));
    this.#hold(false);
  }

  /**
   * Starts the process with the library in `folder`. @throws ProcessEnded with the reason where it cannot be loaded.
   */
  static start(folder: string): Promise<NodeProcess> {
    const child = fork(script(), [folder], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', ELECTRON_RUN_AS_NODE: '1' },
    });
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => {
        child.kill('SIGKILL');
        reject(new ProcessEnded(reason));
      };
      child.once('error', (error) => fail(error.message));
      child.once('exit', (code, signal) => fail(`the process ended with ${signal ?? `code ${code}`}`));
      child.once('message', (message: FromChild) => {
        child.removeAllListeners();
        if (message.type === 'ready') resolve(new NodeProcess(child, message.name));
        else fail(message.type === 'unavailable' ? message.message : 'it answered something else');
      });
    });
  }

  async load(model: Model): Promise<number> {
    return (await this.#ask({ type: 'load', model })) as number;
  }

  /** Stopped by the signal it ends the whole process: native code hears nothing. */
  async run(
    program: number,
    { inputs, samples, observed }: Omit<Extract<ToChild, { type: 'run' }>, 'type' | 'id' | 'program'>,
    { signal }: RunOptions = {},
  ): Promise<ReadonlyMap<number, Float32Array>> {
    // Asked, not listened to: a signal in shared memory dispatches nothing.
    const watch = setInterval(() => {
      if (signal?.aborted === true) this.dispose();
    }, askedEveryMs);
    try {
      signal?.throwIfAborted();
      return new Map((await this.#ask({ type: 'run', program, inputs, samples, observed })) as RunAnswer);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearInterval(watch);
    }
  }

  forget(program: number): void {
    if (this.#ended === undefined) this.#ask({ type: 'dispose', program }).catch(() => undefined);
  }

  /** True once the process was ended on purpose. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#child.kill('SIGKILL');
  }

  #ask(request: Request): Promise<number | RunAnswer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = ++this.#last;
    this.#hold(true);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#child.send({ ...request, id }, (error) => {
        if (error !== null) this.#end(error.message);
      });
    });
  }

  #hear(message: FromChild): void {
    if (message.type !== 'answer' && message.type !== 'failure') return;
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#hold(false);
    if (message.type === 'answer') pending?.resolve(message.value);
    else
      pending?.reject(
        message.code === undefined ? new Error(message.message) : new HumanError(message.code, message.message),
      );
  }

  #end(reason: string): void {
    this.#ended ??= new ProcessEnded(`the process ended with ${reason}`);
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
    this.#hold(false);
  }

  #hold(isHeld: boolean): void {
    const how = isHeld ? 'ref' : 'unref';
    this.#child[how]();
    this.#child.channel?.[how]();
  }
}

const askedEveryMs = 100;
