import type { Geometry } from './virtual';
import { clampedTop, scrollTopOf, topOfScroll } from './virtual';

/** Told when the user moves the list: `topPx` is the position asked for, in pixels of the content. */
type Scrolled = (topPx: number) => void;

/**
 * The scrolling element of a virtual list. The wheel moves the content itself, pixel by pixel, whatever the scale of
 * the spacer; the scroll bar is moved along, and dragging it is translated.
 */
export class Scroller {
  readonly #scrolled: Scrolled;
  readonly #resized: () => void;
  readonly #observer: ResizeObserver;
  #element?: HTMLElement;
  #geometry: Geometry = { rows: 0, rowPx: 18, viewPx: 0 };
  #topPx = 0;
  /** What the scroll bar was set to by us: an event about it is no wish of the user's. */
  #expected = 0;

  constructor(scrolled: Scrolled, resized: () => void) {
    this.#scrolled = scrolled;
    this.#resized = () => {
      this.#measure();
      resized();
    };
    this.#observer = new ResizeObserver(this.#resized);
  }

  get viewPx(): number {
    return this.#geometry.viewPx;
  }

  get rowPx(): number {
    return this.#geometry.rowPx;
  }

  get topPx(): number {
    return this.#topPx;
  }

  /** For lit's `ref`. */
  readonly attach = (element: Element | undefined): void => {
    if (element === this.#element) return;
    if (this.#element !== undefined) this.#observer.unobserve(this.#element);
    this.#element = element instanceof HTMLElement ? element : undefined;
    if (this.#element === undefined) return;
    this.#observer.observe(this.#element);
    this.#measure();
  };

  readonly onScroll = (): void => {
    const element = this.#element;
    if (element === undefined || Math.abs(element.scrollTop - this.#expected) <= 1) return;
    // An element that has grown is scrolled by the browser, before its observer is told: no wish of the user's either.
    if (element.clientHeight !== this.#geometry.viewPx) {
      this.#resized();
      return;
    }
    this.#expected = element.scrollTop;
    this.#scrolled(topOfScroll(this.#geometry, element.scrollTop));
  };

  readonly onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    this.#scrolled(clampedTop(this.#geometry, this.#topPx + event.deltaY * this.#pixelsOf(event)));
  };

  /** After each rendering: the scroll bar shows where the content is. */
  sync(rows: number, topPx: number): void {
    this.#geometry = { ...this.#geometry, rows };
    this.#topPx = clampedTop(this.#geometry, topPx);
    if (this.#element === undefined) return;
    const wanted = scrollTopOf(this.#geometry, this.#topPx);
    if (Math.abs(this.#element.scrollTop - wanted) > 1) this.#element.scrollTop = wanted;
    this.#expected = this.#element.scrollTop;
  }

  /** The geometry of a list of so many rows in this element. */
  geometry(rows: number): Geometry {
    return { ...this.#geometry, rows };
  }

  focus(): void {
    this.#element?.focus();
  }

  #measure(): void {
    const element = this.#element!;
    const rowPx = Number.parseFloat(getComputedStyle(element).lineHeight);
    this.#geometry = {
      ...this.#geometry,
      rowPx: Number.isFinite(rowPx) && rowPx > 0 ? rowPx : this.#geometry.rowPx,
      viewPx: element.clientHeight,
    };
  }

  #pixelsOf({ deltaMode }: WheelEvent): number {
    if (deltaMode === WheelEvent.DOM_DELTA_LINE) return this.#geometry.rowPx;
    return deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.#geometry.viewPx : 1;
  }
}
