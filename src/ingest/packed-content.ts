/** Files that came packed, known by their first bytes: what is in them is not read, so their sender is told to unpack them. */

/** First bytes of a packed file, and what is said of it behind its name. */
const SIGNATURES: readonly { bytes: readonly number[]; why: string }[] = [
  { bytes: [0x1f, 0x8b], why: packed('gzip') },
  { bytes: [...Buffer.from('BZh')], why: packed('bzip2') },
  { bytes: [0xfd, ...Buffer.from('7zXZ'), 0], why: packed('xz') },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], why: packed('zstd') },
  { bytes: [...Buffer.from('7z'), 0xbc, 0xaf, 0x27, 0x1c], why: packed('7z') },
  // Both are ZIP archives, and a workbook is by far the more frequent of the two.
  {
    bytes: [...Buffer.from('PK'), 3, 4],
    why: 'is a workbook or a ZIP archive: save the sheet as "CSV UTF-8", or unpack the archive and bring the CSV file',
  },
];

/** Why a file that begins with these bytes is no CSV file, or null where they are those of no packed file. */
export function packedContent(start: Uint8Array): string | null {
  return SIGNATURES.find(({ bytes }) => bytes.every((byte, at) => start[at] === byte))?.why ?? null;
}

function packed(how: string): string {
  return `is compressed (${how}): unpack it, and bring the CSV file itself`;
}
