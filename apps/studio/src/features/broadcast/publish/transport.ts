import type { PublishTicket } from '@kaibo/contract/show/live'
import type { LostReason, Way } from '../model.ts'
import type { Measured } from './numbers.ts'

/** What is sent: a picture, and a sound unless the device has none. */
export type Media = {
  readonly video: MediaStreamTrack
  readonly audio: MediaStreamTrack | null
  /** A screen wants sharp letters, a camera smooth movement. */
  readonly isScreen: boolean
}

export type Target = {
  readonly url: string
  readonly ticket: string
  readonly iceServers: PublishTicket['iceServers']
  readonly media: Media
  /** Gives up: the host ended, or it took too long. */
  readonly signal: AbortSignal
  /** The connection broke by itself; never called before it stood or after `close`. */
  readonly onGone: () => void
}

/** A connection that carries the picture. */
export type Connection = {
  /** Sends other tracks from now on; false when only a new connection can. */
  swap(media: Media): Promise<boolean>
  measure(): Promise<Measured>
  /** Says goodbye, so that the server need not guess. Harmless when repeated. */
  close(): void
}

/** Resolves when media can flow. Throws `ConnectError`. */
export type Connect = (target: Target) => Promise<Connection>

export type Transports = Readonly<Partial<Record<Way, Connect>>>

/** Why a connection did not come about. */
export class ConnectError extends Error {
  readonly why: Exclude<LostReason, 'dropped'>
  constructor(why: Exclude<LostReason, 'dropped'>, message: string) {
    super(message)
    this.why = why
  }
}

/** Bits a second at most: what a phone network carries well, and what letters need. */
export const bitrateBpsMax = { camera: 1_500_000, screen: 2_500_000, sound: 96_000 } as const

export const videoBpsMax = ({ isScreen }: Media): number =>
  isScreen ? bitrateBpsMax.screen : bitrateBpsMax.camera
