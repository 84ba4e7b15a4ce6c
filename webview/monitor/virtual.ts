/**
 * Mathematics of a list of which only the rows in view exist. Positions are in pixels of the *content* (every row at
 * its height), which may be far higher than an element can be; the scroll bar works on a spacer that is scaled down.
 */
export interface Geometry {
  readonly rows: number;
  readonly rowPx: number;
  readonly viewPx: number;
}

/**
 * Height of the spacer at most. Chromium lays out elements up to 2^31 / 64 device pixels, 33,554,428 px at scale 1 and
 * half of it at scale 2: this holds up to scale 8.
 */
const tallestSpacerPx = 4_000_000;

/** The rows to draw, `end` excluded, and where the first of them begins: at or above the upper edge of the view. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
  readonly offsetPx: number;
}

export function spacerPx({ rows, rowPx }: Geometry): number {
  return Math.min(rows * rowPx, tallestSpacerPx);
}

/** The largest position: that of the last row at the lower edge. */
export function bottomPx({ rows, rowPx, viewPx }: Geometry): number {
  return Math.max(0, rows * rowPx - viewPx);
}

export function clampedTop(geometry: Geometry, topPx: number): number {
  return Math.min(Math.max(0, topPx), bottomPx(geometry));
}

/** Where the scroll bar stands for a position of the content. */
export function scrollTopOf(geometry: Geometry, topPx: number): number {
  const content = bottomPx(geometry);
  return content === 0 ? 0 : (clampedTop(geometry, topPx) * barPx(geometry)) / content;
}

/** The position of the content for where the scroll bar was dragged to. */
export function topOfScroll(geometry: Geometry, scrollTop: number): number {
  return clampedTop(geometry, (scrollTop * bottomPx(geometry)) / barPx(geometry));
}

export function windowAt(geometry: Geometry, topPx: number): RowWindow {
  const top = clampedTop(geometry, topPx);
  const first = Math.floor(top / geometry.rowPx);
  const end = Math.min(geometry.rows, Math.ceil((top + geometry.viewPx) / geometry.rowPx));
  return { first, end, offsetPx: first * geometry.rowPx - top };
}

/** The nearest position at which all of `row` is in view. */
export function revealedTop(geometry: Geometry, topPx: number, row: number): number {
  const start = row * geometry.rowPx;
  const lowest = start + geometry.rowPx - geometry.viewPx;
  return clampedTop(geometry, Math.max(Math.min(topPx, start), lowest));
}

/** How far the scroll bar goes. */
function barPx(geometry: Geometry): number {
  return Math.max(1, spacerPx(geometry) - geometry.viewPx);
}
