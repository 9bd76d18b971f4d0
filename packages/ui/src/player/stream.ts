import type { Quality } from './sources.ts'

/** Why a stream broke: gone at the server, not reachable, or not decodable. */
export type Loss = 'gone' | 'network' | 'media'

/** One attempt to play: whom to tell how it goes, and whether anybody still wants it. */
export type Attempt = {
  quality: Quality
  /** Another way was too much for the line: begin with little. */
  isNarrow: boolean
  signal: AbortSignal
  onLost: (loss: Loss) => void
  /** For streams whose `<video>` does not tell by itself: the picture stands, or moves again. */
  onStill: (isStill: boolean) => void
  /** The line does not carry what comes this way. */
  onNarrow: () => void
  /** The picture that was chosen is no more: the stream goes on with whatever suits. */
  onUnchosen: () => void
}

/** A stream that is attached to a video. */
export type Stream = {
  stop(): void
  /** How far the picture is behind the newest at the server, measured; null while unknown. */
  behindMs?(clockOffsetMs: number): number | null
  /** Where a stream has several pictures: changes between them without a gap. */
  setQuality?(quality: Quality): void
}

/**
 * Brings a stream into the video; resolves when it is attached. After waiting for anything it must
 * look at the attempt's signal before it touches the video, which may belong to another by then.
 */
export type OpenStream<Video> = (video: Video, url: string, attempt: Attempt) => Promise<Stream>
