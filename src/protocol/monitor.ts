import type { SearchPattern } from '../core/serial/historySearch';
import type { LineEnding, PortSettings, SignalSettings } from './serialPort';
import type {
  EventCard,
  Extent,
  Filter,
  HighlightRule,
  MonitorLine,
  MonitorState,
  PlotPart,
  PortList,
  RowMatch,
  TabDisplay,
  TabId,
  TabState,
  TimedHexRow,
} from './monitorState';

/**
 * The serial monitor's page and its host.
 *
 * The host owns everything; the page shows. On `ready`, and whenever a hidden page is shown again, the host sends the
 * whole `state`; after that only what changes, at most some thirty times a second, and only while the page is visible.
 * A *tab* is one port. Lines, bytes and points stay on a thread of their own: the page asks for the window it draws
 * (`lines`, `hexRows`) and is told of growth by `grown`.
 *
 * **Lines and rows.** A *line* has a number that never changes; old ones are dropped, so that numbers do not begin at
 * 0. A *row* is a place in what is shown: without a filter it is the line's number, with one it counts the lines that
 *   pass. Every change of what the rows mean (filter, clear) raises `generation`; replies of an older one are to be
 *   dropped.
 */
export interface FromMonitorPageDirection {
  readonly messages: FromMonitorPage;
  readonly replies: MonitorReplies;
}

export interface ToMonitorPageDirection {
  readonly messages: ToMonitorPage;
  readonly replies: object;
}

/**
 * Webview to host. Those in {@link MonitorReplies} are requests, and fail with a sentence for people; the others want
 * no reply.
 */
export type FromMonitorPage =
  /** The page runs and listens: the host answers with `state`. */
  | { readonly type: 'ready' }
  /** Looks for ports again; the answer is `ports`. */
  | { readonly type: 'refreshPorts' }
  /** Opens a port, in the tab that has this address already or else in a new one, which becomes the chosen one. */
  | { readonly type: 'connect'; readonly address: string; readonly settings: PortSettings }
  | { readonly type: 'chooseTab'; readonly tab: TabId }
  /** Disconnects and forgets the tab with its history; a log that runs is finished first. */
  | { readonly type: 'closeTab'; readonly tab: TabId }
  /** Closes the port; the history stays. */
  | { readonly type: 'disconnect'; readonly tab: TabId }
  /** Opens the tab's port again, with other settings where they are given. An open port takes over new settings too. */
  | { readonly type: 'reconnect'; readonly tab: TabId; readonly settings?: PortSettings }
  | { readonly type: 'setSignals'; readonly tab: TabId; readonly signals: SignalSettings }
  /** Pulls the reset line of the board as its preset says; fails where none is known. */
  | { readonly type: 'resetBoard'; readonly tab: TabId }
  /**
   * The board that the tab's port is taken for becomes the target of estimates (the command "Choose Board" with an
   * answer).
   */
  | { readonly type: 'chooseBoard'; readonly board: string }
  | { readonly type: 'sendText'; readonly tab: TabId; readonly text: string; readonly lineEnding: LineEnding }
  /** Bytes as people write them: `4d 57 0x31`. */
  | { readonly type: 'sendHex'; readonly tab: TabId; readonly text: string }
  /** The host asks for the file. Replies with what was sent; 0 when the user cancelled. */
  | { readonly type: 'sendFile'; readonly tab: TabId }
  /** Changes how the tab is shown; kept by the host, so that it survives the page. Absent keys stay as they are. */
  | { readonly type: 'setDisplay'; readonly tab: TabId; readonly display: Partial<TabDisplay> }
  /** Shows only lines that match. Without `pattern` all lines. Raises the generation. */
  | { readonly type: 'setFilter'; readonly tab: TabId; readonly filter?: Filter }
  /** Lines are marked by these rules, in every reply of `lines`. */
  | { readonly type: 'setHighlights'; readonly tab: TabId; readonly highlights: readonly HighlightRule[] }
  | { readonly type: 'lines'; readonly tab: TabId; readonly from: number; readonly to: number }
  /**
   * Rows of 16 bytes of all that was received, as it came, line ends too. Rows count from the first byte of the stream.
   */
  | { readonly type: 'hexRows'; readonly tab: TabId; readonly from: number; readonly to: number }
  | SearchMessage
  /**
   * Copies rows as plain text to the clipboard, as they are shown (with times where those are shown). All rows without
   * a range.
   */
  | { readonly type: 'copy'; readonly tab: TabId; readonly from?: number; readonly to?: number }
  /** Empties history, plot and events; a log that runs goes on. */
  | { readonly type: 'clear'; readonly tab: TabId }
  /** Starts a log; the host asks for the file where `ask`, else it is made in the folder of the settings. */
  | { readonly type: 'startLog'; readonly tab: TabId; readonly timestamps: boolean; readonly ask: boolean }
  | { readonly type: 'stopLog'; readonly tab: TabId }
  /** Shows the log's file in an editor. */
  | { readonly type: 'openLog'; readonly tab: TabId }
  /** Saves what is shown now, byte by byte as received, to a file that the host asks for. */
  | { readonly type: 'saveHistory'; readonly tab: TabId }
  /** Everything plotted, as CSV, to a file that the host asks for. */
  | { readonly type: 'exportPlotCsv'; readonly tab: TabId }
  /** A picture that the page drew; the host asks for the file. */
  | { readonly type: 'exportPlotPng'; readonly tab: TabId; readonly png: Uint8Array }
  /** Runs what a card of the events offers. */
  | { readonly type: 'runEventAction'; readonly tab: TabId; readonly event: number; readonly action: number }
  /** Runs a command of the extension; nothing else can be run from the page. */
  | { readonly type: 'runCommand'; readonly command: MonitorCommand };

export type MonitorCommand = 'releasePort' | 'takeBackPort' | 'calibrate' | 'addProfiler' | 'openSettings' | 'showLog';

/** Replies to the requests of {@link FromMonitorPage}. The others of them are notices. */
export interface MonitorReplies {
  readonly connect: Done;
  readonly reconnect: Done;
  readonly setSignals: Done;
  readonly resetBoard: Done;
  readonly sendText: SentReply;
  readonly sendHex: SentReply;
  readonly sendFile: SentReply;
  readonly setFilter: Done;
  readonly setHighlights: Done;
  readonly lines: LinesReply;
  readonly hexRows: HexReply;
  readonly search: SearchReply;
  readonly copy: CopyReply;
  readonly startLog: Done;
  readonly saveHistory: Done;
  readonly exportPlotCsv: Done;
  readonly exportPlotPng: Done;
  readonly runEventAction: Done;
}

/** Host to webview: all are notices. */
export type ToMonitorPage =
  /** Replaces everything that is shown. */
  | { readonly type: 'state'; readonly state: MonitorState }
  | { readonly type: 'ports'; readonly ports: PortList }
  /** Replaces one tab, or adds it: connection, settings, display, log. Not its lines, points or events. */
  | { readonly type: 'tab'; readonly tab: TabState }
  | { readonly type: 'tabClosed'; readonly tab: TabId }
  | { readonly type: 'tabChosen'; readonly tab?: TabId }
  /** More (or fewer) rows, bytes, rates. Of the chosen tab often, of the others once a second. */
  | { readonly type: 'grown'; readonly tab: TabId; readonly extent: Extent }
  /** New events of the firmware, in order; one with a known id takes the place of that. */
  | { readonly type: 'events'; readonly tab: TabId; readonly events: readonly EventCard[] }
  /**
   * Points to add, of the chosen tab while its view is `plot`. Sent whole (`isWhole`) when that begins, after `clear`,
   * and on `ready`.
   */
  | PlotMessage
  /** Something went wrong that is no request's failure: a complete sentence. */
  | { readonly type: 'notice'; readonly message: string }
  /** Runs a key of the editor in the page: the panel's commands are reachable by keyboard through it. */
  | { readonly type: 'focus'; readonly target: 'input' | 'search' | 'ports' | 'lines' };

export interface LinesReply {
  readonly generation: number;
  /** Those of the asked rows that are still there, in order. At most 2,000. */
  readonly lines: readonly MonitorLine[];
  /** When the stream began: what relative times count from. */
  readonly startMs: number;
}

export interface HexReply {
  /** At most 4,000. */
  readonly rows: readonly TimedHexRow[];
  readonly startMs: number;
}

/**
 * Looks for the next matches from a row (that row included) in the rows that are shown; off this thread, cancellable.
 */
export interface SearchMessage {
  readonly type: 'search';
  readonly tab: TabId;
  readonly pattern: SearchPattern;
  readonly fromRow: number;
  readonly direction: 'forward' | 'backward';
  /** 1 for "find next"; more to list or count. At most 10,000 are given. */
  readonly maximumMatches: number;
}

export interface SearchReply {
  readonly generation: number;
  /** In the order in which they were found. Columns are those of the text of all spans together. */
  readonly matches: readonly RowMatch[];
  /** True where there may be more beyond the last. */
  readonly hasMore: boolean;
}

export interface CopyReply {
  readonly lines: number;
  /** Said to the user where not all could be copied. */
  readonly notice?: string;
}

export interface SentReply {
  readonly bytes: number;
}

/** A request without an answer of its own: done, or failed. */
export interface Done {
  readonly type: 'done';
}

export interface PlotMessage {
  readonly type: 'plot';
  readonly tab: TabId;
  /** True: replaces all points. False: `series` add to what the page has. */
  readonly isWhole: boolean;
  readonly series: readonly PlotPart[];
}
