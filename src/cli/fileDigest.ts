/** SHA-256 digests of files, as manifests record them. */

/** The size of a file, and its digest: `sha256:…`. */
export interface DigestOfFile {
  readonly bytes: number;
  readonly hash: string;
}

/** Computes the size and the digest of a file from its pieces. */
export interface FileHasher {
  readonly add: (bytes: Uint8Array) => void;
  readonly end: () => DigestOfFile;
}

export function fileHasher(): FileHasher {
  // Not an import: a command that writes no file starts without it.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  let bytes = 0;
  return {
    add: (piece) => {
      hash.update(piece);
      bytes += piece.length;
    },
    end: () => ({ bytes, hash: `sha256:${hash.digest('hex')}` }),
  };
}

export function digestOf(bytes: Buffer): DigestOfFile {
  const one = fileHasher();
  one.add(bytes);
  return one.end();
}
