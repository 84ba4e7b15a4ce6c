/**
 * What loggers put before a message is known by its form, in any order and number: times and dates, levels, groups in
 * brackets, tags with a colon, arrows. ESP-IDF `I (1234) tag: `, Zephyr `[00:00:00.010,000] <err> os: `, arduino-esp32
 * `[  12][I][a.cpp:4] loop(): `, ESPHome `[10:11:12][I][tag:045]: `, PlatformIO `10:11:12.345 > `, RTT `00> `, Android
 * `I/tag: ` and their like.
 *
 * Each form is looked for at one place only and is of bounded length, so that the work is proportional to the line.
 */
const forms = {
  blank: /\s+/y,
  date: /(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|[A-Z][a-z]{2} {1,2}\d{1,2})[T ] {0,3}(?=\d{1,2}:\d{2})/y,
  clock: /[+-]?\d{1,3}:\d{2}(?::\d{2})?(?:[.,:]\d{1,9}){0,3}(?:Z|[+-]\d{2}:?\d{2})?(?: ?[AP]M)?(?=[\s\]>|;:-]|$)/y,
  number: /\d{1,12}(?:[.,]\d{3,9})?(?: ?(?:ms|us|s))?(?=[\s>|:;)-])/y,
  arrow: /(?:->|=>|>{1,3}|»|\|{1,2}|--?|[:;#])(?=\s|$)/y,
  glued: /(?:[:|]|>)/y,
  group: /\[([^[\]]{0,64})\]|<([^<>]{1,40})>|\(([^()]{1,48})\)/y,
  word: /(?:fatal|critical|crit|error|err|warning|warn|wrn|notice|info|inf|debug|dbg|verbose|trace)(?=[\s:|/-]|$)/iy,
  letter: /[EWIDVNTFC](?= ?[(/:|]|\s)/y,
  tag: /[A-Za-z_~][\w.$~+*@/-]{0,48}(?:::[\w~]{1,48}){0,4}(?:\((?: ?\d{1,6})?\)|\[\d{1,6}\])?(?::\d{1,6})?:(?=\s|$)/y,
  innerTag: /[A-Za-z_]\w{0,40}(?:\(\))?:(?=\s)/y,
} as const;

/** A group that is a time, a level or a place: one word, or what has more words a time among them. */
const groupForm = /^\s*(?:[^\s]*|[^\s]+[\s:][\d:.,/ -]*|[\d.,]+ (?:ms|us|s)|[\w ,./-]*\d{1,2}:\d{2}[\w .,:/+-]*)\s*$/;
const numeric = /^[\s\d:.,/+TZ-]+(?:ms|us|s)?$|^[\w./-]{1,40}(?::\d{1,6})?$/;
/** What a register of a dump is printed as: the name before it is no tag. */
const hexadecimal = /^\s*(?:0x[\da-f]|[\da-f]{4,8}\b(?!,))/i;
const mostUnits = 24;

/** A first look: a longer word begins no prefix, as the name of an operator does not. */
const mayBegin = /^(?![A-Za-z])|^[A-Za-z]{1,8}[\s:|/(-]/;

/** A line without its logger's prefix and without blanks around. Never nothing, where there was something. */
export function withoutLogPrefix(line: string): string {
  if (!mayBegin.test(line)) return line.trim();
  const scan = new PrefixScan(line);
  let units = 0;
  while (units < mostUnits && scan.next()) units += 1;
  return line.slice(scan.end).trim();
}

/** One way along a line, from unit to unit of its prefix. */
class PrefixScan {
  readonly #line: string;
  #at = 0;
  /** End of what is a prefix for certain: a number is one only before something that is. */
  #end = 0;
  #tags = 0;

  constructor(line: string) {
    this.#line = line;
  }

  get end(): number {
    return this.#line.slice(this.#end).trim() === '' ? 0 : this.#end;
  }

  /** Takes the next unit, if there is one. */
  next(): boolean {
    this.#take(forms.blank);
    if (this.#take(forms.date) !== undefined) return true;
    if (this.#take(forms.clock) !== undefined || this.#take(forms.arrow) !== undefined) return this.#commit();
    if (this.#level() || this.#group() || this.#tag()) return this.#commit();
    const isNumber = this.#take(forms.number) !== undefined;
    // `00> `, `12| `: an arrow may stand at the number itself.
    if (isNumber && this.#take(forms.arrow) !== undefined) return this.#commit();
    return isNumber;
  }

  /** A letter is a level before a time in brackets, a tag, or behind something else of a prefix. */
  #level(): boolean {
    const start = this.#at;
    const [word] = this.#take(forms.word) ?? [];
    if (word !== undefined) {
      const isMarked =
        this.#take(forms.glued) !== undefined || /^ ?[-|:/]/.test(this.#line.slice(this.#at, this.#at + 2));
      if (isMarked || this.#end > 0 || word === word.toUpperCase()) return true;
      // `Error message: …` begins with a word, not with a level.
      this.#at = start;
      return false;
    }
    const isBare = /^[A-Z]\s+[^(\s|:/]/.test(this.#line.slice(this.#at, this.#at + 8));
    if (isBare && this.#at === 0) return false;
    if (this.#take(forms.letter) === undefined) return false;
    if (this.#line[this.#at] === '/') this.#at += 1;
    return true;
  }

  #group(): boolean {
    const start = this.#at;
    const found = this.#take(forms.group);
    if (found === undefined) return false;
    const [, square, angle, round] = found;
    const isPrefix = round === undefined ? groupForm.test(square ?? angle ?? '') : numeric.test(round);
    // `[[ Table ]]` is a title; what stands alone is the message.
    if (isPrefix && this.#line[this.#at] !== ']') return true;
    this.#at = start;
    return false;
  }

  #tag(): boolean {
    if (this.#end === 0 || this.#tags > 1) return false;
    const start = this.#at;
    const found = this.#take(this.#tags === 0 ? forms.tag : forms.innerTag);
    if (found === undefined) return false;
    this.#tags += 1;
    if (!hexadecimal.test(this.#line.slice(this.#at, this.#at + 16))) return true;
    this.#at = start;
    return false;
  }

  #take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#line);
    if (found === null) return undefined;
    this.#at = form.lastIndex;
    return found;
  }

  #commit(): true {
    this.#end = this.#at;
    return true;
  }
}
