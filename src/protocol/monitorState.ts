import type { StyledSpan } from '../core/serial/ansi';
import type { HexRow } from '../core/serial/hex';
import type { SearchPattern } from '../core/serial/historySearch';
import type { ConnectionState, LineEnding, PortSettings } from './serialPort';

/** Names a tab as long as the window lives. */
export type TabId = number;

export interface MonitorState {
  readonly ports: PortList;
  readonly tabs: readonly TabState[];
  /** Absent where there is no tab. */
  readonly chosenTab?: TabId;
  readonly extents: readonly { readonly tab: TabId; readonly extent: Extent }[];
  /** All events of all tabs that are still kept. */
  readonly events: readonly { readonly tab: TabId; readonly events: readonly EventCard[] }[];
  readonly defaults: ShownDefaults;
  /** Lines sent before, the newest last, of all tabs. */
  readonly inputHistory: readonly string[];
}

/** From the settings: what a new connection starts with. */
export interface ShownDefaults {
  readonly settings: PortSettings;
  /** What the list of baud rates offers; any other may be typed. */
  readonly baudRates: readonly number[];
  readonly timestamps: TimestampMode;
  readonly lineEnding: LineEnding;
}

export interface PortList {
  readonly ports: readonly PortCard[];
  /**
   * Why there are none, or why they cannot be listed: a complete sentence with what to do. A typed address works
   * nevertheless.
   */
  readonly notice?: string;
  /** True until the first look is done. */
  readonly isLooking: boolean;
}

/** A port of this machine. */
export interface PortCard {
  /** What `connect` takes: `/dev/ttyACM0`, `COM3`. */
  readonly address: string;
  /** What else is known: `Arduino LLC, serial number 1234`. */
  readonly detail?: string;
  /** Boards with the USB ids of this port, most likely first: of a serial bridge there are many. */
  readonly boards: readonly BoardCard[];
  /** The tab that has it. */
  readonly tab?: TabId;
  /** Settings that suit the recognised board (DTR, RTS), or those of the last time. */
  readonly settings: PortSettings;
}

export interface BoardCard {
  readonly id: string;
  readonly name: string;
}

export interface TabState {
  readonly id: TabId;
  /** As typed or chosen. */
  readonly address: string;
  /** Short: `ttyACM0`. */
  readonly title: string;
  readonly board?: BoardCard;
  readonly settings: PortSettings;
  readonly connection: ConnectionState;
  readonly display: TabDisplay;
  readonly filter?: Filter;
  readonly highlights: readonly HighlightRule[];
  /** Present while a log is written. */
  readonly log?: LogState;
  /** True where `resetBoard` can be done. */
  readonly canReset: boolean;
}

export type TimestampMode = 'off' | 'absolute' | 'relative' | 'delta';

export interface TabDisplay {
  readonly view: 'text' | 'plot' | 'hex';
  readonly timestamps: TimestampMode;
  /** New lines are followed. */
  readonly follow: boolean;
  /**
   * Rows after this one are not shown, though they are kept: pause without loss. Absent: not paused. `null` ends the
   * pause.
   */
  readonly pausedAtRow?: number | null;
  readonly wrap: boolean;
  /** What was sent to the board is shown among the lines. */
  readonly echo: boolean;
  readonly lineEnding: LineEnding;
}

export interface Filter {
  readonly pattern: SearchPattern;
  /** True: lines that match are left out. */
  readonly isInverted: boolean;
}

export interface HighlightRule {
  readonly pattern: SearchPattern;
  /** One of the theme's terminal colours, 0 to 15. */
  readonly color: number;
}

/** How much there is to show. */
export interface Extent {
  readonly generation: number;
  readonly firstRow: number;
  /** One past the last row. */
  readonly endRow: number;
  readonly firstLine: number;
  readonly endLine: number;
  /** Bytes received in all, and the first of them that the hex view still has. */
  readonly receivedBytes: number;
  readonly firstHexByte: number;
  readonly sentBytes: number;
  /** Over the last second. */
  readonly bytesPerSecond: number;
  readonly linesPerSecond: number;
  /** Present where a line was begun and not ended (a prompt); it has no row yet. */
  readonly unfinished?: MonitorLine;
  /** Lines that the filter has not looked at yet; 0 when it is done. */
  readonly unfiltered: number;
  readonly plottedPoints: number;
}

/** One line as it is drawn. */
export interface MonitorLine {
  readonly row: number;
  readonly line: number;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  /** Since the line before it, also one that is filtered out; absent for the first. */
  readonly deltaMs?: number;
  /** Colours applied, control characters as pictures. */
  readonly spans: readonly StyledSpan[];
  /** It was too long and goes on in the next. */
  readonly isCut: boolean;
  readonly isSent: boolean;
  /** Highlighted pieces of the text of all spans together. */
  readonly marks: readonly Mark[];
}

export interface Mark {
  readonly column: number;
  readonly length: number;
  /** As in {@link HighlightRule}. */
  readonly color: number;
}

export interface TimedHexRow extends HexRow {
  /** When the row's first byte arrived. */
  readonly timeMs: number;
}

export interface RowMatch {
  readonly row: number;
  readonly column: number;
  readonly length: number;
}

export interface LogState {
  /** The file's name without its folder. */
  readonly fileName: string;
  readonly bytes: number;
  readonly timestamps: boolean;
  /** A sentence, where writing has stopped by itself. */
  readonly problem?: string;
}

/** Something the firmware said that has a meaning. */
export interface EventCard {
  readonly id: number;
  readonly line: number;
  readonly timeMs: number;
  readonly severity: 'error' | 'warning' | 'information';
  /** Short: `Arena too small by 1,184 bytes`. */
  readonly title: string;
  /** Complete sentences: what it means and what to do. */
  readonly detail?: string;
  /** A table of what was read (a profile, allocations), ready to show. */
  readonly table?: EventTable;
  /** Labels of what can be done; run by position. */
  readonly actions: readonly string[];
}

export interface EventTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns whose figures align right. */
  readonly numeric: readonly number[];
}

/** Points of one series; `kind` and `unit` come with every part. */
export interface PlotPart {
  readonly name: string;
  readonly unit?: string;
  /**
   * `time`: `x` is milliseconds since 1970, or the board's own time where `isBoardTime`. `curve`: `x` is the other
   * coordinate. `text`: states.
   */
  readonly kind: 'time' | 'curve' | 'text';
  readonly isBoardTime: boolean;
  /** Not drawn until the user chooses it. */
  readonly isHidden: boolean;
  /** Points of this series that came before are gone. */
  readonly isCleared: boolean;
  readonly x: Float64Array;
  /** As many as `x`; empty for texts. */
  readonly y: Float64Array;
  /** As many as `x` where `kind` is `text`, else empty. */
  readonly texts: readonly string[];
}
