import type { Packet } from '../hub/packet.ts'
import type { LlHlsChannel } from './channel.ts'
import { LlHlsOrigin } from './origin.ts'
import { Packager } from './packager.ts'

/** A key frame of a variant is one of the source, but for reordering and rounding to fewer frames. */
const NEAR_MS = 150

/**
 * A smaller picture of a source; its segments begin, are dated and are numbered as those are. With
 * a `former` origin of the same variant it begins behind its last segment: a player that is told of
 * another file under a number that it knows gives up.
 */
export const createVariantChannel = (source: LlHlsOrigin, former?: LlHlsOrigin): LlHlsChannel => {
  const origin = new LlHlsOrigin(source)
  const packager = new VariantPackager(origin, { source, former })
  return { packager, origin }
}

/** Lets nothing pass until a key frame with which a segment of the source begins. */
class VariantPackager extends Packager {
  #source: LlHlsOrigin
  #former: LlHlsOrigin | undefined
  #isStarted = false

  constructor(
    origin: LlHlsOrigin,
    { source, former }: { source: LlHlsOrigin; former: LlHlsOrigin | undefined },
  ) {
    super(origin)
    this.#source = source
    this.#former = former
  }

  override handlePacket(packet: Packet): void {
    const isHeader = packet.kind === 'videoHeader' || packet.kind === 'audioHeader'
    this.#isStarted ||= packet.kind === 'keyFrame' && this.#isBoundary(packet.timestampMs)
    if (isHeader || this.#isStarted) super.handlePacket(packet)
  }

  #isBoundary(timestampMs: number): boolean {
    const segment = this.#source.segmentAt(timestampMs + NEAR_MS)
    if (segment === undefined || Math.abs(segment.startMs - timestampMs) > NEAR_MS) return false
    return segment.sequence > (this.#former?.newestSequence ?? -1)
  }
}
