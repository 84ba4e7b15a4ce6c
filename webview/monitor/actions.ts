import type { FromMonitorPage, MonitorReplies } from '../../src/protocol/monitor';
import type { TabDisplay } from '../../src/protocol/monitorState';
import type { PlotEvent } from './plot/store';
import type { PageEvent, PageState, Pane } from './store';

export type RequestType = keyof MonitorReplies;
export type RequestOf<Type extends RequestType> = Extract<FromMonitorPage, { readonly type: Type }>;
/** Messages that want no reply. */
type Told = Exclude<FromMonitorPage, { readonly type: RequestType }>;

/** What the views may do. */
export interface Actions {
  readonly state: () => PageState;
  readonly dispatch: (event: PageEvent) => void;
  readonly plot: (event: PlotEvent) => void;
  readonly tell: (message: Told) => void;
  /** A request to the host. A failure is shown to the user and gives `undefined`. */
  readonly ask: <Type extends RequestType>(message: RequestOf<Type>) => Promise<MonitorReplies[Type] | undefined>;
  /** Changes the chosen tab's display at once and tells the host, who keeps it. */
  readonly display: (display: Partial<TabDisplay>) => void;
  readonly pane: (pane: Pane) => void;
  readonly send: () => void;
  readonly find: (direction: 'forward' | 'backward') => void;
  readonly copyRows: (rows?: { readonly from: number; readonly to: number }) => void;
  /** Brings a row of the text into view. */
  readonly reveal: (row: number) => void;
  /** A request, then a sentence for the user. */
  readonly savePicture: () => void;
}
