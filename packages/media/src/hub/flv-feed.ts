import { flvHeader } from '../flv/tag.ts'
import type { MediaCounters } from './counters.ts'
import { type FlvOutput, FlvViewer } from './flv-viewer.ts'
import { GopCache } from './gop-cache.ts'
import type { Packet, PacketConsumer } from './packet.ts'

const GOP_BYTES_MAX = 8 * 1024 * 1024
/** Audio waits for the next picture, but not longer than this many packets. */
const BATCH_PACKETS_MAX = 6

/** Fans one stream out to its FLV viewers and starts each of them at a key frame. */
export class FlvFeed implements PacketConsumer {
  readonly gop = new GopCache({ bytesMax: GOP_BYTES_MAX })
  #counters: MediaCounters
  #headers = new Map<'metadata' | 'videoHeader' | 'audioHeader', Packet>()
  #viewers = new Set<FlvViewer>()
  #batch: Packet[] = []

  constructor(counters: MediaCounters) {
    this.#counters = counters
  }

  get viewerCount(): number {
    return this.#viewers.size
  }

  header(kind: 'videoHeader' | 'audioHeader'): Packet | undefined {
    return this.#headers.get(kind)
  }

  /** What a decoder needs to show the newest picture: headers, then the key frame and on. */
  newestGroup(): Packet[] {
    return [...this.#headers.values(), ...this.gop.packets]
  }

  handlePacket(packet: Packet): void {
    const { kind } = packet
    if (kind === 'metadata' || kind === 'videoHeader' || kind === 'audioHeader') {
      this.#headers.set(kind, packet)
      // What was cached was made for the old header.
      if (kind === 'videoHeader') this.gop.forget()
    } else {
      // A batch that holds a key frame begins with it, so that a viewer can join there.
      if (kind === 'keyFrame') this.#flush()
      this.gop.add(packet)
    }
    this.#batch.push(packet)
    const isPicture = kind === 'keyFrame' || kind === 'interFrame'
    if (isPicture || this.#batch.length >= BATCH_PACKETS_MAX) this.#flush()
  }

  /** Adds a viewer; the first bytes leave now, or with the first key frame. Returns its exit. */
  join(output: FlvOutput): () => void {
    this.#flush()
    const viewer = new FlvViewer(output)
    this.#viewers.add(viewer)
    this.#start(viewer)
    return () => this.#viewers.delete(viewer)
  }

  end(): void {
    this.#flush()
    for (const viewer of this.#viewers) viewer.end()
    this.#viewers.clear()
  }

  #start(viewer: FlvViewer): void {
    if (this.gop.packets.length === 0) return
    const has = { audio: this.#headers.has('audioHeader'), video: true }
    const tags = this.newestGroup().map(packet => packet.tag)
    viewer.isStarted = true
    this.#send(viewer, {
      bytes: Buffer.concat([flvHeader(has), ...tags]),
      isKeyFrame: true,
      tagCount: tags.length,
    })
  }

  /** One write per picture and viewer instead of one per packet: a third of the system calls. */
  #flush(): void {
    const packets = this.#batch
    if (packets.length === 0) return
    this.#batch = []
    if (this.#viewers.size === 0) return
    const batch = {
      bytes: Buffer.concat(packets.map(packet => packet.tag)),
      isKeyFrame: packets[0]?.kind === 'keyFrame',
      tagCount: packets.length,
    }
    for (const viewer of this.#viewers) {
      if (viewer.isStarted) this.#send(viewer, batch)
      else this.#start(viewer)
    }
  }

  #send(viewer: FlvViewer, batch: { bytes: Buffer; isKeyFrame: boolean; tagCount: number }): void {
    const { bytes, isKeyFrame, tagCount } = batch
    const result = viewer.send(bytes, { isKeyFrame, nowMs: performance.now() })
    if (result === 'sent') this.#counters.bytesOut += bytes.length
    else this.#counters.droppedTags += tagCount
    if (result !== 'cut') return
    this.#counters.cutViewers += 1
    this.#viewers.delete(viewer)
  }
}
