/** The smallest hashes of the identities of one topic in one process, in order. */
export type Sample = Uint32Array

/** What one process knows of a topic. A sample shorter than `sampleMax` names everybody. */
export type Crowd = { readonly identityCount: number; readonly sample: Sample }

/** Fits a bus message: 1 024 hashes are 5.5 kB of base64. */
export const sampleMax = 1_024

/** FNV-1a over UTF-16 units, finished as in MurmurHash3: ids that differ in little spread evenly. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

export function sampleOf(identityIds: Iterable<string>): Sample {
  return Uint32Array.from(identityIds, hashOf).sort().slice(0, sampleMax)
}

/**
 * How many people the processes have between them. Up to `sampleMax` per process that is exact; above,
 * the sum is exact and the share of those who are counted twice is estimated from a sample of at
 * least 1 024 people: a standard error of 0.7 % when one in twenty watches on two processes, and of
 * 1.1 % in the worst case, when every second one does.
 */
export function countPeople(crowds: readonly Crowd[]): number {
  const total = crowds.reduce((sum, { identityCount }) => sum + identityCount, 0)
  // Up to the lowest cut every sample is complete, so there it shows who is in several.
  const cut = Math.min(
    ...crowds.map(({ sample }) => (sample.length < sampleMax ? Infinity : (sample.at(-1) ?? 0))),
  )
  const distinct = new Set<number>()
  let seenCount = 0
  for (const { sample } of crowds) {
    for (const hash of sample) {
      if (hash > cut) break
      seenCount++
      distinct.add(hash)
    }
  }
  return seenCount === 0 ? total : Math.round((total * distinct.size) / seenCount)
}

export const encodeSample = ({ buffer, byteOffset, byteLength }: Sample): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** Reads what {@link encodeSample} wrote; nonsense gives an empty or a wrong sample, never an error. */
export function decodeSample(text: string): Sample {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  return new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4)).slice(0, sampleMax)
}
