import type { Direction, Handlers } from '../../src/protocol/rpc';
import { Rpc } from '../../src/protocol/rpc';

/** The page's end of the boundary to the extension host. */
export interface HostEnd<Out extends Direction, In extends Direction> {
  readonly rpc: Rpc<Out, In>;
  /** What the page kept when it was last hidden. */
  readonly kept: unknown;
  keep(state: unknown): void;
}

/** Connects the page to its host; call once. */
export function connectHost<Out extends Direction, In extends Direction>(handlers: Handlers<In>): HostEnd<Out, In> {
  const api = acquireVsCodeApi();
  const rpc = new Rpc<Out, In>({ post: (envelope) => api.postMessage(envelope) }, handlers);
  window.addEventListener('message', (event: MessageEvent<unknown>) => rpc.receive(event.data));
  return { rpc, kept: api.getState(), keep: (state) => api.setState(state) };
}
