import type { Packet, PacketConsumer } from '../hub/packet.ts'
import { metadataMessage, openPublication, type RtmpPublication } from '../rtmp/client.ts'

export type ForwardNeeds = {
  /** `rtmp://host/app/key`, with the key or token of the other server in it. */
  readonly url: string
  /** What a connection begins with: headers and the pictures since the newest key frame. */
  newestGroup(): readonly Packet[]
  /** Told on every change; `reason` never holds the address. */
  onState(state: 'forwarding' | 'waiting', reason?: string): void
  onSent(byteCount: number): void
}

const RETRY_MIN_MS = 500
const RETRY_MAX_MS = 10_000
/** A connection that held this long was a good one: the next failure starts with a short wait. */
const SOUND_MS = 5_000
/** A server that takes nothing for this long is left and asked anew. */
const STUCK_MAX_MS = 8_000

/**
 * Hands one stream on to another RTMP server for as long as it lasts, and connects again whenever
 * that server goes away. A server that is slow misses pictures up to the next key frame; it never
 * holds up anybody else.
 */
export class Forwarder implements PacketConsumer {
  #needs: ForwardNeeds
  #publication: RtmpPublication | undefined
  #attempt: AbortController | undefined
  #retryAtMs = -Infinity
  #retryMs = RETRY_MIN_MS
  #skippingSinceMs: number | undefined
  #isOver = false

  constructor(needs: ForwardNeeds) {
    this.#needs = needs
  }

  handlePacket(packet: Packet): void {
    if (this.#publication) this.#send(this.#publication, packet)
    else if (packet.kind === 'keyFrame') this.#connect(performance.now())
  }

  end(): void {
    this.#isOver = true
    this.#attempt?.abort()
    this.#publication?.close()
    this.#publication = undefined
  }

  #connect(nowMs: number): void {
    if (this.#isOver || this.#attempt || nowMs < this.#retryAtMs) return
    const attempt = new AbortController()
    this.#attempt = attempt
    openPublication(this.#needs.url, { signal: attempt.signal }).then(
      publication => this.#begin(publication, performance.now()),
      (error: unknown) => this.#lose(error instanceof Error ? error.message : 'failed'),
    )
  }

  #begin(publication: RtmpPublication, nowMs: number): void {
    this.#attempt = undefined
    if (this.#isOver) {
      publication.close()
      return
    }
    this.#publication = publication
    this.#skippingSinceMs = undefined
    this.#needs.onState('forwarding')
    publication.closed.then(() => {
      if (this.#publication !== publication) return
      if (performance.now() - nowMs > SOUND_MS) this.#retryMs = RETRY_MIN_MS
      this.#lose('connection lost')
    })
    for (const packet of this.#needs.newestGroup()) this.#send(publication, packet)
  }

  #lose(reason: string): void {
    this.#attempt = undefined
    this.#publication = undefined
    if (this.#isOver) return
    this.#retryAtMs = performance.now() + this.#retryMs * (0.75 + Math.random() / 2)
    this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2)
    this.#needs.onState('waiting', reason)
  }

  #send(publication: RtmpPublication, packet: Packet): void {
    const { kind, timestampMs, payload } = packet
    const isFrame = kind === 'keyFrame' || kind === 'interFrame' || kind === 'audioFrame'
    if (isFrame && this.#skippingSinceMs !== undefined) {
      if (performance.now() - this.#skippingSinceMs > STUCK_MAX_MS) {
        this.#publication = undefined
        publication.close()
        this.#lose('the server does not keep up')
        return
      }
      if (kind !== 'keyFrame' || !publication.isDrained) return
      this.#skippingSinceMs = undefined
    }
    const message =
      kind === 'metadata'
        ? metadataMessage(payload)
        : { typeId: packet.tag.readUInt8(0), timestampMs: timestampMs % 2 ** 32, payload }
    this.#needs.onSent(payload.length)
    if (!publication.send(message)) this.#skippingSinceMs ??= performance.now()
  }
}
