/** Sets the date of every entry of a ZIP file, so that the same content gives the same bytes. */

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Days are counted from 1980 (APPNOTE.TXT 4.4.6): 1 January 1980, midnight. */
const DOS_DAY = 0x0021;
const DOS_TIME = 0;

/** Overwrites the dates in place. Throws when the bytes are not a ZIP file without an archive comment. */
export function fixZipDates(zip: Buffer): Buffer {
  const end = zip.length - 22;
  if (end < 0 || zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('Not a ZIP file.');
  const entries = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < entries; entry += 1) {
    if (zip.readUInt32LE(at) !== CENTRAL_HEADER) throw new Error('The directory of the ZIP file is broken.');
    setDate(zip, at + 12);
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) !== LOCAL_HEADER) throw new Error('An entry of the ZIP file is broken.');
    setDate(zip, local + 10);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}

function setDate(zip: Buffer, at: number): void {
  zip.writeUInt16LE(DOS_TIME, at);
  zip.writeUInt16LE(DOS_DAY, at + 2);
}
