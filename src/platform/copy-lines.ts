/** Writes rows as COPY text straight into bytes: a string a field and a string a line would cost more than the rest of an import. */
import { copyField } from './database-copy.ts';

/** Long enough to keep the socket busy, short enough to stay in the processor's cache. */
const CHUNK_BYTES = 65_536;
/** Room behind a chunk for the row that fills it. */
const ROOM_BYTES = 8192;

const TAB = 9;
const LINE_FEED = 10;
const BACKSLASH = 92;
const ZERO = 48;
/** The largest number whose digits are found by integer arithmetic. */
const MAX_SMALL = 0x7fffffff;

/** Call one method a field, then `endLine`; send what `take` hands out when `isFull`, and once more at the end. */
export class CopyLines {
  private buffer = Buffer.allocUnsafe(CHUNK_BYTES + ROOM_BYTES);
  private length = 0;

  /** Whether a chunk is worth sending. */
  get isFull(): boolean {
    return this.length >= CHUNK_BYTES;
  }

  /** The lines written since the last call; they are the caller's. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.length);
    this.buffer = Buffer.allocUnsafe(CHUNK_BYTES + ROOM_BYTES);
    this.length = 0;
    return taken;
  }

  /** A field without a value. */
  nothing(): void {
    this.makeRoom(3);
    const { buffer, length } = this;
    buffer[length] = BACKSLASH;
    buffer[length + 1] = 78;
    buffer[length + 2] = TAB;
    this.length = length + 3;
  }

  /** A field of text, which must hold no NUL. */
  text(value: string): void {
    // One UTF-16 unit takes three bytes at most; an escaped one takes two.
    this.makeRoom(value.length * 3 + 1);
    const { buffer } = this;
    let end = this.length;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code > 127 || code === BACKSLASH || code < 32) return this.escaped(value);
      buffer[end] = code;
      end += 1;
    }
    buffer[end] = TAB;
    this.length = end + 1;
  }

  /** A field of a whole number. */
  whole(value: number): void {
    if (!(value >= 0 && value <= MAX_SMALL)) return this.text(String(value));
    this.makeRoom(11);
    const { buffer } = this;
    let digits = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) digits += 1;
    let rest = value;
    for (let at = this.length + digits - 1; at >= this.length; at -= 1) {
      const next = (rest / 10) | 0;
      buffer[at] = ZERO + rest - next * 10;
      rest = next;
    }
    buffer[this.length + digits] = TAB;
    this.length += digits + 1;
  }

  /** Ends the line behind the field written last. */
  endLine(): void {
    this.buffer[this.length - 1] = LINE_FEED;
  }

  private escaped(value: string): void {
    const field = copyField(value);
    this.length += this.buffer.write(field, this.length, 'utf8');
    this.buffer[this.length] = TAB;
    this.length += 1;
  }

  private makeRoom(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe((this.length + bytes) * 2);
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
