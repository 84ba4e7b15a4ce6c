import type { PlacedGroup } from '../core/serial/eventGroups';
import type { SearchPattern } from '../core/serial/historySearch';
import type { Done, HexReply, LinesReply, SearchReply } from './monitor';
import type { Extent, Filter, HighlightRule, PlotPart, TimestampMode } from './monitorState';

/** What belongs to one stream of bytes: a tab's, by its id. A stream begins with the first message that names it. */
interface OfStream {
  readonly stream: number;
}

/** Host to the monitor's thread. */
export interface ToMonitorWorker {
  readonly messages: MonitorWorkerMessage;
  readonly replies: {
    readonly lines: LinesReply;
    readonly hexRows: HexReply;
    readonly search: SearchReply;
    readonly setFilter: Done;
    readonly setHighlights: Done;
    readonly text: TextReply;
    readonly save: SavedReply;
    readonly plotCsv: SavedReply;
    readonly startLog: Done;
    readonly stopLog: Done;
    readonly settled: Done;
    readonly remove: Done;
  };
}

type MonitorWorkerMessage =
  /** Bytes that arrived; answered by `consumed` when they have been understood. */
  | (OfStream & { readonly type: 'received'; readonly bytes: Uint8Array; readonly timeMs: number })
  /** Text that was sent, to be shown among the lines. */
  | (OfStream & {
      readonly type: 'sent';
      readonly bytes: Uint8Array;
      readonly timeMs: number;
      readonly isShown: boolean;
    })
  /** The connection was lost or closed: an unfinished line ends here. */
  | (OfStream & { readonly type: 'interrupted'; readonly timeMs: number })
  /** Which of what changes is told: counts often or seldom, points or none. */
  | (OfStream & { readonly type: 'watch'; readonly isShown: boolean; readonly plots: boolean })
  | (OfStream & { readonly type: 'clear' })
  | (OfStream & { readonly type: 'lines'; readonly from: number; readonly to: number })
  | (OfStream & { readonly type: 'hexRows'; readonly from: number; readonly to: number })
  | (OfStream & { readonly type: 'setFilter'; readonly filter?: Filter })
  | (OfStream & { readonly type: 'setHighlights'; readonly highlights: readonly HighlightRule[] })
  | (OfStream & {
      readonly type: 'search';
      readonly pattern: SearchPattern;
      readonly fromRow: number;
      readonly direction: 'forward' | 'backward';
      readonly maximumMatches: number;
    })
  /** Rows as plain text. */
  | (OfStream & {
      readonly type: 'text';
      readonly from?: number;
      readonly to?: number;
      readonly timestamps: TimestampMode;
    })
  /** Writes what was received, as far as it is kept, to a file; with a filter, the lines that pass. */
  | (OfStream & { readonly type: 'save'; readonly path: string })
  | (OfStream & { readonly type: 'plotCsv'; readonly path: string })
  | (OfStream & {
      readonly type: 'startLog';
      readonly path: string;
      readonly timestamps: boolean;
      readonly rotateBytes: number;
      /** The thread that wrote it has ended: it goes on where that one stopped. */
      readonly goesOn?: boolean;
      /** Folders of which one must hold the log, links followed; absent: it may lie anywhere. */
      readonly within?: readonly string[];
    })
  | (OfStream & { readonly type: 'stopLog' })
  /** Answers when everything that was received before has been understood and its log is on disk. */
  | (OfStream & { readonly type: 'settled' })
  /** Ends the stream and its log. */
  | (OfStream & { readonly type: 'remove' });

export interface TextReply {
  readonly text: string;
  readonly lines: number;
  readonly isWhole: boolean;
}

export interface SavedReply {
  readonly bytes: number;
  /** False where the beginning is not kept any more. */
  readonly isWhole: boolean;
}

/**
 * The monitor's thread to the host: notices, and what was understood, of which the next part follows when one has been
 * dealt with.
 */
export interface FromMonitorWorker {
  readonly messages:
    | (OfStream & { readonly type: 'consumed'; readonly bytes: number })
    | (OfStream & { readonly type: 'grown'; readonly extent: Extent; readonly logBytes?: number })
    | (OfStream & { readonly type: 'heard'; readonly groups: readonly PlacedGroup[] })
    | (OfStream & { readonly type: 'plot'; readonly isWhole: boolean; readonly series: readonly PlotPart[] })
    /** The filter was taken off, since its expression took too long. */
    | (OfStream & { readonly type: 'filterFailed'; readonly message: string })
    /** A highlight was taken off, since its expression took too long. */
    | (OfStream & { readonly type: 'highlightDropped'; readonly highlight: HighlightRule; readonly message: string })
    /** The log ended by itself. */
    | (OfStream & { readonly type: 'logFailed'; readonly message: string })
    /** Something failed in one stream, or with one message: a fault of ours. All streams go on. */
    | { readonly type: 'faulted'; readonly message: string; readonly stack?: string };
  readonly replies: { readonly heard: Done };
}
