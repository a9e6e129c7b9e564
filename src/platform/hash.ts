/** SHA-256 as the rest of the program hands it to the core, which imports no crypto of its own. */
import { createHash } from 'node:crypto';

/** Lower-case hex SHA-256 of the text as UTF-8. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Lower-case hex SHA-256 of bytes as they are. */
export function sha256HexOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
