/** One file of a ZIP archive is edited, such as a part of a workbook; the others stay as they are. */

/** Where the records of an archive hold their numbers, in little-endian order, and how long they are without texts. */
const LOCAL = { method: 8, crc: 14, size: 18, fullSize: 22, nameLength: 26, length: 30 };
const ENTRY = { method: 10, crc: 16, size: 20, fullSize: 24, nameLength: 28, at: 42, length: 46 };
const END = { count: 10, directory: 16, length: 22 };

/** A file: its entry in the directory, its own header, and its bytes, which may be compressed. */
interface ArchiveFile {
  readonly entry: Uint8Array;
  readonly header: Uint8Array;
  readonly packed: Uint8Array;
}

/**
 * @param archive without remarks and further fields, as hucre writes it
 * @param edit what becomes of the text of the file
 */
export async function editPart(
  archive: Uint8Array,
  name: string,
  edit: (text: string) => string,
): Promise<Uint8Array> {
  const files = await Promise.all(
    filesOf(archive).map(async (file) => (nameOf(file) === name ? edited(file, edit) : file)),
  );
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { entry, header, packed } of files) {
    viewOf(entry).setUint32(ENTRY.at, at, true);
    parts.push(header, packed);
    at += header.length + packed.length;
  }
  const end = archive.slice(-END.length);
  viewOf(end).setUint32(END.directory, at, true);
  return joined([...parts, ...files.map(({ entry }) => entry), end]);
}

function filesOf(archive: Uint8Array): readonly ArchiveFile[] {
  const view = viewOf(archive);
  const end = archive.length - END.length;
  let at = view.getUint32(end + END.directory, true);
  return Array.from({ length: view.getUint16(end + END.count, true) }, () => {
    const entry = archive.slice(
      at,
      at + ENTRY.length + view.getUint16(at + ENTRY.nameLength, true),
    );
    const from = view.getUint32(at + ENTRY.at, true);
    const start = from + LOCAL.length + view.getUint16(from + LOCAL.nameLength, true);
    const packed = archive.slice(start, start + view.getUint32(at + ENTRY.size, true));
    at += entry.length;
    return { entry, header: archive.slice(from, start), packed };
  });
}

function nameOf({ entry }: ArchiveFile): string {
  return new TextDecoder().decode(entry.subarray(ENTRY.length));
}

const STORED = 0;
const COMPRESSED = 8;

async function edited(
  { entry, header, packed }: ArchiveFile,
  edit: (text: string) => string,
): Promise<ArchiveFile> {
  const isStored = viewOf(entry).getUint16(ENTRY.method, true) === STORED;
  const content = isStored ? packed : await through(new DecompressionStream('deflate-raw'), packed);
  const bytes = new TextEncoder().encode(edit(new TextDecoder().decode(content)));
  const shorter = await through(new CompressionStream('deflate-raw'), bytes);
  for (const [record, field] of [[entry, ENTRY] as const, [header, LOCAL] as const]) {
    const view = viewOf(record);
    view.setUint16(field.method, COMPRESSED, true);
    view.setUint32(field.crc, checksum(bytes), true);
    view.setUint32(field.size, shorter.length, true);
    view.setUint32(field.fullSize, bytes.length, true);
  }
  return { entry, header, packed: shorter };
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const output = new Blob([bytes.slice()]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(output).arrayBuffer());
}

/** The polynomial of CRC-32, with its lowest power first. */
const POLYNOMIAL = 0xedb88320;

function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
  }
  return ~rest >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
