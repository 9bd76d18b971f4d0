import type { Id } from '@kaibo/kernel/ids'
import type { LiveProvider, RelayLeave } from '@kaibo/modules/live'

/**
 * For vendors whose rooms take the host in and push the picture on to our own RTMP port: everything
 * that viewers need is the audience provider's, and so is the gate that asks for a key.
 */
export type RelayNeeds = {
  readonly audience: LiveProvider
  /** Our RTMP port with its application, as the vendor reaches it. */
  readonly relayUrl: string
  /** Leave to publish one stream now; null when its session is not open. */
  leaveFor(streamId: Id): Promise<RelayLeave | null>
}

type RoomVendor = Pick<
  LiveProvider,
  'kind' | 'rtmpUrl' | 'pushKey' | 'browserIngest' | 'pageOrigins' | 'verifyCallback'
> & {
  /** Puts the host out of the vendor's room. */
  putOut(streamId: Id): Promise<void>
  /** Closes the vendor's room. */
  close(streamId: Id): Promise<void>
}

/** A vendor's rooms before another provider, which serves the audience. */
export const relayed = (
  { audience }: RelayNeeds,
  { putOut, close, ...vendor }: RoomVendor,
): LiveProvider => ({
  ...audience,
  ...vendor,
  // The audience first: what it does not show any more matters more than who still sends.
  async kick(streamId, reason) {
    await audience.kick(streamId, reason)
    await putOut(streamId)
  },
  async end(streamId) {
    await audience.end(streamId)
    await close(streamId)
  },
})
