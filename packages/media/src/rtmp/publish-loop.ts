import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { classify } from '../flv/payload.ts'
import { type FlvTag, readTags, tagType } from '../flv/tag.ts'
import { metadataMessage, openPublication, type RtmpPublication } from './client.ts'

export type PublishLoop = {
  /** `rtmp://host[:port]/app/key` */
  readonly url: string
  /** An FLV file with H.264 and AAC, small enough to be held in memory. */
  readonly file: string
  readonly signal: AbortSignal
  /** Told on every change; the reason never holds the key. */
  onState?(state: 'publishing' | 'waiting', reason?: string): void
}

const FILE_BYTES_MAX = 64 * 1024 * 1024
const TICK_MS = 20
const RETRY_MIN_MS = 500
const RETRY_MAX_MS = 10_000
/** A connection that held this long was a good one: the next failure starts with a short wait. */
const SOUND_MS = 5_000

/**
 * Publishes a file again and again as if it were live: in real time, with timestamps that run on
 * across the end of the file, reconnecting whenever the server goes away. Resolves when aborted;
 * rejects only when the file is unusable.
 */
export const publishFlvLoop = async ({
  url,
  file,
  signal,
  onState,
}: PublishLoop): Promise<void> => {
  const clip = readClip(await readFile(file))
  let retryMs = RETRY_MIN_MS
  while (!signal.aborted) {
    const startedAtMs = performance.now()
    const reason = await openPublication(url, { signal }).then(
      publication => {
        onState?.('publishing')
        return playClip(publication, { clip, signal })
      },
      (error: unknown) => (error instanceof Error ? error.message : 'failed'),
    )
    if (signal.aborted) return
    onState?.('waiting', reason)
    if (performance.now() - startedAtMs > SOUND_MS) retryMs = RETRY_MIN_MS
    await sleep(retryMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {})
    retryMs = Math.min(RETRY_MAX_MS, retryMs * 2)
  }
}

type Clip = {
  readonly metadata: FlvTag | undefined
  readonly headers: readonly FlvTag[]
  /** Frames in file order; times begin at zero. */
  readonly frames: readonly FlvTag[]
  /** Whole milliseconds. */
  readonly durationMs: number
}

const readClip = (bytes: Buffer): Clip => {
  if (bytes.length > FILE_BYTES_MAX) throw new Error('flv: the clip is too large')
  const tags = [...readTags(bytes)]
  const isHeader = ({ type, payload }: FlvTag) => classify(type, payload).endsWith('Header')
  const isFrame = ({ type, payload }: FlvTag) => classify(type, payload).endsWith('Frame')
  const frames = tags.filter(isFrame)
  const pictures = frames.filter(({ type }) => type === tagType.video)
  const [first, last] = [pictures[0], pictures.at(-1)]
  if (!first || !last || pictures.length < 2) throw new Error('flv: no moving picture')
  const startMs = first.timestampMs
  const frameMs = (last.timestampMs - startMs) / (pictures.length - 1)
  // The film is as long as its pictures, so that they keep their rhythm across the seam.
  const durationMs = Math.round(last.timestampMs - startMs + frameMs)
  return {
    metadata: tags.find(({ type }) => type === tagType.script),
    headers: tags.filter(isHeader),
    frames: frames
      .map(frame => ({ ...frame, timestampMs: frame.timestampMs - startMs }))
      .filter(({ timestampMs }) => timestampMs >= 0 && timestampMs < durationMs),
    durationMs,
  }
}

/** Sends until the connection ends or the signal is given; tells why it stopped. */
const playClip = async (
  publication: RtmpPublication,
  { clip, signal }: { clip: Clip; signal: AbortSignal },
): Promise<string> => {
  let isClosed = false
  publication.closed.then(() => {
    isClosed = true
  })
  if (clip.metadata) publication.send(metadataMessage(clip.metadata.payload))
  for (const { type, payload } of clip.headers) {
    publication.send({ typeId: type, timestampMs: 0, payload })
  }
  const startedAtMs = performance.now()
  let sentCount = 0
  while (!isClosed && !signal.aborted) {
    const playedMs = performance.now() - startedAtMs
    for (;;) {
      const { type, timestampMs, payload } = frameAt(clip, sentCount)
      if (timestampMs > playedMs) break
      if (!publication.send({ typeId: type, timestampMs: timestampMs % 2 ** 32, payload })) {
        publication.close()
        return 'the server does not keep up'
      }
      sentCount += 1
    }
    await sleep(TICK_MS)
  }
  publication.close()
  return 'connection lost'
}

/** The n-th frame of the endless film. */
const frameAt = ({ frames, durationMs }: Clip, n: number): FlvTag => {
  const frame = frames[n % frames.length]
  if (frame === undefined) throw new Error('flv: no frame')
  return { ...frame, timestampMs: frame.timestampMs + Math.floor(n / frames.length) * durationMs }
}
