import type { Packet } from './packet.ts'

/** The packets since the newest key frame: what a new viewer needs to show a picture at once. */
export class GopCache {
  /** Empty until a key frame arrives. */
  packets: Packet[] = []
  /** The newest key frame, kept even when the group outgrew the cache. */
  keyFrame: Packet | undefined
  #bytes = 0
  #bytesMax: number

  constructor(limits: { bytesMax: number }) {
    this.#bytesMax = limits.bytesMax
  }

  add(packet: Packet): void {
    if (packet.kind === 'keyFrame') {
      this.clear()
      this.keyFrame = packet
    } else if (this.packets.length === 0) {
      return
    }
    this.#bytes += packet.tag.length
    // Half a group would not decode to its end, so an overgrown one is given up as a whole.
    if (this.#bytes > this.#bytesMax) this.clear()
    else this.packets.push(packet)
  }

  /** What was cached cannot be decoded any more. */
  forget(): void {
    this.clear()
    this.keyFrame = undefined
  }

  clear(): void {
    this.packets = []
    this.#bytes = 0
  }
}
