import { HumanError } from '../core/model/problem';

/** What travels over a boundary: told apart by its `type`. */
interface Message {
  readonly type: string;
}

/** One direction of a boundary: its messages, and the replies to those that are requests, by `type`. */
export interface Direction {
  readonly messages: Message;
  readonly replies: object;
}

/** The other side, as far as it can be written to. Buffers in `transfer` are moved where the port can move them. */
interface Port {
  post(envelope: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Told of the failure of a handler whose message wants no reply, so that it is not lost. */
  noticeFailed?(error: Error): void;
}

/** What a handler knows of the request it serves. */
export interface Call {
  /** Aborted when the asking side no longer wants the reply. */
  readonly signal: AbortSignal;
}

/** What a message without a reply "replies". */
type Nothing = undefined;
type ReplyTo<Replies, Type> = Type extends keyof Replies ? Replies[Type] : Nothing;
type MessageOf<Messages, Type> = Extract<Messages, { readonly type: Type }>;

/** One function for every message of a direction: a forgotten one does not compile. */
export type Handlers<In extends Direction> = {
  readonly [Type in In['messages']['type']]: (
    message: MessageOf<In['messages'], Type>,
    call: Call,
  ) => HandlerResult<ReplyTo<In['replies'], Type>>;
};

type HandlerResult<Reply> = [Reply] extends [Nothing] ? unknown : Reply | Promise<Reply>;

interface RequestOptions {
  /** Aborting rejects the request at once with a `CancelledError` and tells the other side. */
  readonly signal?: AbortSignal;
  readonly transfer?: readonly ArrayBuffer[];
}

/** The asking side withdrew its request. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('The request was cancelled.');
  }
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

interface Failure {
  readonly message: string;
  /** Present for failures that are meant for people. */
  readonly code?: string;
  readonly stack?: string;
  readonly cancelled?: boolean;
}

type Envelope =
  | { readonly rpc: 'notice'; readonly message: Message }
  | { readonly rpc: 'request'; readonly id: number; readonly message: Message }
  | { readonly rpc: 'cancel'; readonly id: number }
  | { readonly rpc: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly rpc: 'failure'; readonly id: number; readonly failure: Failure };

/**
 * One end of a boundary between two sides that exchange messages: host and webview, host and worker. Requests are
 * answered or fail, in whatever way the other side ends: its owner calls `close` on exit and dispose.
 */
export class Rpc<Out extends Direction, In extends Direction> {
  readonly #port: Port;
  readonly #handlers: Handlers<In>;
  readonly #pending = new Map<number, Pending>();
  readonly #serving = new Map<number, AbortController>();
  #nextId = 1;
  #closed?: Error;

  constructor(port: Port, handlers: Handlers<In>) {
    this.#port = port;
    this.#handlers = handlers;
  }

  /** Number of requests that await their reply. */
  get pendingCount(): number {
    return this.#pending.size;
  }

  /** Sends a message that wants no reply. Silently nothing once closed. */
  notify(message: Out['messages']): void {
    if (this.#closed === undefined) this.#post({ rpc: 'notice', message });
  }

  /**
   * Sends a request and gives its reply. @throws what the handler threw, `CancelledError`, or the reason of `close`.
   */
  request<Type extends Out['messages']['type']>(
    message: MessageOf<Out['messages'], Type> & { readonly type: Type },
    options: RequestOptions = {},
  ): Promise<ReplyTo<Out['replies'], Type>> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (options.signal?.aborted) return Promise.reject(new CancelledError());
    const id = this.#nextId++;
    return new Promise<ReplyTo<Out['replies'], Type>>((resolve, reject) => {
      const onAbort = (): void => {
        this.#settle(id)?.reject(new CancelledError());
        this.#post({ rpc: 'cancel', id });
      };
      const unhook = (): void => options.signal?.removeEventListener('abort', onAbort);
      this.#pending.set(id, {
        resolve: (value) => {
          unhook();
          resolve(value);
        },
        reject: (error) => {
          unhook();
          reject(error);
        },
      });
      options.signal?.addEventListener('abort', onAbort);
      try {
        this.#post({ rpc: 'request', id, message }, options.transfer);
      } catch (error) {
        this.#settle(id)?.reject(asError(error));
      }
    });
  }

  /** Takes what arrived from the other side; anything that is no envelope is ignored. */
  receive(data: unknown): void {
    if (this.#closed || !isEnvelope(data)) return;
    switch (data.rpc) {
      case 'notice':
        void this.#handle(data.message, new AbortController().signal).catch((error: unknown) =>
          this.#port.noticeFailed?.(asError(error)),
        );
        return;
      case 'request':
        void this.#serve(data.id, data.message);
        return;
      case 'cancel':
        this.#serving.get(data.id)?.abort();
        return;
      case 'reply':
        this.#settle(data.id)?.resolve(data.value as never);
        return;
      case 'failure':
        this.#settle(data.id)?.reject(thrownFrom(data.failure));
        return;
    }
  }

  /** Ends this side: every pending request is rejected with `reason`, what is being served is told to stop. */
  close(reason: Error): void {
    if (this.#closed) return;
    this.#closed = reason;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(reason);
    for (const controller of this.#serving.values()) controller.abort();
    this.#serving.clear();
  }

  async #serve(id: number, message: Message): Promise<void> {
    const controller = new AbortController();
    this.#serving.set(id, controller);
    try {
      const value = await this.#handle(message, controller.signal);
      if (!this.#closed) this.#post({ rpc: 'reply', id, value });
    } catch (error) {
      if (!this.#closed) this.#post({ rpc: 'failure', id, failure: failureFrom(error) });
    } finally {
      this.#serving.delete(id);
    }
  }

  async #handle(message: Message, signal: AbortSignal): Promise<unknown> {
    if (!isMessage(message)) throw new Error('A message came without a type.');
    const handlers: Readonly<Record<string, unknown>> = this.#handlers;
    const handler = Object.hasOwn(handlers, message.type) ? handlers[message.type] : undefined;
    if (typeof handler !== 'function') throw new Error(`No handler for the message "${message.type}".`);
    return await (handler as (message: Message, call: Call) => unknown)(message, { signal });
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #post(envelope: Envelope, transfer?: readonly ArrayBuffer[]): void {
    this.#port.post(envelope, transfer);
  }
}

/** What the other side may send, whatever it is, must not throw here: an error in `receive` ends a thread. */
function isEnvelope(data: unknown): data is Envelope {
  if (typeof data !== 'object' || data === null) return false;
  const { rpc, id, failure } = data as { readonly rpc?: unknown; readonly id?: unknown; readonly failure?: unknown };
  return rpc === 'notice' || (Number.isSafeInteger(id) && (rpc !== 'failure' || isFailure(failure)));
}

function isFailure(failure: unknown): failure is Failure {
  return typeof failure === 'object' && failure !== null && 'message' in failure && typeof failure.message === 'string';
}

function isMessage(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'type' in message && typeof message.type === 'string';
}

function failureFrom(thrown: unknown): Failure {
  const error = asError(thrown);
  if (error instanceof HumanError) return { message: error.message, code: error.code };
  if (error instanceof CancelledError) return { message: error.message, cancelled: true };
  return { message: error.message, stack: error.stack };
}

function thrownFrom(failure: Failure): Error {
  if (failure.cancelled) return new CancelledError();
  if (failure.code !== undefined) return new HumanError(failure.code, failure.message);
  const error = new Error(failure.message);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
