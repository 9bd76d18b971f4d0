import type { PatrolReason } from '@kaibo/contract/media/patrol-life'
import type { Id } from '@kaibo/kernel/ids'

/**
 * The slot of whoever judges pictures before people do: rules of ours, a model of the operator's, a
 * service of a vendor. Without one people judge alone.
 */
export type ImageReviewer = {
  /** Shown to the staff, so that nobody takes it for more than it is. */
  readonly name: string
  /** What it finds; rejects when it cannot tell, then the picture counts as not judged. */
  review(picture: PictureToReview): Promise<readonly Finding[]>
}

export type PictureToReview = {
  readonly liveId: Id
  readonly jpeg: Uint8Array
  /** The one before of the same room, some seconds older. */
  readonly previous: Uint8Array | null
  /** Nobody waits longer. */
  readonly signal: AbortSignal
}

export type Finding = {
  /** Lower-case words with underscores. */
  readonly label: string
  /** How sure, 0–1. */
  readonly score: number
  /** review = a person has to look · block = the room is cut, and the picture kept. */
  readonly verdict: 'review' | 'block'
  /** Nothing comes of it before it was found for so long without a break. */
  readonly lastsSec: number
  /** Of a block: what viewers and host are told. */
  readonly reason?: PatrolReason
}
